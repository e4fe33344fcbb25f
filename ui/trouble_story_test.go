package ui

import (
	"strings"
	"testing"
	"time"

	"docket/model"
)

// first returns the first line of the screen.
func (p *person) first() string {
	line, _, _ := strings.Cut(p.screen(), "\n")
	return line
}

// At any width the first lines say what is wrong, what waits and what to do.
func TestATroubleLeavesRoomForWhatMatters(t *testing.T) {
	badToken := func(s *model.Snapshot) { s.Problem = &model.Problem{Kind: model.BadToken} }
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("g", "h")
		p.desk.alter(badToken)
		p.send(nil)
		if line := p.first(); !strings.Contains(line, "the forge does not know this token; 1 pending; give a new one to docket login in another terminal") {
			t.Errorf("the first line is %q", line)
		}
		p.desk.alter(func(s *model.Snapshot) {
			s.Problem = &model.Problem{Kind: model.Unreachable, Place: model.NewLine("forge.example.org")}
		})
		p.send(nil)
		if line := p.first(); !strings.Contains(line, "1 change waits here to be sent") || !strings.Contains(line, " anna") {
			t.Errorf("the first line is %q", line)
		}
	})
	sit(t, 40, 12, sample(), func(p *person) {
		p.press("g", "h")
		p.desk.alter(badToken)
		p.send(nil)
		p.sees("the forge does not know this token", "1 pending; give a new one to docket")
	})
}

// Nothing is called in step that nobody has asked the forge about.
func TestABoardOfAnEarlierRunIsNotInStep(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.desk.alter(func(s *model.Snapshot) { s.Repos[0].Unasked = true })
		p.send(nil)
		p.sees("connecting")
		p.misses("in step", "synced")
		p.desk.alter(func(s *model.Snapshot) { s.Repos[0].Synced = noon.Add(-5 * time.Minute) })
		p.send(nil)
		p.sees("connecting, synced 5 min ago")
	})
}

// A board that could not be fetched does not say that it is empty, but why.
func TestABoardThatWasNotFetchedSaysWhy(t *testing.T) {
	for _, size := range [][2]int{{160, 45}, {50, 15}} {
		sit(t, size[0], size[1], nil, func(p *person) {
			p.desk.alter(func(s *model.Snapshot) {
				s.Repos[0].Synced = time.Time{}
				s.Repos[0].Problem = &model.Problem{Kind: model.MissingScope, Detail: model.NewLine("read:issue")}
			})
			p.send(nil)
			p.sees("the token lacks a scope: read:issue", "not fetched yet", "give docket login one with read and write")
			p.misses("nothing here")
		})
	}
}

// What a weak token is parked for, and what to do about it, has room in the
// outbox of a narrow screen, too.
func TestAParkedChangeSaysWhichScopeItWantsAndWhatToDo(t *testing.T) {
	for _, size := range [][2]int{{120, 35}, {80, 24}} {
		sit(t, size[0], size[1], sample(), func(p *person) {
			p.press("g", "h")
			p.desk.entry(p.park().ID, func(e *model.Entry) bool {
				e.Problem = &model.Problem{Kind: model.MissingScope, Detail: model.NewLine("write:issue")}
				return true
			})
			p.send(nil)
			p.press("O")
			p.sees("the token lacks a scope: write:issue; give docket login one with read", "and organization")
		})
	}
}

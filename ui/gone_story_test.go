package ui

import (
	"strings"
	"testing"

	"docket/model"
)

// What was written for a ticket that was deleted can be saved, and let go.
func TestAChangeToADeletedTicketSaysSo(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("c")
		p.write("My findings.")
		p.press("ctrl+s")
		e := p.desk.Snapshot().Outbox[0]
		p.desk.vanish(e.Edit.Ref)
		p.desk.entry(e.ID, func(e *model.Entry) bool {
			e.Status, e.Problem = model.Parked, &model.Problem{Kind: model.Deleted, Place: model.NewLine(e.Edit.Ref.String())}
			return true
		})
		p.send(nil)
		p.misses("#13466")
		p.press("O")
		p.sees("#13466", "My findings.", "infra/tickets#13466 was deleted on the forge; copy what you wrote, or discard it")
		p.press("y")
		p.sees("Copied")
		p.press("d", "y")
		p.sees("Nothing waits here")
	})
}

// Somebody deletes the ticket that the person is reading.
func TestAnOpenTicketThatIsDeletedStaysReadable(t *testing.T) {
	sit(t, 120, 35, three(), func(p *person) {
		mentioning(p)
		ref := three()[0].Ref
		read := p.desk.threads[ref]
		read.Ticket = three()[0]
		p.desk.threads[ref] = read
		p.press("enter")
		p.misses("gone from the forge")
		p.desk.threadErr = &model.Problem{Op: "read " + ref.String(), Kind: model.NotFound}
		delete(p.desk.threads, ref)
		p.desk.vanish(ref)
		p.send(nil)
		p.sees("#1  The first", "Needs review, gone from the forge", "Like #2 and #99.")
		p.press("g")
		p.sees("is not on the board: it can only be read here")
	})
}

// A repository that is not there is named once.
func TestARepositoryThatIsNotThereIsNamedOnce(t *testing.T) {
	sitBeforeTwo(t, func(p *person) {
		p.desk.alter(func(s *model.Snapshot) {
			s.Repos[1].Problem = &model.Problem{Op: "read infra/web", Kind: model.NotFound}
		})
		p.send(nil)
		p.sees("infra/web: nothing there; check the name")
		if n := strings.Count(p.screen(), "infra/web"); n != 1 {
			t.Errorf("it is named %d times", n)
		}
	})
}

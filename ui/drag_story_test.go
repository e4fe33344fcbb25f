package ui

import (
	"fmt"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

// click presses the left button and lets it go.
func (p *person) click(x, y int) {
	p.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	p.send(tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
}

// grab presses the button on a text on the screen; pull moves the pointer to
// another text; drop lets the button go.
func (p *person) grab(text string) {
	p.at(text, func(m tea.Mouse) tea.Msg { return tea.MouseClickMsg(m) })
}
func (p *person) pull(text string) {
	p.at(text, func(m tea.Mouse) tea.Msg { return tea.MouseMotionMsg(m) })
}
func (p *person) drop() { p.send(tea.MouseReleaseMsg{Button: tea.MouseLeft}) }

func (p *person) at(text string, msg func(tea.Mouse) tea.Msg) {
	p.t.Helper()
	x, y, ok := p.cells().Find(text)
	if !ok {
		p.t.Fatalf("%q is not on the screen:\n%s", text, p.screen())
	}
	p.send(msg(tea.Mouse{X: x + 1, Y: y, Button: tea.MouseLeft}))
}

func TestACardIsDraggedToAnotherColumn(t *testing.T) {
	sit(t, 200, 45, sample(), func(p *person) {
		p.grab("OpenShift")
		p.pull("Next meeting")
		p.sees(" #13483 OpenShift worker", "Let go: #13483 moves to Next meeting", "esc calls it off")
		x, y, _ := p.cells().Find("Next meeting")
		if style := p.cells()[y][x].Style; style != "reverse" {
			p.t.Errorf("the column under the pointer is %q", style)
		}
		p.sent()
		p.drop()
		p.sent("#13483 move to next meeting, was waiting on assignee")
		p.misses("Let go")
		if p.on() != 13483 || p.app.columns.board.Columns[p.app.columns.col].State != model.NextMeeting {
			p.t.Fatalf("on #%d in column %d", p.on(), p.app.columns.col)
		}
	})
}

// What a column demands is asked for as when the state is picked, and all of it
// is one action.
func TestADropAsksForWhatTheColumnDemands(t *testing.T) {
	for _, each := range []struct {
		column string
		asks   string
		answer func(p *person)
		sends  []string
	}{
		{"On reporter", "#13483 waits on liwei", func(p *person) { p.write("Which rack?"); p.press("ctrl+s") },
			[]string{"#13483 comment: Which rack?", "#13483 move to waiting on reporter, was waiting on assignee"}},
		{"In progress", "Who works on #13483", func(p *person) { p.write("kira"); p.press("enter") },
			[]string{"#13483 assign kira"}},
		{"Closed", "Close #13483 as", func(p *person) {
			p.write("done")
			p.press("enter")
			p.write("Replaced.")
			p.press("ctrl+s")
		}, []string{"#13483 closed as done", "#13483 comment: Replaced.", "#13483 close"}},
	} {
		sit(t, 220, 45, sample(), func(p *person) {
			p.grab("OpenShift")
			p.pull(each.column)
			p.drop()
			p.sees(each.asks)
			p.sent()
			each.answer(p)
			p.sent(each.sends...)
			groups := map[int64]bool{}
			for _, e := range p.desk.Snapshot().Outbox {
				groups[e.Group] = true
			}
			if len(groups) != 1 {
				p.t.Errorf("%s: %d actions", each.column, len(groups))
			}
		})
	}
}

func TestADragIsCalledOff(t *testing.T) {
	for name, off := range map[string]func(p *person){
		"esc":         func(p *person) { p.press("esc"); p.drop() },
		"outside":     func(p *person) { p.pull("Infra"); p.sees("#13483 stays: pull"); p.drop() },
		"own column":  func(p *person) { p.pull("Move the old"); p.sees("#13483 stays: pull"); p.drop() },
		"no focus":    func(p *person) { p.send(tea.BlurMsg{}); p.drop() },
		"other size":  func(p *person) { p.send(tea.WindowSizeMsg{Width: 180, Height: 40}); p.drop() },
		"let go away": func(p *person) { p.send(tea.MouseMotionMsg{X: 3, Y: 9}); p.drop() },
	} {
		sit(t, 200, 45, sample(), func(p *person) {
			p.grab("OpenShift")
			p.pull("Next meeting")
			off(p)
			p.sent()
			p.misses("Let go", "stays: pull", "Fetching", "No description")
			p.press("j")
			if p.on() == 13483 {
				p.t.Errorf("%s: the keys still belong to the drag", name)
			}
		})
	}
}

func TestOnlyEscAndWhatWorksEverywhereDoesSomethingWhileDragging(t *testing.T) {
	sit(t, 200, 45, sample(), func(p *person) {
		p.grab("OpenShift")
		p.pull("Next meeting")
		p.press("g", "j", "x")
		p.sees("Let go: #13483")
		p.press("?")
		p.sees("Keys", "Here")
		p.misses("Let go")
		p.drop()
		p.sent()
	})
}

func TestNoQuestionOpensUnderAHeldCard(t *testing.T) {
	sit(t, 200, 45, sample(), func(p *person) {
		p.press("p", "l")
		p.grab("OpenShift")
		p.pull("Next meeting")
		p.desk.entry(100, func(e *model.Entry) bool {
			e.Status, e.Theirs = model.Clashed, model.Theirs{Value: "high"}
			return true
		})
		p.send(nil)
		p.sees("Let go: #13483")
		p.rest()
		p.sees("Let go: #13483")
		p.drop()
		p.misses("somebody was faster")
		p.rest()
		p.sees("somebody was faster")
	})
}

func TestADragOntoATabAndPastTheEdge(t *testing.T) {
	sit(t, 50, 20, sample(), func(p *person) {
		p.grab("Copr builders")
		p.pull("Urgent 1")
		p.sees("moves to Urgent")
		p.drop()
		p.sent("#13512 move to urgent, was needs review")
	})
	sit(t, 80, 24, sample(), func(p *person) {
		p.misses("Next meeting")
		p.grab("Wiki login")
		for i := range 12 {
			p.send(tea.MouseMotionMsg{X: 79, Y: 10 + i%3, Button: tea.MouseLeft})
		}
		p.pull("Next meeting")
		p.drop()
		p.sent("#13507 move to next meeting, was needs review")
	})
}

func TestADropWithoutTheRightSaysSo(t *testing.T) {
	sit(t, 200, 45, sample(), func(p *person) {
		p.desk.alter(func(s *model.Snapshot) { s.ReadOnly = true })
		p.send(nil)
		p.grab("OpenShift")
		p.pull("Next meeting")
		p.drop()
		p.sees("Read-only without a token")
	})
}

func TestDraggingLooks(t *testing.T) {
	for _, size := range [][2]int{{160, 45}, {50, 15}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			sit(t, size[0], size[1], sample(), func(p *person) {
				p.grab("Copr builders")
				p.pull("Urgent")
				synctest.Wait()
				compare(p, false)
			})
		})
	}
}

// A slow line may bring an escape and the next key at once, which is what a
// terminal sends for the key with alt.
func TestAnEscapeThatComesWithTheNextKey(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("enter")
		p.sees("No description.")
		p.send(tea.KeyPressMsg{Code: 'j', Mod: tea.ModAlt})
		p.misses("No description.")
		if p.on() != 13507 {
			p.t.Fatalf("on #%d", p.on())
		}
		p.press("c")
		p.send(tea.KeyPressMsg{Code: 'j', Mod: tea.ModAlt})
		p.sees("Comment on #13507")
	})
}

package ui

import (
	"strconv"
	"testing"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

func TestACellOfTheMatrixIsAFilter(t *testing.T) {
	sit(t, 160, 45, sample(), func(p *person) {
		p.press("M")
		p.sees("Matrix: 18 open tickets", "quick wins", "last of all", "not triaged: 4", "oldest 10d")
		p.press("enter")
		p.sees("OpenShift worker 04", "Backups of db03")
		p.misses("Matrix:", "Copr builders", "Add group sync")
		if got := p.app.filter.text; got != "gain:high pain:low -is:closed" {
			p.t.Errorf("filter %q", got)
		}
		p.press("M", "j", "enter") // the other cells are not empty because of that filter
		p.sees("Add group sync")
		p.misses("OpenShift", "Restart the queue") // which is closed
		p.press("esc", "M", "l", "l", "enter")
		p.sees("Registry answers 502")
		if n := p.app.columns.board.Len(); n != 1 {
			p.t.Errorf("%d tickets of gain high, pain high", n)
		}
	})
}

func TestTheMatrixKeepsTheFilterThatWasThere(t *testing.T) {
	sit(t, 160, 45, sample(), func(p *person) {
		p.press("/")
		p.write("assignee:kira")
		p.press("enter", "M")
		p.sees("Matrix: 3 open tickets matching assignee:kira", "Everything is triaged.")
		p.press("l", "enter")
		if got := p.app.filter.text; got != "assignee:kira gain:high pain:medium -is:closed" {
			p.t.Errorf("filter %q", got)
		}
		p.sees("Mail delayed")
	})
}

func TestUntriagedTicketsGoIntoACellWithOneKey(t *testing.T) {
	for _, size := range [][2]int{{160, 45}, {80, 24}, {50, 15}, {40, 12}} {
		sit(t, size[0], size[1], sample(), func(p *person) {
			p.press("M", "9", "1", "5")
			p.sent("#13466 gain high, was none", "#13466 pain high, was none",
				"#13507 gain low, was none", "#13507 pain low, was none",
				"#13510 gain medium, was none", "#13510 pain medium, was none")
			p.sees("not triaged: 1")
			groups := map[int64]bool{}
			for _, e := range p.desk.Snapshot().Outbox {
				groups[e.Group] = true
			}
			if len(groups) != 3 {
				p.t.Errorf("%d actions instead of 3: each is one undo", len(groups))
			}
			p.press("7", "7")
			p.sees("Everything is triaged.", "Nothing is left to triage here")
		})
	}
}

// Keys can be faster than any count.
func TestKeysFasterThanTheCountAreForTheNextTicket(t *testing.T) {
	desk := newMemoryDesk(sample()...)
	sit(t, 120, 35, nil, func(p *person) {
		p.app.Desk, p.desk = desk, desk
		p.app.take(desk.Snapshot())
		p.press("M")
		for _, key := range []string{"7", "7", "7"} {
			p.app.Update(keyPress(key)) // and no Cmd of it is run
		}
		p.sent("#13466 gain high, was none", "#13466 pain low, was none", "#13507 gain high, was none",
			"#13507 pain low, was none", "#13510 gain high, was none", "#13510 pain low, was none")
		p.sees("not triaged: 1")
	})
}

func TestUndoInTheMatrixGoesBackToTheTicket(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("M", "7", "7")
		for i, want := range []int64{13507, 13466} { // the desk of tests has no undo of its own
			id := p.desk.Snapshot().Outbox[2-2*i].ID
			p.desk.entry(id, func(*model.Entry) bool { return false })
			p.desk.entry(id+1, func(*model.Entry) bool { return false })
			p.send(nil)
			if got := p.app.dialogs[0].(*matrix).chosen().Ref.Number; got != want {
				p.t.Errorf("on #%d after an undo, not #%d", got, want)
			}
		}
		p.press("1")
		p.sent("#13466 gain low, was none", "#13466 pain low, was none")
	})
}

func TestAHalfJudgedTicketGetsOnlyWhatItLacks(t *testing.T) {
	half := ticket(7, "Half judged", judged(model.High, model.None))
	sit(t, 120, 35, []model.Ticket{half}, func(p *person) {
		p.press("M")
		p.sees("not triaged: 1")
		p.press("7")
		p.sent("#7 pain low, was none")
	})
}

func TestTheMatrixFollowsOthers(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("M", "l", "l", "l", "j") // right of the cells are the untriaged
		p.desk.put(ticket(13466, "Judged by kira", judged(model.High, model.Low)))
		p.send(nil)
		p.sees("not triaged: 3")
		p.press("4") // still on the ticket that was chosen
		p.sent("#13507 gain medium, was none", "#13507 pain low, was none")
		p.press("enter")
		p.sees("No description.")
		p.is(13510)
	})
}

func TestMovingInTheMatrix(t *testing.T) {
	for _, w := range []int{160, 80} {
		sit(t, w, 30, sample(), func(p *person) {
			p.press("M")
			d := p.app.dialogs[0].(*matrix)
			at := func(gain, pain model.Level, inList bool, i int) {
				p.t.Helper()
				if d.gain != gain || d.pain != pain || d.inList != inList || d.at != i {
					p.t.Errorf("at %d wide: gain %s pain %s, in the list %v at %d", w, d.gain, d.pain, d.inList, d.at)
				}
			}
			p.press("up", "h")
			at(model.High, model.Low, false, 0)
			p.press("j", "l", "j")
			at(model.Low, model.Medium, false, 0)
			p.press("home", "right", "right")
			at(model.High, model.High, true, 0)
			p.press("down", "end", "down")
			at(model.High, model.High, true, 3)
			p.press("pgup", "left")
			at(model.High, model.High, false, 0)
			p.press("end", "down")
			at(model.Low, model.High, w < 100, 0)
			p.press("up")
			if d.inList {
				p.t.Errorf("at %d wide one can't leave the list upwards", w)
			}
			p.press("esc")
			p.misses("Matrix")
		})
	}
}

func TestTheMatrixRefusesInWords(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("M")
		p.desk.alter(func(s *model.Snapshot) { s.ReadOnly = true })
		p.send(nil)
		p.press("7")
		p.sees("Read-only", "not triaged: 4")
		p.desk.alter(func(s *model.Snapshot) { s.ReadOnly = false; s.Repos[0].Missing = model.Scheme{}.Missing(nil) })
		p.send(nil)
		p.press("7")
		p.sees("Create labels in infra/tickets?", "not triaged: 4")
		p.press("n")
		p.sent()
		p.press("7", "y")
		p.sent("#13466 gain high, was none", "#13466 pain low, was none")
		p.sees("not triaged: 3")
	})
}

// A ticket is read from the matrix, then put into its cell there.
func TestBackLeadsFromATicketToTheMatrix(t *testing.T) {
	sit(t, 160, 45, sample(), func(p *person) {
		p.press("M", "right", "right", "right", "down")
		ref := p.app.dialogs[0].(*matrix).chosen().Ref
		p.press("enter")
		p.sees("#" + strconv.FormatInt(ref.Number, 10) + "  ")
		p.misses("not triaged: ")
		p.press("n", "M")
		p.sees("not triaged: ")
		p.press("esc")
		p.misses("not triaged: ")
		p.send(tea.WindowSizeMsg{Width: 120, Height: 35})
		p.press("esc")
		p.sees("not triaged: ")
		if got := p.app.dialogs[0].(*matrix).chosen().Ref; got != ref || p.app.pane != nil {
			t.Errorf("the matrix is on #%d", got.Number)
		}
		p.press("7")
		p.sent("#"+strconv.FormatInt(ref.Number, 10)+" gain high, was none", "#"+strconv.FormatInt(ref.Number, 10)+" pain low, was none")
		p.press("esc")
		p.misses("not triaged: ")
		if len(p.app.dialogs) != 0 || p.app.pane != nil {
			t.Error("the board is not reached")
		}
	})
}

func TestBackLeadsThroughTheMatrixToTheTicketBefore(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("l", "enter")
		first := p.app.pane.ref
		p.press("M", "right", "right", "right", "enter")
		if p.app.pane.ref == first {
			t.Fatal("the same ticket")
		}
		p.press("g", "h", "esc")
		p.sees("not triaged: ")
		p.press("esc")
		if p.app.pane == nil || p.app.pane.ref != first {
			t.Fatalf("not back on #%d:\n%s", first.Number, p.screen())
		}
		p.press("esc")
		if p.app.pane != nil {
			t.Error("the board is not reached")
		}
	})
}

func TestBackLeadsFromTheNumbersToTheMatrix(t *testing.T) {
	for name, begin := range map[string][]string{"the board": nil, "a ticket": {"enter"}} {
		t.Run(name, func(t *testing.T) {
			sit(t, 120, 35, sample(), func(p *person) {
				p.press(begin...)
				p.press("M", ":")
				p.write("numbers")
				p.press("enter")
				p.sees("Numbers")
				p.misses("not triaged: ")
				p.press(":")
				p.write("matrix")
				p.press("enter")
				p.misses("Numbers")
				p.press("esc")
				p.sees("Numbers")
				p.press("esc") // the matrix is not open twice
				p.misses("not triaged: ", "Numbers")
				if open := p.app.pane != nil; open != (name == "a ticket") {
					t.Errorf("the ticket is open: %v", open)
				}
			})
		})
	}
}

// What there is nothing to do with is not offered.
func TestAnEmptyMatrixOffersNoKeysForItsTickets(t *testing.T) {
	sit(t, 120, 35, nil, func(p *person) {
		p.press("M")
		p.sees("No open tickets.", "esc back")
		p.misses("enter show", "1-9 put")
	})
	sit(t, 120, 35, []model.Ticket{ticket(7, "One", judged(model.High, model.Low))}, func(p *person) {
		p.press("M")
		p.sees("Everything is triaged.", "esc back", "enter show")
		p.misses("1-9 put")
		p.desk.put(ticket(8, "Two"))
		p.send(nil)
		p.sees("enter show", "1-9 put")
	})
}

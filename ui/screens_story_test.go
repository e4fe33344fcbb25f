package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

func TestSomebodyWasFaster(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		clashes := func() {
			p.press("p", "l")
			id := p.desk.Snapshot().Outbox[0].ID
			p.desk.entry(id, func(e *model.Entry) bool {
				e.Status = model.Clashed
				e.Theirs = model.Theirs{Value: "high", By: model.Person{Login: model.NewLine("kira")}, At: p.app.Now().Add(-40 * time.Second)}
				return true
			})
			p.send(nil)
			p.misses("somebody was faster")
			p.rest()
			p.sees("somebody was faster", "Pain was set to high by kira, 41 s ago. You chose low.", "A moment:")
			p.rest()
			p.sees("k keep theirs  m use mine")
		}
		clashes()
		p.press("k")
		p.sent()
		p.sees("Pain of #13466 stays high, set by kira; yours was dropped: pain low")
		clashes()
		p.press("m")
		p.sent("#13466 pain low, was none")
		p.sees("Yours is sent: #13466 pain low")
	})
}

func TestTheOutboxTellsWhyAndWhatToDo(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("O")
		p.sees("Nothing waits here.")
		p.press("esc", "c")
		p.write("thanks")
		p.press("ctrl+s")
		id := p.desk.Snapshot().Outbox[0].ID
		p.desk.entry(id, func(e *model.Entry) bool {
			e.Status, e.Problem = model.Parked, &model.Problem{Kind: model.Locked}
			return true
		})
		p.send(nil)
		p.sees("1 parked", "13466 !")
		p.press("O")
		p.sees("comment: thanks", "the repository is archived", "parked")
		p.press("e")
		p.write(" all")
		p.press("ctrl+s")
		p.sent("#13466 comment: thanks all")
		p.misses("parked")
		p.press("d", "n")
		p.sent("#13466 comment: thanks all")
		p.press("d", "y")
		p.sent()
	})
}

func TestTheOutboxNamesARepositoryThatTheBoardDoesNotShow(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.desk.alter(func(s *model.Snapshot) {
			for i, repo := range []string{"infra/tickets", "infra/before"} {
				e := model.Entry{ID: int64(i) + 5, Group: int64(i) + 5, Status: model.Pending, Made: noon,
					Edit: model.Edit{Ref: model.Ref{Repo: repo, Number: 13466}, Change: model.AddComment{Text: "so"}}}
				if repo == "infra/before" {
					e.Problem = &model.Problem{Kind: model.Moved, Place: model.NewLine("infra/after")}
				}
				s.Outbox = append(s.Outbox, e)
			}
		})
		p.send(nil)
		p.press("O")
		p.sees("infra/before#13466  comment: so", "moved to infra/after; start docket with the new name")
		p.misses("infra/tickets#13466")
		p.press("down", "d")
		p.sees("Discard the change to infra/before#13466?")
	})
}

func TestDiscardingTakesOutTheWholeAction(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("x")
		p.write("done")
		p.press("enter")
		p.write("All fine again.")
		p.press("ctrl+s", "O", "down", "d")
		p.sees("closed as done; comment: All fine again.; close")
		p.press("y")
		p.sent()
	})
}

func TestReadOnlyAndMissingRightsSaySo(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.desk.alter(func(s *model.Snapshot) { s.ReadOnly = true; s.Me = model.Person{} })
		p.send(nil)
		p.sees("read-only on forge.example.org")
		for _, key := range []string{"g", "p", "m", "H", "L", "c", "a", "A", "x", "X"} {
			p.press(key)
			p.sees("Read-only without a token: docket login")
		}
		p.desk.alter(func(s *model.Snapshot) { s.ReadOnly = false; s.Repos[0].Rights.Triage = false })
		p.send(nil)
		p.press("g")
		p.sees("ask its owners for the right to triage")
		p.press("c")
		p.sees("Comment on #13466")
		p.sent()
	})
}

// What nobody in particular may do says nothing about who has the wrong token.
func TestATokenThatIsRefusedIsNotTakenForAMissingRight(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.desk.alter(func(s *model.Snapshot) {
			s.Problem = &model.Problem{Kind: model.BadToken}
			s.Repos[0].Rights = model.Rights{Known: true}
		})
		p.send(nil)
		for _, key := range []string{"g", "p", "m", "c", "a"} {
			p.press(key)
			p.sees("The forge does not know this token: give a new one to docket login in another terminal")
			p.misses("the right to triage")
		}
		p.press(" ", " ", "g", "h") // of marked tickets, too
		p.sees("Gain high: nothing to do")
		p.misses("you may not change this")
		p.sent()
	})
}

func TestTroubleIsToldInWords(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("g", "h")
		p.desk.alter(func(s *model.Snapshot) {
			s.Repos[0].Problem = &model.Problem{Kind: model.Unreachable, Place: model.NewLine("forge.example.org")}
			s.Repos[0].Synced = noon.Add(-2 * time.Minute)
		})
		p.send(nil)
		p.sees("forge.example.org is unreachable; 1 change waits here to be sent")
		p.desk.alter(func(s *model.Snapshot) { s.Problem = &model.Problem{Kind: model.BadToken} })
		p.send(nil)
		p.sees("the forge does not know this token")
	})
}

func TestTheFirstSyncShowsHowFarItIs(t *testing.T) {
	sit(t, 120, 35, nil, func(p *person) {
		p.desk.alter(func(s *model.Snapshot) {
			s.Repos[0].Synced = time.Time{}
			s.Repos[0].Phase, s.Repos[0].Done, s.Repos[0].Total = model.First, 150, 5230
		})
		p.send(nil)
		p.sees("Fetching the open tickets of infra/tickets", "150 of 5,230", "fetching tickets 150 of 5,230")
	})
}

func TestTheMouseSelectsOpensAndScrolls(t *testing.T) {
	sit(t, 120, 20, sample(), func(p *person) {
		x, y, ok := p.cells().Find("OpenShift")
		if !ok {
			p.t.Fatal(p.screen())
		}
		p.click(x, y)
		if p.on() != 13483 {
			p.t.Fatalf("on #%d", p.on())
		}
		p.send(tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelDown})
		p.misses("OpenShift")
		if p.on() != 13483 {
			p.t.Fatal("the wheel moved the selection")
		}
		p.press("j")
		p.send(tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelUp})
		p.click(x, y)
		p.click(x, y)
		p.sees("No description.")
	})
}

func TestASyncLeavesTheBoardWhereTheWheelTurnedIt(t *testing.T) {
	sit(t, 120, 35, many(400), func(p *person) {
		for range 12 {
			p.send(tea.MouseWheelMsg{X: 5, Y: 12, Button: tea.MouseWheelDown})
		}
		before := p.screen()
		p.desk.put(ticket(2, "Ticket 2, renamed by kira", state(model.OnReporter)))
		p.send(nil)
		if first := p.app.columns.tops[0]; first != 12 {
			p.t.Fatalf("the column jumped to card %d:\n%s\n%s", first, before, p.screen())
		}
		p.press("j")
		if _, _, ok := p.cells().Find("▌"); !ok {
			p.t.Fatalf("a key does not bring the selection back:\n%s", p.screen())
		}
	})
}

func TestAClickOnATabGoesToItsColumn(t *testing.T) {
	sit(t, 50, 15, sample(), func(p *person) {
		x, y, ok := p.cells().Find("Assignee 5")
		if !ok {
			p.t.Fatal(p.screen())
		}
		p.send(tea.MouseClickMsg{X: x + 2, Y: y, Button: tea.MouseLeft})
		if p.on() != 13483 {
			p.t.Fatalf("on #%d", p.on())
		}
		p.sees("OpenShift worker 04")
	})
}

func TestTheHelpHasAnEndAndBeginsHere(t *testing.T) {
	for _, size := range [][2]int{{40, 12}, {80, 24}, {160, 45}} {
		sit(t, size[0], size[1], sample(), func(p *person) {
			p.press("?")
			p.sees("Here")
			p.press("end")
			p.misses("more line")
			p.send(tea.MouseWheelMsg{X: 5, Y: 5, Button: tea.MouseWheelUp})
			p.sees("1 more line")
		})
	}
}

func TestWhatCannotBeSentNowIsTroubleAtOnce(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("g", "h")
		p.desk.entry(100, func(e *model.Entry) bool {
			e.Tries, e.Problem = 1, &model.Problem{Kind: model.Unreachable, Place: model.NewLine("forge.example.org")}
			return true
		})
		p.send(nil)
		p.sees("forge.example.org is unreachable; 1 change waits here to be sent")
	})
}

func TestWhatIsNotOnDiskYetIsNotCalledWaitingToBeSent(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("g", "h")
		p.desk.entry(100, func(e *model.Entry) bool { e.Status = model.Saving; return true })
		p.send(snapshotMsg{p.desk.alter(func(s *model.Snapshot) { s.Problem = &model.Problem{Op: "write", Kind: model.DiskFull} })})
		p.sees("the disk is full: changes can't be kept; 1 change is not on disk yet")
	})
}

// A slow line brings an escape and the next key at once, which reads as alt.
func TestACapitalBehindAnEscapeIsTheCapital(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("enter")
		p.send(tea.KeyPressMsg{Code: 'l', ShiftedCode: 'L', Mod: tea.ModAlt | tea.ModShift})
		if p.app.pane != nil {
			p.t.Error("the ticket is still open")
		}
		p.sent("#13466 move to urgent, was waiting on reporter")
	})
}

func TestResizingKeepsTheSelectionOnTheScreen(t *testing.T) {
	sit(t, 200, 60, many(400), func(p *person) {
		p.press("l", "l", "end")
		on := p.on()
		for _, size := range [][2]int{{120, 35}, {80, 24}, {50, 15}, {40, 12}, {300, 80}} {
			p.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			if p.on() != on {
				p.t.Fatalf("at %v the person is on #%d", size, p.on())
			}
			if _, _, ok := p.cells().Find("▌"); !ok {
				p.t.Fatalf("at %v the selected card is not on the screen:\n%s", size, p.screen())
			}
		}
	})
}

func TestKeysForWhatLiesBeneathADialogDoNothing(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("g", "x", "j", "c")
		p.sees("Gain of #13466")
		p.press("q")
		if !p.left {
			p.t.Fatal("q leaves from everywhere but where text is typed")
		}
		p.sent()
	})
}

func TestEveryDeclaredActionHasAHandler(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		a := p.app
		card := a.columns.selected()
		of := map[keymap.Scope]func(){
			keymap.Level:   func() { a.open(&levels{ref: card.Ref, field: model.FieldGain}) },
			keymap.Pick:    func() { a.open(newPicker("", nil)) },
			keymap.Several: func() { a.editLabels() },
			keymap.Field:   func() { a.editDue() },
			keymap.Views:   func() { a.pickView() },
			keymap.Editor:  func() { a.open(newEditor(a, "", "", "x", "", func(*App, string) tea.Cmd { return nil })) },
			keymap.Outbox:  func() { a.open(&outbox{}) },
			keymap.History: func() { a.open(&history{}) },
			keymap.Help:    func() { a.open(&help{}) },
			keymap.Matrix:  func() { a.open(&matrix{gain: model.High, pain: model.Low}) },
			keymap.Numbers: func() { a.open(&numbers{}) },
			keymap.Confirm: func() { a.open(&confirm{yes: func(*App) tea.Cmd { return nil }}) },
			keymap.Plan:    func() { a.open(&plan{}) },
			keymap.Clash:   func() { a.open(&clash{entry: model.Entry{Edit: model.Edit{Ref: card.Ref, Change: model.SetGain{}}}}) },
		}
		for _, action := range a.Keys.Actions() {
			if action.Help == "" {
				p.t.Errorf("%s has no help", action.ID)
			}
			for _, s := range action.Scopes {
				_, recipe := a.recipe(action.ID)
				handled := handlers[action.ID] != nil || recipe
				if open := of[s]; open != nil {
					a.dialogs = nil
					open()
					_, handled = a.dialogs[0].do(a, action.ID)
					handled = handled || ofNoDialog(action.ID)
				} else if s == keymap.Drag {
					a.drag = &drag{ref: card.Ref, moving: true}
					handled = a.dragDo(action.ID)
				} else if s == keymap.Filter {
					a.filter.typing = true
					_, handled = a.filterDo(action.ID)
					a.filter.typing = false
				}
				if !handled {
					p.t.Errorf("%s does nothing in %s", action.ID, s)
				}
			}
		}
		a.dialogs = nil
	})
}

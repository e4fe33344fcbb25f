package ui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

func TestThePaletteFindsAndDoes(t *testing.T) {
	for _, story := range []struct {
		typed string
		then  func(p *person)
	}{
		{"gain", func(p *person) { p.sees("Gain of #13466"); p.press("h"); p.sent("#13466 gain high, was none") }},
		{"GAIN", func(p *person) { p.sees("Gain of #13466") }},
		{"brws", func(p *person) { p.sees("browser") }}, // letters in their order
		{"web browser", func(p *person) { p.sees("browser") }},
		{"asgnme", func(p *person) { p.sent("#13466 assign anna") }},
		{"move 13466 meeting", func(p *person) { p.sent("#13466 move to next meeting, was waiting on reporter") }},
		{"meeting go", func(p *person) { p.is(13470); p.misses("Find anything") }},
		{"assign kira", func(p *person) { p.sent("#13466 assign kira") }},
		{"tickets of kira", func(p *person) { p.sees("assignee:kira"); p.misses("OpenShift"); p.sees("Registry answers") }},
		{"liwei", func(p *person) { p.sees("(author:liwei or assignee:liwei)", "Grüße", "OpenShift") }},
		{"reports of kira", func(p *person) { p.sees("/ author:kira ") }},
		{"reports ota", func(p *person) { p.sees("/ author:kira ") }},
		{"dup", func(p *person) { p.sees("Close #13466 as duplicate") }},
		{"close wontfix", func(p *person) { p.sees("Close #13466 as will not fix") }},
		{"unassign", func(p *person) { p.sees("Nobody has #13466") }},
		{"shwmine", func(p *person) { p.sees("Mine", "no match") }},
		{"shvwQuik", func(p *person) { p.sees("Quick wins") }},
		{"asgnkira", func(p *person) { p.sent("#13466 assign kira") }},
		{"search", func(p *person) { p.sees("enter keeps it") }},
		{"refresh", func(p *person) { p.sees("Syncing now") }},
		{"reload", func(p *person) { p.sees("Syncing now") }},
		{"stats", func(p *person) { p.sees("Numbers: the last 12 weeks") }},
		{"reply", func(p *person) { p.sees("Comment on #13466") }},
		{"deadline", func(p *person) { p.sees("Due date of #13466") }},
		{"tags", func(p *person) { p.sees("Labels of #13466") }},
		{"matrix", func(p *person) { p.sees("Matrix: 18 open tickets") }},
		{"statistics of the weather", func(p *person) { p.sees("nothing is called that") }},
		{"opened closed how long", func(p *person) { p.sees("Numbers: the last 12 weeks") }},
		{"13391", func(p *person) { p.is(13391); p.misses("Find anything") }},
		{"#13391", func(p *person) { p.is(13391) }},
		{"7", func(p *person) { p.sees("#7 is not on the board") }},
		{"quit", func(p *person) {
			if !p.left {
				p.t.Error("the palette does not quit")
			}
		}},
		{"lanes gain", func(p *person) { p.sees("Lanes by gain", "low gain  4") }},
		{"sort age", func(p *person) { p.sees("oldest first") }},
		{"save view", func(p *person) {
			p.sees("Save as a view")
			p.write("All")
			p.press("enter")
			p.sees("Saved as All")
			p.misses("Views")
		}},
		{"rename view", func(p *person) { p.sees("Quick wins", "ctrl+r: Give the chosen view") }},
		{"retry", func(p *person) { p.sees("Outbox: 0 changes", "In the outbox, r: Send the change again.") }},
		{"keep theirs", func(p *person) { p.sees("When somebody was faster, k: ") }},
	} {
		t.Run(story.typed, func(t *testing.T) {
			sit(t, 120, 35, sample(), func(p *person) {
				p.app.Environ = []string{"SSH_CONNECTION=1"}
				p.press(":")
				p.sees("Find anything")
				p.write(story.typed)
				p.press("enter")
				story.then(p)
			})
		})
	}
}

// People whom the board learns of while letters are typed come behind all
// others, and what is chosen stays chosen.
func TestWhatIsChosenStaysSoWhileThePaletteLearns(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.app.openPalette()
		p.write("re")
		p.press("down", "down")
		d := p.app.dialogs[0].(*palette)
		was, n := d.found[d.chosen].title(), len(d.found)
		p.send(p.app.learn()())
		if now := d.found[d.chosen].title(); now != was || len(d.found) <= n {
			t.Errorf("%q was chosen of %d, and now %q of %d", was, n, now, len(d.found))
		}
	})
}

// A ticket is taken from whoever has it, and marked ones are, and are closed.
func TestThePaletteTakesFromPeopleAndCloses(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("#")
		p.write("13475")
		p.press("enter", ":")
		p.write("unassign")
		p.sees("take it from jonas")
		p.press("enter")
		p.sent("#13475 assign nobody")
		p.press("space", ":")
		p.write("close dup")
		p.press("enter")
		p.sees("Close 1 ticket as duplicate")
	})
}

// Letters are looked for in what tells entries from each other, not in what
// many of them say; of that, words are found, after the names.
func TestThePaletteFindsNamesBeforeTheWordsAroundThem(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		for typed, want := range map[string][]string{
			"wik":       nil, // the letters are in "Show the tickets of", too
			"show tic":  {"Show the tickets of Anna Lindqvist (anna)", "Show the tickets of Jonas Weiß (jonas)"},
			"kira":      {"Assign #13466 to Kira Ōta (kira)", "Show the tickets of Kira Ōta (kira)"},
			"the meet":  {"Recipe To the meeting"},
			"stale":     {"Show view Stale"},
			"undo":      {"undo"},
			"hgcntrast": {"Wear theme high-contrast"},
		} {
			p.press(":")
			p.write(typed)
			d := p.app.dialogs[len(p.app.dialogs)-1].(*palette)
			var got []string
			for _, f := range d.found[:min(len(want), len(d.found))] {
				got = append(got, f.title())
			}
			if !slices.Equal(got, want) || want == nil && len(d.found) > 0 {
				p.t.Errorf("%s finds %v, not %v", typed, got, want)
			}
			p.press("esc")
		}
		p.press(":")
		p.write("kira")
		for _, row := range p.cells() {
			var lit, text string
			for _, cell := range row {
				text += cell.Text
				if strings.Contains(cell.Style, "bold fg=#7aa2f7") {
					lit += cell.Text
				}
			}
			if strings.Contains(text, "Show the tickets of Kira") && lit != "Kira" {
				p.t.Errorf("%q is lit in %q", lit, text)
			}
		}
	})
}

// is fails unless the person is on a ticket.
func (p *person) is(number int64) {
	p.t.Helper()
	if p.on() != number {
		p.t.Errorf("on #%d, not #%d:\n%s", p.on(), number, p.screen())
	}
}

// Whatever the program can do is found by its name, from everywhere where the
// palette opens, with the keys that it has.
func TestThePaletteFindsEveryAction(t *testing.T) {
	for _, keys := range [][]string{{}, {"enter"}, {"O"}, {"ctrl+u"}, {"M"}, {"S"}} {
		sit(t, 120, 35, sample(), func(p *person) {
			p.press(keys...)
			at := p.app.scopes()
			p.press("ctrl+p")
			found := map[keymap.ID]entry{}
			for _, e := range p.app.dialogs[len(p.app.dialogs)-1].(*palette).entries {
				if e.action != "" {
					found[e.action] = e
				}
			}
			for _, action := range p.app.Keys.Actions() {
				e, ok := found[action.ID]
				switch {
				case action.ID == keymap.ShowPalette:
				case !ok || !strings.Contains(e.about, strings.TrimPrefix(action.Help, action.Name+": ")):
					p.t.Errorf("from %s: %s is not found: %+v", at[0], action.ID, e)
				case len(action.Keys) > 0 && e.keys == "":
					p.t.Errorf("from %s: %s has no keys", at[0], action.ID)
				}
			}
			for _, s := range p.app.Keys.Help(at) {
				for _, h := range s.Hints {
					if e := found[h.ID]; h.ID != keymap.ShowPalette && e.keys != p.app.label(h) {
						p.t.Errorf("from %s: %s has %q beside it, not %q", at[0], h.ID, e.keys, p.app.label(h))
					}
				}
			}
		})
	}
}

// Each action can be chosen from each place without harm to what is there.
func TestEveryActionCanBeChosenInThePalette(t *testing.T) {
	for _, keys := range [][]string{{}, {"enter"}, {"O"}, {"M"}, {"S"}} {
		sit(t, 100, 30, sample(), func(p *person) {
			p.app.Environ = []string{"SSH_CONNECTION=1"}
			for _, action := range p.app.Keys.Actions() {
				p.app.dialogs, p.app.pane, p.app.filter.typing = nil, nil, false
				p.press(keys...)
				at := p.app.scopes()
				p.press(":")
				d := p.app.dialogs[len(p.app.dialogs)-1].(*palette)
				for i, e := range d.entries {
					if e.action == action.ID {
						d.found, d.chosen = []find{{entry: d.entries[i]}}, 0
						p.press("enter")
					}
				}
				if n := len(p.app.dialogs); n > 0 && p.app.dialogs[n-1] == dialog(d) && action.ID != keymap.ShowPalette {
					p.t.Errorf("from %s: %s leaves the palette open", at[0], action.ID)
				}
				p.screen()
			}
		})
	}
}

func TestThePaletteOverAnOpenTicket(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("enter", ":")
		p.write("13500")
		p.press("enter")
		p.sees("Registry answers 502", "No description.")
		p.press(":")
		p.write("filter")
		p.press("enter")
		p.write("planet")
		p.sees("Move the old planet")
		p.misses("No description.")
		p.press("enter", ":")
		p.write("13500") // the filter hides it
		p.press("enter")
		p.is(13500)
		p.sees("OpenShift")
	})
}

func TestThePaletteIsReadOnlyWhenTheBoardIs(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.desk.alter(func(s *model.Snapshot) { s.ReadOnly = true })
		p.send(nil)
		for _, typed := range []string{"assign kira", "move 13466 meeting", "gain"} {
			p.press(":")
			p.write(typed)
			p.press("enter")
			p.sees("Read-only without a token")
			p.sent()
		}
	})
}

func TestThePaletteWithNothingToBeAbout(t *testing.T) {
	sit(t, 80, 24, nil, func(p *person) {
		p.press(":")
		p.write("move")
		p.misses("Move #")
		p.press("enter")
		p.sees("No ticket is selected")
		p.press(":")
		p.write("go to urgent")
		p.press("enter")
		p.sees("Nothing is in Urgent")
	})
}

func TestThePaletteKnowsAPersonsOwnKeys(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		keys, err := keymap.New(map[keymap.ID][]string{keymap.Gain: {"z z"}, keymap.Pain: {}})
		if err != nil {
			p.t.Fatal(err)
		}
		p.app.Keys = keys
		p.press(":")
		p.sees(" z z ", "unbound")
	})
}

// A recipe needs no key: the list of recipes has one.
func TestARecipeWithoutAKeyIsNotCalledUnbound(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press(":")
		p.write("recipe needs")
		p.sees("Recipe Needs info")
		p.misses("unbound")
		p.press("esc", "?")
		for range 60 {
			p.misses("unbound")
			for row := range strings.SplitSeq(p.screen(), "\n") {
				if strings.Contains(row, "Needs info: ") {
					if !strings.Contains(row, "R…") {
						p.t.Fatalf("the help says %q", row)
					}
					return
				}
			}
			p.press("down")
		}
		p.t.Fatal("the help lacks the recipe")
	})
}

// What an action of another place does is told once.
func TestWhereAnActionIsDoneIsToldOnce(t *testing.T) {
	sit(t, 160, 45, sample(), func(p *person) {
		p.press(":")
		p.write("theirs")
		p.sees("when somebody was faster: Keep their value instead of yours.")
		p.press("enter")
		p.sees("When somebody was faster, k: Keep their value instead of yours.")
	})
}

// FuzzPalette types anything.
func FuzzPalette(f *testing.F) {
	for _, text := range []string{"", " ", "#", "#0", "-1", "99999999999999999999", "assign \x00", "日本", "é̂", "\u202e", strings.Repeat("a", 3000)} {
		f.Add(text)
	}
	tickets := append(sample(), ticket(5, "\u202eevil \x1b[2J 日本語"))
	f.Fuzz(func(t *testing.T, text string) {
		a := New(t.Context(), Options{Desk: newMemoryDesk(tickets...), Settings: DefaultSettings(), Now: newMemoryDesk().now.Local})
		a.Update(tea.WindowSizeMsg{Width: 60, Height: 20})
		a.openPalette()
		a.Update(tea.PasteMsg{Content: text})
		for y, row := range strings.Split(a.View().Content, "\n") {
			if width(row) > 60 {
				t.Fatalf("row %d is %d wide", y, width(row))
			}
		}
	})
}

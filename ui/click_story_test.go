package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

// turns turns the wheel in the middle of the screen.
func (p *person) turns(n int) {
	button := tea.MouseWheelDown
	if n < 0 {
		button, n = tea.MouseWheelUp, -n
	}
	for range n {
		p.send(tea.MouseWheelMsg{X: p.app.width / 2, Y: p.app.height / 2, Button: button})
	}
}

func TestAClickTakesALevel(t *testing.T) {
	for _, size := range [][2]int{{160, 45}, {80, 24}, {40, 12}} {
		sit(t, size[0], size[1], sample(), func(p *person) {
			p.press("g")
			p.click(0, 0) // beside the box nothing happens
			p.sees("Gain of #13466")
			p.clicks("number of") // of what a medium gain means
			p.misses("Gain of")
			p.press("p")
			p.clicks("easy, known")
			p.sent("#13466 gain medium, was none", "#13466 pain low, was none")
		})
	}
}

func TestAClickOnAHintInTheFooterIsItsKey(t *testing.T) {
	for _, size := range [][2]int{{200, 45}, {80, 24}, {40, 12}} {
		sit(t, size[0], size[1], sample(), func(p *person) {
			hint := func(text string) (x, y int) {
				y = size[1] - 1
				x = width(strings.Split(p.cells().Row(y), text)[0]) + 1
				return x, y
			}
			gain := func() { p.click(hint("g gain")) }
			gain()
			p.sees("Gain of #13466")
			p.press("h")
			if p.sent("#13466 gain high, was none"); len(p.app.noticeLines(size[0])) > 0 {
				gain() // what is said stands there now
				p.misses("Gain of")
			}
			p.press("j")
			p.click(hint("? help"))
			p.sees("─ Keys ─")
			p.press("esc", "/", "1", "3")
			p.click(4, size[1]-1) // a query is typed there
			p.misses("Gain of")
		})
	}
}

func TestClicksInTheMatrix(t *testing.T) {
	for _, size := range [][2]int{{160, 45}, {80, 24}, {50, 15}, {40, 12}} {
		sit(t, size[0], size[1], sample(), func(p *person) {
			p.press("M")
			d := p.app.dialogs[0].(*matrix)
			p.clicks("[6]")
			if d.gain != model.Medium || d.pain != model.High || d.inList {
				p.t.Fatalf("a click on medium gain, high pain goes to %s, %s", d.gain, d.pain)
			}
			p.turns(1)
			if d.at != 1 || d.inList {
				p.t.Fatalf("the wheel turns to the untriaged ticket %d", d.at)
			}
			p.clicks("▌ 13507 ")
			if !d.inList || d.chosen().Ref.Number != 13507 {
				p.t.Fatalf("a click on #13507 goes to %+v", d.chosen())
			}
			p.clicks("[8]  ")
			p.clicks("[8]  ")
			p.misses("Matrix")
			if got := p.app.filter.text; got != "gain:high pain:medium -is:closed" {
				p.t.Errorf("a second click shows %q", got)
			}
			p.press("M", "home")
			p.turns(1)
			p.clicks("▌ 13507 ")
			p.clicks("▌ 13507 ")
			p.is(13507)
		})
	}
}

func TestClicksInListsAndQuestions(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press(":")
		p.write("show the numbers")
		p.turns(1)
		p.turns(-1)
		p.press("esc", "m")
		p.clicks("the reporter must answer")
		p.clicks("the reporter must answer")
		p.sees("#13466 waits on liwei")
		p.press("esc", "v")
		p.turns(2)
		p.clicks("Untriaged")
		p.clicks("Untriaged")
		p.sees("Untriaged   oldest first")
		p.press("esc", "#")
		p.write("13440")
		p.clicks("Add group sync for the design team, waiting")
		p.is(13440)

		p.press(" ", " ", "p", "l")
		p.clicks("esc cancel")
		p.sees("Nothing was changed")
		p.press("p", "h")
		p.clicks("enter go")
		p.sees("Pain high: 2 tickets")
		p.press("esc", "g", "m", "O", "d")
		p.clicks("y yes")
		p.misses("Discard")
	})
}

func TestTheKeysOfTheMatrixAreNoCounts(t *testing.T) {
	for _, size := range [][2]int{{160, 45}, {80, 24}, {50, 15}, {40, 12}} {
		sit(t, size[0], size[1], sample(), func(p *person) {
			p.press("M")
			p.sees("[7] puts it there", "[1]", "[9]", "1-9 put")
			p.press("down")
			p.sees("[4] puts it there")
			p.press("7")
			p.sees("#13466 is now high gain, low pain; u", "back")
			p.press("7", "7", "7")
			p.sees("Everything is triaged.")
			p.misses("[7]", "puts it there")
		})
		sit(t, size[0], size[1], untriaged(60), func(p *person) {
			p.press("M")
			p.sees(" more ─╯")
			p.press("right", "right", "right", "end")
			if size[0] < listFrom {
				p.press("down", "down", "down", "end")
			}
			p.sees("↑ ", " more ─╯")
			p.misses(" ↓ 47 more ─╯", " ↓ 59 more ─╯")
		})
	}
}

// untriaged are tickets that nobody has judged.
func untriaged(n int) (all []model.Ticket) {
	for i := range n {
		all = append(all, ticket(int64(i+1), "Not judged yet"))
	}
	return all
}

// Where there is little room, a hint is told as a whole or not at all, and a
// notice takes more lines.
func TestNothingOfAHintIsCutWhereThereIsLittleRoom(t *testing.T) {
	for name, story := range screens() {
		t.Run(name, func(t *testing.T) {
			sit(t, 40, 12, sample(), func(p *person) {
				p.desk.threads[someTicket] = someText
				story(p)
				rows := strings.Split(strings.TrimRight(p.screen(), "\n"), "\n")
				if last := strings.TrimRight(rows[len(rows)-1], " "); strings.HasSuffix(last, "…") {
					t.Errorf("the last line is %q", last)
				}
			})
		})
	}
	sit(t, 40, 12, sample(), func(p *person) {
		p.desk.alter(func(s *model.Snapshot) { s.ReadOnly = true })
		p.send(nil)
		p.press("g")
		p.sees("Read-only without a token: docket login", "in another terminal lets you change", "\n tickets")
		p.press("j")
		p.misses("change")
		p.desk.alter(func(s *model.Snapshot) { s.ReadOnly = false })
		p.send(nil)
		p.press("e")
		p.sees("Tab marks several.")
	})
}

package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// clash lets kira be faster with a change of the outbox, counted from its first.
func (p *person) clash(nth int, theirs string) {
	p.desk.entry(p.desk.Snapshot().Outbox[nth].ID, func(e *model.Entry) bool {
		e.Status = model.Clashed
		e.Theirs = model.Theirs{Value: theirs, By: model.Person{Login: model.NewLine("kira")}, At: p.app.Now()}
		return true
	})
	p.send(nil)
}

const faster = "somebody was faster"

// Somebody walks the board when the forge answers: k is up here and keep theirs
// there, m is move here and use mine there.
func TestNoBurstOfTypingDecidesAClash(t *testing.T) {
	for name, burst := range map[string][]string{
		"walking": {"k", "k", "k", "j", "k", "k"}, "moving": {"m", "m", "m"}, "a jump": {"1", "3", "k", "m"}, "leaving": {"q", "esc", "q"}, "help": {"?", ":", "o"},
	} {
		t.Run(name, func(t *testing.T) {
			sit(t, 120, 35, sample(), func(p *person) {
				p.press("p", "l", "j", "j", "j")
				p.clash(0, "high")
				for range 10 {
					p.press("k", "j")
					time.Sleep(lull / 2)
					p.misses(faster)
					p.sees("1 parked", "13466 !")
				}
				p.rest()
				p.sees(faster, "A moment:")
				for _, key := range burst {
					time.Sleep(lull * 9 / 10)
					p.press(key)
					p.sees(faster, "A moment:")
					p.misses("keep theirs")
				}
				p.rest()
				p.sees(faster, "k keep theirs  m use mine")
				p.misses("A moment:")
				p.press("x", "k") // what means nothing here is the beginning of a burst, too
				p.sees(faster, "A moment:")
				p.sent("#13466 pain low, was none")
			})
		})
	}
}

func TestAClashWaitsWhileSomethingIsInTheMaking(t *testing.T) {
	for name, making := range map[string]struct{ begin, end []string }{
		"a sequence": {[]string{"z"}, []string{"esc"}},
		"a filter":   {[]string{"/", "w"}, []string{"esc"}},
		"a comment":  {[]string{"c", "k"}, []string{"esc"}},
		"a dialog":   {[]string{"g"}, []string{"esc"}},
		"a jump":     {[]string{"1", "3"}, []string{"esc"}},
	} {
		t.Run(name, func(t *testing.T) {
			sit(t, 120, 35, sample(), func(p *person) {
				if name == "a sequence" {
					m, err := keymap.New(map[keymap.ID][]string{keymap.PickSort: {"z s"}})
					if err != nil {
						t.Fatal(err)
					}
					p.app.Keys = m
				}
				p.press("p", "l")
				p.press(making.begin...)
				p.clash(0, "high")
				p.rest()
				p.rest()
				p.misses(faster)
				p.press(making.end...)
				p.misses(faster)
				p.rest()
				p.sees(faster)
			})
		})
	}
}

func TestAQuestionThatDoesNotListenYetLetsOneLeave(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("p", "l")
		p.clash(0, "high")
		p.rest()
		p.sees("A moment:")
		p.send(tea.MouseClickMsg{X: 60, Y: 18, Button: tea.MouseLeft})
		p.press("ctrl+c")
		if !p.left {
			t.Error("ctrl+c does not leave")
		}
	})
}

func TestAClashIsPutAway(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("p", "l")
		p.clash(0, "high")
		p.rest()
		p.rest()
		p.press("esc")
		p.sees("It waits in the outbox: O")
		p.rest()
		p.rest()
		p.misses(faster) // asked once
		p.press("O", "r")
		p.sees("Yours is sent: #13466 pain low")
	})
}

// Another docket of the same person answered.
func TestAQuestionThatWasAnsweredElsewhereCloses(t *testing.T) {
	for name, how := range map[string]model.Settlement{"theirs kept": model.Discard, "mine used": model.UseMine} {
		t.Run(name, func(t *testing.T) {
			sit(t, 120, 35, sample(), func(p *person) {
				p.press("p", "l", "j", "p", "m")
				first := p.desk.Snapshot().Outbox[0].ID
				p.clash(0, "high")
				p.clash(1, "high")
				p.rest()
				p.rest()
				p.sees("#13466: "+faster, "keep theirs")
				p.desk.Settle(first, how)
				p.send(nil)
				p.misses("#13466: " + faster)
				p.sees("#13507: "+faster, "A moment:", "Pain of #13466 was decided elsewhere meanwhile")
				p.rest()
				p.press("m")
				p.sees("Yours is sent: #13507 pain medium")
			})
		})
	}
}

// The picture that tells of it has not come yet when the key is pressed.
func TestAnAnswerToAQuestionThatIsGoneSaysSo(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("p", "l")
		p.clash(0, "high")
		p.rest()
		p.rest()
		p.sees("keep theirs")
		p.desk.Settle(p.desk.Snapshot().Outbox[0].ID, model.Discard)
		p.update(keyPress("m"))
		p.sees("Pain of #13466 was decided elsewhere meanwhile")
		p.misses(faster, "Yours is sent")
		p.sent()
	})
}

// What somebody sets while the question stands is what it asks about.
func TestAQuestionKeepsUpWithTheForge(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("p", "l")
		p.clash(0, "high")
		p.rest()
		p.sees("Pain was set to high")
		p.clash(0, "medium")
		p.sees("Pain was set to medium")
	})
}

package ui

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"docket/model"
	"docket/ui/uitest"
)

// person sits before a board without a terminal. Inside a synctest bubble, what
// Cmds bring back is there before the next key is pressed.
type person struct {
	t    *testing.T
	app  *App
	desk *memoryDesk
	msgs chan tea.Msg
	left bool // has quit
}

// sit starts a board of that size in a synctest bubble and tells the story.
func sit(t *testing.T, w, h int, tickets []model.Ticket, story func(p *person)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		p := newPerson(t, w, h, newMemoryDesk(tickets...))
		defer time.Sleep(time.Minute) // until the last notice has faded
		story(p)
	})
}

func newPerson(t *testing.T, w, h int, desk *memoryDesk, more ...func(*Options)) *person {
	start := time.Now()
	o := Options{
		Desk: desk, Settings: DefaultSettings(), Dark: true,
		Now: func() time.Time { return noon.Add(time.Since(start)) },
	}
	o.Title = "Infra"
	for _, m := range more {
		m(&o)
	}
	p := &person{t: t, app: New(t.Context(), o), desk: desk, msgs: make(chan tea.Msg, 100)}
	p.run(p.app.wait())
	p.send(tea.WindowSizeMsg{Width: w, Height: h})
	return p
}

// run runs a Cmd beside the board, as Bubble Tea does.
func (p *person) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		switch msg := cmd().(type) {
		case nil:
		case tea.BatchMsg:
			for _, c := range msg {
				p.run(c)
			}
		default:
			select {
			case p.msgs <- msg:
			case <-p.t.Context().Done():
			}
		}
	}()
}

// send gives the board a message, and then all that comes of it at once.
func (p *person) send(msg tea.Msg) {
	p.update(msg)
	for {
		synctest.Wait()
		select {
		case msg := <-p.msgs:
			p.update(msg)
		default:
			return
		}
	}
}

func (p *person) update(msg tea.Msg) {
	if _, ok := msg.(tea.QuitMsg); ok {
		p.left = true
		return
	}
	_, cmd := p.app.Update(msg)
	p.run(cmd)
}

// press presses keys, each by its name.
func (p *person) press(keys ...string) {
	for _, k := range keys {
		p.send(keyPress(k))
	}
}

// write types text letter by letter.
func (p *person) write(text string) {
	for _, r := range text {
		p.send(keyPress(string(r)))
	}
}

func keyPress(name string) tea.KeyPressMsg {
	codes := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
		"left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd,
		"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "backspace": tea.KeyBackspace,
	}
	switch {
	case name == "shift+tab":
		return tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift}
	case name == " ":
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	case name == "\n":
		return tea.KeyPressMsg{Code: tea.KeyEnter}
	case codes[name] != 0:
		return tea.KeyPressMsg{Code: codes[name]}
	case strings.HasPrefix(name, "ctrl+"):
		return tea.KeyPressMsg{Code: []rune(name)[len("ctrl+")], Mod: tea.ModCtrl}
	}
	r := []rune(name)
	return tea.KeyPressMsg{Code: r[0], Text: name}
}

// cells is the screen as a terminal shows it.
func (p *person) cells() uitest.Cells {
	return uitest.Screen(p.app.width, p.app.height, p.app.View().Content)
}

func (p *person) screen() string { return p.cells().String() }

// rest presses nothing for a moment.
func (p *person) rest() {
	time.Sleep(p.app.lull())
	p.send(nil)
}

// sees fails unless every text is on the screen.
func (p *person) sees(texts ...string) {
	p.t.Helper()
	screen := p.screen()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			p.t.Fatalf("the screen does not show %q:\n%s", text, screen)
		}
	}
}

// misses fails if any of the texts is on the screen.
func (p *person) misses(texts ...string) {
	p.t.Helper()
	screen := p.screen()
	for _, text := range texts {
		if strings.Contains(screen, text) {
			p.t.Fatalf("the screen shows %q:\n%s", text, screen)
		}
	}
}

// on returns the number of the selected ticket.
func (p *person) on() int64 { return p.app.columns.ref.Number }

// sent fails unless the outbox holds just these changes.
func (p *person) sent(want ...string) {
	p.t.Helper()
	got := p.desk.changes()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		p.t.Fatalf("the outbox holds\n  %s\nbut should hold\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

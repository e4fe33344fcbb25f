package ui

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// naming asks for a name.
type naming struct {
	title string
	about string // what gets the name
	input textinput.Model
	take  func(a *App, name string) tea.Cmd
}

// longestName is how many letters a name may have: it stands in the status line.
const longestName = 40

// askName asks for a name for what about tells, and proposes one.
func (a *App) askName(title, about, proposed string, take func(*App, string) tea.Cmd) {
	n := &naming{title: title, about: about, input: newInput(), take: take}
	n.input.CharLimit = longestName
	n.input.SetValue(proposed)
	n.input.CursorEnd()
	a.open(n)
}

func (*naming) scope() keymap.Scope { return keymap.Pick }

func (n *naming) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	switch id {
	case keymap.Cancel:
		a.leave()
	case keymap.Accept:
		name := model.NewLine(n.input.Value()).String()
		if name == "" {
			return a.tell("Write a name first, or cancel with " + a.key(keymap.Cancel)), true
		}
		a.leave()
		return n.take(a, name), true
	default:
		return nil, false
	}
	return nil, true
}

func (n *naming) typed(_ *App, msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	n.input, cmd = n.input.Update(msg)
	return cmd
}

func (n *naming) fit(w, _ int) { n.input.SetWidth(min(66, w-6) - 7) }

func (n *naming) draw(a *App, w, _ int) drawing {
	th := a.theme
	in := min(66, w-6)
	lines := []string{th.faint.of("Name: ") + n.input.View(), th.faint.of(th.line(in))}
	for _, line := range th.wrap(n.about, in, 3) {
		lines = append(lines, th.muted.of(line))
	}
	cursor := n.input.Cursor()
	if cursor != nil {
		cursor.X += 8
		cursor.Y++
	}
	return drawing{lines: th.boxed(n.title, lines, in), cursor: cursor}
}

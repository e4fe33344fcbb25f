package ui

import (
	"strings"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// editor is where text of many lines is written. What is written is kept as a
// draft from the first letter, so that neither a cancelled dialog nor a crash
// loses it.
type editor struct {
	title string
	about string // one line that says what the text is for
	draft string // the key it is kept under; whoever takes the text forgets it
	area  textarea.Model
	may   bool                    // whether it may be sent empty
	check func(text string) error // what keeps a text from being sent; nil: nothing
	card  *model.Card             // the ticket that templates are filled in for
	each  bool                    // they are filled in later, for each of the marked tickets
	send  func(a *App, text string) tea.Cmd
}

// newEditor opens with the draft, or else with the text given.
func newEditor(a *App, title, about, draft, text string, send func(*App, string) tea.Cmd) *editor {
	area := textarea.New()
	area.Prompt = ""
	area.ShowLineNumbers = false
	area.CharLimit = 0
	area.MaxHeight = 0
	area.SetVirtualCursor(false)
	area.SetStyles(textarea.Styles{})
	if kept := a.Desk.Draft(draft); kept != "" {
		text = kept
	}
	area.SetValue(text)
	area.Focus()
	return &editor{title: title, about: about, draft: draft, area: area, send: send}
}

func (*editor) scope() keymap.Scope { return keymap.Editor }

func (e *editor) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	switch id {
	case keymap.Cancel:
		a.leave()
		if e.area.Value() != "" {
			return a.tell("The draft is kept for next time"), true
		}
	case keymap.Send:
		text := e.area.Value()
		if !e.may && strings.TrimSpace(text) == "" {
			return a.tell("Write something first, or cancel with " + a.key(keymap.Cancel)), true
		}
		if e.check != nil {
			if err := e.check(text); err != nil {
				return a.tell(sentence(err.Error())), true
			}
		}
		a.leave()
		return e.send(a, text), true
	case keymap.Templates:
		return e.pickTemplate(a), true
	case keymap.ExternalEditor:
		return a.writeDraftFile(e.area.Value()), true
	default:
		return nil, false
	}
	return nil, true
}

func (e *editor) typed(a *App, msg tea.Msg) tea.Cmd {
	before := e.area.Value()
	var cmd tea.Cmd
	e.area, cmd = e.area.Update(msg)
	e.keep(a, before)
	return cmd
}

// set puts other text in, as an editor outside gave it back.
func (e *editor) set(a *App, text string) {
	before := e.area.Value()
	e.area.SetValue(text)
	e.keep(a, before)
}

func (e *editor) keep(a *App, before string) {
	if v := e.area.Value(); v != before {
		a.Desk.SaveDraft(e.draft, v)
	}
}

// fit gives the text the room that a screen of that size has for it.
func (e *editor) fit(w, h int) {
	in, rows := editorSize(w, h)
	e.area.SetWidth(in)
	e.area.SetHeight(rows)
}

func editorSize(w, h int) (in, rows int) { return min(90, w-6), min(12, max(3, h-8)) }

func (e *editor) draw(a *App, w, h int) drawing {
	th := a.theme
	in, rows := editorSize(w, h)
	var lines []string
	for _, line := range th.wrap(e.about, in, 2) {
		lines = append(lines, th.muted.of(line))
	}
	lines = append(lines, th.faint.of(th.line(in)))
	head := len(lines)
	lines = append(lines, splitLines(e.area.View(), rows)...)
	cursor := e.area.Cursor()
	if cursor != nil {
		cursor.X += 2
		cursor.Y += 1 + head
	}
	return drawing{lines: th.boxed(e.title, lines, in), cursor: cursor, low: true, written: 1 + head}
}

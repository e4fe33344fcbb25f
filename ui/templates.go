package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

// about returns what templates are filled in with for a ticket.
func (a *App) about() func(*model.Card) model.About {
	w, me, now := a.Workflow, a.snap.Me.Login, a.now
	return func(c *model.Card) model.About {
		return model.About{Ticket: c.Ticket, State: w.Step(c.Shown()).Name, Me: me, Now: now}
	}
}

// editorOfMany is an editor whose text is a template, filled in for each of the
// marked tickets. A mistake in it keeps it open.
func (a *App) editorOfMany(title, purpose, draft string, send func(*App, string) tea.Cmd) *editor {
	fields := "{{.Author}}, {{.Number}}, {{.Title}}, {{.Days}} are filled in for each ticket."
	e := newEditor(a, title, strings.TrimSpace(purpose+" "+fields), draft, "", send)
	e.each = true
	e.check = func(text string) error { return model.Template{Text: text}.Complete() }
	return e
}

// sayToEach makes a comment of what was written, filled in for a ticket.
func (a *App) sayToEach(text string) func(*model.Card) (model.AddComment, string) {
	about := a.about()
	return func(c *model.Card) (model.AddComment, string) {
		filled, err := model.Template{Text: text}.Render(about(c))
		if err != nil {
			return model.AddComment{}, err.Error()
		}
		return model.AddComment{Text: filled}, ""
	}
}

// pickTemplate lists the templates to put one into what is being written. For
// one ticket it is filled in at once, so that it can be edited; for many it is
// when it is sent.
func (e *editor) pickTemplate(a *App) tea.Cmd {
	if len(a.Templates) == 0 {
		return a.tell("There are no templates")
	}
	items := make([]item, len(a.Templates))
	for i, t := range a.Templates {
		items[i] = item{name: t.Name, about: model.NewLine(t.Text).String(), pick: func(a *App) tea.Cmd { return e.insert(a, t) }}
	}
	a.open(newPicker("Templates", items))
	return nil
}

// insert puts a template where the cursor is, as a paragraph of its own: a mention
// that begins it would be none behind a word. The cursor goes where the person's
// own words belong.
func (e *editor) insert(a *App, t model.Template) tea.Cmd {
	text, blank := t.Text, strings.Index(t.Text, "{{.Here}}")
	if !e.each {
		if e.card == nil {
			return a.tell("That ticket is no longer on the board")
		}
		card := e.card
		if now, _, _, ok := a.snap.Board.Find(card.Ref); ok {
			card = now
		}
		var err error
		if text, blank, err = t.Fill(a.about()(card)); err != nil {
			return a.tell(sentence(err.Error()))
		}
	}
	before := e.area.Value()
	if blank < 0 {
		blank = len(text)
	}
	above, below := e.around()
	e.area.InsertString(lacking(above, strings.HasSuffix) + text[:blank])
	line, column := e.area.Line(), e.area.Column()
	text = text[blank:] + lacking(below, strings.HasPrefix)
	e.area.InsertString(text)
	for range strings.Count(text, "\n") + len(text) { // soft-wrapped lines are gone through one by one
		if e.area.Line() <= line {
			break
		}
		e.area.CursorUp()
	}
	e.area.SetCursorColumn(column)
	e.keep(a, before)
	return nil
}

// around returns what is written before the cursor and behind it.
func (e *editor) around() (before, behind string) {
	lines := strings.Split(e.area.Value(), "\n")
	at := e.area.Line()
	line := []rune(lines[at])
	column := min(e.area.Column(), len(line))
	return strings.Join(append(slices.Clone(lines[:at]), string(line[:column])), "\n"),
		strings.Join(append([]string{string(line[column:])}, lines[at+1:]...), "\n")
}

// lacking is what is lacking for an empty line between a text and a paragraph beside
// it. ends tells what the text has on that side.
func lacking(text string, ends func(s, end string) bool) string {
	text = strings.Map(func(r rune) rune {
		if r == ' ' || r == '\t' {
			return -1
		}
		return r
	}, text)
	switch {
	case strings.Trim(text, "\n") == "", ends(text, "\n\n"):
		return ""
	case ends(text, "\n"):
		return "\n"
	}
	return "\n\n"
}

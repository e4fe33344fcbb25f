package ui

import (
	"strconv"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// dueDate is the field for a ticket's due date. It tells at once what it
// understands. The present date stands in it as if it were selected: what is
// typed takes its place.
type dueDate struct {
	ref      model.Ref // zero: the marked tickets
	input    textinput.Model
	selected bool
	give     func(a *App, to model.Stamp) tea.Cmd // takes the day; nil: the ticket gets it
}

func (*dueDate) scope() keymap.Scope { return keymap.Field }

func (a *App) editDue() tea.Cmd {
	card, why := a.target(mayTriage)
	if card == nil {
		return why
	}
	a.openDue(card.Ref, card.Due, nil)
	return nil
}

// openDue opens the field with the present day in it; zero is none.
func (a *App) openDue(ref model.Ref, now time.Time, give func(*App, model.Stamp) tea.Cmd) {
	d := &dueDate{ref: ref, input: newInput(), give: give}
	if !now.IsZero() {
		d.input.SetValue(now.UTC().Format(time.DateOnly))
		d.input.CursorEnd()
		d.selected = true
	}
	a.open(d)
}

func (a *App) editDueOfMany() tea.Cmd {
	a.open(&dueDate{input: newInput()})
	return nil
}

func (d *dueDate) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	switch id {
	case keymap.Cancel:
		a.leave()
	case keymap.Accept:
		return d.take(a), true
	default:
		return nil, false
	}
	return nil, true
}

// take hands the date to the desk, if it is one.
func (d *dueDate) take(a *App) tea.Cmd {
	to, err := model.ParseDay(d.input.Value(), a.now)
	if err != nil {
		return a.tell(sentence(err.Error()))
	}
	if d.ref == (model.Ref{}) {
		a.leave()
		return a.setDueOfMany(to)
	}
	card, _, _, ok := a.snap.Board.Find(d.ref)
	a.leave()
	switch {
	case d.give != nil:
		return d.give(a, to)
	case !ok:
		return a.tell("That ticket is no longer on the board")
	case to.IsZero() && card.Due.IsZero():
		return a.tell(a.ticketName(d.ref) + " has no due date")
	}
	return a.submit(d.ref, model.SetDue{From: model.StampOf(card.Due), To: to})
}

// setDueOfMany gives the marked tickets one date, or none.
func (a *App) setDueOfMany(to model.Stamp) tea.Cmd {
	what := "No due date"
	if !to.IsZero() {
		what = "Due " + to.Format(time.DateOnly)
	}
	return a.plan(intent{what: what, needs: mayTriage, deed: func(c *model.Card) ([]model.Change, string) {
		if to.IsZero() && c.Due.IsZero() {
			return nil, "it has no due date"
		}
		return []model.Change{model.SetDue{From: model.StampOf(c.Due), To: to}}, ""
	}})
}

func (d *dueDate) typed(_ *App, msg tea.Msg) tea.Cmd {
	if d.selected {
		key, isKey := msg.(tea.KeyPressMsg)
		_, isPaste := msg.(tea.PasteMsg)
		if isPaste || isKey && (key.Text != "" || key.Code == tea.KeyBackspace || key.Code == tea.KeyDelete) {
			d.input.SetValue("")
		}
		d.selected = !isPaste && !isKey
	}
	var cmd tea.Cmd
	d.input, cmd = d.input.Update(msg)
	return cmd
}

// fit gives the field the room that a screen of that size has for it.
func (d *dueDate) fit(w, _ int) { d.input.SetWidth(min(50, w-6) - 3) }

func (d *dueDate) draw(a *App, w, _ int) drawing {
	th := a.theme
	in := min(50, w-6)
	value := d.input.View()
	if d.selected {
		value = th.chosen.of(d.input.Value())
	}
	lines := []string{th.faint.of(th.right+" ") + value, th.faint.of(th.line(in))}
	lines = append(lines, d.understood(a, in)...)
	lines = append(append(lines, ""), inked(th.muted, packed(dueExamples, "  ", in))...)
	cursor := d.input.Cursor()
	if cursor != nil {
		cursor.X += 4
		cursor.Y++
	}
	title := "Due date of " + a.marked()
	if d.ref != (model.Ref{}) {
		title = "Due date of " + a.ticketName(d.ref)
	}
	return drawing{lines: th.boxed(title, lines, in), cursor: cursor}
}

// dueExamples are ways to write a due date.
var dueExamples = []string{"2026-12-01", "tomorrow", "fri", "+2w", "1 dec", "empty: none"}

// understood tells what the text means.
func (d *dueDate) understood(a *App, in int) []string {
	th := a.theme
	at, err := model.ParseDay(d.input.Value(), a.now)
	switch {
	case err != nil && th.words: // what is wrong is told by the key that takes it
		return []string{"Not a day so far"}
	case err != nil:
		return inked(th.warn, th.wrap(sentence(err.Error()), in, 3))
	case at.IsZero():
		return []string{th.strong.of("No due date")}
	}
	return inked(th.strong, th.wrap(at.Format("Monday 2 January 2006")+", "+daysAway(at.Time, a.now), in, 2))
}

func inked(k ink, lines []string) []string {
	for i, line := range lines {
		lines[i] = k.of(line)
	}
	return lines
}

// daysAway writes how far a day is, for a sentence.
func daysAway(day, now time.Time) string {
	y, m, d := now.Date()
	days := int(day.UTC().Truncate(aDay).Sub(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)) / aDay)
	switch {
	case days == 0:
		return "today"
	case days == 1:
		return "tomorrow"
	case days == -1:
		return "yesterday"
	case days < 0:
		return thousands(-days) + " days ago"
	}
	return "in " + strconv.Itoa(days) + " days"
}

package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// roomyFooter is from which width on the last line says more than it must.
const roomyFooter = 90

// roomyBeside is how many cells of a roomy last line are not for the field.
const roomyBeside = 62

// leastField is how many cells there are to type in, whatever else is said.
const leastField = 12

// fit gives the field the room that the last line has beside what it says.
func (f *filter) fit(w int) {
	beside := 24
	switch {
	case f.problem != nil:
		beside = width(f.problem.What) + 6
	case w > roomyFooter:
		beside = roomyBeside
	}
	f.input.SetWidth(max(leastField, w-beside))
}

// draw is the last line while a query is typed: the field, and how much it
// leaves over or what is wrong with it.
func (f *filter) draw(a *App, w int) (string, *tea.Cursor) {
	th := a.theme
	left := " " + th.key.of("/") + " " + f.input.View()
	cursor := f.input.Cursor()
	if cursor != nil {
		cursor.X += fieldAt
		cursor.Y = a.height - 1
	}
	if p := f.problem; p != nil {
		what := th.cut(model.NewLine(p.What).String(), max(0, w-fieldAt-leastField-4))
		if p.Unfinished {
			return th.split(left, th.muted.of(what)+" ", w), cursor
		}
		return th.split(left, th.warn.of(what)+" ", w), cursor
	}
	roomy := w > roomyFooter
	right := th.cut(f.told(a, roomy), roomyBeside-fieldAt-2)
	if roomy && f.without == "" && f.unknown == "" {
		right += "   " + a.key(keymap.Accept) + " keeps it, " + a.key(keymap.Cancel) + f.back()
	}
	return th.split(left, th.muted.of(right)+" ", w), cursor
}

// back says what leaving the field without keeping the query does.
func (f *filter) back() string {
	if f.was.any() {
		return " leaves it as it was"
	}
	return " shows all"
}

// told is how much the query leaves over; where the half that is being typed
// finds nothing yet, without that, as is said where there is room.
func (f *filter) told(a *App, roomy bool) string {
	words := thousands(a.columns.board.Len()) + " of " + count(a.snap.Board.Len(), "ticket", "tickets")
	switch {
	case roomy && f.unknown != "":
		words += ": " + plainLine(f.unknown)
	case roomy && f.without != "":
		words += " without " + plainLine(f.without)
	}
	return words
}

// fieldAt is the column that the field begins in.
const fieldAt = 3

// above is the line over the last one while a query is typed: what the word at
// the cursor may become, or where the query is wrong; empty when there is
// nothing to say.
func (f *filter) above(a *App, w int) string {
	switch {
	case !f.typing || len(a.dialogs) > 0:
		return ""
	case len(f.offers) > 0:
		return f.drawOffers(a, w)
	case f.problem != nil:
		return f.drawProblem(a, w)
	}
	return ""
}

// drawOffers lists offers from the one that tab takes on, so that it can always
// be read, and what that one means.
func (f *filter) drawOffers(a *App, w int) string {
	th := a.theme
	text := func(i int) string { return model.NewLine(f.offers[i].Text).String() }
	taken := " " + th.cut(text(f.at), w/2) + " "
	line, used := "  "+th.chosen.of(taken), 2+width(taken)
	key := "   " + a.key(keymap.Complete)
	ways := []string{key + " takes it", key, ""}
	if about := f.offers[f.at].About; about != "" && w >= oneColumn {
		ways = slices.Insert(ways, 0, key+" takes it: "+model.NewLine(about).String())
	}
	note := th.fitting(w-used-2, ways...)
	room := w - used - width(note) - 2
	for i := f.at + 1; i < len(f.offers); i++ {
		more := "  " + text(i)
		if width(more) > room {
			break
		}
		line += th.text.of(more)
		room -= width(more)
		used += width(more)
	}
	return line + th.muted.of(note) + blank(w-used-width(note))
}

// drawProblem points at what is wrong in the line below and says what to write
// instead.
func (f *filter) drawProblem(a *App, w int) string {
	th, p := a.theme, f.problem
	hint := model.NewLine(p.Hint).String()
	k := th.warn
	if p.Unfinished {
		k = th.muted
	}
	at := f.column(p.At)
	if at < 0 {
		return "  " + th.muted.of(th.pad(th.cut(hint, w-3), w-2))
	}
	if before := width(hint) + 1; at+3+width(hint) > w && before < at {
		return blank(at-before) + th.muted.of(hint) + " " + k.of(th.here) + blank(w-at-1)
	}
	hint = th.cut(hint, w-at-3)
	return blank(at) + k.of(th.here) + " " + th.muted.of(hint) + blank(w-at-2-width(hint))
}

// column is where a place of the text, in bytes, is on the screen; negative
// when the field does not show it.
func (f *filter) column(at int) int {
	cursor := f.input.Cursor()
	if cursor == nil {
		return -1
	}
	text, here := f.input.Value(), f.cursor()
	x := cursor.X
	if at <= here {
		x -= width(text[at:here])
	} else {
		x += width(text[here:at])
	}
	if x < 0 || x > f.input.Width() {
		return -1
	}
	return fieldAt + x
}

package ui

import (
	tea "charm.land/bubbletea/v2"

	"docket/keymap"
)

// stepped returns where a list that is at a line stands after an action: the
// keys that go about in lists are the same everywhere. The pages are of that many
// lines, and the place stays between 0 and last; false when the action is no step.
func stepped(id keymap.ID, at, page, last int) (int, bool) {
	switch id {
	case keymap.Up:
		at--
	case keymap.Down:
		at++
	case keymap.PageUp:
		at -= page
	case keymap.PageDown:
		at += page
	case keymap.First:
		at = 0
	case keymap.Last:
		at = last
	default:
		return at, false
	}
	return max(0, min(at, last)), true
}

// pointed is a dialog with a list that the mouse chooses from, too.
type pointed interface {
	dialog
	// point chooses an entry of those that are listed; true when it was chosen
	// already.
	point(entry int) (again bool)
}

// more tells how much of a list is above and below what is shown; empty when it
// is all there.
func (th *theme) more(above, below int) string {
	words := ""
	if above > 0 {
		words = th.up + " " + thousands(above)
	}
	if below > 0 {
		if words != "" {
			words += "  "
		}
		words += th.down + " " + thousands(below)
	}
	if words == "" {
		return ""
	}
	return words + " more"
}

// listed puts a border around lines as boxed does, and into it how much more
// there is.
func (th *theme) listed(title string, lines []string, w int, more string) []string {
	box := th.boxed(title, lines, w)
	if rule := w - width(more) - 1; more != "" && rule > 0 && !th.words { // who hears is told how many there are
		box[len(box)-1] = th.faint.of(th.corners[2]+th.line(rule)) + " " + th.muted.of(more) + " " + th.faint.of(th.line(1)+th.corners[3])
	}
	return box
}

// area is a place in a drawing that an entry takes where one line has several.
type area struct{ x, y, w, h, entry int }

// entryAt returns the entry, counted from 1, at a cell of a drawing; 0: there is
// none.
func (d drawing) entryAt(x, y int) int {
	for _, s := range d.spots {
		if x >= s.x && x < s.x+s.w && y >= s.y && y < s.y+s.h {
			return s.entry
		}
	}
	if y < 0 || y >= len(d.entries) {
		return 0
	}
	return d.entries[y]
}

// clickDialog chooses the entry under a cell of the screen; a click on the one
// that is chosen takes or marks it. The keys that a question tells are pressed
// by a click. Beside all that nothing happens.
func (a *App) clickDialog(d dialog, x, y int) tea.Cmd {
	box := d.draw(a, a.width, a.height)
	left, top, w := a.placed(box)
	if x < left || x >= left+w {
		return nil
	}
	if box.hints > 0 && y-top == box.hints {
		if id, ok := a.hintAt(scopesOf[d.scope()], w-4, x-left-2); ok {
			return a.do(id)
		}
	}
	list, ok := d.(pointed)
	entry := box.entryAt(x-left, y-top)
	if !ok || entry == 0 || !list.point(entry-1) {
		return nil
	}
	for _, id := range []keymap.ID{keymap.Toggle, keymap.Accept, keymap.ShowCell} {
		if cmd, ok := d.do(a, id); ok {
			return cmd
		}
	}
	return nil
}

// entriesFrom tells of n lines from line y on that they are the entries of a
// list, from one on.
func entriesFrom(y, from, n int) []int {
	lines := make([]int, y, y+max(0, n))
	for i := range n {
		lines = append(lines, from+i+1)
	}
	return lines
}

package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// drag is a card that the mouse holds, from the press of the button until it is
// let go. Until the pointer moves it may become a click.
type drag struct {
	ref    model.Ref
	again  bool // the keys were about it before
	x, y   int  // where the pointer is
	moving bool
}

// takesMarked reports whether what hangs at the pointer is all marked tickets:
// who holds one of them holds them all.
func (a *App) takesMarked() bool {
	return a.drag != nil && a.columns.marks.set.Has(a.drag.ref) && a.columns.marks.set.Len() > 1
}

// dragging reports whether a card hangs at the pointer.
func (a *App) dragging() bool { return a.drag != nil && a.drag.moving }

// pull moves the pointer with the card that it holds. At the edge of a board
// that has more columns the next one comes.
func (a *App) pull(l layout, m tea.Mouse) {
	d := a.drag
	if d == nil {
		return
	}
	if m.Button != tea.MouseLeft { // it was let go where nobody could tell
		a.letGo()
		return
	}
	d.moving = d.moving || m.X != d.x || m.Y != d.y
	d.x, d.y = m.X, m.Y
	const edge = 2
	c := &a.columns
	switch last := len(c.board.Columns) - len(l.blocks); {
	case !d.moving, m.X >= l.board:
	case m.X < edge && c.first > 0:
		c.first--
		a.astray = true
	case m.X >= l.board-edge && c.first < last:
		c.first++
		a.astray = true
	}
}

// letGo ends a drag, and shows the person's ticket again.
func (a *App) letGo() {
	a.drag, a.astray = nil, false
	a.reveal()
}

// dropCard lets the button go: the ticket moves to the column under the pointer, as
// if its state had been picked from the list, and so do the others that are
// marked if it is. A card that was not moved was clicked.
func (a *App) dropCard(l layout) tea.Cmd {
	d := a.drag
	if d == nil {
		return nil
	}
	to, all := a.dropsOn(l), a.takesMarked()
	a.letGo()
	card, _, _, ok := a.snap.Board.Find(d.ref)
	switch {
	case !ok:
		return a.tell("That ticket is no longer on the board")
	case !d.moving && (d.again || a.pane != nil):
		return a.openTicket(d.ref)
	case to < 0:
		return nil
	case all && a.columns.marks.busy:
		return a.tell(stillMarking)
	case all && a.snap.ReadOnly:
		return a.tell(readOnlyWords)
	case all:
		return a.moveMany(a.Workflow.Step(a.columns.board.Columns[to].State))
	}
	if why := a.refusal(card, mayTriage); why != "" {
		return a.tell(why)
	}
	return a.move(card, a.columns.board.Columns[to].State)
}

// dropsOn returns the column that the held card would move to; -1 outside of
// the board and over the card's own.
func (a *App) dropsOn(l layout) int {
	d := a.drag
	if d == nil || !d.moving || d.y < l.top || d.y >= l.top+l.rows {
		return -1
	}
	col, w, ok := a.columnAt(l, d.x)
	if !ok {
		return -1
	}
	if l.compact && d.y == l.top {
		if col, ok = a.boardPainter(l).tabAt(d.x, w); !ok {
			return -1
		}
	}
	if _, own, _, ok := a.columns.board.Find(d.ref); ok && own == col {
		return -1
	}
	return col
}

// dragDo carries out what can be done while a card hangs at the pointer.
func (a *App) dragDo(id keymap.ID) bool {
	a.letGo()
	return id == keymap.Cancel
}

// dragWords tell what letting go would do.
func (a *App) dragWords(l layout) string {
	what, moves, stays, it := a.ticketName(a.drag.ref), "moves", "stays", "it"
	if a.takesMarked() {
		what, moves, stays, it = a.marked(), "move", "stay", "them"
	}
	if to := a.dropsOn(l); to >= 0 {
		return fmt.Sprintf("Let go: %s %s to %s", what, moves, a.Workflow.Step(a.columns.board.Columns[to].State).Name)
	}
	return fmt.Sprintf("%s %s: pull %s over another column", what, stays, it)
}

// ghost draws the held card beside the pointer.
func (a *App) ghost(rows []string) {
	card, _, _, ok := a.snap.Board.Find(a.drag.ref)
	y := min(a.drag.y+1, len(rows)-1) // not over what it points at
	if !ok || y < 0 {
		return
	}
	const most = 30
	th := a.theme
	title := cardPainter{theme: th, card: card}
	text := fmt.Sprintf(" %s %s ", a.ticketName(card.Ref), title.name())
	if a.takesMarked() {
		text = fmt.Sprintf(" %s %s ", th.mark, a.marked())
	}
	text = th.cut(text, min(most, a.width))
	w := width(text)
	x := a.drag.x + 1
	if x+w > a.width {
		x = max(0, a.drag.x-w)
	}
	rows[y] = splice(rows[y], th.chosen.of(text), x, w, a.width)
}

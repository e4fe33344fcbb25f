package ui

import (
	tea "charm.land/bubbletea/v2"

	"docket/keymap"
)

// mouse takes clicks and the wheel. What floats keeps the board from both; the
// footer tells the keys of what floats, too.
func (a *App) mouse(msg tea.MouseMsg) tea.Cmd {
	if a.width == 0 {
		return nil
	}
	a.settled = true
	l := a.layout()
	m := msg.Mouse()
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		if n := len(a.dialogs); n > 0 {
			return a.turnDialog(a.dialogs[n-1], msg.Button)
		}
		a.wheel(l, m.X, msg.Button)
	case tea.MouseClickMsg:
		if id, ok := a.footerAt(m.X, m.Y); ok && msg.Button == tea.MouseLeft {
			return a.tap(id)
		}
		if n := len(a.dialogs); n > 0 && msg.Button == tea.MouseLeft {
			a.unsay()
			return a.clickDialog(a.dialogs[n-1], m.X, m.Y)
		}
		if msg.Button == tea.MouseLeft {
			a.astray, a.drag = false, nil
			a.unsay()
			cmd := a.click(l, m.X, m.Y)
			a.reveal()
			return cmd
		}
	case tea.MouseMotionMsg:
		a.pull(l, m)
	case tea.MouseReleaseMsg:
		return a.dropCard(l)
	}
	return nil
}

// tap does what an action's key does.
func (a *App) tap(id keymap.ID) tea.Cmd {
	a.astray, a.drag, a.lastKey = false, nil, ""
	cmd := tea.Batch(a.do(id), a.extendRange())
	a.reveal()
	return cmd
}

// turnDialog lets the wheel go through what floats, as its own keys do.
func (a *App) turnDialog(d dialog, button tea.MouseButton) tea.Cmd {
	by := map[tea.MouseButton]int{tea.MouseWheelUp: -1, tea.MouseWheelDown: +1}[button]
	if d, ok := d.(*matrix); ok { // all its cells are on the screen: what there is to scroll is the list
		d.at += by
		d.settle()
		return nil
	}
	ids := map[tea.MouseButton][]keymap.ID{
		tea.MouseWheelUp:   {keymap.Up, keymap.PickUp},
		tea.MouseWheelDown: {keymap.Down, keymap.PickDown},
	}[button]
	for _, id := range ids {
		if cmd, ok := d.do(a, id); ok {
			return cmd
		}
	}
	return nil
}

func (a *App) wheel(l layout, x int, button tea.MouseButton) {
	by, ok := map[tea.MouseButton]int{tea.MouseWheelUp: -1, tea.MouseWheelDown: +1}[button]
	if !ok {
		return
	}
	if a.pane != nil && x >= l.board {
		const lines = 3
		a.scrollPane(by * lines)
		return
	}
	if col, _, ok := a.columnAt(l, x); ok {
		a.columns.scroll(col, by)
		a.astray = true
		a.boardPainter(l).fill()
	}
}

// click selects a card and holds it, or goes to a column. What is held opens or
// moves when it is let go: see drop.
func (a *App) click(l layout, x, y int) tea.Cmd {
	col, w, ok := a.columnAt(l, x)
	if !ok || y < l.top || y >= l.top+l.rows {
		return nil
	}
	cards := a.columns.board.Columns[col].Cards
	if y < l.top+l.headRows() {
		if l.compact {
			if tab, ok := a.boardPainter(l).tabAt(x, w); ok {
				col = tab
			}
		}
		a.columns.enter(col)
		return nil
	}
	row, ok := a.boardPainter(l).cardAt(col, w, y-l.top-l.headRows())
	if !ok {
		return nil
	}
	a.drag = &drag{ref: cards[row].Ref, again: cards[row].Ref == a.columns.ref, x: x, y: y}
	a.columns.place(col, row)
	return nil
}

// columnAt returns the column under a cell of the screen, and its width.
func (a *App) columnAt(l layout, x int) (col, w int, ok bool) {
	if x >= l.board {
		return 0, 0, false
	}
	first := a.columns.first
	for i, w := range l.blocks {
		if x < w {
			return first + i, w, first+i < len(a.columns.board.Columns)
		}
		x -= w
	}
	return 0, 0, false
}

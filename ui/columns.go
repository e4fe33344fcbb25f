package ui

import "docket/model"

// columns is where the person is on the board: the ticket that they are on, what
// they have marked, and how far the board and each column are scrolled.
type columns struct {
	board model.Board // what is shown: filtered
	ref   model.Ref   // the ticket that the keys are about; zero: none
	col   int         // its column, or the empty one that was entered
	row   int         // its place in the column
	marks marking
	first int        // leftmost column on the screen
	tops  []int      // per column, the first card on the screen
	lane  model.Lane // that tops are in: the first on the screen, or before it
}

// selected returns the card that the keys are about, or nil.
func (c *columns) selected() *model.Card {
	card, _, _, ok := c.board.Find(c.ref)
	if !ok {
		return nil
	}
	return card
}

// show puts another board in place. The person stays on their ticket, wherever
// it went; when it is gone, on what took its place. Columns stay scrolled to
// the cards that they showed.
func (c *columns) show(b model.Board) {
	old, tops := c.board, c.tops
	c.board, c.tops = b, make([]int, len(b.Columns))
	for i := range b.Columns {
		if i >= len(tops) || tops[i] == 0 || tops[i] >= len(old.Columns[i].Cards) {
			continue
		}
		c.tops[i] = min(tops[i], max(0, len(b.Columns[i].Cards)-1))
		if _, col, row, ok := b.Find(old.Columns[i].Cards[tops[i]].Ref); ok && col == i {
			c.tops[i] = row
		}
	}
	c.keepLane(old.Lanes())
	if _, col, row, ok := b.Find(c.ref); ok {
		c.col, c.row = col, row
		return
	}
	c.place(c.col, c.row)
}

// place goes to a row of a column, or to what is nearest to it.
func (c *columns) place(col, row int) {
	if len(c.board.Columns) == 0 {
		c.ref = model.Ref{}
		return
	}
	c.col = min(max(0, col), len(c.board.Columns)-1)
	if len(c.board.Columns[c.col].Cards) == 0 {
		if near, ok := c.nearest(c.col); ok {
			c.col = near
		}
	}
	cards := c.board.Columns[c.col].Cards
	if len(cards) == 0 {
		c.ref, c.row = model.Ref{}, 0
		return
	}
	c.row = min(max(0, row), len(cards)-1)
	c.ref = cards[c.row].Ref
}

// nearest returns the column with cards that is nearest to another.
func (c *columns) nearest(col int) (int, bool) {
	for d := 1; d < len(c.board.Columns); d++ {
		for _, i := range []int{col + d, col - d} {
			if i >= 0 && i < len(c.board.Columns) && len(c.board.Columns[i].Cards) > 0 {
				return i, true
			}
		}
	}
	return 0, false
}

// enter goes to a column, at the card that is first on the screen there.
func (c *columns) enter(col int) {
	if col >= 0 && col < len(c.tops) {
		c.place(col, c.tops[col])
	}
}

// move goes up or down by rows.
func (c *columns) move(by int) { c.place(c.col, c.row+by) }

// turn goes to the next column with cards in a direction, and around the end
// when it may.
func (c *columns) turn(by int, around bool) {
	n := len(c.board.Columns)
	for i := c.col + by; ; i += by {
		if i < 0 || i >= n {
			if !around || n == 0 {
				return
			}
			i = (i + n) % n
		}
		if i == c.col {
			return
		}
		if len(c.board.Columns[i].Cards) > 0 {
			c.place(i, c.rowAcross(i))
			return
		}
	}
}

// rowAcross is the row of another column at about the same height on the
// screen as the present one.
func (c *columns) rowAcross(col int) int {
	if c.col >= len(c.tops) || col >= len(c.tops) {
		return 0
	}
	if row, ok := c.rowInLane(col); ok {
		return row
	}
	return c.tops[col] + max(0, c.row-c.tops[c.col])
}

// reveal scrolls so that the selected card is on the screen. height tells how
// many rows a card takes.
func (c *columns) reveal(l layout, height func(*model.Card) int) {
	c.revealColumn(len(l.blocks))
	c.scrollTo(l.cardRows()-1, height) // the last row tells how many more there are
}

// revealColumn scrolls the board, of which some columns are shown at once, to
// the column of the person.
func (c *columns) revealColumn(shown int) {
	if shown > 0 && len(c.board.Columns) > 0 {
		c.first = max(0, min(c.first, len(c.board.Columns)-shown))
		c.first = min(max(c.first, c.col-shown+1), c.col)
	}
}

// scrollTo scrolls the column of the person, which has room for some rows, as
// little as it takes to show the selected card.
func (c *columns) scrollTo(room int, height func(*model.Card) int) {
	if len(c.board.Columns) == 0 || len(c.board.Columns[c.col].Cards) == 0 {
		return
	}
	cards := c.board.Columns[c.col].Cards
	top := min(c.tops[c.col], c.row)
	need := 0
	for i := c.row; i >= top; i-- {
		need += height(cards[i])
		if need > room && i < c.row {
			top = i + 1
			break
		}
	}
	c.tops[c.col] = top
}

// onScreen returns the cards of a column from the first one on the screen on,
// as many as any screen could show.
func (c *columns) onScreen(col int) []*model.Card {
	const most = 60
	cards := c.board.Columns[col].Cards
	if col < len(c.tops) && c.tops[col] <= len(cards) {
		cards = cards[c.tops[col]:]
	}
	return cards[:min(most, len(cards))]
}

// scroll moves a column under the selection, as a mouse wheel does.
func (c *columns) scroll(col, by int) {
	if col < 0 || col >= len(c.tops) {
		return
	}
	if c.board.Lanes() != model.NoLanes {
		c.scrollLanes(col, by)
		return
	}
	c.tops[col] = min(max(0, c.tops[col]+by), max(0, len(c.board.Columns[col].Cards)-1))
}

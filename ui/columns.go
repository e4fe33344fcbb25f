package ui

import (
	"strconv"
	"time"

	"docket/model"
)

// columns is where the person is on the board: the ticket that they are on, and
// how far the board and each column are scrolled.
type columns struct {
	board model.Board // what is shown: filtered
	ref   model.Ref   // the ticket that the keys are about; zero: none
	col   int         // its column, or the empty one that was entered
	row   int         // its place in the column
	first int         // leftmost column on the screen
	tops  []int       // per column, the first card on the screen
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
	return c.tops[col] + max(0, c.row-c.tops[c.col])
}

// reveal scrolls so that the selected card is on the screen. height tells how
// many rows a card takes.
func (c *columns) reveal(l layout, height func(*model.Card) int) {
	shown := len(l.blocks)
	if shown == 0 || len(c.board.Columns) == 0 {
		return
	}
	c.first = max(0, min(c.first, len(c.board.Columns)-shown))
	if c.col < c.first {
		c.first = c.col
	}
	if c.col >= c.first+shown {
		c.first = c.col - shown + 1
	}
	cards := c.board.Columns[c.col].Cards
	if len(cards) == 0 {
		return
	}
	top := min(c.tops[c.col], c.row)
	room := l.cardRows() - 1 // the last row tells how many more there are
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
	c.tops[col] = min(max(0, c.tops[col]+by), max(0, len(c.board.Columns[col].Cards)-1))
}

// boardPainter draws the columns.
type boardPainter struct {
	*theme
	*columns
	cards    *cards
	workflow model.Workflow
	layout   layout
	now      time.Time
	faded    bool   // the keys are elsewhere
	several  bool   // the board has several repositories
	wait     string // what an empty column says while tickets are on their way
}

// look is how a card is to be drawn.
func (p *boardPainter) look(c *model.Card, block int) look {
	selected := c.Ref == p.ref
	return look{
		width: block, title: p.layout.titleLines, compact: p.layout.compact,
		selected: selected, faded: selected && p.faded,
		fresh:  p.now.Sub(c.Changed) < freshFor,
		minute: p.now.Unix() / 60, repo: p.several,
	}
}

// freshFor is how long a card that somebody changed is marked.
const freshFor = 6 * time.Second

// height tells how many rows a card takes.
func (p *boardPainter) height(c *model.Card) int {
	return len(p.cards.draw(c, p.look(c, p.layout.blocks[0]), p.now))
}

// paint returns the rows of the board.
func (p *boardPainter) paint() []string {
	blocks := make([][]string, len(p.layout.blocks))
	for i, w := range p.layout.blocks {
		blocks[i] = p.column(p.first+i, w)
	}
	rows := make([]string, p.layout.rows)
	var row []byte // one buffer for all rows: a frame is made for each key
	for y := range rows {
		row = row[:0]
		for i := range blocks {
			row = append(row, blocks[i][y]...)
		}
		rows[y] = string(row)
	}
	return rows
}

// column returns the rows of one column.
func (p *boardPainter) column(i, w int) []string {
	rows := make([]string, 0, p.layout.rows+8)
	col := p.board.Columns[i]
	if p.layout.compact {
		rows = append(rows, p.tabs(w))
	} else {
		rows = append(rows, "  "+p.head(i, w-barWidth-gap)+blank(gap))
	}
	rows = append(rows, p.under(i, w))
	for len(rows) < p.layout.headRows() {
		rows = append(rows, blank(w))
	}
	if len(col.Cards) == 0 {
		rows = append(rows, "  "+p.faint.of(p.pad(p.wait, w-barWidth)))
	}
	next := p.tops[i]
	for ; next < len(col.Cards); next++ {
		lines := p.cards.draw(col.Cards[next], p.look(col.Cards[next], w), p.now)
		room := p.layout.rows - len(rows)
		if len(lines) > room && !(len(lines) == room+1 && !p.layout.compact && next == len(col.Cards)-1) {
			break
		}
		if next < len(col.Cards)-1 && len(lines) > room-1 {
			break // the last row is for the sign that there are more
		}
		rows = append(rows, lines...)
	}
	for len(rows) < p.layout.rows {
		rows = append(rows, blank(w))
	}
	rows = rows[:p.layout.rows]
	if left := len(col.Cards) - next; left > 0 && len(rows) > 0 {
		rows[len(rows)-1] = "  " + p.muted.of(p.pad(p.down+" "+thousands(left)+" more", w-barWidth))
	}
	return rows
}

// name returns a column's name as there is room.
func (p *boardPainter) name(i, room int) string {
	step := p.workflow.Step(p.board.Columns[i].State)
	name := step.Name
	if step.State == model.Closed {
		if days := int(p.board.Policy().ClosedFor / aDay); days > 0 {
			name += ", " + count(days, "day", "days")
		}
	}
	if width(name) > room {
		return p.cut(step.Short, room)
	}
	return name
}

// head is a column's name with what asks for attention and the count.
func (p *boardPainter) head(i, w int) string {
	col := p.board.Columns[i]
	n := thousands(len(col.Cards))
	notes, nw := "", 0
	note := func(k ink, sign string, n int) {
		if n > 0 {
			text := sign + strconv.Itoa(n)
			notes += k.of(text) + " "
			nw += width(text) + 1
		}
	}
	note(p.warn, p.due, col.Due)
	note(p.warn, p.stale, col.Stale)
	name := p.name(i, w-nw-len(n)-2)
	k := p.strong
	if i == p.col && !p.faded {
		k = p.title
	}
	space := max(1, w-width(name)-nw-len(n)-1)
	return k.of(name) + blank(space) + notes + " " + p.muted.of(n)
}

// under is the rule under a column's head; it tells how many cards are above.
func (p *boardPainter) under(i, w int) string {
	k := p.faint
	if i == p.col && !p.faded {
		k = p.accent
	}
	inner := w - barWidth - gap
	sign := ""
	if above := p.tops[i]; above > 0 && len(p.board.Columns[i].Cards) > 0 {
		sign = " " + p.up + thousands(above)
	}
	return "  " + k.of(p.line(inner-width(sign))) + p.muted.of(sign) + blank(gap)
}

// tabs is the strip of columns over a board of one column. It is scrolled so
// that the present one is in it.
func (p *boardPainter) tabs(w int) string {
	type tab struct {
		text string
		w    int
	}
	all := make([]tab, len(p.board.Columns))
	for i, col := range p.board.Columns {
		text := p.workflow.Step(col.State).Short + " " + thousands(len(col.Cards))
		all[i] = tab{text, width(text)}
	}
	from, used := p.col, all[p.col].w
	for from > 0 && used+3+all[from-1].w <= (w-4)/2 {
		from--
		used += 3 + all[from].w
	}
	line, lw := " ", 1
	if from > 0 {
		line, lw = p.muted.of(p.left), 1
	}
	for i := from; i < len(all); i++ {
		sep := ""
		if i > from {
			sep = " " + p.side + " "
		}
		if lw+width(sep)+all[i].w > w-2 {
			line += p.muted.of(" " + p.right)
			lw += 2
			break
		}
		k := p.muted
		if i == p.col {
			k = p.title
		}
		line += p.faint.of(sep) + k.of(all[i].text)
		lw += width(sep) + all[i].w
	}
	return line + blank(w-lw)
}

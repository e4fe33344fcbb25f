package ui

import (
	"strconv"
	"strings"
	"time"

	"docket/model"
)

// boardPainter draws the columns.
type boardPainter struct {
	*theme
	*columns
	cards    *cards
	workflow model.Workflow
	layout   layout
	now      time.Time
	faded    bool   // the keys are elsewhere
	target   int    // the column that a held card would move to; -1: none
	several  bool   // the board has several repositories
	empty    string // what a column without cards says
}

// look is how a card is to be drawn.
func (p *boardPainter) look(c *model.Card, block int) look {
	selected := c.Ref == p.ref
	return look{
		width: block, title: p.layout.titleLines, compact: p.layout.compact,
		selected: selected, faded: selected && p.faded, marked: p.marks.set.Has(c.Ref),
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

// fill scrolls columns that have room below their last card up again, as far as
// there are cards above for it. Lanes see to that themselves.
func (p *boardPainter) fill() {
	if p.board.Lanes() != model.NoLanes {
		return
	}
	room := p.layout.cardRows()
	if !p.layout.compact {
		room++ // the last card does without the blank line at its end
	}
	for i, w := range p.layout.blocks {
		cards, need := p.board.Columns[p.first+i].Cards, 0
		top := min(p.tops[p.first+i], len(cards))
		for row := top; row < len(cards) && need <= room; row++ {
			need += len(p.cards.draw(cards[row], p.look(cards[row], w), p.now))
		}
		for ; top > 0 && need <= room; top-- {
			need += len(p.cards.draw(cards[top-1], p.look(cards[top-1], w), p.now))
			if need > room {
				break
			}
		}
		p.tops[p.first+i] = top
	}
}

// paint returns the rows of the board.
func (p *boardPainter) paint() []string {
	if p.board.Lanes() != model.NoLanes && p.board.Len() > 0 {
		return p.paintLanes()
	}
	blocks := make([][]string, len(p.layout.blocks))
	for i, w := range p.layout.blocks {
		blocks[i] = p.column(p.first+i, w)
	}
	return beside(blocks, p.layout.rows)
}

// beside puts blocks of so many rows beside each other. The rows are parts of one
// text: a frame is made for each key.
func beside(blocks [][]string, n int) []string {
	size := 0
	for _, block := range blocks {
		for _, row := range block[:n] {
			size += len(row)
		}
	}
	var all strings.Builder
	all.Grow(size)
	rows := make([]string, n)
	for y := range rows {
		from := all.Len()
		for _, block := range blocks {
			all.WriteString(block[y])
		}
		rows[y] = all.String()[from:]
	}
	return rows
}

// column returns the rows of one column.
func (p *boardPainter) column(i, w int) []string {
	rows := p.heading(make([]string, 0, p.layout.rows+8), i, w)
	cards := p.board.Columns[i].Cards
	if len(cards) == 0 {
		rows = append(rows, "  "+p.muted.of(p.pad(p.empty, w-barWidth)))
	}
	next := p.tops[i]
	for ; next < len(cards); next++ {
		lines := p.cards.draw(cards[next], p.look(cards[next], w), p.now)
		if !p.fits(len(lines), p.layout.rows-len(rows), next == len(cards)-1) {
			break
		}
		rows = append(rows, lines...)
	}
	for len(rows) < p.layout.rows {
		rows = append(rows, blank(w))
	}
	rows = rows[:p.layout.rows]
	if left := len(cards) - next; left > 0 && len(rows) > 0 {
		rows[len(rows)-1] = p.more(left, w)
	}
	return rows
}

// more is the last row of a column that has cards below the screen.
func (p *boardPainter) more(left, w int) string {
	return "  " + p.muted.of(p.pad(p.down+" "+thousands(left)+" more", w-barWidth))
}

// fits reports whether a card of some lines still has its place in the room.
// The last card does without the blank line at its end; under any other one a
// row must be left for the sign that there are more.
func (p *boardPainter) fits(lines, room int, last bool) bool {
	if !last {
		return lines <= room-1
	}
	return lines <= room || lines == room+1 && !p.layout.compact
}

// heading adds a column's name, or the tabs, and the rule under it.
func (p *boardPainter) heading(rows []string, i, w int) []string {
	if p.layout.compact {
		rows = append(rows, p.tabs(w))
	} else {
		left, right := "  ", blank(gap)
		if i == p.first && p.first > 0 {
			left = p.muted.of(p.left) + " "
		}
		if i == p.first+len(p.layout.blocks)-1 && i < len(p.board.Columns)-1 {
			right = blank(gap-1) + p.muted.of(p.right)
		}
		rows = append(rows, left+p.head(i, w-barWidth-gap)+right)
	}
	rows = append(rows, p.under(i, w))
	for len(rows) < p.layout.headRows() {
		rows = append(rows, blank(w))
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
	if i == p.target {
		return p.chosen.of(p.pad(p.name(i, w-len(n)-3), w-len(n)-1) + " " + n)
	}
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

// span tells which columns are on the screen, when not all are.
func (p *boardPainter) span() string {
	n, all := len(p.layout.blocks), len(p.board.Columns)
	if p.layout.compact || n == 0 || n >= all {
		return ""
	}
	return p.left + " " + strconv.Itoa(p.first+1) + "-" + strconv.Itoa(p.first+n) + " of " + strconv.Itoa(all) + " " + p.right + " "
}

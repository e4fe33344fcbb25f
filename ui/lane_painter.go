package ui

import (
	"slices"

	"docket/model"
)

// band is a lane on the screen: y is the row of its heading, counted from the
// first row below the columns' heads.
type band struct {
	lane model.Lane
	y    int
}

// spot is where a card is on the screen: row is its place in the column, y its
// first row, counted as that of a band.
type spot struct{ row, y, rows int }

// shelf is a board in lanes as it is on the screen: the bands from the top to
// the bottom, and, for each column shown, where its cards are and the first one
// that is below the screen.
type shelf struct {
	bands []band
	spots [][]spot
	next  []int
}

// shelve places lanes and cards on the screen, from the lane at the top on.
// It costs what fits on the screen, and some searches in ordered lists.
func (p *boardPainter) shelve() shelf {
	n := len(p.layout.blocks)
	s := shelf{spots: make([][]spot, n), next: make([]int, n)}
	copy(s.next, p.tops[p.first:min(p.first+n, len(p.tops))])
	most := p.layout.cardRows()/3 + 1 // cards of a column that fit, mostly
	spots := make([]spot, n*most)
	for i := range n {
		s.spots[i] = spots[i*most : i*most : (i+1)*most]
	}
	for y, full := 0, false; !full; {
		lane, ok := p.firstLane(s.next)
		if !ok {
			break
		}
		end := y
		for i := range n {
			below, cut := p.stack(&s, i, lane, y+1)
			end, full = max(end, below), full || cut
		}
		if end == y { // not one card fits under the heading
			break
		}
		s.bands = append(s.bands, band{lane, y})
		y = end
	}
	return s
}

// stack places the cards of a lane in one column, from row y on. It returns the
// row below them, or 0 when there are none, and whether some had no room.
func (p *boardPainter) stack(s *shelf, i int, lane model.Lane, y int) (end int, cut bool) {
	cards := p.board.Columns[p.first+i].Cards
	for s.next[i] < len(cards) && p.board.LaneOf(cards[s.next[i]]) == lane {
		row := s.next[i]
		rows := len(p.cards.draw(cards[row], p.look(cards[row], p.layout.blocks[i]), p.now))
		if !p.fits(rows, p.layout.cardRows()-y, row == len(cards)-1) {
			return end, true
		}
		s.spots[i] = append(s.spots[i], spot{row, y, rows})
		y += rows
		end = y
		s.next[i]++
	}
	return end, false
}

// firstLane returns the first lane that has one of the columns' next cards.
func (p *boardPainter) firstLane(next []int) (first model.Lane, ok bool) {
	for i, row := range next {
		cards := p.board.Columns[p.first+i].Cards
		if row < len(cards) {
			if l := p.board.LaneOf(cards[row]); !ok || l.Compare(first) < 0 {
				first, ok = l, true
			}
		}
	}
	return first, ok
}

// paintLanes returns the rows of a board in lanes: the columns' heads, and
// under them bands across all columns, each with a heading.
func (p *boardPainter) paintLanes() []string {
	s := p.shelve()
	blocks := make([][]string, len(p.layout.blocks))
	for i, w := range p.layout.blocks {
		blocks[i] = p.shelved(&s, i, w)
	}
	rows := beside(blocks, p.layout.rows)
	for _, b := range s.bands {
		if y := p.layout.headRows() + b.y; y < len(rows) {
			rows[y] = p.laneHead(b.lane)
		}
	}
	return rows
}

// shelved returns the rows of one column of a board in lanes.
func (p *boardPainter) shelved(s *shelf, i, w int) []string {
	rows := p.heading(make([]string, 0, p.layout.rows+8), p.first+i, w)
	cards := p.board.Columns[p.first+i].Cards
	top := p.layout.headRows()
	for _, at := range s.spots[i] {
		for len(rows) < top+at.y {
			rows = append(rows, blank(w))
		}
		rows = append(rows, p.cards.draw(cards[at.row], p.look(cards[at.row], w), p.now)...)
	}
	if len(cards) == 0 {
		rows = append(rows, blank(w), "  "+p.muted.of(p.pad(p.empty, w-barWidth)))
	}
	for len(rows) < p.layout.rows {
		rows = append(rows, blank(w))
	}
	rows = rows[:p.layout.rows]
	if left := len(cards) - s.next[i]; left > 0 && len(rows) > 0 {
		rows[len(rows)-1] = p.more(left, w)
	}
	return rows
}

// laneHead is the heading of a lane: its name and how many tickets it has, on
// the whole board, or in the column where only one is shown.
func (p *boardPainter) laneHead(l model.Lane) string {
	n := p.board.LaneLen(l)
	if p.layout.compact {
		from, to := p.board.Run(l, p.first)
		n = to - from
	}
	k := p.strong
	if card := p.selected(); card != nil && p.board.LaneOf(card) == l && !p.faded {
		k = p.title
	}
	number := thousands(n)
	room := p.layout.board - barWidth - gap
	name := p.cut(laneName(p.board.Lanes(), l), room-width(number)-2)
	rule := room - width(name) - width(number) - 4
	return "  " + k.of(name) + "  " + p.muted.of(number) + "  " + p.faint.of(p.line(rule)) + blank(room-width(name)-width(number)-4-max(0, rule)+gap)
}

// cardAt returns the card of a column, of a width, at a row below its head.
func (p *boardPainter) cardAt(col, w, y int) (row int, ok bool) {
	if p.board.Lanes() != model.NoLanes {
		for _, at := range p.shelve().spots[col-p.first] {
			if y >= at.y && y < at.y+at.rows {
				return at.row, true
			}
		}
		return 0, false
	}
	cards := p.board.Columns[col].Cards
	for row, below := p.tops[col], 0; row < len(cards) && below < p.layout.rows; row++ {
		below += len(p.cards.draw(cards[row], p.look(cards[row], w), p.now))
		if y < below {
			return row, true
		}
	}
	return 0, false
}

// shows reports whether the selected card is on the screen, wholly.
func (p *boardPainter) shows(s shelf) bool {
	i := p.col - p.first
	if i < 0 || i >= len(s.spots) || len(s.spots[i]) == 0 {
		return false
	}
	spots := s.spots[i]
	return p.row >= spots[0].row && p.row <= spots[len(spots)-1].row
}

// revealInLane scrolls a board in lanes as little as it takes to show the
// selected card: by whole lanes, and by cards within a lane that is longer than
// the screen. At the end of the board no room is left empty that lanes above
// could have.
func (p *boardPainter) revealInLane() {
	p.revealColumn(len(p.layout.blocks))
	card := p.selected()
	if card == nil {
		return
	}
	lane := p.board.LaneOf(card)
	if lane.Compare(p.lane) < 0 {
		p.enterLane(lane)
	}
	if lane == p.lane {
		p.scrollInLane()
	}
	s := p.shelve()
	if !p.shows(s) && lane != p.lane {
		p.enterLane(lane)
		p.scrollInLane()
		p.climb(p.shows)
		s = p.shelve()
	}
	if wholly := func(s shelf) bool { return p.shows(s) && p.isEnd(s) }; p.isEnd(s) {
		p.try(p.lane, wholly)
		p.climb(wholly)
	}
}

// scrollInLane shows the selected card of the lane at the top.
func (p *boardPainter) scrollInLane() {
	w := p.layout.blocks[p.col-p.first]
	p.scrollTo(p.layout.cardRows()-2, func(c *model.Card) int { // the heading, and how many more there are
		return len(p.cards.draw(c, p.look(c, w), p.now))
	})
}

// climb goes up lane by lane as long as what is then on the screen is as it
// should be.
func (p *boardPainter) climb(should func(shelf) bool) {
	for {
		above, ok := p.laneAbove(p.first, len(p.layout.blocks))
		if !ok || !p.try(above, should) {
			return
		}
	}
}

// try goes to the beginning of a lane, and back when what is then on the screen
// is not as it should be.
func (p *boardPainter) try(l model.Lane, should func(shelf) bool) bool {
	was, tops := p.lane, slices.Clone(p.tops)
	p.enterLane(l)
	if should(p.shelve()) {
		return true
	}
	p.lane = was
	copy(p.tops, tops)
	return false
}

// isEnd reports whether nothing is below the screen.
func (p *boardPainter) isEnd(s shelf) bool {
	for i, next := range s.next {
		if next < len(p.board.Columns[p.first+i].Cards) {
			return false
		}
	}
	return true
}

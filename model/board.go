package model

import (
	"cmp"
	"slices"
	"time"
)

// Card is a ticket as the board shows it: what the forge confirmed, the
// person's own changes on top, and where those stand. Cards are never changed;
// a change makes a new one, so a card's address is the key of whatever is
// derived from it.
type Card struct {
	Ticket
	Saving  int       // changes not on disk yet
	Pending int       // changes on their way
	Stuck   int       // changes that clashed or are parked
	Changed time.Time // when somebody else's change last reached this board
}

// Column is one state's cards in the order of work.
type Column struct {
	State State
	Cards []*Card
	Stale int // how many are stale
	Due   int // how many are due soon or overdue
}

// Board is columns of cards. Boards are never changed: With returns another
// one that shares what stayed the same.
type Board struct {
	Columns []Column // in the workflow's order
	steps   []Step
	policy  Policy
	now     time.Time
	all     []*Card // by ref
}

// NewBoard returns a board without cards. now decides what is stale or due.
func NewBoard(w Workflow, p Policy, now time.Time) Board {
	b := Board{steps: w.Steps, policy: p, now: now, Columns: make([]Column, len(w.Steps))}
	for i, s := range w.Steps {
		b.Columns[i].State = s.State
	}
	return b
}

// Len returns how many cards the board has.
func (b Board) Len() int { return len(b.all) }

// All returns the cards by ref. The slice is shared: do not write to it.
func (b Board) All() []*Card { return b.all }

// Find returns a ticket's card and its place; ok is false when the board does
// not have it. It costs a search in ordered lists, not a walk.
func (b Board) Find(ref Ref) (card *Card, column, row int, ok bool) {
	i, ok := b.index(ref)
	if !ok {
		return nil, 0, 0, false
	}
	card = b.all[i]
	column = b.column(card)
	row, ok = slices.BinarySearchFunc(b.Columns[column].Cards, card, b.order(column))
	return card, column, row, ok
}

func (b Board) index(ref Ref) (int, bool) {
	return slices.BinarySearchFunc(b.all, ref, func(c *Card, r Ref) int { return c.Ref.Compare(r) })
}

// column returns where a card belongs. A state that the workflow does not know
// belongs to the first column: nothing may vanish.
func (b Board) column(c *Card) int {
	shown := c.Shown()
	return max(0, slices.IndexFunc(b.steps, func(s Step) bool { return s.State == shown }))
}

// With returns the board with cards put in place of those of the same tickets,
// and without the tickets in gone. A card that the policy does not show goes,
// too. Putting one card costs little, whatever the number of cards.
func (b Board) With(put []*Card, gone ...Ref) Board {
	incoming := make(map[Ref]*Card, len(put)+len(gone))
	for _, ref := range gone {
		incoming[ref] = nil
	}
	for _, c := range put {
		incoming[c.Ref] = nil
		if b.policy.OnBoard(c.Ticket, b.now) {
			incoming[c.Ref] = c
		}
	}
	leave := make([]map[*Card]bool, len(b.Columns))
	enter := make([][]*Card, len(b.Columns))
	var fresh []*Card
	for ref, c := range incoming {
		if i, ok := b.index(ref); ok {
			col := b.column(b.all[i])
			if leave[col] == nil {
				leave[col] = map[*Card]bool{}
			}
			leave[col][b.all[i]] = true
		}
		if c != nil {
			fresh = append(fresh, c)
			col := b.column(c)
			enter[col] = append(enter[col], c)
		}
	}
	b.all = merge(b.all, fresh, func(c *Card) bool { _, replaced := incoming[c.Ref]; return replaced }, byRef)
	b.Columns = slices.Clone(b.Columns)
	for i := range b.Columns {
		if leave[i] != nil || enter[i] != nil {
			b.Columns[i] = b.recount(b.Columns[i], leave[i], enter[i], b.order(i))
		}
	}
	return b
}

// recount returns a column without the cards that leave and with those that
// enter, its counts brought up to date from just these.
func (b Board) recount(col Column, leave map[*Card]bool, enter []*Card, order func(a, b *Card) int) Column {
	count := func(c *Card, by int) {
		if b.policy.Stale(c.Ticket, b.now) {
			col.Stale += by
		}
		if b.policy.Due(c.Ticket, b.now) {
			col.Due += by
		}
	}
	for c := range leave {
		count(c, -1)
	}
	for _, c := range enter {
		count(c, +1)
	}
	col.Cards = merge(col.Cards, enter, func(c *Card) bool { return leave[c] }, order)
	return col
}

// At returns the board as it is at another time: what is stale, due or no
// longer shown changes by itself.
func (b Board) At(now time.Time) Board {
	cards := b.all
	b.now, b.all = now, nil
	b.Columns = slices.Clone(b.Columns)
	for i := range b.Columns {
		b.Columns[i] = Column{State: b.Columns[i].State}
	}
	return b.With(cards)
}

// Where returns the board of the cards that keep says yes to.
func (b Board) Where(keep func(*Card) bool) Board {
	var gone []Ref
	for _, c := range b.all {
		if !keep(c) {
			gone = append(gone, c.Ref)
		}
	}
	if len(gone) == 0 {
		return b
	}
	return b.With(nil, gone...)
}

// Policy returns what the board calls stale and due.
func (b Board) Policy() Policy { return b.policy }

func byRef(a, b *Card) int { return a.Ref.Compare(b.Ref) }

// order is the order of work within a column: untriaged ones by age, oldest
// first; closed ones latest first; all others by score, then by age.
func (b Board) order(column int) func(x, y *Card) int {
	step := b.steps[column]
	switch {
	case step.State == Closed:
		return func(x, y *Card) int { return cmp.Or(y.ClosedAt.Compare(x.ClosedAt), byRef(x, y)) }
	case step.ByAge:
		return func(x, y *Card) int { return cmp.Or(x.Created.Compare(y.Created), byRef(x, y)) }
	}
	return func(x, y *Card) int {
		return cmp.Or(cmp.Compare(Score(x.Gain, x.Pain), Score(y.Gain, y.Pain)), x.Created.Compare(y.Created), byRef(x, y))
	}
}

// merge returns an ordered list without what goes and with what comes.
func merge(list, come []*Card, goes func(*Card) bool, order func(a, b *Card) int) []*Card {
	slices.SortFunc(come, order)
	out := make([]*Card, 0, len(list)+len(come))
	for _, c := range list {
		if goes(c) {
			continue
		}
		for len(come) > 0 && order(come[0], c) < 0 {
			out, come = append(out, come[0]), come[1:]
		}
		out = append(out, c)
	}
	return append(out, come...)
}

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
	all     []*Card              // by ref
	sorted  func(x, y *Card) int // before the order of work; nil: nothing is
	lanes   Lanes                // before all orders
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

// column returns where a card belongs. Without a column of its own a ticket in
// progress still waits on its assignee; any other state without one belongs to
// what needs review, or else to the first column: nothing may vanish.
func (b Board) column(c *Card) int {
	shown := c.state()
	of := func(state State) int {
		return slices.IndexFunc(b.steps, func(s Step) bool { return s.State == state })
	}
	i := of(shown)
	if i < 0 && shown == InProgress {
		i = of(OnAssignee)
	}
	if i < 0 {
		i = of(NeedsReview)
	}
	return max(0, i)
}

// Arranged returns the board with the columns of another workflow and under
// another policy. The cards stay the same; those that the policy does not show
// go.
func (b Board) Arranged(w Workflow, p Policy) Board { return NewBoard(w, p, b.now).With(b.all) }

// With returns the board with cards put in place of those of the same tickets,
// and without the tickets in gone, unless they are put, too. A card that the
// policy does not show goes. Putting one card costs a search and a copy of two
// lists of pointers: microseconds, whatever the number of cards.
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
	var all edit
	columns := make([]edit, len(b.Columns))
	for ref, c := range incoming {
		if i, ok := b.index(ref); ok {
			old := b.all[i]
			all.leave = append(all.leave, old)
			col := &columns[b.column(old)]
			col.leave = append(col.leave, old)
		}
		if c != nil {
			all.enter = append(all.enter, c)
			col := &columns[b.column(c)]
			col.enter = append(col.enter, c)
		}
	}
	b.all = all.of(b.all, byRef)
	b.Columns = slices.Clone(b.Columns)
	for i, e := range columns {
		if len(e.leave)+len(e.enter) > 0 {
			col := &b.Columns[i]
			col.Cards = e.of(col.Cards, b.order(i))
			b.count(col, e.leave, -1)
			b.count(col, e.enter, +1)
		}
	}
	return b
}

// count brings a column's counts up to date with cards that enter, by 1, or
// leave, by -1.
func (b Board) count(col *Column, cards []*Card, by int) {
	for _, c := range cards {
		if b.policy.stale(&c.Ticket, b.now) {
			col.Stale += by
		}
		if b.policy.due(&c.Ticket, b.now) {
			col.Due += by
		}
	}
}

// At returns the board as it is at a later time: what is stale, due or no
// longer shown changes by itself.
func (b Board) At(now time.Time) Board {
	b.now = now
	return b.only(func(c *Card) bool { return b.policy.OnBoard(c.Ticket, now) })
}

// Where returns the board of the cards that keep says yes to. It asks once for
// each card.
func (b Board) Where(keep func(*Card) bool) Board {
	all := kept(b.all, keep)
	if len(all) == len(b.all) {
		return b
	}
	// Columns are in another order: there it is asked which of two sets has a
	// card, the smaller one.
	few, stays := all, true
	if len(all) > len(b.all)/2 {
		few, stays = without(b.all, all), false
	}
	set := make(map[*Card]bool, len(few))
	for _, c := range few {
		set[c] = true
	}
	return b.only(func(c *Card) bool { return set[c] == stays })
}

// without returns the cards that are not in some of them, both by ref.
func without(cards, some []*Card) []*Card {
	out := make([]*Card, 0, len(cards)-len(some))
	for _, c := range cards {
		if len(some) > 0 && some[0] == c {
			some = some[1:]
		} else {
			out = append(out, c)
		}
	}
	return out
}

// only returns the board of the cards that keep says yes to, counted anew. What
// stays is in order already.
func (b Board) only(keep func(*Card) bool) Board {
	b.all = kept(b.all, keep)
	columns := b.Columns
	b.Columns = make([]Column, len(columns))
	for i, col := range columns {
		b.Columns[i] = Column{State: col.State, Cards: kept(col.Cards, keep)}
		b.count(&b.Columns[i], b.Columns[i].Cards, +1)
	}
	return b
}

func kept(cards []*Card, keep func(*Card) bool) []*Card {
	out := make([]*Card, 0, len(cards))
	for _, c := range cards {
		if keep(c) {
			out = append(out, c)
		}
	}
	return out
}

// Sorted returns the board with each column in another order, in which cards
// that compare as equal stay in the order of work; nil is that order alone. by
// must not depend on anything but the two cards.
func (b Board) Sorted(by func(x, y *Card) int) Board {
	b.sorted = by
	return b.resorted()
}

// resorted returns the board with each column in the order that now holds.
func (b Board) resorted() Board {
	columns := b.Columns
	b.Columns = make([]Column, len(columns))
	for i, col := range columns {
		col.Cards = slices.Clone(col.Cards)
		slices.SortFunc(col.Cards, b.order(i))
		b.Columns[i] = col
	}
	return b
}

// Now returns the time that decides what is stale or due.
func (b Board) Now() time.Time { return b.now }

// Policy returns what the board calls stale and due.
func (b Board) Policy() Policy { return b.policy }

func byRef(a, b *Card) int { return a.Ref.Compare(b.Ref) }

// order is the order of a column's cards: by lane, then as they are sorted, then
// the order of work.
func (b Board) order(column int) func(x, y *Card) int {
	order := b.orderOfWork(column)
	if by, then := b.sorted, order; by != nil {
		order = func(x, y *Card) int { return cmp.Or(by(x, y), then(x, y)) }
	}
	if lanes, then := b.lanes, order; lanes != NoLanes {
		order = func(x, y *Card) int {
			if n := lanes.of(x).Compare(lanes.of(y)); n != 0 {
				return n
			}
			return then(x, y)
		}
	}
	return order
}

// orderOfWork is: untriaged ones by age, oldest first; closed ones latest first;
// all others by score, then by age.
func (b Board) orderOfWork(column int) func(x, y *Card) int {
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

// edit is which cards leave a list and which enter it.
type edit struct{ leave, enter []*Card }

// of returns an ordered list after the edit. It searches for the places and
// copies what lies between as a whole.
func (e edit) of(list []*Card, order func(a, b *Card) int) []*Card {
	slices.SortFunc(e.leave, order)
	slices.SortFunc(e.enter, order)
	out := make([]*Card, 0, len(list)+len(e.enter)-len(e.leave))
	for len(e.leave)+len(e.enter) > 0 {
		leaves := len(e.enter) == 0 || len(e.leave) > 0 && order(e.leave[0], e.enter[0]) <= 0
		if leaves {
			i, _ := slices.BinarySearchFunc(list, e.leave[0], order)
			out, list, e.leave = append(out, list[:i]...), list[i+1:], e.leave[1:]
		} else {
			i, _ := slices.BinarySearchFunc(list, e.enter[0], order)
			out, list = append(out, list[:i]...), list[i:]
			out, e.enter = append(out, e.enter[0]), e.enter[1:]
		}
	}
	return append(out, list...)
}

package query

import (
	"cmp"

	"docket/model"
)

// Order is one thing to sort by.
type Order struct {
	By   string // score, age, updated, due or comments
	Back bool   // the other way around
}

// orders are what a query can sort by. What a person wants to see first comes
// first.
var orders = []struct {
	name, about string
	back        string // what it is turned around
	compare     func(a, b *model.Card) int
}{
	{"score", "low pain and high gain first", "high pain and low gain first", func(a, b *model.Card) int {
		return cmp.Compare(model.Score(a.Gain, a.Pain), model.Score(b.Gain, b.Pain))
	}},
	{"age", "oldest first", "newest first", func(a, b *model.Card) int { return a.Created.Compare(b.Created) }},
	{"updated", "newest change first", "longest untouched first", func(a, b *model.Card) int { return b.Updated.Compare(a.Updated) }},
	{"due", "nearest due date first", "without a due date first, then the farthest", compareDue},
	{"comments", "most comments first", "fewest comments first", func(a, b *model.Card) int { return cmp.Compare(b.Comments, a.Comments) }},
}

// compareDue puts tickets without a due date last.
func compareDue(a, b *model.Card) int {
	if a.Due.IsZero() || b.Due.IsZero() {
		return cmp.Compare(flag(a.Due.IsZero()), flag(b.Due.IsZero()))
	}
	return a.Due.Compare(b.Due)
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// About says which tickets come first.
func (o Order) About() string {
	for _, known := range orders {
		switch {
		case known.name == o.By && o.Back:
			return known.back
		case known.name == o.By:
			return known.about
		}
	}
	return ""
}

// Orders returns all that can be sorted by.
func Orders() []Order {
	out := make([]Order, len(orders))
	for i, known := range orders {
		out[i].By = known.name
	}
	return out
}

// String returns the order as a query writes it after sort:.
func (o Order) String() string {
	if o.Back {
		return "-" + o.By
	}
	return o.By
}

// Orders returns what the query says to sort by, the most important first.
func (q Query) Orders() []Order { return q.order }

// Sort returns how the query compares cards; nil when it does not say. Cards
// that it finds equal keep the board's own order.
func (q Query) Sort() func(a, b *model.Card) int {
	if len(q.order) == 0 {
		return nil
	}
	var by []func(a, b *model.Card) int
	for _, o := range q.order {
		for _, known := range orders {
			if known.name == o.By && o.Back {
				by = append(by, func(a, b *model.Card) int { return known.compare(b, a) })
			} else if known.name == o.By {
				by = append(by, known.compare)
			}
		}
	}
	return func(a, b *model.Card) int {
		for _, compare := range by {
			if n := compare(a, b); n != 0 {
				return n
			}
		}
		return 0
	}
}

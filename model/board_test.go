package model

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// plainly builds what a board should be, without any of its cleverness.
func plainly(w Workflow, p Policy, now time.Time, cards map[Ref]*Card) Board {
	b := NewBoard(w, p, now)
	for _, c := range cards {
		if !c.Open() && now.Sub(c.ClosedAt) >= p.ClosedFor {
			continue
		}
		b.all = append(b.all, c)
		shown := c.Shown()
		if shown == InProgress && w.Index(shown) < 0 {
			shown = OnAssignee
		}
		if w.Index(shown) < 0 {
			shown = NeedsReview
		}
		col := &b.Columns[max(0, w.Index(shown))]
		col.Cards = append(col.Cards, c)
		if p.Stale(c.Ticket, now) {
			col.Stale++
		}
		if p.Due(c.Ticket, now) {
			col.Due++
		}
	}
	slices.SortFunc(b.all, byRef)
	for i := range b.Columns {
		slices.SortFunc(b.Columns[i].Cards, b.order(i))
	}
	return b
}

func sameBoard(t *rapid.T, what string, got, want Board) {
	t.Helper()
	if !slices.Equal(got.all, want.all) || got.Len() != len(want.All()) {
		t.Fatalf("%s: %d cards, not %d", what, got.Len(), want.Len())
	}
	for i, w := range want.Columns {
		g := got.Columns[i]
		if g.State != w.State || g.Stale != w.Stale || g.Due != w.Due || !slices.Equal(g.Cards, w.Cards) {
			t.Fatalf("%s: %s has %d cards, %d stale, %d due; not %d, %d, %d", what, g.State, len(g.Cards), g.Stale, g.Due,
				len(w.Cards), w.Stale, w.Due)
		}
	}
	rows := 0
	for ci, col := range got.Columns {
		rows += len(col.Cards)
		for ri, c := range col.Cards {
			if card, column, row, ok := got.Find(c.Ref); !ok || card != c || column != ci || row != ri {
				t.Fatalf("%s: %s is at %d,%d but found at %d,%d (%v)", what, c.Ref, ci, ri, column, row, ok)
			}
		}
	}
	if rows != got.Len() {
		t.Fatalf("%s: %d of %d cards are in columns", what, rows, got.Len())
	}
}

// TestABoardIsTheSameHoweverItCameToBe puts, replaces, drops, filters and lets
// time pass at random.
func TestABoardIsTheSameHoweverItCameToBe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, p, now := DefaultWorkflow(), DefaultPolicy(), epoch
		if rapid.Bool().Draw(t, "a workflow without these states") {
			w.Steps = slices.DeleteFunc(w.Steps, func(s Step) bool { return s.State == OnExternal || s.State == InProgress })
		}
		cards := map[Ref]*Card{}
		board := NewBoard(w, p, now)
		t.Repeat(map[string]func(*rapid.T){
			"put": func(t *rapid.T) {
				var put []*Card
				for _, ticket := range rapid.SliceOfN(anyTicket, 0, 6).Draw(t, "tickets") {
					c := &Card{Ticket: ticket}
					put, cards[c.Ref] = append(put, c), c
				}
				board = board.With(put)
			},
			"put the same again": func(t *rapid.T) {
				board = board.With(board.All())
			},
			"put and drop": func(t *rapid.T) {
				c := &Card{Ticket: anyTicket.Draw(t, "ticket")}
				gone := anyTicket.Draw(t, "gone").Ref
				delete(cards, gone)
				cards[c.Ref] = c
				board = board.With([]*Card{c}, gone, Ref{"no/such", 1})
			},
			"time passes": func(t *rapid.T) {
				now = now.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "hours")) * time.Hour)
				board = board.At(now)
			},
			"arrange": func(t *rapid.T) {
				// What is gone from a board does not come back by itself.
				forget := func() {
					maps.DeleteFunc(cards, func(_ Ref, c *Card) bool { return !p.OnBoard(c.Ticket, now) })
				}
				forget()
				w.Steps = rapid.Permutation(DefaultWorkflow().Steps).Draw(t, "steps")[:rapid.IntRange(1, 8).Draw(t, "columns")]
				p.ClosedFor = time.Duration(rapid.IntRange(0, 7).Draw(t, "days")) * aDay
				board = board.Arranged(w, p)
				forget()
			},
			"filter": func(t *rapid.T) {
				before := plainly(w, p, now, cards)
				some := map[Ref]*Card{}
				for _, c := range before.all {
					if c.Gain >= Medium {
						some[c.Ref] = c
					}
				}
				asked := 0
				shown := board.Where(func(c *Card) bool { asked++; return c.Gain >= Medium })
				sameBoard(t, "filtered", shown, plainly(w, p, now, some))
				if asked != board.Len() {
					t.Fatalf("asked %d times about %d cards", asked, board.Len())
				}
				sameBoard(t, "after filtering", board, before)
			},
			"sort": func(t *rapid.T) {
				before := plainly(w, p, now, cards)
				byComments := func(x, y *Card) int { return cmp.Compare(y.Comments, x.Comments) }
				put, gone := &Card{Ticket: anyTicket.Draw(t, "put")}, anyTicket.Draw(t, "gone").Ref
				sorted := board.Sorted(byComments).With([]*Card{put}, gone)
				sameBoard(t, "sorted back", sorted.Sorted(nil), board.With([]*Card{put}, gone))
				for _, col := range sorted.Columns {
					if !slices.IsSortedFunc(col.Cards, byComments) {
						t.Fatalf("%s is in another order", col.State)
					}
					for row, c := range col.Cards {
						if _, _, at, ok := sorted.Find(c.Ref); !ok || at != row {
							t.Fatalf("%s is in row %d, not %d", c.Ref, row, at)
						}
					}
				}
				sameBoard(t, "after sorting", board, before)
			},
			"": func(t *rapid.T) { sameBoard(t, "board", board, plainly(w, p, now, cards)) },
		})
	})
}

func TestEarlierBoardsStayAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := NewBoard(DefaultWorkflow(), DefaultPolicy(), epoch).With(anyCards(t))
		columns := make([][]*Card, len(first.Columns))
		for i, col := range first.Columns {
			columns[i] = slices.Clone(col.Cards)
		}
		all := slices.Clone(first.All())
		first.With(anyCards(t), anyTicket.Draw(t, "gone").Ref).At(epoch.Add(aDay)).Where(func(c *Card) bool { return c.Open() })
		for i, col := range first.Columns {
			if !slices.Equal(col.Cards, columns[i]) {
				t.Fatalf("%s changed", col.State)
			}
		}
		if !slices.Equal(all, first.All()) {
			t.Fatal("the list changed")
		}
	})
}

func anyCards(t *rapid.T) []*Card {
	return rapid.SliceOfN(rapid.Map(anyTicket, func(t Ticket) *Card { return &Card{Ticket: t} }), 0, 20).Draw(t, "cards")
}

func TestEveryColumnHasOneOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := NewBoard(DefaultWorkflow(), DefaultPolicy(), epoch)
		x, y, z := &Card{Ticket: anyTicket.Draw(t, "x")}, &Card{Ticket: anyTicket.Draw(t, "y")}, &Card{Ticket: anyTicket.Draw(t, "z")}
		order := b.order(rapid.IntRange(0, len(b.Columns)-1).Draw(t, "column"))
		if (order(x, y) == 0) != (x.Ref == y.Ref) && x.Ref != y.Ref {
			t.Fatal("two tickets share a place")
		}
		if order(x, y) != -order(y, x) {
			t.Fatal("each comes before the other")
		}
		if order(x, y) < 0 && order(y, z) < 0 && order(x, z) >= 0 {
			t.Fatal("the order runs in a circle")
		}
	})
}

func TestTheOrderOfWork(t *testing.T) {
	ticket := func(n int64, gain, pain Level, days int) *Card {
		return &Card{Ticket: Ticket{Ref: Ref{"r", n}, Gain: gain, Pain: pain, State: Urgent, Created: epoch.AddDate(0, 0, -days)}}
	}
	b := NewBoard(DefaultWorkflow(), DefaultPolicy(), epoch).With([]*Card{
		ticket(9, None, None, 99), ticket(8, None, High, 1), ticket(7, Low, High, 1), ticket(6, Low, Low, 1),
		ticket(5, Medium, Medium, 1), ticket(4, High, High, 1), ticket(3, Medium, Low, 1), ticket(2, High, Low, 1), ticket(1, High, Low, 5),
	})
	var got []int64
	for _, c := range b.Columns[1].Cards {
		got = append(got, c.Ref.Number)
	}
	if want := []int64{1, 2, 3, 4, 5, 6, 7, 8, 9}; !slices.Equal(got, want) {
		t.Errorf("work is in the order %v", got)
	}
}

func TestClosedTicketsLeaveAfterAWhile(t *testing.T) {
	closed := func(n int64, ago time.Duration) *Card {
		return &Card{Ticket: Ticket{Ref: Ref{"r", n}, ClosedAt: epoch.Add(-ago)}}
	}
	b := NewBoard(DefaultWorkflow(), DefaultPolicy(), epoch).With([]*Card{
		closed(1, 6*aDay), closed(2, time.Hour), closed(3, 7*aDay), closed(4, 7*aDay-time.Second),
	})
	last := func(b Board) (got []int64) {
		for _, c := range b.Columns[len(b.Columns)-1].Cards {
			got = append(got, c.Ref.Number)
		}
		return got
	}
	if got := last(b); !slices.Equal(got, []int64{2, 1, 4}) {
		t.Errorf("closed, latest first: %v", got)
	}
	if got := last(b.At(epoch.Add(aDay))); !slices.Equal(got, []int64{2}) {
		t.Errorf("a day later: %v", got)
	}
	reopened := &Card{Ticket: Ticket{Ref: Ref{"r", 2}, State: Urgent}}
	if b := b.With([]*Card{reopened}); len(b.Columns[1].Cards) != 1 || len(last(b)) != 2 {
		t.Error("a reopened ticket goes back to its state")
	}
}

// manyCards is tickets as a busy tracker has them, all open.
func manyCards(n int) []*Card {
	random := rand.New(rand.NewPCG(1, 2))
	cards := make([]*Card, n)
	for i := range cards {
		cards[i] = &Card{Ticket: Ticket{
			Ref: Ref{"infra/tickets", int64(i + 1)}, Created: epoch.Add(-time.Duration(random.IntN(9000)) * time.Hour), Updated: epoch,
			Gain: Levels[random.IntN(4)], Pain: Levels[random.IntN(4)], State: states[random.IntN(len(states))],
		}}
	}
	return cards
}

// BenchmarkWith puts one card: what a key press costs.
func BenchmarkWith(b *testing.B) {
	for _, n := range []int{500, 5_000, 15_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			board := NewBoard(DefaultWorkflow(), DefaultPolicy(), epoch).With(manyCards(n))
			moved := *board.All()[n/2]
			moved.Gain = High - moved.Gain
			put := []*Card{&moved}
			b.ReportAllocs()
			for b.Loop() {
				board.With(put)
			}
		})
	}
}

func BenchmarkBoard(b *testing.B) {
	cards := manyCards(5_000)
	board := NewBoard(DefaultWorkflow(), DefaultPolicy(), epoch).With(cards)
	for name, do := range map[string]func() Board{
		"new":   func() Board { return NewBoard(DefaultWorkflow(), DefaultPolicy(), epoch).With(cards) },
		"at":    func() Board { return board.At(epoch.Add(time.Minute)) },
		"where": func() Board { return board.Where(func(c *Card) bool { return c.Gain == High }) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				do()
			}
		})
	}
}

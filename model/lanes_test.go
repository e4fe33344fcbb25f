package model

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestLanesAreRunsInEveryColumn cuts boards into lanes, sorts and edits them in
// any order, and holds what a search finds against what a walk finds.
func TestLanesAreRunsInEveryColumn(t *testing.T) {
	kinds := []Lanes{NoLanes, ByAssignee, ByGain, ByRepository}
	byComments := func(x, y *Card) int { return cmp.Compare(y.Comments, x.Comments) }
	rapid.Check(t, func(t *rapid.T) {
		whole := NewBoard(DefaultWorkflow(), DefaultPolicy(), epoch).With(anyCards(t))
		by := rapid.SampledFrom(kinds).Draw(t, "lanes")
		put, gone := anyCards(t), anyTicket.Draw(t, "gone").Ref
		high := func(c *Card) bool { return c.Gain >= Medium }
		b := whole.Laned(by).Sorted(byComments).With(put, gone).Where(high)
		again := whole.With(put, gone).Where(high).Sorted(byComments).Laned(by)
		lanes := map[Lane]int{}
		for i, col := range b.Columns {
			if !slices.Equal(col.Cards, again.Columns[i].Cards) {
				t.Fatalf("%s depends on what came first", col.State)
			}
			for row, c := range col.Cards {
				lanes[b.LaneOf(c)]++
				if _, column, at, ok := b.Find(c.Ref); !ok || column != i || at != row {
					t.Fatalf("%s is at %d,%d but found at %d,%d", c.Ref, i, row, column, at)
				}
			}
		}
		for lane, n := range lanes {
			if got := b.LaneLen(lane); got != n {
				t.Fatalf("lane %v has %d cards, not %d", lane, got, n)
			}
			for i, col := range b.Columns {
				from, to := b.Run(lane, i)
				for row, c := range col.Cards {
					if in := row >= from && row < to; in != (b.LaneOf(c) == lane) {
						t.Fatalf("%s is in row %d; lane %v goes from %d to %d", c.Ref, row, lane, from, to)
					}
					if by != NoLanes && (row < from) != (b.LaneOf(c).Compare(lane) < 0) {
						t.Fatalf("%s is on the wrong side of lane %v", c.Ref, lane)
					}
				}
			}
		}
		sameBoard(t, "without lanes again", b.Laned(NoLanes).Sorted(nil), whole.With(put, gone).Where(high))
	})
}

func TestLanesAreInTheirOrder(t *testing.T) {
	card := func(n int64, gain Level, logins ...string) *Card {
		lines := make([]Line, len(logins))
		for i, l := range logins {
			lines[i] = NewLine(l)
		}
		return &Card{Ticket: Ticket{Ref: Ref{"r", n}, Gain: gain, State: Urgent, Created: epoch, Assignees: Logins(lines...)}}
	}
	b := NewBoard(DefaultWorkflow(), DefaultPolicy(), epoch).With([]*Card{
		card(1, Low), card(2, None, "kira"), card(3, High, "zoe", "anna"), card(4, Medium, "kira", "zoe"), card(5, High),
	})
	for by, want := range map[Lanes][]int64{
		ByAssignee: {3, 4, 2, 1, 5}, ByGain: {3, 5, 4, 1, 2}, ByRepository: {1, 3, 4, 5, 2}, NoLanes: {1, 3, 4, 5, 2},
	} {
		var got []int64
		for _, c := range b.Laned(by).Columns[1].Cards {
			got = append(got, c.Ref.Number)
		}
		if !slices.Equal(got, want) {
			t.Errorf("by %q the order is %v, not %v", by, got, want)
		}
	}
	if b := b.Laned(ByAssignee); b.LaneOf(card(9, High)).Name != "" || b.LaneOf(card(9, High, "zoe", "anna")).Name != "anna" {
		t.Error("a ticket is in the lane of its first assignee, or in nobody's")
	}
}

// BenchmarkWithLanes puts one card on a board in lanes, and looks a lane up.
func BenchmarkWithLanes(b *testing.B) {
	for _, n := range []int{500, 5_000, 15_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			board := NewBoard(DefaultWorkflow(), DefaultPolicy(), epoch).With(manyCards(n)).Laned(ByGain)
			moved := *board.All()[n/2]
			moved.Gain = High - moved.Gain
			put := []*Card{&moved}
			b.ReportAllocs()
			for b.Loop() {
				board.With(put).LaneLen(board.LaneOf(&moved))
			}
		})
	}
}

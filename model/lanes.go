package model

import (
	"cmp"
	"slices"
	"strings"
)

// Lanes says what a board is cut into lanes by: horizontal bands across all of
// its columns.
type Lanes string

// What lanes can be cut by. NoLanes is one band of everything.
const (
	NoLanes      Lanes = ""
	ByAssignee   Lanes = "assignee"   // by login; nobody is last
	ByGain       Lanes = "gain"       // high is first, none last
	ByRepository Lanes = "repository" // by name
)

// Lane is one band of a board. Lanes compare with ==; the zero Lane comes before
// all others and has no cards, but for a board without lanes, whose cards are
// all in it.
type Lane struct {
	rank int
	Name string // a login, a gain or a repository; empty: nobody has these
}

// Compare orders lanes from the top to the bottom of the board.
func (l Lane) Compare(o Lane) int {
	return cmp.Or(cmp.Compare(l.rank, o.rank), strings.Compare(l.Name, o.Name))
}

// of returns the lane that a card is in. A ticket that several people have is
// in the lane of the first.
func (l Lanes) of(c *Card) Lane {
	switch l {
	case ByAssignee:
		if len(c.Assignees) == 0 {
			return Lane{rank: 1}
		}
		return Lane{Name: c.Assignees[0].String()}
	case ByGain:
		return Lane{rank: int(High) - int(c.Gain), Name: c.Gain.String()}
	case ByRepository:
		return Lane{Name: c.Ref.Repo}
	}
	return Lane{}
}

// Laned returns the board cut into lanes: in each column the cards of a lane
// follow each other, and within it they stay in the order that they were in.
func (b Board) Laned(by Lanes) Board {
	if by == b.lanes {
		return b
	}
	b.lanes = by
	return b.resorted()
}

// Lanes returns what the board is cut into lanes by.
func (b Board) Lanes() Lanes { return b.lanes }

// LaneOf returns the lane that a card is in.
func (b Board) LaneOf(c *Card) Lane { return b.lanes.of(c) }

// Run returns where the cards of a lane are in a column: from the first up to,
// but not with, the last number. For a lane without cards there both are the
// place where they would be. It costs a search, not a walk.
func (b Board) Run(l Lane, column int) (from, to int) {
	cards := b.Columns[column].Cards
	if b.lanes == NoLanes {
		return 0, len(cards)
	}
	from, _ = slices.BinarySearchFunc(cards, l, func(c *Card, l Lane) int { return b.lanes.of(c).Compare(l) })
	to, _ = slices.BinarySearchFunc(cards[from:], l, func(c *Card, l Lane) int {
		if b.lanes.of(c).Compare(l) <= 0 {
			return -1
		}
		return 1
	})
	return from, from + to
}

// LaneLen returns how many cards a lane has in all columns.
func (b Board) LaneLen(l Lane) int {
	n := 0
	for i := range b.Columns {
		from, to := b.Run(l, i)
		n += to - from
	}
	return n
}

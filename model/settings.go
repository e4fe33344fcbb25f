package model

// View is a named way to look at the board.
type View struct {
	Name  string
	Query string // which tickets, in the query language; empty: all
	Sort  string // score, age, updated, due or comments; empty: the workflow's own order
	Lanes string // assignee, gain or repository; empty: no lanes
}

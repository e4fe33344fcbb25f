package model

// View is a named way to look at the board.
type View struct {
	Name  string
	Query string // which tickets, in the query language; empty: all
	Sort  string // score, age, updated, due or comments; empty: the workflow's own order
	Lanes string // assignee, gain or repository; empty: no lanes
}

// Template is a comment to begin with, with places for the ticket's fields.
type Template struct{ Name, Text string }

// Recipe is a named list of changes that one key makes.
type Recipe struct {
	Name        string
	Key         string   // as keymap writes it, or a sequence; empty: none
	Gain, Pain  *Level   // nil leaves the level
	State       State    // empty leaves the state
	Add, Remove []string // labels
	Comment     string   // text; or
	Template    string   // the name of one
	Assign      []string // logins, or "me"
}

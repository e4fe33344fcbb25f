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

// Recipe is a named list of changes that a person makes together, with one key,
// and takes back together. What is empty is left as it is.
type Recipe struct {
	Name string
	Key  string // of its own, as keymap writes keys; empty: none

	State      State
	Gain, Pain *Level
	Assign     []string   // logins who have it afterwards; "me" is the person; "nobody" alone takes it from all
	Labels     []string   // to add
	Unlabel    []string   // to take off
	Comment    string     // text
	Template   string     // the name of the template to comment with, instead of Comment
	Close      Resolution // closes the ticket; Comment or Template explains it

	// LabelsIfThere are added where the repository has them.
	LabelsIfThere []string
}

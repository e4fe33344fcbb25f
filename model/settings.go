package model

// View is a named way to look at the board.
type View struct {
	Name  string
	Query string // which tickets, in the query language; empty: all
	Sort  string // score, age, updated, due or comments, with - before it turned around; empty: the workflow's own order
	Lanes string // assignee, gain or repository; empty: no lanes
}

// DefaultViews are those that a board comes with.
func DefaultViews() []View {
	return []View{
		{Name: "Mine", Query: "assignee:me is:open"},
		{Name: "Untriaged", Query: "is:untriaged", Sort: "age"},
		{Name: "Reporter answered", Query: "is:answered"},
		{Name: "Quick wins", Query: "gain:high pain:low is:open"},
		{Name: "Due", Query: "is:due", Sort: "due"},
		{Name: "Stale", Query: "is:stale", Sort: "-updated"},
		{Name: "Recently closed", Query: "is:closed"},
	}
}

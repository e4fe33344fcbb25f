package model

import "slices"

// Moves returns the changes that bring a ticket to a state that the board
// shows, other than Closed; none when it is there. What the state demands
// besides, such as an assignee, is the caller's to add.
func Moves(t Ticket, to State) []Change {
	changes := Reopening(t)
	has := to // the state that it is to have, not only to be shown in
	if to == InProgress {
		has = OnAssignee
	}
	if t.State != has {
		changes = append(changes, Move{From: t.State, To: has})
	}
	// A ticket in progress that goes back to waiting for an assignee has none.
	if to == OnAssignee && t.Shown() == InProgress {
		changes = append(changes, Assign{From: t.Assignees})
	}
	return changes
}

// Reopening returns the changes that open a closed ticket again; none for an
// open one.
func Reopening(t Ticket) []Change {
	if t.Open() {
		return nil
	}
	changes := []Change{Reopen{At: StampOf(t.ClosedAt)}}
	if t.ClosedAs != Unresolved {
		changes = append(changes, Resolve{From: t.ClosedAs})
	}
	return changes
}

// Closing returns the changes that close an open ticket, with the explanation
// that the workflow demands.
func Closing(t Ticket, as Resolution, explanation string, at Stamp) []Change {
	var changes []Change
	if t.ClosedAs != as {
		changes = append(changes, Resolve{From: t.ClosedAs, To: as})
	}
	return append(changes, AddComment{Text: explanation}, Close{At: at})
}

// Lacks reports whether a change needs a label for one of the meanings that
// there is none for.
func Lacks(missing []Meaning, c Change) bool {
	m, ok := MeaningOf(c)
	return ok && slices.Contains(missing, m)
}

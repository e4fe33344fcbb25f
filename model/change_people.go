package model

import (
	"fmt"
	"slices"
	"strings"
)

// Assign sets who works on a ticket. Forges replace the list as a whole, so the
// change does too, and an edit by somebody else in between is a clash. Both
// lists are logins, sorted: see Logins.
type Assign struct{ From, To []Line }

// Logins returns logins sorted and each once, as tickets and changes keep them.
func Logins(list ...Line) []Line {
	out := slices.Clone(list)
	slices.SortFunc(out, func(a, b Line) int { return strings.Compare(a.raw, b.raw) })
	return slices.Compact(out)
}

func (Assign) kind() string { return "assign" }

// Field implements Change.
func (Assign) Field() Field { return FieldAssignees }

// Validate implements Change.
func (c Assign) Validate() error {
	if slices.Equal(c.From, c.To) {
		return fmt.Errorf("nobody was added or removed")
	}
	if slices.Contains(c.To, Line{}) {
		return fmt.Errorf("an assignee needs a name")
	}
	return nil
}

// Apply implements Change.
func (c Assign) Apply(t Ticket) Ticket { t.Assignees = c.To; return t }

// Inverse implements Change.
func (c Assign) Inverse() (Change, bool) { return Assign{c.To, c.From}, true }

// Done implements Change.
func (c Assign) Done(t Ticket) bool { return slices.Equal(t.Assignees, c.To) }

// Clashes implements Change.
func (c Assign) Clashes(t Ticket) bool {
	return !slices.Equal(t.Assignees, c.From) && !slices.Equal(t.Assignees, c.To)
}

// Onto implements Change.
func (c Assign) Onto(t Ticket) Change { return Assign{t.Assignees, c.To} }

// Value implements Change.
func (c Assign) Value(t Ticket) (mine, theirs string) { return nobodyOr(c.To), nobodyOr(t.Assignees) }

func nobodyOr(logins []Line) string {
	if len(logins) == 0 {
		return "nobody"
	}
	names := make([]string, len(logins))
	for i, l := range logins {
		names[i] = l.String()
	}
	return strings.Join(names, ", ")
}

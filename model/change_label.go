package model

import (
	"fmt"
	"slices"
)

type (
	// AddLabel puts one label on a ticket. It is for labels that the workflow
	// gives no meaning to.
	AddLabel struct{ Name Line }

	// RemoveLabel takes such a label off.
	RemoveLabel struct{ Name Line }
)

func (AddLabel) kind() string    { return "label" }
func (RemoveLabel) kind() string { return "unlabel" }

// Field implements Change. Labels are apart from each other: adding one never
// clashes with another.
func (c AddLabel) Field() Field { return FieldLabel + Field(" "+c.Name.raw) }

// Field implements Change.
func (c RemoveLabel) Field() Field { return AddLabel(c).Field() }

// Validate implements Change.
func (c AddLabel) Validate() error {
	if c.Name.Empty() {
		return fmt.Errorf("a label needs a name")
	}
	return nil
}

// Validate implements Change.
func (c RemoveLabel) Validate() error { return AddLabel(c).Validate() }

// Apply implements Change.
func (c AddLabel) Apply(t Ticket) Ticket {
	if !c.Done(t) {
		t.Labels = append(slices.Clip(t.Labels), c.Name)
	}
	return t
}

// Apply implements Change.
func (c RemoveLabel) Apply(t Ticket) Ticket {
	t.Labels = slices.DeleteFunc(slices.Clone(t.Labels), func(l Line) bool { return l == c.Name })
	return t
}

// Inverse implements Change.
func (c AddLabel) Inverse() (Change, bool) { return RemoveLabel(c), true }

// Inverse implements Change.
func (c RemoveLabel) Inverse() (Change, bool) { return AddLabel(c), true }

// Done implements Change.
func (c AddLabel) Done(t Ticket) bool { return slices.Contains(t.Labels, c.Name) }

// Done implements Change.
func (c RemoveLabel) Done(t Ticket) bool { return !slices.Contains(t.Labels, c.Name) }

// Clashes implements Change.
func (AddLabel) Clashes(Ticket) bool { return false }

// Clashes implements Change.
func (RemoveLabel) Clashes(Ticket) bool { return false }

// Onto implements Change.
func (c AddLabel) Onto(Ticket) Change { return c }

// Onto implements Change.
func (c RemoveLabel) Onto(Ticket) Change { return c }

// Value implements Change.
func (c AddLabel) Value(Ticket) (mine, theirs string) { return c.Name.String(), "" }

// Value implements Change.
func (c RemoveLabel) Value(Ticket) (mine, theirs string) { return "no " + c.Name.String(), "" }

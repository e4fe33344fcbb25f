package model

import "errors"

// Milestone is what a ticket is to be done for; the zero value is none. Titles
// are not unique on forges, and the ID is 0 where only the title is known.
type Milestone struct {
	ID    int64
	Title Line
}

// None reports whether it is no milestone.
func (m Milestone) None() bool { return m == Milestone{} }

// Same reports whether both are one milestone: by ID where both tell it.
func (m Milestone) Same(o Milestone) bool {
	if m.ID != 0 && o.ID != 0 {
		return m.ID == o.ID
	}
	return m.Title == o.Title
}

// SetMilestone puts a ticket into a milestone; the zero Milestone takes it out.
type SetMilestone struct{ From, To Milestone }

func (SetMilestone) kind() string { return "milestone" }

// Field implements Change.
func (SetMilestone) Field() Field { return FieldMilestone }

// Validate implements Change.
func (c SetMilestone) Validate() error {
	switch {
	case !c.From.Same(c.To):
		return nil
	case c.To.None():
		return errors.New("it is in no milestone")
	}
	return errors.New("it is in that milestone already")
}

// Apply implements Change.
func (c SetMilestone) Apply(t Ticket) Ticket { t.Milestone = c.To; return t }

// Inverse implements Change.
func (c SetMilestone) Inverse() (Change, bool) { return SetMilestone{c.To, c.From}, true }

// Done implements Change.
func (c SetMilestone) Done(t Ticket) bool { return t.Milestone.Same(c.To) }

// Clashes implements Change.
func (c SetMilestone) Clashes(t Ticket) bool { return !t.Milestone.Same(c.From) && !c.Done(t) }

// Onto implements Change.
func (c SetMilestone) Onto(t Ticket) Change { return SetMilestone{t.Milestone, c.To} }

// Value implements Change.
func (c SetMilestone) Value(t Ticket) (mine, theirs string) {
	mine, theirs = c.To.words(), t.Milestone.words()
	if mine == theirs && !c.Done(t) {
		theirs = "another " + theirs
	}
	return mine, theirs
}

func (m Milestone) words() string {
	switch {
	case m.None():
		return "no milestone"
	case m.Title.Empty():
		return "a milestone without a name"
	}
	return m.Title.String()
}

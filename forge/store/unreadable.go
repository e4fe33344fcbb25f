package store

import (
	"errors"

	"docket/model"
)

// Unreadable is a change that this docket can't read, as one of a kind that a
// newer docket wrote. It changes nothing and is never sent; a person can
// discard it, or leave it for the docket that knows it.
type Unreadable struct {
	model.Change // nil: it makes Unreadable a Change, for kinds are closed
	raw          string
}

var errUnreadable = errors.New("a newer docket made this change, and only it can send it")

// MarshalJSON refuses: an Unreadable can't become a change of another kind.
func (Unreadable) MarshalJSON() ([]byte, error) { return nil, errUnreadable }

// Field implements model.Change: a field that nothing else touches.
func (Unreadable) Field() model.Field { return "unreadable" }

// Validate implements model.Change.
func (Unreadable) Validate() error { return errUnreadable }

// Apply implements model.Change.
func (Unreadable) Apply(t model.Ticket) model.Ticket { return t }

// Inverse implements model.Change: none.
func (Unreadable) Inverse() (model.Change, bool) { return nil, false }

// Done implements model.Change.
func (Unreadable) Done(model.Ticket) bool { return false }

// Clashes implements model.Change.
func (Unreadable) Clashes(model.Ticket) bool { return false }

// Onto implements model.Change.
func (u Unreadable) Onto(model.Ticket) model.Change { return u }

// Value implements model.Change.
func (Unreadable) Value(model.Ticket) (mine, theirs string) {
	return "something that a newer docket knows", ""
}

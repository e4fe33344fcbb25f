package model

import (
	"errors"
	"time"
)

// Stamp is a point in time as changes keep it: whole seconds in UTC, for that
// is what forges keep, and so that equal ones compare equal after a restart.
type Stamp struct{ time.Time }

// StampOf cuts a time to a Stamp; the zero time stays zero.
func StampOf(t time.Time) Stamp {
	if t.IsZero() {
		return Stamp{}
	}
	return Stamp{t.UTC().Truncate(time.Second)}
}

// SetDue sets the day by which a ticket is due; the zero Stamp is none. Forges
// keep the day only, as its last second.
type SetDue struct{ From, To Stamp }

func (SetDue) kind() string { return "due" }

// Field implements Change.
func (SetDue) Field() Field { return FieldDue }

// Validate implements Change.
func (c SetDue) Validate() error {
	if sameDay(c.From.Time, c.To.Time) {
		return errors.New("it is due on that day already")
	}
	return nil
}

// Apply implements Change.
func (c SetDue) Apply(t Ticket) Ticket { t.Due = c.To.Time; return t }

// Inverse implements Change.
func (c SetDue) Inverse() (Change, bool) { return SetDue{c.To, c.From}, true }

// Done implements Change.
func (c SetDue) Done(t Ticket) bool { return sameDay(t.Due, c.To.Time) }

// Clashes implements Change.
func (c SetDue) Clashes(t Ticket) bool { return !sameDay(t.Due, c.From.Time) && !c.Done(t) }

// Onto implements Change.
func (c SetDue) Onto(t Ticket) Change { return SetDue{StampOf(t.Due), c.To} }

// Value implements Change.
func (c SetDue) Value(t Ticket) (mine, theirs string) { return day(c.To.Time), day(t.Due) }

func sameDay(a, b time.Time) bool { return day(a) == day(b) }

func day(t time.Time) string {
	if t.IsZero() {
		return "no date"
	}
	return t.UTC().Format(time.DateOnly)
}

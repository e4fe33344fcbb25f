package model

import "fmt"

// Move gives a ticket another state. From and To are states that a ticket has,
// not ones that are only shown: InProgress is OnAssignee with an assignee. Even
// says that the person wants it even though the ticket is closed.
type Move struct {
	From, To State
	Even     bool `json:",omitempty"`
}

// Resolve says how a closed ticket was closed; Unresolved takes it back.
type Resolve struct{ From, To Resolution }

// Close closes a ticket. At is when the person decided, for the screen until
// the forge tells its own time.
type Close struct{ At Stamp }

// Reopen opens a closed ticket again. Its labels bring back the state that it
// had (workflow: go back to the previous step). At is when it was closed, so
// that the reopening can be taken back.
type Reopen struct{ At Stamp }

func (Move) kind() string    { return "move" }
func (Resolve) kind() string { return "resolve" }
func (Close) kind() string   { return "close" }
func (Reopen) kind() string  { return "reopen" }

// Field implements Change.
func (Move) Field() Field { return FieldState }

// Field implements Change.
func (Resolve) Field() Field { return FieldResolution }

// Field implements Change.
func (Close) Field() Field { return FieldOpen }

// Field implements Change.
func (Reopen) Field() Field { return FieldOpen }

// Validate implements Change.
func (c Move) Validate() error {
	switch {
	case urgency(c.From) < 0:
		return fmt.Errorf("%q is not a state that a ticket can have", c.From)
	case urgency(c.To) < 0:
		return fmt.Errorf("%q is not a state that a ticket can be given", c.To)
	case c.From == c.To:
		return fmt.Errorf("it is %s already", c.To)
	}
	return nil
}

// Validate implements Change.
func (c Resolve) Validate() error {
	if c.From == c.To {
		return fmt.Errorf("it is closed as %s already", c.To)
	}
	return nil
}

// Validate implements Change.
func (c Close) Validate() error { return needStamp(c.At) }

// Validate implements Change.
func (c Reopen) Validate() error { return needStamp(c.At) }

func needStamp(at Stamp) error {
	if at.IsZero() {
		return fmt.Errorf("the time of closing is missing")
	}
	return nil
}

// Apply implements Change.
func (c Move) Apply(t Ticket) Ticket { t.State = c.To; return t }

// Apply implements Change.
func (c Resolve) Apply(t Ticket) Ticket { t.ClosedAs = c.To; return t }

// Apply implements Change.
func (c Close) Apply(t Ticket) Ticket {
	if t.Open() {
		t.ClosedAt = c.At.Time
	}
	return t
}

// Apply implements Change.
func (Reopen) Apply(t Ticket) Ticket { t.ClosedAt = Stamp{}.Time; return t }

// Inverse implements Change.
func (c Move) Inverse() (Change, bool) { return Move{c.To, c.From, c.Even}, true }

// Inverse implements Change.
func (c Resolve) Inverse() (Change, bool) { return Resolve{c.To, c.From}, true }

// Inverse implements Change.
func (c Close) Inverse() (Change, bool) { return Reopen(c), true }

// Inverse implements Change.
func (c Reopen) Inverse() (Change, bool) { return Close(c), true }

// Done implements Change.
func (c Move) Done(t Ticket) bool { return t.State == c.To }

// Done implements Change.
func (c Resolve) Done(t Ticket) bool { return t.ClosedAs == c.To }

// Done implements Change.
func (Close) Done(t Ticket) bool { return !t.Open() }

// Done implements Change.
func (Reopen) Done(t Ticket) bool { return t.Open() }

// Clashes implements Change. To close a ticket is another answer to the same
// question: where does it go from here?
func (c Move) Clashes(t Ticket) bool {
	return t.State != c.To && (t.State != c.From || !t.Open() && !c.Even)
}

// Clashes implements Change.
func (c Resolve) Clashes(t Ticket) bool { return t.ClosedAs != c.From && t.ClosedAs != c.To }

// Clashes implements Change. A ticket is open or closed: whoever comes second
// finds it as wanted.
func (Close) Clashes(Ticket) bool { return false }

// Clashes implements Change.
func (Reopen) Clashes(Ticket) bool { return false }

// Onto implements Change.
func (c Move) Onto(t Ticket) Change { return Move{t.State, c.To, !t.Open()} }

// Onto implements Change.
func (c Resolve) Onto(t Ticket) Change { return Resolve{t.ClosedAs, c.To} }

// Onto implements Change.
func (c Close) Onto(Ticket) Change { return c }

// Onto implements Change.
func (c Reopen) Onto(Ticket) Change { return c }

// Value implements Change.
func (c Move) Value(t Ticket) (mine, theirs string) {
	if !t.Open() {
		return string(c.To), openness(t)
	}
	return string(c.To), string(t.State)
}

// Value implements Change.
func (c Resolve) Value(t Ticket) (mine, theirs string) { return resolved(c.To), resolved(t.ClosedAs) }

func resolved(r Resolution) string {
	if r == Unresolved {
		return "nothing said"
	}
	return string(r)
}

// Value implements Change.
func (Close) Value(t Ticket) (mine, theirs string) { return "closed", openness(t) }

// Value implements Change.
func (Reopen) Value(t Ticket) (mine, theirs string) { return "open", openness(t) }

func openness(t Ticket) string {
	if t.Open() {
		return "open"
	}
	return "closed"
}

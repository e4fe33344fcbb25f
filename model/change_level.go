package model

import "fmt"

// SetGain sets what a ticket's work would bring.
type SetGain struct{ From, To Level }

// SetPain sets what a ticket's work would cost.
type SetPain struct{ From, To Level }

func validLevel(from, to Level) error {
	switch {
	case from > High || to > High:
		return fmt.Errorf("a level is none, low, medium or high")
	case from == to:
		return fmt.Errorf("it is %s already", to)
	}
	return nil
}

func (SetGain) kind() string { return "gain" }
func (SetPain) kind() string { return "pain" }

// Field implements Change.
func (SetGain) Field() Field { return FieldGain }

// Field implements Change.
func (SetPain) Field() Field { return FieldPain }

// Validate implements Change.
func (c SetGain) Validate() error { return validLevel(c.From, c.To) }

// Validate implements Change.
func (c SetPain) Validate() error { return validLevel(c.From, c.To) }

// Apply implements Change.
func (c SetGain) Apply(t Ticket) Ticket { t.Gain = c.To; return t }

// Apply implements Change.
func (c SetPain) Apply(t Ticket) Ticket { t.Pain = c.To; return t }

// Inverse implements Change.
func (c SetGain) Inverse() (Change, bool) { return SetGain{c.To, c.From}, true }

// Inverse implements Change.
func (c SetPain) Inverse() (Change, bool) { return SetPain{c.To, c.From}, true }

// Done implements Change.
func (c SetGain) Done(t Ticket) bool { return t.Gain == c.To }

// Done implements Change.
func (c SetPain) Done(t Ticket) bool { return t.Pain == c.To }

// Clashes implements Change.
func (c SetGain) Clashes(t Ticket) bool { return t.Gain != c.From && t.Gain != c.To }

// Clashes implements Change.
func (c SetPain) Clashes(t Ticket) bool { return t.Pain != c.From && t.Pain != c.To }

// Onto implements Change.
func (c SetGain) Onto(t Ticket) Change { return SetGain{t.Gain, c.To} }

// Onto implements Change.
func (c SetPain) Onto(t Ticket) Change { return SetPain{t.Pain, c.To} }

// Value implements Change.
func (c SetGain) Value(t Ticket) (mine, theirs string) { return c.To.String(), t.Gain.String() }

// Value implements Change.
func (c SetPain) Value(t Ticket) (mine, theirs string) { return c.To.String(), t.Pain.String() }

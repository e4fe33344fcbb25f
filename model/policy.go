package model

import "time"

// Policy says which tickets ask for attention.
type Policy struct {
	// StaleAfter is how long a ticket may rest in a state before it is stale.
	// A state that is not in it never is.
	StaleAfter map[State]time.Duration
	// DueWithin is how near a due date must be for the board to show it.
	DueWithin time.Duration
	// ClosedFor is how long closed tickets stay on the board.
	ClosedFor time.Duration
}

const aDay = 24 * time.Hour

// DefaultPolicy follows the team's habits: a reporter has two weeks to answer.
func DefaultPolicy() Policy {
	return Policy{
		StaleAfter: map[State]time.Duration{OnReporter: 14 * aDay, OnExternal: 30 * aDay},
		DueWithin:  3 * aDay,
		ClosedFor:  7 * aDay,
	}
}

// Stale reports whether the ticket has rested in its state for too long.
func (p Policy) Stale(t Ticket, now time.Time) bool { return p.stale(&t, now) }

func (p Policy) stale(t *Ticket, now time.Time) bool {
	limit, ok := p.StaleAfter[t.state()]
	return ok && now.Sub(t.Updated) > limit
}

// Due reports whether an open ticket's due date is past or near.
func (p Policy) Due(t Ticket, now time.Time) bool { return p.due(&t, now) }

func (p Policy) due(t *Ticket, now time.Time) bool {
	return t.ClosedAt.IsZero() && !t.Due.IsZero() && t.Due.Sub(now) < p.DueWithin
}

// OnBoard reports whether the board shows the ticket at all: open ones always,
// closed ones for a while.
func (p Policy) OnBoard(t Ticket, now time.Time) bool {
	return t.Open() || now.Sub(t.ClosedAt) < p.ClosedFor
}

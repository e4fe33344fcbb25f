package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Ref names a ticket: a board can hold several repositories.
type Ref struct {
	Repo   string // owner/name
	Number int64
}

// String returns owner/name#number.
func (r Ref) String() string { return fmt.Sprintf("%s#%d", r.Repo, r.Number) }

// Compare orders refs by repository, then by number.
func (r Ref) Compare(o Ref) int {
	return cmp.Or(strings.Compare(r.Repo, o.Repo), cmp.Compare(r.Number, o.Number))
}

// Person is somebody on the forge.
type Person struct {
	Login Line
	Name  Line // full name; often empty
}

// Ticket is one ticket as a forge tells it, with the fields that its labels
// stand for. Tickets are values: a function that changes one returns a copy and
// never writes into its slices.
type Ticket struct {
	Ref       Ref
	Title     Line
	URL       Line
	Author    Person
	Assignees []Line // logins, sorted
	Labels    []Line // every label the forge has on it, recognised or not
	Milestone Milestone
	Created   time.Time
	Updated   time.Time
	Due       time.Time // zero: none
	ClosedAt  time.Time // zero: open
	Comments  int
	Locked    bool

	// Gain, Pain, State and ClosedAs are what Labels mean: see Interpret.
	// State is never InProgress or Closed: those are shown, see Shown.
	Gain     Level
	Pain     Level
	State    State
	ClosedAs Resolution

	// ReporterSpoke and TeamSpoke are when the author, and anybody of the team
	// who is not the author, last commented; zero: never.
	ReporterSpoke time.Time
	TeamSpoke     time.Time
}

// Open reports whether the ticket is open.
func (t Ticket) Open() bool { return t.ClosedAt.IsZero() }

// state is Shown. It copies no ticket: it is asked for thousands at once.
func (t *Ticket) state() State {
	switch {
	case !t.ClosedAt.IsZero():
		return Closed
	case t.State == OnReporter && t.ReporterSpoke.After(t.TeamSpoke): // see Answered
		return NeedsReview
	case t.State == OnAssignee && len(t.Assignees) > 0:
		return InProgress
	}
	return t.State
}

// Answered reports whether the reporter has commented since the team last did,
// on a ticket that waits on the reporter (workflow: it needs review again, and
// the board must say so by itself).
func (t Ticket) Answered() bool {
	return t.Open() && t.State == OnReporter && t.ReporterSpoke.After(t.TeamSpoke)
}

// Triaged reports whether both levels are set.
func (t Ticket) Triaged() bool { return t.Gain != None && t.Pain != None }

// Judged reports whether anybody has said anything about the ticket by its
// labels: a gain, a pain or a state.
func (t Ticket) Judged() bool {
	return t.Gain != None || t.Pain != None || t.State != NeedsReview && t.State != ""
}

// Shown returns the state under which the board shows the ticket: Closed when
// it is closed, NeedsReview when the reporter has answered, InProgress when it
// waits on an assignee and has one, and its State otherwise.
func (t Ticket) Shown() State { return t.state() }

// AssignedTo reports whether login is among the assignees.
func (t Ticket) AssignedTo(login Line) bool { return slices.Contains(t.Assignees, login) }

// Interpret returns the ticket with the fields that its labels stand for.
func (t Ticket) Interpret(read Reading) Ticket {
	t.Gain, t.Pain, t.State, t.ClosedAs = None, None, NeedsReview, Unresolved
	for _, label := range t.Labels {
		m, ok := read(label.Raw())
		if !ok {
			continue
		}
		switch m.Field {
		case FieldGain:
			l, _ := ParseLevel(m.Value)
			t.Gain = max(t.Gain, l)
		case FieldPain:
			l, _ := ParseLevel(m.Value)
			t.Pain = max(t.Pain, l)
		case FieldState:
			if urgency(State(m.Value)) > urgency(t.State) {
				t.State = State(m.Value)
			}
		case FieldResolution:
			t.ClosedAs = plainer(t.ClosedAs, Resolution(m.Value))
		}
	}
	return t
}

// urgency settles which state holds when a ticket carries labels of several,
// as non-exclusive labels allow: the one that is worse to overlook.
func urgency(s State) int {
	return slices.Index([]State{NeedsReview, OnAssignee, OnExternal, OnReporter, NextMeeting, Urgent}, s)
}

// plainer settles how a ticket was closed when it carries labels of several
// resolutions: the first in the order of Resolutions, whatever the labels' order.
func plainer(a, b Resolution) Resolution {
	if i := slices.Index(Resolutions, a); a == Unresolved || i >= 0 && i > slices.Index(Resolutions, b) {
		return b
	}
	return a
}

// Comment is one comment of a ticket.
type Comment struct {
	Ref     Ref
	ID      int64
	Author  Person
	Body    Prose
	Created time.Time
	Updated time.Time
}

// Thread is what a ticket's pane shows beyond its card.
type Thread struct {
	Ref      Ref
	Ticket   Ticket // as the forge confirmed it; without a number while it is not known
	Body     Prose
	Comments []Comment // oldest first
	Complete bool      // false while comments are still on their way
	Events   []Event   // what happened, in order, but comments
	Told     bool      // Events are all that the ticket's last update tells of
	Links    []Link    // tickets that it mentions, then those that mention it
}

package model

import "time"

// Edit is a change to a certain ticket.
type Edit struct {
	Ref    Ref
	Change Change
}

// Status is where a change stands on its way to the forge.
type Status uint8

// The statuses, in the order a change goes through them.
const (
	Saving  Status = iota // not on disk yet: a crash now would lose it
	Pending               // on disk: will be sent, whatever happens
	Sending               // on its way: may or may not have arrived
	Clashed               // somebody changed the same field: the person must say
	Parked                // refused for good: the person must say
	Sent                  // arrived
)

var statusNames = [...]string{"saving", "pending", "sending", "clash", "parked", "sent"}

// String returns the status in small letters.
func (s Status) String() string { return statusNames[min(int(s), len(statusNames)-1)] }

// Entry is one edit in the outbox.
type Entry struct {
	ID      int64 // grows; the order in which the person made the edits
	Group   int64 // the ID of the first edit of the same action
	Edit    Edit
	Made    time.Time // when the person made it
	By      Line      // the login that made it; empty while unknown
	Status  Status
	Tries   int       // how often sending began
	Tried   time.Time // when sending last began; zero: never
	Problem *Problem  // why it waits, clashes or is parked
	Theirs  Theirs    // Clashed: what was found
}

// Theirs is the value somebody else gave a field that the person changed too.
type Theirs struct {
	Value string
	By    Person    // empty login: unknown
	At    time.Time // zero: unknown
}

// Shown reports whether the board shows the ticket as this entry wants it. A
// clashed or parked change shows the confirmed state again.
func (e Entry) Shown() bool { return e.Status <= Sending }

// Settlement is what a person decides about an entry that clashed or is parked.
type Settlement uint8

// The settlements.
const (
	Discard Settlement = iota // keep theirs; forget the change
	UseMine                   // set it over theirs
	Retry                     // send it once more
)

// Replay returns the ticket as the board shows it: what the forge confirmed
// with the entries of this ticket that are on their way, in order.
func Replay(confirmed Ticket, entries []Entry) Ticket {
	for _, e := range entries {
		if e.Shown() {
			confirmed = e.Edit.Change.Apply(confirmed)
		}
	}
	return confirmed
}

// Held reports whether an entry must wait for an earlier one of the same ticket
// that clashed or is parked: one that touches the same field, or that belongs
// to the same action. earlier are the entries of the same ticket before it.
func Held(e Entry, earlier []Entry) bool {
	for _, o := range earlier {
		stuck := o.Status == Clashed || o.Status == Parked
		if stuck && (o.Group == e.Group || o.Edit.Change.Field() == e.Edit.Change.Field()) {
			return true
		}
	}
	return false
}

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
	Saving    Status = iota // not on disk yet: a crash now would lose it
	Pending                 // on disk: will be sent, whatever happens
	Sending                 // on its way: may or may not have arrived
	Clashed                 // somebody changed the same field: the person must say
	Parked                  // refused for good: the person must say
	Sent                    // arrived
	TakenBack               // left the outbox by undo or redo, not sent as far as is known
	Dropped                 // the person discarded it
)

var statusNames = [...]string{"saving", "pending", "sending", "clash", "parked", "sent", "taken back", "discarded"}

// String returns the status in small letters.
func (s Status) String() string { return statusNames[min(int(s), len(statusNames)-1)] }

// Entry is one edit in the outbox, or, once it has left that, of the history.
type Entry struct {
	ID      int64 // grows; the order in which the person made the edits
	Group   int64 // the step that it belongs to: an action, or what takes one back or brings it again
	Back    int64 // the group that its group takes back; 0: none, it is an action of its own
	Of      int64 // the entry that it reverses or makes again; 0: none
	Gone    int64 // TakenBack: the group that took it back
	Edit    Edit
	Made    time.Time // when the person made it
	By      Line      // the login that made it; empty while unknown
	Status  Status
	Tries   int       // how often sending began
	Tried   time.Time // when sending last began; zero: never
	Problem *Problem  // why it waits, clashes or is parked
	Theirs  Theirs    // Clashed: what was found
	Comment int64     // Sent: the forge's number of the comment that it made; 0: none, or unknown
}

// Theirs is the value somebody else gave a field that the person changed too.
type Theirs struct {
	Value string
	By    Person    // empty login: unknown
	At    time.Time // zero: unknown
	Seen  Seen      `json:",omitzero"` // how far the ticket's history was known when sending first began
}

// Seen is a place in a ticket's history. What has a higher number came later,
// whatever anybody's clock says.
type Seen struct {
	At time.Time `json:",omitzero"` // when the ticket was last touched, by the forge's clock; zero: never looked
	ID int64     `json:",omitzero"` // the newest entry of that time or later; 0: there was none
}

// Shown reports whether the board shows the ticket as this entry wants it. A
// clashed or parked change shows the confirmed state again.
func (e Entry) Shown() bool { return e.Status <= Sending }

// Settled reports whether the entry has left the outbox.
func (e Entry) Settled() bool { return e.Status >= Sent }

// Unsure reports whether the entry may be on the forge although nothing says
// so: it is on its way, or an answer got lost.
func (e Entry) Unsure() bool { return e.Tries > 0 && e.Status <= Sending }

// Stuck reports whether the person must say what is to become of the entry.
func (e Entry) Stuck() bool { return e.Status == Clashed || e.Status == Parked }

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
		if !e.Shown() {
			continue
		}
		confirmed = e.Edit.Change.Apply(confirmed)
		if _, ok := e.Edit.Change.(AddComment); ok {
			confirmed = spoke(confirmed, e)
		}
	}
	return confirmed
}

// spoke notes who has spoken by an entry that is a comment, so that a question
// to a reporter who spoke last sends the ticket to wait for the answer at once.
// The comment is the latest there is, whatever this computer's clock says.
func spoke(t Ticket, e Entry) Ticket {
	latest := e.Made
	for _, at := range []time.Time{t.ReporterSpoke, t.TeamSpoke} {
		if !latest.After(at) {
			latest = at.Add(time.Second)
		}
	}
	if e.By == t.Author.Login && !e.By.Empty() {
		t.ReporterSpoke = latest
	} else {
		t.TeamSpoke = latest
	}
	return t
}

// Held reports whether an entry must wait for an earlier one of the same ticket
// that clashed or is parked: one that touches the same field, or that belongs
// to the same action. earlier are the entries of the same ticket before it.
func Held(e Entry, earlier []Entry) bool {
	for _, o := range earlier {
		if o.Stuck() && (o.Group == e.Group || o.Edit.Change.Field() == e.Edit.Change.Field()) {
			return true
		}
	}
	return false
}

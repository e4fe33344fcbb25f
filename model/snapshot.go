package model

import "time"

// Snapshot is everything the screen needs to know at one moment. Snapshots are
// never changed; a later one has a larger Rev.
type Snapshot struct {
	Rev    uint64
	Board  Board
	Outbox []Entry // what waits, is on its way, clashed or is parked, in order
	Repos  []Repo  // in the order of the board's configuration
	Me     Person  // empty login: nobody, or not known yet
	Forge  string  // host, as a person would write it

	// ReadOnly is set when there is no token: nothing can be changed.
	ReadOnly bool
	// Problem is what holds up everything, as a bad token or a full disk; nil
	// when all is well. Problems of one repository are with it.
	Problem *Problem
	// History is what the person did, newest first, at most HistoryLength
	// actions. Undo and Redo are what would be taken back or brought back next;
	// nil: nothing.
	History    []Action
	Undo, Redo *Reversal
}

// Repo is where one repository of the board stands.
type Repo struct {
	Name    string    // owner/name
	Synced  time.Time // when the board last was in step with it; zero: never
	Unasked bool      // Synced is of an earlier run: in this one the forge did not answer yet
	Phase   Phase
	Done    int // rows of the phase that came so far
	Total   int // rows that are to come in all; zero: not known
	Problem *Problem
	Rights  Rights
	Missing []Meaning // what no label of the repository can be set for; nil until labels are known
	Consent bool      // the person agreed that Docket creates missing labels
	People  []Person  // who can be assigned, by login
	Labels  []Label   // that a ticket can carry, archived ones too; nil until they are known
	// Milestones are the open ones; nil until they are known.
	Milestones []Milestone
	Archived   bool
	Private    bool
}

// Phase is what the synchronisation of a repository is doing.
type Phase uint8

// The phases.
const (
	Waiting   Phase = iota // nothing: between two polls
	Asking                 // a poll is under way
	First                  // the first sync: open tickets come in
	History                // closed tickets come in, behind the board
	Comments               // and then the comments of all
	Reconcile              // all numbers are compared
)

// Rights are what the token may do in a repository.
type Rights struct {
	Known   bool // false: nobody has asked the forge yet
	Comment bool
	Triage  bool // set labels, state and assignees
}

// Stuck returns how many entries clashed or are parked.
func (s *Snapshot) Stuck() int {
	n := 0
	for i := range s.Outbox { // without copying thousands of entries
		if s.Outbox[i].Stuck() {
			n++
		}
	}
	return n
}

// Saving returns how many entries are not on disk yet.
func (s *Snapshot) Saving() int {
	n := 0
	for i := range s.Outbox {
		if s.Outbox[i].Status == Saving {
			n++
		}
	}
	return n
}

// Repo returns where a repository stands; the zero Repo for one that the board
// does not have.
func (s *Snapshot) Repo(name string) Repo {
	for _, r := range s.Repos {
		if r.Name == name {
			return r
		}
	}
	return Repo{}
}

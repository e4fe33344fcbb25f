package model

import (
	"encoding/json"
	"fmt"
)

// Change is one operation on one field of one ticket. A change never says 'the
// whole ticket as I saw it': replacing all labels loses other people's edits.
// Where two people can disagree it carries From, the value that the person saw,
// so that somebody else's edit of the same field can be told from an edit of
// another field, which merges silently.
//
// The types are SetGain, SetPain, Move, Resolve, Close, Reopen, Assign, SetDue, SetMilestone,
// AddLabel, RemoveLabel, AddComment and RemoveComment. Each lives in a file with its kin.
type Change interface {
	// Field names what the change touches: two changes of one ticket can clash
	// only if it is the same.
	Field() Field
	// Validate returns an error in words for a person when the change makes no
	// sense by itself.
	Validate() error
	// Apply returns the ticket as it is after the change.
	Apply(Ticket) Ticket
	// Inverse returns the change that takes this one back; ok is false where
	// there is none by itself, as for a comment: see RemoveComment.
	Inverse() (c Change, ok bool)
	// Done reports whether the ticket already is as the change wants it.
	Done(Ticket) bool
	// Clashes reports whether somebody gave the field a value that is neither
	// the one that the person saw nor the one wanted.
	Clashes(Ticket) bool
	// Onto returns the change with the ticket's present value as the one that
	// the person saw: 'use mine'.
	Onto(Ticket) Change
	// Value returns the value wanted, and the ticket's value of the same field,
	// in words.
	Value(Ticket) (mine, theirs string)

	kind() string
}

// kinds reads a change of each kind, by the name written to disk. A name is
// never changed or used again: outboxes on disk hold them.
var kinds = map[string]func([]byte) (Change, error){
	"gain":    decode[SetGain],
	"pain":    decode[SetPain],
	"move":    decode[Move],
	"resolve": decode[Resolve],
	"close":   decode[Close],
	"reopen":  decode[Reopen],
	"assign":  decode[Assign],
	"due":     decode[SetDue],
	"label":   decode[AddLabel],
	"unlabel": decode[RemoveLabel],
	"comment": decode[AddComment],

	"uncomment": decode[RemoveComment],
	"milestone": decode[SetMilestone],
}

func decode[C Change](b []byte) (Change, error) {
	var c C
	err := json.Unmarshal(b, &c)
	return c, err
}

// EncodeChange writes a change for the outbox on disk.
func EncodeChange(c Change) ([]byte, error) {
	body, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	return json.Marshal(struct {
		Kind string          `json:"kind"`
		Body json.RawMessage `json:"body"`
	}{c.kind(), body})
}

// DecodeChange reads what EncodeChange wrote.
func DecodeChange(b []byte) (Change, error) {
	var in struct {
		Kind string          `json:"kind"`
		Body json.RawMessage `json:"body"`
	}
	if err := json.Unmarshal(b, &in); err != nil {
		return nil, fmt.Errorf("change: %w", err)
	}
	read, ok := kinds[in.Kind]
	if !ok {
		return nil, fmt.Errorf("change: %q is of a kind that this docket does not know", in.Kind)
	}
	c, err := read(in.Body)
	if err != nil {
		return nil, fmt.Errorf("change: %s: %w", in.Kind, err)
	}
	return c, nil
}

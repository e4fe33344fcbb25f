package model

import "time"

// Event is an entry of a ticket's history: one value of one field that came, or
// one that went. A change that replaces a value may be one entry or two.
type Event struct {
	ID    int64 // grows
	By    Person
	At    time.Time // in whole seconds
	Field Field
	Came  string // the value, in the words of Change's Value; a comment's text
	Went  string
	Ref   Ref `json:",omitzero"` // of FieldMention: the ticket whose text mentions this one
}

// Link is a ticket that mentions another, or is mentioned by it.
type Link struct {
	Ref   Ref
	In    bool // it mentions the ticket; otherwise the ticket mentions it
	Known bool // Title and Open are what is known of it
	Title Line
	Open  bool
}

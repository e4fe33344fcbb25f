package model

import (
	"strings"
	"time"
)

// ProblemKind sorts what can go wrong by what the person, or the outbox, has to
// do about it.
type ProblemKind string

// The kinds.
const (
	Unreachable  ProblemKind = "unreachable"    // no connection: retry by itself
	Struggling   ProblemKind = "struggling"     // the forge answers 5xx or nonsense: retry by itself
	RateLimited  ProblemKind = "rate limited"   // retry at Until
	BadToken     ProblemKind = "bad token"      // 401: pause all, a new token is needed
	NoToken      ProblemKind = "no token"       // read-only: a token is needed
	MissingScope ProblemKind = "missing scope"  // 403: the token lacks a scope
	Forbidden    ProblemKind = "forbidden"      // 403: the person may not
	NotFound     ProblemKind = "not found"      // 404: no such repository or ticket, or a private one
	Deleted      ProblemKind = "deleted"        // 404: the ticket is gone, its repository is not; Place is the ticket
	Moved        ProblemKind = "moved"          // 301: renamed or transferred; Place says where to
	Refused      ProblemKind = "refused"        // 4xx: the forge will not, for good
	Withheld     ProblemKind = "withheld"       // docket itself will not: what it would change is not what the person saw
	Locked       ProblemKind = "archived"       // 423: the repository is archived
	NoLabel      ProblemKind = "no label"       // a label that is needed does not exist
	Ignored      ProblemKind = "ignored"        // the forge said yes and did nothing
	Certificate  ProblemKind = "certificate"    // TLS could not be verified
	NotAForge    ProblemKind = "not a forge"    // something else answers there
	Clash        ProblemKind = "clash"          // somebody was faster: ask
	DiskFull     ProblemKind = "disk full"      // the store can't be written
	BrokenStore  ProblemKind = "broken store"   // the store's content is damaged
	ClosedStore  ProblemKind = "closed store"   // the store can't be opened or written where it lies
	NewerStore   ProblemKind = "newer store"    // a newer docket wrote it
	BadInput     ProblemKind = "bad input"      // the person wrote something impossible
	Bug          ProblemKind = "internal error" // none of the above
)

// Problem is what went wrong, for a person: which operation, which kind, and
// what is known beyond that. The words for it are made at one place, in ui.
// Problems never hold a token.
type Problem struct {
	Op     string // what was being done, as 'sync infra/tickets'
	Kind   ProblemKind
	Detail Line      // the forge's or the system's own words, if any
	Until  time.Time // RateLimited: when to come back
	Place  Line      // Moved: the new place; NoLabel: the label; others: host or file
	Err    error     // the cause, for errors.Is and logs; may be nil
}

// Error implements error, for logs; people read ui's words instead.
func (p *Problem) Error() string {
	parts := []string{p.Op, string(p.Kind)}
	if !p.Place.Empty() {
		parts = append(parts, p.Place.String())
	}
	if !p.Detail.Empty() {
		parts = append(parts, p.Detail.String())
	} else if p.Err != nil {
		parts = append(parts, p.Err.Error())
	}
	return strings.Join(parts, ": ")
}

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.Err }

// Passes reports whether waiting may help, so that it is tried again without
// asking anybody.
func (p *Problem) Passes() bool {
	switch p.Kind {
	case Unreachable, Struggling, RateLimited, DiskFull:
		return true
	}
	return false
}

// StopsAll reports whether nothing else can be sent either before the person
// has done something.
func (p *Problem) StopsAll() bool {
	switch p.Kind {
	case BadToken, NoToken, Certificate, NotAForge:
		return true
	}
	return false
}

// Package forge is the world behind the board: the port to a forge, the store
// that keeps what it said, and the Desk, which owns both and keeps the board in
// step with everybody else's work.
//
// Every error that leaves this package, or an implementation of its ports, is
// or wraps a *model.Problem: an operation, a kind and what to know beyond that.
package forge

import (
	"context"
	"time"

	"docket/model"
)

// Forge is the port: what Docket needs of a Gitea or Forgejo. Implementations
// are safe for concurrent use. Every call ends when its context does. No call
// follows a redirect: it fails with model.Moved, for a write that follows one
// silently writes nothing.
type Forge interface {
	// Me returns whose token it is; model.NoToken when there is none.
	Me(ctx context.Context) (model.Person, error)
	// Repo returns what the token may do in a repository.
	Repo(ctx context.Context, repo string) (RepoFacts, error)
	// Labels returns the labels that a ticket of the repository can carry: its
	// own, and those of the organisation that owns it where the token may see
	// them.
	Labels(ctx context.Context, repo string) ([]model.Label, error)
	// CreateLabels creates labels in a repository; ones that exist are left.
	CreateLabels(ctx context.Context, repo string, labels []model.Label) error
	// Milestones returns the open milestones of a repository, in the forge's
	// order; none where the repository has no such thing.
	Milestones(ctx context.Context, repo string) ([]model.Milestone, error)
	// People returns who can be assigned, by login.
	People(ctx context.Context, repo string) ([]model.Person, error)
	// Tickets returns one page of a repository's tickets, latest created first.
	Tickets(ctx context.Context, repo string, q Query) (Page[Row], error)
	// Comments returns one page of the comments of all tickets of a repository.
	Comments(ctx context.Context, repo string, q Query) (Page[model.Comment], error)
	// Thread returns all comments of one ticket, oldest first.
	Thread(ctx context.Context, ref model.Ref) ([]model.Comment, error)
	// Ticket returns one ticket as it is now.
	Ticket(ctx context.Context, ref model.Ref) (Row, error)
	// Apply carries out one change and returns the ticket as it is afterwards.
	// It checks that the forge did what it said yes to: model.Ignored if not.
	// A comment is deleted by its number only, and only if the person whose
	// token it is wrote it, on this ticket, and it still says the same:
	// model.Withheld if not. One that is gone is no problem.
	Apply(ctx context.Context, o Order) (Receipt, error)
	// LastEdit tells who last changed a field of a ticket, and when; the zero
	// value when the forge does not tell.
	LastEdit(ctx context.Context, ref model.Ref, field model.Field) (model.Theirs, error)
	// History returns what happened to a ticket at or after a whole second, the
	// zero time being its beginning, by ID.
	History(ctx context.Context, ref model.Ref, since time.Time) ([]Event, error)
}

// Event is an entry of a ticket's history.
type Event = model.Event

// RepoFacts is what a forge tells about a repository.
type RepoFacts struct {
	Rights   model.Rights
	Archived bool
	Private  bool
}

// Row is a ticket with the body that its card does not show.
type Row struct {
	Ticket model.Ticket
	Body   model.Prose
}

// Receipt is what a forge answers to an order.
type Receipt struct {
	Row           // the ticket as it is afterwards
	Comment int64 // the number of the comment that was added; 0: none was
}

// Query selects what a page holds.
type Query struct {
	State string    // open, closed or all; of tickets only
	Since time.Time // updated at or after this whole second; zero: everything
	Page  int       // from 1
}

// Page is one page as it came. A forge cuts a page's size without a word, so
// nothing may be inferred from how many rows were asked for: go on while More.
type Page[T any] struct {
	Rows  []T
	Total int       // rows on all pages; -1 when the forge does not tell
	Pages int       // number of the last page; 0 when the forge does not tell
	More  bool      // another page follows
	At    time.Time // the forge's clock when it answered; zero when it does not tell
}

// Order is one change to carry out.
type Order struct {
	Now    model.Ticket // the ticket as Ticket returned it a moment ago
	Change model.Change
	Labels []model.Label // the repository's labels, as Labels returned them
}

package forge

import (
	"context"
	"time"

	"docket/model"
	"docket/model/query"
)

// Store keeps on disk what the forge said and what the person wants. Several
// processes may share one. Implementations are safe for concurrent use; every
// method that writes has written durably when it returns nil: what the screen
// calls pending survives a kill. After model.BrokenStore the store is closed and
// opened again: opening puts a fresh one in place of a broken one.
type Store interface {
	// Load returns the board's tickets: the open ones of these repositories,
	// and those closed after the given time, interpreted by the store's scheme.
	Load(ctx context.Context, repos []string, closedAfter time.Time) ([]model.Ticket, error)
	// Changes returns the tickets that any process wrote after a revision, the
	// refs dropped since, and the present revision, which never falls. Start
	// with the revision that Revision returned before Load.
	Changes(ctx context.Context, repos []string, after int64) (put []model.Ticket, gone []model.Ref, rev int64, err error)
	// Revision returns the number of the latest write of tickets.
	Revision(ctx context.Context) (int64, error)
	// Version returns a number that changes when another process has written
	// anything. It is cheap enough to ask several times a second.
	Version(ctx context.Context) (int64, error)

	// SaveTickets keeps rows of a repository and returns the tickets that are
	// different now. A row older than the one kept is ignored.
	SaveTickets(ctx context.Context, repo string, rows []Row) ([]model.Ticket, error)
	// SaveComments keeps comments and returns the tickets whose ReporterSpoke
	// or TeamSpoke are different now. Comments may come before their ticket.
	SaveComments(ctx context.Context, repo string, comments []model.Comment) ([]model.Ticket, error)
	// SaveThread replaces all comments of one ticket by those given and marks
	// the thread as complete.
	SaveThread(ctx context.Context, ref model.Ref, comments []model.Comment) ([]model.Ticket, error)
	// SavePeople keeps who can be assigned in a repository: the team, whose
	// comments count as the team's. It returns the tickets that changed by that.
	SavePeople(ctx context.Context, repo string, people []model.Person) ([]model.Ticket, error)
	// SaveTimeline keeps what happened to a ticket, in place of what was kept. It
	// is all that the ticket tells while it was last updated at that time.
	SaveTimeline(ctx context.Context, ref model.Ref, events []model.Event, upto time.Time) error
	// Tickets returns those of the given tickets that are kept.
	Tickets(ctx context.Context, refs []model.Ref) ([]model.Ticket, error)
	// DropTickets forgets tickets that the forge no longer has.
	DropTickets(ctx context.Context, refs []model.Ref) error
	// Numbers returns the numbers of all tickets kept of a repository, sorted.
	Numbers(ctx context.Context, repo string) ([]int64, error)
	// Search returns where texts occur: in which of the tickets kept of these
	// repositories, in title, body or a comment. It is quick enough to be asked
	// at every key, and finds what query.Text.In would, as far as Index has come.
	Search(ctx context.Context, repos []string, texts []query.Text) (query.Found, error)
	// Index makes what was written searchable, a number of tickets at most, and
	// reports whether more are left. Writing does not wait for it.
	Index(ctx context.Context, most int) (left bool, err error)
	// Thread returns what is kept of a ticket, but Links.
	Thread(ctx context.Context, ref model.Ref) (model.Thread, error)

	// Untimed returns the numbers of tickets, at most so many, that were made
	// after a time and that somebody has triaged, but of which nobody asked when.
	// The latest come first.
	Untimed(ctx context.Context, repo string, createdAfter time.Time, most int) ([]int64, error)
	// SaveTriage keeps when a ticket was first triaged; the zero time when the
	// forge does not tell.
	SaveTriage(ctx context.Context, ref model.Ref, at time.Time) error
	// Triaged returns when the tickets of these repositories were first triaged,
	// as far as it is kept.
	Triaged(ctx context.Context, repos []string) (map[model.Ref]time.Time, error)

	// Repo returns what is kept about a repository; the zero value (with its
	// name) when nothing is.
	Repo(ctx context.Context, repo string) (RepoState, error)
	// SaveRepo keeps it.
	SaveRepo(ctx context.Context, s RepoState) error
	// Me returns whose token it is that a mark stands for; the zero value when
	// that was never learned.
	Me(ctx context.Context, mark string) (model.Person, error)
	// SaveMe keeps it.
	SaveMe(ctx context.Context, mark string, p model.Person) error

	// Append adds entries to the outbox, all or none. IDs are the caller's; one
	// that another process took fails with model.Clash. An entry that is there
	// already is left, so an Append whose answer got lost may be repeated.
	Append(ctx context.Context, entries []model.Entry) error
	// Update keeps an entry's new status, tries, problem, theirs and change, and
	// its repository's new name. It does nothing and reports false when the entry
	// has left the outbox.
	Update(ctx context.Context, e model.Entry) (bool, error)
	// Remove takes entries out of the outbox that the person discarded. They
	// stay as history.
	Remove(ctx context.Context, ids ...int64) error
	// TakeBack takes entries out of the outbox, as taken back by a group, and
	// appends others, as one write. The former come as the person saw them: it
	// does nothing and fails with model.Clash when one that was surely not sent
	// then has left the outbox, or may be sent now. One that was Unsure is
	// taken out unless it has arrived.
	TakeBack(ctx context.Context, group int64, leave, enter []model.Entry) error
	// Arrived marks an entry as sent, even one that was taken back meanwhile,
	// and keeps the ticket as the forge has it now, as one write, so that no
	// reader sees one without the other. A zero row keeps no ticket. A comment
	// that the entry deleted is forgotten.
	Arrived(ctx context.Context, e model.Entry, row Row) ([]model.Ticket, error)
	// Outbox returns all entries that have not been sent, by ID. One that this
	// docket can't read comes as Parked, with a Problem and a change that
	// changes nothing; the others are not held up by it.
	Outbox(ctx context.Context) ([]model.Entry, error)
	// Past returns what left the outbox after a mark, by ID, of the latest
	// model.HistoryLength actions, and the present mark. Marks never fall; the
	// first is 0.
	Past(ctx context.Context, after int64) (entries []model.Entry, mark int64, err error)
	// Lead reports whether this process is the one that sends what a person
	// made, and becomes it when there is none. The operating system ends the
	// lead of a process that dies. People who share a store have a lead each.
	Lead(login string) (bool, error)

	// SaveDraft keeps unfinished text under a key; empty text forgets it.
	SaveDraft(ctx context.Context, key, text string) error
	// Drafts returns all unfinished texts.
	Drafts(ctx context.Context) (map[string]string, error)

	// Close releases the store. Nothing else may be called afterwards.
	Close() error
}

// RepoState is what the store keeps about a repository beside its tickets.
type RepoState struct {
	Name          string
	Facts         RepoFacts
	FactsAt       time.Time // when Facts, Labels and People were last asked for; zero: never
	Labels        []model.Label
	Milestones    []model.Milestone // open ones; nil: not known
	People        []model.Person
	Consent       bool      // the person agreed that missing labels are created
	OpenDone      bool      // all open tickets came in once
	AllDone       bool      // every ticket and comment came in once
	Since         time.Time // everything updated before this is in: the next poll asks from here
	CommentsSince time.Time // the same, for comments
	Synced        time.Time // when a poll last succeeded, by our clock
	Reconciled    time.Time // when all numbers were last compared
	Total         int       // tickets of all states that the forge counted then
}

package ui

import (
	"context"
	"io"
	"time"

	"docket/model"
	"docket/model/query"
)

// Desk is what the board needs of the world behind it. All methods but Thread,
// Timeline, Search and All return at once, whatever disk and network do, and may
// be called from Update.
type Desk interface {
	// Snapshot returns the latest picture.
	Snapshot() *model.Snapshot
	// Changed receives a value when a later picture is there.
	Changed() <-chan struct{}
	// Submit takes edits that are one action and returns a picture with them.
	Submit(edits ...model.Edit) *model.Snapshot
	// Settle carries out what the person decided about a change that waits.
	Settle(id int64, how model.Settlement) *model.Snapshot
	// Amend puts another change in the place of one that waits.
	Amend(id int64, c model.Change) *model.Snapshot
	// Reverse takes back or brings back an action, as Snapshot.Undo and
	// Snapshot.Redo say; false when that is no longer what comes next.
	Reverse(r *model.Reversal) (*model.Snapshot, bool)
	// Consent notes that missing labels may be created in a repository.
	Consent(repo string) *model.Snapshot
	// Thread returns what is known of a ticket, its body and comments above all.
	// It may wait for disk and network, so it is called in a tea.Cmd only.
	Thread(ctx context.Context, ref model.Ref) (model.Thread, error)
	// Search returns where texts occur in titles, bodies and comments. It may
	// wait for the disk, so it is called in a tea.Cmd only.
	Search(ctx context.Context, texts []query.Text) (query.Found, error)
	// All returns every ticket that is kept, however old, with the person's own
	// changes on top. It reads the disk, so it is called in a tea.Cmd only.
	All(ctx context.Context) (model.Archive, error)
	// Timeline is Thread with all that happened: it may ask the forge for that.
	// An error comes with what is known.
	Timeline(ctx context.Context, ref model.Ref) (model.Thread, error)
	// Sync asks for a poll now, Focus tells whether anybody is looking.
	Sync()
	Focus(focused bool)
	// Draft and SaveDraft keep text across dialogs and restarts; Drafts returns
	// the keys, sorted, that begin so and have text kept under them.
	Draft(key string) string
	Drafts(begin string) []string
	SaveDraft(key, text string)
}

// Options are what a board needs to start.
type Options struct {
	Settings
	Reloads  <-chan Reload // brings other settings while the board runs; nil: none will come
	Desk     Desk
	Banner   string // one quiet line under the status bar; empty: none
	Insecure bool   // others can read what is sent: say so all the time
	Now      func() time.Time
	Environ  []string // for $VISUAL, $EDITOR and what kind of session this is
	ASCII    bool     // the terminal can't show other signs
	// Accessible tells the board line by line, for screen readers, instead of
	// drawing it.
	Accessible bool
	transcript io.Writer // where it is told; nil is standard output
	Dark       bool      // the background to assume until the terminal has told
}

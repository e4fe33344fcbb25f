package forge

import (
	"context"

	"docket/model"
	"docket/model/query"
)

// Thread returns a ticket's body and comments. What the store has of it
// completely comes from there; otherwise the forge is asked, and when it can't
// be reached, what there is comes with Complete unset. It blocks: never call it
// on the screen's goroutine.
func (d *Desk) Thread(ctx context.Context, ref model.Ref) (model.Thread, error) {
	op := "read the comments of " + ref.String()
	thread, err := d.store.Thread(ctx, ref)
	if err != nil {
		return thread, asProblem(op, err)
	}
	if thread.Complete {
		return thread, nil
	}
	comments, err := d.forge.Thread(ctx, ref)
	if err == nil {
		_, err = d.keep(ctx, false, func(ctx context.Context) ([]model.Ticket, error) {
			return d.store.SaveThread(ctx, ref, comments)
		})
	}
	if err != nil {
		if p := asProblem(op, err); ctx.Err() != nil || !p.Passes() {
			return thread, p
		}
		return thread, nil
	}
	fresh, err := d.store.Thread(ctx, ref)
	if err != nil {
		return thread, asProblem(op, err)
	}
	return fresh, nil
}

// Search returns where texts occur in the titles, bodies and comments of the
// board's repositories, closed tickets among them. It waits for the disk: never
// call it on the screen's goroutine.
func (d *Desk) Search(ctx context.Context, texts []query.Text) (query.Found, error) {
	d.index(ctx, func() bool { return true })
	found, err := d.store.Search(ctx, d.repos, texts)
	if err != nil {
		return nil, asProblem("search", err)
	}
	return found, nil
}

// indexAtOnce is how many tickets are made searchable in one go. Whoever wants
// to write waits that long.
const indexAtOnce = 25

// index makes what came in searchable while goOn says so. A failure only leaves
// the latest words to be found later.
func (d *Desk) index(ctx context.Context, goOn func() bool) {
	d.indexing.Lock()
	defer d.indexing.Unlock()
	for left := true; left && goOn() && ctx.Err() == nil; {
		var err error
		if left, err = d.store.Index(ctx, indexAtOnce); err != nil {
			d.log.Info("index", "problem", err)
		}
	}
}

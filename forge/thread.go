package forge

import (
	"context"

	"docket/model"
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
			return d.store.SaveThread(ctx, ref, d.standing(comments))
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

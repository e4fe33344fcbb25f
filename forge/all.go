package forge

import (
	"context"
	"time"

	"docket/model"
)

// All returns every ticket that is kept, however old, with the person's own
// changes on top, and when they were first triaged. It reads the disk: never
// call it on the screen's goroutine.
func (d *Desk) All(ctx context.Context) (model.Archive, error) {
	out := model.Archive{Complete: true}
	tickets, err := d.store.Load(ctx, d.repos, time.Time{})
	if err == nil {
		out.Triaged, err = d.store.Triaged(ctx, d.repos)
	}
	for _, repo := range d.repos {
		if err != nil {
			return model.Archive{}, asProblem("read all tickets", err)
		}
		var s RepoState
		s, err = d.store.Repo(ctx, repo)
		out.Complete = out.Complete && s.AllDone
	}
	if err != nil {
		return model.Archive{}, asProblem("read all tickets", err)
	}
	board := d.Snapshot().Board
	for i, t := range tickets {
		if card, _, _, ok := board.Find(t.Ref); ok {
			tickets[i] = card.Ticket
		}
	}
	out.Tickets = tickets
	return out, nil
}

// Complete brings in what a board fetches only bit by bit behind its polls:
// every ticket that the forge ever had. It follows Once, for commands that
// count. came, if any, is told how far it is.
func (d *Desk) Complete(ctx context.Context, came func(repo string, done, total int)) error {
	for _, v := range d.visits {
		for {
			state, err := d.store.Repo(ctx, v.repo)
			if err != nil {
				return asProblem("read the store", err)
			}
			if v.state = state; state.AllDone {
				break
			}
			if err := v.sweepStep(ctx, d.clock.Now()); err != nil {
				return asProblem("fetch the history of "+v.repo, err)
			}
			if r := d.Snapshot().Repo(v.repo); came != nil {
				came(v.repo, r.Done, r.Total)
			}
		}
	}
	return ctx.Err()
}

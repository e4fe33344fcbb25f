package forge

import (
	"context"
	"time"

	"docket/model"
)

// atOnce is how many tickets are shown in one go: a key press that comes
// meanwhile must not wait longer than its own share of a frame.
const atOnce = 200

// keep has a write put tickets into the store and shows what it says is
// different now. notice marks that as somebody else's doing. It returns how
// many tickets are different.
func (d *Desk) keep(ctx context.Context, notice bool, write func(context.Context) ([]model.Ticket, error)) (int, error) {
	d.inStep.Lock()
	defer d.inStep.Unlock()
	tickets, err := write(ctx)
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	d.stored(err)
	if err != nil {
		return 0, asProblem("write to the store", err)
	}
	d.show(tickets, notice)
	return len(tickets), nil
}

// show puts tickets on the board, a part at a time.
func (d *Desk) show(tickets []model.Ticket, notice bool) {
	var noticed time.Time
	if notice {
		noticed = d.clock.Now()
	}
	for len(tickets) > 0 {
		n := min(atOnce, len(tickets))
		d.mu.Lock()
		if d.picture.put(tickets[:n], noticed) {
			d.publish()
		}
		d.mu.Unlock()
		tickets = tickets[n:]
	}
}

// forget drops tickets that the forge no longer has.
func (d *Desk) forget(ctx context.Context, refs []model.Ref) error {
	d.inStep.Lock()
	defer d.inStep.Unlock()
	err := d.store.DropTickets(ctx, refs)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	d.stored(err)
	if err != nil {
		return asProblem("write to the store", err)
	}
	d.update(func(p *picture) { p.drop(refs) })
	return nil
}

// deleted makes a ticket that was not found one that was deleted, and forgets
// it, once the forge lists others of its repository and does not find this one
// still. Otherwise the whole repository may be gone, or closed to us: then nothing
// is forgotten, and the problem stays what it is.
func (d *Desk) deleted(ctx context.Context, ref model.Ref, p *model.Problem) *model.Problem {
	if p == nil || p.Kind != model.NotFound {
		return p
	}
	page, err := read(ctx, d, func() (Page[Row], error) {
		return d.forge.Tickets(ctx, ref.Repo, Query{State: "all", Page: 1})
	})
	if err != nil || len(page.Rows) == 0 {
		return p
	}
	if _, err = d.forge.Ticket(ctx, ref); kindOf(err) != model.NotFound {
		return p
	}
	if err = d.forget(ctx, []model.Ref{ref}); err != nil {
		d.log.Info("forget", "ticket", ref.String(), "problem", err)
	}
	return &model.Problem{Op: p.Op, Kind: model.Deleted, Place: model.NewLine(ref.String()), Detail: p.Detail, Err: p}
}

// noteRepo changes what is kept about a repository, beginning with what the store
// has: other processes write it, too.
func (d *Desk) noteRepo(ctx context.Context, repo string, change func(*RepoState)) error {
	d.inStep.Lock()
	defer d.inStep.Unlock()
	s, err := d.store.Repo(ctx, repo)
	if err == nil {
		change(&s)
		err = d.store.SaveRepo(ctx, s)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	d.stored(err)
	if err != nil {
		return asProblem("write to the store", err)
	}
	missing := d.missing(s)
	d.update(func(p *picture) { p.know(s, missing) })
	return nil
}

// missing returns what no label of a repository can be set for; nil until its
// labels are known.
func (d *Desk) missing(s RepoState) []model.Meaning {
	if s.FactsAt.IsZero() {
		return nil
	}
	return d.scheme.Missing(s.Labels)
}

package forge

import (
	"context"
	"sync"
)

// Once syncs everything that the board shows and tries to send each waiting
// change once, then returns: for commands that print and end. It takes the
// place of Run. The error is the first *model.Problem of any repository.
func (d *Desk) Once(ctx context.Context) error {
	problems := make([]error, len(d.visits)+1)
	problems[0] = d.writeQueue(ctx, true)
	var visits sync.WaitGroup
	for i, v := range d.visits {
		visits.Go(func() {
			state, err := d.store.Repo(ctx, v.repo)
			if err == nil {
				v.nextFacts = state.FactsAt.Add(d.pace.Facts)
				v.asked.Store(true)
				if err = v.round(ctx); ctx.Err() == nil {
					v.settle(err)
				}
			}
			problems[i+1] = err
		})
	}
	visits.Wait()
	if !d.readOnly.Load() {
		d.sendOnce(ctx)
	}
	for _, err := range problems {
		if err != nil {
			return asProblem("sync", err)
		}
	}
	if p := d.Snapshot().Problem; p != nil {
		return p
	}
	return ctx.Err()
}

// sendOnce tries each ticket's changes in order until one has to wait.
func (d *Desk) sendOnce(ctx context.Context) {
	d.offerLead(ctx)
	d.mu.Lock()
	lead := d.dispatch.lead
	d.mu.Unlock()
	for lead && ctx.Err() == nil {
		due, _ := d.takeDue(d.clock.Now())
		if len(due) == 0 {
			d.tell(forever)
			return
		}
		var hands sync.WaitGroup
		for _, e := range due {
			hands.Go(func() {
				d.deliver(ctx, e)
				d.handBack(e)
			})
		}
		hands.Wait()
	}
}

package forge

import (
	"context"
	"slices"
	"time"

	"docket/model"
)

// readStore reads what a board begins with. inStep is held.
func (d *Desk) readStore(ctx context.Context) (k kept, err error) {
	if d.version, err = d.store.Version(ctx); err != nil {
		return k, err
	}
	if d.revision, err = d.store.Revision(ctx); err != nil {
		return k, err
	}
	if k.tickets, err = d.store.Load(ctx, d.repos, d.clock.Now().Add(-d.closedFor())); err != nil {
		return k, err
	}
	if k.outbox, err = d.store.Outbox(ctx); err != nil {
		return k, err
	}
	if k.past, d.left, err = d.store.Past(ctx, 0); err != nil {
		return k, err
	}
	for i, e := range k.outbox {
		if e.Status == model.Sending { // whoever sent it was interrupted
			k.outbox[i].Status = model.Pending
		}
	}
	if !d.readOnly.Load() {
		if k.me, err = d.store.Me(ctx, d.mark); err != nil {
			return k, err
		}
	}
	if k.states, k.missing, err = d.readStates(ctx); err != nil {
		return k, err
	}
	k.drafts, err = d.store.Drafts(ctx)
	if k.drafts == nil {
		k.drafts = map[string]string{}
	}
	return k, err
}

func (d *Desk) readStates(ctx context.Context) (states []RepoState, missing [][]model.Meaning, err error) {
	for _, repo := range d.repos {
		s, err := d.store.Repo(ctx, repo)
		if err != nil {
			return nil, nil, err
		}
		states = append(states, s)
		missing = append(missing, d.missing(s))
	}
	return states, missing, nil
}

// follow watches for what other processes write into the store they share with
// this one, until ctx ends.
func (d *Desk) follow(ctx context.Context) {
	for d.wait(ctx, d.pace.Follow, nil) {
		v, err := d.store.Version(ctx)
		if err == nil && v == d.followed() {
			continue
		}
		if err == nil {
			err = d.catchUp(ctx)
		}
		if err != nil && ctx.Err() == nil {
			d.stored(err)
			if !d.wait(ctx, askLead, nil) {
				return
			}
		}
	}
}

func (d *Desk) followed() int64 {
	d.inStep.Lock()
	defer d.inStep.Unlock()
	return d.version
}

// catchUp brings memory to what the store holds.
func (d *Desk) catchUp(ctx context.Context) error {
	d.inStep.Lock()
	defer d.inStep.Unlock()
	return d.catchUpInStep(ctx)
}

// catchUpInStep does it while inStep is held. The outbox is read before the
// tickets: an entry that is seen to be gone has its ticket among the changes.
func (d *Desk) catchUpInStep(ctx context.Context) error {
	version, err := d.store.Version(ctx)
	if err != nil {
		return err
	}
	outbox, err := d.store.Outbox(ctx)
	if err != nil {
		return err
	}
	past, left, err := d.store.Past(ctx, d.left)
	if err != nil {
		return err
	}
	put, gone, rev, err := d.store.Changes(ctx, d.repos, d.revision)
	if err != nil {
		return err
	}
	states, missing, err := d.readStates(ctx)
	if err != nil {
		return err
	}
	d.version, d.revision, d.left = version, rev, left

	d.mu.Lock()
	own := d.picture.entriesOf(nil)
	for i, s := range states {
		d.picture.know(s, missing[i])
	}
	d.takeOutbox(outbox)
	d.notice(past...)
	d.picture.settle(past...)
	// A change of one's own that another process sent comes in with the entry
	// going out: one step, and nobody else's doing.
	var mine, others []model.Ticket
	for _, t := range put {
		if own[t.Ref] != nil {
			mine = append(mine, t)
		} else {
			others = append(others, t)
		}
	}
	d.picture.put(mine, time.Time{})
	d.picture.drop(gone)
	d.publish()
	d.mu.Unlock()
	d.show(others, d.settledIn(states))
	nudge(d.wakeSender)
	return nil
}

// settledIn reports whether all repositories came in once: what changes from
// then on is somebody's doing.
func (d *Desk) settledIn(states []RepoState) bool {
	return !slices.ContainsFunc(states, func(s RepoState) bool { return !s.OpenDone })
}

// takeOutbox takes the outbox as it is on disk, but for entries that are in
// hand here or have something unsaved. mu is held.
func (d *Desk) takeOutbox(outbox []model.Entry) {
	s := &d.dispatch
	ours := func(e model.Entry) bool {
		return d.queue.unsaved[e.ID] > 0 || s.busy[e.Edit.Ref] == e.ID
	}
	kept := map[int64]bool{}
	var enter []model.Entry
	var gone []int64
	for _, e := range outbox {
		kept[e.ID] = true
		d.notice(e)
		if e.Status == model.Sending && s.lead && e.By == s.as {
			e.Status = model.Pending // the process that sent it is gone
		}
		was, known := d.picture.entry(e.ID)
		if ours(e) || known && was.Status == e.Status && was.Tries == e.Tries && alike(was, e) {
			continue
		}
		enter = append(enter, e)
	}
	for _, e := range d.picture.outbox {
		if !kept[e.ID] && !ours(e) {
			gone = append(gone, e.ID)
		}
	}
	d.picture.enter(enter...)
	d.picture.remove(gone...)
}

package forge

import (
	"cmp"
	"context"
	"slices"

	"docket/model"
)

// chronicle is the history as snapshots show it, and what undo and redo would
// do next.
type chronicle struct {
	actions    []model.Action
	undo, redo *model.Reversal
}

// Reverse takes back an action, or brings one back, as a snapshot announced it
// by Undo or Redo, and returns the snapshot that shows it. What was not sent
// leaves the outbox; what was sent is reversed by changes of one new action.
//
// It does nothing and reports false when that is not what comes next any more,
// or when it would by now delete a comment that Deletes did not tell of: the
// person is asked about those, unless they have agreed to that (Meanwhile). When
// another process turns out to have sent such a comment, the action stands again
// a moment later.
func (d *Desk) Reverse(r *model.Reversal) (*model.Snapshot, bool) {
	if d.readOnly.Load() || r == nil {
		return d.Snapshot(), false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.reverse(r) {
		return d.Snapshot(), false
	}
	return d.publish(), true
}

// reverse does what Reverse says. mu is held.
func (d *Desk) reverse(announced *model.Reversal) bool {
	d.picture.recount()
	r := d.picture.chronicle.undo
	if announced.Brings {
		r = d.picture.chronicle.redo
	}
	if r == nil || r.Takes != announced.Takes || len(r.Deletes()) > len(announced.Deletes()) && !announced.Meanwhile {
		return false
	}
	agreed := *r
	agreed.Meanwhile = announced.Meanwhile
	now := d.clock.Now()
	group := d.nextID(now.UnixNano())
	leave, enter, onDisk := slices.Clone(r.Leave), slices.Clone(r.Enter), slices.Clone(r.Enter)
	for i := range leave {
		leave[i].Status, leave[i].Gone = model.TakenBack, group
	}
	for i := range enter {
		e := &enter[i]
		if e.ID = group; i > 0 {
			e.ID = d.nextID(now.UnixNano())
		}
		e.Group, e.Back, e.Made, e.By = group, r.Takes, now, d.dispatch.as // saving, or asked about
		onDisk[i] = saved(*e)
	}
	d.picture.settle(leave...)
	d.picture.enter(enter...)
	d.enqueue(func(ctx context.Context) error { return d.store.TakeBack(ctx, group, r.Leave, onDisk) }, append(leave, enter...)...)
	d.queue.jobs[len(d.queue.jobs)-1].reversal = &agreed
	return true
}

// rethink takes up again a reversal that another process overtook: it had sent
// or taken out what was to leave, and this one had not heard of it yet. inStep
// is held.
func (d *Desk) rethink(ctx context.Context, j job) error {
	d.mu.Lock()
	d.queue.jobs = slices.Delete(d.queue.jobs, 0, 1)
	for _, id := range j.ids {
		if d.queue.unsaved[id]--; d.queue.unsaved[id] <= 0 {
			delete(d.queue.unsaved, id)
		}
	}
	d.picture.remove(j.ids...)
	d.picture.forgetPast(j.ids...)
	d.mu.Unlock()
	err := d.catchUpInStep(ctx)
	d.stored(err)
	if err != nil {
		return asProblem("read the store", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.reverse(j.reversal) {
		d.publish()
	}
	return nil
}

// notice keeps IDs growing beyond those of other processes. mu is held.
func (d *Desk) notice(entries ...model.Entry) {
	for _, e := range entries {
		d.lastID = max(d.lastID, e.ID, e.Gone)
	}
}

// recount brings the chronicle up to date if anything in it changed, and
// forgets what is too old for it.
func (p *picture) recount() {
	if !p.stale {
		return
	}
	p.stale = false
	entries := make([]*model.Entry, 0, len(p.past)+len(p.outbox))
	past, waiting := p.past, p.outbox
	for len(past)+len(waiting) > 0 {
		next := &past
		if len(past) == 0 || len(waiting) > 0 && waiting[0].ID < past[0].ID {
			next = &waiting
		}
		entries = append(entries, &(*next)[0])
		*next = (*next)[1:]
	}
	c := &p.chronicle
	c.actions, c.undo, c.redo = model.Chronicle(entries, p.me.Login)
	if n := len(c.actions); n == model.HistoryLength {
		old, _ := place(p.past, c.actions[n-1].ID)
		p.past = slices.Delete(p.past, 0, old)
	}
}

// settle moves entries that have left the outbox to the past.
func (p *picture) settle(entries ...model.Entry) {
	var waited []int64
	entries = slices.Clone(entries)
	slices.SortFunc(entries, func(a, b model.Entry) int { return cmp.Compare(a.ID, b.ID) }) // many are put behind each other
	for _, e := range entries {
		p.remember(e)
		if _, ok := p.place(e.ID); ok {
			waited = append(waited, e.ID)
		}
	}
	p.remove(waited...)
}

// remember puts an entry into the past.
func (p *picture) remember(e model.Entry) {
	p.stale = true
	if i, ok := place(p.past, e.ID); ok {
		p.past[i] = e
	} else {
		p.past = slices.Insert(p.past, i, e)
	}
}

func (p *picture) forgetPast(ids ...int64) {
	gone := setOf(ids)
	p.past = slices.DeleteFunc(p.past, func(e model.Entry) bool { return gone[e.ID] })
	p.stale = true
}

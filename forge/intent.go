package forge

import (
	"context"
	"slices"
	"strings"

	"docket/model"
)

// What a person wants, taken into memory at once and queued for the writer.
// Nothing here waits for a disk or a network.

// Submit accepts the edits of one action, in order, and returns the snapshot
// that already shows them. They are saving until the writer has put all of
// them on disk, and pending from then on. Without a token it does nothing.
func (d *Desk) Submit(edits ...model.Edit) *model.Snapshot {
	if d.readOnly.Load() || len(edits) == 0 {
		return d.Snapshot()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.clock.Now()
	entries := make([]model.Entry, len(edits))
	onDisk := make([]model.Entry, len(edits))
	for i, edit := range edits {
		id := d.nextID(now.UnixNano())
		entries[i] = model.Entry{ID: id, Group: id, Edit: edit, Made: now, By: d.dispatch.as, Status: model.Saving}
		entries[i].Group = entries[0].ID
		onDisk[i] = saved(entries[i])
	}
	d.picture.enter(entries...)
	d.enqueue(func(ctx context.Context) error { return d.store.Append(ctx, onDisk) }, entries...)
	return d.publish()
}

// signBits is how many bits of an ID tell processes apart that share a store:
// their IDs must not be the same even within one tick of the clock.
const signBits = 10

// nextID returns an ID that is larger than all before it. IDs are times to the
// microsecond, so that those of several processes are in order, too.
func (d *Desk) nextID(now int64) int64 {
	d.lastID = max(d.lastID>>signBits+1, now>>signBits)<<signBits | d.sign
	return d.lastID
}

// saved returns an entry as it is once it is on disk.
func saved(e model.Entry) model.Entry {
	if e.Status == model.Saving {
		e.Status = model.Pending
	}
	return e
}

// Settle does what the person decided about an entry: Discard takes out any
// entry that is not on its way this moment, UseMine and Retry send one again
// that clashed or is parked, and Retry sends a waiting one without delay. What
// somebody else made on the same store is sent as the person who says so. For
// an entry that is gone it does nothing.
func (d *Desk) Settle(id int64, how model.Settlement) *model.Snapshot {
	d.mu.Lock()
	defer d.mu.Unlock()
	e, ok := d.picture.entry(id)
	if !ok || e.Status == model.Sending {
		return d.Snapshot()
	}
	if how == model.Discard {
		d.discard(e)
		return d.publish()
	}
	d.dispatch.hurry(e.Edit.Ref)
	if e.Shown() && e.By == d.dispatch.as {
		nudge(d.wakeSender)
		return d.Snapshot()
	}
	e.By = d.dispatch.as // whoever decides sends it
	if how == model.UseMine {
		e.Theirs.Seen = model.Seen{} // theirs was seen
		if t, ok := d.picture.confirmed[e.Edit.Ref]; ok && e.Status == model.Parked {
			e.Edit.Change = e.Edit.Change.Onto(t)
		}
	}
	d.again(e)
	if how == model.UseMine {
		d.standOn(e)
	}
	return d.publish()
}

// again puts an entry that clashed or is parked back on its way. mu is held.
func (d *Desk) again(e model.Entry) {
	e.Status, e.Problem, e.Theirs = model.Saving, nil, model.Theirs{Seen: e.Theirs.Seen}
	d.rewrite(e)
}

// rewrite shows an entry as changed and queues it for the writer. mu is held.
func (d *Desk) rewrite(e model.Entry) {
	d.picture.enter(e)
	onDisk := saved(e)
	d.enqueue(func(ctx context.Context) error {
		_, err := d.store.Update(ctx, onDisk) // whoever took it out meanwhile has the last word
		return err
	}, e)
}

// discard takes an entry out. A later one of the same field was made on top of
// it; so that it does not look like a clash, it now stands on what the entry
// stood on, unless that was somebody else's value: then the person is asked.
// mu is held.
func (d *Desk) discard(e model.Entry) {
	clashed := e.Status == model.Clashed
	gone := e
	gone.Status = model.Dropped
	d.picture.settle(gone)
	d.enqueue(func(ctx context.Context) error { return d.store.Remove(ctx, e.ID) }, e)
	if !clashed {
		d.standOn(e)
	}
}

// standOn has what the person did next to the field of an entry stand on what
// is there before it now: the entry has gone, or is back on its way. Otherwise
// the person would clash with nobody but themselves. mu is held.
func (d *Desk) standOn(e model.Entry) {
	confirmed, ok := d.picture.confirmed[e.Edit.Ref]
	if !ok {
		return
	}
	mine := d.picture.entriesOf([]model.Ref{e.Edit.Ref})[e.Edit.Ref]
	for i, later := range mine {
		if later.ID <= e.ID || later.Edit.Change.Field() != e.Edit.Change.Field() {
			continue
		}
		if later.Status == model.Saving || later.Status == model.Pending {
			later.Edit.Change = later.Edit.Change.Onto(model.Replay(confirmed, mine[:i]))
			later.Status = model.Saving
			d.rewrite(later)
		}
		return
	}
}

// Amend gives an entry that is not on its way another change, as an edited
// comment. One that clashed or is parked stays so until it is settled.
func (d *Desk) Amend(id int64, c model.Change) *model.Snapshot {
	d.mu.Lock()
	defer d.mu.Unlock()
	e, ok := d.picture.entry(id)
	if !ok || e.Status == model.Sending {
		return d.Snapshot()
	}
	e.Edit.Change = c
	if e.Status == model.Pending {
		e.Status = model.Saving
	}
	d.rewrite(e)
	return d.publish()
}

// Consent notes that the person agreed that labels are created in a repository
// when it lacks them, and sends again what was parked for want of one.
func (d *Desk) Consent(repo string) *model.Snapshot {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.picture.repo(repo, func(r *model.Repo) { r.Consent = true })
	d.enqueue(func(ctx context.Context) error {
		s, err := d.store.Repo(ctx, repo)
		if err != nil {
			return err
		}
		s.Consent = true
		return d.store.SaveRepo(ctx, s)
	})
	for _, e := range d.picture.outbox {
		if e.Edit.Ref.Repo == repo && e.Status == model.Parked && e.Problem != nil && e.Problem.Kind == model.NoLabel {
			d.again(e)
		}
	}
	return d.publish()
}

// Sync polls now and looks for tickets that are gone, sends now what waits for
// another try, and looks whether another token was given.
func (d *Desk) Sync() {
	d.mu.Lock()
	d.dispatch.hurryAll()
	d.dispatch.asked = true
	d.picture.trouble.send = nil // it is told again if it is still there
	d.publish()
	d.mu.Unlock()
	nudge(d.wakeSender)
	nudge(d.wakeToken)
	for _, v := range d.visits {
		v.doubt.Store(true)
		v.hurry()
	}
}

// Focus tells whether the terminal has the focus: polls are rarer while it has
// not, and one comes at once when it has it again.
func (d *Desk) Focus(focused bool) {
	if was := !d.unfocused.Swap(!focused); !was && focused {
		for _, v := range d.visits {
			v.hurry()
		}
	}
}

// Draft returns the unfinished text kept under a key; empty if there is none.
func (d *Desk) Draft(key string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.queue.drafts[key]
}

// Drafts returns the keys, sorted, that begin so and have text kept under them.
func (d *Desk) Drafts(begin string) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var keys []string
	for key := range d.queue.drafts {
		if strings.HasPrefix(key, begin) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// SaveDraft keeps unfinished text under a key; empty text forgets it. It is on
// disk a moment later.
func (d *Desk) SaveDraft(key, text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.queue.drafts[key] == text {
		return
	}
	d.queue.draft(key, text, d.clock.Now())
	nudge(d.wakeWriter)
}

package forge

import (
	"context"
	"maps"
	"slices"
	"time"

	"docket/model"
)

// queue is what the writer has to put on disk. The Desk's mu guards it.
type queue struct {
	jobs    []job
	unsaved map[int64]int // by entry: how many jobs are about it
	drafts  map[string]string
	dirty   map[string]bool // drafts that are not on disk as they are now
	since   time.Time       // when the first of these became so
}

// job is one durable step: it happens as a whole or is tried again. Jobs keep
// their order.
type job struct {
	do  func(context.Context) error
	ids []int64 // the entries that are pending once nothing about them is unsaved

	reversal *model.Reversal // what it carries out, if another process may overtake it
}

func newQueue() queue {
	return queue{unsaved: map[int64]int{}, drafts: map[string]string{}, dirty: map[string]bool{}}
}

func (q *queue) draft(key, text string, now time.Time) {
	if text == "" {
		delete(q.drafts, key)
	} else {
		q.drafts[key] = text
	}
	if len(q.dirty) == 0 {
		q.since = now
	}
	q.dirty[key] = true
}

// enqueue hands a step about entries to the writer. mu is held.
func (d *Desk) enqueue(do func(context.Context) error, about ...model.Entry) {
	j := job{do: do}
	for _, e := range about {
		j.ids = append(j.ids, e.ID)
		d.queue.unsaved[e.ID]++
	}
	d.queue.jobs = append(d.queue.jobs, j)
	nudge(d.wakeWriter)
}

// write is the writer: it puts on disk what was queued until stop is closed and
// nothing is left. Ending ctx does not interrupt it. While the disk refuses, it
// goes on trying; the last try's error is returned.
func (d *Desk) write(ctx context.Context, stop <-chan struct{}) error {
	ctx = context.WithoutCancel(ctx)
	again := newRetry(time.Second, 30*time.Second)
	for {
		last := false
		select {
		case <-stop:
			last = true
		default:
		}
		err := d.writeQueue(ctx, last)
		if last {
			return err
		}
		var late <-chan time.Time
		if err != nil {
			late = d.clock.After(again.NextBackOff())
		} else {
			again.Reset()
			if due, ok := d.draftsDue(); ok {
				late = d.clock.After(due)
			}
		}
		select {
		case <-stop:
		case <-late:
		case <-d.wakeWriterUnless(err):
		}
	}
}

// wakeWriterUnless keeps new work from hurrying a disk that refuses.
func (d *Desk) wakeWriterUnless(err error) <-chan struct{} {
	if err != nil {
		return nil
	}
	return d.wakeWriter
}

// writeQueue writes jobs in order until none is left or one fails, then the
// drafts that are due, or all of them.
func (d *Desk) writeQueue(ctx context.Context, allDrafts bool) error {
	for {
		j, ok := d.firstJob()
		if !ok {
			break
		}
		if err := d.writeJob(ctx, j); err != nil {
			return err
		}
	}
	if due, ok := d.draftsDue(); !ok || due > 0 && !allDrafts {
		return nil
	}
	return d.writeDrafts(ctx)
}

func (d *Desk) firstJob() (job, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.queue.jobs) == 0 {
		return job{}, false
	}
	return d.queue.jobs[0], true
}

func (d *Desk) writeJob(ctx context.Context, j job) error {
	d.inStep.Lock()
	defer d.inStep.Unlock()
	err := j.do(ctx)
	if j.reversal != nil && kindOf(err) == model.Clash {
		return d.rethink(ctx, j)
	}
	d.stored(err)
	if err != nil {
		return asProblem("write to the store", err)
	}
	d.log.Debug("on disk", "changes", j.ids)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.queue.jobs = slices.Delete(d.queue.jobs, 0, 1)
	var pending []model.Entry
	for _, id := range j.ids {
		if d.queue.unsaved[id]--; d.queue.unsaved[id] > 0 {
			continue
		}
		delete(d.queue.unsaved, id)
		if e, ok := d.picture.entry(id); ok && e.Status == model.Saving {
			e.Status = model.Pending
			pending = append(pending, e)
		}
	}
	if len(pending) > 0 {
		d.picture.enter(pending...)
		d.publish()
	}
	nudge(d.wakeSender) // one that was taken out may have held up others
	return nil
}

// draftsDue returns how long unfinished text may still wait, and whether there
// is any.
func (d *Desk) draftsDue() (time.Duration, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.queue.dirty) == 0 {
		return 0, false
	}
	return max(0, d.pace.Drafts-d.clock.Now().Sub(d.queue.since)), true
}

func (d *Desk) writeDrafts(ctx context.Context) error {
	d.mu.Lock()
	dirty := slices.Sorted(maps.Keys(d.queue.dirty))
	texts := make([]string, len(dirty))
	for i, key := range dirty {
		texts[i] = d.queue.drafts[key]
	}
	clear(d.queue.dirty)
	d.mu.Unlock()
	for i, key := range dirty {
		err := d.store.SaveDraft(ctx, key, texts[i])
		d.stored(err)
		if err != nil {
			d.mu.Lock()
			for _, key := range dirty[i:] {
				d.queue.dirty[key] = true
			}
			d.mu.Unlock()
			return asProblem("keep a draft", err)
		}
	}
	return nil
}

package forge

import (
	"context"
	"slices"
	"sync"
	"time"

	"docket/model"
)

// send is the sender: each ticket's changes in order, different tickets side by
// side, until ctx ends. Of the processes that share a store only one sends.
func (d *Desk) send(ctx context.Context) {
	var hands sync.WaitGroup
	defer hands.Wait()
	for {
		pause := d.offerLead(ctx)
		if pause == 0 {
			var due []model.Entry
			due, pause = d.takeDue(d.clock.Now())
			for _, e := range due {
				hands.Go(func() {
					d.deliver(ctx, e)
					d.handBack(e)
				})
			}
		}
		if !d.wait(ctx, pause, d.wakeSender) {
			return
		}
	}
}

// offerLead makes this process the one that sends what its person made, if there
// is something to send and no other does. It returns zero when it leads, and
// otherwise how long to wait before asking again.
func (d *Desk) offerLead(ctx context.Context) time.Duration {
	d.mu.Lock()
	lead, as, work := d.dispatch.lead, d.dispatch.as, len(d.picture.outbox) > 0
	d.mu.Unlock()
	switch {
	case lead:
		return 0
	case !work, d.readOnly.Load():
		return forever
	case as.Empty():
		var pause time.Duration
		if as, pause = d.introduce(ctx); pause != 0 {
			return pause
		}
	}
	lead, err := d.store.Lead(as.Raw())
	if err != nil {
		d.log.Warn("ask who sends", "problem", err)
	}
	if err != nil || !lead {
		return askLead
	}
	d.mu.Lock()
	d.dispatch.lead = true
	d.mu.Unlock()
	// What the last sender left behind is on disk.
	if err := d.catchUp(ctx); err != nil && ctx.Err() == nil {
		d.stored(err)
	}
	return 0
}

// introduce asks the forge whose token it is: before that nothing is sent, or
// one person's words could go out under another's name. It returns who it
// is, or how long to wait before asking again.
func (d *Desk) introduce(ctx context.Context) (model.Line, time.Duration) {
	now := d.clock.Now()
	d.mu.Lock()
	halted, at := d.dispatch.halted, d.dispatch.all.at
	d.mu.Unlock()
	switch {
	case halted:
		return model.Line{}, forever
	case at.After(now):
		return model.Line{}, at.Sub(now)
	}
	err := d.learnMe(ctx)
	d.mu.Lock()
	defer d.mu.Unlock()
	if err == nil {
		return d.dispatch.as, 0
	}
	p := asProblem("ask whose token it is", err)
	if p.StopsAll() || !p.Passes() {
		d.dispatch.halted = true
		d.picture.trouble.send = p
		d.publish()
		return model.Line{}, forever
	}
	d.dispatch.all.at = now.Add(d.dispatch.all.retry.NextBackOff())
	if p.Until.After(now) {
		d.dispatch.all.at = p.Until
	}
	return model.Line{}, max(1, d.dispatch.all.at.Sub(now))
}

// takeDue takes the entries in hand that may be sent now, and tells how long
// nothing else will be due.
func (d *Desk) takeDue(now time.Time) (due []model.Entry, pause time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := &d.dispatch
	if s.halted || s.changing {
		return nil, forever
	}
	if s.all.at.After(now) {
		return nil, s.all.at.Sub(now)
	}
	pause = forever
	mine := d.picture.madeBy(s.as)
	for _, e := range d.picture.outbox {
		ref := e.Edit.Ref
		entries := mine[ref]
		if len(entries) == 0 || entries[0].ID != e.ID || s.busy[ref] != 0 || d.movedAway(ref.Repo) {
			continue
		}
		if wait := s.turn[ref].at.Sub(now); wait > 0 {
			if pause == forever || wait < pause {
				pause = wait
			}
			continue
		}
		if first, ok := next(entries); ok && len(s.busy) < sendAtOnce {
			s.busy[ref] = first.ID
			due = append(due, first)
		}
	}
	return due, pause
}

// movedAway reports whether a repository is elsewhere now: what is written to
// its old place is lost, so everything waits for the person, unless the board
// shows the new place, too. mu is held.
func (d *Desk) movedAway(repo string) bool {
	return slices.ContainsFunc(d.picture.repos, func(r model.Repo) bool {
		if r.Name != repo || r.Problem == nil || r.Problem.Kind != model.Moved {
			return false
		}
		_, shown := d.shown(r.Problem.Place)
		return !shown
	})
}

// handBack ends work on an entry and lets the ticket's next one come.
func (d *Desk) handBack(e model.Entry) {
	d.mu.Lock()
	delete(d.dispatch.busy, e.Edit.Ref)
	d.mu.Unlock()
	nudge(d.wakeSender)
}

// resume lets the sender go on after the forge has accepted the token again.
func (d *Desk) resume() {
	d.mu.Lock()
	defer d.mu.Unlock()
	stop := d.picture.trouble.send
	if stop == nil || stop.Kind == model.NoToken {
		return
	}
	d.picture.trouble.send = nil
	d.dispatch.halted = false
	d.publish()
	nudge(d.wakeSender)
}

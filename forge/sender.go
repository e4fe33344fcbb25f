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
			pause = d.tell(pause)
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
	halted, held := d.dispatch.halted, d.dispatch.held(now)
	d.mu.Unlock()
	switch {
	case halted:
		return model.Line{}, forever
	case held > 0:
		return model.Line{}, held
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
	d.dispatch.delayAll(p, now)
	return model.Line{}, max(1, d.dispatch.held(now))
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
	if held := s.held(now); held > 0 {
		return nil, held
	}
	pause = forever
	look := lookout{map[model.Ref]bool{}, map[model.Ref][]model.Entry{}}
	for _, e := range d.picture.outbox {
		ref := e.Edit.Ref
		switch wait := s.turn[ref].at.Sub(now); {
		case len(s.busy) >= sendAtOnce:
			return due, pause // whoever is done first has the rest looked at
		case e.By != s.as, s.busy[ref] != 0, d.movedAway(ref.Repo):
		case wait > 0:
			if pause == forever || wait < pause {
				pause = wait
			}
		case look.sends(e):
			s.busy[ref] = e.ID
			due = append(due, e)
		}
	}
	return due, pause
}

// sent shows what became of an entry: at once, unless so many wait that each
// picture takes long to make. mu is held.
func (d *Desk) sent() {
	if d.untold = len(d.picture.outbox) >= crowded && d.clock.Now().Sub(d.told) < d.pace.Progress; !d.untold {
		d.publish()
	}
}

// crowded is how many entries wait when not each that arrives is shown by
// itself.
const crowded = 200

// tell shows what was not shown yet, once it is time or nothing is in hand that
// would. It returns how long the sender may rest, which is at most what it was
// going to.
func (d *Desk) tell(pause time.Duration) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.untold {
		return pause
	}
	rest := d.pace.Progress - d.clock.Now().Sub(d.told)
	if rest <= 0 || len(d.dispatch.busy) == 0 {
		d.publish()
		return pause
	}
	if pause == forever {
		return rest
	}
	return min(pause, rest)
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

// reached has the sender try at once what waits for the forge: a poll has just
// worked; again tells that the one before had not.
func (d *Desk) reached(again bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.dispatch.reached(again)
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

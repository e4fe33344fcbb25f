package forge

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cenkalti/backoff/v5"

	"docket/model"
)

// visit keeps one repository in step. What it holds belongs to the goroutine
// that calls round, but for how it is woken.
type visit struct {
	d     *Desk
	repo  string
	greet bool          // it also asks who we are
	wake  chan struct{} // look at asked
	asked atomic.Bool   // somebody wants a poll now
	spoke atomic.Bool   // a comment of our own arrived: comments are due, too
	other atomic.Bool   // another token is used: what it may do has to be asked
	doubt atomic.Bool   // the person wants to see what is there: numbers are compared, too

	state     RepoState // as last read or written
	retry     *backoff.ExponentialBackOff
	nextPoll  time.Time
	spread    bool // it polls at a moment of its own, not at that of its start
	nextFacts time.Time
	nextCount time.Time // when numbers are to be compared again
	rest      time.Time // the forge asked not to come before
	comments  bool      // comments are due with the next poll
	renamed   bool      // labels were renamed or deleted: tickets do not tell
	sweep     *sweep    // under way, or nil
	tired     *backoff.ExponentialBackOff
	nextSweep time.Time // a sweep that failed rests apart from the polls
	untimed   []int64   // tickets to be asked when they were first triaged
	untold    bool      // the store may know of more of them
	timedRev  int64     // of the store's tickets, when that was last found out
	nextTimes time.Time // questions that failed rest, too
	failed    error     // of the last round
}

func newVisit(d *Desk, repo string, greet bool) *visit {
	return &visit{
		d: d, repo: repo, greet: greet, wake: make(chan struct{}, 1),
		retry: newRetry(d.pace.Poll, d.pace.Slowest), tired: newRetry(d.pace.Poll, d.pace.Slowest),
	}
}

// hurry asks for a poll now.
func (v *visit) hurry() {
	v.asked.Store(true)
	nudge(v.wake)
}

// expectComments has a repository's comments polled soon: one of our own is
// among them.
func (d *Desk) expectComments(repo string) {
	for _, v := range d.visits {
		if v.repo == repo {
			v.spoke.Store(true)
			v.hurry()
		}
	}
}

// pollSoon has a repository polled at once.
func (d *Desk) pollSoon(repo string) {
	for _, v := range d.visits {
		if v.repo == repo {
			v.hurry()
		}
	}
}

// run polls, and walks through everything behind the polls, until ctx ends.
func (v *visit) run(ctx context.Context) {
	for {
		err := v.round(ctx)
		if ctx.Err() != nil {
			return
		}
		pause := v.settle(err)
		v.d.index(ctx, func() bool { return !v.asked.Load() })
		woken := v.wake
		if v.rest.After(v.d.clock.Now()) {
			woken = nil
		}
		if !v.d.wait(ctx, pause, woken) {
			return
		}
	}
}

// round does the one thing that is due most: a poll, or a page of the sweep.
func (v *visit) round(ctx context.Context) error {
	state, err := v.d.store.Repo(ctx, v.repo)
	if err != nil {
		return asProblem("read the store", err)
	}
	v.state = state
	now := v.d.clock.Now()
	if v.asked.Swap(false) {
		v.nextPoll = time.Time{}
	}
	if v.other.Swap(false) {
		v.nextFacts = time.Time{}
	}
	if v.doubt.Swap(false) {
		v.nextCount = time.Time{}
	}
	if now.Before(v.nextPoll) {
		if v.failed != nil { // woken for what the last round has done: all else waits for a poll that works
			return v.failed
		}
		if v.timesDue(now) {
			return v.timesOn(ctx)
		}
		return v.sweepOn(ctx)
	}
	return v.pollAndFacts(ctx, now)
}

// pollAndFacts polls, and asks at the same time for facts that are due, so that
// they hold up nothing. The first time it has the board come in, and asks for
// facts afterwards: a forge has only so many hands.
func (v *visit) pollAndFacts(ctx context.Context, now time.Time) error {
	begin := v.poll
	if !v.state.OpenDone {
		if err := v.first(ctx); err != nil {
			return err
		}
		begin = func(context.Context) error { return nil }
	}
	var facts sync.WaitGroup
	var learned learned
	if !now.Before(v.nextFacts) {
		v.comments = true // edited comments do not bump their tickets
		labels := v.state.Labels
		facts.Go(func() { learned = v.learn(ctx, labels) })
	}
	err := begin(ctx)
	facts.Wait()
	if !now.Before(v.nextFacts) {
		v.nextFacts = now.Add(v.d.pace.Facts)
		if learned.err != nil {
			v.d.log.Info("facts", "repository", v.repo, "problem", learned.err)
			if asProblem("", learned.err).Passes() {
				v.nextFacts = now.Add(min(v.d.pace.Facts, time.Minute))
			}
		}
		v.renamed = v.renamed || learned.renamed
	}
	if err == nil && learned.err != nil && asProblem("", learned.err).StopsAll() {
		err = learned.err
	}
	if err == nil {
		v.retry.Reset()
		v.nextPoll = v.d.clock.Now().Add(v.interval())
		v.d.reached(v.failed != nil)
		err = v.lookUntimed(ctx)
	}
	return err
}

// interval is how long to wait between two polls: a little different each
// time, so that many boards do not ask at the same moment. The first one differs
// by as much as a whole interval: boards that were opened together, as in a
// meeting, are evenly spread from their second poll on.
func (v *visit) interval() time.Duration {
	every, part := v.d.pace.Poll, 0.9+0.2*v.d.jitter()
	if v.d.unfocused.Load() {
		every = v.d.pace.Unfocused
	}
	if !v.spread {
		v.spread, part = true, 0.5+v.d.jitter()
	}
	return time.Duration(float64(every) * part)
}

// settle notes how a round went and returns how long to wait for the next.
func (v *visit) settle(err error) time.Duration {
	d, now := v.d, v.d.clock.Now()
	v.failed = err
	p := asProblem("sync "+v.repo, err)
	d.update(func(pic *picture) {
		if p == nil {
			pic.trouble.sync = nil
		} else if p.StopsAll() && p.Kind != model.NoToken {
			pic.trouble.sync = p
		}
		pic.repo(v.repo, func(r *model.Repo) {
			r.Problem = nil
			r.Unasked = r.Unasked && p != nil
			if p != nil && !ofStore(p) {
				r.Problem = p
			}
			if p != nil || v.sweep == nil {
				r.Phase, r.Done, r.Total = model.Waiting, 0, 0
			}
		})
	})
	if p == nil {
		d.log.Debug("in step", "repository", v.repo)
		d.resume()
		nudge(d.wakeSender) // for one that was held up because its repository moved
		pause := v.nextPoll.Sub(now)
		if v.sweepDue(now) || v.timesDue(now) {
			pause = min(pause, d.pace.Gentle)
		}
		return pause
	}
	d.log.Warn("sync", "repository", v.repo, "problem", p)
	var pause time.Duration
	switch {
	case p.Kind == model.RateLimited && p.Until.After(now):
		pause, v.rest = p.Until.Sub(now), p.Until
	case ofStore(p): // the forge needs no rest, and the disk may have room any moment
		pause = v.interval()
	default:
		pause = min(v.retry.NextBackOff(), d.pace.Slowest)
	}
	v.nextPoll = now.Add(pause)
	return pause
}

// phase shows what is being done.
func (v *visit) phase(p model.Phase, done, total int) {
	v.d.update(func(pic *picture) {
		pic.repo(v.repo, func(r *model.Repo) { r.Phase, r.Done, r.Total = p, done, total })
	})
}

// note keeps a change of what is known about the repository.
func (v *visit) note(ctx context.Context, change func(*RepoState)) error {
	return v.d.noteRepo(ctx, v.repo, func(s *RepoState) {
		change(s)
		v.state = *s
	})
}

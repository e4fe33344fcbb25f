package forge

import (
	"context"
	"time"

	"docket/model"
)

// triagedWithin is how far back tickets are asked when they were first triaged:
// what people count is rarely older, and each costs the forge a request.
const triagedWithin = 365 * 24 * time.Hour

// timesAtOnce is how many tickets are looked up in the store in one go.
const timesAtOnce = 100

// lookUntimed has the store looked through for tickets that were triaged, if
// any ticket was written since it last was.
func (v *visit) lookUntimed(ctx context.Context) error {
	rev, err := v.d.store.Revision(ctx)
	if err != nil {
		return asProblem("read the store", err)
	}
	v.untold = v.untold || rev != v.timedRev
	v.timedRev = rev
	return nil
}

// timesDue reports whether the forge is to be asked when a ticket was first
// triaged. That is for the calm, when nothing else is to be fetched.
func (v *visit) timesDue(now time.Time) bool {
	return v.state.AllDone && v.sweep == nil && !v.sweepDue(now) && (v.untold || len(v.untimed) > 0) && !now.Before(v.nextTimes)
}

// timesOn asks it for one ticket. As a page of the sweep, what fails rests for a
// while and does not hold up the polls.
func (v *visit) timesOn(ctx context.Context) error {
	now := v.d.clock.Now()
	if len(v.untimed) == 0 {
		list, err := v.d.store.Untimed(ctx, v.repo, now.Add(-triagedWithin), timesAtOnce)
		v.untimed, v.untold = list, len(list) == timesAtOnce
		if err != nil {
			return asProblem("read the store", err)
		}
		return nil
	}
	err := v.askTriage(ctx, model.Ref{Repo: v.repo, Number: v.untimed[0]})
	if err == nil {
		v.untimed = v.untimed[1:]
		v.tired.Reset()
		return nil
	}
	if kindOf(err) == model.RateLimited || ctx.Err() != nil {
		return err
	}
	v.d.log.Warn("first triage", "repository", v.repo, "problem", err)
	v.nextTimes = now.Add(v.tired.NextBackOff())
	return nil
}

// askTriage asks when one ticket was first triaged and keeps the answer. One
// that can't be told is not asked for again.
func (v *visit) askTriage(ctx context.Context, ref model.Ref) error {
	events, err := v.d.forge.History(ctx, ref, time.Time{})
	if kind := kindOf(err); err != nil && kind != model.NotFound && kind != model.Moved {
		return err
	}
	_, err = v.d.keep(ctx, false, func(ctx context.Context) ([]model.Ticket, error) {
		return nil, v.d.store.SaveTriage(ctx, ref, firstTriage(events))
	})
	return err
}

// firstTriage returns when a ticket first got a label for its gain, its pain or
// a state; the zero time when it never did.
func firstTriage(events []Event) (first time.Time) {
	for _, e := range events {
		triages := e.Field == model.FieldGain || e.Field == model.FieldPain ||
			e.Field == model.FieldState && e.Came != string(model.NeedsReview)
		if triages && e.Came != "" && e.Came != model.None.String() && (first.IsZero() || e.At.Before(first)) {
			first = e.At
		}
	}
	return first
}

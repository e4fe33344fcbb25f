package forge

import (
	"context"
	"time"

	"docket/model"
)

// sweep walks through all tickets of a repository, gently, between polls: after
// the first sync to bring in the history (with all comments), later to find
// what polls can't tell, as deleted and transferred tickets. It begins anew
// after a restart.
type sweep struct {
	phase    model.Phase
	tickets  *walk[Row]
	walked   bool // all tickets came; the unseen ones are to be asked for
	compared bool // and were
	comments *walk[model.Comment]
}

// sweepDue reports whether there is anything to walk through.
func (v *visit) sweepDue(now time.Time) bool {
	switch {
	case !v.state.OpenDone, now.Before(v.nextSweep):
		return false
	case v.sweep != nil, !v.state.AllDone, v.renamed:
		return true
	}
	return !now.Before(v.nextCount)
}

// sweepOn takes the next page of the sweep, if it is time. One that fails rests
// for a while by itself, so that a page that the forge chokes on does not hold
// up the polls; it is they who tell how the forge is.
func (v *visit) sweepOn(ctx context.Context) error {
	now := v.d.clock.Now()
	if !v.sweepDue(now) {
		return nil
	}
	err := v.sweepStep(ctx, now)
	if err == nil {
		v.tired.Reset()
		return nil
	}
	if kindOf(err) == model.RateLimited || ctx.Err() != nil {
		return err
	}
	v.d.log.Warn("sweep", "repository", v.repo, "problem", err)
	v.nextSweep = now.Add(v.tired.NextBackOff())
	return nil
}

func (v *visit) sweepStep(ctx context.Context, now time.Time) error {
	if v.sweep == nil {
		v.sweep = &sweep{phase: model.Reconcile, tickets: v.tickets(Query{State: "all"}, v.state.AllDone, func(n int) {
			v.comments = v.comments || n > 0 // the next poll finds these rows kept already
		})}
		if !v.state.AllDone {
			v.sweep.phase, v.sweep.comments = model.History, v.talks(Query{}, true)
		}
		if v.sweep.phase == model.Reconcile && !v.renamed && now.Sub(v.state.Reconciled) < v.d.pace.FullWalk {
			if done, err := v.count(ctx, now); done || err != nil {
				return err
			}
		}
	}
	s := v.sweep
	switch {
	case !s.walked:
		more, err := s.tickets.step(ctx)
		s.walked = err == nil && !more
		v.phase(s.phase, len(s.tickets.seen), max(0, s.tickets.total))
		return err
	case !s.compared:
		err := v.compare(ctx)
		s.compared = err == nil
		if err != nil || s.comments != nil {
			return err
		}
	case s.comments != nil:
		more, err := s.comments.step(ctx)
		if more || err != nil {
			v.phase(model.Comments, len(s.comments.seen), max(0, s.comments.total))
			return err
		}
	}
	return v.swept(ctx, now)
}

// count takes the sweep's first page and ends it there when the forge counts as
// many tickets as are kept, or does not count.
func (v *visit) count(ctx context.Context, now time.Time) (done bool, err error) {
	s := v.sweep
	v.sweep = nil // begin anew after an error
	more, err := s.tickets.step(ctx)
	if err != nil {
		return false, err
	}
	numbers, err := v.d.store.Numbers(ctx, v.repo)
	if err != nil {
		return false, asProblem("read the store", err)
	}
	if s.tickets.total == len(numbers) || s.tickets.total < 0 {
		v.nextCount = now.Add(v.d.pace.Reconcile)
		return true, nil
	}
	s.walked = !more
	v.sweep = s
	return true, nil
}

// compare asks one by one for the tickets that are kept but did not come, and
// drops those that are gone.
func (v *visit) compare(ctx context.Context) error {
	numbers, err := v.d.store.Numbers(ctx, v.repo)
	if err != nil {
		return asProblem("read the store", err)
	}
	for _, n := range numbers {
		if v.sweep.tickets.seen[n] {
			continue
		}
		ref := model.Ref{Repo: v.repo, Number: n}
		asked := v.d.clock.Now()
		row, err := v.d.forge.Ticket(ctx, ref)
		switch kind := kindOf(err); {
		case ctx.Err() != nil:
			return ctx.Err()
		case kind == model.NotFound || kind == model.Moved:
			err = v.d.forget(ctx, []model.Ref{ref})
		case err == nil:
			_, err = v.save(ctx, []Row{row}, asked, true)
		case kind != model.Unreachable && kind != model.RateLimited && !asProblem("", err).StopsAll():
			v.d.log.Info("compare", "ticket", ref, "problem", err) // kept; one ticket holds up nothing
			err = nil
		}
		if err != nil {
			return err
		}
		v.sweep.tickets.seen[n] = true // need not be asked again after an error
	}
	return nil
}

// swept ends a sweep.
func (v *visit) swept(ctx context.Context, now time.Time) error {
	total := max(0, v.sweep.tickets.total)
	if err := v.note(ctx, func(s *RepoState) { s.AllDone, s.Reconciled, s.Total = true, now, total }); err != nil {
		return err
	}
	v.sweep, v.renamed = nil, false
	v.nextCount = now.Add(v.d.pace.Reconcile)
	v.phase(model.Waiting, 0, 0)
	return nil
}

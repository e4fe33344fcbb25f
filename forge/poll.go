package forge

import (
	"context"
	"time"

	"docket/model"
)

// lately is how far back comments come in with the first sync; older ones
// follow with the history.
const lately = 60 * 24 * time.Hour

// first has the board come in: open tickets, those closed lately, and recent
// comments. From when later polls must ask is settled before the first page.
func (v *visit) first(ctx context.Context) error {
	v.phase(model.First, 0, 0)
	w := v.tickets(Query{State: "open"}, false, nil)
	w.came = func(done, total int) { v.phase(model.First, done, total) }
	if err := w.wide(ctx); err != nil {
		return err
	}
	since, _ := w.since(updatedRow)
	closed := v.tickets(Query{State: "closed", Since: v.forgeNow().Add(-v.d.closedFor())}, false, nil)
	if err := closed.all(ctx); err != nil {
		return err
	}
	if err := v.note(ctx, func(s *RepoState) {
		s.OpenDone, s.Since, s.Synced = true, later(s.Since, since), v.d.clock.Now()
	}); err != nil {
		return err
	}
	return v.pollComments(ctx)
}

// poll asks for what changed since the last one: one request when nothing did.
func (v *visit) poll(ctx context.Context) error {
	if v.sweep == nil {
		v.phase(model.Asking, 0, 0)
	}
	changed := 0
	w := v.tickets(Query{State: "all", Since: v.state.Since}, true, func(n int) { changed += n })
	if err := w.all(ctx); err != nil {
		return err
	}
	since, _ := w.since(updatedRow)
	if err := v.note(ctx, func(s *RepoState) { s.Since, s.Synced = later(s.Since, since), v.d.clock.Now() }); err != nil {
		return err
	}
	if v.spoke.Swap(false) || changed > 0 || v.comments {
		v.comments = true // still due if this fails
		return v.pollComments(ctx)
	}
	return nil
}

// pollComments asks for the comments of the whole repository that are new or
// were edited since last time.
func (v *visit) pollComments(ctx context.Context) error {
	since := v.state.CommentsSince
	if since.IsZero() {
		since = v.forgeNow().Add(-lately)
	}
	w := v.talks(Query{Since: since}, v.state.CommentsSince.IsZero())
	if err := w.all(ctx); err != nil {
		return err
	}
	v.comments = false
	if next, ok := w.since(updatedComment); ok {
		return v.note(ctx, func(s *RepoState) { s.CommentsSince = later(s.CommentsSince, next) })
	}
	return nil
}

// forgeNow is the present time by the forge's clock, as far as it is known.
func (v *visit) forgeNow() time.Time { return v.d.clock.Now().Add(v.d.ahead()) }

// tickets returns a walk through tickets that keeps them; notice marks what is
// different as somebody else's doing, and kept is told how many are.
func (v *visit) tickets(q Query, notice bool, kept func(int)) *walk[Row] {
	return &walk[Row]{
		op: "sync " + v.repo, now: v.d.clock.Now,
		ask: func(ctx context.Context, page int) (Page[Row], error) {
			q := q
			q.Page = page
			return read(ctx, v.d, func() (Page[Row], error) { return v.d.forge.Tickets(ctx, v.repo, q) })
		},
		id: func(r Row) int64 { return r.Ticket.Ref.Number },
		keep: func(ctx context.Context, rows []Row, asked time.Time) error {
			n, err := v.save(ctx, rows, asked, notice)
			if kept != nil {
				kept(n)
			}
			return err
		},
	}
}

// talks returns a walk through comments that keeps them.
func (v *visit) talks(q Query, quiet bool) *walk[model.Comment] {
	return &walk[model.Comment]{
		op: "sync the comments of " + v.repo, now: v.d.clock.Now,
		ask: func(ctx context.Context, page int) (Page[model.Comment], error) {
			q := q
			q.Page = page
			return read(ctx, v.d, func() (Page[model.Comment], error) { return v.d.forge.Comments(ctx, v.repo, q) })
		},
		id: func(c model.Comment) int64 { return c.ID },
		keep: func(ctx context.Context, rows []model.Comment, _ time.Time) error {
			if len(rows) == 0 {
				return nil
			}
			_, err := v.d.keep(ctx, !quiet, func(ctx context.Context) ([]model.Ticket, error) {
				return v.d.store.SaveComments(ctx, v.repo, v.d.standing(rows))
			})
			return err
		},
	}
}

// save keeps rows that were asked for at a time and returns how many tickets
// are different by that.
func (v *visit) save(ctx context.Context, rows []Row, asked time.Time, notice bool) (int, error) {
	if len(rows) == 0 {
		return 0, nil
	}
	return v.d.keep(ctx, notice, func(ctx context.Context) ([]model.Ticket, error) {
		return v.d.store.SaveTickets(ctx, v.repo, v.d.current(rows, asked))
	})
}

// current returns the rows without those that may be older than what a change
// of our own was answered with after they were asked for. The overlap of the
// next poll brings them again.
func (d *Desk) current(rows []Row, asked time.Time) []Row {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.dispatch.arrived) == 0 {
		return rows
	}
	out := rows[:0:0]
	for _, r := range rows {
		t := r.Ticket
		if at, ok := d.dispatch.arrived[t.Ref]; ok && !at.Before(asked) && !t.Updated.After(d.picture.confirmed[t.Ref].Updated) {
			continue
		}
		out = append(out, r)
	}
	return out
}

// read asks the forge when it is its turn.
func read[T any](ctx context.Context, d *Desk, ask func() (Page[T], error)) (p Page[T], err error) {
	select {
	case d.reads <- struct{}{}:
	case <-ctx.Done():
		return p, ctx.Err()
	}
	defer func() { <-d.reads }()
	p, err = ask()
	if err == nil && !p.At.IsZero() {
		d.skew.Store(int64(p.At.Sub(d.clock.Now())))
	}
	return p, err
}

// ahead is how far the forge's clock is ahead of ours, as last seen.
func (d *Desk) ahead() time.Duration { return time.Duration(d.skew.Load()) }

func updatedRow(r Row) time.Time               { return r.Ticket.Updated }
func updatedComment(c model.Comment) time.Time { return c.Updated }

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

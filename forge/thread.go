package forge

import (
	"cmp"
	"context"
	"slices"
	"time"

	"docket/model"
	"docket/model/query"
)

// Thread returns what is known of a ticket. What the store has of its text and
// comments completely comes from there; otherwise the forge is asked, and when
// it can't be reached, what there is comes with Complete unset. What happened
// comes as it is kept: see Timeline. A ticket that the board does not show is
// found, too; one that was deleted leaves the board. Thread blocks: never call it
// on the screen's goroutine.
func (d *Desk) Thread(ctx context.Context, ref model.Ref) (model.Thread, error) {
	op := "read the comments of " + ref.String()
	thread, err := d.keptThread(ctx, ref)
	if err != nil {
		return thread, asProblem(op, err)
	}
	known := thread.Ticket.Ref == ref
	if thread.Complete && known {
		return thread, nil
	}
	if !known {
		err = d.fetchTicket(ctx, ref)
	}
	if err == nil {
		err = d.fetchComments(ctx, ref)
	}
	if err != nil {
		p := asProblem(op, err)
		if known {
			p = d.deleted(ctx, ref, p)
		}
		if ctx.Err() != nil || !p.Passes() || !known {
			return thread, p
		}
		return thread, nil
	}
	fresh, err := d.keptThread(ctx, ref)
	if err != nil {
		return thread, asProblem(op, err)
	}
	return fresh, nil
}

// Search returns where texts occur in the titles, bodies and comments of the
// board's repositories, closed tickets among them. It waits for the disk: never
// call it on the screen's goroutine.
func (d *Desk) Search(ctx context.Context, texts []query.Text) (query.Found, error) {
	d.index(ctx, func() bool { return true })
	found, err := d.store.Search(ctx, d.repos, texts)
	if err != nil {
		return nil, asProblem("search", err)
	}
	return found, nil
}

// indexAtOnce is how many tickets are made searchable in one go. Whoever wants
// to write waits that long.
const indexAtOnce = 25

// index makes what came in searchable while goOn says so. A failure only leaves
// the latest words to be found later.
func (d *Desk) index(ctx context.Context, goOn func() bool) {
	d.indexing.Lock()
	defer d.indexing.Unlock()
	for left := true; left && goOn() && ctx.Err() == nil; {
		var err error
		if left, err = d.store.Index(ctx, indexAtOnce); err != nil {
			d.log.Info("index", "problem", err)
		}
	}
}

func (d *Desk) fetchTicket(ctx context.Context, ref model.Ref) error {
	row, err := d.forge.Ticket(ctx, ref)
	if err != nil {
		return err
	}
	_, err = d.keep(ctx, false, func(ctx context.Context) ([]model.Ticket, error) {
		return d.store.SaveTickets(ctx, ref.Repo, []Row{row})
	})
	return err
}

func (d *Desk) fetchComments(ctx context.Context, ref model.Ref) error {
	comments, err := d.forge.Thread(ctx, ref)
	if err != nil {
		return err
	}
	_, err = d.keep(ctx, false, func(ctx context.Context) ([]model.Ticket, error) {
		return d.store.SaveThread(ctx, ref, d.standing(comments))
	})
	return err
}

// Timeline returns what Thread has in the store with all that happened to the
// ticket: it asks the forge unless that is known up to the ticket's last update.
// When the forge can't be asked, what is kept comes with the problem. It blocks.
func (d *Desk) Timeline(ctx context.Context, ref model.Ref) (model.Thread, error) {
	op := "read the history of " + ref.String()
	thread, err := d.keptThread(ctx, ref)
	if err != nil || thread.Told {
		return thread, asProblemOrNil(op, err)
	}
	asked := d.clock.Now().Add(d.ahead())
	events, err := d.forge.History(ctx, ref, time.Time{})
	if err != nil {
		return thread, d.deleted(ctx, ref, asProblem(op, err))
	}
	events = slices.DeleteFunc(events, func(e model.Event) bool { return e.Field == "" || e.Field == model.FieldComment })
	slices.SortStableFunc(events, func(a, b model.Event) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	upto := thread.Ticket.Updated
	if asked.Sub(upto) < sameMoment { // something may happen within the second still
		upto = upto.Add(-sameMoment)
	}
	err = d.store.SaveTimeline(ctx, ref, events, upto)
	if ctx.Err() != nil {
		return thread, asProblem(op, ctx.Err())
	}
	d.stored(err)
	thread.Events, thread.Told = events, true
	return thread, asProblemOrNil(op, d.link(ctx, &thread))
}

// sameMoment is how long after an update another may be dated to the same
// second, by clocks that differ a little.
const sameMoment = 2 * time.Second

func asProblemOrNil(op string, err error) error {
	if err == nil {
		return nil
	}
	return asProblem(op, err)
}

// keptThread returns a thread as the store has it, with its links.
func (d *Desk) keptThread(ctx context.Context, ref model.Ref) (model.Thread, error) {
	thread, err := d.store.Thread(ctx, ref)
	if err == nil {
		err = d.link(ctx, &thread)
	}
	return thread, err
}

// mostLinks is how many links a thread has at most, each way.
const mostLinks = 100

// link finds the tickets that a thread mentions, and those that mention it.
func (d *Desk) link(ctx context.Context, thread *model.Thread) error {
	var out, in, refs []model.Ref
	mention := func(text model.Prose) {
		for _, ref := range model.Mentions(text.String(), thread.Ref, thread.Ticket.URL) {
			if !slices.Contains(out, ref) && len(out) < mostLinks {
				out = append(out, ref)
			}
		}
	}
	mention(thread.Body)
	for _, c := range thread.Comments {
		mention(c.Body)
	}
	for _, e := range thread.Events {
		if e.Field == model.FieldMention && e.Came == "" && e.Ref.Number > 0 && !slices.Contains(in, e.Ref) && len(in) < mostLinks {
			in = append(in, e.Ref)
		}
	}
	if thread.Links = nil; len(out)+len(in) == 0 {
		return nil
	}
	refs = slices.Concat(out, in)
	tickets, err := d.store.Tickets(ctx, refs)
	if err != nil {
		return err
	}
	for i, ref := range refs {
		l := model.Link{Ref: ref, In: i >= len(out)}
		if at := slices.IndexFunc(tickets, func(t model.Ticket) bool { return t.Ref == ref }); at >= 0 {
			l.Known, l.Title, l.Open = true, tickets[at].Title, tickets[at].Open()
		}
		thread.Links = append(thread.Links, l)
	}
	return nil
}

package forge

import (
	"context"
	"errors"
	"slices"

	"docket/model"
)

// errChanged says that an entry is not any more what the sender has in hand:
// the person settled or amended it meanwhile. It is looked at again.
var errChanged = errors.New("the entry was changed meanwhile")

// deliver tries to send one entry once and notes what came of it.
func (d *Desk) deliver(ctx context.Context, e model.Entry) {
	row, err := d.attempt(ctx, &e)
	if err == nil {
		err = d.arrive(ctx, e, row)
	}
	if err == nil || errors.Is(err, errChanged) {
		return
	}
	if ctx.Err() != nil { // interrupted, not refused; on disk it still is what it was
		d.update(func(p *picture) {
			if now, ok := p.entry(e.ID); ok && now.Status == model.Sending {
				now.Status = model.Pending
				p.enter(now)
			}
		})
		return
	}
	p := d.deleted(ctx, e.Edit.Ref, asProblem("send a change to "+e.Edit.Ref.String(), err))
	d.log.Info("not sent", "change", e.ID, "problem", p)
	if p.Kind == model.Moved && d.readdress(e, p.Place) {
		return
	}
	wanted := e
	switch {
	case p.Kind == model.Clash:
		// It now stands on what the person is shown as theirs. If that changes
		// once more before 'use mine' arrives, it clashes again.
		e.Status, e.Edit.Change = model.Clashed, e.Edit.Change.Onto(row.Ticket)
	case p.Passes(), p.StopsAll(), ofStore(p), p.Kind == model.Moved: // held, until the repository answers again
		e.Status = model.Pending
	default:
		e.Status = model.Parked
	}
	e.Problem = p
	d.note(ctx, wanted, e, p)
}

// note keeps on disk and in memory how an entry failed, unless it is not any
// more as it was wanted, and puts off whatever it holds up.
func (d *Desk) note(ctx context.Context, wanted, e model.Entry, p *model.Problem) {
	d.inStep.Lock()
	defer d.inStep.Unlock()
	d.mu.Lock()
	now, ok := d.picture.entry(e.ID)
	mine := ok && (now.Status == model.Pending || now.Status == model.Sending) && alike(now, wanted)
	d.mu.Unlock()
	if mine {
		var err error
		if mine, err = d.store.Update(context.WithoutCancel(ctx), e); err != nil {
			d.stored(err)
			mine = true // in memory it is so at least
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if now, ok = d.picture.entry(e.ID); ok && mine && now.Status != model.Saving {
		d.picture.enter(e)
	}
	switch {
	case p.Passes(), ofStore(p):
		d.dispatch.delay(e.Edit.Ref, p, d.clock.Now())
	case p.StopsAll():
		d.dispatch.halted = true
		d.picture.trouble.send = p
	case p.Kind == model.Moved && !slices.Contains(d.repos, e.Edit.Ref.Repo): // no poll tells when it is back
		d.dispatch.delay(e.Edit.Ref, p, d.clock.Now())
	case p.Kind == model.Moved:
		d.picture.repo(e.Edit.Ref.Repo, func(r *model.Repo) { r.Problem = p })
		d.pollSoon(e.Edit.Ref.Repo) // a network's login page redirects, too: then all is well again
	}
	d.publish()
}

// attempt sends an entry unless the forge has it already, somebody was faster
// or it may not be sent. It returns the ticket as the forge has it afterwards,
// with a clash, too.
func (d *Desk) attempt(ctx context.Context, e *model.Entry) (Row, error) {
	ref, change := e.Edit.Ref, e.Edit.Change
	sentBefore := e.Tries > 0
	seen, err := d.look(ctx, *e)
	if err != nil {
		return Row{}, err
	}
	row, err := d.forge.Ticket(ctx, ref)
	if err != nil {
		return Row{}, err
	}
	done := change.Done(row.Ticket)
	if done && !sentBefore {
		return row, nil
	}
	if there, err := d.lookForComment(ctx, e); err != nil || there {
		return row, err
	}
	change = e.Edit.Change
	if err := change.Validate(); err != nil {
		return Row{}, &model.Problem{Op: "send a change to " + ref.String(), Kind: model.BadInput, Detail: model.NewLine(err.Error()), Err: err}
	}
	if change.Clashes(row.Ticket) {
		return row, d.clashes(ctx, e, row)
	}
	if !done {
		e.Theirs.Seen = seen
	}
	return d.carryOut(ctx, e, row, done)
}

// carryOut has the forge make an entry's change to a ticket as it is now, and
// looks afterwards whether somebody was faster. One that was sent and is done
// may be so by halves, the new label beside the old one: it is sent again.
func (d *Desk) carryOut(ctx context.Context, e *model.Entry, row Row, done bool) (Row, error) {
	labels, err := d.labels(ctx, e.Edit.Ref.Repo)
	if err != nil {
		return Row{}, err
	}
	o := Order{Now: row.Ticket, Change: e.Edit.Change, Labels: labels}
	if _, byLabel := model.MeaningOf(o.Change); done && !byLabel {
		return d.yield(ctx, e, o, row)
	}
	if err := d.begin(ctx, e); err != nil {
		return Row{}, err
	}
	receipt, err := d.apply(ctx, o)
	if row, e.Comment = receipt.Row, receipt.Comment; err != nil {
		if row, err = d.passedBy(ctx, *e, err); err != nil {
			return Row{}, err
		}
	}
	return d.yield(ctx, e, o, row)
}

// apply carries out an order. When a label is missing it looks whether somebody
// made it meanwhile, then, if the person agreed, creates what is missing.
func (d *Desk) apply(ctx context.Context, o Order) (Receipt, error) {
	repo := o.Now.Ref.Repo
	receipt, err := d.forge.Apply(ctx, o)
	if kindOf(err) != model.NoLabel {
		return receipt, err
	}
	if o.Labels, err = d.askLabels(ctx, repo); err != nil {
		return Receipt{}, err
	}
	if receipt, err = d.forge.Apply(ctx, o); kindOf(err) != model.NoLabel || !d.Snapshot().Repo(repo).Consent {
		return receipt, err
	}
	var create []model.Label
	for _, m := range d.scheme.Missing(o.Labels) {
		create = append(create, m.Default())
	}
	if err := d.forge.CreateLabels(ctx, repo, create); err != nil {
		return Receipt{}, err
	}
	if o.Labels, err = d.askLabels(ctx, repo); err != nil {
		return Receipt{}, err
	}
	return d.forge.Apply(ctx, o)
}

func kindOf(err error) model.ProblemKind {
	if err == nil {
		return ""
	}
	return asProblem("", err).Kind
}

// begin marks an entry as on its way, on disk before anything is sent: after a
// kill it must be known that it may have arrived.
func (d *Desk) begin(ctx context.Context, e *model.Entry) error {
	d.inStep.Lock()
	defer d.inStep.Unlock()
	d.mu.Lock()
	now, ok := d.picture.entry(e.ID)
	if !ok || now.Status != model.Pending || !alike(now, *e) {
		d.mu.Unlock()
		return errChanged
	}
	e.Status, e.Problem = model.Sending, nil
	e.Tries++
	e.Tried = d.clock.Now()
	d.picture.enter(*e)
	d.sent()
	d.mu.Unlock()
	kept, err := d.store.Update(context.WithoutCancel(ctx), *e)
	d.stored(err)
	if err == nil && !kept { // another process took it out
		d.update(func(p *picture) { p.remove(e.ID) })
		err = errChanged
	}
	d.log.Info("send", "change", e.ID, "ticket", e.Edit.Ref.String(), "field", e.Edit.Change.Field(), "try", e.Tries)
	return err
}

// alike reports whether two versions of an entry want the same.
func alike(a, b model.Entry) bool {
	if a.Edit.Ref != b.Edit.Ref {
		return false
	}
	x, errX := model.EncodeChange(a.Edit.Change)
	y, errY := model.EncodeChange(b.Edit.Change)
	if errX != nil || errY != nil { // of a newer docket: nobody here can change it
		return errX != nil && errY != nil
	}
	return string(x) == string(y)
}

// arrive takes an entry off the outbox and the ticket as it is now onto the
// board, on disk and in memory.
func (d *Desk) arrive(ctx context.Context, e model.Entry, row Row) error {
	d.inStep.Lock()
	defer d.inStep.Unlock()
	e.Status, e.Problem = model.Sent, nil
	tickets, err := d.store.Arrived(context.WithoutCancel(ctx), e, row)
	d.stored(err)
	if err != nil {
		return err // the next try finds that it has arrived
	}
	d.mu.Lock()
	before, known := d.picture.confirmed[e.Edit.Ref]
	d.picture.arrive(e, tickets)
	d.picture.trouble.send = nil
	d.dispatch.went(e.Edit.Ref, d.clock.Now())
	d.sent()
	d.mu.Unlock()
	d.log.Info("arrived", "change", e.ID, "ticket", e.Edit.Ref.String())
	// The next poll finds this row kept already: it can't tell that somebody,
	// maybe we, said something.
	if known && before.Comments != row.Ticket.Comments {
		d.expectComments(e.Edit.Ref.Repo)
	}
	return nil
}

// clashes notes who changed the field. A clash is told with who and when, so it
// waits for a forge that can't say so this moment.
func (d *Desk) clashes(ctx context.Context, e *model.Entry, row Row) error {
	theirs, err := d.forge.LastEdit(ctx, e.Edit.Ref, e.Edit.Change.Field())
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if p := asProblem("", err); p != nil {
		if p.Passes() || p.StopsAll() || p.Kind == model.Moved {
			return err
		}
		d.log.Info("who was faster", "problem", err)
		theirs = model.Theirs{}
	}
	_, theirs.Value = e.Edit.Change.Value(row.Ticket)
	if theirs.By.Login == e.By { // put back by us: see yield
		if err := d.credit(ctx, *e, &theirs); err != nil {
			return err
		}
	}
	return d.clash(ctx, e, row, theirs)
}

// clash shows the ticket as somebody faster left it.
func (d *Desk) clash(ctx context.Context, e *model.Entry, row Row, theirs model.Theirs) error {
	e.Theirs = theirs
	n, err := d.keep(ctx, true, func(ctx context.Context) ([]model.Ticket, error) {
		return d.store.SaveTickets(ctx, e.Edit.Ref.Repo, []Row{row})
	})
	if err != nil {
		return err
	}
	if n > 0 {
		d.expectComments(e.Edit.Ref.Repo)
	}
	return &model.Problem{Op: "send a change to " + e.Edit.Ref.String(), Kind: model.Clash}
}

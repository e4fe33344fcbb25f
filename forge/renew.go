package forge

import (
	"context"
	"slices"

	"docket/model"
)

// awaitToken looks for another token whenever something waits for one, or the
// person wants it, until ctx ends: who makes a new one need not start the board
// again.
func (d *Desk) awaitToken(ctx context.Context) {
	for d.wait(ctx, d.pace.Token, d.wakeToken) {
		refused, may := d.mayRenew()
		if !may {
			continue
		}
		if me, mark, ok := d.renew(ctx, refused); ok {
			d.log.Info("another token")
			d.welcome(context.WithoutCancel(ctx), me, mark)
			d.goOn()
		}
		d.mu.Lock()
		d.dispatch.changing = false
		d.mu.Unlock()
		nudge(d.wakeSender)
	}
}

// mayRenew reports whether another token is to be looked for now: something waits
// for one, or the person asks, and nothing is on its way. Then it keeps the sender
// still. refused says that the present token, if any, is of no use.
func (d *Desk) mayRenew() (refused, may bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	t := d.picture.trouble
	refused = d.readOnly.Load() || unknown(t.send) || unknown(t.sync)
	if len(d.dispatch.busy) == 0 {
		d.dispatch.changing = refused || d.dispatch.asked || d.picture.wantsToken(d.dispatch.as)
	}
	if d.dispatch.changing {
		d.dispatch.asked = false
	}
	return refused, d.dispatch.changing
}

func unknown(p *model.Problem) bool { return p != nil && p.Kind == model.BadToken }

// wantsToken reports whether something might go on with another token than that
// of a person.
func (p *picture) wantsToken(as model.Line) bool {
	return slices.ContainsFunc(p.repos, func(r model.Repo) bool {
		return tooWeak(r.Problem) || r.Problem != nil && r.Problem.Kind == model.NotFound // or private
	}) || slices.ContainsFunc(p.outbox, func(e model.Entry) bool {
		return !as.Empty() && !e.By.Empty() && e.By != as || e.Status == model.Parked && tooWeak(e.Problem)
	})
}

// tooWeak reports whether the forge knows the token, and it may not do that.
func tooWeak(p *model.Problem) bool {
	return p != nil && (p.Kind == model.MissingScope || p.Kind == model.Forbidden)
}

// welcome makes the board that of a token's owner. What the token of before was
// allowed to do says nothing about this one. The person is told what the disk
// refuses.
func (d *Desk) welcome(ctx context.Context, me model.Person, mark string) {
	_ = d.know(ctx, me, mark)
	for _, repo := range d.repos {
		_ = d.noteRepo(ctx, repo, func(s *RepoState) { s.Facts.Rights = model.Rights{} })
	}
}

// goOn ends the pause for a token that the forge knows, and sends again what its
// owner wanted and the one of before was too weak for.
func (d *Desk) goOn() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.readOnly.Store(false)
	d.picture.readOnly = false
	if unknown(d.picture.trouble.send) {
		d.picture.trouble.send, d.dispatch.halted = nil, false
	}
	if unknown(d.picture.trouble.sync) {
		d.picture.trouble.sync = nil
	}
	for _, e := range d.picture.outbox {
		if e.Status == model.Parked && e.By == d.dispatch.as && tooWeak(e.Problem) {
			d.again(e)
		}
	}
	d.publish()
	for _, v := range d.visits {
		v.other.Store(true)
		v.hurry()
	}
}

package forge

import (
	"context"

	"docket/model"
)

// awaitToken looks for another token whenever there is none or the forge refuses
// the one that is used, until ctx ends: who makes a new one need not start the
// board again.
func (d *Desk) awaitToken(ctx context.Context) {
	for d.wait(ctx, d.pace.Token, nil) {
		if !d.mayRenew() {
			continue
		}
		if me, mark, ok := d.renew(ctx); ok {
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

// mayRenew reports whether everything is held up for want of a token and nothing
// is on its way. It keeps the sender still while that is so.
func (d *Desk) mayRenew() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	t := d.picture.trouble
	d.dispatch.changing = (d.readOnly.Load() || refused(t.send) || refused(t.sync)) && len(d.dispatch.busy) == 0
	return d.dispatch.changing
}

func refused(p *model.Problem) bool { return p != nil && p.Kind == model.BadToken }

// welcome makes the board that of a token's owner. What the token of before was
// allowed to do says nothing about this one. The person is told what the disk
// refuses.
func (d *Desk) welcome(ctx context.Context, me model.Person, mark string) {
	_ = d.know(ctx, me, mark)
	for _, repo := range d.repos {
		_ = d.noteRepo(ctx, repo, func(s *RepoState) { s.Facts.Rights = model.Rights{} })
	}
}

// goOn ends the pause for a token that the forge knows.
func (d *Desk) goOn() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.readOnly.Store(false)
	d.picture.readOnly = false
	if refused(d.picture.trouble.send) {
		d.picture.trouble.send, d.dispatch.halted = nil, false
	}
	if refused(d.picture.trouble.sync) {
		d.picture.trouble.sync = nil
	}
	d.publish()
	for _, v := range d.visits {
		v.other.Store(true)
		v.hurry()
	}
}

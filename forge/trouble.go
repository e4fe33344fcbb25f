package forge

import (
	"errors"

	"docket/model"
)

// asProblem returns err as the problem it is or wraps; anything else is a bug
// of ours and says so.
func asProblem(op string, err error) *model.Problem {
	if err == nil {
		return nil
	}
	if p, ok := errors.AsType[*model.Problem](err); ok {
		return p
	}
	return &model.Problem{Op: op, Kind: model.Bug, Detail: model.NewLine(err.Error()), Err: err}
}

// ofStore reports whether a problem is the store's, not the forge's.
func ofStore(p *model.Problem) bool {
	switch p.Kind {
	case model.DiskFull, model.BrokenStore, model.ClosedStore, model.NewerStore:
		return true
	}
	return false
}

// trouble is what holds up everything, by who noticed it. The store's comes
// first: without it nothing is safe.
type trouble struct{ store, send, sync *model.Problem }

func (t trouble) worst() *model.Problem {
	switch {
	case t.store != nil:
		return t.store
	case t.send != nil:
		return t.send
	}
	return t.sync
}

// stored notes how a write to the store went.
func (d *Desk) stored(err error) {
	p := asProblem("write to the store", err)
	d.mu.Lock()
	defer d.mu.Unlock()
	if was := d.picture.trouble.store; was == nil && p == nil || was != nil && p != nil && was.Kind == p.Kind {
		return
	}
	d.picture.trouble.store = p
	if p != nil {
		d.log.Error("store", "problem", p)
	}
	d.publish()
}

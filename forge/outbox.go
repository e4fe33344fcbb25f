package forge

import (
	"cmp"
	"slices"

	"docket/model"
)

// The outbox in the picture: entries by ID. Snapshots share the slice, so the
// first change after one makes another.

// own makes the outbox one that may be written to.
func (p *picture) own() {
	if p.lent {
		p.outbox, p.lent = slices.Clone(p.outbox), false
	}
}

// entriesOf returns the entries of tickets in order; of all tickets for nil.
func (p *picture) entriesOf(refs []model.Ref) map[model.Ref][]model.Entry {
	if len(p.outbox) == 0 {
		return nil
	}
	of := map[model.Ref][]model.Entry{}
	if len(refs) == 1 { // as with each change that is sent
		for i := range p.outbox {
			if ref := refs[0]; p.outbox[i].Edit.Ref == ref {
				of[ref] = append(of[ref], p.outbox[i])
			}
		}
		return of
	}
	wanted := make(map[model.Ref]bool, len(refs))
	for _, ref := range refs {
		wanted[ref] = true
	}
	for _, e := range p.outbox {
		if refs == nil || wanted[e.Edit.Ref] {
			of[e.Edit.Ref] = append(of[e.Edit.Ref], e)
		}
	}
	return of
}

// entry returns the entry with an ID.
func (p *picture) entry(id int64) (model.Entry, bool) {
	if i, ok := p.place(id); ok {
		return p.outbox[i], true
	}
	return model.Entry{}, false
}

func (p *picture) place(id int64) (int, bool) { return place(p.outbox, id) }

// place returns where an entry is, or would be, among entries by ID.
func place(entries []model.Entry, id int64) (int, bool) {
	return slices.BinarySearchFunc(entries, id, func(e model.Entry, id int64) int { return cmp.Compare(e.ID, id) })
}

// sending reports whether a change of the ticket is on its way: what comes in
// meanwhile may well be that.
func (p *picture) sending(ref model.Ref) bool {
	return slices.ContainsFunc(p.outbox, func(e model.Entry) bool { return e.Edit.Ref == ref && e.Status == model.Sending })
}

// enter adds entries, or puts them in place of those with the same ID, and
// shows their tickets.
func (p *picture) enter(entries ...model.Entry) {
	if len(entries) == 0 {
		return
	}
	p.stale = true
	p.own()
	refs := make([]model.Ref, 0, len(entries))
	for _, e := range entries {
		if i, ok := p.place(e.ID); ok {
			if was := p.outbox[i].Edit.Ref; was != e.Edit.Ref {
				refs = append(refs, was)
			}
			p.outbox[i] = e
		} else {
			p.outbox = slices.Insert(p.outbox, i, e)
		}
		refs = append(refs, e.Edit.Ref)
	}
	p.show(refs)
}

// remove takes entries out and shows their tickets without them.
func (p *picture) remove(ids ...int64) {
	if len(ids) == 0 {
		return
	}
	p.stale = true
	var refs []model.Ref
	gone := setOf(ids)
	p.own()
	p.outbox = slices.DeleteFunc(p.outbox, func(e model.Entry) bool {
		if gone[e.ID] {
			refs = append(refs, e.Edit.Ref)
		}
		return gone[e.ID]
	})
	p.show(refs)
}

func setOf(ids []int64) map[int64]bool {
	set := make(map[int64]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}

// arrive takes tickets as the forge has them after an entry arrived, and the
// entry out: one step, so that no card shows the one without the other.
func (p *picture) arrive(e model.Entry, tickets []model.Ticket) {
	if i, ok := p.place(e.ID); ok {
		p.own()
		copy(p.outbox[1:i+1], p.outbox[:i]) // what is sent stands among the first: few are moved
		p.outbox = p.outbox[1:]
	}
	p.remember(e)
	refs := []model.Ref{e.Edit.Ref}
	for _, t := range tickets {
		if _, known := p.confirmed[t.Ref]; known || p.wants(t) {
			p.confirmed[t.Ref] = t
			refs = append(refs, t.Ref)
		}
	}
	p.show(refs)
}

// lookout looks through the entries of tickets, in order, for the ones that may be
// sent now. Of an action on many tickets it need not look at more than a few.
type lookout struct {
	passed map[model.Ref]bool          // tickets of which nothing more can be sent now
	stuck  map[model.Ref][]model.Entry // what of the others does not go on by itself
}

// sends reports whether an entry may be sent. One that must wait for an earlier
// one of its ticket holds up what comes after it just the same.
func (l *lookout) sends(e model.Entry) bool {
	ref := e.Edit.Ref
	switch {
	case l.passed[ref]:
		return false
	case e.Stuck():
		l.stuck[ref] = append(l.stuck[ref], e)
		return false
	case model.Held(e, l.stuck[ref]):
		e.Status = model.Parked
		l.stuck[ref] = append(l.stuck[ref], e)
		return false
	}
	l.passed[ref] = true
	return e.Status == model.Pending // or it is not on disk yet, or on its way: in order
}

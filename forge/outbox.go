package forge

import (
	"cmp"
	"slices"

	"docket/model"
)

// The outbox in the picture: entries by ID. Snapshots share the slice, so each
// change makes another one.

// entriesOf returns the entries of tickets in order; of all tickets for nil.
func (p *picture) entriesOf(refs []model.Ref) map[model.Ref][]model.Entry {
	if len(p.outbox) == 0 {
		return nil
	}
	wanted := make(map[model.Ref]bool, len(refs))
	for _, ref := range refs {
		wanted[ref] = true
	}
	of := map[model.Ref][]model.Entry{}
	for _, e := range p.outbox {
		if refs == nil || wanted[e.Edit.Ref] {
			of[e.Edit.Ref] = append(of[e.Edit.Ref], e)
		}
	}
	return of
}

// madeBy returns the entries that a person made, by ticket and in order. What
// somebody else made on the same store goes out with that person's token.
func (p *picture) madeBy(login model.Line) map[model.Ref][]model.Entry {
	of := map[model.Ref][]model.Entry{}
	for _, e := range p.outbox {
		if e.By == login {
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
	p.outbox = slices.Clone(p.outbox)
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
	p.outbox = slices.DeleteFunc(slices.Clone(p.outbox), func(e model.Entry) bool {
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
	p.outbox = slices.DeleteFunc(slices.Clone(p.outbox), func(o model.Entry) bool { return o.ID == e.ID })
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

// next returns the first entry of one ticket that may be sent now; entries are
// the ticket's in order. One that must wait for an earlier one holds up what
// comes after it just the same.
func next(entries []model.Entry) (model.Entry, bool) {
	entries = slices.Clone(entries)
	for i, e := range entries {
		switch {
		case e.Status == model.Clashed || e.Status == model.Parked:
		case model.Held(e, entries[:i]):
			entries[i].Status = model.Parked
		case e.Status == model.Pending:
			return e, true
		default:
			return model.Entry{}, false // not on disk yet, or on its way: in order
		}
	}
	return model.Entry{}, false
}

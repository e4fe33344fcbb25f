package model

import "slices"

// action returns the group as history shows it. Its edits are appended to a
// list that has room for them.
func (g *group) action(room []Edit) (Action, []Edit) {
	from := len(room)
	for _, e := range g.entries {
		room = append(room, e.Edit)
	}
	a := Action{ID: g.id, Last: g.latest.id, When: g.entries[0].Made, Back: g.latest.odd, Status: Dropped}
	discarded := false
	for step := g.latest; step != nil; step = step.back {
		for _, e := range step.entries {
			a.Status = moreTelling(a.Status, e.Status)
			discarded = discarded || e.Status == Dropped
		}
	}
	if discarded {
		room = g.inPart(&a, room[:from])
	}
	a.Edits = room[from:len(room):len(room)]
	switch {
	case a.Back && a.Status == Sent:
		a.Status = TakenBack
	case !a.Back && a.Status == TakenBack:
		a.Status = Dropped
	}
	return a, room
}

// moreTelling returns the status that a person wants to hear of more.
func moreTelling(a, b Status) Status {
	ranks := []Status{Dropped, TakenBack, Sent, Saving, Pending, Sending, Parked, Clashed}
	if slices.Index(ranks, b) > slices.Index(ranks, a) {
		return b
	}
	return a
}

// inPart tells of an action of which something was discarded, now or when it
// was taken back or brought again: how it stands, and what it still is about.
func (g *group) inPart(a *Action, room []Edit) []Edit {
	stand := g.standing()
	stands := func(e *Entry) bool { s := stand[e.ID]; return s == Sent || s == Dropped }
	a.Back = a.Back && !all(g.entries, stands)
	a.Status = Dropped
	from := len(room)
	for _, e := range g.entries {
		s := stand[e.ID]
		if s == Dropped || a.Back && s == Sent {
			a.Discarded++
			continue
		}
		a.Status = moreTelling(a.Status, s)
		room = append(room, e.Edit)
	}
	if len(room) == from { // nothing is left: it tells of all
		a.Discarded = 0
		for _, e := range g.entries {
			room = append(room, e.Edit)
		}
	}
	return room
}

func all(entries []*Entry, are func(*Entry) bool) bool {
	return !slices.ContainsFunc(entries, func(e *Entry) bool { return !are(e) })
}

// standing returns how each entry of an action stands after all steps about it:
// on its way one way or the other, sent, taken back, or discarded.
func (g *group) standing() map[int64]Status {
	var steps []*group
	for step := g.latest; step != nil; step = step.back {
		steps = append(steps, step)
	}
	stand, first := map[int64]Status{}, map[int64]int64{}
	for _, step := range slices.Backward(steps) {
		for _, e := range step.entries {
			id := e.ID
			if step != g {
				id = first[e.Of]
			}
			first[e.ID] = id
			switch {
			case step == g, e.Status < Sent:
				stand[id] = e.Status
			case e.Status == Sent && step.odd, e.Status == Dropped && step.odd && e.clashed():
				stand[id] = TakenBack
			case e.Status == Sent, e.Status == Dropped && !step.odd:
				stand[id] = e.Status
			}
		}
	}
	return stand
}

// clashed reports whether somebody else's value was there, and the person has not
// put this over it: they kept that one, or have not said.
func (e Entry) clashed() bool { return e.Problem != nil && e.Problem.Kind == Clash }

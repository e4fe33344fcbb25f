package model

import (
	"cmp"
	"slices"
)

// room is for what takes a group back: an action may be about thousands of
// tickets.
func (g *group) room() (leave, enter []Entry) {
	waits := 0
	for _, e := range g.entries {
		if !e.Settled() {
			waits++
		}
	}
	return make([]Entry, 0, waits), make([]Entry, 0, len(g.entries)-waits)
}

// takeBack returns the step that takes back what the group has done about an
// action, or why there is none.
func (g *group) takeBack(action int64) (*Reversal, string) {
	s := &Reversal{Action: action, Takes: g.id, Brings: g.odd}
	s.Leave, s.Enter = g.room()
	reversed := map[int64]bool{} // what entries stand for whose reversal is among Enter
	for _, e := range slices.Backward(g.entries) {
		if !g.takeEntryBack(s, e, reversed) {
			return nil, "a newer docket did it"
		}
	}
	g.takeMissed(s, reversed)
	if len(s.Leave)+len(s.Enter) == 0 {
		return nil, discarded
	}
	return s, ""
}

// takeEntryBack adds to a step what takes back an entry of the group; false
// when nobody here knows how.
func (g *group) takeEntryBack(s *Reversal, e *Entry, reversed map[int64]bool) bool {
	switch {
	case g.odd && e.clashed() && e.Status != TakenBack: // somebody else's value is there
		if e.Status == Clashed {
			s.Leave = append(s.Leave, *e)
		}
		if lost := g.original(e.Of); lost != nil {
			s.Enter = append(s.Enter, again(lost))
		}
		reversed[e.Of] = true
		return true
	case e.Status == Dropped:
		reversed[e.Of] = true // its value stays as it is
		return true
	case e.Status == TakenBack:
		return true
	case e.Status != Sent:
		s.Leave = append(s.Leave, *e)
		if !e.Unsure() {
			return true
		}
	}
	reversal, ok := g.reverse(e)
	if ok {
		s.Enter = append(s.Enter, reversal)
		reversed[e.Of] = true
	}
	return ok
}

// takeMissed adds what the group's predecessor had wanted and the group found
// taken back or discarded.
func (g *group) takeMissed(s *Reversal, reversed map[int64]bool) {
	if g.back == nil {
		return
	}
	for _, e := range g.back.entries {
		missed := e.Status == TakenBack || e.Status == Dropped && g.back.odd && !e.clashed()
		if missed && !reversed[e.ID] && (e.Of == 0 || !reversed[e.Of]) {
			s.Enter = append(s.Enter, again(e))
		}
	}
}

// reverse returns what reverses an entry that was sent, or may have been.
func (g *group) reverse(e *Entry) (Entry, bool) {
	out := Entry{Of: e.ID, Edit: Edit{Ref: e.Edit.Ref}}
	if c, ok := e.Edit.Change.(AddComment); ok {
		out.Edit.Change = RemoveComment{ID: e.Comment, Text: c.Text}
		out.Tried, out.Theirs.Seen = e.Tried, e.Theirs.Seen
		return out, true
	}
	var ok bool
	out.Edit.Change, ok = e.Edit.Change.Inverse()
	if _, comment := out.Edit.Change.(AddComment); comment && e.Status != Sent {
		// It may not have been deleted: whoever writes it again looks for it.
		first := g.written(e.Of)
		out.Tries, out.Tried, out.Theirs.Seen = first.Tries, first.Tried, first.Theirs.Seen
	}
	return out, ok
}

// again is an entry that is made once more. One that clashed, and of which the
// person has not said whose value to keep, is asked about once more.
func again(e *Entry) Entry {
	out := Entry{Edit: e.Edit, Of: e.ID, Tries: e.Tries, Tried: e.Tried, Theirs: Theirs{Seen: e.Theirs.Seen}}
	if e.clashed() {
		out.Status, out.Problem, out.Theirs = Clashed, e.Problem, e.Theirs
	}
	return out
}

// written returns the entry that wrote a comment which an entry of an earlier
// step was about.
func (g *group) written(of int64) Entry {
	for step := g.back; step != nil; step = step.back {
		if e := step.entry(of); e != nil {
			if _, ok := e.Edit.Change.(AddComment); ok {
				return *e
			}
			of = e.Of
		}
	}
	return Entry{}
}

// original returns what an entry of an undo was to take back as it was done:
// an entry of the action, or of a redo.
func (g *group) original(of int64) *Entry {
	for step := g.back; step != nil; step = step.back {
		if e := step.entry(of); e != nil {
			if !step.odd {
				return e
			}
			of = e.Of
		}
	}
	return nil
}

func (g *group) entry(id int64) *Entry {
	if i, ok := slices.BinarySearchFunc(g.entries, id, func(e *Entry, id int64) int { return cmp.Compare(e.ID, id) }); ok {
		return g.entries[i]
	}
	return nil
}

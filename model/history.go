package model

import (
	"cmp"
	"slices"
	"time"
)

// HistoryLength is how many actions can be taken back.
const HistoryLength = 100

// Action is what a person did in one go, as a triage of gain, pain, state and
// comment in one dialog. What takes it back, or brings it again, is not an
// action of its own.
type Action struct {
	ID   int64
	Last int64 // the group of the last step about it: its own, or what took it back or brought it again
	When time.Time
	// Edits are what was done, but for what the person discarded of it while the
	// rest went on; Discarded tells how many those are.
	Edits     []Edit
	Discarded int
	// Back is set when it was taken back last, and not when it was brought
	// again since.
	Back bool
	// Status tells how far the last that was done about it has come: Saving,
	// Pending, Sending, Clashed or Parked while anything of it is so, and then
	// Sent, TakenBack, or Dropped when the person discarded all of it.
	Status Status
	// Undo and Redo are set when it is what is taken back or brought back next.
	// Otherwise Why says, in words, why neither can be done.
	Undo, Redo bool
	Why        string
}

// Reversal is what undo or redo does: it takes back an action, or takes back
// that. Nobody changes one.
type Reversal struct {
	Action int64 // what the person did
	Takes  int64 // the group that it takes back: the action, or the last step about it
	Brings bool  // it brings the action back
	// Meanwhile is set when the person has agreed that comments that arrive
	// before this is done are deleted, too.
	Meanwhile bool
	// Leave are entries that leave the outbox. Those that may have been sent
	// nevertheless (Unsure) are reversed by an edit as well, which changes
	// nothing if they were not.
	Leave []Entry
	// Enter are the edits to be sent, in order; only Edit, Of, Tries, Tried and
	// Theirs.Seen are set, and what is asked about one that is Clashed.
	Enter []Entry
}

// Deletes returns the texts of the comments that it deletes on the forge. A
// person must be asked before that.
func (s *Reversal) Deletes() []string {
	var out []string
	for _, e := range s.Enter {
		if c, ok := e.Edit.Change.(RemoveComment); ok {
			out = append(out, c.Text)
		}
	}
	return out
}

// group is the entries that were made in one step: an action, or what takes a
// group back.
type group struct {
	id      int64
	back    *group // nil: an action
	backID  int64
	entries []*Entry // by ID
	latest  *group   // of an action: the last step about it, maybe itself
	odd     bool     // it takes an action back
}

// Chronicle returns the person's history and what undo and redo would do next.
// Entries are all that are known, in the outbox or not, by ID. The last action
// that stands is taken back first; what was taken back last is brought back
// first, until the person does something new.
//
// An action's last step says whether it stands: two dockets that take the same
// action back at once have taken it back.
//
// Redo brings back all that undo took away, and what somebody else had replaced
// when undo came: whether or not the person kept theirs then, it is asked about
// again unless it is gone by now. What the person discarded otherwise of an undo was
// not taken back and stands; what was discarded of an action or of a redo is no
// part of the action any more.
func Chronicle(entries []*Entry, me Line) (history []Action, undo, redo *Reversal) {
	actions := actionsOf(entries, me)
	history = make([]Action, len(actions))
	redoable := make([]int, 0, len(actions))
	edits := make([]Edit, 0, len(entries))
	for i, a := range actions { // newest first
		out := &history[i]
		*out, edits = a.action(edits)
		switch {
		case out.Status == Dropped:
			out.Why = discarded
		case a.latest.odd && !out.Back:
			out.Why = "taking it back was discarded"
		case out.Back && actions[0].id > a.latest.id:
			out.Why = "something new was done since it was taken back"
		case out.Back:
			out.Why = "what was taken back after it comes first"
			redoable = append(redoable, i)
		case undo != nil:
			out.Why = "what was done after it comes first"
		default:
			undo, out.Why = a.latest.takeBack(a.id)
			out.Undo = undo != nil
		}
	}
	slices.SortFunc(redoable, func(i, j int) int { return cmp.Compare(actions[j].latest.id, actions[i].latest.id) })
	for _, i := range redoable {
		if redo, history[i].Why = actions[i].latest.takeBack(actions[i].id); redo != nil {
			history[i].Redo = true
			break
		}
	}
	return history, undo, redo
}

const discarded = "it was discarded"

// actionsOf returns the latest actions of a person, newest first, each with
// its last step.
func actionsOf(entries []*Entry, me Line) []*group {
	groups := groupsOf(entries)
	byID := make(map[int64]*group, len(groups))
	var actions []*group
	for _, g := range groups {
		byID[g.id] = g
		if g.backID == 0 && len(g.entries) > 0 && ownedBy(g.entries[0].By, me) {
			g.latest = g
			actions = append(actions, g)
		}
	}
	actions = actions[max(0, len(actions)-HistoryLength):]
	// A step is later than what it takes back, so that is looked at before.
	for _, g := range groups {
		if g.backID == 0 || byID[g.backID] == nil {
			continue // no step, or one about what nobody remembers
		}
		g.back = byID[g.backID]
		g.odd = !g.back.odd
		if root := g.root(); root.latest != nil {
			root.latest = g
		}
	}
	slices.Reverse(actions)
	return actions
}

// groupsOf returns the groups that entries belong to, or were taken back by, by
// ID. Most lie side by side among the entries.
func groupsOf(entries []*Entry) []*group {
	groups := make([]*group, 0, len(entries))
	at := make(map[int64]*group, len(entries))
	find := func(id, back int64) *group {
		g, ok := at[id]
		if !ok {
			g = &group{id: id, backID: back}
			at[id] = g
			groups = append(groups, g)
		}
		return g
	}
	for i, e := range entries {
		g := find(e.Group, e.Back)
		if n := len(g.entries); i == 0 || n == 0 || g.entries[n-1] == entries[i-1] && n <= i && g.entries[0] == entries[i-n] {
			g.entries = entries[i-n : i+1 : i+1]
		} else {
			g.entries = append(g.entries, e)
		}
		if e.Gone != 0 {
			find(e.Gone, e.Group)
		}
	}
	slices.SortFunc(groups, func(a, b *group) int { return cmp.Compare(a.id, b.id) })
	return groups
}

// ownedBy reports whether a person did something. What nobody is known to have
// done was done by whoever sits here.
func ownedBy(by, me Line) bool { return by == me || by.Empty() }

func (g *group) root() *group {
	for g.back != nil {
		g = g.back
	}
	return g
}

package ui

import (
	"fmt"
	"time"

	"docket/model"
)

// tally is what the first line needs to know about the outbox. It is worked out
// once for each snapshot, for an action on many tickets makes the outbox long
// and a frame must not walk through it.
type tally struct {
	waiting, stuck int            // changes
	saving         int            // of those that wait: not on disk yet
	problem        *model.Problem // why one waits that will be sent by itself
	all, left      int            // tickets of actions on many that have not arrived as a whole, and those on their way
	held           int            // of all: tickets that wait for the person
	back           int            // tickets that are still to be taken back
	clashes        []int64        // the entries that the person must decide between two values for
}

func tallyOf(s *model.Snapshot) tally {
	t := tally{stuck: s.Stuck(), saving: s.Saving()}
	t.waiting = len(s.Outbox) - t.stuck
	of, back := map[int64]int{}, map[int64]bool{} // by step: actions on many that have not arrived as a whole, and what takes actions back
	for i := range s.History {
		switch act := &s.History[i]; {
		case act.Back:
			back[act.Last] = true
		case act.Status < model.Sent: // for the first time, or again
			if n := model.TicketsOf(act.Edits); n > 1 {
				of[act.Last] = n
			}
		}
	}
	left, held := map[int64]int{}, map[int64]int{} // their tickets that go on by themselves, and that do not
	var last model.Entry
	for i := range s.Outbox {
		e := &s.Outbox[i]
		if t.problem == nil && e.Problem != nil && e.Problem.Passes() && e.Status == model.Pending {
			t.problem = e.Problem
		}
		if e.Status == model.Clashed {
			t.clashes = append(t.clashes, e.ID)
		}
		if e.Edit.Ref == last.Edit.Ref && e.Group == last.Group {
			continue
		}
		last.Edit.Ref, last.Group = e.Edit.Ref, e.Group
		switch {
		case back[e.Group]:
			t.back++
		case of[e.Group] == 0:
		case e.Stuck(): // and what the action does to the ticket after it waits, too
			held[e.Group]++
		default:
			left[e.Group]++
		}
	}
	for group, n := range left {
		t.all, t.left, t.held = t.all+of[group], t.left+n, t.held+held[group]
	}
	return t
}

// waitingWords tell what has not reached the forge.
func (a *App) waitingWords() []string {
	t := a.tally
	var words []string
	switch {
	case t.left > 0:
		done := t.all - t.left - t.held
		words = append(words, fmt.Sprintf("%s %s of %s sent", a.theme.meter(done, t.all, 8), thousands(done), count(t.all, "ticket", "tickets")))
	case t.back > 1:
		words = append(words, count(t.back, "ticket", "tickets")+" to take back")
	case t.waiting > 0:
		words = append(words, thousands(t.waiting)+" pending")
	}
	if t.stuck > 0 {
		words = append(words, thousands(t.stuck)+" parked")
	}
	return words
}

// sending is what who hears knows of an action on many tickets that is sent.
type sending struct {
	goes bool      // it had not ended
	left int       // the tickets that were still to be sent
	at   time.Time // when that was told
}

// sendingFor is the least time between two tellings of how far it has come.
const sendingFor = 5 * time.Second

// sent tells how far an action on many tickets has come while that goes on, and
// always that it has ended, though not into what the person writes or chooses.
func (n *news) sent(a *App, own bool) []string {
	s, left := &n.sending, a.tally.left
	if back := a.tally.back; back > 1 || s.goes {
		left += back
	}
	switch ended := s.goes && left == 0; {
	case own: // and so it was told already
		*s = sending{left > 0, left, a.now}
	case len(a.dialogs) > 0 || a.filter.typing:
	case ended:
		s.goes, n.waiting = false, 0
		return []string{a.arrivedWords()}
	case left > 0:
		s.goes = true
		if left != s.left && a.now.Sub(s.at) >= sendingFor {
			s.left, s.at = left, a.now
			return []string{plainly(a.waitingWords()[0])}
		}
	}
	return nil
}

// arrivedWords tell that changes have reached the forge, and how many have not.
func (a *App) arrivedWords() string {
	if n := len(a.snap.Outbox); n > 0 {
		return "All your changes but " + thousands(n) + " have reached the forge"
	}
	return "All your changes have reached the forge"
}

package forge

import (
	"time"

	"github.com/cenkalti/backoff/v5"

	"docket/model"
)

// newRetry returns waits that double from first up to most, each scattered by a
// third so that many waiting changes do not come back in step.
func newRetry(first, most time.Duration) *backoff.ExponentialBackOff {
	return &backoff.ExponentialBackOff{InitialInterval: first, Multiplier: 2, RandomizationFactor: 0.33, MaxInterval: most}
}

// turn is when something that failed may be tried again.
type turn struct {
	retry *backoff.ExponentialBackOff
	at    time.Time
}

// dispatch is what the sender knows beyond the entries themselves. The Desk's
// mu guards it.
type dispatch struct {
	as   model.Line          // whose token it is: only what that person made is sent; empty: not known
	lead bool                // this process sends it; true for as long as the person stays the same
	busy map[model.Ref]int64 // the entry in hand, by ticket
	turn map[model.Ref]turn  // tickets whose change failed and waits
	all  turn                // every ticket waits: the forge could not be reached
	rest time.Time           // the forge asked not to come before: nobody may hurry it, and nothing else prolongs it
	// halted is set when nothing can be sent before the person does something.
	halted bool
	// changing is set while another token is looked for: what one person made must
	// not go out with the token of another.
	changing bool
	// asked is set while the person wants another token to be looked for.
	asked bool
	// arrived is when a ticket's change was last answered: pages asked for
	// before that may show the ticket as it was.
	arrived map[model.Ref]time.Time
	tidied  time.Time // when arrivals were last forgotten
	pace    Pace
}

const (
	sendAtOnce  = 4               // tickets that are sent side by side
	askLead     = 2 * time.Second // between two offers to become the one that sends
	arrivalKept = 10 * time.Minute
)

func newDispatch(p Pace) dispatch {
	return dispatch{
		busy: map[model.Ref]int64{}, turn: map[model.Ref]turn{}, arrived: map[model.Ref]time.Time{},
		all: turn{retry: newRetry(p.Retry, p.SlowestRetry)}, pace: p,
	}
}

// hurry lets a ticket's waiting change be tried at once.
func (s *dispatch) hurry(ref model.Ref) { delete(s.turn, ref) }

// hurryAll lets everything be tried at once, but for what the forge itself
// asked to wait for.
func (s *dispatch) hurryAll() {
	clear(s.turn)
	s.halted = false
	s.all.at = time.Time{}
	s.all.retry.Reset()
}

// reached lets what waits for a forge that could not be reached be tried at once:
// a poll has just worked. If the last one had not, what the forge struggled with
// is tried, too. Whoever fails once more goes on to wait longer each time.
func (s *dispatch) reached(again bool) {
	s.all.at = time.Time{}
	if !again {
		return
	}
	for ref, t := range s.turn {
		t.at = time.Time{}
		s.turn[ref] = t
	}
}

// held is how long everything has to wait; not positive when it need not.
func (s *dispatch) held(now time.Time) time.Duration { return later(s.rest, s.all.at).Sub(now) }

// delay puts off a ticket, or everything, after a failure that may pass. An
// unreachable forge or one that asks for a rest is so for every ticket; a
// struggling one may struggle with this change only.
func (s *dispatch) delay(ref model.Ref, p *model.Problem, now time.Time) {
	switch p.Kind {
	case model.RateLimited, model.Unreachable:
		s.delayAll(p, now)
	default:
		t, ok := s.turn[ref]
		if !ok {
			t.retry = newRetry(s.pace.Retry, s.pace.SlowestRetry)
		}
		t.at = now.Add(t.retry.NextBackOff())
		s.turn[ref] = t
	}
}

// delayAll puts off everything. What fails side by side fails once.
func (s *dispatch) delayAll(p *model.Problem, now time.Time) {
	switch {
	case p.Kind == model.RateLimited && p.Until.After(now):
		s.rest = later(s.rest, p.Until)
	case !s.all.at.After(now):
		s.all.at = now.Add(s.all.retry.NextBackOff())
	}
}

// went notes that the forge answered as it should.
func (s *dispatch) went(ref model.Ref, now time.Time) {
	delete(s.turn, ref)
	s.all.at = time.Time{}
	s.all.retry.Reset()
	s.arrived[ref] = now
	if now.Sub(s.tidied) < arrivalKept {
		return
	}
	s.tidied = now
	for ref, at := range s.arrived {
		if now.Sub(at) > arrivalKept {
			delete(s.arrived, ref)
		}
	}
}

package forge_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"docket/forge"
	"docket/model"
)

func TestACommentThatIsSaidTwiceIsSentTwice(t *testing.T) {
	story(t, 1, func(s *scene) {
		for range 3 {
			s.submit(1, say("ping"))
			s.world.do(func() { s.world.before = times(1, failing("apply", problem(model.Struggling, ""))) })
			s.after(5 * time.Second) // the one before is not taken for this one
			s.entries()
		}
		if got := s.world.at(1).Comments; got != 3 {
			t.Errorf("%d comments", got)
		}
	})
}

// meanwhile lets somebody do something between the look at a ticket and the
// write of a change.
func meanwhile(s *scene, do func()) {
	var once sync.Once
	s.world.do(func() {
		s.world.before = func(_ context.Context, request string) error {
			if strings.HasPrefix(request, "apply") {
				once.Do(do)
			}
			return nil
		}
	})
}

func TestSomebodyWhoWasFasterByAMomentIsNotOverwritten(t *testing.T) {
	for name, c := range map[string]struct {
		mine, theirs model.Change
		value        string
	}{
		"gain":      {gain(model.None, model.Low), gain(model.None, model.High), "high"},
		"pain":      {pain(model.None, model.Low), pain(model.None, model.Medium), "medium"},
		"state":     {model.Move{From: model.NeedsReview, To: model.Urgent}, model.Move{From: model.NeedsReview, To: model.NextMeeting}, "next meeting"},
		"ending":    {model.Resolve{To: model.Done}, model.Resolve{To: model.InsufficientData}, string(model.InsufficientData)},
		"assignees": {model.Assign{To: model.Logins(model.NewLine("anna"))}, model.Assign{To: model.Logins(model.NewLine("kira"))}, "kira"},
		"milestone": {model.SetMilestone{To: model.Milestone{ID: 1, Title: model.NewLine("spring")}},
			model.SetMilestone{To: model.Milestone{ID: 2, Title: model.NewLine("autumn")}}, "autumn"},
		"due": {model.SetDue{To: model.StampOf(time.Date(2031, 1, 2, 0, 0, 0, 0, time.UTC))},
			model.SetDue{To: model.StampOf(time.Date(2031, 3, 4, 0, 0, 0, 0, time.UTC))}, "2031-03-04"},
	} {
		t.Run(name, func(t *testing.T) {
			story(t, 1, func(s *scene) {
				meanwhile(s, func() { s.world.as("kira", 1, c.theirs) })
				s.submit(1, c.mine)
				s.after(time.Second)
				e := s.entries(model.Clashed)[0]
				if e.Theirs.Value != c.value || e.Theirs.By.Login.Raw() != "kira" || e.Theirs.At.IsZero() {
					t.Fatalf("theirs: %+v", e.Theirs)
				}
				if got := s.world.at(1); !c.theirs.Done(got) || !c.theirs.Done(s.card(1).Ticket) {
					t.Fatalf("the forge has %+v, the card shows %+v", got, s.card(1))
				}
				s.desk.Settle(e.ID, model.UseMine)
				s.after(time.Second)
				s.entries()
				if !c.mine.Done(s.world.at(1)) {
					t.Errorf("mine was to be used: %+v", s.world.at(1))
				}
			})
		})
	}
}

// The answer to the write that overwrote got lost, or docket was killed: it is
// told all the same.
func TestWhoWasOverwrittenIsFoundAfterAKill(t *testing.T) {
	story(t, 1, func(s *scene) {
		meanwhile(s, func() { s.world.as("kira", 1, gain(model.None, model.High)) })
		s.world.do(func() {
			s.world.lost = func(ctx context.Context, request string) error { return slow("apply", time.Hour)(ctx, request) }
		})
		s.submit(1, gain(model.None, model.Low))
		s.after(time.Second)
		s.kill()
		s.world.do(func() { s.world.lost = nil })
		s.open()
		s.run()
		s.after(time.Minute)
		if e := s.entries(model.Clashed)[0]; e.Theirs.Value != "high" || s.world.at(1).Gain != model.High {
			t.Errorf("theirs: %+v, the forge has %v", e.Theirs, s.world.at(1).Gain)
		}
	})
}

func TestTheSameWishAtTheSameMomentIsNoClash(t *testing.T) {
	story(t, 1, func(s *scene) {
		meanwhile(s, func() {
			s.world.as("kira", 1, gain(model.None, model.High))
			s.world.as("kira", 1, pain(model.None, model.Low))
		})
		s.submit(1, gain(model.None, model.High))
		s.after(time.Second)
		s.entries()
		if got := s.world.at(1); got.Gain != model.High || got.Pain != model.Low {
			t.Errorf("the forge has %+v", got)
		}
	})
}

func TestALoginPageOnTheWayHoldsUpAndLosesNothing(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.world.do(func() {
			s.world.before = times(1, failing("apply", problem(model.Moved, "http://portal.example.net/login")))
		})
		s.submit(1, gain(model.None, model.High), say("so"))
		s.after(time.Minute)
		s.entries()
		if got := s.world.at(1); got.Gain != model.High || got.Comments != 1 {
			t.Errorf("the forge has %+v", got)
		}
	})
}

// Docket was killed when it had just learned whose token it is.
func TestWhatWasMadeBeforeItWasKnownByWhomKeepsItsPlace(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.unreachable(true)
		s.submit(1, say("first"))
		s.after(time.Second)
		s.kill()
		e := s.disk.waiting()[0]
		e.By = model.Line{}
		s.disk.outbox[e.ID] = e
		s.open()
		s.submit(1, say("second"))
		s.run()
		s.after(time.Second)
		s.unreachable(false)
		s.after(10 * time.Minute)
		s.entries()
		if got := s.world.comments; len(got) != 2 || got[0].Body.Raw() != "first" {
			t.Errorf("arrived %+v", got)
		}
	})
}

// setClock is a clock that can be set, as an administrator or a laptop that
// wakes up does. What it tells is the wall's time alone.
type setClock struct {
	mu sync.Mutex
	by time.Duration
}

func (c *setClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Round(0).Add(c.by)
}

func (c *setClock) After(d time.Duration) <-chan time.Time { return time.After(d) }

func (c *setClock) jump(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.by += d
}

// withClock is story with a Desk whose clock can be set.
func withClock(t *testing.T, n int, f func(s *scene, c *setClock)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := &scene{T: t, world: newWorld(n), disk: newDisk()}
		c := &setClock{}
		again := func() {
			s.store = s.disk.process()
			o := s.options()
			o.Clock = c
			s.desk = forge.NewDesk(o)
			if err := s.desk.Open(t.Context()); err != nil {
				t.Fatal(err)
			}
			s.run()
		}
		again()
		s.after(2 * time.Minute)
		f(s, c)
		s.stop()
	})
}

func TestACommentIsNotSentTwiceWhenTheClockJumps(t *testing.T) {
	for _, jump := range []time.Duration{24 * time.Hour, -time.Hour, 3 * time.Minute, -3 * time.Minute} {
		withClock(t, 1, func(s *scene, c *setClock) {
			s.world.do(func() { s.world.lost = times(1, failing("apply", problem(model.Struggling, ""))) })
			s.submit(1, say("once"))
			s.after(10 * time.Millisecond) // it arrived, and the answer is lost
			c.jump(jump)
			s.after(70 * time.Minute) // back an hour: the next try is an hour away
			s.entries()
			if got := s.world.at(1).Comments; got != 1 {
				t.Errorf("after a jump of %v it is there %d times", jump, got)
			}
			s.submit(1, say("once"))
			s.after(time.Minute)
			if got := s.world.at(1).Comments; got != 2 {
				t.Errorf("said again after a jump of %v: it is there %d times", jump, got)
			}
		})
	}
}

func TestTheBoardGoesOnWhenTheClockJumps(t *testing.T) {
	for _, jump := range []time.Duration{24 * time.Hour, -time.Hour} {
		withClock(t, 2, func(s *scene, c *setClock) {
			c.jump(jump)
			before := s.submit(1, gain(model.None, model.High)).Outbox[0].ID
			after := s.submit(1, gain(model.High, model.Low)).Outbox
			if len(after) == 0 || after[len(after)-1].ID <= before { // the earlier one may have arrived
				t.Errorf("after a jump of %v a later change is before an earlier one: %+v", jump, after)
			}
			s.world.as("kira", 2, pain(model.None, model.Low))
			s.desk.Sync()
			s.after(time.Minute)
			s.entries()
			if s.world.at(1).Gain != model.Low || s.card(2).Pain != model.Low {
				t.Errorf("after a jump of %v: %v, %v", jump, s.world.at(1).Gain, s.card(2).Pain)
			}
		})
	}
}

// The lid is closed for a day: no timer runs, all connections are dead, and the
// forge went on meanwhile.
func TestALaptopThatSleptForADayCatchesUp(t *testing.T) {
	withClock(t, 3, func(s *scene, c *setClock) {
		s.unreachable(true)
		s.submit(1, gain(model.None, model.High), say("before I go"))
		s.after(time.Second)
		s.world.as("kira", 2, pain(model.None, model.Low))
		c.jump(24 * time.Hour)
		s.world.do(func() { s.world.skew = 24 * time.Hour })
		s.world.as("kira", 3, gain(model.None, model.Low))
		s.after(time.Second) // the first requests find dead connections
		snap := s.desk.Snapshot()
		if p := snap.Repo(repo).Problem; p != nil && p.Kind != model.Unreachable {
			t.Errorf("the problem is %v", p)
		}
		s.unreachable(false)
		s.after(5 * time.Minute)
		s.entries()
		if got := s.world.at(1); got.Gain != model.High || got.Comments != 1 || s.card(2).Pain != model.Low || s.card(3).Gain != model.Low {
			t.Errorf("the forge has %+v; the board %+v and %+v", got, s.card(2), s.card(3))
		}
		if r := s.desk.Snapshot().Repo(repo); r.Problem != nil || c.Now().Sub(r.Synced) > time.Minute {
			t.Errorf("the repository stands at %+v", r)
		}
	})
}

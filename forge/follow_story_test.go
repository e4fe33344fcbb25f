package forge_test

import (
	"testing"
	"time"

	"docket/model"
)

// second starts another process on the same disk.
func (s *scene) second() *scene {
	other := &scene{T: s.T, world: s.world, disk: s.disk}
	other.open()
	other.run()
	return other
}

func TestTwoProcessesSeeEachOthersWorkAndOneSends(t *testing.T) {
	story(t, 5, func(s *scene) {
		s.submit(1, gain(model.None, model.Low))
		s.after(time.Second) // the first one leads
		other := s.second()
		s.world.do(func() { s.world.before = slow("apply", 10*time.Second) })
		other.submit(2, gain(model.None, model.High))
		s.after(time.Second)
		if c := s.card(2); c.Gain != model.High || c.Pending != 1 {
			t.Fatalf("the first shows %+v", c)
		}
		other.entries(model.Sending)
		for range 100 {
			s.after(100 * time.Millisecond)
			if c := other.card(2); c.Gain != model.High {
				t.Fatalf("flickers in the second: %+v", c)
			}
		}
		s.after(2 * time.Second)
		s.entries()
		other.entries()
		if got := s.world.requests("apply " + ref(2).String()); len(got) != 1 || !other.card(2).Changed.IsZero() {
			t.Errorf("sent %q, marked %v", got, other.card(2).Changed)
		}
		s.world.as("kira", 3, gain(model.None, model.Low))
		other.unreachable(false)
		s.after(20 * time.Second)
		if s.card(3).Gain != model.Low || other.card(3).Gain != model.Low || other.card(3).Changed.IsZero() {
			t.Error("a colleague's change did not reach both")
		}
		other.stop()
	})
}

func TestAnotherProcessTakesOverFromOneThatWasKilled(t *testing.T) {
	story(t, 5, func(s *scene) {
		s.world.do(func() { s.world.before = slow("apply", time.Hour) })
		s.submit(1, gain(model.None, model.High))
		s.after(time.Second)
		other := s.second()
		s.after(time.Second)
		other.entries(model.Pending)
		s.kill()
		s.world.do(func() { s.world.before = nil })
		s.after(10 * time.Second)
		other.entries()
		if s.world.at(1).Gain != model.High {
			t.Error("not sent")
		}
		s.open()
		s.run()
		other.stop()
	})
}

func TestADecisionInOneProcessHoldsInTheOther(t *testing.T) {
	story(t, 5, func(s *scene) {
		s.world.do(func() { s.world.before = failing("apply", problem(model.Refused, "")) })
		s.submit(1, gain(model.None, model.High))
		s.submit(2, gain(model.None, model.High))
		s.after(time.Second)
		other := s.second()
		e := other.entries(model.Parked, model.Parked)
		s.world.do(func() { s.world.before = nil })
		other.desk.Settle(e[0].ID, model.Discard)
		other.desk.Settle(e[1].ID, model.Retry)
		s.after(3 * time.Second)
		s.entries()
		other.entries()
		if s.world.at(1).Gain != model.None || s.world.at(2).Gain != model.High || s.card(1).Gain != model.None {
			t.Errorf("the forge has %v and %v", s.world.at(1).Gain, s.world.at(2).Gain)
		}
		other.desk.Consent(repo)
		s.after(time.Second)
		if !s.desk.Snapshot().Repo(repo).Consent {
			t.Error("the consent did not reach the other process")
		}
		other.stop()
	})
}

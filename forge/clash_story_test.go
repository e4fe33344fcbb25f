package forge_test

import (
	"testing"
	"time"

	"docket/model"
)

func TestSomebodyWasFasterAsksWithBothValues(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.unreachable(true)
		s.submit(1, pain(model.None, model.Low))
		s.world.as("kira", 1, pain(model.None, model.High))
		s.after(30 * time.Second)
		at := s.world.now().Add(-30 * time.Second)
		s.unreachable(false)
		s.after(5 * time.Minute)
		e := s.entries(model.Clashed)[0]
		if e.Theirs.Value != "high" || e.Theirs.By.Login.Raw() != "kira" || e.Theirs.At.Sub(at).Abs() > time.Second || e.Problem.Kind != model.Clash {
			t.Fatalf("theirs: %+v", e.Theirs)
		}
		if c := s.card(1); c.Pain != model.High || c.Stuck != 1 {
			t.Fatalf("the card shows %+v", c)
		}
		s.submit(1, gain(model.None, model.Low)) // another field goes on
		s.after(time.Second)
		s.entries(model.Clashed)
		if s.world.at(1).Gain != model.Low {
			t.Error("a clash of pain holds up gain")
		}
		snap := s.desk.Settle(e.ID, model.UseMine)
		if snap.Outbox[0].Status != model.Saving || snap.Board.All()[0].Pain != model.Low {
			t.Fatalf("mine: %+v", snap.Outbox[0])
		}
		s.after(time.Second)
		s.entries()
		if got := s.world.at(1).Pain; got != model.Low {
			t.Errorf("the forge has %v", got)
		}
	})
}

func TestKeepingTheirsForgetsTheChangeAndAsksAboutTheNextOne(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.unreachable(true)
		s.submit(1, pain(model.None, model.Low))
		s.submit(1, pain(model.Low, model.Medium))
		s.world.as("kira", 1, pain(model.None, model.High))
		s.unreachable(false)
		s.after(time.Minute)
		e := s.entries(model.Clashed, model.Pending)
		s.desk.Settle(e[0].ID, model.Discard)
		s.after(time.Second)
		e = s.entries(model.Clashed)
		s.desk.Settle(e[0].ID, model.Discard)
		s.after(time.Second)
		s.entries()
		if len(s.disk.waiting()) != 0 || s.card(1).Pain != model.High || s.world.at(1).Pain != model.High {
			t.Errorf("left: %+v", s.disk.waiting())
		}
	})
}

func TestEditsOfOtherFieldsMergeSilently(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.unreachable(true)
		s.submit(1, gain(model.None, model.High))
		s.world.as("kira", 1, pain(model.None, model.Low))
		s.after(time.Minute)
		s.unreachable(false)
		s.after(5 * time.Minute)
		s.entries()
		if got := s.world.at(1); got.Gain != model.High || got.Pain != model.Low || s.card(1).Pain != model.Low {
			t.Errorf("the forge has %+v", got)
		}
	})
}

func TestWhatIsAsWantedAlreadyIsNotWritten(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.world.as("kira", 1, gain(model.None, model.High))
		s.submit(1, gain(model.None, model.High))
		s.after(time.Second)
		s.entries()
		if got := s.world.requests("apply"); len(got) != 0 || s.card(1).Gain != model.High {
			t.Errorf("wrote %q", got)
		}
	})
}

func TestADiscardedEditLetsALaterOneStandOnWhatWasThere(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.unreachable(true)
		first := s.submit(1, gain(model.None, model.High)).Outbox[0]
		s.submit(1, gain(model.High, model.Low))
		s.after(time.Second)
		s.desk.Settle(first.ID, model.Discard)
		s.unreachable(false)
		s.after(time.Minute)
		s.entries()
		if got := s.world.at(1).Gain; got != model.Low {
			t.Errorf("gain is %v", got)
		}
	})
}

func TestWhatWasDoneWhileAClashWaitedDoesNotClashWithMyOwnAnswer(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.unreachable(true)
		first := s.submit(1, gain(model.None, model.High)).Outbox[0]
		s.world.as("kira", 1, gain(model.None, model.Medium))
		s.after(30 * time.Second)
		s.unreachable(false)
		s.after(5 * time.Minute)
		s.entries(model.Clashed)
		s.submit(1, gain(model.Medium, model.Low)) // made on what the board shows while it waits
		s.after(time.Second)
		s.desk.Settle(first.ID, model.UseMine)
		s.after(time.Minute)
		s.entries()
		if got := s.world.at(1).Gain; got != model.Low {
			t.Errorf("gain is %v", got)
		}
	})
}

package forge_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"docket/model"
)

func TestAStrugglingForgeIsRetriedMoreAndMoreRarely(t *testing.T) {
	story(t, 2, func(s *scene) {
		s.world.do(func() { s.world.before = failing("apply "+ref(1).String(), problem(model.Struggling, "")) })
		s.submit(1, gain(model.None, model.High))
		s.submit(2, gain(model.None, model.High))
		s.after(time.Minute)
		if e := s.entries(model.Pending)[0]; e.Problem.Kind != model.Struggling || e.Edit.Ref != ref(1) {
			t.Fatalf("waits as %+v", e)
		}
		early := len(s.world.requests("apply"))
		s.after(10 * time.Minute)
		late := len(s.world.requests("apply"))
		if early < 4 || early > 10 || late < 3 || late > 9 {
			t.Errorf("%d tries in the first minute, %d in the next ten", early, late)
		}
		s.world.do(func() { s.world.before = nil })
		s.desk.Sync()
		s.after(time.Millisecond)
		s.entries()
	})
}

func TestARateLimitIsHonouredEvenWhenHurried(t *testing.T) {
	story(t, 2, func(s *scene) {
		p := problem(model.RateLimited, "")
		p.Until = time.Now().Add(10 * time.Minute)
		s.world.do(func() { s.world.before = times(1, failing("apply", p)) })
		s.submit(1, gain(model.None, model.High))
		s.after(time.Second)
		s.submit(2, gain(model.None, model.High))
		s.desk.Sync()
		s.after(9 * time.Minute)
		s.entries(model.Pending, model.Pending)
		if got := s.world.requests("apply"); len(got) != 1 {
			t.Fatalf("meanwhile: %q", got)
		}
		s.after(2 * time.Minute)
		s.entries()
	})
}

func TestABadTokenPausesEverythingAndAGoodOneResumes(t *testing.T) {
	story(t, 3, func(s *scene) {
		s.world.do(func() { s.world.before = failing("", problem(model.BadToken, "")) })
		for n := int64(1); n <= 3; n++ {
			s.submit(n, gain(model.None, model.High))
			s.after(time.Second)
		}
		if got := s.world.requests("history", "ticket ", "apply"); len(got) != 1 {
			t.Fatalf("asked %q", got)
		}
		s.entries(model.Pending, model.Pending, model.Pending)
		if p := s.desk.Snapshot().Problem; p == nil || p.Kind != model.BadToken {
			t.Fatalf("the problem is %v", p)
		}
		s.world.do(func() { s.world.before = nil })
		s.after(10 * time.Minute) // by itself, with the next poll
		s.entries()
		if p := s.desk.Snapshot().Problem; p != nil {
			t.Errorf("still: %v", p)
		}
	})
}

func TestARefusedChangeIsParkedHoldsItsActionAndIsRetriedOnDemand(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.world.do(func() { s.world.before = failing("apply "+ref(1).String()+" comment", problem(model.Refused, "")) })
		closing := model.Close{At: model.StampOf(time.Now())}
		s.submit(1, say("because"), model.Resolve{To: model.Done}, closing)
		s.submit(1, gain(model.None, model.High))
		s.after(time.Second)
		e := s.entries(model.Parked, model.Pending, model.Pending)
		if !s.world.at(1).Open() || s.world.at(1).Gain != model.High || e[0].Problem.Kind != model.Refused {
			t.Fatalf("the forge has %+v", s.world.at(1))
		}
		s.kill()
		s.open()
		s.entries(model.Parked, model.Pending, model.Pending)
		s.world.do(func() { s.world.before = nil })
		s.run()
		s.after(time.Minute)
		s.entries(model.Parked, model.Pending, model.Pending)
		s.desk.Amend(e[0].ID, say("because so"))
		s.desk.Settle(e[0].ID, model.Retry)
		s.after(time.Second)
		s.entries()
		if got := s.world.at(1); got.Open() || got.ClosedAs != model.Done || s.world.comments[0].Body.Raw() != "because so" {
			t.Errorf("the forge has %+v", got)
		}
	})
}

func TestAMissingLabelIsCreatedOnlyWithConsent(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.world.do(func() { s.world.labels[repo] = nil })
		s.after(11 * time.Minute) // facts
		if got := s.desk.Snapshot().Repo(repo).Missing; len(got) == 0 {
			t.Fatal("nothing is missing")
		}
		if got := s.desk.Snapshot().Repo(repo).Labels; len(got) != 0 {
			t.Fatalf("labels that are not there: %v", got)
		}
		s.submit(1, gain(model.None, model.High))
		s.after(time.Second)
		if e := s.entries(model.Parked)[0]; e.Problem.Kind != model.NoLabel || e.Problem.Place.Raw() != "gain/high" {
			t.Fatalf("parked for %v", e.Problem)
		}
		if snap := s.desk.Consent(repo); !snap.Repo(repo).Consent || snap.Outbox[0].Status != model.Saving {
			t.Fatalf("after the consent: %+v", snap.Outbox)
		}
		s.after(time.Second)
		s.entries()
		state, _ := s.store.Repo(t.Context(), repo)
		if s.world.at(1).Gain != model.High || !state.Consent || len(s.desk.Snapshot().Repo(repo).Missing) != 0 {
			t.Errorf("kept %+v", state)
		}
		if got := s.desk.Snapshot().Repo(repo).Labels; !slices.ContainsFunc(got, func(l model.Label) bool { return l.Name.Raw() == "gain/high" }) {
			t.Errorf("the board does not know its new labels: %v", got)
		}
	})
}

// cutOff has the forge ask for a rest of a second once and then cut off whatever
// is sent, while it goes on answering polls.
func (s *scene) cutOff() {
	rest := problem(model.RateLimited, "")
	rest.Until = time.Now().Add(time.Second)
	asked := times(1, failing("apply", rest))
	s.world.do(func() {
		s.world.before = func(ctx context.Context, request string) error {
			if err := asked(ctx, request); err != nil {
				return err
			}
			return failing("apply", problem(model.Unreachable, ""))(ctx, request)
		}
	})
}

func TestARestThatTheForgeAskedForEndsAtItsOwnMoment(t *testing.T) {
	story(t, 2, func(s *scene) {
		s.cutOff()
		s.submit(1, gain(model.None, model.High))
		s.after(40 * time.Second) // between two tries that become rarer
		s.entries(model.Pending)
		s.world.do(func() { s.world.before = nil })
		s.desk.Sync()
		s.after(time.Millisecond)
		s.entries()
	})
}

func TestAPollThatWorksBringsTheSenderBack(t *testing.T) {
	story(t, 2, func(s *scene) {
		s.cutOff()
		s.submit(1, gain(model.None, model.High))
		s.submit(2, gain(model.None, model.High))
		s.after(10 * time.Minute)
		s.entries(model.Pending, model.Pending)
		if got := s.world.requests("apply"); len(got) > 120 {
			t.Errorf("tried %d times in ten minutes", len(got))
		}
		s.world.do(func() { s.world.before = nil })
		s.after(20 * time.Second)
		s.entries()
	})
}

// Many changes that are cut off at the same moment are one failure.
func TestOneCutDoesNotCountForEachThatWasOnItsWay(t *testing.T) {
	story(t, 4, func(s *scene) {
		s.world.do(func() { s.world.before = times(4, failing("apply", problem(model.Unreachable, ""))) })
		for n := int64(1); n <= 4; n++ {
			s.submit(n, gain(model.None, model.High))
		}
		s.after(1500 * time.Millisecond)
		s.entries()
	})
}

func TestAForgeThatIsBackIsAskedAgainForWhatItStruggledWith(t *testing.T) {
	story(t, 2, func(s *scene) {
		s.world.do(func() { s.world.before = failing("", problem(model.Struggling, "")) })
		s.submit(1, gain(model.None, model.High))
		s.after(10 * time.Minute)
		s.entries(model.Pending)
		s.world.do(func() { s.world.before = nil })
		s.desk.Focus(false)
		s.desk.Focus(true) // polls
		s.after(time.Second)
		s.entries()
	})
}

package forge_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"docket/model"
)

func TestAnEditIsShownAtOncePendingWhenOnDiskAndSent(t *testing.T) {
	story(t, 3, func(s *scene) {
		s.unreachable(true)
		s.disk.refuseWrites(problem(model.DiskFull, ""))
		snap := s.submit(2, gain(model.None, model.High))
		card, _, _, _ := snap.Board.Find(ref(2))
		if card.Gain != model.High || card.Saving != 1 || card.Pending != 0 {
			t.Fatalf("at once: %+v", card)
		}
		s.after(time.Minute)
		if e := s.entries(model.Saving)[0]; len(s.disk.waiting()) != 0 || e.Problem != nil {
			t.Fatalf("pending without a disk: %+v", e)
		}
		if p := s.desk.Snapshot().Problem; p == nil || p.Kind != model.DiskFull {
			t.Fatalf("a full disk shows as %v", p)
		}
		s.disk.refuseWrites(nil)
		s.after(40 * time.Second)
		s.entries(model.Pending)
		if len(s.disk.waiting()) != 1 || s.card(2).Pending != 1 || s.desk.Snapshot().Problem != nil {
			t.Fatalf("on disk: %+v", s.disk.waiting())
		}
		s.unreachable(false)
		s.after(5 * time.Minute)
		s.entries()
		if s.world.at(2).Gain != model.High || s.card(2).Gain != model.High || s.card(2).Pending != 0 || len(s.disk.waiting()) != 0 {
			t.Errorf("the forge has %+v, the board %+v", s.world.at(2), s.card(2))
		}
	})
}

func TestATicketsEditsArriveInTheirOrder(t *testing.T) {
	story(t, 9, func(s *scene) {
		s.world.do(func() { s.world.before = slow("apply", 3*time.Second) })
		s.submit(1, gain(model.None, model.High))
		s.submit(1, gain(model.High, model.Low))
		s.submit(1, pain(model.None, model.Low), say("so"))
		for n := int64(2); n < 10; n++ {
			s.submit(n, gain(model.None, model.Low))
		}
		s.after(4 * time.Second)
		if left := len(s.desk.Snapshot().Outbox); left > 12-4 || left < 12-8 {
			t.Errorf("%d are left after one round: the tickets do not go side by side, a few at a time", left)
		}
		s.after(time.Minute)
		s.entries()
		var got []string
		for _, r := range s.world.requests("apply " + ref(1).String() + " ") {
			got = append(got, strings.Fields(r)[2])
		}
		if want := []string{"gain", "gain", "pain", "comment"}; !slices.Equal(got, want) || s.world.at(1).Gain != model.Low {
			t.Errorf("sent %v, gain is now %v", got, s.world.at(1).Gain)
		}
	})
}

// slow answers requests that begin with a word only after a while.
func slow(word string, d time.Duration) func(context.Context, string) error {
	return func(ctx context.Context, request string) error {
		if strings.HasPrefix(request, word) {
			select {
			case <-time.After(d):
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	}
}

func TestWhatWasPendingSurvivesAKill(t *testing.T) {
	story(t, 3, func(s *scene) {
		s.unreachable(true)
		s.submit(1, gain(model.None, model.High), say("looks urgent"))
		s.after(time.Second)
		s.kill()

		s.open()
		if c := s.card(1); c.Gain != model.High || c.Comments != 1 || c.Pending != 2 {
			t.Fatalf("after the kill: %+v", c)
		}
		s.unreachable(false)
		s.run()
		s.after(time.Minute)
		s.entries()
		if got := s.world.at(1); got.Gain != model.High || got.Comments != 1 {
			t.Errorf("the forge has %+v", got)
		}
	})
}

func TestACommentWhoseAnswerGotLostIsNotSentTwice(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.world.do(func() { s.world.lost = times(1, failing("apply", problem(model.Unreachable, ""))) })
		s.submit(1, say("once"))
		s.after(time.Minute)
		s.entries()
		if got := s.world.requests("apply"); len(got) != 1 || s.world.at(1).Comments != 1 {
			t.Errorf("sent %q", got)
		}
	})
}

func TestACommentInterruptedByAKillIsNotSentTwice(t *testing.T) {
	for _, skew := range []time.Duration{0, -time.Hour, time.Hour} {
		story(t, 1, func(s *scene) {
			s.world.do(func() {
				s.world.skew = skew
				s.world.lost = func(ctx context.Context, request string) error { return slow("apply", time.Hour)(ctx, request) }
			})
			s.after(time.Minute)
			s.submit(1, say("once"))
			s.after(time.Second)
			if e := s.entries(model.Sending)[0]; e.Tries != 1 || s.disk.waiting()[0].Status != model.Sending {
				t.Fatalf("on its way: %+v", e)
			}
			s.kill()
			s.world.do(func() { s.world.lost = nil })
			s.open()
			if e := s.entries(model.Pending)[0]; e.Tries != 1 || e.Tried.IsZero() {
				t.Fatalf("after the kill: %+v", e)
			}
			s.run()
			s.after(time.Minute)
			s.entries()
			if got := s.world.at(1).Comments; got != 1 {
				t.Errorf("with a clock %v ahead the comment is there %d times", skew, got)
			}
		})
	}
}

func TestTheSameCommentAfterALongTimeIsAnotherOne(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.submit(1, say("ping"))
		s.after(time.Hour)
		s.world.do(func() { s.world.before = times(1, failing("apply", problem(model.Struggling, ""))) })
		s.submit(1, say("ping"))
		s.after(time.Minute)
		s.entries()
		if got := s.world.at(1).Comments; got != 2 {
			t.Errorf("%d comments", got)
		}
	})
}

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
		if got := s.world.requests("ticket ", "apply"); len(got) != 1 {
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
		close := model.Close{At: model.StampOf(time.Now())}
		s.submit(1, say("because"), model.Resolve{To: model.Done}, close)
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

func TestAMissingLabelIsCreatedOnlyWithConsent(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.world.do(func() { s.world.labels[repo] = nil })
		s.after(11 * time.Minute) // facts
		if got := s.desk.Snapshot().Repo(repo).Missing; len(got) == 0 {
			t.Fatal("nothing is missing")
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
	})
}

func TestAnotherPersonsEditsAreNotSentInMyName(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.unreachable(true)
		s.submit(1, gain(model.None, model.High))
		s.after(time.Second)
		s.kill()
		s.world.do(func() { s.world.me, s.world.before = "kira", failing("ticket", problem(model.Unreachable, "")) })
		s.open()
		s.run()
		s.after(time.Second)
		s.unreachable(false)
		s.after(10 * time.Minute)
		if e := s.entries(model.Parked)[0]; e.Problem.Kind != model.Forbidden || !strings.Contains(e.Problem.Detail.String(), "anna") {
			t.Errorf("%v", e.Problem)
		}
	})
}

func TestRunEndsOnlyWhenEverythingAcceptedIsOnDisk(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.unreachable(true)
		s.disk.refuseWrites(problem(model.DiskFull, ""))
		s.submit(1, gain(model.None, model.High))
		s.desk.SaveDraft("1", "unfinished")
		s.after(time.Second)
		s.disk.refuseWrites(nil)
		if err := s.stop(); err != nil || len(s.disk.waiting()) != 1 || s.disk.drafts["1"] != "unfinished" {
			t.Errorf("%v: %+v", err, s.disk.waiting())
		}
		s.open()
		if s.desk.Draft("1") != "unfinished" {
			t.Error("the draft is lost")
		}
		s.disk.refuseWrites(problem(model.DiskFull, ""))
		s.run()
		s.submit(1, say("lost?"))
		err := s.stop()
		if p, ok := errors.AsType[*model.Problem](err); !ok || p.Kind != model.DiskFull {
			t.Errorf("a full disk at the end: %v", err)
		}
		s.disk.refuseWrites(nil)
		s.run()
	})
}

func TestWithoutATokenNothingCanBeChanged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &scene{T: t, world: newWorld(1), disk: newDisk()}
		s.open()
		o := s.options()
		o.ReadOnly = true
		s.desk = desk(t, o)
		s.run()
		s.after(time.Minute)
		if snap := s.submit(1, gain(model.None, model.High)); len(snap.Outbox) != 0 || !snap.ReadOnly {
			t.Errorf("accepted %+v", snap.Outbox)
		}
		if got := s.world.requests("me", "apply"); len(got) != 0 {
			t.Errorf("asked %q", got)
		}
		s.stop()
	})
}

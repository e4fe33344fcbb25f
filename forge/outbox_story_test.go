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

func TestRunEndsOnlyWhenEverythingAcceptedIsOnDisk(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.unreachable(true)
		s.disk.refuseWrites(problem(model.DiskFull, ""))
		s.submit(1, gain(model.None, model.High))
		for _, key := range []string{"1", "view:b", "view:a", "view:gone"} {
			s.desk.SaveDraft(key, "unfinished")
		}
		s.desk.SaveDraft("view:gone", "")
		s.after(time.Second)
		s.disk.refuseWrites(nil)
		if err := s.stop(); err != nil || len(s.disk.waiting()) != 1 || s.disk.drafts["1"] != "unfinished" {
			t.Errorf("%v: %+v", err, s.disk.waiting())
		}
		s.open()
		if s.desk.Draft("1") != "unfinished" {
			t.Error("the draft is lost")
		}
		if keys := s.desk.Drafts("view:"); !slices.Equal(keys, []string{"view:a", "view:b"}) {
			t.Errorf("%q is kept", keys)
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
		// A forge answers 401 to these without a token, even for public data.
		if got := s.world.requests("me", "people", "apply"); len(got) != 0 {
			t.Errorf("asked %q", got)
		}
		s.stop()
	})
}

package forge_test

import (
	"testing"
	"time"

	"docket/model"
)

// Behind an action on very many tickets a picture takes long to make. It is made
// now and then, so that what an action costs grows with its tickets only, and
// still tells how far it has come.
func TestVeryManyChangesAreShownNowAndThen(t *testing.T) {
	const n = 600
	story(t, n, func(s *scene) {
		s.world.do(func() { s.world.before = slow("apply", 50*time.Millisecond) })
		snap := s.desk.Submit(everyTicket(n)...)
		begun := snap.Rev
		for left := len(snap.Outbox); left > 300; { // two thirds of a second: about fifty tickets
			s.after(650 * time.Millisecond)
			now := len(s.desk.Snapshot().Outbox)
			if now >= left || now < left-80 {
				t.Fatalf("%d were left, and then %d", left, now)
			}
			left = now
		}
		if made := s.desk.Snapshot().Rev - begun; made > 60 {
			t.Errorf("%d pictures of 300 tickets", made)
		}
		s.after(time.Minute)
		s.entries()
		for i := range int64(n) {
			if s.world.at(i+1).Gain != model.High || s.card(i+1).Gain != model.High || s.card(i+1).Pending != 0 {
				t.Fatalf("#%d: the forge has %v, the board %+v", i+1, s.world.at(i+1).Gain, s.card(i+1))
			}
		}
	})
}

// What has arrived is shown even when nothing comes after it.
func TestTheLastOfManyIsShown(t *testing.T) {
	const n = 300
	story(t, n, func(s *scene) {
		s.world.do(func() {
			s.world.before = failing("apply", problem(model.Refused, ""))
		})
		s.desk.Submit(everyTicket(n)...)
		s.after(time.Minute)
		if stuck := s.desk.Snapshot().Stuck(); stuck != n {
			t.Fatalf("%d are parked", stuck)
		}
		s.world.do(func() { s.world.before = nil })
		s.submit(1, pain(model.None, model.Low))
		s.submit(2, pain(model.None, model.Low))
		s.after(10 * time.Millisecond)
		if left := len(s.desk.Snapshot().Outbox); left != n {
			t.Errorf("%d are left", left)
		}
	})
}

// Of a ticket whose change is parked the others go on; one of the same field
// waits for it, and does not hold up the rest of many.
func TestWhatIsParkedHoldsUpNoOthersOfMany(t *testing.T) {
	story(t, 9, func(s *scene) {
		s.world.do(func() { s.world.before = failing("apply", problem(model.Refused, "")) })
		s.submit(1, gain(model.None, model.High))
		s.after(time.Minute)
		s.world.do(func() { s.world.before = nil })
		s.submit(1, gain(model.High, model.Low)) // stands on what is parked
		s.submit(1, pain(model.None, model.Low))
		s.submit(2, gain(model.None, model.Low))
		s.after(time.Minute)
		s.entries(model.Parked, model.Pending)
		if got := s.world.at(1); got.Pain != model.Low || got.Gain != model.None || s.world.at(2).Gain != model.Low {
			t.Errorf("the forge has %+v", got)
		}
	})
}

// Comments on many tickets are taken back while they are being sent: whoever
// agreed to that is not asked again because one more has arrived.
func TestCommentsThatAreStillBeingSentAreTakenBack(t *testing.T) {
	story(t, 20, func(s *scene) {
		s.world.do(func() { s.world.before = slow("apply", time.Second) })
		var edits []model.Edit
		for n := range int64(20) {
			edits = append(edits, model.Edit{Ref: ref(n + 1), Change: say("Still?")})
		}
		s.desk.Submit(edits...)
		s.after(1500 * time.Millisecond)
		asked := s.desk.Snapshot().Undo
		told := len(asked.Deletes())
		s.after(2 * time.Second)
		if _, ok := s.desk.Reverse(asked); ok || told == 0 {
			t.Fatalf("more than the %d comments that were told of are deleted", told)
		}
		agreed := *asked
		agreed.Meanwhile = true
		if _, ok := s.desk.Reverse(&agreed); !ok {
			t.Fatal("they can't be taken back")
		}
		s.after(5 * time.Minute)
		s.entries()
		for n := range int64(20) {
			if words := s.world.words(n + 1); len(words) != 0 {
				t.Errorf("#%d still has %q", n+1, words)
			}
		}
	})
}

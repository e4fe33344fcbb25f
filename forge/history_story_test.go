package forge_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"docket/model"
)

// undo does what a person does who says yes to everything.
func (s *scene) undo() *model.Snapshot {
	s.Helper()
	snap, ok := s.desk.Reverse(s.desk.Snapshot().Undo)
	if !ok {
		s.Fatalf("nothing was taken back: %+v", snap.History)
	}
	return snap
}

func (s *scene) redo() *model.Snapshot {
	s.Helper()
	snap, ok := s.desk.Reverse(s.desk.Snapshot().Redo)
	if !ok {
		s.Fatalf("nothing was brought back: %+v", snap.History)
	}
	return snap
}

// history returns how each action stands, newest first.
func (s *scene) history(want ...string) {
	s.Helper()
	var got []string
	for _, a := range s.desk.Snapshot().History {
		got = append(got, a.Status.String())
	}
	if !slices.Equal(got, want) {
		s.Fatalf("the history is %q, not %q", got, want)
	}
}

// holds checks ticket 1 on the board and on the forge.
func (s *scene) holds(gain, pain model.Level, words ...string) {
	s.Helper()
	if c, t := s.card(1), s.world.at(1); c.Gain != gain || c.Pain != pain || t.Gain != gain || t.Pain != pain || c.Comments != len(words) {
		s.Fatalf("the board has gain %v, pain %v and %d comments, the forge %v and %v; wanted are %v, %v, %d", c.Gain, c.Pain, c.Comments, t.Gain, t.Pain, gain, pain, len(words))
	}
	if got := s.world.words(1); !slices.Equal(got, words) {
		s.Fatalf("said is %q, not %q", got, words)
	}
}

func triage() []model.Change {
	return []model.Change{gain(model.None, model.High), pain(model.None, model.Low), say("Which host?")}
}

func TestWhatWasNotSentJustLeaves(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.unreachable(true)
		s.submit(1, triage()...)
		if snap := s.undo(); len(snap.Outbox) != 0 || snap.Board.All()[0].Gain != model.None {
			t.Fatalf("at once: %+v", snap.Outbox)
		}
		s.after(time.Second)
		s.submit(1, triage()...)
		s.after(time.Second)
		if u := s.desk.Snapshot().Undo; len(u.Deletes()) != 0 || len(u.Leave) != 3 {
			t.Fatalf("it would %+v", u)
		}
		s.undo()
		s.after(time.Second)
		if s.entries(); len(s.disk.waiting()) != 0 {
			t.Fatalf("on disk: %+v", s.disk.waiting())
		}
		s.unreachable(false)
		s.after(5 * time.Minute)
		s.holds(model.None, model.None)
		if got := s.world.requests("apply"); len(got) != 0 {
			t.Errorf("sent %q", got)
		}
		s.redo()
		s.after(time.Second)
		s.holds(model.High, model.Low, "anna: Which host?")
		s.history("sent", "taken back")
	})
}

func TestWhatWasSentIsReversedAsAWholeInReverseOrder(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.submit(1, triage()...)
		s.after(time.Second)
		s.holds(model.High, model.Low, "anna: Which host?")
		s.world.requests()
		if got := s.desk.Snapshot().Undo.Deletes(); !slices.Equal(got, []string{"Which host?"}) {
			t.Fatalf("asks about %q", got)
		}
		if snap := s.undo(); snap.Board.All()[0].Gain != model.None || len(snap.Outbox) != 3 {
			t.Fatalf("at once: %+v", snap.Outbox)
		}
		s.history("saving")
		s.after(time.Second)
		s.holds(model.None, model.None)
		s.history("taken back")
		var order []string
		for _, r := range s.world.requests("apply") {
			order = append(order, strings.Fields(r)[2])
		}
		if want := []string{"comment", "pain", "gain"}; !slices.Equal(order, want) {
			t.Errorf("reversed %v", order)
		}
		s.redo()
		s.after(time.Second)
		s.holds(model.High, model.Low, "anna: Which host?")
		s.history("sent")
		s.undo() // and once more
		s.after(time.Second)
		s.holds(model.None, model.None)
		s.submit(1, pain(model.None, model.Medium))
		if s.desk.Snapshot().Redo != nil {
			t.Error("a new action leaves something to bring back")
		}
	})
}

func TestAnActionThatIsHalfSentIsReversedAndLeaves(t *testing.T) {
	story(t, 1, func(s *scene) {
		refuse := failing("apply "+ref(1).String()+" pain", problem(model.Refused, ""))
		s.world.do(func() { s.world.before = refuse })
		s.submit(1, triage()...)
		s.after(time.Second)
		s.entries(model.Parked, model.Pending)
		s.history("parked")
		if u := s.desk.Snapshot().Undo; len(u.Leave) != 2 || len(u.Enter) != 1 {
			t.Fatalf("it would %+v", u)
		}
		s.undo()
		s.after(time.Second)
		s.entries()
		s.holds(model.None, model.None)
		s.world.do(func() { s.world.before = nil })
		s.redo()
		s.after(time.Second)
		s.holds(model.High, model.Low, "anna: Which host?")
	})
}

func TestSomebodyWhoChangedItSinceIsAskedAbout(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.submit(1, gain(model.None, model.High), pain(model.None, model.Low))
		s.after(time.Second)
		s.world.as("kira", 1, gain(model.High, model.Medium))
		s.undo()
		s.after(time.Second)
		e := s.entries(model.Clashed)[0]
		s.history("clash")
		if e.Theirs.Value != "medium" || s.card(1).Gain != model.Medium {
			t.Fatalf("theirs: %+v", e.Theirs)
		}
		s.desk.Settle(e.ID, model.Discard)
		s.after(time.Second)
		s.holds(model.Medium, model.None)
		s.history("taken back")
		s.redo()
		s.after(time.Second)
		if e = s.entries(model.Clashed, model.Pending)[0]; e.Theirs.Value != "medium" || e.Edit.Change.Field() != model.FieldGain {
			t.Fatalf("brought back over kira's: %+v", e)
		}
		s.desk.Settle(e.ID, model.Discard)
		s.after(time.Second)
		s.holds(model.Medium, model.Low)
		s.history("sent")
		s.undo()
		s.after(time.Second)
		s.holds(model.Medium, model.None)
	})
}

func TestUndoWhileItIsOnItsWayFollowsBehind(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.world.do(func() { s.world.before = slow("apply", 10*time.Second) })
		s.submit(1, say("too hasty"))
		s.after(time.Second)
		s.entries(model.Sending)
		if got := s.desk.Snapshot().Undo.Deletes(); len(got) != 1 {
			t.Fatalf("asks about %q", got)
		}
		s.undo()
		s.after(30 * time.Second)
		s.entries()
		s.holds(model.None, model.None)
		if got := s.world.requests("apply"); len(got) != 2 {
			t.Errorf("sent %q", got)
		}
		s.redo()
		s.after(time.Minute)
		s.holds(model.None, model.None, "anna: too hasty")
	})
}

// The answer to a comment got lost; whether it arrived or not, taking it back
// leaves none, and bringing it back leaves one.
func TestWhatMayHaveArrivedIsLookedForBeforeItIsTakenBack(t *testing.T) {
	for _, arrived := range []bool{true, false} {
		story(t, 1, func(s *scene) {
			s.world.as("anna", 1, say("so")) // an earlier one, by the same person
			s.after(time.Hour)
			lose := failing("apply", problem(model.Unreachable, ""))
			s.world.do(func() {
				if arrived {
					s.world.lost = times(1, lose)
				} else {
					s.world.before = times(1, lose)
				}
			})
			s.submit(1, gain(model.None, model.High))
			s.after(20 * time.Millisecond)
			s.undo()
			s.after(time.Minute)
			s.holds(model.None, model.None, "anna: so")

			s.world.do(func() {
				if arrived {
					s.world.lost = times(1, lose)
				} else {
					s.world.before = times(1, lose)
				}
			})
			s.submit(1, say("so"))
			s.after(20 * time.Millisecond)
			if e := s.entries(model.Pending)[0]; e.Tries != 1 {
				t.Fatalf("%+v", e)
			}
			s.undo()
			s.after(time.Minute)
			s.holds(model.None, model.None, "anna: so")
			s.history("taken back", "taken back")
			s.redo()
			s.after(time.Minute)
			s.holds(model.None, model.None, "anna: so", "anna: so")
		})
	}
}

// A page of comments is on its way while one of them is deleted.
func TestADeletedCommentDoesNotComeBackFromALatePage(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.world.do(func() { s.world.lost = slow("comments", 10*time.Second) })
		s.submit(1, say("so"))
		s.after(5 * time.Second) // a poll fetches it
		s.undo()
		s.after(time.Minute)
		s.world.do(func() { s.world.lost = nil })
		s.holds(model.None, model.None)
		thread, err := s.desk.Thread(t.Context(), ref(1))
		if len(thread.Comments) != 0 || err != nil {
			t.Errorf("the ticket has %+v, %v", thread.Comments, err)
		}
	})
}

func TestAReversalThatWouldDeleteMoreThanWasAskedDoesNothing(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.unreachable(true)
		s.submit(1, say("so"))
		s.after(time.Second)
		asked := s.desk.Snapshot().Undo
		s.unreachable(false)
		s.after(5 * time.Minute)
		if _, ok := s.desk.Reverse(asked); ok || s.desk.Snapshot().History[0].Back {
			t.Error("a comment that was sent meanwhile was deleted without a question")
		}
		asked = s.desk.Snapshot().Undo
		s.submit(1, gain(model.None, model.Low))
		if _, ok := s.desk.Reverse(asked); ok {
			t.Error("not the last action was taken back")
		}
		if _, ok := s.desk.Reverse(nil); ok {
			t.Error("nothing was taken back")
		}
	})
}

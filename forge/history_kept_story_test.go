package forge_test

import (
	"strings"
	"testing"
	"time"

	"docket/forge"
	"docket/model"
)

// kira changes a ticket on the forge.
func (r *rooms) kira(at model.Ref, c model.Change) {
	r.Helper()
	kira := r.as(r.demo.Token("kira"))
	labels, err := kira.Labels(r.Context(), at.Repo)
	if err == nil {
		_, err = kira.Apply(r.Context(), forge.Order{Now: r.ticket(at), Change: c, Labels: labels})
	}
	if err != nil {
		r.Fatal(err)
	}
}

// reverse takes back or brings back what comes next, and waits until the
// person is asked about kira's state, or until all is sent.
func (r *rooms) reverse(next *model.Reversal, clash bool) model.Entry {
	r.Helper()
	if _, ok := r.desk.Reverse(next); !ok {
		r.Fatalf("nothing was done about %+v", r.desk.Snapshot().History)
	}
	if !clash {
		r.until("sending", quietly)
		return model.Entry{}
	}
	snap := r.until("the question", func(s *model.Snapshot) bool { return len(s.Outbox) == 1 && s.Outbox[0].Status == model.Clashed })
	if e := snap.Outbox[0]; e.Theirs.Value == string(model.Urgent) && e.Theirs.By.Login.Raw() == "kira" {
		return e
	}
	r.Fatalf("asked about %+v", snap.Outbox[0])
	return model.Entry{}
}

// stands checks the latest action as history tells it.
func (r *rooms) stands(status model.Status, fields string, discarded int) {
	r.Helper()
	act := r.desk.Snapshot().History[0]
	var about []string
	for _, e := range act.Edits {
		about = append(about, string(e.Change.Field()))
	}
	if got := strings.Join(about, " "); act.Status != status || got != fields || act.Discarded != discarded {
		r.Fatalf("history says %v of %q, %d discarded: %q", act.Status, got, act.Discarded, act.Why)
	}
}

func move(from, to model.State) model.Move { return model.Move{From: from, To: to} }

// keptHers are rooms with a ticket that a person moved to waiting on reporter;
// kira made it urgent, and when the move was taken back, hers was kept.
func keptHers(t *testing.T) (*rooms, *model.Card) {
	r := realRooms(t)
	r.open()
	c := untriaged(r.synced())
	r.desk.Submit(model.Edit{Ref: c.Ref, Change: move(model.NeedsReview, model.OnReporter)})
	r.until("sending", quietly)
	r.kira(c.Ref, move(model.OnReporter, model.Urgent))
	e := r.reverse(r.desk.Snapshot().Undo, true)
	r.desk.Settle(e.ID, model.Discard)
	r.until("keeping hers", quietly)
	return r, c
}

// Somebody's state was kept when a move was taken back: to bring the move back
// asks about it once more.
func TestRedoAsksAgainAboutWhatSomebodyElseSet(t *testing.T) {
	r, c := keptHers(t)
	r.stands(model.TakenBack, "state", 0)
	r.stop() // and it is kept

	r.open()
	r.stands(model.TakenBack, "state", 0)
	e := r.reverse(r.desk.Snapshot().Redo, true)
	r.desk.Settle(e.ID, model.UseMine)
	r.until("sending", quietly)
	if got := r.ticket(c.Ref).State; got != model.OnReporter {
		t.Fatalf("brought back, the forge has %v", got)
	}
	r.stands(model.Sent, "state", 0)
	r.reverse(r.desk.Snapshot().Undo, false)
	if got := r.ticket(c.Ref).State; got != model.Urgent {
		t.Fatalf("taken back once more, the forge has %v", got)
	}
}

// What was kept of somebody else's twice is told of no more: what was done
// beside it is.
func TestHistoryLeavesOutWhatGaveWay(t *testing.T) {
	r := realRooms(t)
	r.open()
	c := untriaged(r.synced())
	r.desk.Submit(model.Edit{Ref: c.Ref, Change: model.AddComment{Text: "Which host?"}}, model.Edit{Ref: c.Ref, Change: move(model.NeedsReview, model.OnReporter)})
	r.until("sending", quietly)
	r.kira(c.Ref, move(model.OnReporter, model.Urgent))
	if _, ok := r.desk.Reverse(r.desk.Snapshot().Undo); !ok {
		t.Fatal("nothing was taken back")
	}
	snap := r.until("the question", func(s *model.Snapshot) bool { return len(s.Outbox) == 2 && s.Outbox[0].Status == model.Clashed })
	r.desk.Settle(snap.Outbox[0].ID, model.Discard)
	r.until("keeping hers", quietly)
	r.stands(model.TakenBack, "comment state", 0)

	e := r.reverse(r.desk.Snapshot().Redo, true)
	r.desk.Settle(e.ID, model.Discard)
	r.until("keeping hers again", quietly)
	r.stands(model.Sent, "comment", 1)
	r.stop()
	r.open()
	r.stands(model.Sent, "comment", 1)
	if got := r.ticket(c.Ref); got.State != model.Urgent || got.Comments != c.Comments+1 {
		t.Errorf("the forge has %+v", got)
	}
	r.reverse(r.desk.Snapshot().Undo, false)
	r.stands(model.TakenBack, "comment", 1)
	r.reverse(r.desk.Snapshot().Redo, false)
	r.stands(model.Sent, "comment", 1)
}

// Somebody's value that is gone by now is nothing to ask about.
func TestRedoBringsBackWhatNobodyHoldsAnyMore(t *testing.T) {
	r, c := keptHers(t)
	r.kira(c.Ref, move(model.Urgent, model.NeedsReview))
	r.reverse(r.desk.Snapshot().Redo, false)
	if got := r.ticket(c.Ref).State; got != model.OnReporter {
		t.Errorf("brought back, the forge has %v", got)
	}
	r.stands(model.Sent, "state", 0)
}

// An undo that was discarded before it was sent took nothing back.
func TestAnUndoThatIsDiscardedTakesNothingBack(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.submit(1, gain(model.None, model.High), pain(model.None, model.Low))
		s.after(time.Second)
		s.unreachable(true)
		snap := s.undo()
		s.after(time.Second)
		s.desk.Settle(snap.Outbox[0].ID, model.Discard) // of the pain
		s.unreachable(false)
		s.after(5 * time.Minute)
		s.holds(model.None, model.Low)
		if a := s.desk.Snapshot().History[0]; a.Status != model.TakenBack || len(a.Edits) != 1 || a.Discarded != 1 {
			t.Fatalf("history says %+v", a)
		}
		s.redo()
		s.after(time.Second)
		s.holds(model.High, model.Low)
		s.history("sent")
		s.undo()
		s.after(time.Second)
		s.holds(model.None, model.None) // all of it, this time

		s.submit(1, gain(model.None, model.Medium))
		s.after(time.Second)
		s.unreachable(true)
		snap = s.undo()
		s.after(time.Second)
		s.desk.Settle(snap.Outbox[0].ID, model.Discard)
		s.unreachable(false)
		s.after(5 * time.Minute)
		s.holds(model.Medium, model.None)
		s.history("sent", "taken back")
		if next := s.desk.Snapshot(); next.Redo != nil || next.History[0].Why != "taking it back was discarded" {
			t.Errorf("next: %+v, history %+v", next.Redo, next.History)
		}
	})
}

// A question that was not answered when its change was taken back is asked again
// when the change is brought back.
func TestWhatClashedClashesWhenItIsBroughtBack(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.unreachable(true)
		s.submit(1, pain(model.None, model.Low))
		s.world.as("kira", 1, pain(model.None, model.High))
		s.unreachable(false)
		s.after(5 * time.Minute)
		s.entries(model.Clashed)
		s.undo()
		s.after(time.Second)
		s.entries()
		s.history("taken back")
		s.redo()
		s.after(time.Second)
		e := s.entries(model.Clashed)[0]
		if e.Theirs.Value != "high" || e.Theirs.By.Login.Raw() != "kira" || s.world.at(1).Pain != model.High {
			t.Fatalf("asked about %+v, the forge has %v", e.Theirs, s.world.at(1).Pain)
		}
		s.again()
		e = s.entries(model.Clashed)[0]
		s.desk.Settle(e.ID, model.UseMine)
		s.after(time.Second)
		s.holds(model.None, model.Low)
		s.history("sent")
		s.undo()
		s.after(time.Second)
		s.holds(model.None, model.High)
	})
}

// The same where it is the undo that clashes, and nobody answers.
func TestAnUndoThatClashesCanBeBroughtBack(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.submit(1, pain(model.None, model.Low))
		s.after(time.Second)
		s.world.as("kira", 1, pain(model.Low, model.High))
		s.undo()
		s.after(time.Second)
		s.entries(model.Clashed)
		s.redo()
		s.after(time.Second)
		if e := s.entries(model.Clashed)[0]; e.Edit.Change.(model.SetPain).To != model.Low || e.Theirs.Value != "high" {
			t.Fatalf("asked about %+v", e)
		}
		s.undo()
		s.after(time.Second)
		e := s.entries(model.Clashed)[0]
		if e.Edit.Change.(model.SetPain).To != model.None || e.Theirs.Value != "high" || s.world.at(1).Pain != model.High {
			t.Fatalf("asked about %+v", e)
		}
		s.desk.Settle(e.ID, model.Discard)
		s.after(time.Second)
		s.holds(model.None, model.High)
		s.history("taken back")
	})
}

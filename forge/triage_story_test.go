package forge_test

import (
	"errors"
	"testing"
	"time"

	"docket/forge"
	"docket/model"
)

func TestTheFirstTriageIsTheFirstLabelThatJudges(t *testing.T) {
	at := func(n int, f model.Field, came, went string) forge.Event {
		return forge.Event{At: time.Unix(int64(n), 0), Field: f, Came: came, Went: went}
	}
	for _, story := range []struct {
		events []forge.Event
		want   int64
	}{
		{nil, 0},
		{[]forge.Event{at(5, model.FieldLabel, "backup", ""), at(6, model.FieldAssignees, "kira", ""), at(7, model.FieldOpen, "close", "")}, 0},
		{[]forge.Event{at(5, model.FieldState, string(model.NeedsReview), ""), at(9, model.FieldState, string(model.Urgent), "")}, 9},
		{[]forge.Event{at(8, model.FieldPain, "low", ""), at(6, model.FieldGain, "", "high"), at(7, model.FieldGain, "high", "")}, 7},
		{[]forge.Event{at(5, model.FieldGain, "none", "high"), at(6, model.FieldType, "ops", "")}, 0},
	} {
		got := forge.FirstTriage(story.events)
		if story.want == 0 && !got.IsZero() || story.want > 0 && got.Unix() != story.want {
			t.Errorf("%v: %v, not %d", story.events, got, story.want)
		}
	}
}

// When tickets were first triaged is found out in the calm, once for each, and
// kept; a ticket that is triaged later is asked for soon after.
func TestFirstTriagesAreFoundOutInTheCalm(t *testing.T) {
	story(t, 120, func(s *scene) {
		s.world.as("kira", 7, gain(model.None, model.High))
		s.world.as("kira", 8, pain(model.None, model.Low))
		s.after(time.Hour)
		if asked := s.world.requests("history"); len(asked) != 2 {
			t.Errorf("asked %q", asked)
		}
		all := s.all()
		if len(all.Tickets) != 120 || !all.Complete || len(all.Triaged) != 2 || !all.Triaged[ref(7)].Equal(s.world.history[ref(7)][0].At) {
			t.Errorf("%d tickets, complete %v, %v", len(all.Tickets), all.Complete, all.Triaged)
		}
		first := all.Triaged[ref(7)]
		s.submit(7, gain(model.High, model.Low)) // judged again, which is not the first time
		s.submit(9, gain(model.None, model.Low))
		s.after(time.Minute)
		s.world.requests()
		s.after(10 * time.Minute)
		if asked := s.world.requests("history"); len(asked) != 0 {
			t.Errorf("asked again: %q", asked)
		}
		if all = s.all(); len(all.Triaged) != 3 || !all.Triaged[ref(7)].Equal(first) {
			t.Errorf("%v", all.Triaged)
		}
		s.world.do(func() { delete(s.world.tickets, ref(9)) })
		s.after(2 * time.Hour)
		if all = s.all(); len(all.Tickets) != 119 {
			t.Errorf("%d tickets after one was deleted", len(all.Tickets))
		}
	})
}

func TestAForgeThatCantTellWhenIsNotAskedForEver(t *testing.T) {
	story(t, 20, func(s *scene) {
		s.world.as("kira", 7, gain(model.None, model.High))
		s.world.as("kira", 8, gain(model.None, model.High))
		s.world.do(func() { delete(s.world.history, ref(7)) })
		s.world.do(func() { s.world.before = failing("history", problem(model.NotFound, "")) })
		s.after(time.Hour)
		if asked := s.world.requests("history"); len(asked) != 2 {
			t.Errorf("asked %q", asked)
		}
		if all := s.all(); len(all.Triaged) != 0 {
			t.Errorf("%v", all.Triaged)
		}
	})
}

// A forge that chokes on timelines is asked less and less, and the polls go on.
func TestTimelinesThatFailHoldUpNothing(t *testing.T) {
	story(t, 20, func(s *scene) {
		s.world.as("kira", 7, gain(model.None, model.High))
		s.world.do(func() { s.world.before = failing("history", problem(model.Struggling, "")) })
		s.after(10 * time.Minute)
		if asked := s.world.requests("history"); len(asked) == 0 || len(asked) > 12 {
			t.Errorf("asked %d times in ten minutes", len(asked))
		}
		s.world.as("kira", 8, gain(model.None, model.Medium))
		s.after(20 * time.Second)
		if got := s.card(8).Gain; got != model.Medium {
			t.Errorf("the polls stand still: gain %s", got)
		}
		s.world.do(func() { s.world.before = nil })
		s.after(10 * time.Minute)
		if all := s.all(); len(all.Triaged) != 2 {
			t.Errorf("%v", all.Triaged)
		}
	})
}

// What the person did shows in all that is counted before it has arrived.
func TestAllHasThePersonsOwnChanges(t *testing.T) {
	story(t, 20, func(s *scene) {
		s.unreachable(true)
		s.submit(3, gain(model.None, model.High))
		for _, ticket := range s.all().Tickets {
			if ticket.Ref == ref(3) && ticket.Gain != model.High {
				t.Errorf("#3 has the gain %s", ticket.Gain)
			}
		}
	})
}

// A command that counts does not wait for a board's calm.
func TestCompleteBringsInEverything(t *testing.T) {
	w := newWorld(300)
	old := time.Now().Add(-900 * 24 * time.Hour)
	for n := int64(1); n <= 200; n++ {
		row := w.tickets[ref(n)]
		row.Ticket.ClosedAt, row.Ticket.Updated = old, old
		w.tickets[ref(n)] = row
	}
	d := desk(t, forge.DeskOptions{Forge: w, Store: newDisk().process(), Repos: []string{repo}, Workflow: model.DefaultWorkflow(), Policy: model.DefaultPolicy()})
	if err := errors.Join(d.Open(t.Context()), d.Once(t.Context())); err != nil {
		t.Fatal(err)
	}
	if all, err := d.All(t.Context()); err != nil || all.Complete || len(all.Tickets) != 100 {
		t.Fatalf("after Once: %d tickets, complete %v, %v", len(all.Tickets), all.Complete, err)
	}
	told := 0
	if err := d.Complete(t.Context(), func(name string, done, _ int) {
		if name == repo && done >= 0 {
			told++
		}
	}); err != nil {
		t.Fatal(err)
	}
	if all, err := d.All(t.Context()); err != nil || !all.Complete || len(all.Tickets) != 300 || told == 0 {
		t.Errorf("%d tickets, complete %v, told %d times, %v", len(all.Tickets), all.Complete, told, err)
	}
	w.requests()
	if err := d.Complete(t.Context(), nil); err != nil || len(w.requests("")) != 0 {
		t.Errorf("complete, and asked again: %v", err)
	}
}

func (s *scene) all() model.Archive {
	s.Helper()
	all, err := s.desk.All(s.Context())
	if err != nil {
		s.Fatal(err)
	}
	return all
}

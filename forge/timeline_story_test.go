package forge_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"docket/forge"
	"docket/model"
)

// happens lets something have happened to a ticket, now.
func (w *world) happens(n int64, events ...forge.Event) {
	w.do(func() {
		row := w.tickets[ref(n)]
		row.Ticket.Updated = w.now()
		w.tickets[ref(n)] = row
		if w.history == nil {
			w.history = map[model.Ref][]forge.Event{}
		}
		for _, e := range events {
			w.lastID++
			e.ID, e.At = w.lastID, w.now()
			w.history[ref(n)] = append(w.history[ref(n)], e)
		}
	})
}

func TestWhatHappenedIsAskedOnceForEachUpdate(t *testing.T) {
	story(t, 3, func(s *scene) {
		asked := func(want int, what string) model.Thread {
			s.Helper()
			s.world.requests()
			thread, err := s.desk.Timeline(t.Context(), ref(1))
			if n := len(s.world.requests("history")); n != want || err != nil || !thread.Told {
				s.Fatalf("%s: %d requests, told %v: %v", what, n, thread.Told, err)
			}
			return thread
		}
		asked(1, "the first look")
		asked(0, "the second look")

		s.world.happens(1, forge.Event{Field: model.FieldGain, Came: "high"}, forge.Event{Field: model.FieldComment, Came: "text"}, forge.Event{})
		s.desk.Sync()
		s.after(time.Minute)
		if thread, _ := s.desk.Thread(t.Context(), ref(1)); thread.Told {
			t.Error("nobody asked since the update")
		}
		if thread := asked(1, "after an update"); len(thread.Events) != 1 || thread.Events[0].Came != "high" {
			t.Errorf("told %+v", thread.Events)
		}
		asked(0, "and once more")
		s.stop()

		s.open() // another process, without a network
		s.run()
		s.unreachable(true)
		if thread, err := s.desk.Thread(t.Context(), ref(1)); err != nil || !thread.Told || len(thread.Events) != 1 {
			t.Errorf("offline: %+v, %v", thread, err)
		}
		asked(0, "offline")
		if thread, err := s.desk.Timeline(t.Context(), ref(2)); err == nil || thread.Told || thread.Body.Empty() {
			t.Errorf("offline, what was never told: %+v, %v", thread, err)
		}
	})
}

func TestWhatHappensInTheSameSecondIsNotMissed(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.world.happens(1, forge.Event{Field: model.FieldGain, Came: "high"})
		s.desk.Sync()
		s.after(0)
		if thread, err := s.desk.Timeline(t.Context(), ref(1)); err != nil || len(thread.Events) != 1 || !thread.Told {
			t.Fatalf("%+v, %v", thread.Events, err)
		}
		s.world.happens(1, forge.Event{Field: model.FieldPain, Came: "low"})
		s.after(time.Minute)
		if thread, err := s.desk.Timeline(t.Context(), ref(1)); err != nil || len(thread.Events) != 2 {
			t.Fatalf("%+v, %v", thread.Events, err)
		}
	})
}

func TestLinksGoBothWays(t *testing.T) {
	story(t, 4, func(s *scene) {
		s.world.do(func() {
			row := s.world.tickets[ref(1)]
			row.Body, row.Ticket.Updated = model.NewProse("Like #2, #2 and #77."), s.world.now()
			s.world.tickets[ref(1)] = row
		})
		s.world.as("rita", 1, say("No: #3, other/place#4"))
		s.world.happens(1, forge.Event{Field: model.FieldMention, Ref: ref(4)}, forge.Event{Field: model.FieldMention, Ref: ref(4)},
			forge.Event{Field: model.FieldMention, Came: "pull request", Ref: ref(9)}, forge.Event{Field: model.FieldMention, Ref: ref(2)})
		s.world.as("rita", 4, model.Close{At: model.StampOf(time.Now())})
		s.desk.Sync()
		s.after(time.Minute)
		thread, err := s.desk.Timeline(t.Context(), ref(1))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range thread.Links {
			way := "to "
			if l.In {
				way = "from "
			}
			got = append(got, strings.TrimSpace(way+l.Ref.String()+" "+l.Title.String()+map[bool]string{true: " closed"}[l.Known && !l.Open]))
		}
		want := []string{"to infra/tickets#2 Ticket 2", "to infra/tickets#77", "to infra/tickets#3 Ticket 3", "to other/place#4",
			"from infra/tickets#4 Ticket 4 closed", "from infra/tickets#2 Ticket 2"}
		if !slices.Equal(got, want) {
			t.Errorf("links %q, not %q", got, want)
		}
	})
}

func TestATicketThatTheBoardDoesNotHaveIsFetched(t *testing.T) {
	story(t, 2, func(s *scene) {
		old := time.Now().Add(-1000 * time.Hour)
		s.world.do(func() {
			s.world.add(99, old)
			row := s.world.tickets[ref(99)]
			row.Ticket.ClosedAt = old
			s.world.tickets[ref(99)] = row
		})
		thread, err := s.desk.Thread(t.Context(), ref(99))
		if err != nil || thread.Ticket.Title.String() != "Ticket 99" || thread.Body.Empty() || !thread.Complete {
			t.Fatalf("%+v, %v", thread, err)
		}
		if _, _, _, ok := s.desk.Snapshot().Board.Find(ref(99)); ok {
			t.Error("a ticket closed long ago is on the board")
		}
		s.unreachable(true)
		if thread, err := s.desk.Thread(t.Context(), ref(99)); err != nil || thread.Ticket.Ref != ref(99) {
			t.Errorf("offline: %+v, %v", thread, err)
		}
		_, err = s.desk.Thread(t.Context(), ref(500))
		if p, ok := errors.AsType[*model.Problem](err); !ok || p.Kind != model.Unreachable {
			t.Errorf("offline, never seen: %v", err)
		}
		s.unreachable(false)
		_, err = s.desk.Thread(t.Context(), ref(500))
		if p, ok := errors.AsType[*model.Problem](err); !ok || p.Kind != model.NotFound {
			t.Errorf("no such ticket: %v", err)
		}
	})
}

func TestMilestonesAreKnownAndAReopenedBoardKnowsThem(t *testing.T) {
	story(t, 1, func(s *scene) {
		if repo := s.desk.Snapshot().Repos[0]; repo.Milestones == nil || len(repo.Milestones) != 0 || len(repo.Labels) == 0 {
			t.Errorf("%+v", repo)
		}
		spring := model.Milestone{ID: 3, Title: model.NewLine("spring")}
		s.world.do(func() { s.world.plans = []model.Milestone{spring} })
		s.after(20 * time.Minute)
		s.submit(1, model.SetMilestone{To: spring})
		s.after(time.Minute)
		s.entries()
		if got := s.world.at(1).Milestone; got != spring {
			t.Errorf("the forge has %+v", got)
		}
		s.stop()
		s.open()
		if repo := s.desk.Snapshot().Repos[0]; !slices.Equal(repo.Milestones, []model.Milestone{spring}) || s.card(1).Milestone != spring {
			t.Errorf("%+v", repo.Milestones)
		}
		s.run()
		// Forges do not tell at the tickets that a milestone has another name.
		autumn := model.Milestone{ID: 3, Title: model.NewLine("autumn")}
		s.world.do(func() {
			s.world.plans = []model.Milestone{autumn}
			row := s.world.tickets[ref(1)]
			row.Ticket.Milestone = autumn
			s.world.tickets[ref(1)] = row
		})
		s.after(time.Hour)
		if got := s.card(1).Milestone; got != autumn {
			t.Errorf("the board shows %+v", got)
		}
	})
}

func TestFollowingALinkWithEverythingReal(t *testing.T) {
	r := realRooms(t)
	r.open()
	find := func(title string) *model.Card {
		for _, c := range r.desk.Snapshot().Board.All() {
			if c.Title.String() == title {
				return c
			}
		}
		t.Fatalf("%q is not on the board", title)
		return nil
	}
	r.synced()
	rotate := find("Rotate the TLS certificate of the bastion hosts")
	thread, err := r.desk.Timeline(t.Context(), rotate.Ref)
	if err != nil || len(thread.Links) != 2 || !thread.Links[0].Open || thread.Links[0].Title.String() != "Alert when a certificate is about to end" {
		t.Fatalf("%+v, %v", thread.Links, err)
	}
	if !slices.ContainsFunc(thread.Events, func(e model.Event) bool { return e.Field == model.FieldDue && e.Came != "" }) {
		t.Errorf("nobody tells of the due date: %+v", thread.Events)
	}
	back, err := r.desk.Timeline(t.Context(), thread.Links[0].Ref)
	if err != nil || !slices.ContainsFunc(back.Links, func(l model.Link) bool { return l.In && l.Ref == rotate.Ref && l.Known }) {
		t.Fatalf("the way back: %+v, %v", back.Links, err)
	}
	far, err := r.desk.Thread(t.Context(), thread.Links[1].Ref)
	if err != nil || far.Ticket.Open() || far.Ticket.Title.String() != "Certificates for the internal registry" {
		t.Errorf("the far end: %+v, %v", far.Ticket, err)
	}
	r.stop()

	r.open()
	again, err := r.store.Thread(t.Context(), rotate.Ref)
	if err != nil || !again.Told || len(again.Events) != len(thread.Events) {
		t.Errorf("after a restart: told %v, %d events, %v", again.Told, len(again.Events), err)
	}
}

func TestLabelsThatWereEditedTogetherAreTakenBackAsOne(t *testing.T) {
	r := realRooms(t)
	r.open()
	snap := r.synced()
	at := slices.IndexFunc(snap.Board.All(), func(c *model.Card) bool {
		return c.Open() && c.Gain == model.Low && c.State == model.OnAssignee && slices.Contains(c.Labels, model.NewLine("dev"))
	})
	c := snap.Board.All()[at]
	sorted := func() []model.Line { return model.Logins(r.ticket(c.Ref).Labels...) }
	before := sorted()
	r.desk.Submit(model.Edit{Ref: c.Ref, Change: model.RemoveLabel{Name: model.NewLine("dev")}}, model.Edit{Ref: c.Ref, Change: model.AddLabel{Name: model.NewLine("ops")}},
		model.Edit{Ref: c.Ref, Change: model.SetGain{From: model.Low, To: model.High}}, model.Edit{Ref: c.Ref, Change: model.Move{From: model.OnAssignee, To: model.Urgent}})
	r.until("sending", quietly)
	if got := r.ticket(c.Ref); got.Gain != model.High || slices.Contains(got.Labels, model.NewLine("dev")) || !slices.Contains(got.Labels, model.NewLine("ops")) {
		t.Fatalf("the forge has %+v", got.Labels)
	}
	if _, ok := r.desk.Reverse(r.desk.Snapshot().Undo); !ok {
		t.Fatal("nothing to take back")
	}
	r.until("undo", func(s *model.Snapshot) bool { return quietly(s) && slices.Equal(sorted(), before) })
}

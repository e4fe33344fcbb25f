package forge_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"docket/model"
)

// Since is told by the forge's clock, with an overlap; a wrong clock of ours
// loses nothing.
func TestNothingIsMissedWhateverTheClocksSay(t *testing.T) {
	for _, skew := range []time.Duration{0, -3 * time.Hour, 3 * time.Hour} {
		for _, silent := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				s := &scene{T: t, world: newWorld(0), disk: newDisk()}
				s.world.skew, s.world.silent = skew, silent
				for n := range int64(60) {
					s.world.add(n+1, s.world.now().Add(-time.Hour))
				}
				s.open()
				s.run()
				s.after(time.Minute)
				for n := int64(1); n <= 60; n++ {
					s.world.as("kira", n, gain(model.None, model.High))
					s.after(time.Duration(n%4) * time.Second)
				}
				s.after(20 * time.Second)
				for n := int64(1); n <= 60; n++ {
					if s.card(n).Gain != model.High {
						t.Errorf("skew %v, silent %v: #%d is missed", skew, silent, n)
					}
				}
				s.stop()
			})
		}
	}
}

// While pages come in others close and make tickets. The walk through all
// tickets finds every one, and keeps none twice.
func TestAWalkNeitherSkipsNorRepeatsWhileOthersWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &scene{T: t, world: newWorld(400), disk: newDisk()}
		var mu sync.Mutex
		n := int64(0)
		s.world.lost = func(_ context.Context, request string) error {
			mu.Lock()
			defer mu.Unlock()
			if strings.HasPrefix(request, "tickets") && n < 60 {
				n++
				s.world.as("kira", 400-n*3, model.Close{At: model.StampOf(s.world.now())})
				s.world.do(func() { s.world.add(400+n, s.world.now()) })
			}
			return nil
		}
		s.open()
		s.run()
		s.after(20 * time.Minute)
		numbers, _ := s.store.Numbers(t.Context(), repo)
		if len(numbers) != 460 {
			t.Errorf("%d tickets are kept, the forge has 460", len(numbers))
		}
		for _, n := range numbers {
			if c := s.card(n); c.Open() != s.world.at(n).Open() {
				t.Errorf("#%d: open is %v on the board", n, c.Open())
			}
		}
		s.stop()
	})
}

func TestSinceMovesOnlyWhenAllPagesAreKept(t *testing.T) {
	story(t, 200, func(s *scene) {
		for n := int64(1); n <= 120; n++ {
			s.world.as("kira", n, gain(model.None, model.High))
		}
		s.world.do(func() { s.world.before = times(2, failing("tickets all page 3", problem(model.Struggling, ""))) })
		s.after(16 * time.Second)
		if p := s.desk.Snapshot().Repo(repo).Problem; p == nil || p.Kind != model.Struggling {
			t.Fatalf("the problem is %v", p)
		}
		s.kill() // what is known of the walk is lost
		s.open()
		s.run()
		s.after(5 * time.Minute)
		for n := int64(1); n <= 120; n++ {
			if s.card(n).Gain != model.High {
				t.Fatalf("#%d is missed", n)
			}
		}
	})
}

func TestDeletedTicketsAreFoundAndDropped(t *testing.T) {
	story(t, 120, func(s *scene) {
		s.after(58 * time.Minute)
		s.world.requests()
		s.world.do(func() { delete(s.world.tickets, ref(60)) })
		s.after(5 * time.Minute)
		if _, _, _, ok := s.desk.Snapshot().Board.Find(ref(60)); ok {
			t.Error("a deleted ticket stays on the board")
		}
		if got := s.world.requests("ticket "); !slices.Equal(got, []string{"ticket " + ref(60).String()}) {
			t.Errorf("asked for %q", got)
		}
		numbers, _ := s.store.Numbers(t.Context(), repo)
		if len(numbers) != 119 || s.desk.Snapshot().Board.Len() != 119 {
			t.Errorf("%d are kept", len(numbers))
		}
		s.after(2 * time.Hour)
		if got := s.world.requests("tickets all page 2"); len(got) != 0 {
			t.Errorf("equal counts, and yet it walks: %q", got)
		}
	})
}

func TestADeletedTicketLeavesTheBoardWithSync(t *testing.T) {
	story(t, 120, func(s *scene) {
		shown := func() bool { _, _, _, ok := s.desk.Snapshot().Board.Find(ref(60)); return ok }
		s.after(10 * time.Minute)
		s.world.do(func() { delete(s.world.tickets, ref(60)) })
		s.after(time.Minute)
		if !shown() {
			t.Fatal("polls tell of deleted tickets: this is no story")
		}
		s.desk.Sync()
		s.after(10 * time.Second)
		if shown() {
			t.Error("a deleted ticket stays on the board")
		}
		s.world.requests()
		s.desk.Sync()
		s.after(time.Second)
		if got := s.world.requests("tickets"); len(got) != 2 {
			t.Errorf("where nothing is gone, it asks for %q", got)
		}
	})
}

func TestARenamedLabelIsFollowedThoughTicketsDoNotTell(t *testing.T) {
	story(t, 60, func(s *scene) {
		s.world.do(func() {
			row := s.world.tickets[ref(5)]
			row.Ticket.Labels = []model.Line{model.NewLine("another name")}
			s.world.tickets[ref(5)] = row
			s.world.labels[repo][0].Name = model.NewLine("another name")
		})
		s.after(12 * time.Minute)
		if got := s.card(5).Labels; len(got) != 1 || got[0].Raw() != "another name" {
			t.Errorf("its labels are %v", got)
		}
	})
}

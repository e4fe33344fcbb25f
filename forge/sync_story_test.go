package forge_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"docket/forge"
	"docket/model"
)

func TestOpenTicketsComeInPageByPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &scene{T: t, world: newWorld(500), disk: newDisk()}
		s.world.before = slow("", time.Second)
		s.open()
		s.run()
		if got := s.desk.Snapshot(); got.Board.Len() != 0 || got.Repo(repo).Phase != model.First {
			t.Fatalf("before the first answer: %+v", got.Repo(repo))
		}
		var rev uint64
		var seen []int
		for range 8 {
			s.after(time.Second + time.Millisecond)
			snap := s.desk.Snapshot()
			if snap.Rev < rev {
				t.Fatal("a revision fell")
			}
			rev = snap.Rev
			if seen = append(seen, snap.Board.Len()); snap.Repo(repo).Phase == model.First && snap.Repo(repo).Done != snap.Board.Len() {
				t.Errorf("shows %d of %d, says %+v", snap.Board.Len(), 500, snap.Repo(repo))
			}
		}
		if seen[0] != 50 || seen[1] < 50*3 || seen[1] > 50*5 || !slices.IsSorted(seen) || seen[len(seen)-1] != 500 {
			t.Errorf("tickets by the second: %v", seen)
		}
		s.after(5 * time.Minute)
		state, _ := s.store.Repo(t.Context(), repo)
		if r := s.desk.Snapshot().Repo(repo); !state.OpenDone || !state.AllDone || r.Phase != model.Waiting || !r.Rights.Triage || len(r.People) != 2 {
			t.Errorf("in the end %+v, %+v", state, r)
		}
		for _, c := range s.desk.Snapshot().Board.All() {
			if !c.Changed.IsZero() {
				t.Fatalf("%v is marked as somebody's doing", c.Ref)
			}
		}
		s.stop()
	})
}

func TestAnIdlePollIsOneRequest(t *testing.T) {
	story(t, 120, func(s *scene) {
		for range 5 {
			s.after(15 * time.Second)
			if got := s.world.requests(""); len(got) != 1 || !strings.HasPrefix(got[0], "tickets all page 1") {
				t.Fatalf("asked %q", got)
			}
		}
		s.desk.Focus(false)
		s.after(15 * time.Second)
		s.world.requests()
		s.after(5 * time.Minute)
		if got := s.world.requests(""); len(got) != 5 {
			t.Errorf("unfocused for five minutes: %q", got)
		}
		s.desk.Focus(true)
		s.after(time.Millisecond)
		if got := s.world.requests(""); len(got) != 1 {
			t.Errorf("focused again: %q", got)
		}
	})
}

func TestAColleaguesWorkShowsUpAndIsMarked(t *testing.T) {
	story(t, 80, func(s *scene) {
		s.world.as("kira", 7, gain(model.None, model.High))
		s.world.as("kira", 8, model.Close{At: model.StampOf(s.world.now())})
		s.world.as("rita", 9, say("any news?"))
		s.world.do(func() { s.world.add(81, s.world.now()) })
		s.after(16 * time.Second)
		if s.card(7).Gain != model.High || s.card(7).Changed.IsZero() || s.card(8).Shown() != model.Closed || s.card(81).Changed.IsZero() {
			t.Errorf("the board shows %+v", s.card(7))
		}
		if s.card(9).ReporterSpoke.IsZero() || s.card(9).Comments != 1 {
			t.Errorf("the reporter's answer: %+v", s.card(9))
		}
		if !s.card(10).Changed.IsZero() {
			t.Error("one that nobody touched is marked")
		}
		thread, err := s.desk.Thread(t.Context(), ref(9))
		if err != nil || !thread.Complete || len(thread.Comments) != 1 || thread.Body.Empty() {
			t.Errorf("its thread: %+v, %v", thread, err)
		}
	})
}

func TestMyOwnChangeIsNotMarkedAsSomebodysDoing(t *testing.T) {
	story(t, 3, func(s *scene) {
		s.submit(1, gain(model.None, model.High), say("mine"))
		s.after(time.Minute)
		if !s.card(1).Changed.IsZero() || s.card(1).Comments != 1 {
			t.Errorf("%+v", s.card(1))
		}
		if thread, _ := s.desk.Thread(t.Context(), ref(1)); len(thread.Comments) != 1 {
			t.Error("my comment is not in the thread")
		}
	})
}

// The forge chokes on one page of history, for good: the board stays in step.
// The history comes in two runs, first tickets and then all comments: whoever
// sees the progress begin anew is told of what.
func TestTheHistorySaysWhichRunItIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &scene{T: t, world: newWorld(300), disk: newDisk()}
		for n := range int64(150) {
			s.world.as("kira", n+1, say("Which host?"))
		}
		s.world.before = slow("", 300*time.Millisecond)
		s.open()
		s.run()
		var phases []model.Phase
		for range 600 {
			s.after(100 * time.Millisecond)
			r := s.desk.Snapshot().Repo(repo)
			if r.Phase == model.Comments && r.Total != 150 {
				t.Fatalf("of the comments it says %+v", r)
			}
			if r.Phase != model.Waiting && r.Phase != model.Asking {
				phases = append(phases, r.Phase)
			}
		}
		if got := slices.Compact(phases); !slices.Equal(got, []model.Phase{model.First, model.History, model.Comments}) {
			t.Errorf("the phases are %v", got)
		}
		s.stop()
	})
}

func TestAFailingHistoryDoesNotHoldUpThePolls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &scene{T: t, world: newWorld(120), disk: newDisk()}
		s.world.before = failing("tickets all page 2", problem(model.Struggling, ""))
		s.open()
		s.run()
		s.after(time.Hour)
		s.world.as("kira", 7, gain(model.None, model.High))
		s.after(16 * time.Second)
		if r := s.desk.Snapshot().Repo(repo); s.card(7).Gain != model.High || r.Problem != nil {
			t.Errorf("%+v", r)
		}
		if got := len(s.world.requests("tickets all page 2")); got < 10 || got > 30 {
			t.Errorf("%d tries of the page within an hour", got)
		}
		s.stop()
	})
}

// The forge has my change already while its answer is still on the way.
func TestMyChangeThatAPollBringsFirstIsNotMarked(t *testing.T) {
	story(t, 3, func(s *scene) {
		s.world.do(func() { s.world.lost = slow("apply", 40*time.Second) })
		s.submit(1, gain(model.None, model.High))
		s.after(time.Minute)
		if s.entries(); !s.card(1).Changed.IsZero() || s.card(1).Gain != model.High {
			t.Errorf("%+v", s.card(1))
		}
	})
}

// The answer to my change holds somebody's comment as well: the next poll can't
// tell that it is new.
func TestACommentThatCameInWithMyChangeIsFetched(t *testing.T) {
	story(t, 3, func(s *scene) {
		s.world.as("rita", 1, say("any news?"))
		s.submit(1, gain(model.None, model.High))
		s.after(time.Minute)
		if s.card(1).ReporterSpoke.IsZero() {
			t.Errorf("%+v", s.card(1))
		}
	})
}

// A poll's page that was asked for before my change and comes after it must not
// take the card back.
func TestALatePageDoesNotTakeMyChangeBack(t *testing.T) {
	story(t, 3, func(s *scene) {
		s.world.as("kira", 1, pain(model.None, model.Low))
		s.world.do(func() { s.world.lost = slow("tickets", 5*time.Second) })
		s.desk.Sync()
		synctest.Wait()
		s.submit(1, gain(model.None, model.High))
		for range 80 {
			s.after(500 * time.Millisecond)
			if c := s.card(1); c.Gain != model.High {
				t.Fatalf("flickers: %+v", c)
			}
		}
		if s.entries(); s.card(1).Pain != model.Low {
			t.Error("kira's change is missing")
		}
	})
}

func TestEditedCommentsComeWithTheFacts(t *testing.T) {
	story(t, 2, func(s *scene) {
		s.world.as("kira", 1, say("frist"))
		s.after(20 * time.Second)
		s.world.do(func() {
			s.world.comments[0].Body, s.world.comments[0].Updated = model.NewProse("first"), s.world.now()
		})
		s.after(11 * time.Minute)
		if thread, _ := s.desk.Thread(t.Context(), ref(1)); len(thread.Comments) != 1 || thread.Comments[0].Body.Raw() != "first" {
			t.Errorf("%+v", thread)
		}
	})
}

func TestPollsBackOffWhileTheForgeIsAwayAndComeBackOnDemand(t *testing.T) {
	story(t, 2, func(s *scene) {
		s.unreachable(true)
		s.after(30 * time.Minute)
		if got := s.world.requests("tickets"); len(got) < 6 || len(got) > 14 {
			t.Errorf("%d polls in half an hour", len(got))
		}
		if p := s.desk.Snapshot().Repo(repo).Problem; p == nil || p.Kind != model.Unreachable {
			t.Errorf("the problem is %v", p)
		}
		s.unreachable(false)
		s.desk.Sync()
		s.after(time.Millisecond)
		if r := s.desk.Snapshot().Repo(repo); r.Problem != nil || time.Since(r.Synced) > time.Second {
			t.Errorf("after Sync: %+v", r)
		}
	})
}

func TestAMovedRepositoryHoldsWhatIsWritten(t *testing.T) {
	story(t, 2, func(s *scene) {
		s.world.do(func() { s.world.moved[repo] = "infra/desk" })
		s.after(20 * time.Second)
		if p := s.desk.Snapshot().Repo(repo).Problem; p == nil || p.Kind != model.Moved || p.Place.Raw() != "infra/desk" {
			t.Fatalf("the problem is %v", p)
		}
		s.submit(1, gain(model.None, model.High))
		s.after(10 * time.Minute)
		s.entries(model.Pending)
		if got := s.world.requests("apply", "ticket "); len(got) != 0 {
			t.Errorf("asked %q", got)
		}
	})
}

func TestAThreadOfflineIsWhatThereIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &scene{T: t, world: newWorld(1), disk: newDisk()}
		s.world.as("kira", 1, say("hello"))
		s.world.before = failing("comments", problem(model.Struggling, ""))
		s.open()
		s.run()
		s.after(time.Second)
		s.unreachable(true)
		if thread, err := s.desk.Thread(t.Context(), ref(1)); err != nil || thread.Complete || thread.Body.Empty() {
			t.Errorf("offline: %+v, %v", thread, err)
		}
		s.unreachable(false)
		if thread, err := s.desk.Thread(t.Context(), ref(1)); err != nil || !thread.Complete || len(thread.Comments) != 1 {
			t.Errorf("online: %+v, %v", thread, err)
		}
		s.stop()
	})
}

func TestTicketsTurnStaleAndLeaveByThemselves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &scene{T: t, world: newWorld(2), disk: newDisk(), pace: forge.Pace{Follow: time.Hour}}
		s.open()
		s.run()
		s.after(time.Minute)
		s.world.as("kira", 1, model.Move{From: model.NeedsReview, To: model.OnReporter})
		s.world.as("kira", 2, model.Close{At: model.StampOf(s.world.now())})
		s.after(time.Minute)
		s.unreachable(true)
		s.after(8 * 24 * time.Hour)
		if _, _, _, ok := s.desk.Snapshot().Board.Find(ref(2)); ok {
			t.Error("closed eight days ago, and still shown")
		}
		s.after(7 * 24 * time.Hour)
		_, column, _, _ := s.desk.Snapshot().Board.Find(ref(1))
		if got := s.desk.Snapshot().Board.Columns[column]; got.State != model.OnReporter || got.Stale != 1 {
			t.Errorf("%s has %d stale", got.State, got.Stale)
		}
		s.stop()
	})
}

func TestSeveralRepositoriesShareTheReaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &scene{T: t, world: newWorld(0), disk: newDisk()}
		var mu sync.Mutex
		var now, most int
		s.world.before = func(ctx context.Context, request string) error {
			if !strings.HasPrefix(request, "tickets") {
				return nil
			}
			mu.Lock()
			now++
			most = max(most, now)
			mu.Unlock()
			err := slow("", time.Second)(ctx, request)
			mu.Lock()
			now--
			mu.Unlock()
			return err
		}
		s.open()
		o := s.options()
		for i := range 6 {
			name := fmt.Sprintf("infra/r%d", i)
			o.Repos = append(o.Repos, name)
			for n := range int64(300) {
				at := model.Ref{Repo: name, Number: n + 1}
				s.world.tickets[at] = forge.Row{Ticket: model.Ticket{Ref: at, Created: s.world.now(), Updated: s.world.now(), State: model.NeedsReview}}
			}
		}
		s.desk = desk(t, o)
		s.run()
		s.after(5 * time.Minute)
		if got := s.desk.Snapshot().Board.Len(); got != 1800 || most > 4 {
			t.Errorf("%d tickets, %d requests side by side", got, most)
		}
		s.stop()
	})
}

func TestOnceSyncsAndSendsAndReturns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &scene{T: t, world: newWorld(120), disk: newDisk()}
		s.open()
		if err := s.desk.Once(t.Context()); err != nil || s.desk.Snapshot().Board.Len() != 120 {
			t.Fatalf("%v", err)
		}
		s.submit(1, gain(model.None, model.High), say("so"))
		s.world.do(func() {
			s.world.before = times(1, failing("apply "+ref(1).String()+" comment", problem(model.Struggling, "")))
		})
		if err := s.desk.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.entries(model.Pending)
		if s.world.at(1).Gain != model.High {
			t.Error("not sent")
		}
		s.unreachable(true)
		err := s.desk.Once(t.Context())
		if p, ok := errors.AsType[*model.Problem](err); !ok || p.Kind != model.Unreachable {
			t.Errorf("offline: %v", err)
		}
	})
}

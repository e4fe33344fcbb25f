package forge_test

import (
	"database/sql"
	"errors"
	"os"
	"strconv"
	"testing"
	"time"

	"docket/forge/store"
	"docket/model"
)

// A store that can't be written while docket runs: nothing is called pending,
// nothing is sent that a crash would forget, and the person is told.
func TestAStoreThatRefusesWritesIsToldAndGoesOnLater(t *testing.T) {
	for _, kind := range []model.ProblemKind{model.DiskFull, model.BrokenStore, model.ClosedStore} {
		story(t, 1, func(s *scene) {
			s.disk.refuseWrites(problem(kind, "docket.db"))
			s.submit(1, say("kept in memory"))
			s.after(time.Minute)
			if p := s.desk.Snapshot().Problem; p == nil || p.Kind != kind || p.Place.Raw() != "docket.db" {
				t.Fatalf("a store that is %s shows as %v", kind, p)
			}
			s.entries(model.Saving)
			if got := s.world.requests("apply"); len(got) != 0 {
				t.Errorf("sent without a note on disk: %q", got)
			}
			s.disk.refuseWrites(nil)
			s.after(2 * time.Minute)
			s.entries()
			if p := s.desk.Snapshot().Problem; p != nil || s.world.at(1).Comments != 1 {
				t.Errorf("%d comments, the problem is %v", s.world.at(1).Comments, p)
			}
		})
	}
}

// However long the disk was full: once it has room that is seen with the next
// poll, without a key.
func TestADiskThatHasRoomAgainIsSeenSoon(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.disk.refuseWrites(problem(model.DiskFull, "docket.db"))
		s.after(10 * time.Minute)
		if p := s.desk.Snapshot().Problem; p == nil || p.Kind != model.DiskFull {
			t.Fatalf("the problem is %v", p)
		}
		if polls := s.world.requests("tickets"); len(polls) > 50 {
			t.Errorf("meanwhile it polled %d times", len(polls))
		}
		s.disk.refuseWrites(nil)
		s.after(20 * time.Second)
		if p := s.desk.Snapshot().Problem; p != nil {
			t.Errorf("still: %v", p)
		}
	})
}

// The disk fills up between sending and noting that it arrived.
func TestADiskThatFillsUpWhileSendingSendsNothingTwice(t *testing.T) {
	story(t, 1, func(s *scene) {
		full := problem(model.DiskFull, "")
		meanwhile(s, func() { s.disk.refuseWrites(full) })
		s.submit(1, say("once"))
		s.after(time.Minute)
		s.entries(model.Pending)
		s.disk.refuseWrites(nil)
		s.after(5 * time.Minute)
		s.entries()
		if got := s.world.requests("apply"); len(got) != 1 || s.world.at(1).Comments != 1 {
			t.Errorf("sent %q", got)
		}
	})
}

// Somebody puts another file in the store's place while docket runs.
func TestAStoreThatIsReplacedUnderARunningBoardIsTold(t *testing.T) {
	r := realRooms(t)
	r.open()
	card := untriaged(r.synced())
	for _, part := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(r.path+part, r.path+".old"+part); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(r.path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r.desk.Submit(model.Edit{Ref: card.Ref, Change: model.AddComment{Text: "not on disk"}})
	snap := r.until("the news", func(s *model.Snapshot) bool { return s.Problem != nil && s.Problem.Kind == model.BrokenStore })
	if len(snap.Outbox) != 1 || snap.Outbox[0].Status != model.Saving || snap.Problem.Place.Raw() != r.path {
		t.Errorf("%v: %+v", snap.Problem, snap.Outbox)
	}
	if now, _, _, _ := snap.Board.Find(card.Ref); now.Comments != card.Comments+1 || now.Saving != 1 {
		t.Errorf("the card shows %+v", now)
	}
	for _, part := range []string{"", "-wal", "-shm"} { // and back
		if err := os.Rename(r.path+".old"+part, r.path+part); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	r.until("sending", quietly)
	if got := r.ticket(card.Ref); got.Comments != card.Comments+1 {
		t.Errorf("the forge has %+v", got)
	}
}

func TestAStoreOfANewerDocketIsLeftAsItIs(t *testing.T) {
	r := realRooms(t)
	r.open()
	r.synced()
	r.stop()
	version := func(to int) (was int) {
		t.Helper()
		db, err := sql.Open("sqlite", "file:"+r.path+"?_pragma=busy_timeout(10000)")
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := db.QueryRowContext(t.Context(), "PRAGMA user_version").Scan(&was); err != nil {
			t.Fatal(err)
		}
		if _, err := db.ExecContext(t.Context(), "PRAGMA user_version = "+strconv.Itoa(to)); err != nil {
			t.Fatal(err)
		}
		return was
	}
	was := version(999)
	_, err := store.Open(t.Context(), r.path, store.Options{})
	if p, ok := errors.AsType[*model.Problem](err); !ok || p.Kind != model.NewerStore || p.Place.Raw() != r.path {
		t.Fatalf("a newer store opens with %v", err)
	}
	version(was)
	r.open()
	if r.desk.Snapshot().Board.Len() == 0 {
		t.Error("the newer store was touched")
	}
}

// What an earlier run knew is shown, but not as if the forge had been asked.
func TestABoardIsUnaskedUntilTheForgeAnswersInThisRun(t *testing.T) {
	story(t, 2, func(s *scene) {
		s.after(time.Minute)
		if r := s.desk.Snapshot().Repo(repo); r.Unasked || r.Synced.IsZero() {
			t.Fatalf("after a sync: %+v", r)
		}
		s.stop()
		s.unreachable(true)
		s.open()
		s.run()
		s.after(time.Minute)
		if r := s.desk.Snapshot().Repo(repo); !r.Unasked || r.Synced.IsZero() {
			t.Errorf("opened without the forge: %+v", r)
		}
		s.unreachable(false)
		s.desk.Sync()
		s.after(time.Millisecond)
		if r := s.desk.Snapshot().Repo(repo); r.Unasked {
			t.Error("the forge answered, and it shows as unasked")
		}
	})
}

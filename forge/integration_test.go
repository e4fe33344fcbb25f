package forge_test

import (
	"context"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"docket/forge"
	"docket/forge/demo"
	"docket/forge/gitea"
	"docket/forge/store"
	"docket/model"
)

// rooms is a Desk with everything real around it: SQLite on disk, the adapter,
// and an embedded forge behind HTTP.
type rooms struct {
	*testing.T
	demo   *demo.Forge
	sample demo.Sample
	url    string
	path   string
	pace   forge.Pace
	store  *store.Store
	desk   *forge.Desk
	stop   func()
}

func realRooms(t *testing.T) *rooms {
	t.Helper()
	r := &rooms{T: t, demo: demo.New(demo.Options{}), path: filepath.Join(t.TempDir(), "docket.db")}
	r.sample = r.demo.Fill()
	url, stop, err := r.demo.Listen(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	r.url, r.pace = url, forge.Pace{Gentle: time.Millisecond, Poll: time.Hour, Follow: 20 * time.Millisecond}
	return r
}

// as returns the forge as somebody sees it.
func (r *rooms) as(token string) *gitea.Forge {
	r.Helper()
	f, err := gitea.New(gitea.Options{URL: r.url, Token: token})
	if err != nil {
		r.Fatal(err)
	}
	return f
}

// open starts a process on the store.
func (r *rooms) open(repos ...string) {
	r.Helper()
	var err error
	if r.store, err = store.Open(r.Context(), r.path, store.Options{}); err != nil {
		r.Fatal(err)
	}
	r.desk = desk(r.T, forge.DeskOptions{
		Forge: r.as(r.sample.Token), Store: r.store, Repos: append([]string{r.sample.Repo}, repos...),
		Workflow: model.DefaultWorkflow(), Policy: model.DefaultPolicy(), Pace: r.pace,
	})
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	ended := make(chan error, 1)
	d, s := r.desk, r.store
	go func() { ended <- d.Run(ctx) }()
	stopped := false
	r.stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-ended; err != nil {
			r.Error(err)
		}
		if err := s.Close(); err != nil {
			r.Error(err)
		}
	}
	r.Cleanup(r.stop)
}

// until waits for a snapshot that a condition holds for.
func (r *rooms) until(what string, holds func(*model.Snapshot) bool) *model.Snapshot {
	r.Helper()
	late := time.After(time.Minute)
	for {
		if s := r.desk.Snapshot(); holds(s) {
			return s
		}
		select {
		case <-r.desk.Changed():
		case <-late:
			s := r.desk.Snapshot()
			r.Fatalf("%s: in vain. %d tickets, %+v, outbox %+v", what, s.Board.Len(), s.Repos, s.Outbox)
		}
	}
}

// synced waits until everything was walked through once: what that brings is not
// marked as somebody's change.
func (r *rooms) synced() *model.Snapshot {
	r.Helper()
	return r.until("history", func(s *model.Snapshot) bool {
		for _, repo := range s.Repos {
			kept, err := r.store.Repo(r.Context(), repo.Name)
			if err != nil || !kept.AllDone || repo.Synced.IsZero() || repo.Phase != model.Waiting || len(repo.People) == 0 {
				return false
			}
		}
		return true
	})
}

func untriaged(s *model.Snapshot) *model.Card {
	for _, c := range s.Board.All() {
		if c.Open() && c.Gain == model.None && c.State == model.NeedsReview {
			return c
		}
	}
	return nil
}

func quietly(s *model.Snapshot) bool { return len(s.Outbox) == 0 }

func (r *rooms) ticket(at model.Ref) model.Ticket {
	r.Helper()
	row, err := r.as(r.sample.Token).Ticket(r.Context(), at)
	if err != nil {
		r.Fatal(err)
	}
	return row.Ticket
}

func TestWithEverythingReal(t *testing.T) {
	r := realRooms(t)
	r.open()
	snap := r.synced()
	if snap.Board.Len() < 100 || snap.Me.Login.Raw() != r.sample.Login || !snap.Repos[0].Rights.Triage {
		t.Fatalf("%d tickets, %+v", snap.Board.Len(), snap.Repos[0])
	}

	c := untriaged(snap)
	r.desk.Submit(model.Edit{Ref: c.Ref, Change: model.SetGain{To: model.High}}, model.Edit{Ref: c.Ref, Change: model.SetPain{To: model.Low}})
	r.desk.Submit(model.Edit{Ref: c.Ref, Change: model.AddComment{Text: "Triaged."}})
	r.desk.Submit(model.Edit{Ref: c.Ref, Change: model.Move{From: model.NeedsReview, To: model.OnAssignee}})
	snap = r.until("sending", quietly)
	if got := r.ticket(c.Ref); got.Gain != model.High || got.Pain != model.Low || got.State != model.OnAssignee || got.Comments != c.Comments+1 {
		t.Errorf("the forge has %+v", got)
	}
	if mine, _, _, _ := snap.Board.Find(c.Ref); mine.Gain != model.High || mine.Pending != 0 || !mine.Changed.IsZero() {
		t.Errorf("the board shows %+v", mine)
	}
	r.synced()
	thread, err := r.desk.Thread(t.Context(), c.Ref)
	if err != nil || !thread.Complete || !slices.ContainsFunc(thread.Comments, func(o model.Comment) bool { return o.Body.Raw() == "Triaged." }) {
		t.Errorf("the thread: %+v, %v", thread, err)
	}

	kira := r.as(r.demo.Token("kira"))
	if _, err := kira.Apply(t.Context(), forge.Order{Now: r.ticket(c.Ref), Change: model.Assign{To: []model.Line{model.NewLine("kira")}}}); err != nil {
		t.Fatal(err)
	}
	r.desk.Sync()
	r.until("a colleague's change", func(s *model.Snapshot) bool {
		got, _, _, ok := s.Board.Find(c.Ref)
		return ok && got.AssignedTo(model.NewLine("kira")) && !got.Changed.IsZero()
	})
}

func TestUndoWithEverythingRealAcrossARestart(t *testing.T) {
	r := realRooms(t)
	r.open()
	c := untriaged(r.synced())
	r.desk.Submit(model.Edit{Ref: c.Ref, Change: model.SetGain{To: model.High}}, model.Edit{Ref: c.Ref, Change: model.Move{From: model.NeedsReview, To: model.OnReporter}},
		model.Edit{Ref: c.Ref, Change: model.AddComment{Text: "Which host?"}})
	said := func(s *model.Snapshot) bool {
		thread, err := r.desk.Thread(t.Context(), c.Ref)
		return err == nil && quietly(s) && slices.ContainsFunc(thread.Comments, func(o model.Comment) bool { return o.Body.Raw() == "Which host?" })
	}
	r.until("a triage", said)
	r.stop()

	r.open()
	if _, ok := r.desk.Reverse(r.desk.Snapshot().Undo); !ok {
		t.Fatalf("nothing to take back: %+v", r.desk.Snapshot().History)
	}
	r.until("undo", func(s *model.Snapshot) bool { return quietly(s) && !said(s) })
	if got := r.ticket(c.Ref); got.Gain != model.None || got.State != model.NeedsReview || got.Comments != c.Comments {
		t.Errorf("undone, the forge has %+v", got)
	}
	r.stop()

	r.open()
	if _, ok := r.desk.Reverse(r.desk.Snapshot().Redo); !ok {
		t.Fatalf("nothing to bring back: %+v", r.desk.Snapshot().History)
	}
	snap := r.until("redo", said)
	if got := r.ticket(c.Ref); got.Gain != model.High || got.State != model.OnReporter || got.Comments != c.Comments+1 {
		t.Errorf("done again, the forge has %+v", got)
	}
	if len(snap.History) != 1 || snap.History[0].Status != model.Sent || !snap.History[0].Undo {
		t.Errorf("the history is %+v", snap.History)
	}
}

func TestAStuckForgeNeverBlocksAKeyPress(t *testing.T) {
	r := realRooms(t)
	r.open()
	c := untriaged(r.synced())
	stuck := make(chan struct{})
	r.demo.Use(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			select {
			case <-stuck:
			case <-q.Context().Done():
			}
			next.ServeHTTP(w, q)
		})
	})
	r.desk.Sync()
	var took []time.Duration
	for range 31 {
		start := time.Now()
		r.desk.Submit(model.Edit{Ref: c.Ref, Change: model.AddComment{Text: "so"}})
		took = append(took, time.Since(start))
	}
	r.until("the disk", func(s *model.Snapshot) bool {
		return !slices.ContainsFunc(s.Outbox, func(e model.Entry) bool { return e.Status == model.Saving })
	})
	if m := median(took); m > 2*time.Millisecond {
		t.Errorf("a key press took %v", m)
	}
	close(stuck)
	r.until("sending", quietly)
	if got := r.ticket(c.Ref); got.Comments != c.Comments+31 {
		t.Errorf("%d comments arrived", got.Comments-c.Comments)
	}
}

func TestEditsMadeOfflineAreSentByTheNextProcess(t *testing.T) {
	r := realRooms(t)
	r.open()
	c := untriaged(r.synced())
	r.demo.Use(func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	})
	r.desk.Submit(model.Edit{Ref: c.Ref, Change: model.SetGain{To: model.High}})
	r.until("a try", func(s *model.Snapshot) bool { return len(s.Outbox) == 1 && s.Outbox[0].Problem != nil })
	r.stop()

	r.open()
	if got, _, _, ok := r.desk.Snapshot().Board.Find(c.Ref); !ok || got.Gain != model.High || got.Pending != 1 {
		t.Errorf("offline: %+v", got)
	}
	r.demo.Use(nil)
	r.desk.Sync()
	r.until("sending", quietly)
	if got := r.ticket(c.Ref); got.Gain != model.High {
		t.Errorf("the forge has %+v", got)
	}
}

// The answer to a comment gets lost on the way: it is there once.
func TestALostAnswerWithEverythingReal(t *testing.T) {
	r := realRooms(t)
	r.open()
	c := untriaged(r.synced())
	lost := make(chan struct{}, 1)
	lost <- struct{}{}
	r.demo.Use(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			if q.Method == http.MethodPost && strings.HasSuffix(q.URL.Path, "/comments") {
				select {
				case <-lost:
					next.ServeHTTP(discarded{http.Header{}}, q)
					panic(http.ErrAbortHandler)
				default:
				}
			}
			next.ServeHTTP(w, q)
		})
	})
	r.desk.Submit(model.Edit{Ref: c.Ref, Change: model.AddComment{Text: "Exactly once."}})
	r.until("sending", quietly)
	if got := r.ticket(c.Ref); got.Comments != c.Comments+1 {
		t.Errorf("%d comments arrived", got.Comments-c.Comments)
	}
}

type discarded struct{ header http.Header }

func (d discarded) Header() http.Header         { return d.header }
func (d discarded) Write(b []byte) (int, error) { return len(b), nil }
func (d discarded) WriteHeader(int)             {}

func TestARepositoryWithoutLabelsAsksFirst(t *testing.T) {
	r := realRooms(t)
	bare := r.sample.Login + "/bare"
	at := model.Ref{Repo: bare, Number: 1}
	r.demo.AddRepo(bare)
	q, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.url+"/api/v1/repos/"+bare+"/issues", strings.NewReader(`{"title": "Bare"}`))
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Authorization", "token "+r.sample.Token)
	q.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(q)
	if err != nil || answer.StatusCode != http.StatusCreated {
		t.Fatalf("%v, %v", answer, err)
	}
	answer.Body.Close()
	r.open(bare)
	r.synced()
	r.desk.Submit(model.Edit{Ref: at, Change: model.Resolve{To: model.InsufficientData}})
	r.until("parking", func(s *model.Snapshot) bool {
		return len(s.Outbox) == 1 && s.Outbox[0].Status == model.Parked && s.Outbox[0].Problem.Kind == model.NoLabel
	})
	r.desk.Consent(bare)
	r.until("sending", quietly)
	if got := r.ticket(at); got.ClosedAs != model.InsufficientData {
		t.Errorf("the forge has %+v", got)
	}
}

func TestFiveThousandTicketsComeIn(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of tickets")
	}
	r := realRooms(t)
	r.demo.Load(r.sample.Repo, 5000, 500, 0)
	start := time.Now()
	r.open()
	r.until("the first page", func(s *model.Snapshot) bool { return s.Board.Len() > 0 })
	t.Logf("first page after %v", time.Since(start))
	r.until("open tickets", func(s *model.Snapshot) bool { return !s.Repos[0].Synced.IsZero() })
	t.Logf("%d tickets after %v", r.desk.Snapshot().Board.Len(), time.Since(start))
	if got := r.desk.Snapshot().Board.Len(); got < 5000 {
		t.Errorf("%d tickets", got)
	}
	r.until("history", func(*model.Snapshot) bool {
		state, err := r.store.Repo(t.Context(), r.sample.Repo)
		return err == nil && state.AllDone
	})
	t.Logf("history after %v", time.Since(start))
	var slowest time.Duration
	for _, c := range r.desk.Snapshot().Board.All()[:50] {
		start := time.Now()
		r.desk.Submit(model.Edit{Ref: c.Ref, Change: model.AddComment{Text: "so"}})
		slowest = max(slowest, time.Since(start))
	}
	t.Logf("slowest of 50 key presses: %v", slowest)
	start = time.Now()
	r.until("sending", quietly)
	t.Logf("sent after %v", time.Since(start))
}

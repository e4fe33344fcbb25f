package forge_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"docket/model"
)

// request asks the embedded forge itself, as the sample's person.
func (r *rooms) request(method, path, body string) {
	r.Helper()
	q, err := http.NewRequestWithContext(r.Context(), method, r.url+"/api/v1"+path, strings.NewReader(body))
	if err != nil {
		r.Fatal(err)
	}
	q.Header.Set("Authorization", "token "+r.sample.Token)
	q.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(q)
	if err != nil {
		r.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		r.Fatalf("%s %s: %s", method, path, resp.Status)
	}
}

// rename gives the sample's repository another name, and returns that.
func (r *rooms) rename(name string) string {
	r.Helper()
	r.request(http.MethodPatch, "/repos/"+r.sample.Repo, fmt.Sprintf(`{"name":%q}`, name))
	owner, _, _ := strings.Cut(r.sample.Repo, "/")
	return owner + "/" + name
}

// What waited under the old name goes on when docket is started with the new
// one, as it says that one should do.
func TestWhatWaitsForARenamedRepositoryIsSentUnderItsNewName(t *testing.T) {
	for name, tried := range map[string]bool{"tried": true, "never tried": false} {
		t.Run(name, func(t *testing.T) {
			r := realRooms(t)
			r.open()
			snap := r.synced()
			card, other := untriaged(snap), snap.Board.All()[0]
			if other.Ref == card.Ref {
				other = snap.Board.All()[1]
			}
			r.refusing(http.MethodPost, "/comments", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
			r.desk.Submit(model.Edit{Ref: other.Ref, Change: model.AddComment{Text: "Parked."}})
			r.until("parking", func(s *model.Snapshot) bool { return len(s.Outbox) == 1 && s.Outbox[0].Status == model.Parked })
			var down atomic.Bool
			r.demo.Use(func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
					if down.Load() {
						w.WriteHeader(http.StatusBadGateway)
						return
					}
					next.ServeHTTP(w, q)
				})
			})
			moved := r.rename("elsewhere")
			down.Store(!tried)
			r.desk.Submit(
				model.Edit{Ref: card.Ref, Change: model.SetGain{To: model.High}},
				model.Edit{Ref: card.Ref, Change: model.AddComment{Text: "Kept."}})
			if tried {
				r.until("the news", func(s *model.Snapshot) bool { p := s.Repos[0].Problem; return p != nil && p.Kind == model.Moved })
			}
			r.stop()
			down.Store(false)

			r.sample.Repo = moved
			r.open()
			snap = r.until("sending", func(s *model.Snapshot) bool { return len(s.Outbox) == 1 })
			if e := snap.Outbox[0]; e.Edit.Ref != (model.Ref{Repo: moved, Number: other.Ref.Number}) || e.Status != model.Parked {
				t.Errorf("what was parked: %+v", e)
			}
			now := r.ticket(model.Ref{Repo: moved, Number: card.Ref.Number})
			if now.Comments != card.Comments+1 || now.Gain != model.High {
				t.Errorf("the forge has %+v", now)
			}
			r.desk.Settle(snap.Outbox[0].ID, model.Retry)
			r.until("sending the rest", quietly)
		})
	}
}

// A board that shows the old name and the new one needs no restart.
func TestABoardWithBothNamesSendsWhatWaits(t *testing.T) {
	r := realRooms(t)
	r.open(r.elsewhere())
	card := untriaged(r.until("the board", func(s *model.Snapshot) bool { return s.Board.Len() > 0 && !s.Repos[0].Synced.IsZero() }))
	r.rename("elsewhere")
	r.desk.Sync()
	r.until("the news", func(s *model.Snapshot) bool { p := s.Repos[0].Problem; return p != nil && p.Kind == model.Moved })
	r.desk.Submit(model.Edit{Ref: card.Ref, Change: model.SetGain{To: model.High}})
	r.until("sending", quietly)
	if now := r.ticket(model.Ref{Repo: r.elsewhere(), Number: card.Ref.Number}); now.Gain != model.High {
		t.Errorf("the forge has %+v", now)
	}
}

func (r *rooms) elsewhere() string {
	owner, _, _ := strings.Cut(r.sample.Repo, "/")
	return owner + "/elsewhere"
}

// No poll looks at a repository that is not on the board: the sender must not
// ask for it without a rest.
func TestWhatWaitsForAPlaceThatIsNotOnTheBoardRests(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.unreachable(true)
		s.submit(1, gain(model.None, model.High))
		s.after(time.Second)
		s.kill()
		s.unreachable(false)
		s.world.do(func() { s.world.moved = map[string]string{repo: "infra/away"} })
		s.repos = []string{"infra/other"}
		s.open()
		s.run()
		s.after(time.Minute)
		s.world.requests()
		s.after(10 * time.Minute)
		if n := len(s.world.requests("history", "ticket ")); n == 0 || n > 20 {
			s.Errorf("%d requests in ten minutes", n)
		}
		if e := s.entries(model.Pending)[0]; e.Problem == nil || e.Problem.Kind != model.Moved || e.Edit.Ref.Repo != repo {
			s.Errorf("it waits as %+v", e)
		}
	})
}

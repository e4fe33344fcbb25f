package forge_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"docket/forge"
	"docket/model"
)

// refusing lets the embedded forge refuse writes by a method to a path's end.
func (r *rooms) refusing(method, end string, answer http.HandlerFunc) {
	r.demo.Use(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			if q.Method == method && strings.HasSuffix(q.URL.Path, end) {
				answer(w, q)
				return
			}
			next.ServeHTTP(w, q)
		})
	})
}

func TestWhatTheForgeRefusesForGoodIsParkedWithItsReason(t *testing.T) {
	for _, c := range []struct {
		status int
		says   string
		kind   model.ProblemKind
	}{
		{http.StatusForbidden, "you are not a collaborator", model.Forbidden},
		{http.StatusNotFound, "issue does not exist", model.NotFound},
		{http.StatusGone, "issues are disabled here", model.NotFound},
		{http.StatusPreconditionFailed, "cannot close this issue because it still has open dependencies", model.Refused},
		{http.StatusUnprocessableEntity, "the body is too long", model.Refused},
		{http.StatusLocked, "repo is archived", model.Locked},
	} {
		t.Run(fmt.Sprint(c.status), func(t *testing.T) {
			r := realRooms(t)
			r.open()
			card := untriaged(r.synced())
			r.refusing(http.MethodPost, "/comments", func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(c.status)
				fmt.Fprintf(w, `{"message":%q}`, c.says)
			})
			r.desk.Submit(model.Edit{Ref: card.Ref, Change: model.AddComment{Text: "Kept."}})
			r.desk.Submit(model.Edit{Ref: card.Ref, Change: model.SetGain{To: model.High}})
			snap := r.until("parking", func(s *model.Snapshot) bool { return len(s.Outbox) == 1 && s.Outbox[0].Status == model.Parked })
			e := snap.Outbox[0]
			if e.Problem.Kind != c.kind || !strings.Contains(e.Problem.Detail.String(), c.says) || e.Edit.Change != (model.AddComment{Text: "Kept."}) {
				t.Errorf("parked as %+v", e)
			}
			if now, _, _, _ := snap.Board.Find(card.Ref); now.Comments != card.Comments || now.Stuck != 1 || now.Gain != model.High {
				t.Errorf("the card shows %+v", now)
			}
			r.stop() // it stays so when docket is started again
			r.open()
			if got := r.desk.Snapshot().Outbox; len(got) != 1 || got[0].Status != model.Parked || got[0].Problem.Kind != c.kind {
				t.Fatalf("after a restart: %+v", got)
			}
			r.demo.Use(nil)
			r.desk.Settle(e.ID, model.Retry)
			r.until("sending", quietly)
			if got := r.ticket(card.Ref); got.Comments != card.Comments+1 {
				t.Errorf("the forge has %+v", got)
			}
		})
	}
}

// The sender looks at the ticket's history first, where forges say 500.
func TestAChangeToATicketThatWasDeletedIsParked(t *testing.T) {
	for _, change := range []model.Change{model.SetGain{To: model.High}, model.AddComment{Text: "Kept."}, model.AddLabel{Name: model.NewLine("ops")}} {
		t.Run(string(change.Field()), func(t *testing.T) {
			r := realRooms(t)
			r.open()
			card := untriaged(r.synced())
			r.request(http.MethodDelete, fmt.Sprintf("/repos/%s/issues/%d", card.Ref.Repo, card.Ref.Number), "")
			r.desk.Submit(model.Edit{Ref: card.Ref, Change: change})
			snap := r.until("parking", func(s *model.Snapshot) bool { return len(s.Outbox) == 1 && s.Outbox[0].Status == model.Parked })
			if p := snap.Outbox[0].Problem; p.Kind != model.Deleted || p.Place.Raw() != card.Ref.String() {
				t.Errorf("parked for %v", p)
			}
			r.left(card.Ref)
			if e := snap.Outbox[0]; e.Edit.Change != change {
				t.Errorf("kept is %+v", e)
			}
			r.desk.Settle(snap.Outbox[0].ID, model.Retry)
			r.until("parking again", func(s *model.Snapshot) bool { return len(s.Outbox) == 1 && s.Outbox[0].Status == model.Parked })
			r.desk.Settle(snap.Outbox[0].ID, model.Discard)
			r.until("discarding", quietly)
		})
	}
}

// left checks that a ticket is neither on the board nor in the store, and that
// all others are.
func (r *rooms) left(gone model.Ref) {
	r.Helper()
	snap := r.until("leaving the board", func(s *model.Snapshot) bool { _, _, _, ok := s.Board.Find(gone); return !ok })
	kept, err := r.store.Load(r.Context(), []string{gone.Repo}, time.Time{})
	if err != nil || slices.ContainsFunc(kept, func(t model.Ticket) bool { return t.Ref == gone }) {
		r.Errorf("the store has it still, %v", err)
	}
	if open, _ := r.as(r.sample.Token).Tickets(r.Context(), gone.Repo, forge.Query{State: "open"}); snap.Board.Len() < len(open.Rows) {
		r.Errorf("%d tickets are left", snap.Board.Len())
	}
}

// Whoever opens a ticket hears that it was deleted, and the board is rid of it.
func TestATicketThatIsGoneWhenItIsOpenedLeavesTheBoard(t *testing.T) {
	r := realRooms(t)
	r.open()
	card := untriaged(r.synced())
	if _, err := r.desk.Thread(t.Context(), card.Ref); err != nil {
		t.Fatal(err)
	}
	r.request(http.MethodDelete, fmt.Sprintf("/repos/%s/issues/%d", card.Ref.Repo, card.Ref.Number), "")
	thread, err := r.desk.Timeline(t.Context(), card.Ref)
	if p, ok := errors.AsType[*model.Problem](err); !ok || p.Kind != model.Deleted || thread.Ref != card.Ref {
		t.Errorf("what happened: %+v, %v", thread, err)
	}
	r.left(card.Ref)
	_, err = r.desk.Thread(t.Context(), card.Ref)
	if p, ok := errors.AsType[*model.Problem](err); !ok || p.Kind != model.NotFound {
		t.Errorf("once more: %v", err)
	}
}

// Where tickets were switched off, or the list fails, none is known to be deleted.
func TestWhatIsNotFoundInARepositoryWithoutTicketsIsKept(t *testing.T) {
	for _, list := range []string{"[]", `{"message":"not found"}`} {
		r := realRooms(t)
		r.open()
		card := untriaged(r.synced())
		tickets := r.desk.Snapshot().Board.Len()
		r.demo.Use(func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
				path, ok := strings.CutPrefix(q.URL.Path, "/api/v1/repos/"+r.sample.Repo+"/issues")
				switch {
				case !ok:
					next.ServeHTTP(w, q)
				case path == "" && list == "[]":
					w.Header().Set("Content-Type", "application/json")
					fmt.Fprint(w, list)
				default:
					w.WriteHeader(http.StatusNotFound)
					fmt.Fprint(w, `{"message":"not found"}`)
				}
			})
		})
		r.desk.Submit(model.Edit{Ref: card.Ref, Change: model.AddComment{Text: "Kept."}})
		snap := r.until("parking", func(s *model.Snapshot) bool { return len(s.Outbox) == 1 && s.Outbox[0].Status == model.Parked })
		if p := snap.Outbox[0].Problem; p.Kind != model.NotFound || snap.Board.Len() != tickets {
			t.Errorf("%d of %d tickets, parked for %v", snap.Board.Len(), tickets, p)
		}
		if _, err := r.desk.Timeline(t.Context(), card.Ref); err == nil || r.desk.Snapshot().Board.Len() != tickets {
			t.Errorf("opened: %v, %d of %d tickets", err, r.desk.Snapshot().Board.Len(), tickets)
		}
	}
}

// A proxy, or a forge with a bug, says yes and leaves the label off.
func TestALabelThatIsSilentlyIgnoredIsParked(t *testing.T) {
	r := realRooms(t)
	r.open()
	card := untriaged(r.synced())
	var writes atomic.Int64
	r.refusing(http.MethodPost, "/labels", func(w http.ResponseWriter, _ *http.Request) {
		writes.Add(1)
		fmt.Fprint(w, `[]`)
	})
	r.desk.Submit(model.Edit{Ref: card.Ref, Change: model.SetGain{To: model.High}})
	snap := r.until("parking", func(s *model.Snapshot) bool { return len(s.Outbox) == 1 && s.Outbox[0].Status == model.Parked })
	e := snap.Outbox[0]
	if e.Problem.Kind != model.Ignored || !strings.Contains(strings.ToLower(e.Problem.Place.String()), "gain") || writes.Load() < 2 {
		t.Errorf("after %d tries: %v", writes.Load(), e.Problem)
	}
	if now, _, _, _ := snap.Board.Find(card.Ref); now.Gain != model.None || now.Stuck != 1 {
		t.Errorf("the card shows %+v", now)
	}
	r.desk.Settle(e.ID, model.Discard)
	snap = r.until("discarding", quietly)
	if now, _, _, _ := snap.Board.Find(card.Ref); now.Gain != model.None || now.Stuck != 0 {
		t.Errorf("the card shows %+v", now)
	}
	if got := r.ticket(card.Ref); got.Gain != model.None {
		t.Errorf("the forge has %+v", got)
	}
}

// A team renames its repository, or closes it to some, while changes wait.
func TestARepositoryThatIsRenamedMeanwhileHoldsWhatWaits(t *testing.T) {
	r := realRooms(t)
	r.open()
	card := untriaged(r.synced())
	moved := r.sample.Login + "/elsewhere"
	r.demo.Use(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			old := "/api/v1/repos/" + r.sample.Repo
			if rest, ok := strings.CutPrefix(q.URL.Path, old); ok {
				http.Redirect(w, q, "/api/v1/repos/"+moved+rest, http.StatusMovedPermanently)
				return
			}
			if q.URL.Path == "/api/v1/repos/"+moved {
				fmt.Fprintf(w, `{"full_name":%q}`, moved)
				return
			}
			next.ServeHTTP(w, q)
		})
	})
	r.desk.Submit(model.Edit{Ref: card.Ref, Change: model.AddComment{Text: "Kept."}})
	snap := r.until("the news", func(s *model.Snapshot) bool { p := s.Repos[0].Problem; return p != nil && p.Kind == model.Moved })
	if p := snap.Repos[0].Problem; p.Place.Raw() != moved {
		t.Errorf("moved to %q", p.Place)
	}
	r.until("the change to wait", func(s *model.Snapshot) bool { return len(s.Outbox) == 1 && s.Outbox[0].Status == model.Pending })
	r.demo.Use(nil) // named back
	r.desk.Sync()
	r.until("sending", quietly)
	if got := r.ticket(card.Ref); got.Comments != card.Comments+1 {
		t.Errorf("the forge has %+v", got)
	}
}

func TestARepositoryThatWasMadePrivateIsNotFoundAndLosesNothing(t *testing.T) {
	r := realRooms(t)
	r.open()
	card := untriaged(r.synced())
	tickets := r.desk.Snapshot().Board.Len()
	r.demo.Use(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			if strings.HasPrefix(q.URL.Path, "/api/v1/repos/"+r.sample.Repo) {
				w.WriteHeader(http.StatusNotFound)
				fmt.Fprint(w, `{"message":"not found"}`)
				return
			}
			next.ServeHTTP(w, q)
		})
	})
	r.desk.Submit(model.Edit{Ref: card.Ref, Change: model.AddComment{Text: "Kept."}})
	r.desk.Sync()
	snap := r.until("the news", func(s *model.Snapshot) bool {
		p := s.Repos[0].Problem
		return p != nil && p.Kind == model.NotFound && len(s.Outbox) == 1 && s.Outbox[0].Status == model.Parked
	})
	if snap.Outbox[0].Problem.Kind != model.NotFound || snap.Board.Len() != tickets {
		t.Errorf("%d of %d tickets, %+v", snap.Board.Len(), tickets, snap.Outbox[0])
	}
	r.demo.Use(nil)
	r.desk.Sync()
	r.desk.Settle(snap.Outbox[0].ID, model.Retry)
	r.until("sending", quietly)
}

package gitea_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"docket/forge"
	"docket/model"
)

// elsewhere records who asked it for what, and with which token.
type elsewhere struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
}

func (e *elsewhere) record(r *http.Request) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.asked = append(e.asked, r.Method+" "+r.URL.RequestURI()+" "+r.Header.Get("Authorization"))
}

func (e *elsewhere) visits() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.asked)
}

func serve(t *testing.T, h func(e *elsewhere, w http.ResponseWriter, r *http.Request)) *elsewhere {
	t.Helper()
	e := &elsewhere{}
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e.record(r)
		h(e, w, r)
	}))
	t.Cleanup(e.Close)
	return e
}

// movedTo is a forge where infra/tickets has moved to a place, and which knows
// the repository as ops/board.
func movedTo(t *testing.T, status int, location string) *elsewhere {
	return serve(t, func(_ *elsewhere, w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasPrefix(r.URL.Path, "/git/api/v1/repos/infra/tickets"):
			w.Header().Set("Location", location)
			w.WriteHeader(status)
		case r.URL.Path == "/git/api/v1/repositories/7", strings.EqualFold(r.URL.Path, "/git/api/v1/repos/ops/board"):
			fmt.Fprint(w, `{"full_name":"ops/board"}`)
		default:
			http.NotFound(w, r)
		}
	})
}

func TestARedirectTellsTheNewName(t *testing.T) {
	for location, want := range map[string]string{
		"/git/api/v1/repositories/7/issues/1":         "ops/board",
		"/git/api/v1/repositories/8/issues/1":         "/git", // the forge does not tell
		"/git/api/v1/repos/ops/board/issues/1?page=1": "ops/board",
		"/git/api/v1/repos/Ops/Board":                 "ops/board",
		"/git/api/v1/repos/secret/place/issues":       "secret/place", // not for us to see, but named
		"/git/ops/board/issues/1":                     "ops/board",
		"/git/user/login?redirect_to=%2F":             "/git/user/login",
	} {
		for _, status := range []int{301, 302, 307, 308} {
			s := movedTo(t, status, location)
			f := open(t, s.URL+"/git/", secret)
			_, err := f.Ticket(t.Context(), model.Ref{Repo: "infra/tickets", Number: 1})
			p := problem(t, err)
			place := strings.TrimPrefix(p.Place.String(), s.URL)
			if p.Kind != model.Moved || place != want {
				t.Errorf("%d %s: %s, want %s", status, location, p, want)
			}
		}
	}
}

func TestARedirectLeadsNoTokenAndNoWriteAway(t *testing.T) {
	away := serve(t, func(_ *elsewhere, w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"number":1}`) })
	s := movedTo(t, http.StatusTemporaryRedirect, away.URL+"/git/api/v1/repos/infra/tickets/issues/1?token="+secret)
	_, err := open(t, s.URL+"/git", secret).Apply(t.Context(), forge.Order{
		Now: model.Ticket{Ref: model.Ref{Repo: "infra/tickets", Number: 1}}, Change: model.AddComment{Text: "hello"}})
	if p := problem(t, err); p.Kind != model.Moved || p.Place.String() != away.URL+"/git" || p.Op != "comment on infra/tickets#1" {
		t.Errorf("%s", p)
	}
	if v := away.visits(); len(v) > 0 {
		t.Errorf("the other place was asked: %v", v)
	}
	for _, v := range s.visits() {
		if !strings.HasPrefix(v, "POST ") {
			t.Errorf("after the redirect: %s", v)
		}
	}
}

func TestARedirectToNowhereOrInCirclesEnds(t *testing.T) {
	for _, location := range []string{"", "://", "/git/api/v1/repos/infra/tickets/issues/1", "/git/api/v1/repos/../x", "/git/", "mailto:ana"} {
		s := movedTo(t, http.StatusFound, location)
		_, err := open(t, s.URL+"/git", secret).Ticket(t.Context(), model.Ref{Repo: "infra/tickets", Number: 1})
		_ = problem(t, err)
		if v := s.visits(); len(v) > 2 {
			t.Errorf("%q: asked %v", location, v)
		}
	}
}

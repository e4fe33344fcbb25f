package demo

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
)

func TestListeningOnLoopbackUntilStopped(t *testing.T) {
	o := open(t, Options{})
	address, stop, err := o.Listen(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(address, "http://127.0.0.1:") {
		t.Errorf("listens on %s", address)
	}
	answer, err := http.Get(address + "/api/v1/version")
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(answer.Body)
	answer.Body.Close()
	if string(body) != `{"version":"1.26.0"}`+"\n" {
		t.Errorf("got %s", body)
	}
	stop()
	stop()
	if answer, err := http.Get(address + "/api/v1/version"); err == nil {
		answer.Body.Close()
		t.Error("still answers after stop")
	}
}

func TestListeningEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	address, stop, err := New(Options{}).Listen(ctx)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	stop() // waits for the end in any case
	if answer, err := http.Get(address); err == nil {
		answer.Body.Close()
		t.Error("still answers")
	}
}

func TestRequestsAreCountedByPattern(t *testing.T) {
	o := open(t, Options{})
	o.ForgetRequests()
	o.ticket("one")
	o.anna.want(http.StatusOK, "GET", at(1))
	o.anna.want(http.StatusNotFound, "GET", at(2))
	o.anna.want(http.StatusNotFound, "GET", "/no/such/path")
	o.anna.want(http.StatusMethodNotAllowed, "POST", at(1))
	got := o.Requests()
	if got["GET /repos/{owner}/{repo}/issues/{index}"] != 2 || got["POST /repos/{owner}/{repo}/issues"] != 1 || got["unknown"] != 2 {
		t.Errorf("got %v", got)
	}
}

func TestARequestCanBeMadeToFailOrToLoseItsAnswer(t *testing.T) {
	o := open(t, Options{})
	o.Use(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost {
				next.ServeHTTP(discard{}, r)
				w.WriteHeader(http.StatusBadGateway)
				return
			}
			next.ServeHTTP(w, r)
		})
	})
	o.ruth.want(http.StatusBadGateway, "POST", desk+"/issues", `{"title":"lost answer"}`)
	if got := o.get(1).Title; got != "lost answer" {
		t.Errorf("it happened all the same: got %q", got)
	}
	o.Use(nil)
	o.ticket("two")
}

// discard is an answer that nobody hears.
type discard struct{}

func (discard) Header() http.Header         { return http.Header{} }
func (discard) Write(p []byte) (int, error) { return len(p), nil }
func (discard) WriteHeader(int)             {}

func TestBadJSONIsRefused(t *testing.T) {
	o := open(t, Options{})
	o.ruth.want(http.StatusUnprocessableEntity, "POST", desk+"/issues", `{bad`)
	o.ruth.want(http.StatusUnprocessableEntity, "POST", desk+"/issues", `{"title":5}`)
	o.ticket("one")
	o.anna.want(http.StatusUnprocessableEntity, "PATCH", at(1), `{"due_date":"soon"}`)
}

func TestTheBrowserSeesAnEscapedPage(t *testing.T) {
	o := open(t, Options{})
	n := o.ticket("<script>alert(1)</script>")
	o.ruth.want(http.StatusCreated, "POST", at(n)+"/comments", `{"body":"<b>bold</b>"}`)
	address, stop, err := o.Listen(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	page := func() (int, string) {
		answer, err := http.Get(address + "/infra/tickets/issues/1")
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, _ := io.ReadAll(answer.Body)
		return answer.StatusCode, string(body)
	}
	status, text := page()
	if status != http.StatusOK || !strings.Contains(text, "&lt;script&gt;alert(1)") || strings.Contains(text, "<b>") {
		t.Errorf("%d %s", status, text)
	}
	o.kira.want(http.StatusOK, "PATCH", desk, `{"private":true}`)
	if status, _ := page(); status != http.StatusNotFound {
		t.Errorf("a private ticket's page: %d", status)
	}
}

// Forty people hang and take labels at once, and nothing gets lost: the forge is safe to share.
func TestManyPeopleAtOnce(t *testing.T) {
	o := open(t, Options{})
	n := o.ticket("one")
	names := []string{"a", "b", "c", "d"}
	for _, name := range names {
		o.label(name, false)
	}
	var everybody sync.WaitGroup
	for i := range 40 {
		everybody.Go(func() {
			o.anna.ask("POST", at(n)+"/labels", `{"labels":["`+names[i%4]+`"]}`)
			o.anna.ask("POST", at(n)+"/comments", `{"body":"x"}`)
			o.anna.ask("GET", desk+"/issues?state=all")
			o.anna.ask("GET", at(n)+"/timeline")
		})
	}
	everybody.Wait()
	if got := o.get(n); len(got.Labels) != 4 || got.Comments != 40 {
		t.Errorf("%d labels, %d comments", len(got.Labels), got.Comments)
	}
}

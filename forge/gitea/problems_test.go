package gitea_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"docket/forge"
	"docket/forge/gitea"
	"docket/model"
)

const secret = "0123456789abcdef0123456789abcdef01234567"

var noon = time.Date(2026, 5, 6, 12, 0, 0, 0, time.UTC)

// open returns the adapter for a server, with a clock that stands at noon.
func open(tb testing.TB, url, token string) *gitea.Forge {
	tb.Helper()
	f, err := gitea.New(gitea.Options{URL: url, Token: token, Clock: func() time.Time { return noon }})
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

// answering is a forge that says the same to everything.
func answering(tb testing.TB, h http.HandlerFunc) *gitea.Forge {
	tb.Helper()
	s := httptest.NewServer(h)
	tb.Cleanup(s.Close)
	return open(tb, s.URL, secret)
}

// problem returns the problem that an error is, and fails the test when it is
// none, or shows the token.
func problem(tb testing.TB, err error) *model.Problem {
	tb.Helper()
	p, ok := errors.AsType[*model.Problem](err)
	if !ok {
		tb.Fatalf("not a problem: %v", err)
	}
	for _, text := range []string{p.Error(), p.Op, p.Detail.Raw(), p.Place.Raw(), fmt.Sprintf("%v %+v %#v", p, *p, *p), fmt.Sprint(p.Err)} {
		if strings.Contains(strings.ToLower(text), secret) {
			tb.Errorf("the token is in %q", text)
		}
	}
	if p.Op == "" {
		tb.Errorf("a problem without an operation: %v", p)
	}
	return p
}

func TestEveryRefusalHasItsKind(t *testing.T) {
	const asJSON, asHTML, asText = "application/json;charset=utf-8", "text/html; charset=utf-8", "text/plain"
	for _, c := range []struct {
		status       int
		contentType  string
		body, header string
		kind         model.ProblemKind
		detail       string
	}{
		{400, asJSON, `{"message":"labels should be an array"}`, "", model.Refused, "labels should be an array"},
		{401, asJSON, `{"message":"user does not exist [uid: 0, name: ` + secret + `]"}`, "", model.BadToken, "user does not exist [uid: 0, name: [token]]"},
		{401, asJSON, `{"message":"no ` + strings.ToUpper(secret) + `"}`, "", model.BadToken, "no [token]"},
		{401, asJSON, `{"message":"no %30` + secret[1:] + `"}`, "", model.BadToken, "no [token]"},
		{401, asJSON, `{"message":"no ` + secret[:7] + `\u200b` + secret[7:] + `"}`, "", model.BadToken, "no [token]"},
		{403, asJSON, `{"message":"token does not have at least one of required scope(s), required=[read:issue], token scope=read:misc"}`, "", model.MissingScope, "read:issue"},
		{403, asJSON, `{"message":"insufficient scope"}`, "", model.MissingScope, "insufficient scope"},
		{403, asJSON, `{"message":"write permission is required"}`, "", model.Forbidden, "write permission is required"},
		{403, "", "", "", model.Forbidden, "403 Forbidden"},
		{404, asJSON, `{"message":"The target couldn't be found.","errors":[]}`, "", model.NotFound, "The target couldn't be found."},
		{410, asJSON, `{"message":"gone"}`, "", model.NotFound, "gone"},
		{409, asJSON, `{"message":"conflict"}`, "", model.Refused, "conflict"},
		{412, asJSON, `{"message":"cannot close this issue because it still has open dependencies"}`, "", model.Refused, "cannot close this issue because it still has open dependencies"},
		{422, asJSON, `{"message":"[]: Required"}`, "", model.Refused, "[]: Required"},
		{423, asJSON, `{"message":"archived"}`, "", model.Locked, "archived"},
		{429, asText, "slow down", "7", model.RateLimited, "slow down"},
		{408, "", "", "", model.Struggling, "408 Request Timeout"},
		{500, asJSON, `{"message":""}`, "", model.Struggling, "500 Internal Server Error"},
		{502, asHTML, "<html><h1>Bad gateway</h1></html>", "", model.Struggling, "502 Bad Gateway"},
		{503, asHTML, "<html>maintenance</html>", "", model.Struggling, "503 Service Unavailable"},
		{503, asHTML, "<html>maintenance</html>", "30", model.RateLimited, "503 Service Unavailable"},
		{400, asJSON, `{"message":"\u001b[31mred\u202e\nsecond"}`, "", model.Refused, "[31mred second"},
	} {
		t.Run(fmt.Sprintf("%d %s", c.status, c.detail), func(t *testing.T) {
			f := answering(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", c.contentType)
				if c.header != "" {
					w.Header().Set("Retry-After", c.header)
				}
				w.WriteHeader(c.status)
				io.WriteString(w, c.body)
			})
			_, err := f.Tickets(t.Context(), "infra/tickets", forge.Query{State: "all"})
			p := problem(t, err)
			if p.Kind != c.kind || p.Detail.String() != c.detail || p.Op != "read infra/tickets" {
				t.Errorf("%q %s %q, want %s %q", p.Op, p.Kind, p.Detail, c.kind, c.detail)
			}
		})
	}
}

func TestALimitSaysWhenToComeBack(t *testing.T) {
	for given, want := range map[string]time.Time{
		"7":                             noon.Add(7 * time.Second),
		"Wed, 06 May 2026 12:05:00 GMT": noon.Add(5 * time.Minute),
		"":                              noon.Add(time.Minute),
		"soon":                          noon.Add(time.Minute),
		"-5":                            noon.Add(time.Minute),
		"99999999999999999999":          noon.Add(time.Minute),
		"9999999999":                    noon.Add(24 * time.Hour),
		"Wed, 06 May 2099 12:05:00 GMT": noon.Add(24 * time.Hour),
	} {
		f := answering(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", given)
			w.WriteHeader(http.StatusTooManyRequests)
		})
		_, err := f.Ticket(t.Context(), model.Ref{Repo: "infra/tickets", Number: 1})
		if p := problem(t, err); p.Kind != model.RateLimited || !p.Until.Equal(want) {
			t.Errorf("Retry-After %q: %s until %v, want %v", given, p.Kind, p.Until, want)
		}
	}
}

func TestSomethingElseThanAForgeIsToldOnFirstContactOnly(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"a web page":         func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "<!doctype html><title>Hi</title>") },
		"half an answer":     func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, `{"login":"an`) },
		"an empty answer":    func(http.ResponseWriter, *http.Request) {},
		"an object of zeros": func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, `{}`) },
	} {
		t.Run(name, func(t *testing.T) {
			f := answering(t, h)
			_, err := f.Me(t.Context())
			if p := problem(t, err); p.Kind != model.NotAForge {
				t.Errorf("Me: %s", p)
			}
			_, err = f.Repo(t.Context(), "infra/tickets")
			if p := problem(t, err); p.Kind != model.NotAForge {
				t.Errorf("Repo: %s", p)
			}
			_, err = f.Tickets(t.Context(), "infra/tickets", forge.Query{})
			if p := problem(t, err); p.Kind != model.Struggling {
				t.Errorf("Tickets: %s", p)
			}
		})
	}
	f := answering(t, http.NotFound)
	_, err := f.Me(t.Context())
	if p := problem(t, err); p.Kind != model.NotAForge {
		t.Errorf("Me on a server that knows no such page: %s", p)
	}
}

func TestWithoutATokenAForgeThatWantsOneSaysSo(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			t.Errorf("it sent %q", r.Header.Get("Authorization"))
		}
		w.WriteHeader(http.StatusForbidden)
		io.WriteString(w, `{"message":"Only signed in user is allowed to call APIs."}`)
	}))
	defer s.Close()
	f := open(t, s.URL, "")
	_, err := f.Tickets(t.Context(), "infra/tickets", forge.Query{})
	if p := problem(t, err); p.Kind != model.NoToken {
		t.Errorf("reading: %s", p)
	}
	_, err = f.Apply(t.Context(), forge.Order{Now: model.Ticket{Ref: model.Ref{Repo: "infra/tickets", Number: 1}}, Change: model.Close{}})
	if p := problem(t, err); p.Kind != model.NoToken || p.Op != "close infra/tickets#1" {
		t.Errorf("writing: %s", p)
	}
}

func TestALostConnectionIsUnreachable(t *testing.T) {
	dead := httptest.NewServer(nil)
	dead.Close()
	_, err := open(t, dead.URL, secret).Me(t.Context())
	if p := problem(t, err); p.Kind != model.Unreachable || p.Place.String() != strings.TrimPrefix(dead.URL, "http://") {
		t.Errorf("nobody listens: %s", p)
	}

	f := answering(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		io.WriteString(w, `[{"number":`)
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	_, err = f.Tickets(t.Context(), "infra/tickets", forge.Query{})
	if p := problem(t, err); p.Kind != model.Unreachable || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("cut in the midst: %s", p)
	}
	_, err = f.Me(t.Context())
	if p := problem(t, err); p.Kind != model.Unreachable {
		t.Errorf("cut in the midst of first contact: %s", p)
	}
}

func TestAnUnknownCertificateIsToldAsSuch(t *testing.T) {
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	defer s.Close()
	_, err := open(t, s.URL, secret).Me(t.Context())
	if p := problem(t, err); p.Kind != model.Certificate {
		t.Errorf("%s", p)
	}
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	_, err = open(t, strings.Replace(plain.URL, "http:", "https:", 1), secret).Me(t.Context())
	if p := problem(t, err); p.Kind != model.NotAForge {
		t.Errorf("https where only http is spoken: %s", p)
	}
}

func TestACancelledCallEndsAtOnce(t *testing.T) {
	asked, done := make(chan struct{}), make(chan struct{})
	f := answering(t, func(w http.ResponseWriter, r *http.Request) {
		close(asked)
		<-done
	})
	defer close(done)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-asked; cancel() }()
	_, err := f.Ticket(ctx, model.Ref{Repo: "infra/tickets", Number: 1})
	if p := problem(t, err); p.Kind != model.Unreachable || !errors.Is(err, context.Canceled) {
		t.Errorf("under way: %v", err)
	}
	_, err = f.Ticket(ctx, model.Ref{Repo: "infra/tickets", Number: 1})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("before it began: %v", err)
	}
	late, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	_, err = f.Ticket(late, model.Ref{Repo: "infra/tickets", Number: 1})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("out of time: %v", err)
	}
}

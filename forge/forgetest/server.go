package forgetest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"docket/forge/demo"
)

// What a Server can be.
const (
	RealGitea     = "gitea"
	EmbeddedForge = "embedded"
)

// Server is a running forge, real or embedded. Its methods may be called from
// several goroutines, but as they end the test on failure, only the test's own
// goroutine should call any other than Try.
type Server struct {
	Name  string // RealGitea or EmbeddedForge
	URL   string // without a slash at the end
	Admin string // a site administrator's token on a real Gitea; the embedded forge has none

	// Demo is the embedded forge itself, to set its clock or to break its
	// network; nil on a real Gitea.
	Demo *demo.Forge

	accounts accounts
	process  *process // of a real Gitea; else nil
}

// accounts is where the two kinds of forge differ: how people come to be.
type accounts interface {
	add(tb testing.TB, login, fullName string) (token string)
	token(tb testing.TB, login string, scopes ...string) string
}

var freshNumber atomic.Int64

// Fresh returns prefix with a number behind it that no other call in this
// process returns: a name for a user, an organisation or a repository on a
// server that several tests share.
func Fresh(prefix string) string {
	return fmt.Sprintf("%s-%d", prefix, freshNumber.Add(1))
}

// NewUser adds an account and returns a token of it that may do all that the
// user may. The login must be new on this server.
func (s *Server) NewUser(tb testing.TB, login, fullName string) (token string) {
	tb.Helper()
	return s.accounts.add(tb, login, fullName)
}

// Token returns another token of the user, limited to the scopes: for instance
// "read:issue", "write:repository", "all".
func (s *Server) Token(tb testing.TB, login string, scopes ...string) string {
	tb.Helper()
	return s.accounts.token(tb, login, scopes...)
}

// Do sends one request below /api/v1 and returns the answer, whatever its
// status; only a transport that fails ends the test. The path starts with a
// slash and may carry a query. An empty token sends none. A body, unless nil,
// goes out as JSON; out, unless nil, receives the JSON of an answer below 400.
// Redirects are returned, not followed, and the answer's body can be read again
// and needs no closing.
func (s *Server) Do(tb testing.TB, token, method, path string, body, out any) *http.Response {
	tb.Helper()
	resp, err := s.Try(token, method, path, body, out)
	if err != nil {
		tb.Fatal(err)
	}
	return resp
}

// Try is Do for goroutines other than the test's: it returns what went wrong on
// the way.
func (s *Server) Try(token, method, path string, body, out any) (*http.Response, error) {
	payload, err := encode(body)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequest(method, s.URL+"/api/v1"+path, payload)
	if err != nil {
		return nil, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		req.Header.Set("Authorization", "token "+token)
	}
	return send(req, out)
}

func encode(body any) (io.Reader, error) {
	if body == nil {
		return http.NoBody, nil
	}
	content, err := json.Marshal(body)
	return bytes.NewReader(content), err
}

// withoutRedirects never follows: a POST would come back as a GET.
var withoutRedirects = &http.Client{
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func send(req *http.Request, out any) (*http.Response, error) {
	resp, err := withoutRedirects.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	content, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(content))
	if out != nil && resp.StatusCode < 400 && len(content) > 0 {
		if err := json.Unmarshal(content, out); err != nil {
			return nil, fmt.Errorf("%s %s: %w in %s", req.Method, req.URL, err, abridged(content))
		}
	}
	return resp, nil
}

// must is Do for seeding: any answer but the expected status ends the test with
// what the forge said.
func (s *Server) must(tb testing.TB, status int, token, method, path string, body, out any) {
	tb.Helper()
	resp := s.Do(tb, token, method, path, body, out)
	if resp.StatusCode != status {
		content, _ := io.ReadAll(resp.Body)
		tb.Fatalf("%s %s: %s instead of %d: %s", method, path, resp.Status, status, abridged(content))
	}
}

func abridged(content []byte) string {
	const enough = 500
	text := strings.ToValidUTF8(string(content), "?")
	if len(text) > enough {
		return text[:enough] + "…"
	}
	return text
}

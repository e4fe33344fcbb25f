package forgetest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// The contract says with plain HTTP what Docket relies on, and runs on the
// embedded forge and on a real Gitea. Where they differ, the real one is right.

// desk is where each story starts: a repository and the people around it, all
// with names that no other story on the same server has.
type desk struct {
	*Server
	t    *testing.T
	repo string // Ana's

	ana, ben, rita    string // tokens: Ana owns, Ben may write, Rita may read what is public
	anaLogin, benName string // logins
	ritaName          string
}

func deskOn(t *testing.T, s *Server) *desk {
	t.Helper()
	d := &desk{Server: s, t: t, anaLogin: Fresh("ana"), benName: Fresh("ben"), ritaName: Fresh("rita")}
	d.ana = s.NewUser(t, d.anaLogin, "Ana Abel")
	d.ben = s.NewUser(t, d.benName, "Ben Brandt")
	d.rita = s.NewUser(t, d.ritaName, "Rita Reads")
	d.repo = s.NewRepo(t, d.ana, "board")
	s.Collaborate(t, d.ana, d.repo, d.benName, "write")
	return d
}

// at is a path below the repository.
func (d *desk) at(format string, args ...any) string {
	return "/repos/" + d.repo + fmt.Sprintf(format, args...)
}

func (d *desk) get(path string, out any) *http.Response {
	d.t.Helper()
	return d.Do(d.t, d.ana, "GET", path, nil, out)
}

func (d *desk) ticket(n int64) (t ticket) {
	d.t.Helper()
	d.must(d.t, http.StatusOK, d.ana, "GET", d.at("/issues/%d", n), nil, &t)
	return t
}

func (d *desk) open(title string) int64 {
	d.t.Helper()
	return d.NewTicket(d.t, d.ana, d.repo, title, "")
}

// expect checks an answer's status and that its text contains all the words.
func expect(t *testing.T, resp *http.Response, status int, words ...string) {
	t.Helper()
	if resp.StatusCode != status {
		t.Errorf("%s %s: %s instead of %d: %s", resp.Request.Method, resp.Request.URL.Path, resp.Status, status, textOf(resp))
		return
	}
	for _, word := range words {
		if !strings.Contains(textOf(resp), word) {
			t.Errorf("%s %s says nothing of %q: %s", resp.Request.Method, resp.Request.URL.Path, word, textOf(resp))
		}
	}
}

// textOf may be asked again and again.
func textOf(resp *http.Response) string {
	content, _ := io.ReadAll(resp.Body)
	resp.Body = io.NopCloser(strings.NewReader(string(content)))
	return abridged(content)
}

type person struct {
	Login    string `json:"login"`
	FullName string `json:"full_name"`
}

type label struct {
	ID        int64  `json:"id"`
	Name      string `json:"name"`
	Exclusive bool   `json:"exclusive"`
	Archived  bool   `json:"is_archived"`
	Color     string `json:"color"`
}

type ticket struct {
	Number    int64      `json:"number"`
	Title     string     `json:"title"`
	Body      string     `json:"body"`
	State     string     `json:"state"`
	Locked    bool       `json:"is_locked"`
	Comments  int        `json:"comments"`
	Labels    []label    `json:"labels"`
	Assignees []person   `json:"assignees"`
	Author    person     `json:"user"`
	Created   time.Time  `json:"created_at"`
	Updated   time.Time  `json:"updated_at"`
	Closed    *time.Time `json:"closed_at"`
	Due       *time.Time `json:"due_date"`
}

type comment struct {
	ID       int64     `json:"id"`
	Body     string    `json:"body"`
	Author   person    `json:"user"`
	IssueURL string    `json:"issue_url"`
	Created  time.Time `json:"created_at"`
	Updated  time.Time `json:"updated_at"`
}

func (t ticket) labelNames() []string {
	names := []string{}
	for _, l := range t.Labels {
		names = append(names, l.Name)
	}
	slices.Sort(names)
	return names
}

func numbers(tickets []ticket) []int64 {
	list := []int64{}
	for _, t := range tickets {
		list = append(list, t.Number)
	}
	return list
}

func same[T comparable](t *testing.T, what string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// nextSecond waits until the forge's clock, which is this machine's, shows
// another second: its timestamps have no finer ones, so nothing else tells an
// edit from the one before.
func nextSecond() time.Time {
	next := time.Now().Truncate(time.Second).Add(time.Second)
	time.Sleep(time.Until(next))
	return next
}

// since is a query value for a time in UTC.
func since(at time.Time) string {
	return url.QueryEscape(at.UTC().Format(time.RFC3339))
}

// fields decodes a JSON object into its bare parts, to see which are there.
func fields(t *testing.T, raw json.RawMessage) map[string]json.RawMessage {
	t.Helper()
	object := map[string]json.RawMessage{}
	if err := json.Unmarshal(raw, &object); err != nil {
		t.Fatalf("%v in %s", err, abridged(raw))
	}
	return object
}

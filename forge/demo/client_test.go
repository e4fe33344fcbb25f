package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// clock is a time that only the test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// person speaks HTTP to a forge with a token of theirs.
type person struct {
	t     *testing.T
	forge http.Handler
	token string
}

// reply is what came back.
type said struct {
	status int
	header http.Header
	text   string
}

func (p person) ask(method, path string, body ...string) said {
	p.t.Helper()
	var sent bytes.Buffer
	for _, part := range body {
		sent.WriteString(part)
	}
	r := httptest.NewRequest(method, "/api/v1"+path, &sent)
	if p.token != "" {
		r.Header.Set("Authorization", "token "+p.token)
	}
	w := httptest.NewRecorder()
	p.forge.ServeHTTP(w, r)
	return said{w.Code, w.Header(), w.Body.String()}
}

// want asks and fails the test when another status comes back.
func (p person) want(status int, method, path string, body ...string) said {
	p.t.Helper()
	got := p.ask(method, path, body...)
	if got.status != status {
		p.t.Fatalf("%s %s %s: %d %s, want %d", method, path, body, got.status, got.text, status)
	}
	return got
}

// as decodes an answer.
func as[T any](t *testing.T, s said) T {
	t.Helper()
	var value T
	if err := json.Unmarshal([]byte(s.text), &value); err != nil {
		t.Fatalf("%v in %q", err, s.text)
	}
	return value
}

func (s said) message(t *testing.T) string {
	t.Helper()
	return as[struct {
		Message string `json:"message"`
	}](t, s).Message
}

// office is a forge with infra/tickets, a writer (anna), an admin (kira) and a stranger (ruth).
type office struct {
	*Forge
	clock            *clock
	anna, kira, ruth person
	nobody           person
}

const desk = "/repos/infra/tickets"

func open(t *testing.T, options Options) office {
	t.Helper()
	c := newClock()
	options.Clock = c.now
	f := New(options)
	o := office{Forge: f, clock: c, nobody: person{t, f, ""}}
	o.kira = person{t, f, f.AddUser("kira", "Kira Nováková")}
	o.anna = person{t, f, f.AddUser("anna", "Anna Lindqvist")}
	o.ruth = person{t, f, f.AddUser("ruth", "Ruth Adler")}
	f.AddOrg("infra", "Infrastructure", "kira")
	f.AddRepo("infra/tickets")
	o.kira.want(http.StatusNoContent, "PUT", desk+"/collaborators/anna", `{"permission":"write"}`)
	return o
}

func (o office) ticket(title string) int64 {
	o.anna.t.Helper()
	made := o.ruth.want(http.StatusCreated, "POST", desk+"/issues", fmt.Sprintf(`{"title":%q,"body":"text"}`, title))
	return as[ticketJSON](o.anna.t, made).Number
}

func (o office) label(name string, exclusive bool) int64 {
	o.anna.t.Helper()
	made := o.anna.want(http.StatusCreated, "POST", desk+"/labels", fmt.Sprintf(`{"name":%q,"color":"#00aabb","exclusive":%t}`, name, exclusive))
	return as[labelJSON](o.anna.t, made).ID
}

func (o office) get(number int64) ticketJSON {
	o.anna.t.Helper()
	return as[ticketJSON](o.anna.t, o.anna.want(http.StatusOK, "GET", at(number)))
}

func at(number int64) string { return fmt.Sprintf("%s/issues/%d", desk, number) }

func labelNames(labels []labelJSON) []string {
	names := []string{}
	for _, l := range labels {
		names = append(names, l.Name)
	}
	return names
}

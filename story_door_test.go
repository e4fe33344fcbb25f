package main_test

import (
	"bytes"
	"io"
	"log"
	"maps"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"docket/forge/forgetest"
)

// patience is how long a story waits for what it was told to see before it
// gives up: long enough for two cores that are busy with other things.
const patience = 60 * time.Second

// door is the way from docket to its forge, real or embedded. It can be shut,
// and opened again at the same address, and it can keep requests or answers
// waiting. Whoever waits for something to happen at the forge is woken by every
// request that comes and every answer that goes.
type door struct {
	URL string

	t     *testing.T
	inner http.Handler

	mu      sync.Mutex
	changed chan struct{} // closed and replaced whenever a request came or its answer went
	asked   []string      // requests as "GET /repos/anna/board/issues?state=all", below /api/v1
	waiting int           // requests that were not answered yet
	isShut  bool
	guests  map[net.Conn]bool
	keep    func(request string) bool // requests that must wait; nil: none
	keepOut func(request string) bool // requests whose answers must wait; nil: none
	freed   chan struct{}             // closed when those that wait may go on
}

// newDoor opens a door to a forge. It is closed when the test ends.
func newDoor(t *testing.T, s *forgetest.Server) *door {
	t.Helper()
	d := &door{t: t, inner: s.Demo, changed: make(chan struct{}), guests: map[net.Conn]bool{}, freed: make(chan struct{})}
	if s.Demo == nil {
		forge, err := url.Parse(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		proxy := httputil.NewSingleHostReverseProxy(forge)
		proxy.ErrorLog = log.New(io.Discard, "", 0) // a guest who left is no news
		d.inner = proxy
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d.URL = "http://" + listener.Addr().String()
	server := &http.Server{Handler: d, ReadHeaderTimeout: patience, ErrorLog: log.New(io.Discard, "", 0)}
	var serving sync.WaitGroup
	serving.Go(func() { _ = server.Serve(&doorstep{listener, d}) }) // it ends only by Close
	t.Cleanup(func() {
		d.letGo()
		_ = server.Close()
		serving.Wait()
	})
	return d
}

// ServeHTTP implements http.Handler.
func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// Only when all of a request was read does a server notice that whoever
	// asked has left.
	sent, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(sent))
	request := r.Method + " " + strings.TrimPrefix(r.URL.RequestURI(), "/api/v1")
	d.mu.Lock()
	d.asked = append(d.asked, request)
	d.waiting++
	d.wake()
	before := d.keep != nil && d.keep(request)
	after := d.keepOut != nil && d.keepOut(request)
	freed := d.freed
	d.mu.Unlock()
	defer func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.waiting--
		d.wake()
	}()
	if before && !stay(r, freed) {
		return
	}
	if !after {
		d.inner.ServeHTTP(w, r)
		return
	}
	answer := &kept{header: http.Header{}, status: http.StatusOK}
	d.inner.ServeHTTP(answer, r)
	d.mu.Lock()
	d.wake()
	d.mu.Unlock()
	if stay(r, freed) {
		answer.give(w)
	}
}

// stay waits until a request may go on; false when whoever asked has left.
func stay(r *http.Request, freed <-chan struct{}) bool {
	select {
	case <-freed:
		return true
	case <-r.Context().Done():
		return false
	}
}

// wake tells everybody who waits that something happened. mu is held.
func (d *door) wake() {
	close(d.changed)
	d.changed = make(chan struct{})
}

// detain keeps requests waiting before the forge hears of them, until letGo.
func (d *door) detain(which func(request string) bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.keep = which
}

// detainAnswers lets requests happen and keeps their answers until letGo.
func (d *door) detainAnswers(which func(request string) bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.keepOut = which
}

// letGo ends all waiting at the door.
func (d *door) letGo() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.keep, d.keepOut = nil, nil
	close(d.freed)
	d.freed = make(chan struct{})
}

// shut makes the forge unreachable and cuts every connection, as when its
// machine goes down. The port stays taken, so that nobody else gets it.
func (d *door) shut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.isShut = true
	for guest := range d.guests {
		_ = guest.Close()
	}
}

// open makes the forge reachable again, at the same address.
func (d *door) open() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.isShut = false
}

// requests returns how many requests of a kind came so far.
func (d *door) requests(which func(request string) bool) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := 0
	for _, request := range d.asked {
		if which(request) {
			n++
		}
	}
	return n
}

// since returns the requests that came after the first n.
func (d *door) since(n int) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]string{}, d.asked[n:]...)
}

// unanswered returns how many requests wait for their answers.
func (d *door) unanswered() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.waiting
}

// await waits until something is so, looking again whenever a request has come
// or an answer has gone.
func (d *door) await(what string, so func() bool) {
	d.t.Helper()
	late := time.After(patience)
	for {
		d.mu.Lock()
		changed := d.changed
		d.mu.Unlock()
		if so() {
			return
		}
		select {
		case <-changed:
		case <-late:
			d.t.Fatalf("waited %v at the forge's door for this: %s; asked so far:\n%s", patience, what, strings.Join(d.since(0), "\n"))
		}
	}
}

// Kinds of requests.
func anything(string) bool { return true }
func poll(request string) bool {
	return strings.Contains(request, "/issues?") && strings.Contains(request, "since=")
}
func writing(request string) bool { return !strings.HasPrefix(request, "GET ") }
func commenting(request string) bool {
	return writing(request) && strings.HasSuffix(request, "/comments")
}

// doorstep accepts connections, and ends them at once while the door is shut.
type doorstep struct {
	net.Listener
	door *door
}

func (s *doorstep) Accept() (net.Conn, error) {
	for {
		conn, err := s.Listener.Accept()
		if err != nil {
			return nil, err
		}
		s.door.mu.Lock()
		if !s.door.isShut {
			s.door.guests[conn] = true
			s.door.mu.Unlock()
			return &guest{conn, s.door}, nil
		}
		s.door.mu.Unlock()
		_ = conn.Close()
	}
}

type guest struct {
	net.Conn
	door *door
}

func (g *guest) Close() error {
	g.door.mu.Lock()
	delete(g.door.guests, g.Conn)
	g.door.mu.Unlock()
	return g.Conn.Close()
}

// kept is an answer that waits at the door.
type kept struct {
	header http.Header
	status int
	body   []byte
}

func (k *kept) Header() http.Header         { return k.header }
func (k *kept) WriteHeader(status int)      { k.status = status }
func (k *kept) Write(b []byte) (int, error) { k.body = append(k.body, b...); return len(b), nil }

func (k *kept) give(w http.ResponseWriter) {
	maps.Copy(w.Header(), k.header)
	w.WriteHeader(k.status)
	_, _ = w.Write(k.body) // whoever hung up needs no answer
}

package forgetest

import (
	"bytes"
	"context"
	"io"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"sync"
	"testing"
	"time"
)

// Faulty is a network between docket and a forge: a proxy that fails by a plan.
// A request that it has begun to hand on is carried out even if whoever sent it
// is gone; one that still waits then never arrives. It begins calm. Safe for
// concurrent use.
type Faulty struct {
	URL string // to use in place of the forge's

	target *url.URL
	wire   *http.Transport

	mu      sync.Mutex // guards what follows
	stormy  bool
	plan    Plan
	dice    *rand.Rand
	dark    time.Time // until then
	tally   Tally
	present int           // requests that are on their way
	idle    chan struct{} // closed when there are none
}

// NewFaulty returns a calm network before the forge at an address, until the
// test ends.
func NewFaulty(tb testing.TB, target string) *Faulty {
	tb.Helper()
	to, err := url.Parse(target)
	if err != nil {
		tb.Fatal(err)
	}
	f := &Faulty{target: to, wire: &http.Transport{MaxIdleConnsPerHost: 16}, tally: Tally{Faults: map[Fault]int{}}, idle: make(chan struct{})}
	close(f.idle)
	server := httptest.NewServer(f)
	f.URL = server.URL
	tb.Cleanup(func() {
		f.Calm()
		server.CloseClientConnections()
		server.Close()
		f.wire.CloseIdleConnections()
	})
	return f
}

// Storm begins to fail by a plan.
func (f *Faulty) Storm(p Plan) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.stormy, f.plan, f.dice, f.dark = true, p, rand.New(rand.NewPCG(p.Seed, 3)), time.Time{}
}

// Calm ends all faults, but for those that are being committed.
func (f *Faulty) Calm() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.stormy, f.dark = false, time.Time{}
}

// Tally returns what it did so far.
func (f *Faulty) Tally() Tally {
	f.mu.Lock()
	defer f.mu.Unlock()
	t := f.tally
	t.Faults = maps.Clone(t.Faults)
	return t
}

// Settle waits until no request is on its way: what a program sent before it
// was killed has arrived by then, or never will.
func (f *Faulty) Settle(ctx context.Context) error {
	f.mu.Lock()
	idle := f.idle
	f.mu.Unlock()
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// throw is what is to become of one request.
type throw struct {
	fault Fault
	after bool          // the request arrives before its answer is replaced
	wait  time.Duration // before anything else
	kind  int           // of several that a fault knows
}

// throw decides about the next request.
func (f *Faulty) throw() throw {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tally.Requests++
	if !f.stormy {
		return throw{fault: none}
	}
	// Always the same number of dice, so that the n-th request has the same ones.
	t := throw{fault: f.plan.pick(f.dice.Float64()), after: f.dice.IntN(2) == 0, kind: f.dice.IntN(1 << 16)}
	part := f.dice.Float64()
	now := time.Now()
	switch t.fault {
	case Delay:
		t.wait = time.Duration(part * float64(f.plan.Slowest))
	case Dark:
		f.dark = now.Add(time.Duration(part * float64(f.plan.Darkness)))
	case CutAfter, Truncated:
		t.after = true
	case CutBefore, TooMany, Unavailable, Redirect:
		t.after = false
	}
	if f.dark.After(now) {
		t.fault, t.after, t.wait = Dark, false, f.dark.Sub(now)
	}
	if t.fault != none {
		f.tally.Faults[t.fault]++
	}
	return t
}

// ServeHTTP implements http.Handler.
func (f *Faulty) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.enter()
	defer f.leave()
	sent, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	t := f.throw()
	if t.wait > 0 {
		late := time.NewTimer(t.wait)
		defer late.Stop()
		select {
		case <-late.C:
		case <-r.Context().Done():
			return
		}
	}
	var came *answer
	if t.fault == none || t.fault == Delay || t.after {
		if came, err = f.pass(r, sent); err != nil {
			cut(w, false) // the forge itself did so
			return
		}
	}
	t.answer(w, came)
}

func (f *Faulty) enter() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.present++; f.present == 1 {
		f.idle = make(chan struct{})
	}
}

func (f *Faulty) leave() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.present--; f.present == 0 {
		close(f.idle)
	}
}

// answer is what the forge said.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// pass hands a request on and returns the whole answer.
func (f *Faulty) pass(r *http.Request, sent []byte) (*answer, error) {
	f.mu.Lock()
	f.tally.Arrived++
	f.mu.Unlock()
	on := r.Clone(context.WithoutCancel(r.Context()))
	on.RequestURI, on.URL.Scheme, on.URL.Host = "", f.target.Scheme, f.target.Host
	on.Body = io.NopCloser(bytes.NewReader(sent))
	on.Header.Set("Accept-Encoding", "identity")
	resp, err := f.wire.RoundTrip(on)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	header := resp.Header.Clone()
	header.Del("Connection")
	header.Del("Transfer-Encoding")
	return &answer{resp.StatusCode, header, body}, nil
}

// answer answers a request as the dice want it; came is what the forge said, if
// it was asked.
func (t throw) answer(w http.ResponseWriter, came *answer) {
	switch t.fault {
	case CutBefore, CutAfter, Dark:
		cut(w, false)
	case Reset:
		cut(w, true)
	case TooMany:
		t.rest(w, http.StatusTooManyRequests)
	case Unavailable:
		t.rest(w, http.StatusServiceUnavailable)
	case BadGateway:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = io.WriteString(w, "<html><body><h1>502 Bad Gateway</h1></body></html>")
	case WrongJSON:
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, wrong[t.kind%len(wrong)])
	case EmptyBody:
		w.WriteHeader(http.StatusOK)
	case Redirect:
		w.Header().Set("Location", [...]string{"http://portal.example.net/login", "/user/login?redirect_to=%2F"}[t.kind%2])
		w.WriteHeader([...]int{301, 302, 303, 307, 308}[t.kind%5])
	default:
		came.write(w, t.fault == Truncated)
	}
}

// wrong is JSON that a forge answers nowhere.
var wrong = []string{`{"status":"ok"}`, `"welcome"`, `[{"id":"seven"}]`, `null`, `[null]`, `17`, `{"message":"cached","id":0}`}

// rest asks to come back later, in each way there is.
func (t throw) rest(w http.ResponseWriter, status int) {
	seconds := 1 + t.kind/3%int(longestRest/time.Second) // a date is cut to its second
	switch t.kind % 3 {
	case 0:
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
	case 1:
		w.Header().Set("Retry-After", time.Now().Add(time.Duration(seconds)*time.Second).UTC().Format(http.TimeFormat))
	}
	w.WriteHeader(status)
}

// write hands an answer back, or its first half.
func (a *answer) write(w http.ResponseWriter, half bool) {
	maps.Copy(w.Header(), a.header)
	if a.status != http.StatusNoContent && a.status != http.StatusNotModified {
		w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	w.WriteHeader(a.status)
	if !half {
		_, _ = w.Write(a.body)
		return
	}
	_, _ = w.Write(a.body[:len(a.body)/2])
	_ = http.NewResponseController(w).Flush()
	cut(w, false)
}

// cut ends the connection without another word: closed in order, or reset.
func cut(w http.ResponseWriter, reset bool) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // it is cut all the same
	}
	if tcp, ok := conn.(*net.TCPConn); ok && reset {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

//go:build !race

package main_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"docket/forge"
	"docket/forge/forgetest"
	"docket/forge/gitea"
	"docket/model"
)

// The load that a team is on its forge.
const (
	boards  = 50
	watched = time.Minute     // the forge at rest, and again while somebody works
	working = 2 * time.Second // between two changes
)

// BenchmarkFiftyBoards opens 50 boards of 5,000 tickets in the same second, each
// with a store of its own, and watches for a minute what they ask of a real
// Gitea at the usual pace, and for another while somebody changes a ticket every
// two seconds. Seeding takes some minutes.
//
// Targets: one request for an idle poll, and polls that come one by one although
// the boards were opened together.
func BenchmarkFiftyBoards(b *testing.B) {
	s := forgetest.Gitea(b)
	token := s.NewUser(b, forgetest.Fresh("anna"), "Anna Lindqvist")
	repo := s.NewRepo(b, token, forgetest.Fresh("board"))
	seed(b, s, token, repo, crowdTickets)
	first := filepath.Join(b.TempDir(), "first.db")
	rest(b, 15*time.Second) // what is older than a poll's overlap does not come again
	fill(b, s.URL, token, repo, first)
	for b.Loop() {
		fiftyBoards(b, s, token, repo, first)
	}
	b.ReportMetric(0, "ns/op") // it lasts as long as it is told to
}

func fiftyBoards(b *testing.B, s *forgetest.Server, token, repo, first string) {
	b.Helper()
	folder := b.TempDir()
	var all meter
	desks := make([]*desk, boards)
	begun := time.Now()
	for i := range desks {
		path := filepath.Join(folder, strconv.Itoa(i)+".db")
		duplicate(b, first, path)
		wire := &metered{&http.Transport{}, &all} // connections of its own, too
		desks[i] = openDeskWith(b, gitea.Options{URL: s.URL, Token: token, Transport: wire}, repo, path, forge.Pace{})
	}
	b.ReportMetric(time.Since(begun).Seconds(), "s-opening")
	for _, d := range desks {
		d.await("a board in step", func(snap *model.Snapshot) bool {
			r := snap.Repos[0]
			return r.Synced.After(begun) && r.Phase == model.Waiting && snap.Board.Len() >= crowdTickets
		})
	}
	rest(b, 20*time.Second) // rights, labels, people: asked for once
	b.ReportMetric(float64(len(all.reset()))/boards, "requests/start")

	rest(b, watched)
	quiet := all.reset()
	ctx, stop := context.WithCancel(b.Context())
	var team sync.WaitGroup
	team.Go(func() { work(ctx, s, token, repo) })
	rest(b, watched)
	busy := all.reset()
	stop()
	team.Wait()
	for _, d := range desks {
		d.leave()
	}
	b.ReportMetric(perPoll(b, quiet), "requests/poll")
	b.ReportMetric(perPoll(b, busy), "requests/poll-busy")
	for name, requests := range map[string][]request{"quiet": quiet, "busy": busy} {
		var took times
		for _, r := range requests {
			took.add(r.took)
		}
		b.ReportMetric(took.median(), "ms/request-"+name)
		b.ReportMetric(took.quantile(0.95), "ms/request-"+name+"-p95")
	}
	mean, most := evenness(slices.Concat(quiet, busy))
	b.ReportMetric(mean, "polls/s")
	b.ReportMetric(most, "polls/s-most")
}

// rest lets the boards be for a while.
func rest(b *testing.B, long time.Duration) {
	b.Helper()
	select {
	case <-time.After(long):
	case <-b.Context().Done():
	}
}

// work changes a ticket every other second.
func work(ctx context.Context, s *forgetest.Server, token, repo string) {
	for n := 1; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-time.After(working):
		}
		path := fmt.Sprintf("/repos/%s/issues/%d", repo, n)
		if n%2 == 0 {
			_, _ = s.Try(token, "POST", path+"/comments", map[string]any{"body": "It works again."}, nil)
		} else {
			_, _ = s.Try(token, "PATCH", path, map[string]any{"title": fmt.Sprintf("Request %d: solved", n)}, nil)
		}
	}
}

// perPoll returns how many requests there were for each poll.
func perPoll(b *testing.B, requests []request) float64 {
	b.Helper()
	polls := 0
	for _, r := range requests {
		if r.failed {
			b.Errorf("a request failed")
		}
		if r.poll {
			polls++
		}
	}
	return float64(len(requests)) / float64(max(1, polls))
}

// evenness returns how many polls a second had on average, and how many the
// fullest had.
func evenness(requests []request) (mean, most float64) {
	seconds, polls := map[int64]float64{}, 0.0
	from, to := requests[0].at.Unix(), requests[0].at.Unix()
	for _, r := range requests {
		if r.poll {
			polls++
			seconds[r.at.Unix()]++
			most = max(most, seconds[r.at.Unix()])
		}
		from, to = min(from, r.at.Unix()), max(to, r.at.Unix())
	}
	return polls / float64(to-from+1), most
}

func duplicate(b *testing.B, from, to string) {
	b.Helper()
	text, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, text, 0o600)
	}
	if err != nil {
		b.Fatal(err)
	}
}

// request is one that a board made.
type request struct {
	at     time.Time
	took   time.Duration // to the last byte of the answer
	poll   bool          // the first page of what is new
	failed bool
}

// meter notes requests. It is safe for concurrent use.
type meter struct {
	mu  sync.Mutex
	all []request
}

// reset returns what was noted since it was last called.
func (m *meter) reset() []request {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := m.all
	m.all = nil
	return all
}

// metered is one board's way to the forge.
type metered struct {
	wire  *http.Transport
	meter *meter
}

func (m *metered) RoundTrip(r *http.Request) (*http.Response, error) {
	asked := request{at: time.Now()}
	page := r.URL.Query().Get("page")
	asked.poll = poll(r.Method+" "+r.URL.RequestURI()) && (page == "" || page == "1")
	resp, err := m.wire.RoundTrip(r)
	if err == nil {
		var body []byte
		body, err = io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		resp.Body = io.NopCloser(bytes.NewReader(body))
	}
	asked.took, asked.failed = time.Since(asked.at), err != nil && r.Context().Err() == nil
	m.meter.mu.Lock()
	defer m.meter.mu.Unlock()
	m.meter.all = append(m.meter.all, asked)
	return resp, err
}

package main_test

import (
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"docket/forge/forgetest"
)

// storm is colleagues who do so many things a second.
type storm struct {
	done atomic.Int64
	calm func() // ends it
}

// stormy is how often something changes in the storms of this folder.
const stormy = 20 // a second

// rage begins a storm. It counts from 0 what is to be done; whoever does it may
// take longer than till the next: there are four.
func rage(tb testing.TB, perSecond int, do func(n int) error) *storm {
	tb.Helper()
	s := &storm{}
	stop, turns, errs := make(chan struct{}), make(chan int), make(chan error, 4)
	var people sync.WaitGroup
	people.Go(func() {
		defer close(turns)
		pace := time.NewTicker(time.Second / time.Duration(perSecond))
		defer pace.Stop()
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			case <-pace.C:
			}
			select {
			case <-stop:
				return
			case turns <- n:
			}
		}
	})
	for range cap(errs) {
		people.Go(func() {
			for n := range turns {
				if err := do(n); err != nil {
					select {
					case errs <- err:
					default:
					}
				}
				s.done.Add(1)
			}
		})
	}
	s.calm = sync.OnceFunc(func() {
		close(stop)
		people.Wait()
		close(errs)
		for err := range errs {
			tb.Error(err)
		}
	})
	tb.Cleanup(s.calm)
	return s
}

// moves are the labels that a storm moves tickets by.
var moves = []string{"state/urgent", "state/waiting on assignee", "state/waiting on reporter", "state/next meeting"}

// disturb has somebody do one of several things to a ticket; those that move it
// to another column can be left out.
func disturb(s *forgetest.Server, token, repo string, number int64, n int, move bool) error {
	method, path, body := "PATCH", fmt.Sprintf("/repos/%s/issues/%d", repo, number), map[string]any{}
	kinds := 2
	if move {
		kinds = 4
	}
	switch n % kinds {
	case 0:
		method, path, body["body"] = "POST", path+"/comments", fmt.Sprintf("Remark %d.", n)
	case 1:
		body["title"] = fmt.Sprintf("News %d of %d", n, number)
	case 2:
		method, path, body["labels"] = "POST", path+"/labels", moves[n/kinds%len(moves):][:1]
	case 3:
		body["state"] = []string{"closed", "open"}[n/kinds%2]
	}
	resp, err := s.Try(token, method, path, body, nil)
	if err == nil && resp.StatusCode >= 300 {
		text, _ := io.ReadAll(resp.Body)
		err = fmt.Errorf("%s %s: %s: %s", method, path, resp.Status, text)
	}
	return err
}

// Everybody works at once: keys do what they do on a quiet day, the person
// stays on their ticket, and in the end the board is as the forge.
func TestAStormOfTeammates(t *testing.T) {
	t.Parallel()
	forgetest.Each(t, func(t *testing.T, s *forgetest.Server) {
		w := newTeam(t, s, labels...)
		const waiting, moving = 10, 20 // tickets; the first ones stay in their column
		for n := range waiting + moving {
			w.reports(fmt.Sprintf("Ticket %d", n))
		}
		board := w.sit().opens(200, 50)
		board.inStep()
		board.Type("j", "j", "j")
		board.WaitUntil(func(screen string) bool { return selected(screen) == "4" })

		storm := rage(t, stormy, func(n int) error {
			number := int64(1 + n*7%(waiting+moving))
			return disturb(s, w.kira.token, w.repo, number, n, number > waiting)
		})
		for storm.done.Load() < 100 {
			board.Type("j")
			board.WaitUntil(func(screen string) bool { return selected(screen) == "5" })
			board.Type("r", "k")
			board.WaitUntil(func(screen string) bool { return selected(screen) == "4" })
		}
		board.Type("g", "h")
		board.WaitUntil(func(screen string) bool { return selected(screen) == "4" })
		w.door.await("the gain", func() bool { return w.ticket(4).has("gain/high") })
		storm.calm()

		want := map[string]int{}
		for n := range int64(waiting + moving) {
			want[w.ticket(n+1).column()]++
		}
		board.Type("r")
		board.WaitUntil(func(screen string) bool {
			for head, n := range want {
				if count(screen, head) != n {
					return false
				}
			}
			return selected(screen) == "4"
		})
		board.sees(w.ticket(4).Title, under("Needs review", "G▰▰▰"))
		board.quits()
	})
}

// column is the head of the column that a ticket belongs under, as far as a
// storm can move it.
func (f fact) column() string {
	switch {
	case f.State == "closed":
		return "Closed, 7 days"
	case f.has(moves[0]):
		return "Urgent"
	case f.has(moves[1]):
		return "On assignee"
	case f.has(moves[2]):
		return "On reporter"
	case f.has(moves[3]):
		return "Next meeting"
	}
	return "Needs review"
}

package main_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"docket/forge/demo"
	"docket/forge/forgetest"
)

// headOf is the column that a ticket belongs under, told from the forge's own
// answer. Nobody comments in the story, so no reporter has answered.
func headOf(f fact, closed time.Time) string {
	switch {
	case f.State == "closed" && time.Since(closed) < 7*24*time.Hour:
		return "Closed, 7 days"
	case f.State == "closed":
		return ""
	case f.has("state/urgent"):
		return "Urgent"
	case f.has("state/waiting on assignee") && f.assigned() != "":
		return "In progress"
	case f.has("state/waiting on assignee"):
		return "On assignee"
	case f.has("state/waiting on reporter"):
		return "On reporter"
	case f.has("state/waiting on external"):
		return "On external"
	case f.has("state/next meeting"):
		return "Next meeting"
	}
	return "Needs review"
}

// All tickets are on the board, however few a forge hands out at once.
func TestNoTicketIsLostBetweenPages(t *testing.T) {
	for _, pageCap := range []int{50, 7} {
		t.Run(fmt.Sprintf("pages of %d", pageCap), func(t *testing.T) {
			t.Parallel()
			w := newTeam(t, forgetest.Serve(t, demo.New(demo.Options{PageCap: pageCap})))
			w.Demo.Load(w.repo, 300, 40, 0)
			want, open := map[string]int{}, 0
			for page := 1; ; page++ {
				var rows []struct {
					fact
					Closed time.Time `json:"closed_at"`
				}
				w.Do(t, w.anna.token, "GET", fmt.Sprintf("/repos/%s/issues?state=all&limit=50&page=%d", w.repo, page), nil, &rows)
				if len(rows) == 0 {
					break
				}
				for _, row := range rows {
					want[headOf(row.fact, row.Closed)]++
					if row.State == "open" {
						open++
					}
				}
			}
			if open != 300 {
				t.Fatalf("the forge has %d open tickets", open)
			}
			board := w.sit().opens(200, 50)
			board.inStep()
			screen := board.Screen()
			for _, head := range heads {
				if got := count(screen, head); got != want[head] {
					t.Errorf("%q has %d tickets, the forge %d", head, got, want[head])
				}
			}
			board.quits()
		})
	}
}

// A board on which nothing happens sends nothing to the terminal, and asks its
// forge one thing per poll.
func TestAnIdleBoardIsQuiet(t *testing.T) {
	t.Parallel()
	var shift atomic.Int64 // tickets are old enough that no age changes
	shift.Store(int64(-252 * time.Hour))
	clock := func() time.Time { return time.Now().Add(time.Duration(shift.Load())) }
	w := newTeam(t, forgetest.Serve(t, demo.New(demo.Options{Clock: clock})), labels...)
	for i := range 20 {
		w.reports(fmt.Sprintf("Ticket %d", i), labels[i%6])
	}
	shift.Store(0)
	board := w.sit().opens(200, 50)
	w.door.await("the history", func() bool { return w.door.requests(history) > 0 && w.door.unanswered() == 0 })

	w.door.await("when each ticket was first triaged", func() bool { return w.door.requests(timeline) >= 2*20 && w.door.unanswered() == 0 })

	// Nothing tells that an answer was looked at but the next poll, and that the
	// screen was drawn after it but a moment of quiet.
	next := func(hurry bool) {
		polls := w.door.requests(poll)
		if hurry {
			board.Focus(false)
			board.Focus(true)
		}
		w.door.await("another poll", func() bool { return w.door.requests(poll) > polls && w.door.unanswered() == 0 })
		board.WaitQuiet(300 * time.Millisecond)
	}
	next(true)
	next(true)
	mark, asked := board.Mark(), w.door.requests(anything)
	next(false)
	next(true)
	if came := w.door.since(asked); len(came) != 2 || !poll(came[0]) || !poll(came[1]) {
		t.Errorf("two idle polls asked:\n%s", strings.Join(came, "\n"))
	}
	if n := board.BytesSince(mark); n > 0 {
		t.Errorf("an idle board sent %d bytes", n)
	}
	board.quits()
}

// history is the last kind of request of a first sync.
func history(request string) bool {
	return strings.Contains(request, "/issues/comments?") && !strings.Contains(request, "since=")
}

// timeline is a page of a ticket's past; the one after the last is asked for, too.
func timeline(request string) bool { return strings.Contains(request, "/timeline?") }

// On a board of thousands a cursor move costs the line to the terminal little.
func TestACursorMoveIsCheapAmongThousands(t *testing.T) {
	t.Parallel()
	w := newTeam(t, forgetest.Embedded(t))
	w.Demo.Load(w.repo, 5000, 0, 0)
	board := w.sit().opens(200, 50)
	board.WaitFor("in step")
	w.door.detain(anything) // the history comes in later, and would write its progress
	for _, key := range []string{"j", "j", "k", "l", "j", "l", "h", "j", "k"} {
		before, mark := selected(board.Screen()), board.Mark()
		board.Type(key)
		board.WaitUntil(func(screen string) bool { return selected(screen) != before })
		if n := board.BytesSince(mark); n > 1024 {
			t.Errorf("%s took %d bytes", key, n)
		}
	}
	board.quits()
}

package demo

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestColleaguesKeepTheBoardInOrder(t *testing.T) {
	f, c, you, before := fill(t, 7)
	verbs := map[string]bool{}
	for range 600 {
		c.pass(11 * time.Second)
		told := f.Step()
		words := strings.Fields(told)
		if len(words) < 3 || words[0] == "anna" {
			t.Fatalf("a step told %q; nobody acts for anna", told)
		}
		verbs[words[1]] = true
	}
	for _, verb := range []string{"opened", "commented", "triaged", "moved", "took", "set", "closed"} {
		if !verbs[verb] {
			t.Errorf("nobody %s anything in 600 steps", verb)
		}
	}
	after := readAll(t, you)
	if len(after) <= len(before) {
		t.Errorf("%d tickets, %d before", len(after), len(before))
	}
	for _, row := range after {
		for _, scope := range []string{"gain", "pain", "state", "closed as"} {
			scoped(t, row, scope) // reports a second label of the scope
		}
		if row.State == "closed" && scoped(t, row, "closed as") == "" {
			t.Errorf("#%d was closed without a reason", row.Number)
		}
	}
}

func TestTheSameStepsTellTheSameStory(t *testing.T) {
	story := func() string {
		f, c, _, _ := fill(t, 9)
		var told strings.Builder
		for range 100 {
			c.pass(10 * time.Second)
			told.WriteString(f.Step() + "\n")
		}
		return told.String()
	}
	if one, two := story(), story(); one != two {
		t.Errorf("two stories:\n%s\n%s", one, two)
	}
}

func TestWithoutABoardNobodyWorks(t *testing.T) {
	if told := New(Options{}).Step(); told != "" {
		t.Errorf("told %q", told)
	}
}

// Colleagues work in the background while somebody reads; they stop when they are told to.
func TestTeammatesWorkUntilTheContextEnds(t *testing.T) {
	f, c, you, _ := fill(t, 1)
	ctx, cancel := context.WithCancel(t.Context())
	var working sync.WaitGroup
	working.Go(func() { f.Teammates(ctx, time.Microsecond) })
	since := "?state=all&since=" + c.now().Add(time.Second).Format("2006-01-02T15:04:05Z")
	c.pass(time.Minute)
	for changed := 0; changed < 20; { // they never stop by themselves, so this ends
		changed = len(as[[]ticketJSON](t, you.want(http.StatusOK, "GET", desk+"/issues"+since)))
	}
	cancel()
	working.Wait()
}

//go:build !race

package main_test

import (
	"strconv"
	"testing"
	"time"

	"docket/forge/forgetest"
	"docket/ui/uitest"
)

// raging is how long BenchmarkStorm presses keys, in calm and in the storm: there
// is a poll in each.
const raging = 20 * time.Second

// BenchmarkStorm measures how long it takes from a move of the cursor to the
// frame that shows it, on a quiet day and while teammates change 20 tickets a
// second. Target: about the same, and nobody moves the cursor but the person.
func BenchmarkStorm(b *testing.B) {
	c := newCrowd(b)
	term, _ := c.opens(b)
	term.WaitFor("in step")
	term.WaitQuiet(5 * time.Second)
	team := &forgetest.Server{URL: c.url}
	token := c.world.Token("crowd")
	term.Type("j", "j", "j", "j")
	term.WaitQuiet(time.Second)
	var calm, rough times
	for b.Loop() {
		mine := press(b, term, &calm)
		begun := time.Now()
		s := rage(b, stormy, func(n int) error {
			number := 1 + n*7919%crowdTickets
			if mine[strconv.Itoa(number)] {
				number++ // whose moving would be the cursor's
			}
			return disturb(team, token, crowdRepo, int64(number), n, true)
		})
		press(b, term, &rough)
		s.calm()
		b.ReportMetric(float64(s.done.Load())/time.Since(begun).Seconds(), "changes/s")
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(calm.median(), "ms/key-calm")
	b.ReportMetric(calm.quantile(0.95), "ms/key-calm-p95")
	b.ReportMetric(rough.median(), "ms/key-storm")
	b.ReportMetric(rough.quantile(0.95), "ms/key-storm-p95")
	b.ReportMetric(rough.median()/calm.median(), "ratio")
}

// press moves the cursor down and up again for a while and notes how long each
// move takes. It returns the numbers of the tickets that the cursor was on.
func press(b *testing.B, term *uitest.Terminal, took *times) (on map[string]bool) {
	b.Helper()
	at := selected(term.Screen())
	on = map[string]bool{at: true}
	keys := []string{"j", "k"}
	for n, begun := 0, time.Now(); time.Since(begun) < raging; n++ {
		if now := selected(term.Screen()); now != at {
			b.Fatalf("the cursor went from #%s to #%s by itself", at, now)
		}
		pressed := time.Now()
		term.Type(keys[n%2])
		term.WaitUntil(func(screen string) bool { return selected(screen) != at })
		took.add(time.Since(pressed))
		at = selected(term.Screen())
		on[at] = true
		time.Sleep(50 * time.Millisecond) // a person
	}
	return on
}

package model

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// An archive of a few tickets whose numbers can be counted by hand. epoch is a
// Wednesday.
func TestNumbersCountedByHand(t *testing.T) {
	day := func(n int) time.Time { return epoch.AddDate(0, 0, -n) }
	labels := func(names ...string) (out []Line) {
		for _, n := range names {
			out = append(out, NewLine(n))
		}
		return out
	}
	read := Scheme{}.Remember()
	ticket := func(n int64, opened, closed int, names ...string) Ticket {
		t := Ticket{Ref: Ref{"a/b", n}, Created: day(opened), Labels: labels(names...)}
		if closed >= 0 {
			t.ClosedAt = day(closed)
		}
		return t.Interpret(read)
	}
	a := Archive{Complete: true, Tickets: []Ticket{
		ticket(1, 1, -1),
		ticket(2, 3, -1, "gain/high", "pain/low", "dev", "Dev"),
		ticket(3, 12, 2, "gain/high", "pain/high", "ops", "closed as/done"),
		ticket(4, 14, 10, "closed as/invalid"),
		ticket(5, 400, 3, "low-gain"),
		ticket(6, 500, 450, "gain/high", "closed as/done"),
		ticket(7, 600, -1, "ops"),
	}, Triaged: map[Ref]time.Time{{"a/b", 2}: day(2), {"a/b", 3}: day(9), {"a/b", 6}: day(499)}}

	n := CountNumbers(a, nil, read, WeeksBack(epoch, 3), epoch)
	if n.Open != 3 || n.Opened != 4 || n.Closed != 3 || !n.Complete {
		t.Errorf("%d open, %d opened, %d closed", n.Open, n.Opened, n.Closed)
	}
	var weeks []int
	for _, w := range n.Weeks {
		if w.Start.Weekday() != time.Monday {
			t.Errorf("a week begins on %s", w.Start.Weekday())
		}
		weeks = append(weeks, w.Opened, w.Closed)
	}
	if want := []int{2, 1, 1, 1, 1, 1}; !slices.Equal(weeks, want) {
		t.Errorf("opened and closed by week %v, not %v", weeks, want)
	}
	if got := n.ToTriage; got != (Spread{Of: 2, Known: 2, Min: aDay, Mean: 2 * aDay, Median: 2 * aDay, Max: 3 * aDay}) {
		t.Errorf("time to triage: %+v", got)
	}
	if got := n.ToClose; got.Known != 3 || got.Min != 4*aDay || got.Median != 10*aDay || got.Mean != 137*aDay || got.Max != 397*aDay {
		t.Errorf("time to close: %+v", got)
	}
	if d := cmp.Diff([]Tally{{"high", 1, 1}, {"medium", 0, 0}, {"low", 0, 1}, {"none", 2, 1}}, n.Gain); d != "" {
		t.Error("gain", d)
	}
	if d := cmp.Diff([]Tally{{"dev", 1, 0}, {"ops", 1, 1}}, n.Types); d != "" {
		t.Error("types", d)
	}
	if n.Untagged != (Tally{"untagged", 1, 1}) {
		t.Errorf("%+v", n.Untagged)
	}
	if r := n.Resolutions; r[0] != (Tally{"done", 0, 1}) || r[2] != (Tally{"invalid", 0, 1}) || r[len(r)-1] != (Tally{"not said", 0, 1}) {
		t.Errorf("resolutions: %v", r)
	}
	if n.Ages != (Ages{2, 0, 0, 0, 1}) {
		t.Errorf("ages: %v", n.Ages)
	}
	if all := CountNumbers(a, nil, read, time.Time{}, epoch); all.Opened != 7 || all.Closed != 4 || len(all.Weeks) < 86 || all.ToTriage.Of != 4 {
		t.Errorf("from the beginning: %d opened, %d closed, %d weeks, %+v", all.Opened, all.Closed, len(all.Weeks), all.ToTriage)
	}
}

// However tickets are mixed, everything that was counted is in one of the parts.
func TestNumbersAddUp(t *testing.T) {
	read := Scheme{}.Remember()
	rapid.Check(t, func(t *rapid.T) {
		a := Archive{Tickets: rapid.SliceOfN(anyTicket, 0, 30).Draw(t, "tickets"), Triaged: map[Ref]time.Time{}}
		for _, ticket := range a.Tickets {
			if rapid.Bool().Draw(t, "known") {
				a.Triaged[ticket.Ref] = anyTime.Draw(t, "triaged")
			}
		}
		keep := func(t Ticket) bool { return t.Ref.Number%2 == 0 }
		n := CountNumbers(a, keep, read, WeeksBack(epoch, rapid.IntRange(0, 9).Draw(t, "weeks")), epoch)
		var opened, closed, ages, gain, pain, as int
		for i, w := range n.Weeks {
			opened, closed = opened+w.Opened, closed+w.Closed
			if i > 0 && w.Start.Sub(n.Weeks[i-1].Start) != 7*aDay {
				t.Fatal("a week is missing")
			}
		}
		for _, c := range n.Ages {
			ages += c
		}
		for i := range n.Gain {
			gain, pain = gain+n.Gain[i].Open+n.Gain[i].Closed, pain+n.Pain[i].Open+n.Pain[i].Closed
		}
		for _, r := range n.Resolutions {
			as += r.Closed
		}
		if opened != n.Opened || closed != n.Closed || ages != n.Open || gain != n.Open+n.Closed || pain != gain || as != n.Closed {
			t.Fatalf("%+v", n)
		}
		for _, s := range []Spread{n.ToTriage, n.ToClose} {
			if s.Known > s.Of || s.Min < 0 || s.Min > s.Median || s.Median > s.Max || s.Mean < s.Min-1 || s.Mean > s.Max+1 {
				t.Fatalf("%+v", s)
			}
		}
	})
}

func TestNumbersOfNothing(t *testing.T) {
	n := CountNumbers(Archive{}, nil, Scheme{}.Read, time.Time{}, epoch)
	if n.Open+n.Opened+n.Closed+len(n.Weeks) != 0 || n.ToClose != (Spread{}) {
		t.Errorf("%+v", n)
	}
	if n = CountNumbers(Archive{}, nil, Scheme{}.Read, WeeksBack(epoch, 4), epoch); len(n.Weeks) != 4 {
		t.Errorf("%d quiet weeks", len(n.Weeks))
	}
}

func BenchmarkNumbers15000(b *testing.B) {
	a := Archive{Triaged: map[Ref]time.Time{}}
	sets := [][]Line{{NewLine("gain/high"), NewLine("dev")}, {NewLine("ops")}, nil}
	for i := range 15000 {
		t := Ticket{Ref: Ref{"a/b", int64(i)}, Created: epoch.Add(-time.Duration(i) * time.Hour), Labels: sets[i%3]}
		if i%10 > 0 {
			t.ClosedAt = t.Created.Add(time.Duration(i%700) * time.Hour)
		}
		a.Tickets, a.Triaged[t.Ref] = append(a.Tickets, t), t.Created.Add(time.Hour)
	}
	for b.Loop() {
		CountNumbers(a, nil, Scheme{}.Remember(), time.Time{}, epoch)
	}
}

// A week that has only begun counts for as much as has passed of it.
func TestAWeekThatHasBegunIsNoWholeOne(t *testing.T) {
	monday := time.Date(2026, 11, 23, 0, 1, 0, 0, time.UTC)
	for _, c := range []struct {
		to   time.Time
		want float64
	}{
		{monday, 10.0}, {monday.Add(84 * time.Hour), 110 / 11.5}, {monday.Add(7*24*time.Hour - 2*time.Minute), 110 / 12.0},
	} {
		n := CountNumbers(Archive{}, nil, nil, WeeksBack(c.to, 12), c.to)
		if got := n.PerWeek(110); len(n.Weeks) != 12 || math.Abs(got-c.want) > 0.01 {
			t.Errorf("%s, in week %d: %f a week, not %f", c.to, len(n.Weeks), got, c.want)
		}
	}
	if n := CountNumbers(Archive{}, nil, nil, time.Time{}, monday); n.PerWeek(0) != 0 {
		t.Error("no week has tickets")
	}
}

package model

import (
	"slices"
	"time"
)

// Archive is every ticket that is kept, however old, and what is known about
// their past.
type Archive struct {
	Tickets []Ticket
	// Triaged is when a ticket first got a label for its gain, its pain or its
	// state. A ticket that is not in it was never triaged, or nobody has found
	// out yet.
	Triaged map[Ref]time.Time
	// Complete is false while old tickets are still on their way here.
	Complete bool
}

// Numbers is what a team counts of its tickets. What is over at once, such as
// closing, is counted from From on; what lasts, such as being open, as it is at
// To. A ticket that was closed twice counts as closed when it was last.
type Numbers struct {
	From, To time.Time // From is zero: since the first ticket
	Complete bool      // false: old tickets are still missing
	Open     int       // open at To
	Opened   int       // opened from From to To
	Closed   int       // closed from From to To
	Weeks    []Week    // from From's to To's, without a gap
	Ages     Ages      // of the open ones

	// ToTriage is over the tickets opened since From that were triaged, ToClose
	// over those closed since From.
	ToTriage, ToClose Spread

	Resolutions []Tally // in the order of Resolutions, Unresolved last; Open is 0
	Gain, Pain  []Tally // high, medium, low, none
	Types       []Tally // dev, ops
	Untagged    Tally   // none of gain, pain, dev and ops
}

// PerWeek returns how many a number of tickets is a week, over the time that has
// really passed: the last of the weeks has mostly only begun.
func (n Numbers) PerWeek(tickets int) float64 {
	if len(n.Weeks) == 0 {
		return 0
	}
	const week = 7 * aDay
	return float64(tickets) / max(1, n.To.Sub(n.Weeks[0].Start).Hours()/week.Hours())
}

// Week is what happened in one week.
type Week struct {
	Start          time.Time // Monday, 0 o'clock UTC
	Opened, Closed int
}

// Tally counts tickets of one kind: those open at the end, and those closed in
// the time that is looked at.
type Tally struct {
	Name         string
	Open, Closed int
}

// Spread is how long something took.
type Spread struct {
	Of                     int // tickets that it could be known of
	Known                  int // those that it is known of
	Min, Mean, Median, Max time.Duration
}

// CountNumbers counts the tickets that keep says yes to; nil keeps all. read
// tells what labels mean. It takes time that grows with the archive.
func CountNumbers(a Archive, keep func(Ticket) bool, read Reading, from, to time.Time) Numbers {
	c := counter{read: read, triaged: a.Triaged, weeks: map[time.Time]*Week{}, tallies: map[Meaning]*Tally{},
		n: Numbers{From: from, To: to, Complete: a.Complete, Untagged: Tally{Name: "untagged"}}}
	for _, t := range a.Tickets {
		if keep == nil || keep(t) {
			c.count(t)
		}
	}
	return c.numbers()
}

// counter is Numbers in the making.
type counter struct {
	n                 Numbers
	read              Reading
	triaged           map[Ref]time.Time
	weeks             map[time.Time]*Week
	tallies           map[Meaning]*Tally
	toTriage, toClose []time.Duration
	first             time.Time // the first week in which anything happened
}

// within reports whether a moment is in the time that is looked at.
func (c *counter) within(at time.Time) bool {
	return !at.IsZero() && !at.Before(c.n.From) && !at.After(c.n.To)
}

func (c *counter) count(t Ticket) {
	if c.within(t.Created) {
		c.n.Opened++
		c.week(t.Created).Opened++
		c.triage(t)
	}
	closed := c.within(t.ClosedAt)
	if closed {
		c.n.Closed++
		c.week(t.ClosedAt).Closed++
		c.toClose = append(c.toClose, max(0, t.ClosedAt.Sub(t.Created)))
	}
	if t.Open() {
		c.n.Open++
		c.n.Ages[BandOf(c.n.To.Sub(t.Created))]++
	}
	if closed || t.Open() {
		c.tags(t)
	}
}

// triage notes how long a ticket waited for somebody to judge it.
func (c *counter) triage(t Ticket) {
	at, known := c.triaged[t.Ref]
	if known {
		c.toTriage = append(c.toTriage, max(0, at.Sub(t.Created)))
	}
	if known || t.Judged() {
		c.n.ToTriage.Of++
	}
}

// tags counts what a ticket carries, under open or under closed.
func (c *counter) tags(t Ticket) {
	add := func(f Field, value string) {
		tally := c.tally(Meaning{f, value})
		if t.Open() {
			tally.Open++
		} else {
			tally.Closed++
		}
	}
	add(FieldGain, t.Gain.String())
	add(FieldPain, t.Pain.String())
	types := c.types(t)
	for _, name := range types {
		add(FieldType, name)
	}
	if !t.Open() {
		add(FieldResolution, string(t.ClosedAs))
	}
	if t.Gain == None && t.Pain == None && len(types) == 0 {
		if t.Open() {
			c.n.Untagged.Open++
		} else {
			c.n.Untagged.Closed++
		}
	}
}

// types returns dev and ops, as a ticket's labels say, each at most once.
func (c *counter) types(t Ticket) []string {
	var out []string
	for _, l := range t.Labels {
		if m, ok := c.read(l.Raw()); ok && m.Field == FieldType && !slices.Contains(out, m.Value) {
			out = append(out, m.Value)
		}
	}
	return out
}

func (c *counter) tally(m Meaning) *Tally {
	if c.tallies[m] == nil {
		c.tallies[m] = &Tally{Name: m.Value}
	}
	return c.tallies[m]
}

func (c *counter) week(at time.Time) *Week {
	start := weekOf(at)
	if c.weeks[start] == nil {
		c.weeks[start] = &Week{Start: start}
		if c.first.IsZero() || start.Before(c.first) {
			c.first = start
		}
	}
	return c.weeks[start]
}

// weekOf returns the Monday that a week began with.
func weekOf(at time.Time) time.Time {
	day := at.UTC().Truncate(aDay)
	return day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
}

// WeeksBack returns the Monday on which the last n weeks began, the present one
// among them; the zero time, which is the very beginning, for none.
func WeeksBack(now time.Time, n int) time.Time {
	if n <= 0 {
		return time.Time{}
	}
	return weekOf(now).AddDate(0, 0, -7*(n-1))
}

func (c *counter) numbers() Numbers {
	n := c.n
	of := n.ToTriage.Of
	n.ToTriage, n.ToClose = spread(c.toTriage), spread(c.toClose)
	n.ToTriage.Of = of
	start := c.first
	if !n.From.IsZero() {
		start = weekOf(n.From)
	}
	for ; !start.IsZero() && !start.After(n.To); start = start.AddDate(0, 0, 7) {
		w := Week{Start: start}
		if c.weeks[start] != nil {
			w = *c.weeks[start]
		}
		n.Weeks = append(n.Weeks, w)
	}
	for _, l := range Levels {
		n.Gain = append(n.Gain, *c.tally(Meaning{FieldGain, l.String()}))
		n.Pain = append(n.Pain, *c.tally(Meaning{FieldPain, l.String()}))
	}
	for _, name := range []string{"dev", "ops"} {
		n.Types = append(n.Types, *c.tally(Meaning{FieldType, name}))
	}
	for _, r := range append(slices.Clone(Resolutions), Unresolved) {
		n.Resolutions = append(n.Resolutions, *c.tally(Meaning{FieldResolution, string(r)}))
	}
	n.Resolutions[len(n.Resolutions)-1].Name = "not said"
	return n
}

// spread sums durations up; it sorts them.
func spread(all []time.Duration) Spread {
	s := Spread{Of: len(all), Known: len(all)}
	if len(all) == 0 {
		return s
	}
	slices.Sort(all)
	var mean float64 // a sum of whole durations could overflow
	for i, d := range all {
		mean += (float64(d) - mean) / float64(i+1)
	}
	half := len(all) / 2
	s.Min, s.Mean, s.Median, s.Max = all[0], time.Duration(mean), all[half], all[len(all)-1]
	if len(all)%2 == 0 {
		s.Median = all[half-1] + (all[half]-all[half-1])/2
	}
	return s
}

package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"docket/model"
)

// told tells the matrix: each cell in a line, then the untriaged ticket that the
// keys of the cells are for.
func (d *matrix) told(a *App) speech {
	s := speech{place: "matrix", head: []string{"Matrix: gain by pain" + matching(d.of)}, all: true}
	if d.m == nil {
		s.body = []string{"Counting ..."}
		return s
	}
	n := len(d.untriaged())
	s.body = append(s.body, count(d.m.Triaged()+n, "open ticket", "open tickets")+", "+thousands(n)+" not triaged")
	for gain := model.High; gain >= model.Low; gain-- {
		for pain := model.Low; pain <= model.High; pain++ {
			s.body = append(s.body, d.sayCell(gain, pain, a.key(cellActions[[2]model.Level{gain, pain}])))
		}
	}
	c := d.chosen()
	switch {
	case d.inList:
		s.at = a.sayUntriaged(d, c) + "; not triaged, " + placeOf(d.at+1, n) + "; here"
		return s
	case c != nil:
		s.body = append(s.body, "The key of a cell puts "+a.sayUntriaged(d, c)+" there; it is "+placeOf(d.at+1, n)+" not triaged")
	case d.m.Triaged() > 0:
		s.body = append(s.body, "Everything is triaged")
	}
	s.at = d.sayCell(d.gain, d.pain, a.key(cellActions[[2]model.Level{d.gain, d.pain}])) + "; here"
	return s
}

// sayCell is a cell in words.
func (d *matrix) sayCell(gain, pain model.Level, key string) string {
	c := d.m.Cell(gain, pain)
	say := fmt.Sprintf("%s gain, %s pain: %s", gain, pain, count(c.Count, "ticket", "tickets"))
	if word := cornerOf(gain, pain); word != "" {
		say += ", " + word
	}
	if c.Count > 0 {
		say += ", oldest " + daysOld(d.counted.Sub(c.Oldest).Hours())
	}
	return say + "; key " + key
}

func (a *App) sayUntriaged(d *matrix, c *model.Card) string {
	title := c.Title.String()
	if c.Title.Empty() {
		title = "(no title)"
	}
	return fmt.Sprintf("%s, %s, %s old", a.ticketName(c.Ref), title, daysOld(d.counted.Sub(c.Created).Hours()))
}

// daysOld tells an age that does not grow while one listens.
func daysOld(hours float64) string {
	if hours < 24 {
		return "under a day"
	}
	return count(int(hours/24), "day", "days")
}

// saySpread tells how long something took.
func saySpread(title string, s model.Spread) []string {
	known := title + ": known for " + thousands(s.Known) + " of " + count(s.Of, "ticket", "tickets")
	if s.Known == 0 {
		return []string{known}
	}
	return []string{
		known, title + ", shortest: " + lasted(s.Min), title + ", median: " + lasted(s.Median),
		title + ", mean: " + lasted(s.Mean), title + ", longest: " + lasted(s.Max),
	}
}

// told are numbers as lines of one thing each; the chart comes last, for it is
// the longest, with the latest week first.
func (p numbersPainter) told() []string {
	lines := p.summary(spokenWidth)
	if !p.n.Complete {
		lines = append(lines, notComplete)
	}
	for i, n := range p.n.Ages {
		lines = append(lines, "open for "+model.AgeBand(i).String()+": "+count(n, "ticket", "tickets"))
	}
	lines = append(lines, saySpread("time to first triage", p.n.ToTriage)...)
	lines = append(lines, saySpread("time to close", p.n.ToClose)...)
	for _, kinds := range []struct {
		prefix string
		all    []model.Tally
	}{{"gain ", p.n.Gain}, {"pain ", p.n.Pain}, {"", p.n.Types}, {"", []model.Tally{p.n.Untagged}}} {
		for _, t := range kinds.all {
			lines = append(lines, fmt.Sprintf("%s%s: %s open, %s closed", kinds.prefix, t.Name, thousands(t.Open), thousands(t.Closed)))
		}
	}
	for _, r := range p.n.Resolutions {
		if r.Closed > 0 {
			lines = append(lines, "closed as "+r.Name+": "+count(r.Closed, "ticket", "tickets"))
		}
	}
	for _, week := range slices.Backward(p.n.Weeks) {
		lines = append(lines, "week of "+week.Start.Format("2 Jan 2006")+": "+strconv.Itoa(week.Opened)+" opened, "+strconv.Itoa(week.Closed)+" closed")
	}
	for i := range lines {
		lines[i] = sentence(strings.TrimSpace(lines[i]))
	}
	return lines
}

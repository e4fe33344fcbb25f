package ui

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"docket/model"
)

// NumbersText writes numbers as plain text without colour, for a command: lines
// of at most w cells, each with its end.
func NumbersText(n model.Numbers, w int, ascii bool) string {
	th := &theme{glyphs: unicodeGlyphs}
	if ascii {
		th.glyphs = asciiGlyphs
	}
	var b strings.Builder
	for _, line := range (numbersPainter{th, n}).paint(w) {
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// numbersPainter draws numbers.
type numbersPainter struct {
	*theme
	n model.Numbers
}

const notComplete = "Old tickets are still on their way here, and not counted yet."

// twoFrom is from which width on two columns stand under the chart.
const twoFrom = 74

func (p numbersPainter) paint(w int) []string {
	if p.words {
		return p.told()
	}
	lines := p.summary(w)
	if !p.n.Complete {
		for _, line := range p.wrap(notComplete, w, 3) {
			lines = append(lines, p.warn.of(line))
		}
	}
	if len(p.n.Weeks) > 0 {
		lines = append(lines, "")
		lines = append(lines, p.chart(w)...)
	}
	const between = 4
	column := w
	if w >= twoFrom {
		column = (w - between) / 2
	}
	left := p.ages(column)
	left = append(left, p.spread("Time to first triage", "triaged", p.n.ToTriage, column)...)
	left = append(left, p.spread("Time to close", "closed", p.n.ToClose, column)...)
	right := append(p.kinds(column), p.resolutions(column)...)
	if column == w {
		return append(append(lines, left...), right...)
	}
	for i := range max(len(left), len(right)) {
		l, r := "", ""
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		lines = append(lines, l+blank(column-width(l)+between)+r)
	}
	return lines
}

// summary is the most important in a line or two.
func (p numbersPainter) summary(w int) []string {
	say := fmt.Sprintf("%s open. %s opened, %s closed", thousands(p.n.Open), thousands(p.n.Opened), thousands(p.n.Closed))
	if weeks := len(p.n.Weeks); weeks > 1 {
		now := p.n.Weeks[weeks-1]
		say += fmt.Sprintf(": %.1f and %.1f a week, %d and %d in this one", p.n.PerWeek(p.n.Opened), p.n.PerWeek(p.n.Closed), now.Opened, now.Closed)
	}
	return p.wrap(say+".", w, 4)
}

// ages is how long the open tickets have been open.
func (p numbersPainter) ages(w int) []string {
	lines := []string{"", p.strong.of(p.cut("Age of the open ones", w))}
	most := 0
	for _, n := range p.n.Ages {
		most = max(most, n)
	}
	for i, n := range p.n.Ages {
		lines = append(lines, p.bar(model.AgeBand(i).String(), n, most, w))
	}
	return lines
}

// bar is a number with its name and a bar as long as it is beside the most.
func (p numbersPainter) bar(name string, n, most, w int) string {
	const names, digits = 20, 7
	text := p.pad("  "+name, min(names, w-digits))
	number := thousands(n)
	text += blank(digits-len(number)) + number
	room := w - width(text) - 1
	if n > 0 && room > 0 {
		text += " " + p.accent.of(strings.Repeat(p.full, max(1, n*room/max(1, most))))
	}
	return text
}

// spread is how long something took.
func (p numbersPainter) spread(title, done string, s model.Spread, w int) []string {
	of := count(s.Known, "ticket", "tickets") + " " + done
	if s.Known < s.Of {
		of = "known for " + thousands(s.Known) + " of " + thousands(s.Of)
	}
	lines := []string{"", p.strong.of(p.cut(title, w))}
	if beside := ", " + of; width(title+beside) <= w {
		lines[1] += p.muted.of(beside)
	} else {
		lines = append(lines, p.muted.of(p.cut("  "+of, w)))
	}
	if s.Known == 0 {
		return append(lines, p.muted.of(p.cut("  nothing to tell", w)))
	}
	for _, each := range []struct {
		name string
		d    time.Duration
	}{{"shortest", s.Min}, {"median", s.Median}, {"mean", s.Mean}, {"longest", s.Max}} {
		const names, room = 15, 12
		took := lasted(each.d)
		lines = append(lines, p.pad("  "+each.name, min(names, w-room))+blank(room-len(took))+took)
	}
	return lines
}

// lasted writes how long something took, with as many digits as matter.
func lasted(d time.Duration) string {
	in := func(unit time.Duration, name string) string {
		n := float64(d) / float64(unit)
		if n < 10 {
			return strconv.FormatFloat(n, 'f', 1, 64) + " " + name
		}
		return thousands(int(n+0.5)) + " " + name
	}
	switch {
	case d < time.Minute:
		return "under a min"
	case d < time.Hour:
		return strconv.Itoa(int(d/time.Minute)) + " min"
	case d < 2*aDay:
		return in(time.Hour, "h")
	}
	return in(aDay, "days")
}

// kinds are gain, pain, dev and ops, and what has none of them.
func (p numbersPainter) kinds(w int) []string {
	const names, digits = 18, 8
	row := func(name, open, closed string) string {
		return p.cut(p.pad(name, names)+blank(digits-len(open))+open+blank(digits-len(closed))+closed, w)
	}
	lines := []string{"", p.strong.of(row("Kind", "open", "closed"))}
	add := func(prefix string, all []model.Tally) {
		for _, t := range all {
			lines = append(lines, row("  "+prefix+t.Name, thousands(t.Open), thousands(t.Closed)))
		}
	}
	add("gain ", p.n.Gain)
	add("pain ", p.n.Pain)
	add("", p.n.Types)
	add("", []model.Tally{p.n.Untagged})
	return lines
}

// resolutions are how tickets were closed; the ways that nobody went are left out.
func (p numbersPainter) resolutions(w int) []string {
	lines := []string{"", p.strong.of(p.cut("Closed as", w))}
	most := 0
	for _, r := range p.n.Resolutions {
		most = max(most, r.Closed)
	}
	for _, r := range p.n.Resolutions {
		if r.Closed > 0 {
			lines = append(lines, p.bar(r.Name, r.Closed, most, w))
		}
	}
	if most == 0 {
		lines = append(lines, p.muted.of(p.cut("  nothing was closed", w)))
	}
	return lines
}

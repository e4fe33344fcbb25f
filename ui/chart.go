package ui

import (
	"strconv"
	"strings"

	"docket/model"
)

// chartRows is how many rows the opened and the closed take each.
const chartRows = 4

// chart draws weeks: what was opened stands on a line, what was closed hangs
// under it, so that shape tells them apart before colour does. The latest weeks
// are drawn when there is no room for all.
func (p numbersPainter) chart(w int) []string {
	weeks := p.n.Weeks
	up, down := 0, 0
	for _, week := range weeks {
		up, down = max(up, week.Opened), max(down, week.Closed)
	}
	most := max(1, up, down)
	digits := len(strconv.Itoa(most)) + 1
	step := max(1, min(4, (w-digits-1)/len(weeks)))
	if room := max(1, (w-digits-1)/step); len(weeks) > room {
		weeks = weeks[len(weeks)-room:]
	}
	title := "Opened " + p.up + " and closed " + p.down + " by week"
	if len(weeks) < len(p.n.Weeks) {
		title += ", the last " + strconv.Itoa(len(weeks)) + " of " + strconv.Itoa(len(p.n.Weeks))
	}
	lines := []string{p.strong.of(p.cut(title, w))}
	scale := func(row, end, n int) string {
		if row < end-1 {
			return blank(digits)
		}
		return blank(digits-1-len(strconv.Itoa(n))) + strconv.Itoa(n) + " "
	}
	above, below := rowsFor(up, most), rowsFor(down, most)
	for row := above - 1; row >= 0; row-- {
		lines = append(lines, p.muted.of(scale(row, above, up))+p.accent.of(p.bars(weeks, step, row, most, p.lower, func(w model.Week) int { return w.Opened })))
	}
	lines = append(lines, p.muted.of(blank(digits-2)+"0 ")+p.faint.of(p.line(step*len(weeks))))
	for row := range below {
		lines = append(lines, p.muted.of(scale(row, below, down))+p.good.of(p.bars(weeks, step, row, most, p.upper, func(w model.Week) int { return w.Closed })))
	}
	return append(lines, p.muted.of(blank(digits)+p.dates(weeks, step)))
}

// halvesFor is how many halves of a cell a number takes beside the most.
// Whatever is not nothing is one at least.
func halvesFor(n, most int) int {
	halves := (n*2*chartRows + most/2) / most
	if n > 0 {
		halves = max(1, halves)
	}
	return halves
}

// rowsFor is how many rows the largest number of one side takes.
func rowsFor(n, most int) int { return (halvesFor(n, most) + 1) / 2 }

// bars is one row of a chart, so many rows away from the line: a cell is full,
// half or empty.
func (p numbersPainter) bars(weeks []model.Week, step, row, most int, half string, of func(model.Week) int) string {
	var b strings.Builder
	for _, week := range weeks {
		halves := halvesFor(of(week), most)
		sign := " "
		switch {
		case halves >= 2*row+2:
			sign = p.block
		case halves == 2*row+1:
			sign = half
		}
		bar := max(1, step-1)
		b.WriteString(strings.Repeat(sign, bar) + blank(step-bar))
	}
	return b.String()
}

// dates names months, or years where there are many, under their first week.
func (p numbersPainter) dates(weeks []model.Week, step int) string {
	const many = 60
	var b strings.Builder
	used, last := 0, ""
	for i, week := range weeks {
		name := week.Start.Format("Jan")
		if len(weeks) > many {
			name = week.Start.Format("2006")
		}
		if name == last {
			continue
		}
		last = name
		if at := i * step; (used == 0 || at > used) && at+len(name) <= step*len(weeks) {
			b.WriteString(blank(at-used) + name)
			used = at + len(name)
		}
	}
	return b.String()
}

package main_test

import (
	"fmt"
	"strings"
	"testing"

	"docket/ui/uitest"
)

// seen is docket on a screen, as a person reads it: cards in columns.
type seen struct {
	*uitest.Terminal
	t *testing.T
}

// card is what the screen shows of a ticket.
type card struct {
	there  bool
	column string // the name over it
	text   string // all its lines
	on     bool   // the keys are about it
}

// heads are the columns' names that a wide board shows.
var heads = []string{"Needs review", "Urgent", "On assignee", "In progress", "On reporter", "On external", "Next meeting", "Closed, 7 days"}

// cardOf reads a ticket's card off a board of several columns. Titles must be
// short, so that they stand on one line.
func cardOf(screen, title string) (c card) {
	rows := grid(screen)
	head := -1
	for y := range rows {
		if strings.Contains(string(rows[y]), heads[0]) && strings.Contains(string(rows[y]), heads[1]) {
			head = y
			break
		}
	}
	if head < 0 {
		return c
	}
	x, y := find(rows[head+1:], title)
	if y < 0 {
		return c
	}
	y += head + 1
	_, width := column(rows[head], x)
	if width == 0 {
		return c
	}
	c.there = true
	c.column, _ = column(rows[head], x)
	c.on = x >= 2 && rows[y][x-2] == '▌'
	for y--; y < len(rows)-1; y++ { // a card's first line, above the title, is its number
		line := strings.TrimRight(cut(rows[y], x, x+width), " ")
		if line == "" {
			break
		}
		c.text += line + "\n"
	}
	return c
}

// column tells which column begins at x, and how wide it is.
func column(row []rune, x int) (name string, width int) {
	width = len(row) - x
	for _, head := range heads {
		at, _ := find([][]rune{row}, head)
		if at == x {
			name = head
		}
		if at > x {
			width = min(width, at-x-2)
		}
	}
	if name == "" {
		return "", 0
	}
	return name, min(width, 24)
}

func grid(screen string) (rows [][]rune) {
	for line := range strings.SplitSeq(screen, "\n") {
		rows = append(rows, []rune(line))
	}
	return rows
}

func find(rows [][]rune, text string) (x, y int) {
	for y, row := range rows {
		if before, _, found := strings.Cut(string(row), text); found {
			return len([]rune(before)), y
		}
	}
	return -1, -1
}

func cut(row []rune, from, to int) string {
	return string(row[min(from, len(row)):min(to, len(row))])
}

// sees waits until a ticket's card is as wanted.
func (s *seen) sees(title string, wanted func(card) bool) {
	s.t.Helper()
	s.WaitUntil(func(screen string) bool { return wanted(cardOf(screen, title)) })
}

// under wants a card in a column, with these texts on it.
func under(head string, texts ...string) func(card) bool {
	return func(c card) bool { return c.there && c.column == head && containsAll(c.text, texts) }
}

// on wants the keys to be about a card.
func on(c card) bool { return c.on }

// gone wants a card not to be on the screen.
func gone(c card) bool { return !c.there }

// unsent wants a card with a change of one's own that has not arrived.
func unsent(c card) bool {
	first, _, _ := strings.Cut(c.text, "\n")
	return c.there && strings.ContainsAny(first, "↻…!")
}

// settled wants a card without one.
func settled(c card) bool { return c.there && !unsent(c) }

func containsAll(text string, parts []string) bool {
	for _, part := range parts {
		if !strings.Contains(text, part) {
			return false
		}
	}
	return true
}

// count reads the number at the right end of a column's head; -1 when the
// column is not on the screen.
func count(screen, head string) (n int) {
	rows := grid(screen)
	x, y := find(rows, head)
	if y < 0 {
		return -1
	}
	_, width := column(rows[y], x)
	words := strings.Fields(cut(rows[y], x+len([]rune(head)), x+width))
	if len(words) == 0 {
		return -1
	}
	if _, err := fmt.Sscan(strings.ReplaceAll(words[len(words)-1], ",", ""), &n); err != nil {
		return -1
	}
	return n
}

// inStep waits until docket has fetched everything that there is.
func (s *seen) inStep() {
	s.WaitFor("in step")
	s.WaitGone("history", ", comments")
}

// quits leaves docket, which must end well.
func (s *seen) quits() {
	s.t.Helper()
	s.Type("q")
	if code := s.Wait(); code != 0 {
		s.t.Fatalf("docket ended with %d", code)
	}
}

// selected is the number of the ticket that the keys are about.
func selected(screen string) string {
	_, behind, _ := strings.Cut(screen, "▌ ")
	words := strings.Fields(behind)
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

package ui

import (
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// width is how many cells text takes on the screen.
func width(s string) int { return ansi.StringWidth(s) }

// cut shortens text to fit, with a sign that something is missing. Who hears has
// no columns that it must fit into: only what nobody would listen to is cut.
func (g glyphs) cut(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if g.words {
		w = max(w, spokenWidth)
	}
	return ansi.Truncate(s, w, g.ellipsis)
}

// Cut is a text in at most so many cells, as the board cuts it.
func Cut(s string, w int, ascii bool) string {
	if ascii {
		return asciiGlyphs.cut(s, w)
	}
	return unicodeGlyphs.cut(s, w)
}

// fitting is the first of some ways to say something that fits, or what there is
// room for of the shortest, the last one.
func (g glyphs) fitting(w int, ways ...string) string {
	for _, way := range ways {
		if width(way) <= w {
			return way
		}
	}
	return g.cut(ways[len(ways)-1], w)
}

var blanks = strings.Repeat(" ", 512)

// blank returns w spaces.
func blank(w int) string {
	if w <= 0 {
		return ""
	}
	if w > len(blanks) {
		return strings.Repeat(" ", w)
	}
	return blanks[:w]
}

// line returns a horizontal rule of w cells.
func (g glyphs) line(w int) string {
	if w <= 0 {
		return ""
	}
	if n := w * len(g.rule); n <= len(g.rules) {
		return g.rules[:n]
	}
	return strings.Repeat(g.rule, w)
}

// pad fills text up to a width; text that is wider is cut.
func (g glyphs) pad(s string, w int) string {
	have := width(s)
	if have > w {
		s = g.cut(s, w)
		have = width(s)
	}
	return s + blank(w-have)
}

// split puts one text at the left and one at the right end of a width. The
// left one gives way.
func (g glyphs) split(left, right string, w int) string {
	rw := width(right)
	if rw >= w {
		return g.pad(right, w)
	}
	if width(left) > w-rw-1 {
		left = g.cut(left, w-rw-1)
	}
	return left + blank(w-rw-width(left)) + right
}

// wrap breaks text into lines of at most w cells; what does not fit into most
// lines is cut with a sign.
func (g glyphs) wrap(s string, w, most int) []string {
	if w <= 0 || most <= 0 {
		return nil
	}
	if width(s) <= w || g.words { // a sentence that is told stays whole
		return []string{s}
	}
	s = ansi.Truncate(s, (most+1)*(w+1), "") // a line takes w cells and a space: this makes too many
	var lines []string
	for line := range strings.SplitSeq(ansi.Wrap(s, w, "-"), "\n") {
		// Where there is little else than places to break at, Wrap breaks at none.
		for width(line) > w && len(lines) < most {
			head := ansi.Truncate(line, w, "")
			if head == "" {
				break
			}
			lines, line = append(lines, strings.TrimRight(head, " ")), ansi.TruncateLeft(line, width(head), "")
		}
		lines = append(lines, strings.TrimRight(ansi.Truncate(line, w, ""), " "))
	}
	if len(lines) <= most {
		return lines
	}
	lines = lines[:most]
	last := lines[most-1]
	if width(last) > w-1 {
		last = ansi.Truncate(last, w-1, "")
	}
	lines[most-1] = strings.TrimRight(last, " ") + g.ellipsis
	return lines
}

const (
	aDay   = 24 * time.Hour
	aWeek  = 7 * aDay
	aMonth = 30 * aDay
	aYear  = 365 * aDay
)

// Age writes how long ago something was, in at most four letters: now 5m 2h 3d
// 5w 4mo 2y.
func Age(d time.Duration) string {
	in := func(unit time.Duration, name string) string { return strconv.Itoa(int(d/unit)) + name }
	switch {
	case d < time.Minute:
		return "now"
	case d < time.Hour:
		return in(time.Minute, "m")
	case d < aDay:
		return in(time.Hour, "h")
	case d < 3*aWeek:
		return in(aDay, "d")
	case d < 2*aMonth:
		return in(aWeek, "w")
	case d < 2*aYear:
		return in(aMonth, "mo")
	}
	return in(aYear, "y")
}

// Ago writes how long ago something was, for a sentence.
func Ago(d time.Duration) string {
	switch {
	case d < 2*time.Second:
		return "just now"
	case d < time.Minute:
		return strconv.Itoa(int(d/time.Second)) + " s ago"
	case d < time.Hour:
		return strconv.Itoa(int(d/time.Minute)) + " min ago"
	case d < 2*aDay:
		return strconv.Itoa(int(d/time.Hour)) + " h ago"
	}
	return strconv.Itoa(int(d/aDay)) + " days ago"
}

// agoCalmly is Ago in whole minutes, for what stays on the screen: a text that
// changes every second draws the eye and sends bytes while nothing happens.
func agoCalmly(d time.Duration) string { return Ago(d.Truncate(time.Minute)) }

// DueDay writes a due date as short as it can be understood: today, a weekday
// within the coming week, or a date.
func DueDay(due, now time.Time) string {
	due, now = due.UTC(), now.UTC()
	days := int(due.Truncate(aDay).Sub(now.Truncate(aDay)) / aDay)
	switch {
	case days == 0:
		return "today"
	case days > 0 && days < 7:
		return due.Format("Mon")
	case days < 0 && days > -100:
		return strconv.Itoa(-days) + "d late"
	}
	return due.Format("2 Jan")
}

// count writes a number with its thing: 1 ticket, 2 tickets.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

// plural picks a word by a number.
func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// thousands writes a number with separators, as people read large ones.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// splitLines returns exactly n lines of text.
func splitLines(s string, n int) []string {
	lines := strings.Split(s, "\n")
	for len(lines) < n {
		lines = append(lines, "")
	}
	return lines[:n]
}

// joinSome lists a few names and how many more there are.
func joinSome(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:most], ", ") + " and " + strconv.Itoa(len(names)-most) + " more"
}

// sentence gives words a capital letter.
func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// first is the first of some lines, if there is any.
func first(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return lines[0]
}

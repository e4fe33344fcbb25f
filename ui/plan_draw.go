package ui

import (
	"slices"

	"docket/keymap"
)

// place is a line of a list whose entries take several.
type place struct{ entry, line int }

func (p place) before(o place) bool {
	return p.entry < o.entry || p.entry == o.entry && p.line < o.line
}

// entries is how many there are to read through: the comment that all get, the
// tickets that change, and why the others do not.
func (d *plan) entries() int { return d.preface() + len(d.Doings) + len(d.reasons) }

// preface is how many entries come before the tickets.
func (d *plan) preface() int {
	if d.begin+d.end == "" {
		return 0
	}
	return 1
}

// entry is the lines of one entry. Nothing of them is left out, for it is done.
func (d *plan) entry(a *App, i, in int) []string {
	th := a.theme
	i -= d.preface()
	switch {
	case i < 0:
		return append(inked(th.text, th.wrap(d.sayRefrain(a), in, unabridged)), "")
	case i < len(d.Doings):
		return d.ticket(a, d.Doings[i], in)
	}
	i -= len(d.Doings)
	lines := d.reason(a, d.reasons[i], in)
	if i == 0 && len(d.Doings) > 0 && !th.words {
		lines = append([]string{""}, lines...)
	}
	return lines
}

// unabridged is how many lines a text may take that must be read as a whole.
const unabridged = 5000

// lines returns the lines from a place on, as many as there is room for, and
// the place after them.
func (d *plan) lines(a *App, from place, in, rows int) (lines []string, next place) {
	for i := from.entry; i < d.entries() && len(lines) < rows; i++ {
		entry := d.entry(a, i, in)
		skip := 0
		if i == from.entry {
			skip = min(from.line, len(entry))
		}
		taken := min(len(entry), skip+rows-len(lines))
		lines = append(lines, entry[skip:taken]...)
		next = place{i, taken}
		if taken == len(entry) {
			next = place{i + 1, 0}
		}
	}
	return lines, next
}

// lowest is the place from which the rest fills the rows.
func (d *plan) lowest(a *App, in, rows int) place {
	for i := d.entries() - 1; i >= 0; i-- {
		n := len(d.entry(a, i, in))
		if rows <= n {
			return place{i, n - rows}
		}
		rows -= n
	}
	return place{}
}

// fitting is how a plan fits a screen.
type fitting struct {
	in     int      // cells of a line
	rows   int      // lines of the entries that are shown at once
	whole  bool     // those are all lines
	beyond []string // what stands below instead of the reasons that are out of sight
}

// fits lays the plan out for a screen of that size. Lines longer than 120 cells
// are hard to read.
func (d *plan) fits(a *App, w, h int) fitting {
	f := fitting{in: min(120, w-6)}
	around := 9 // lines of the dialog that are not the list, and some of the board
	if h < 20 {
		around = 7
	}
	room := max(2, h-around-len(d.head(a, f.in)))
	all, _ := d.lines(a, place{}, f.in, room+1)
	if f.rows = len(all); len(all) <= room {
		f.whole = true
		return f
	}
	f.beyond = d.beyond(a, f.in, room)
	f.rows = max(1, room-len(f.beyond))
	return f
}

// scroll goes down or up by lines, as far as there is something to show.
func (d *plan) scroll(a *App, by int) {
	f := d.fits(a, a.width, a.height)
	for ; by < 0 && d.top != (place{}); by++ {
		if d.top.line == 0 {
			d.top.entry--
			d.top.line = len(d.entry(a, d.top.entry, f.in))
		}
		d.top.line--
	}
	for ; by > 0 && d.top.entry < d.entries(); by-- {
		if d.top.line++; d.top.line >= len(d.entry(a, d.top.entry, f.in)) {
			d.top = place{d.top.entry + 1, 0}
		}
	}
	d.top = d.within(a, d.top, f)
}

// within is a place, or the last one from which there is a screen to show.
func (d *plan) within(a *App, top place, f fitting) place {
	if low := d.lowest(a, f.in, f.rows); low.before(top) {
		return low
	}
	return top
}

// head says what kind of thing is about to happen, and what of it nobody may
// have meant: marks are easily on closed tickets, too.
func (d *plan) head(a *App, in int) []string {
	head := "One action."
	if key := a.key(keymap.Undo); key != "" {
		head = "One action: " + key + " takes it back as a whole."
	}
	switch {
	case !d.ready:
		head = "Looking at " + a.marked() + a.theme.ellipsis
	case d.going:
		head = "Handing over " + count(len(d.Doings), "ticket", "tickets") + a.theme.ellipsis
	case len(d.Doings)+len(d.Skipped) == 0:
		head = "No ticket is marked any more."
	case len(d.Doings) == 0:
		head = "All of the marked tickets are skipped."
	case d.hidden > 0:
		head += " The filter hides " + count(d.hidden, "marked ticket", "marked tickets") + "; they are included."
	}
	lines := inked(a.theme.muted, a.theme.wrap(head, in, 4))
	if n := d.reopened; n > 0 && d.what != reopens && !d.going {
		lines = append(lines, a.theme.warn.of(a.theme.cut(thousands(n)+" of them "+plural(n, "is", "are")+" reopened.", in)))
	}
	return lines
}

// beyond tells in short why tickets are skipped, while the end of the list that
// says which is out of sight.
func (d *plan) beyond(a *App, in, room int) (lines []string) {
	for _, r := range d.reasons[:min(len(d.reasons), room/4)] {
		lines = append(lines, a.theme.wrap(sayReason(r), in, 3)...)
	}
	if n := len(d.reasons); n > room/4 || len(lines) > max(1, room/4) {
		what := count(len(d.Skipped), "ticket", "tickets") + " skipped"
		return a.theme.wrap(what+": "+a.key(keymap.Last)+" tells why", in, 1)
	}
	return lines
}

func (d *plan) draw(a *App, w, h int) drawing {
	f := d.fits(a, w, h)
	lines := append(d.head(a, f.in), "")
	if d.ready && !d.going {
		shown, next := d.lines(a, d.within(a, d.top, f), f.in, f.rows)
		lines = append(append(lines, shown...), d.below(a, next, f)...)
	}
	lines = append(lines, a.hints(scopesOf[keymap.Plan], f.in))
	return drawing{lines: a.theme.boxed(d.title(a, f.in-2), lines, f.in), hints: len(lines)}
}

// title is what is done to how many tickets. The numbers are never cut.
func (d *plan) title(a *App, room int) string {
	numbers := ""
	switch {
	case !d.ready:
	case len(d.Doings) == 0:
		numbers = ": nothing to do"
	default:
		numbers = ": " + count(len(d.Doings), "ticket", "tickets")
		if n := len(d.Skipped); n > 0 {
			numbers += ", " + thousands(n) + " skipped"
		}
	}
	if a.theme.words {
		return d.what + numbers
	}
	return a.theme.cut(d.what, room-width(numbers)) + numbers
}

// below is what stands below the list: how much of it is out of sight.
func (d *plan) below(a *App, next place, f fitting) []string {
	beyond, more := slices.Clone(f.beyond), ""
	switch left := len(d.Doings) - max(0, next.entry-d.preface()); {
	case f.whole:
	case left > 0:
		more = a.theme.down + " " + count(left, "more ticket", "more tickets")
	default: // the reasons are in sight
		clear(beyond)
		if next.entry < d.entries() {
			more = a.theme.down + " more"
		}
	}
	return append(inked(a.theme.warn, beyond), a.theme.muted.of(more))
}

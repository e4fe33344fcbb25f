package ui

import (
	"strings"

	"charm.land/lipgloss/v2"

	"docket/model"
)

// ink writes text in one style. Made once per theme, so that drawing a card
// costs no more than copying strings.
type ink struct {
	on, off string
	orders  bool // text from right to left is put into the order of the screen: see visual
}

func newInk(s lipgloss.Style) ink {
	on, off, _ := strings.Cut(s.Render("\x00"), "\x00")
	return ink{on: on, off: off}
}

// of returns text in the ink: a piece of a line, after it was cut to size.
func (k ink) of(text string) string {
	if k.orders {
		text = visual(text)
	}
	return k.on + text + k.off
}

// theme is the one place that decides looks.
type theme struct {
	dark bool // the terminal's background, as far as is known
	glyphs
	prose                                 prose
	text, strong, muted, faint            ink
	accent, gain, pain, good, warn, alarm ink
	title, key, chosen                    ink
}

// outfit is what a theme is made of: the person's choice, the terminal's
// background, whether it can show only ASCII, and whether text has to be put
// into the order of the screen.
type outfit struct {
	theme               Theme
	dark, ascii, orders bool
	words               bool // it is told, not shown
}

// newTheme returns the looks that an outfit has.
func newTheme(o outfit) *theme {
	t := o.theme.tokens(o.dark)
	bare := lipgloss.NewStyle()
	with := func(s lipgloss.Style) ink { k := newInk(s); k.orders = o.orders; return k }
	in := func(colour string, s lipgloss.Style) ink {
		if colour != "" {
			s = s.Foreground(lipgloss.Color(colour))
		}
		return with(s)
	}
	th := &theme{
		dark: o.dark, glyphs: unicodeGlyphs, prose: t.prose(o.ascii),
		text: in(t.Text, bare), strong: in(t.Text, bare.Bold(true)), muted: in(t.Muted, bare), faint: in(t.Faint, bare),
		accent: in(t.Accent, bare), gain: in(t.Gain, bare), pain: in(t.Pain, bare),
		good: in(t.Good, bare), warn: in(t.Warn, bare), alarm: in(t.Alarm, bare),
		title: in(t.Accent, bare.Bold(true)), key: in(t.Text, bare.Bold(true)), chosen: in(t.Text, bare.Reverse(true)),
	}
	if t == (tokens{}) { // weights say what colours would
		th.faint, th.title = with(bare.Faint(true)), with(bare.Bold(true).Underline(true))
		th.accent, th.warn, th.alarm = with(bare.Bold(true)), with(bare.Bold(true)), with(bare.Bold(true).Underline(true))
	}
	if o.ascii {
		th.glyphs = asciiGlyphs
	}
	if o.words {
		th.glyphs, th.prose.words = spokenGlyphs, true
		th.chosen = ink{on: chosenMark}
	}
	th.rules = strings.Repeat(th.rule, len(blanks))
	return th
}

// glyphs are the signs of the board: shape comes before colour.
type glyphs struct {
	full, empty                                    string // one third of a level
	bar, rule, dot, up, down, left, right          string
	pending, saving, stuck, answered, stale, due   string
	comments, done, initiative, declined, ellipsis string
	here                                           string    // points at what is below
	mark, marked                                   string    // at the head of a marked card, and along it
	now, part                                      string    // at what holds at present, and at what does for some
	words                                          bool      // signs are words, or nothing
	corners                                        [4]string // top left, top right, bottom left, bottom right
	side, top                                      string
	shades                                         [model.AgeBands]string // by age, the youngest first
	block, upper, lower                            string                 // a cell of a chart, and its halves
	rules                                          string                 // the rule many times over, to cut rules from
}

var unicodeGlyphs = glyphs{
	full: "▰", empty: "▱", bar: "▌", rule: "─", dot: "·", up: "↑", down: "↓", left: "‹", right: "›",
	pending: "↻", saving: "…", stuck: "!", answered: "↩", stale: "○", due: "◷",
	comments: "✎", done: "✓", initiative: "⇢", declined: "✗", ellipsis: "…", here: "▾", now: "✓", part: "◐", mark: "●", marked: "│",
	corners: [4]string{"╭", "╮", "╰", "╯"}, side: "│", top: "─",
	shades: [model.AgeBands]string{"·", "░", "▒", "▓", "█"}, block: "█", upper: "▀", lower: "▄",
}

var asciiGlyphs = glyphs{
	full: "#", empty: ".", bar: "|", rule: "-", dot: "-", up: "^", down: "v", left: "<", right: ">",
	pending: "~", saving: ",", stuck: "!", answered: "<-", stale: "o", due: "by",
	comments: "c", done: "+", initiative: "=>", declined: "x", ellipsis: "~", here: "v", now: "+", part: "~", mark: "*", marked: "*",
	corners: [4]string{"+", "+", "+", "+"}, side: "|", top: "-",
	shades: [model.AgeBands]string{".", ":", "=", "%", "#"}, block: "#", upper: "'", lower: ".",
}

// spokenGlyphs are words for a board that is told, and nothing where a sign only
// pleases the eye.
var spokenGlyphs = glyphs{
	bar: chosenMark, dot: ",", left: "  now  ", pending: "on its way", saving: "not on disk yet", stuck: "parked", due: "due",
	comments: "comments ", ellipsis: "...", now: "now", part: "on some", words: true,
}

package ui

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"

	"docket/model"
)

// tokens are all colours of the program. Everything else is the terminal's own
// foreground, so that the board sits well in any scheme.
type tokens struct {
	muted, faint, accent, gain, pain, good, warn, alarm color.Color
}

var (
	darkTokens = tokens{
		muted: lipgloss.Color("#929aa6"), faint: lipgloss.Color("#565e6b"), accent: lipgloss.Color("#7aa2f7"),
		gain: lipgloss.Color("#62bfa1"), pain: lipgloss.Color("#e39a5f"), good: lipgloss.Color("#9ac57c"),
		warn: lipgloss.Color("#e3c078"), alarm: lipgloss.Color("#f27983"),
	}
	lightTokens = tokens{
		muted: lipgloss.Color("#59616d"), faint: lipgloss.Color("#a3abb6"), accent: lipgloss.Color("#2a59c8"),
		gain: lipgloss.Color("#13735a"), pain: lipgloss.Color("#a84d14"), good: lipgloss.Color("#3a7620"),
		warn: lipgloss.Color("#8a5d00"), alarm: lipgloss.Color("#b8212b"),
	}
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
	dark bool
	glyphs
	text, strong, muted, faint            ink
	accent, gain, pain, good, warn, alarm ink
	title, key, chosen                    ink
}

// newTheme returns a person's looks for a dark or a light terminal, with signs that it
// can show, and with text in the order of the screen where the terminal leaves
// that to us.
func newTheme(own Theme, dark, ascii, orders bool) *theme {
	dark = own.isDark(dark)
	t := own.over(lightTokens)
	if dark {
		t = own.over(darkTokens)
	}
	plain := lipgloss.NewStyle()
	with := func(s lipgloss.Style) ink { k := newInk(s); k.orders = orders; return k }
	in := func(c color.Color) ink { return with(plain.Foreground(c)) }
	th := &theme{
		dark: dark, glyphs: unicodeGlyphs,
		text: ink{orders: orders}, strong: with(plain.Bold(true)), muted: in(t.muted), faint: in(t.faint),
		accent: in(t.accent), gain: in(t.gain), pain: in(t.pain), good: in(t.good), warn: in(t.warn), alarm: in(t.alarm),
		title:  with(plain.Bold(true).Foreground(t.accent)),
		key:    with(plain.Bold(true)),
		chosen: with(plain.Reverse(true)),
	}
	if ascii {
		th.glyphs = asciiGlyphs
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
	corners                                        [4]string // top left, top right, bottom left, bottom right
	side, top                                      string
	shades                                         [model.AgeBands]string // by age, the youngest first
	block, upper, lower                            string                 // a cell of a chart, and its halves
	rules                                          string                 // the rule many times over, to cut rules from
}

var unicodeGlyphs = glyphs{
	full: "▰", empty: "▱", bar: "▌", rule: "─", dot: "·", up: "↑", down: "↓", left: "‹", right: "›",
	pending: "↻", saving: "…", stuck: "!", answered: "↩", stale: "○", due: "◷",
	comments: "✎", done: "✓", initiative: "⇢", declined: "✗", ellipsis: "…", here: "▾", mark: "●", marked: "│",
	corners: [4]string{"╭", "╮", "╰", "╯"}, side: "│", top: "─",
	shades: [model.AgeBands]string{"·", "░", "▒", "▓", "█"}, block: "█", upper: "▀", lower: "▄",
}

var asciiGlyphs = glyphs{
	full: "#", empty: ".", bar: "|", rule: "-", dot: "-", up: "^", down: "v", left: "<", right: ">",
	pending: "~", saving: ",", stuck: "!", answered: "<-", stale: "o", due: "by",
	comments: "c", done: "+", initiative: "=>", declined: "x", ellipsis: "~", here: "v", mark: "*", marked: "*",
	corners: [4]string{"+", "+", "+", "+"}, side: "|", top: "-",
	shades: [model.AgeBands]string{".", ":", "=", "%", "#"}, block: "#", upper: "'", lower: ".",
}

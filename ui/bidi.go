package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/bidi"
)

// Some terminals (VTE's, mintty, mlterm, Konsole) put right-to-left text into
// the order in which it is read, a whole row at once: a row knows nothing of
// columns, so Hebrew in two neighbouring cards swaps them. ECMA-48 has a mode for
// programs that order text by themselves; the terminals that can be told (VTE,
// mintty) then leave every character in its cell. So the board switches it on
// while it has the screen, and orders text itself, each piece within its own
// cells, where the terminal says that it knows the mode. Where it doesn't say,
// text stays in its logical order: nearly all of them either order it or leave
// it, and ordering it twice would be wrong on the first and nothing that other
// programs do on the second.
//
// See https://terminal-wg.pages.freedesktop.org/bidi/

// takeOrder tells the terminal to leave characters in their cells, and asks
// whether it knows how to; but not over SSH, and not Apple's: where nobody
// answers, what asks may be drawn.
func (a *App) takeOrder() tea.Cmd {
	ask := ansi.RequestModeBiDirectionalSupport
	switch {
	case a.ordering:
		return tea.Sequence(tea.Raw(ansi.ResetModeBiDirectionalSupport), tea.ClearScreen)
	case a.getenv("SSH_CONNECTION") != "", a.getenv("SSH_TTY") != "", a.getenv("TERM_PROGRAM") == "Apple_Terminal":
		ask = ""
	}
	return tea.Raw(ansi.ResetModeBiDirectionalSupport + ask)
}

// leaveOrder lets the terminal order text while another program has it.
func (a *App) leaveOrder(other tea.Cmd) tea.Cmd {
	return tea.Sequence(tea.Raw(ansi.SetModeBiDirectionalSupport), other, a.takeOrder())
}

// hearOrder hears whether the terminal leaves characters in their cells. It does
// so in rows that it draws anew.
func (a *App) hearOrder(msg tea.ModeReportMsg) tea.Cmd {
	if msg.Mode != ansi.ModeBiDirectionalSupport || !msg.Value.IsReset() || a.ordering {
		return nil
	}
	a.ordering = true
	a.dress(a.dark)
	return tea.Batch(tea.ClearScreen, a.renderPane())
}

// visual puts a line of text into the order in which it stands on the screen,
// from left to right. Looks and links stay with their characters, and the line
// keeps its width.
func visual(line string) string {
	if !rightToLeft(line) {
		return line
	}
	var letters []rune
	var cells []cell
	open := looks{}
	for rest, state := line, byte(0); rest != ""; {
		seq, w, n, next := ansi.DecodeSequence(rest, state, nil)
		rest, state = rest[n:], next
		if w == 0 && seq[0] == '\x1b' {
			open = open.with(seq)
			continue
		}
		cells = append(cells, cell{text: seq, looks: open, at: len(letters)})
		letters = append(letters, []rune(seq)...)
	}
	levels := levelsOf(letters)
	if len(levels) != len(letters) {
		return line
	}
	for i := range cells {
		cells[i].level = levels[cells[i].at]
	}
	return lay(reorder(cells))
}

// rightToLeft reports whether a text has letters that are read from right to
// left. The bytes of those in use begin so.
func rightToLeft(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c < 0xd6:
		case c <= 0xdf, c == 0xe0, c == 0xef, c == 0xf0:
			return strings.ContainsFunc(text[i:], func(r rune) bool {
				c := class(r)
				return c == bidi.R || c == bidi.AL || c == bidi.AN
			})
		}
	}
	return false
}

// levelsOf returns how deep each letter is nested in text of the other
// direction: even ones are read from left to right. A line has the direction of
// its first letter.
//
// Package bidi tells only the directions. Between right-to-left letters in a
// left-to-right line, what is even may be a number, which belongs to them, or
// the line itself.
func levelsOf(letters []rune) []int {
	var p bidi.Paragraph
	if _, err := p.SetString(string(letters)); err != nil {
		return nil
	}
	order, err := p.Order()
	if err != nil {
		return nil
	}
	var levels []int
	base := 0
	for _, r := range letters {
		if c := class(r); c == bidi.L {
			break
		} else if c == bidi.R || c == bidi.AL {
			base = 1
			break
		}
	}
	for i := range order.NumRuns() {
		run := order.Run(i)
		number := i > 0
		for _, r := range run.String() {
			c := class(r)
			number = number && (c == bidi.EN || c == bidi.AN || c == bidi.CS || c == bidi.ES || c == bidi.ET || c == bidi.NSM)
			switch {
			case run.Direction() == bidi.RightToLeft:
				levels = append(levels, 1)
			case base == 1 || number || c == bidi.AN:
				levels = append(levels, 2)
			default:
				levels = append(levels, 0)
			}
		}
	}
	return levels
}

func class(r rune) bidi.Class {
	p, _ := bidi.LookupRune(r)
	return p.Class()
}

// cell is a grapheme with its looks.
type cell struct {
	text  string
	looks looks
	at    int // in letters
	level int
}

// reorder reverses what is nested, the deepest first, and turns brackets around
// that are read from right to left.
func reorder(cells []cell) []cell {
	for level := 2; level > 0; level-- {
		for from := 0; from < len(cells); from++ {
			to := from
			for to < len(cells) && cells[to].level >= level {
				to++
			}
			slices.Reverse(cells[from:to])
			from = max(from, to)
		}
	}
	for i, c := range cells {
		if c.level == 1 && len(c.text) <= 3 {
			cells[i].text = bidi.ReverseString(c.text)
		}
	}
	return cells
}

// looks are the sequences that give a character its looks and its link.
type looks struct{ style, link string }

func (l looks) with(seq string) looks {
	switch {
	case seq == ansi.ResetStyle || seq == "\x1b[0m":
		l.style = ""
	case seq == ansi.ResetHyperlink():
		l.link = ""
	case strings.HasPrefix(seq, "\x1b]8;"):
		l.link = seq
	default:
		l.style += seq
	}
	return l
}

// lay writes cells with their looks.
func lay(cells []cell) string {
	var b strings.Builder
	now := looks{}
	wear := func(l looks) {
		if now.link != "" && l.link != now.link {
			b.WriteString(ansi.ResetHyperlink())
			now.link = ""
		}
		if now.style != "" && l.style != now.style {
			b.WriteString(ansi.ResetStyle)
			now.style = ""
		}
		if l.style != now.style {
			b.WriteString(l.style)
		}
		if l.link != now.link {
			b.WriteString(l.link)
		}
		now = l
	}
	for _, c := range cells {
		wear(c.looks)
		b.WriteString(c.text)
	}
	wear(looks{})
	return b.String()
}

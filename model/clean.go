package model

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// plain reports whether text needs no cleaning: printable ASCII, which most
// tickets are, so that most text is kept once and costs no allocation.
func plain(s string, many bool) bool {
	for i := range len(s) {
		c := s[i]
		if c == '\n' && many {
			continue
		}
		if c < ' ' || c >= 0x7f {
			return false
		}
		if !many && c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			return false
		}
	}
	return true
}

// How many combining marks one character keeps. Written languages need up to
// three that stand above or below it (pointed Hebrew) and four that stand beside
// it (Burmese); dozens only serve to paint over the neighbours.
const (
	stackedAtMost = 3
	besideAtMost  = 4
)

// clean makes foreign text harmless and measurable:
//
//   - control and escape characters go, so nothing moves the cursor or changes
//     a colour, a title or the clipboard;
//   - bidirectional overrides and zero-width characters go, so nothing reorders
//     or hides text;
//   - sequences whose width terminals disagree about are reduced to parts whose
//     width they agree on: variation selectors, joiners, skin tones and keycaps
//     go, flags become their two letters, Thai and Lao am their two parts, Old
//     Korean letters that Unicode has no syllable for are replaced;
//   - marks without end go, and those that stand beside a character go unless it
//     is a letter of a script without capitals, as all are that have such marks:
//     behind anything else their width is anybody's guess;
//   - the rest is put into Unicode's composed form (NFC).
//
// What remains in dispute are the vowel signs and conjuncts of Indic scripts,
// which can't be taken apart without making the words wrong. Cleaning what is
// clean changes nothing.
func clean(s string, many bool) string {
	s = norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD"))
	var b strings.Builder
	b.Grow(len(s))
	stacked, beside := stackedAtMost, besideAtMost // a mark before any character has nothing to sit on
	put := func(r rune) {
		switch {
		case unicode.Is(unicode.Mn, r):
			if stacked++; stacked > stackedAtMost {
				return
			}
		case unicode.Is(unicode.Mc, r):
			if beside++; beside > besideAtMost {
				return
			}
		case r == ' ' || r == '\n':
			stacked, beside = stackedAtMost, besideAtMost
		case unicode.Is(unicode.Lo, r):
			stacked, beside = 0, 0
		default:
			stacked, beside = 0, besideAtMost
		}
		b.WriteRune(r)
	}
	for i, r := range s {
		switch r = tame(r); {
		case r == dropped:
		case r == '\r' && many && i+1 < len(s) && s[i+1] == '\n': // one line end, not two
		case r == '\r' || r == '\n':
			put(lineEnd(many))
		case r == '\t' && many:
			b.WriteString("   ")
			put(' ')
		case r == '\t':
			put(' ')
		case r == 0xe33 || r == 0xeb3: // am is a mark and a letter
			put(r + 0x1a)
			put(r - 1)
		default:
			put(r)
		}
	}
	// What went may have kept a letter and its mark apart.
	return norm.NFC.String(b.String())
}

func lineEnd(many bool) rune {
	if many {
		return '\n'
	}
	return ' '
}

const dropped rune = -1

// tame returns the character to show in place of r, or dropped.
func tame(r rune) rune {
	switch {
	case r >= ' ' && r < 0x7f, r == '\n', r == '\r', r == '\t':
		return r
	case r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
		return '\n'
	case blank(r):
		return ' '
	case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Me, r), invisible(r):
		return dropped
	case r >= 0x1f3fb && r <= 0x1f3ff: // skin tones
		return dropped
	case r >= 0x1d165 && r <= 0x1d172: // stems and flags that hang on musical notes
		return dropped
	case r >= 0x1f1e6 && r <= 0x1f1ff: // flags are pairs of these letters
		return 'A' + (r - 0x1f1e6)
	case r == 0x2e3a, r == 0x2e3b: // dashes two and three characters wide
		return '—'
	case r == 0xff9e, r == 0xff9f: // half-width sound marks: the full-width ones never join
		return 0x309b + (r - 0xff9e)
	case overwide(r), joining(r), !unicode.IsGraphic(r):
		return utf8.RuneError
	}
	return r
}

// blank reports the characters that look like a space.
func blank(r rune) bool {
	switch r {
	case 0x2800, 0x115f, 0x1160, 0x3164, 0xffa0: // the braille blank and the Hangul fillers
		return true
	}
	return unicode.Is(unicode.Zs, r)
}

// invisible reports the characters beyond Unicode's format class that have no
// look of their own. Most are selectors that ask for another look of the
// character before them, and with it, in some terminals, another width.
func invisible(r rune) bool {
	switch {
	case r >= 0xfe00 && r <= 0xfe0f, r >= 0xe0100 && r <= 0xe01ef, r >= 0x180b && r <= 0x180f:
		return true
	}
	return r == 0x34f || r == 0x17b4 || r == 0x17b5 // grapheme joiner, Khmer inherent vowels
}

// overwide reports characters that fonts draw far beyond their cells.
func overwide(r rune) bool {
	return r == 0xfdfd || r >= 0x12000 && r <= 0x1254f
}

// joining reports letters that some terminals draw into a neighbour's cells and
// others beside it: parts of Hangul syllables that did not compose, and the
// letters of six scripts that precede what they modify.
func joining(r rune) bool {
	switch {
	case r >= 0x1100 && r <= 0x11ff, r >= 0xa960 && r <= 0xa97f, r >= 0xd7b0 && r <= 0xd7ff:
		return true
	case r >= 0x11a84 && r <= 0x11a89:
		return true
	}
	switch r {
	case 0xd4e, 0x111c2, 0x111c3, 0x1193f, 0x11941, 0x11d46, 0x11f02:
		return true
	}
	return false
}

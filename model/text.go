package model

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Line is foreign text made safe to show on one line: a title, a name, a label.
// Only NewLine makes one, so text that was cleaned can't be confused with text
// that was not. The zero value is empty.
//
// Lines compare with ==, and two lines are equal only when the forge sent the
// same bytes.
type Line struct{ raw, clean string }

// Prose is foreign text of many lines made safe to show: a ticket's body, a
// comment. Line breaks and indentation are kept, for Markdown needs them.
type Prose struct{ raw, clean string }

// NewLine cleans text for one line: see clean for the rules. White space of any
// kind becomes single spaces and is trimmed.
func NewLine(raw string) Line {
	if plain(raw, false) {
		return Line{raw, raw}
	}
	return Line{raw, strings.Join(strings.Fields(clean(raw, false)), " ")}
}

// NewProse cleans text of many lines: see clean for the rules. Tabs become four
// spaces and every kind of line end becomes "\n".
func NewProse(raw string) Prose {
	if plain(raw, true) {
		return Prose{raw, raw}
	}
	return Prose{raw, clean(raw, true)}
}

// String returns the cleaned text: the only form that may reach a terminal.
func (l Line) String() string { return l.clean }

// Raw returns the text as the forge sent it, for the forge and for files.
func (l Line) Raw() string { return l.raw }

// Empty reports whether nothing is left to show.
func (l Line) Empty() bool { return l.clean == "" }

// MarshalJSON writes the text as the forge sent it: files stay faithful.
func (l Line) MarshalJSON() ([]byte, error) { return json.Marshal(l.raw) }

// UnmarshalJSON reads and cleans.
func (l *Line) UnmarshalJSON(b []byte) error {
	var raw string
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	*l = NewLine(raw)
	return nil
}

// String returns the cleaned text: the only form that may reach a terminal.
func (p Prose) String() string { return p.clean }

// Raw returns the text as the forge sent it, for the forge and for files.
func (p Prose) Raw() string { return p.raw }

// Empty reports whether there is nothing but white space to show.
func (p Prose) Empty() bool { return strings.TrimSpace(p.clean) == "" }

// plain reports whether text needs no cleaning: printable ASCII, which most
// tickets are, so that most text is kept once and costs no allocation.
func plain(s string, many bool) bool {
	for i := 0; i < len(s); i++ {
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

// marksAtMost is how many combining marks one character keeps. Written
// languages need up to three (pointed Hebrew); stacks of dozens only serve to
// paint over neighbouring rows.
const marksAtMost = 3

// clean makes foreign text harmless and measurable:
//
//   - control and escape characters go, so nothing moves the cursor or changes
//     a colour, a title or the clipboard;
//   - bidirectional overrides and zero-width characters go, so nothing reorders
//     or hides text;
//   - sequences whose width terminals disagree about are reduced to parts whose
//     width they agree on: variation selectors, joiners, skin tones and keycaps
//     go, flags become their two letters;
//   - the rest is put into Unicode's composed form (NFC).
func clean(s string, many bool) string {
	s = norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD"))
	var b strings.Builder
	b.Grow(len(s))
	marks := marksAtMost // a mark before any character has nothing to sit on
	for i, r := range s {
		if stacks(r) {
			if marks < marksAtMost {
				marks++
				b.WriteRune(r)
			}
			continue
		}
		switch r = tame(r); {
		case r == dropped:
			continue
		case r == '\n' && !many:
			r = ' '
		case r == '\r':
			if many && (i+1 >= len(s) || s[i+1] != '\n') {
				b.WriteByte('\n')
			} else if !many {
				b.WriteByte(' ')
			}
			marks = marksAtMost
			continue
		case r == '\t' && many:
			b.WriteString("    ")
			marks = marksAtMost
			continue
		}
		marks = 0
		if r == ' ' || r == '\n' {
			marks = marksAtMost
		}
		b.WriteRune(r)
	}
	return b.String()
}

// stacks reports whether r is drawn onto the character before it.
func stacks(r rune) bool {
	if r < 0x300 {
		return false
	}
	if r >= 0x1160 && r <= 0x11ff || r >= 0xd7b0 && r <= 0xd7ff {
		return true // Hangul vowels and finals that did not compose
	}
	return unicode.Is(unicode.Mn, r) && !variation(r)
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
	case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Me, r), variation(r):
		return dropped
	case r >= 0x1f3fb && r <= 0x1f3ff: // skin tones
		return dropped
	case r >= 0x1f1e6 && r <= 0x1f1ff: // flags are pairs of these letters
		return 'A' + (r - 0x1f1e6)
	case r == 0x2e3a, r == 0x2e3b: // dashes two and three characters wide
		return '—'
	case overwide(r), !unicode.IsGraphic(r):
		return utf8.RuneError
	}
	return r
}

// blank reports the characters that look like a space.
func blank(r rune) bool {
	switch r {
	case 0x2800, 0x115f, 0x3164, 0xffa0:
		return true
	}
	return unicode.Is(unicode.Zs, r)
}

// variation reports the selectors that ask for another look of the character
// before them, and with it, in some terminals, another width.
func variation(r rune) bool {
	return r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0100 && r <= 0xe01ef || r >= 0x180b && r <= 0x180f || r == 0x34f
}

// overwide reports characters that fonts draw far beyond their cells.
func overwide(r rune) bool {
	return r == 0xfdfd || r >= 0x12000 && r <= 0x1254f
}

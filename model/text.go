package model

import (
	"encoding/json"
	"strings"
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

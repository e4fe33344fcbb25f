package ui

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"docket/keymap"
)

// Theme is how a person wants the board to look. The zero Theme is auto.
type Theme struct {
	Name   string            // one of Themes; empty is auto
	Tokens map[string]string // colours of the person's own by the names that ParseTheme knows, over those of the theme
}

// ThemeProblem is one mistake in a theme, told so that it can be mended without
// looking anything up.
type ThemeProblem struct {
	Token string // whose colour is wrong, as it was written; empty: the theme's name
	What  string
	Hint  string
}

// Error says everything in one line.
func (p *ThemeProblem) Error() string { return p.What + "; " + p.Hint }

// ParseTheme returns the theme of a name, with colours of one's own. A colour
// is #rrggbb, #rgb, a number of the terminal's palette from 0 to 255, or "none"
// for the terminal's own text colour. The tokens are text, muted, faint,
// accent, gain, pain, good, warn and alarm. The error joins a *ThemeProblem for
// each mistake, first the name's and then the tokens' in alphabetical order.
func ParseTheme(name string, own map[string]string) (Theme, error) {
	theme := Theme{Name: strings.ToLower(strings.TrimSpace(name))}
	var wrong []error
	if theme.Name != "" && theme.palettes() == nil {
		p := &ThemeProblem{What: fmt.Sprintf("there is no theme %q", name), Hint: "the themes are " + joinAnd(ThemeNames())}
		if meant := keymap.Nearest(name, ThemeNames()); meant != "" {
			p.Hint = fmt.Sprintf("did you mean %s? %s", meant, p.Hint)
		}
		wrong = append(wrong, p)
	}
	for _, token := range slices.Sorted(maps.Keys(own)) {
		_, known := readColour(own[token])
		switch place := (&tokens{}).named(token); {
		case place == nil:
			p := &ThemeProblem{Token: token, What: fmt.Sprintf("a theme has no colour %q", token), Hint: "it has " + joinAnd(TokenNames)}
			if meant := keymap.Nearest(token, TokenNames); meant != "" {
				p.Hint = fmt.Sprintf("did you mean %s? %s", meant, p.Hint)
			}
			wrong = append(wrong, p)
		case !known:
			wrong = append(wrong, &ThemeProblem{Token: token, What: fmt.Sprintf("%s: %q is no colour", token, own[token]),
				Hint: "write #rrggbb, a number of the terminal's palette from 0 to 255, or none"})
		default:
			if theme.Tokens == nil {
				theme.Tokens = map[string]string{}
			}
			theme.Tokens[token] = own[token]
		}
	}
	return theme, errors.Join(wrong...)
}

// readColour returns a colour as lipgloss takes it; empty for none.
func readColour(written string) (colour string, ok bool) {
	c := strings.ToLower(strings.TrimSpace(written))
	if c == "none" {
		return "", true
	}
	if n, err := strconv.Atoi(c); err == nil {
		return strconv.Itoa(n), n >= 0 && n <= 255
	}
	hex, ok := strings.CutPrefix(c, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	_, err := strconv.ParseUint(hex, 16, 32)
	return "#" + hex, ok && err == nil && len(hex) == 6
}

// tokens are all colours of a theme, as lipgloss takes them; empty is the
// terminal's own text colour. Nothing paints the background: it is the
// terminal's, so that the board sits well in any scheme.
type tokens struct {
	Text, Muted string // what is read
	Faint       string // rules and borders, which need not be read
	Accent      string // where the keys are, and links
	Gain, Pain  string
	Good, Warn  string
	Alarm       string
}

// TokenNames are the colours that a person can choose.
var TokenNames = []string{"text", "muted", "faint", "accent", "gain", "pain", "good", "warn", "alarm"}

// named returns the place of a token, or nil.
func (t *tokens) named(name string) *string {
	return map[string]*string{
		"text": &t.Text, "muted": &t.Muted, "faint": &t.Faint, "accent": &t.Accent,
		"gain": &t.Gain, "pain": &t.Pain, "good": &t.Good, "warn": &t.Warn, "alarm": &t.Alarm,
	}[name]
}

// palettes are a theme's colours for a light and for a dark background; nil
// for a name that no theme has.
func (t Theme) palettes() *palettes {
	for i := range Themes {
		if Themes[i].Name == t.Name || t.Name == "" && i == 0 {
			return &Themes[i].palettes
		}
	}
	return nil
}

// tokens returns the colours on a background. What ParseTheme would refuse is
// passed over.
func (t Theme) tokens(dark bool) tokens {
	p := t.palettes()
	if p == nil {
		p = &Themes[0].palettes
	}
	colours := p.light
	if dark {
		colours = p.dark
	}
	for name, written := range t.Tokens {
		place := colours.named(name)
		if colour, ok := readColour(written); ok && place != nil {
			*place = colour
		}
	}
	return colours
}

// joinAnd lists names in a sentence.
func joinAnd(names []string) string {
	n := len(names) - 1
	return strings.Join(names[:n], ", ") + " and " + names[n]
}

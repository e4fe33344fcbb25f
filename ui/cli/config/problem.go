package config

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"docket/keymap"
	"docket/model"
)

// A Problem is one mistake in the file, told so that it can be mended without
// looking anything up.
type Problem struct {
	Line int    // of the file, from 1
	What string // what is wrong
	Hint string // what to do about it; may be empty
}

// Error says everything in one line.
func (p Problem) Error() string {
	text := fmt.Sprintf("line %d: %s", p.Line, p.What)
	if p.Hint != "" {
		text += "; " + p.Hint
	}
	return text
}

// Problems are all mistakes of a file, at least one, by line.
type Problems []Problem

// Error tells the first mistake in one line, and how many more there are.
func (p Problems) Error() string {
	text := p[0].Error()
	if n := len(p) - 1; n > 0 {
		text += fmt.Sprintf(" (and %d more)", n)
	}
	return text
}

// add notes a mistake; one line has each only once.
func (p *Problems) add(line int, what, hint string) {
	found := Problem{max(1, line), what, hint}
	if !slices.Contains(*p, found) {
		*p = append(*p, found)
	}
}

// sorted returns the mistakes by line as an error, nil when there are none.
func (p Problems) sorted() error {
	if len(p) == 0 {
		return nil
	}
	slices.SortStableFunc(p, func(a, b Problem) int { return a.Line - b.Line })
	return p
}

// token matches what may be an access token: forges make forty hexadecimal
// digits.
var token = regexp.MustCompile(`(?i)[0-9a-f]{40}`)

// loginHint tells where a token belongs.
const loginHint = "take it out, make a new one if others could read it, and give it to docket login, which keeps it safe"

// quote makes a text of the file fit for a message.
func quote(s string) string {
	const enough = 60
	s = token.ReplaceAllString(model.NewLine(s).String(), "…")
	if r := []rune(s); len(r) > enough {
		s = string(r[:enough]) + "…"
	}
	return strconv.Quote(s)
}

// meant guesses which of some words a misspelt one was; else it lists them.
func meant(word string, of []string) string {
	if near := keymap.Nearest(word, of); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "there are " + list(of)
}

// list writes words for people.
func list(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = strconv.Quote(w)
	}
	if n := len(quoted); n > 1 {
		return strings.Join(quoted[:n-1], ", ") + " and " + quoted[n-1]
	}
	return strings.Join(quoted, "")
}

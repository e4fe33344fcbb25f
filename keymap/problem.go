package keymap

import (
	"fmt"
	"slices"
	"strings"
)

// A Kind says what sort of mistake a [Problem] is.
type Kind int

// The kinds of mistakes in a person's own keys.
const (
	UnknownAction Kind = iota + 1 // no action has this name
	UnknownKey                    // no key is written like this
	UnusableKey                   // a key that can't be relied on in a terminal
	TextKey                       // a plain character where characters are text
	Taken                         // two actions want the same key, or one hides the other
	FixedKey                      // a key that always belongs to another action
	NoKey                         // an action that must keep a key would lose its last one
)

// A Problem is one mistake in a person's own keys, told so that it can be
// mended without looking anything up.
type Problem struct {
	Kind   Kind
	Action ID     // the action whose keys are wrong; empty from Normalize
	Other  ID     // the other action of a clash, if there is one
	Key    string // the key as the person wrote it, if there is one
	What   string // what is wrong
	Hint   string // what to do about it; may be empty
}

// Error says everything in one line.
func (p *Problem) Error() string {
	var text strings.Builder
	if p.Action != "" {
		fmt.Fprintf(&text, "keys of %q: ", string(p.Action))
	}
	if p.Key != "" {
		fmt.Fprintf(&text, "%q: ", p.Key)
	}
	text.WriteString(p.What)
	if p.Hint != "" {
		text.WriteString("; " + p.Hint)
	}
	return text.String()
}

// unknownKey says that there is no such key.
func unknownKey(written string) *Problem {
	return &Problem{Kind: UnknownKey, Key: written, What: "there is no such key"}
}

// meantKey guesses what a misspelt keystroke meant, as a hint.
func meantKey(written string) string {
	words := strings.FieldsFunc(written, func(r rune) bool { return r == '+' || r == '-' })
	for i, word := range words {
		candidates := modifiers
		if i == len(words)-1 {
			candidates = names
		}
		if meant := nearest(word, candidates); meant != "" && !isSign(word) {
			words[i] = meant
		}
	}
	if key, p := canonical(strings.Join(words, "+")); p == nil {
		return fmt.Sprintf("did you mean %q?", key)
	}
	each := strings.Split(written, "")
	if len(each) <= longest && !slices.ContainsFunc(each, func(char string) bool { return !isSign(char) }) {
		return fmt.Sprintf("for one key after the other write %q", strings.Join(each, " "))
	}
	return `keys are written like g, H, ?, enter, pgdown, f2, ctrl+s or "g g"`
}

// unknownAction says that there is no such action and suggests the one that
// was meant, if one is near.
func unknownAction(id ID, known []Action) *Problem {
	ids := make([]string, 0, len(known))
	for _, a := range known {
		ids = append(ids, string(a.ID))
	}
	p := &Problem{Kind: UnknownAction, Action: id, What: "there is no such action"}
	if meant := nearest(string(id), ids); meant != "" {
		p.Hint = fmt.Sprintf("did you mean %q?", meant)
	} else {
		p.Hint = "the help lists them all"
	}
	return p
}

// Nearest returns the candidate that a misspelt word most likely meant, or the
// empty string when none is near. Case and separators don't count.
func Nearest(word string, candidates []string) string { return nearest(word, candidates) }

// nearest returns the candidate that a misspelt word most likely meant, or
// the empty string when none is near. Case and separators don't count.
func nearest(word string, candidates []string) string {
	bare := strings.NewReplacer("-", "", "_", "", " ", "")
	word = bare.Replace(strings.ToLower(word))
	// Foreign text may be long; a word much longer than any name is no typo.
	if word == "" || len(word) > 40 {
		return ""
	}
	best, least := "", 1+max(1, len(word)/3)
	for _, candidate := range candidates {
		if d := distance(word, bare.Replace(candidate)); d < least {
			best, least = candidate, d
		}
	}
	return best
}

// distance counts the letters to insert, drop, replace or swap with their
// neighbour that lead from a to b.
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	var before []int
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i := range from {
		next := make([]int, len(to)+1)
		next[0] = i + 1
		for j := range to {
			cost := 1
			if from[i] == to[j] {
				cost = 0
			}
			next[j+1] = min(row[j+1]+1, next[j]+1, row[j]+cost)
			if i > 0 && j > 0 && from[i] == to[j-1] && from[i-1] == to[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = slices.Clone(row), next
	}
	return row[len(to)]
}

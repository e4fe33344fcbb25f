package keymap

import (
	"slices"
	"strings"
)

// arrows are the keys that people know by a sign rather than by a word.
var arrows = map[string]string{"up": "↑", "down": "↓", "left": "←", "right": "→"}

// Label returns how a canonical key or sequence is written for people: "↑",
// "ctrl+s", "g g". Each arrow is one cell wide.
func Label(key string) string {
	steps := strings.Split(key, " ")
	for i, step := range steps {
		mods, base := splitModifiers(step)
		if sign, ok := arrows[base]; ok {
			steps[i] = strings.Join(append(mods, sign), "+")
		}
	}
	return strings.Join(steps, " ")
}

// ASCII is Label for a terminal without signs: "up" rather than "↑". A key
// that types another character, such as "ü", stays what it is.
func ASCII(key string) string { return key }

// Label returns the keys of the hint written for people: "H L", or "unbound"
// for an action without keys.
func (h Hint) Label() string { return h.join(Label) }

// ASCII is Label for a terminal without signs.
func (h Hint) ASCII() string { return h.join(ASCII) }

// join writes the keys side by side; where one is a sequence, with commas,
// so that "g g" and "G" can be told from three keys.
func (h Hint) join(label func(string) string) string {
	if len(h.Keys) == 0 {
		return "unbound"
	}
	keys := h.Keys
	digits := digitsOf(keys)
	labels, between := make([]string, 0, len(keys)), " "
	for _, key := range keys {
		switch {
		case len(digits) < fewDigits || !slices.Contains(digits, key):
			labels = append(labels, label(key))
		case key == digits[0]:
			labels = append(labels, key+"-"+digits[len(digits)-1])
		}
		if strings.Contains(key, " ") {
			between = ", "
		}
	}
	return strings.Join(labels, between)
}

// fewDigits is from how many on digits are written as their first and last.
const fewDigits = 4

// digitsOf returns those keys that are digits in their order, or none when one
// between them is missing.
func digitsOf(keys []string) []string {
	var digits []string
	for _, key := range keys {
		if len(key) == 1 && key >= "0" && key <= "9" {
			digits = append(digits, key)
		}
	}
	slices.Sort(digits)
	if n := len(digits); n == 0 || int(digits[n-1][0]-digits[0][0]) != n-1 {
		return nil
	}
	return digits
}

// Markdown returns the key table of the README: a table for each section of
// the help, with the keys in force, the name for the configuration file, and
// the places where the action is at hand.
func (m Map) Markdown() string {
	var text strings.Builder
	for i, section := range m.All() {
		if i > 0 {
			text.WriteString("\n")
		}
		text.WriteString("### " + section.Title + "\n\n| Keys | What they do | Where | Name |\n|---|---|---|---|\n")
		for _, hint := range section.Hints {
			text.WriteString("| " + markdownKeys(hint.Keys) + " | " + hint.Help + " | " +
				where(m.byID[hint.ID].Scopes) + " | `" + string(hint.ID) + "` |\n")
		}
	}
	return text.String()
}

// markdownKeys writes keys as code that survives inside a table.
func markdownKeys(keys []string) string {
	if len(keys) == 0 {
		return "unbound"
	}
	written := make([]string, len(keys))
	for i, key := range keys {
		label := strings.ReplaceAll(Label(key), "|", `\|`)
		if strings.Contains(label, "`") {
			written[i] = "`` " + label + " ``"
		} else {
			written[i] = "`" + label + "`"
		}
	}
	return strings.Join(written, " ")
}

// where lists scopes for people.
func where(scopes []Scope) string {
	if len(scopes) == 1 && scopes[0] == Global {
		return "everywhere"
	}
	names := make([]string, len(scopes))
	for i, scope := range scopes {
		names[i] = string(scope)
	}
	return strings.Join(names, ", ")
}

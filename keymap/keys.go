package keymap

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longest is the greatest number of keys in a sequence.
const longest = 4

// modifiers in the order in which Bubble Tea writes them.
var modifiers = []string{"ctrl", "alt", "shift", "meta", "hyper", "super"}

// names are the keys that are written with a word.
var names = func() []string {
	words := []string{
		"up", "down", "left", "right", "home", "end", "pgup", "pgdown",
		"enter", "tab", "esc", "space", "backspace", "delete", "insert",
	}
	for n := range 24 {
		words = append(words, "f"+strconv.Itoa(n+1))
	}
	return words
}()

// otherNames are the words that people use for the same keys and modifiers.
var otherNames = map[string]string{
	"escape": "esc", "return": "enter", "del": "delete", "ins": "insert",
	"pageup": "pgup", "page-up": "pgup", "pagedown": "pgdown", "page-down": "pgdown", "pgdn": "pgdown",
	"plus": "+", "minus": "-", "spacebar": "space", " ": "space",
	"↑": "up", "↓": "down", "←": "left", "→": "right",
	"control": "ctrl", "option": "alt", "opt": "alt", "cmd": "super", "command": "super",
}

// sameKey are combinations that most terminals send as another key: bound,
// they would be dead for some people and not for others.
var sameKey = map[string]string{"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "esc"}

// Normalize returns the canonical form of one keystroke, the form in which
// Bubble Tea reports it: modifiers in a fixed order, names in small letters,
// "shift+a" as "A", "Ctrl+S" as "ctrl+s", "Escape" as "esc". The error is a
// *Problem that says what is wrong and, where it can, what was meant.
func Normalize(keystroke string) (string, error) {
	key, p := canonical(keystroke)
	if p == nil {
		return key, nil
	}
	if p.Kind == UnknownKey {
		p.Hint = meantKey(keystroke)
	}
	return "", p
}

// canonical is Normalize without a guess at what was meant.
func canonical(keystroke string) (string, *Problem) {
	mods, base := splitModifiers(keystroke)
	held := map[string]bool{}
	for _, word := range mods {
		mod := canonicalWord(word)
		if !slices.Contains(modifiers, mod) {
			return "", unknownKey(keystroke)
		}
		held[mod] = true
	}
	base = canonicalWord(base)
	if isSign(base) {
		var p *Problem
		if base, p = sign(keystroke, base, held); p != nil {
			return "", p
		}
	} else if !slices.Contains(names, base) {
		return "", unknownKey(keystroke)
	}
	var whole strings.Builder
	for _, mod := range modifiers {
		if held[mod] {
			whole.WriteString(mod + "+")
		}
	}
	key := whole.String() + base
	if twin, ok := sameKey[key]; ok {
		return "", &Problem{Kind: UnusableKey, Key: keystroke,
			What: "many terminals can't tell it from " + twin, Hint: "choose another key"}
	}
	return key, nil
}

// sign settles how a character and the held modifiers go together: with
// nothing else held, shift and a letter are the capital letter; with ctrl or
// alt the letter is small, and alt shows a capital as a held shift.
func sign(keystroke, char string, held map[string]bool) (string, *Problem) {
	lower, upper := strings.ToLower(char), strings.ToUpper(char)
	switch {
	case len(held) == 0:
		return char, nil
	case len(held) == 1 && held["shift"]:
		if lower == upper || !isSign(upper) {
			return "", &Problem{Kind: UnusableKey, Key: keystroke,
				What: "what shift types depends on the keyboard", Hint: `write the character itself, such as "!"`}
		}
		delete(held, "shift")
		return upper, nil
	case !isSign(lower):
		return char, nil
	case lower != char && !held["ctrl"]:
		held["shift"] = true
	}
	return lower, nil
}

// splitModifiers cuts "ctrl+alt+x" into its modifiers and its key; the key
// may be "+" itself.
func splitModifiers(keystroke string) (mods []string, base string) {
	if keystroke == "" {
		return nil, ""
	}
	_, last := utf8.DecodeLastRuneInString(keystroke)
	at := strings.LastIndex(keystroke[:len(keystroke)-last], "+")
	if at < 0 {
		return nil, keystroke
	}
	return strings.Split(keystroke[:at], "+"), keystroke[at+1:]
}

// canonicalWord settles case and synonyms of a name or a modifier. A single
// character keeps its case: "H" and "h" are different keys.
func canonicalWord(word string) string {
	if utf8.RuneCountInString(word) > 1 {
		word = strings.ToLower(word)
	}
	if known, ok := otherNames[word]; ok {
		return known
	}
	return word
}

// isSign reports whether the text is one character that shows by itself.
func isSign(text string) bool {
	r, size := utf8.DecodeRuneInString(text)
	return size > 0 && size == len(text) && r != utf8.RuneError &&
		r != ' ' && unicode.IsPrint(r) && !unicode.IsMark(r)
}

// Sequence cuts a binding into its canonical keystrokes: "g g" is two.
func Sequence(binding string) ([]string, error) {
	if binding == " " {
		binding = "space"
	}
	words := strings.Fields(binding)
	switch {
	case len(words) == 0:
		return nil, &Problem{Kind: UnknownKey, What: "a key is empty",
			Hint: "leave it out: an empty list takes all keys away"}
	case len(words) > longest:
		return nil, &Problem{Kind: UnusableKey, Key: binding,
			What: "it is too long", Hint: "use at most " + strconv.Itoa(longest) + " keys, one after the other"}
	}
	keys := make([]string, 0, len(words))
	for _, word := range words {
		key, err := Normalize(word)
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, nil
}

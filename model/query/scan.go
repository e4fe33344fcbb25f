package query

import (
	"strings"
	"unicode"
)

// runEnd returns where the run of text that begins at a place ends: at a space
// or a bracket outside quotes, or at the end.
func runEnd(text string, at int) int {
	quoted := false
	for i, r := range text[at:] {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case unicode.IsSpace(r), r == '(', r == ')':
			return at + i
		}
	}
	return len(text)
}

// wordAt reports whether a word stands by itself at a place, in letters of any
// size, and where it ends.
func wordAt(text string, at int, word string) (end int, ok bool) {
	end = at + len(word)
	if end > len(text) || !strings.EqualFold(text[at:end], word) || end != runEnd(text, at) {
		return at, false
	}
	return end, true
}

// wordBefore reports whether a word stands by itself before a place, and where
// it begins.
func wordBefore(text string, at int, word string) (begin int, ok bool) {
	last := len(strings.TrimRightFunc(text[:at], unicode.IsSpace))
	begin = runAt(text[:last], last)
	end, ok := wordAt(text[:last], begin, word)
	return begin, ok && end == last
}

// isSign reports whether a byte before a part turns it around.
func isSign(b byte) bool { return b == '-' || b == '!' }

// turned returns where the part at a place begins, behind what turns it around,
// and whether it is: - or !, or before anything but a plain word, not. Before a
// plain word not is one itself, as in: not working.
func turned(text string, at int) (begin int, turn bool) {
	begin = at
	for end, not := wordAt(text, begin, "not"); not; end, not = wordAt(text, begin, "not") {
		begin, turn = len(text)-len(strings.TrimLeftFunc(text[end:], unicode.IsSpace)), !turn
	}
	said := begin > at
	for begin < len(text) && isSign(text[begin]) {
		begin, turn = begin+1, !turn
	}
	if said && plainAt(text, begin) {
		return at, false
	}
	return begin, turn
}

// plainAt reports whether no term, phrase, bracket or the like is at a place.
func plainAt(text string, at int) bool {
	if at == len(text) || strings.IndexByte(`("#@`, text[at]) < 0 {
		_, term := keyOf(text[at:runEnd(text, at)])
		return !term
	}
	return false
}

// keyOf returns the key of a run such as gain:high. An address such as
// https://example.org has none.
func keyOf(run string) (string, bool) {
	for i, r := range run {
		switch {
		case r == ':':
			return run[:i], i > 0 && !strings.HasPrefix(run[i:], "://")
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', r == '-':
		default:
			return "", false
		}
	}
	return "", false
}

// value is one of a term's values, and where it stands.
type value struct {
	text    string // without quotes
	op      string // <, <=, > or >=; empty: none
	quoted  bool
	at, end int // in the query; op and quotes are within
}

// split returns the values of a list with commas, which begins at a place.
func split(list string, at int) []value {
	var out []value
	from, quoted := 0, false
	add := func(to int) {
		v := value{at: at + from, end: at + to}
		rest := list[from:to]
		for _, op := range []string{"<=", ">=", "<", ">", "="} {
			if after, ok := strings.CutPrefix(rest, op); ok {
				v.op, rest = op, after
				break
			}
		}
		if v.op == "=" {
			v.op = ""
		}
		v.quoted = strings.HasPrefix(rest, `"`)
		v.text = strings.ReplaceAll(rest, `"`, "")
		out = append(out, v)
	}
	for i := range len(list) {
		switch {
		case list[i] == '"':
			quoted = !quoted
		case list[i] == ',' && !quoted:
			add(i)
			from = i + 1
		}
	}
	add(len(list))
	return out
}

// unquote returns what stands in quotes, and whether they are closed.
func unquote(run string) (string, bool) {
	closed := strings.Count(run, `"`)%2 == 0
	return strings.ReplaceAll(run, `"`, " "), closed
}

func onlyLogin(s string) bool {
	for i := range len(s) {
		if !inLogin(s[i]) {
			return false
		}
	}
	return true
}

// Quote writes a value so that it is read as one.
func Quote(s string) string {
	s = strings.ReplaceAll(s, `"`, "")
	plain := func(r rune) bool { return !unicode.IsSpace(r) && !strings.ContainsRune("(),<>=", r) }
	if s != "" && strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 {
		return s
	}
	return `"` + s + `"`
}

// open returns how many brackets are open at the end of a text.
func open(text string) int {
	n, quoted := 0, false
	for i := range len(text) {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case quoted:
		case text[i] == '(':
			n++
		case text[i] == ')':
			n--
		}
	}
	return max(0, n)
}

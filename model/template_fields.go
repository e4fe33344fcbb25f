package model

import (
	"strconv"
	"strings"
	"time"
)

// quietSince returns since when nobody of the team has said anything.
func (t Ticket) quietSince() time.Time {
	if t.TeamSpoke.IsZero() {
		return t.Created
	}
	return t.TeamSpoke
}

func days(now, since time.Time) string {
	return strconv.Itoa(max(0, int(now.Sub(since)/aDay)))
}

// login writes a login so that it can be mentioned. Forges allow letters,
// digits and three signs; anything else is no login, and can't do harm as code.
func login(l Line) string {
	if l.Empty() || strings.ContainsFunc(l.String(), func(r rune) bool { return !wordly(r) && r != '.' }) {
		return code(l.String())
	}
	return l.String()
}

func logins(all []Line) string {
	if len(all) == 0 {
		return "nobody"
	}
	names := make([]string, len(all))
	for i, l := range all {
		names[i] = login(l)
	}
	return strings.Join(names, ", ")
}

func wordly(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_'
}

// repository writes owner/name, which the person chose, as it is.
func repository(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool { return !wordly(r) && r != '.' && r != '/' }) {
		return code(NewLine(name).String())
	}
	return name
}

// code writes foreign text as a code span: in it Markdown formats nothing, and
// forges look for neither people nor tickets. The fence is longer than any row
// of backticks in the text.
func code(text string) string {
	if text == "" {
		return ""
	}
	longest, row := 0, 0
	for _, r := range text {
		if row++; r != '`' {
			row = 0
		}
		longest = max(longest, row)
	}
	fence := strings.Repeat("`", longest+1)
	if longest > 0 {
		return fence + " " + text + " " + fence
	}
	return fence + text + fence
}

// address writes a web address if it is plain enough to stand in Markdown, and
// nothing otherwise.
func address(raw string) string {
	rest, secure := strings.CutPrefix(raw, "https://")
	if !secure {
		var plain bool
		if rest, plain = strings.CutPrefix(raw, "http://"); !plain {
			return ""
		}
	}
	const signs = "-_.~:/?#%&=+,;"
	strange := func(r rune) bool { return !wordly(r) && !strings.ContainsRune(signs, r) }
	if rest == "" || strings.ContainsFunc(rest, strange) {
		return ""
	}
	return raw
}

// Nearest returns the candidate that a misspelt word most likely meant; empty
// when none is near. Case does not count.
func Nearest(word string, candidates []string) string {
	const longest = 40 // of a word that may be a slip
	word = strings.ToLower(word)
	if word == "" || len(word) > longest {
		return ""
	}
	best, least := "", 1+max(1, len(word)/3)
	for _, c := range candidates {
		if d := apart([]rune(word), []rune(strings.ToLower(c))); d < least {
			best, least = c, d
		}
	}
	return best
}

// apart counts the letters to insert, drop or replace that lead from a to b.
func apart(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range a {
		corner := row[0]
		row[0] = i + 1
		for j, s := range b {
			cost := corner
			if r != s {
				cost = 1 + min(corner, row[j], row[j+1])
			}
			corner, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

package query

import "strings"

// Problem is what is wrong with a query, and where.
type Problem struct {
	At, End int    // the place, in bytes of the text
	What    string // what is wrong, without a full stop
	Hint    string // what to write instead
	// Unfinished is set when what was written so far may become right as more
	// is typed at its end.
	Unfinished bool
}

// Error implements error.
func (p *Problem) Error() string { return p.What + ": " + p.Hint }

// nearest returns the name that was probably meant.
func nearest(word string, names []string) (string, bool) {
	best, least := "", 3
	for _, name := range names {
		if d := distance(word, name); d < least && d < len(name) {
			best, least = name, d
		}
	}
	return best, best != ""
}

// distance counts the letters to put in, take out, replace, or swap with their
// neighbour to get from one word to another.
func distance(a, b string) int {
	if len(a) > 40 {
		return len(a)
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			same := 1
			if a[i-1] == b[j-1] {
				same = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+same)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(a)][len(b)]
}

// choices writes what there is to choose from.
func choices(names []string) string {
	n := len(names)
	if n < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:n-1], ", ") + " or " + names[n-1]
}

package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"docket/model"
)

// Readable returns what can be read of a text that is still being typed: as much
// of its beginning as means something, with the brackets that are open closed.
func Readable(text string, columns ...model.Step) Query {
	for {
		if q, err := Parse(text+strings.Repeat(")", open(text)), columns...); err == nil {
			return q
		}
		// The empty text can be read, so this ends.
		last := len(strings.TrimRightFunc(text, unicode.IsSpace))
		begin := runAt(text, last)
		if begin == last {
			begin--
		}
		text = text[:begin]
		if not, ok := wordBefore(text, begin, "not"); ok { // it was for what is gone
			text = text[:not]
		}
	}
}

// Half is the piece of a text that a cursor is in: a word, a term, or of a
// term's several values one.
type Half struct {
	Text     string
	From, To int   // in bytes of the text
	Rest     Query // what can be read of the text without it
}

// HalfAt returns the piece that is being typed at a cursor, a place in bytes. It
// is empty where none is.
func HalfAt(text string, cursor int, columns ...model.Step) Half {
	begin, end := around(text, cursor)
	h := Half{From: begin, To: end}
	from, to := alone(text, begin, end)
	without := text[:from] + text[to:]
	if values, at := valuesAt(text, begin, end, cursor); len(values) > 1 {
		from, to := values[at].at, values[at].end
		h.From, h.To = from, to
		if at > 0 {
			from-- // and the comma
		} else {
			to++
		}
		if h.From == h.To {
			h.From, h.To = from, to // only the comma
		}
		without = text[:from] + text[to:]
	}
	h.Text, h.Rest = text[h.From:h.To], Readable(without, columns...)
	return h
}

// alone returns the place of a piece together with what is there only for it: a
// not before it, and an and beside it.
func alone(text string, begin, end int) (from, to int) {
	if begin == end {
		return begin, end
	}
	for not, ok := wordBefore(text, begin, "not"); ok; not, ok = wordBefore(text, begin, "not") {
		begin = not
	}
	if and, ok := wordBefore(text, begin, "and"); ok {
		return and, end
	}
	space := len(text) - len(strings.TrimLeftFunc(text[end:], unicode.IsSpace))
	if after, ok := wordAt(text, space, "and"); ok {
		end = after
	}
	return begin, end
}

// valuesAt returns the values of the term between two places, and which of them
// the cursor is in; none when it is not in one.
func valuesAt(text string, begin, end, cursor int) (values []value, at int) {
	key, ok := keyOf(strings.TrimLeft(text[begin:end], "-!"))
	if !ok {
		return nil, 0
	}
	list := begin + strings.IndexByte(text[begin:], ':') + 1
	if _, known := termOf(strings.ToLower(key)); !known || cursor < list {
		return nil, 0
	}
	values = split(text[list:end], list)
	return values, slices.IndexFunc(values, func(v value) bool { return cursor <= v.end })
}

// Holds reports whether the half is why the text can't be taken as it stands: it
// is where the problem is, or, without a problem, it would leave out all that
// only begins as it does.
func (h Half) Holds(p *Problem) bool {
	if p == nil {
		return h.Text != "" && isSign(h.Text[0])
	}
	return p.At >= h.From && p.At <= h.To
}

// around returns where the run that a cursor is in begins and ends. One whose
// quotes are open ends at the cursor: what stands behind was not meant to be in
// them.
func around(text string, cursor int) (begin, end int) {
	begin = runAt(text, cursor)
	end = max(cursor, runEnd(text, begin))
	if quotesOpen(text[begin:end]) {
		end = cursor
	}
	return begin, end
}

func quotesOpen(text string) bool { return strings.Count(text, `"`)%2 == 1 }

// runAt returns where the run that a cursor is in begins.
func runAt(text string, cursor int) int {
	for at := 0; at < cursor; {
		end := runEnd(text, at)
		if end >= cursor {
			return at
		}
		_, size := utf8.DecodeRuneInString(text[end:])
		at = end + size
	}
	return cursor
}

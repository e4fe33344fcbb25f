package query

import (
	"slices"
	"strings"
	"time"

	"docket/model"
)

// Query says which tickets a person means, and in which order they want them.
// The zero Query means all. Queries are values and are never changed.
type Query struct {
	text   string
	keep   test // nil: all
	texts  []Text
	toMe   bool
	order  []Order
	people []string // that are asked for by login or name, and not left out
	labels []string // likewise
	repos  []string // likewise
	closed bool
}

// test is what a part of a query asks of a card.
type test func(c *model.Card, in *Context) bool

// Context is what a query is asked in.
type Context struct {
	Now    time.Time
	Me     model.Line   // whom "me" means; empty: nobody
	Policy model.Policy // what is stale and due
	Found  Found        // where the query's texts occur
	Names  Names        // by which people are asked for beside their logins
}

// Names are the logins of people by full name, as fold writes it.
type Names map[string][]model.Line

// NamesOf returns the names of those who may be assigned.
func NamesOf(s *model.Snapshot) Names {
	names := Names{}
	for _, r := range s.Repos {
		for _, p := range r.People {
			if name := fold(p.Name.String()); name != "" && !slices.Contains(names[name], p.Login) {
				names[name] = append(names[name], p.Login)
			}
		}
	}
	return names
}

// Found tells for each text in which tickets it occurs.
type Found map[Text]Places

// Places are ticket numbers by repository, sorted.
type Places map[string][]int64

// Has reports whether a ticket is among the places.
func (p Places) Has(ref model.Ref) bool {
	_, ok := slices.BinarySearch(p[ref.Repo], ref.Number)
	return ok
}

// String returns the query as it was written.
func (q Query) String() string { return q.text }

// All reports whether the query means every ticket, in the board's own order.
func (q Query) All() bool { return q.keep == nil && len(q.order) == 0 }

// Narrow returns the text of a query that means those of q which more means,
// too, in q's order. more must be a query's text.
func (q Query) Narrow(more string) string {
	or := func(word string) bool { return strings.EqualFold(word, "or") }
	_, not := wordBefore(q.text, len(q.text), "not") // a word, which must not turn more around
	if !not && !slices.ContainsFunc(strings.Fields(q.text), or) {
		return strings.TrimSpace(q.text + " " + more)
	}
	// What is in brackets can't be sorted, so that is said behind them.
	var terms, sorts []string
	for word := range strings.FieldsSeq(q.text) {
		if len(word) > len("sort:") && strings.EqualFold(word[:len("sort:")], "sort:") {
			sorts = append(sorts, word)
		} else {
			terms = append(terms, word)
		}
	}
	return strings.Join(append([]string{"(" + strings.Join(terms, " ") + ")", more}, sorts...), " ")
}

// Keep reports whether the query means a card.
func (q Query) Keep(c *model.Card, in *Context) bool { return q.keep == nil || q.keep(c, in) }

// Texts returns what a store must look for before Keep can be asked, each once.
func (q Query) Texts(me model.Line) []Text {
	texts := slices.Clone(q.texts)
	if q.toMe && !me.Empty() {
		if mine := Mention(me.String()); !slices.Contains(texts, mine) {
			texts = append(texts, mine)
		}
	}
	return texts
}

// Closed reports whether the query asks for closed tickets by name, so that
// who answers it must not leave out those that were closed long ago.
func (q Query) Closed() bool { return q.closed }

// Board returns what the query means of a board, in the query's order. It asks
// about every card, and so is not for the screen's goroutine.
func (q Query) Board(b model.Board, in *Context) model.Board {
	if q.keep != nil {
		b = b.Where(func(c *model.Card) bool { return q.keep(c, in) })
	}
	if by := q.Sort(); by != nil {
		b = b.Sorted(by)
	}
	return b
}

// every holds when all tests do; nil when there are none.
func every(tests []test) test {
	switch len(tests) {
	case 0:
		return nil
	case 1:
		return tests[0]
	}
	return func(c *model.Card, in *Context) bool {
		for _, t := range tests {
			if !t(c, in) {
				return false
			}
		}
		return true
	}
}

// some holds when one of the tests does.
func some(tests []test) test {
	if len(tests) == 1 {
		return tests[0]
	}
	return func(c *model.Card, in *Context) bool {
		for _, t := range tests {
			if t(c, in) {
				return true
			}
		}
		return false
	}
}

func not(t test) test {
	return func(c *model.Card, in *Context) bool { return !t(c, in) }
}

// hasText holds where a text was found, and, when it is nothing but digits, on
// the ticket of that number.
func hasText(t Text, number int64) test {
	return func(c *model.Card, in *Context) bool {
		return number != 0 && c.Ref.Number == number || in.Found[t].Has(c.Ref)
	}
}

func sameName(a model.Line, b string) bool { return strings.EqualFold(a.String(), b) }

// isCalled reports whether somebody has a login or a full name, with its accents
// or without.
func isCalled(p model.Person, name string) bool {
	full := p.Name.String()
	return sameName(p.Login, name) || strings.EqualFold(full, name) ||
		full != "" && !(ascii(full) && ascii(name)) && fold(full) == fold(name)
}

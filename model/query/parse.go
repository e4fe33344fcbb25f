package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"docket/model"
)

// Bounds of a query, far beyond what a person writes.
const (
	deepest   = 50 // brackets within brackets
	mostTexts = 20 // words and phrases, for each is looked up
)

// Parse reads a query. An empty text means all tickets. The error is a
// *Problem. A phrase that is not closed goes on to the end, so that it is
// looked for while it is typed. Columns are known by the names that a board
// gives them, too.
func Parse(text string, columns ...model.Step) (Query, error) {
	p := &parser{text: text, columns: columns}
	keep, problem := p.either()
	if problem == nil && p.at < len(p.text) {
		problem = p.problem(p.at, p.at+1, "no bracket is open here", "take it out, or open one with (")
	}
	if problem != nil {
		return Query{}, problem
	}
	p.q.text, p.q.keep = strings.TrimSpace(text), keep
	return p.q, nil
}

// parser is a query while it is read.
type parser struct {
	q     Query
	text  string
	at    int
	depth int  // of brackets
	not   bool // what is read now is turned around

	columns []model.Step // of the board that is asked
}

func (p *parser) problem(at, end int, what, hint string) *Problem {
	return &Problem{At: at, End: end, What: what, Hint: hint}
}

// missing is a problem at the end of what was typed so far.
func (p *parser) missing(at int, what, hint string) *Problem {
	return &Problem{At: at, End: p.at, What: what, Hint: hint, Unfinished: strings.TrimSpace(p.text[p.at:]) == ""}
}

// either reads parts with or between them. A query that only sorts has none.
func (p *parser) either() (test, *Problem) {
	var tests []test
	for {
		begin := p.at
		t, anything, problem := p.all()
		if problem != nil {
			return nil, problem
		}
		or, there := p.or()
		switch {
		case !anything && (there || len(tests) > 0):
			return nil, p.missing(begin, "or stands between two things", `write "or" in quotes to search for it`)
		case t == nil && (there || len(tests) > 0):
			return nil, p.problem(begin, p.at, "sort: is no condition", "or needs one on either side")
		case t != nil:
			tests = append(tests, t)
		}
		if !there {
			break
		}
		p.at = or
	}
	if len(tests) == 0 {
		return nil, nil
	}
	return some(tests), nil
}

// all reads parts beside each other, up to an or, a bracket or the end.
// anything tells whether there was one. An and between two is as good as none.
func (p *parser) all() (t test, anything bool, problem *Problem) {
	var tests []test
	for {
		begin := p.at
		end, and := p.word("and")
		if and {
			begin, p.at = p.at, end
			p.skip()
		}
		_, again := p.word("and")
		_, or := p.or()
		over := or || p.at == len(p.text) || p.text[p.at] == ')'
		if and && (over || again || !anything) {
			return nil, false, p.missing(begin, "and stands between two things", `write "and" in quotes to search for it`)
		}
		if over {
			return every(tests), anything, nil
		}
		t, problem := p.part()
		if problem != nil {
			return nil, false, problem
		}
		if anything = true; t != nil {
			tests = append(tests, t)
		}
	}
}

func (p *parser) skip() {
	p.at = len(p.text) - len(strings.TrimLeftFunc(p.text[p.at:], unicode.IsSpace))
}

// or tells whether the word or comes next, and where it ends.
func (p *parser) or() (end int, ok bool) { return p.word("or") }

// word tells whether a word comes next that means something of its own, and
// where it ends.
func (p *parser) word(w string) (end int, ok bool) {
	p.skip()
	return wordAt(p.text, p.at, w)
}

// part reads one term, text or bracket, which may be turned around.
func (p *parser) part() (test, *Problem) {
	begin, was := p.at, p.not
	at, turn := turned(p.text, p.at)
	p.at = at
	if at > begin && (at == len(p.text) || p.text[at] == ')' || unicode.IsSpace(p.next())) {
		return nil, p.missing(begin, "nothing follows "+p.text[at-1:at], "write what must not hold behind it, as -label:blocked")
	}
	p.not = was != turn
	t, problem := p.positive(p.at > begin)
	p.not = was
	if problem == nil && t != nil && turn {
		t = not(t)
	}
	return t, problem
}

func (p *parser) next() rune {
	r, _ := utf8.DecodeRuneInString(p.text[p.at:])
	return r
}

func (p *parser) positive(signed bool) (test, *Problem) {
	if p.text[p.at] == '(' {
		return p.bracket()
	}
	begin := p.at
	p.at = runEnd(p.text, p.at)
	run := p.text[begin:p.at]
	if key, ok := keyOf(run); ok {
		if strings.EqualFold(key, "sort") && (signed || p.depth > 0) {
			return nil, p.problem(begin, p.at, "sort: is for the whole query", "write it without brackets and without -")
		}
		return p.term(begin, key, run)
	}
	switch {
	case run[0] == '#':
		return p.numbers(begin, run)
	case run[0] == '@' && run[1:] != "" && onlyLogin(run[1:]):
		return p.find(begin, Text{strings.ToLower(run), false}, 0)
	case run[0] == '"':
		phrase, closed := unquote(run)
		return p.find(begin, NewText(phrase, closed), 0)
	}
	number, _ := strconv.ParseInt(run, 10, 64)
	return p.find(begin, NewText(strings.ReplaceAll(run, `"`, " "), false), number)
}

func (p *parser) bracket() (test, *Problem) {
	begin := p.at
	if p.at, p.depth = p.at+1, p.depth+1; p.depth > deepest {
		return nil, p.problem(begin, p.at, "too many brackets within each other", "take some out")
	}
	t, problem := p.either()
	p.depth--
	switch {
	case problem != nil:
		return nil, problem
	case p.at == len(p.text):
		return nil, p.missing(begin, "this bracket is open", "close it with )")
	case t == nil:
		return nil, p.problem(begin, p.at+1, "nothing is in these brackets", "write something into them, or take them out")
	}
	p.at++
	return t, nil
}

// find returns the test for a text and notes that it must be looked for.
func (p *parser) find(begin int, t Text, number int64) (test, *Problem) {
	if t.Words == "" {
		return nil, p.missing(begin, "no letter or digit to look for", "write a word, a \"phrase\" or a term such as gain:high")
	}
	if problem := p.note(begin, t); problem != nil {
		return nil, problem
	}
	return hasText(t, number), nil
}

func (p *parser) note(begin int, t Text) *Problem {
	if slices.Contains(p.q.texts, t) {
		return nil
	}
	if p.q.texts = append(p.q.texts, t); len(p.q.texts) > mostTexts {
		return p.problem(begin, p.at, fmt.Sprintf("more than %d words to look for", mostTexts), "leave some out")
	}
	return nil
}

// numbers reads #1234 or a list of such.
func (p *parser) numbers(begin int, run string) (test, *Problem) {
	var numbers []int64
	for _, v := range split(run, begin) {
		n, err := strconv.ParseInt(strings.TrimPrefix(v.text, "#"), 10, 64)
		switch {
		case strings.TrimPrefix(v.text, "#") == "":
			return nil, p.missing(v.at, "no number follows", "write a ticket's, as #1234")
		case err != nil || n < 0:
			return nil, p.problem(v.at, v.end, fmt.Sprintf("%q is no number", v.text), "put it in quotes to search for it")
		}
		numbers = append(numbers, n)
	}
	p.q.closed = p.q.closed || !p.not
	return func(c *model.Card, _ *Context) bool { return slices.Contains(numbers, c.Ref.Number) }, nil
}

// term reads a term's values; one of them must hold.
func (p *parser) term(begin int, key, run string) (test, *Problem) {
	colon := begin + len(key) + 1
	t, ok := termOf(strings.ToLower(key))
	if !ok {
		hint := "put it in quotes to search for it"
		if name, ok := nearest(strings.ToLower(key), termNames()); ok {
			hint = fmt.Sprintf("do you mean %s:?", name)
		}
		return nil, p.problem(begin, colon, fmt.Sprintf("%q is no term", key+":"), hint)
	}
	var tests []test
	for i, v := range split(run[len(key)+1:], colon) {
		if v.text == "" && v.op == "" && !v.quoted {
			if i > 0 {
				return nil, p.missing(v.at-1, "nothing follows the comma", t.example)
			}
			return nil, p.missing(begin, "nothing follows "+t.name+":", t.example)
		}
		if v.op != "" && !t.compares {
			return nil, p.problem(v.at, v.end, t.name+": has no "+v.op, t.example)
		}
		test, problem := t.read(p, v)
		if problem != nil {
			return nil, problem
		}
		if test != nil {
			tests = append(tests, test)
		}
	}
	if len(tests) == 0 {
		return nil, nil // sort:
	}
	return some(tests), nil
}

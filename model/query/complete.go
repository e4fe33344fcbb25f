package query

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"docket/model"
)

// Known is what a board has that a query may name, the most usual first.
type Known struct {
	People   []model.Person
	Labels   []string
	Repos    []string
	Workflow model.Workflow
}

// Learn returns what a board knows. It walks all cards, and so is not for the
// screen's goroutine.
func Learn(s *model.Snapshot, w model.Workflow) Known {
	k := Known{Workflow: w}
	people, labels := map[model.Line]int{}, map[string]int{}
	names := map[model.Line]model.Line{}
	for _, r := range s.Repos {
		k.Repos = append(k.Repos, r.Name)
		for _, p := range r.People {
			people[p.Login]++
			names[p.Login] = p.Name
		}
	}
	const team = 100 // whoever has tickets is asked for more often than who reports them
	for _, c := range s.Board.All() {
		people[c.Author.Login]++
		names[c.Author.Login] = c.Author.Name
		for _, l := range c.Assignees {
			people[l] += team
		}
		for _, l := range c.Labels {
			labels[l.String()]++
		}
	}
	delete(people, model.Line{})
	for _, login := range usual(people, model.Line.String) {
		k.People = append(k.People, model.Person{Login: login, Name: names[login]})
	}
	k.Labels = usual(labels, func(s string) string { return s })
	slices.SortStableFunc(k.Labels, func(a, b string) int { return cmp.Compare(flag(hasTerm(a, w)), flag(hasTerm(b, w))) })
	return k
}

// hasTerm reports whether a label says what a term of its own asks for, as
// gain:high: then people ask that.
func hasTerm(label string, w model.Workflow) bool {
	m, ok := w.Scheme.Read(label)
	return ok && slices.Contains([]model.Field{model.FieldGain, model.FieldPain, model.FieldState, model.FieldResolution}, m.Field)
}

// usual returns what was counted, the most frequent first.
func usual[T comparable](counts map[T]int, name func(T) string) []T {
	out := make([]T, 0, len(counts))
	for each := range counts {
		out = append(out, each)
	}
	slices.SortFunc(out, func(a, b T) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(name(a), name(b)))
	})
	return out[:min(len(out), mostKnown)]
}

// mostKnown is how many names of a kind are looked through at each key; those
// beyond are seldom meant.
const mostKnown = 500

// Candidate is something that what is being typed may become.
type Candidate struct {
	Text     string // to stand in the place of From to To
	name     string // as it is called, where that is not what Text says
	About    string // what it means; may be empty
	From, To int    // in bytes of the text
	person   bool   // About is a name, by which somebody may look for them
	special  bool   // it means what it does without quotes only
}

// quoted is the candidate as somebody writes it who has begun with a quote;
// false for what can't be written so.
func (c Candidate) quoted() (Candidate, bool) {
	c.Text = `"` + strings.ReplaceAll(cmp.Or(c.name, c.Text), `"`, "") + `"`
	return c, !c.special
}

// Apply returns the text with the candidate in its place, and where the cursor
// is then.
func (c Candidate) Apply(text string) (string, int) {
	return text[:c.From] + c.Text + text[c.To:], c.From + len(c.Text)
}

// mostCandidates is how many are worth looking at.
const mostCandidates = 12

// Complete returns what the piece of a query at the cursor, a place in bytes,
// may become, the likeliest first; nothing when it is complete or nothing is
// known.
func Complete(text string, cursor int, k Known) []Candidate {
	begin, end := around(text, cursor)
	for begin < cursor && isSign(text[begin]) {
		begin++
	}
	typed := text[begin:cursor]
	if typed == "" && strings.TrimSpace(text) != "" {
		return nil
	}
	key, ok := keyOf(typed)
	if !ok {
		return fitting(beginnings(typed, k), text, cursor, begin, end)
	}
	t, known := termOf(strings.ToLower(key))
	if !known || t.values == nil {
		return nil
	}
	return t.complete(text, cursor, begin+len(key)+1, end, k)
}

// complete returns what the value at the cursor, of those between begin and
// end, may become. What stands beside it already is not offered again.
func (t term) complete(text string, cursor, begin, end int, k Known) []Candidate {
	list := split(text[begin:end], begin)
	at := slices.IndexFunc(list, func(v value) bool { return cursor <= v.end })
	from, to, op := list[at].at, list[at].end, list[at].op
	others := slices.Delete(slices.Clone(list), at, at+1)
	values := slices.DeleteFunc(t.values(k), func(c Candidate) bool {
		return slices.ContainsFunc(others, func(v value) bool { return strings.EqualFold(Quote(v.text), c.Text) })
	})
	if strings.HasPrefix(text[from:cursor], "@") {
		values = slices.DeleteFunc(values, func(c Candidate) bool { return !c.person })
		from++
	}
	out := fitting(values, text, cursor, from, to)
	if len(out) == 0 && t.compares && cursor >= from+len(op) {
		if op != "" { // nothing is more or less than none
			values = slices.DeleteFunc(values, func(c Candidate) bool { return c.Text == "none" })
		}
		out = fitting(values, text, cursor, from+len(op), to)
	}
	return out
}

// fold returns a text as it is compared: in small letters, without accents.
func fold(s string) string {
	if ascii(s) {
		return strings.ToLower(s)
	}
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(s)))
}

// fitting returns the candidates that what was typed of a piece, up to the
// cursor, may become: those that begin with it, then those that hold it.
func fitting(all []Candidate, text string, cursor, from, to int) []Candidate {
	plain := strings.NewReplacer(`"`, "", "-", " ")
	word := func(s string) string { return fold(plain.Replace(s)) }
	want := word(text[from:cursor])
	quoted, unclosed := strings.HasPrefix(text[from:], `"`), quotesOpen(text[from:to])
	var first, then []Candidate
	for _, c := range all {
		have := word(c.Text)
		_, after, _ := strings.Cut(have, ":")
		if quoted {
			var ok bool
			if c, ok = c.quoted(); !ok {
				continue
			}
		}
		c.From, c.To = from, to
		switch {
		case have == want && !unclosed:
			return nil
		case c.Text == text[from:to]:
		case strings.HasPrefix(have, want):
			first = append(first, c)
		case strings.HasPrefix(after, want), strings.Contains(have, want), c.person && strings.Contains(" "+fold(c.About), " "+want):
			then = append(then, c)
		}
	}
	out := slices.Concat(first, then)
	return out[:min(len(out), mostCandidates)]
}

// beginnings are what a part of a query may begin with: terms, and once some
// letters say more, whole terms about the board's own people and labels.
func beginnings(typed string, k Known) []Candidate {
	var out []Candidate
	if strings.HasPrefix(typed, "@") {
		for _, p := range k.People {
			out = append(out, Candidate{Text: "@" + p.Login.String(), About: p.Name.String(), person: true})
		}
		return out
	}
	if strings.HasPrefix(typed, `"`) || strings.HasPrefix(typed, "#") {
		return nil
	}
	for _, t := range terms() {
		out = append(out, Candidate{Text: t.name + ":", About: t.about})
	}
	const enough = 2
	if len(typed) < enough {
		return out
	}
	for _, t := range terms() {
		switch t.name {
		case "assignee", "label", "is", "state":
			for _, c := range t.values(k) {
				out = append(out, Candidate{Text: t.name + ":" + c.Text, About: c.About})
			}
		}
	}
	return slices.DeleteFunc(out, func(c Candidate) bool {
		name, value, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(c.Text, `"`, "")), ":")
		want := strings.ToLower(typed)
		return !strings.HasPrefix(value, want) && (value != "" || !strings.HasPrefix(name, want))
	})
}

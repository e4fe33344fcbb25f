package query

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"docket/model"
)

// term is something that can be asked by name.
type term struct {
	name     string
	about    string // what it asks, for completion
	example  string // what may follow, for problems
	compares bool   // <, <=, > and >= may follow
	read     func(p *parser, v value) (test, *Problem)
	values   func(k Known) []Candidate // to choose from while typing; nil: none
}

// terms are all there are, in the order in which completion shows them.
// They are a function's, for their own problems name them.
func terms() []term {
	return []term{
		{"gain", "how much it brings", "as gain:high or gain:>=medium", true,
			readLevel(func(c *model.Card) model.Level { return c.Gain }), levelValues(model.GainMeaning)},
		{"pain", "how much it costs", "as pain:low or pain:<=medium", true,
			readLevel(func(c *model.Card) model.Level { return c.Pain }), levelValues(model.PainMeaning)},
		{"state", "the column that it is in", `as state:urgent or state:"on reporter"`, false, readState, stateValues},
		{"assignee", "who has it", "as assignee:me or assignee:none", false, readAssignee,
			func(k Known) []Candidate { return append(wellKnown("me", "none"), k.people()...) }},
		{"author", "who reported it", "as author:me", false, readAuthor,
			func(k Known) []Candidate { return append(wellKnown("me"), k.people()...) }},
		{"label", "a label that it has", "as label:ops or label:none", false, readLabel,
			func(k Known) []Candidate { return append(named(k.Labels, ""), wellKnown("none")...) }},
		{"is", "what stands out about it", "as is:stale", false, readIs, isValues},
		{"age", "when it was opened", "as age:>30d", true, readAge, spanValues},
		{"updated", "when anybody last touched it", "as updated:<2d", true, readUpdated, spanValues},
		{"due", "how near its due date is", "as due:<=7d or due:none", true, readDue,
			func(k Known) []Candidate {
				return append([]Candidate{{Text: "<=7d", About: "within a week, or overdue"}, {Text: "<0d", About: "overdue"}}, wellKnown("none")...)
			}},
		{"mentions", "who is mentioned in it", "as mentions:me", false, readMentions,
			func(k Known) []Candidate { return append(wellKnown("me"), k.people()...) }},
		{"repo", "the repository that it is in", "as repo:owner/name", false, readRepo,
			func(k Known) []Candidate { return named(k.Repos, "") }},
		{"closed-as", "how it was closed", "as closed-as:done", false, readClosedAs, closedAsValues},
		{"sort", "in which order to show them", "as sort:updated or sort:-age", false, readSort, sortValues},
	}
}

func termOf(name string) (term, bool) {
	all := terms()
	i := slices.IndexFunc(all, func(t term) bool { return t.name == name })
	if i < 0 {
		return term{}, false
	}
	return all[i], true
}

func termNames() []string {
	var out []string
	for _, t := range terms() {
		out = append(out, t.name)
	}
	return out
}

// choose returns which of some names a value is. Case does not matter, and
// - and _ stand for spaces as well. also are other names of the same.
func (p *parser) choose(v value, kind string, names []string, also ...string) (int, *Problem) {
	word := model.PlainName(v.text)
	is := func(n string) bool { return model.PlainName(n) == word }
	for _, list := range [][]string{names, also} {
		if i := slices.IndexFunc(list, is); i >= 0 && word != "" {
			return i, nil
		}
	}
	problem := p.problem(v.at, v.end, fmt.Sprintf("%q is no %s", v.text, kind), choices(hyphened(names))+"?")
	begun := beginning(word, names, also)
	switch name, near := nearest(word, names); {
	case word == "":
		problem.What = article(kind) + " is missing"
	case len(begun) == 1 || len(begun) > 0 && !near:
		problem.Hint = "do you mean " + choices(hyphened(begun)) + "?"
	case near:
		problem.Hint = "do you mean " + hyphened([]string{name})[0] + "?"
	}
	problem.Unfinished = v.end == len(p.text) && len(begun) > 0
	return 0, problem
}

// beginning returns the names that begin with a word, or whose other names do;
// else those that have a word that begins with it.
func beginning(word string, names, also []string) []string {
	var first, then []string
	for i, n := range names {
		all := []string{model.PlainName(n)}
		if i < len(also) {
			all = append(all, model.PlainName(also[i]))
		}
		switch {
		case slices.ContainsFunc(all, func(s string) bool { return strings.HasPrefix(s, word) }):
			first = append(first, n)
		case strings.Contains(all[0], " "+word):
			then = append(then, n)
		}
	}
	if len(first) > 0 {
		return first
	}
	return then
}

func article(kind string) string {
	if strings.ContainsRune("aeiou", rune(kind[0])) {
		return "an " + kind
	}
	return "a " + kind
}

func hyphened(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = strings.ReplaceAll(n, " ", "-")
	}
	return out
}

var levelNames = []string{"high", "medium", "low", "none"}

// readLevel reads a level. Comparisons are between levels that somebody chose:
// pain:<=medium does not mean a ticket that nobody has judged.
func readLevel(of func(*model.Card) model.Level) func(*parser, value) (test, *Problem) {
	return func(p *parser, v value) (test, *Problem) {
		i, problem := p.choose(v, "level", levelNames)
		if problem != nil {
			return nil, problem
		}
		want := model.Levels[i]
		if v.op != "" && want == model.None {
			return nil, p.problem(v.at, v.end, "nothing is more or less than none", "compare with low, medium or high")
		}
		return func(c *model.Card, _ *Context) bool {
			l := of(c)
			return (v.op == "" || l != model.None) && holds(v.op, cmp.Compare(l, want))
		}, nil
	}
}

// holds reports whether a comparison that came out as n is as op says.
func holds(op string, n int) bool {
	switch op {
	case "<":
		return n < 0
	case "<=":
		return n <= 0
	case ">":
		return n > 0
	case ">=":
		return n >= 0
	}
	return n == 0
}

// readState reads a state by its name in full, or as on the board.
func readState(p *parser, v value) (test, *Problem) {
	want, ok := model.Workflow{Steps: p.columns}.Called(v.text)
	if !ok {
		_, problem := p.choose(v, "state", stateNames(p.columns))
		return nil, problem
	}
	p.q.closed = p.q.closed || want == model.Closed && !p.not
	return func(c *model.Card, _ *Context) bool { return c.Shown() == want }, nil
}

// stateNames are the names of all states, those that a board gives its columns
// first.
func stateNames(columns []model.Step) []string {
	var own, names []string
	for _, s := range model.DefaultWorkflow().Steps {
		names = append(names, string(s.State))
		i := slices.IndexFunc(columns, func(c model.Step) bool { return c.State == s.State && c.Name != s.Name })
		if i >= 0 {
			own = append(own, strings.ToLower(columns[i].Name))
		}
	}
	return append(own, names...)
}

// person reads a login, with or without @, a full name, or me.
func (p *parser) person(v value) (login string, me bool, problem *Problem) {
	login = strings.TrimPrefix(v.text, "@")
	if login == "" {
		return "", false, p.missing(v.at, "a name is missing", "a login or me")
	}
	return login, !v.quoted && strings.EqualFold(v.text, "me"), nil
}

func readAssignee(p *parser, v value) (test, *Problem) {
	login, me, problem := p.person(v)
	if problem != nil {
		return nil, problem
	}
	if !v.quoted && strings.EqualFold(v.text, "none") {
		return func(c *model.Card, _ *Context) bool { return len(c.Assignees) == 0 }, nil
	}
	p.names(login, me)
	full := fold(login)
	return func(c *model.Card, in *Context) bool {
		if me {
			return !in.Me.Empty() && c.AssignedTo(in.Me)
		}
		return slices.ContainsFunc(c.Assignees, func(l model.Line) bool { return sameName(l, login) || slices.Contains(in.Names[full], l) })
	}, nil
}

func readAuthor(p *parser, v value) (test, *Problem) {
	login, me, problem := p.person(v)
	p.names(login, me)
	return func(c *model.Card, in *Context) bool {
		if me {
			return !in.Me.Empty() && c.Author.Login == in.Me
		}
		return isCalled(c.Author, login)
	}, problem
}

func readMentions(p *parser, v value) (test, *Problem) {
	login, me, problem := p.person(v)
	switch {
	case problem != nil:
		return nil, problem
	case me:
		p.q.toMe = true
		return func(c *model.Card, in *Context) bool {
			return !in.Me.Empty() && in.Found[Mention(in.Me.String())].Has(c.Ref)
		}, nil
	case !onlyLogin(login):
		return nil, p.problem(v.at, v.end, fmt.Sprintf("%q is no login", login), "letters, digits, - _ and . only")
	}
	p.names(login, me)
	text := Mention(login)
	return hasText(text, 0), p.note(v.at, text)
}

func readLabel(p *parser, v value) (test, *Problem) {
	if !v.quoted && strings.EqualFold(v.text, "none") {
		return func(c *model.Card, _ *Context) bool { return len(c.Labels) == 0 }, nil
	}
	if !p.not {
		p.q.labels = append(p.q.labels, v.text)
	}
	return func(c *model.Card, _ *Context) bool {
		return slices.ContainsFunc(c.Labels, func(l model.Line) bool { return sameName(l, v.text) })
	}, nil
}

// readRepo reads a repository's name, with its owner or without.
func readRepo(p *parser, v value) (test, *Problem) {
	if !p.not {
		p.q.repos = append(p.q.repos, v.text)
	}
	return func(c *model.Card, _ *Context) bool { return isRepo(c.Ref.Repo, v.text) }, nil
}

func isRepo(full, name string) bool {
	_, short, _ := strings.Cut(full, "/")
	return strings.EqualFold(full, name) || strings.EqualFold(short, name)
}

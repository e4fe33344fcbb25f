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
// - and _ stand for spaces as well.
func (p *parser) choose(v value, kind string, names []string) (int, *Problem) {
	word := plainly(v.text)
	if i := slices.IndexFunc(names, func(n string) bool { return plainly(n) == word }); i >= 0 {
		return i, nil
	}
	problem := p.problem(v.at, v.end, fmt.Sprintf("%q is no %s", v.text, kind), choices(hyphened(names))+"?")
	if name, ok := nearest(word, names); ok {
		problem.Hint = "do you mean " + hyphened([]string{name})[0] + "?"
	}
	if v.text == "" {
		problem.What = "a " + kind + " is missing"
	}
	problem.Unfinished = v.end == len(p.text) && slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(plainly(n), word) })
	return 0, problem
}

func plainly(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.NewReplacer("-", " ", "_", " ").Replace(s)), " "))
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

// readState reads a state by its name, as on the board or in full.
func readState(p *parser, v value) (test, *Problem) {
	steps := model.DefaultWorkflow().Steps
	var names []string
	for _, s := range steps {
		names = append(names, string(s.State))
	}
	for _, s := range steps {
		if word := plainly(v.text); word == plainly(s.Name) || word == plainly(s.Short) {
			v.text = string(s.State)
		}
	}
	i, problem := p.choose(v, "state", names)
	if problem != nil {
		return nil, problem
	}
	want := steps[i].State
	p.q.closed = p.q.closed || want == model.Closed && !p.not
	return func(c *model.Card, _ *Context) bool { return c.Shown() == want }, nil
}

// person reads a login, with or without @, or me.
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
	if !v.quoted && strings.EqualFold(login, "none") {
		return func(c *model.Card, _ *Context) bool { return len(c.Assignees) == 0 }, nil
	}
	return func(c *model.Card, in *Context) bool {
		if me {
			return !in.Me.Empty() && c.AssignedTo(in.Me)
		}
		return slices.ContainsFunc(c.Assignees, func(l model.Line) bool { return sameName(l, login) })
	}, nil
}

func readAuthor(p *parser, v value) (test, *Problem) {
	login, me, problem := p.person(v)
	return func(c *model.Card, in *Context) bool {
		if me {
			return !in.Me.Empty() && c.Author.Login == in.Me
		}
		return sameName(c.Author.Login, login)
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
	text := Mention(login)
	return hasText(text, 0), p.note(v.at, text)
}

func readLabel(_ *parser, v value) (test, *Problem) {
	if !v.quoted && strings.EqualFold(v.text, "none") {
		return func(c *model.Card, _ *Context) bool { return len(c.Labels) == 0 }, nil
	}
	return func(c *model.Card, _ *Context) bool {
		return slices.ContainsFunc(c.Labels, func(l model.Line) bool { return sameName(l, v.text) })
	}, nil
}

// readRepo reads a repository's name, with its owner or without.
func readRepo(_ *parser, v value) (test, *Problem) {
	return func(c *model.Card, _ *Context) bool {
		_, name, _ := strings.Cut(c.Ref.Repo, "/")
		return strings.EqualFold(c.Ref.Repo, v.text) || strings.EqualFold(name, v.text)
	}, nil
}

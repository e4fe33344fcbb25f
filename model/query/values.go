package query

import (
	"strings"

	"docket/model"
)

// named returns a candidate for each name.
func named(names []string, about string) []Candidate {
	out := make([]Candidate, len(names))
	for i, n := range names {
		out[i] = Candidate{Text: Quote(n), About: about}
	}
	return out
}

// wellKnown returns candidates that mean the same on every board.
func wellKnown(words ...string) []Candidate {
	about := map[string]string{"me": "you", "none": "nobody, nothing"}
	out := make([]Candidate, len(words))
	for i, w := range words {
		out[i] = Candidate{Text: w, About: about[w], special: true}
	}
	return out
}

func (k Known) people() []Candidate {
	out := make([]Candidate, len(k.People))
	for i, p := range k.People {
		out[i] = Candidate{Text: Quote(p.Login.String()), About: p.Name.String(), person: true}
	}
	return out
}

func levelValues(about func(model.Level) string) func(Known) []Candidate {
	return func(Known) []Candidate {
		out := make([]Candidate, len(levelNames))
		for i, name := range levelNames {
			out[i] = Candidate{Text: name, About: about(model.Levels[i])}
		}
		return out
	}
}

func stateValues(k Known) []Candidate {
	out := make([]Candidate, len(k.Workflow.Steps))
	for i, s := range k.Workflow.Steps {
		out[i] = Candidate{Text: strings.ReplaceAll(string(s.State), " ", "-"), name: string(s.State), About: s.Meaning}
	}
	return out
}

func isValues(Known) []Candidate {
	out := make([]Candidate, len(aspects))
	for i, a := range aspects {
		out[i] = Candidate{Text: a.name, About: a.about}
	}
	return out
}

func closedAsValues(Known) []Candidate {
	out := make([]Candidate, 0, len(model.Resolutions)+1)
	for _, r := range model.Resolutions {
		out = append(out, Candidate{Text: strings.ReplaceAll(string(r), " ", "-"), name: string(r), About: r.Meaning()})
	}
	return append(out, Candidate{Text: "none", About: "nobody said how"})
}

func sortValues(Known) []Candidate {
	out := make([]Candidate, len(orders))
	for i, o := range orders {
		out[i] = Candidate{Text: o.name, About: o.about}
	}
	return out
}

func spanValues(Known) []Candidate {
	return []Candidate{
		{Text: "<2d", About: "less than two days ago"}, {Text: "<1w", About: "less than a week ago"},
		{Text: ">2w", About: "more than two weeks ago"}, {Text: ">30d", About: "more than 30 days ago"},
		{Text: ">1y", About: "more than a year ago"},
	}
}

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
	usual := model.DefaultWorkflow()
	hyphened := func(name string) string { return Quote(strings.ReplaceAll(name, " ", "-")) }
	var out, renamed []Candidate
	for _, s := range k.Workflow.Steps {
		c := Candidate{Text: hyphened(string(s.State)), name: string(s.State), About: s.Meaning}
		if s.Name != usual.Step(s.State).Name {
			renamed = append(renamed, c)
			own := strings.ToLower(s.Name)
			c.Text, c.name, c.About = hyphened(own), own, string(s.State)+": "+s.Meaning
		}
		out = append(out, c)
	}
	return append(out, renamed...)
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
	var out, back []Candidate
	for _, o := range orders {
		out = append(out, Candidate{Text: o.name, About: o.about})
		back = append(back, Candidate{Text: "-" + o.name, About: o.back})
	}
	return append(out, back...)
}

func spanValues(Known) []Candidate {
	return []Candidate{
		{Text: "<2d", About: "less than two days ago"}, {Text: "<1w", About: "less than a week ago"},
		{Text: ">2w", About: "more than two weeks ago"}, {Text: ">30d", About: "more than 30 days ago"},
		{Text: ">1y", About: "more than a year ago"},
	}
}

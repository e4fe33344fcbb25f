package config

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"docket/model"
)

// layer puts what is said in one place of the file, the top or a board, on top
// of what holds already.
func (r *reader) layer(b *Board, l layer, at ...string) {
	r.states(&b.Settings.Workflow, l, at)
	r.labels(&b.Settings.Workflow.Scheme, l.Labels, at)
	r.policy(b, l.Policy, within(at, "policy"))
	r.views(b, l.Views, at)
	r.templates(b, l.Templates, at)
	r.recipes(b, l.Recipes, at)
	r.bind(b)
	r.recipeKeys(b, l.Recipes, at)
	r.bindRecipes(b)
}

// stateNames are the states that there are.
func stateNames() []string {
	var names []string
	for _, s := range model.DefaultWorkflow().Steps {
		names = append(names, string(s.State))
	}
	return names
}

// state reads a state's name, as a query does.
func (r *reader) state(w model.Workflow, name string, path ...string) (model.State, bool) {
	if state, ok := w.Called(name); ok {
		return state, true
	}
	r.wrong("there is no state "+quote(name), meant(name, stateNames()), path...)
	return "", false
}

// states chooses the columns, their order and their names.
func (r *reader) states(w *model.Workflow, l layer, at []string) {
	if l.States != nil {
		r.columns(w, l.States, at)
	}
	named := map[model.State]bool{}
	for _, name := range slices.Sorted(maps.Keys(l.Names)) {
		path := within(at, "names", name)
		state, ok := r.state(model.DefaultWorkflow(), name, path...)
		if !ok || r.twice(named, state, path) {
			continue
		}
		called := strings.TrimSpace(model.NewLine(l.Names[name]).String())
		if called == "" {
			r.wrong("the name of "+quote(name)+" is empty", "leave it out to keep the usual one", path...)
			continue
		}
		if i := w.Index(state); i >= 0 && w.Steps[i].Name != called {
			w.Steps[i].Name, w.Steps[i].Short = called, called
		}
	}
	r.namesakes(w, named, at)
}

// namesakes tells of columns that have one name.
func (r *reader) namesakes(w *model.Workflow, named map[model.State]bool, at []string) {
	taken := map[string]model.State{}
	for _, s := range w.Steps {
		other, there := taken[model.PlainName(s.Name)]
		if there && (named[s.State] || named[other]) {
			r.wrong("two columns are called "+quote(s.Name), "rename that of "+quote(string(s.State))+" or that of "+quote(string(other)), within(at, "names")...)
		}
		taken[model.PlainName(s.Name)] = s.State
	}
}

// twice tells of a state that is there already under another name.
func (r *reader) twice(there map[model.State]bool, state model.State, path []string) bool {
	if there[state] {
		r.wrong(quote(string(state))+" is there twice", "leave one of them out", path...)
	}
	was := there[state]
	there[state] = true
	return was
}

func (r *reader) columns(w *model.Workflow, names, at []string) {
	var chosen []model.Step
	for i, name := range names {
		path := within(at, "states", element(i))
		state, ok := r.state(model.DefaultWorkflow(), name, path...)
		switch {
		case !ok:
		case slices.ContainsFunc(chosen, func(s model.Step) bool { return s.State == state }):
			r.wrong(quote(name)+" is there twice", "a state has one column", path...)
		default:
			chosen = append(chosen, w.Step(state))
		}
	}
	if !slices.ContainsFunc(chosen, func(s model.Step) bool { return s.State == model.NeedsReview }) {
		r.wrong(quote(string(model.NeedsReview))+" is missing", "every new ticket is in this state: it needs a column", within(at, "states")...)
	}
	w.Steps = chosen
}

// labelFields are what a label can stand for, as the file writes it, with the
// values.
var labelFields = []struct {
	name   string
	field  model.Field
	values func() []string
}{
	{"gain", model.FieldGain, levelNames},
	{"pain", model.FieldPain, levelNames},
	{"state", model.FieldState, func() []string {
		return slices.DeleteFunc(stateNames(), func(s string) bool {
			return s == string(model.InProgress) || s == string(model.Closed) // these are shown, not labelled
		})
	}},
	{"closed-as", model.FieldResolution, resolutions},
	{"type", model.FieldType, func() []string { return []string{"dev", "ops"} }},
}

func resolutions() []string {
	var names []string
	for _, r := range model.Resolutions {
		names = append(names, string(r))
	}
	return names
}

func levelNames() []string { return []string{"low", "medium", "high"} }

// labels adds to what labels mean: "prio 1" = "gain:high". Nothing takes a
// label's meaning away.
func (r *reader) labels(s *model.Scheme, written map[string]string, at []string) {
	for _, label := range slices.Sorted(maps.Keys(written)) {
		meaning, ok := r.meaning(written[label], within(at, "labels", label))
		if !ok {
			continue
		}
		if s.Own == nil {
			s.Own = map[string]model.Meaning{}
		}
		s.Own[label] = meaning
	}
}

func (r *reader) meaning(text string, path []string) (model.Meaning, bool) {
	if text == "" {
		return model.Meaning{}, true
	}
	name, value, cut := strings.Cut(text, ":")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	var names []string
	for _, f := range labelFields {
		names = append(names, f.name)
		if !cut || f.name != name {
			continue
		}
		if slices.Contains(f.values(), value) {
			return model.Meaning{Field: f.field, Value: value}, true
		}
		r.wrong("a label can't mean "+quote(text), meant(value, f.values()), path...)
		return model.Meaning{}, false
	}
	hint := `write it as "gain:high", "state:urgent" or "closed-as:duplicate"; "" takes the meaning away`
	if cut {
		hint = meant(name, names)
	}
	r.wrong("a label can't mean "+quote(text), hint, path...)
	return model.Meaning{}, false
}

// policy says what is stale, due, and how long closed tickets are shown.
func (r *reader) policy(b *Board, p policy, at []string) {
	into, limited := &b.Policy, map[model.State]bool{}
	for _, name := range slices.Sorted(maps.Keys(p.StaleAfter)) {
		path := within(at, "stale_after", name)
		state, ok := r.state(b.Settings.Workflow, name, path...)
		if !ok || r.twice(limited, state, path) {
			continue
		}
		if p.StaleAfter[name] == "never" {
			delete(into.StaleAfter, state)
			continue
		}
		d, ok := r.span(p.StaleAfter[name], path...)
		if ok && d == 0 {
			r.wrong(quote(p.StaleAfter[name])+" would make every ticket stale at once", `write "never", or at least "1h"`, path...)
		}
		into.StaleAfter[state] = d
	}
	if p.DueWithin != nil {
		if d, ok := r.span(*p.DueWithin, within(at, "due_within")...); ok {
			into.DueWithin = d
		}
	}
	if p.ClosedFor != nil {
		if d, ok := r.span(*p.ClosedFor, within(at, "closed_for")...); ok {
			into.ClosedFor = d
		}
	}
}

// span reads a span of time: 12h, 3d or 2w.
func (r *reader) span(text string, path ...string) (time.Duration, bool) {
	const longest = 100 * 365 // days
	units := map[byte]time.Duration{'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}
	if n := len(text) - 1; n > 0 {
		unit := units[text[n]]
		count, err := strconv.Atoi(text[:n])
		if unit > 0 && err == nil && 0 <= count && count <= longest && strconv.Itoa(count) == text[:n] {
			return time.Duration(count) * unit, time.Duration(count)*unit <= longest*24*time.Hour || r.tooLong(text, path)
		}
	}
	hint := `write hours, days or weeks, as "12h", "3d" or "2w"`
	if words := strings.Fields(text); len(words) == 2 && words[1] != "" && units[words[1][0]] > 0 {
		hint = "did you mean " + quote(words[0]+words[1][:1]) + "?"
	}
	r.wrong(quote(text)+" is no span of time", hint, path...)
	return 0, false
}

func (r *reader) tooLong(text string, path []string) bool {
	r.wrong(quote(text)+" is longer than a life", "leave it out, or write less", path...)
	return false
}

// within returns a path that shares nothing with the one that it begins with.
func within(at []string, more ...string) []string { return slices.Concat(at, more) }

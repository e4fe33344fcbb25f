package model

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ValidateTemplates returns an error in words for a person that joins every
// mistake in a list of templates; nil when there is none.
func ValidateTemplates(templates []Template) error {
	var all []error
	seen := map[string]bool{}
	for _, t := range templates {
		all = append(all, t.Validate())
		if seen[t.Name] && t.Name != "" {
			all = append(all, fmt.Errorf("there are two templates named %q; give one another name", t.Name))
		}
		seen[t.Name] = true
	}
	return errors.Join(all...)
}

// ValidateRecipes returns an error in words for a person that joins every
// mistake in a list of recipes; nil when there is none. Keys are checked by the
// keymap.
func ValidateRecipes(recipes []Recipe, w Workflow, templates []Template) error {
	var all []error
	seen := map[string]string{}
	for _, r := range recipes {
		all = append(all, r.Validate(w, templates))
		if other, twice := seen[r.ID()]; twice {
			all = append(all, fmt.Errorf("the recipes %q and %q can't be told apart; give one another name", other, r.Name))
		}
		seen[r.ID()] = r.Name
	}
	return errors.Join(all...)
}

// Validate returns an error in words for a person that joins every mistake in
// the recipe; nil when there is none.
func (r Recipe) Validate(w Workflow, templates []Template) error {
	if r.ID() == (Recipe{}).ID() {
		return errors.New("a recipe needs a name with a letter or a digit in it")
	}
	var all []error
	wrong := func(format string, args ...any) {
		all = append(all, fmt.Errorf("the recipe %q: "+format, append([]any{r.Name}, args...)...))
	}
	if r.Comments() && r.Comment == "" && r.Template == "" {
		wrong("it changes nothing; give it a state, a level, an assignee, a label, a comment or a resolution")
	}
	r.checkState(w, wrong)
	if r.Gain != nil && *r.Gain > High || r.Pain != nil && *r.Pain > High {
		wrong("a level is none, low, medium or high")
	}
	r.checkPeople(wrong)
	r.checkLabels(w, wrong)
	r.checkText(templates, wrong)
	return errors.Join(all...)
}

func (r Recipe) checkState(w Workflow, wrong func(string, ...any)) {
	var names []string
	for _, s := range w.Steps {
		names = append(names, string(s.State))
	}
	switch {
	case r.State == Closed:
		wrong("to close tickets it needs a resolution: close = %q, for instance, instead of a state", string(Done))
	case r.State != "" && w.Index(r.State) < 0:
		wrong("there is no state %q; %s", string(r.State), meant(string(r.State), names))
	}
	names = names[:0]
	for _, each := range Resolutions {
		names = append(names, string(each))
	}
	switch {
	case r.Close == Unresolved:
	case !slices.Contains(Resolutions, r.Close):
		wrong("there is no resolution %q; %s", string(r.Close), meant(string(r.Close), names))
	case r.State != "":
		wrong("it can't both close a ticket and move it to %q; keep one of the two", string(r.State))
	case r.Comment == "" && r.Template == "":
		wrong("a ticket is closed with an explanation; give it a comment or a template")
	}
}

func (r Recipe) checkPeople(wrong func(string, ...any)) {
	for _, name := range r.Assign {
		switch {
		case strings.TrimSpace(name) == "":
			wrong("an assignee needs a name")
		case name == assignNobody && len(r.Assign) > 1:
			wrong("it assigns nobody and somebody; keep one of the two")
		}
	}
	if r.State == InProgress && slices.Contains(r.Assign, assignNobody) {
		wrong("a ticket in progress has an assignee; name one, or %q", assignMe)
	}
}

func (r Recipe) checkLabels(w Workflow, wrong func(string, ...any)) {
	add := slices.Concat(r.Labels, r.LabelsIfThere)
	for _, name := range slices.Concat(add, r.Unlabel) {
		m, known := w.Scheme.Read(name)
		switch {
		case strings.TrimSpace(name) == "":
			wrong("a label needs a name")
		case known && m.Field != FieldType:
			wrong("the label %q means %s %s; say that instead of the label", name, m.Field, m.Value)
		}
	}
	for _, name := range add {
		if slices.ContainsFunc(r.Unlabel, func(other string) bool { return sameName(NewLine(other), name) }) {
			wrong("it adds the label %q and takes it off; keep one of the two", name)
		}
	}
}

func (r Recipe) checkText(templates []Template, wrong func(string, ...any)) {
	var names []string
	for _, t := range templates {
		names = append(names, t.Name)
	}
	text, found := r.text(templates)
	switch {
	case r.Comment != "" && r.Template != "":
		wrong("it has a comment and a template; keep one of the two")
	case r.Template != "" && !found:
		wrong("there is no template %q; %s", r.Template, meant(r.Template, names))
	case !found:
	case strings.TrimSpace(text.Text) == "":
		wrong("its comment is empty")
	default:
		if _, err := text.pieces(); err != nil {
			wrong("its comment: %w", err)
		}
	}
}

// meant suggests one of some names, or lists them.
func meant(word string, names []string) string {
	switch near := Nearest(word, names); {
	case near != "":
		return fmt.Sprintf("did you mean %q?", near)
	case len(names) == 0:
		return "there are none"
	}
	return "there are " + strings.Join(names, ", ")
}

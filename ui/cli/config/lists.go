package config

import (
	"slices"
	"strings"

	"docket/model"
)

// What views can be sorted by and cut into lanes by.
var (
	sorts = []string{"score", "age", "updated", "due", "comments"}
	lanes = []string{"assignee", "gain", "repository"}
)

// put puts a named thing in the place of the one that has its name, or behind
// all others.
func put[T any](all []T, name func(T) string, one T) []T {
	if i := slices.IndexFunc(all, func(t T) bool { return name(t) == name(one) }); i >= 0 {
		all[i] = one
		return all
	}
	return append(all, one)
}

// name checks a name in a list: each has one, and no two have the same.
func (r *reader) name(kind, name string, taken map[string]bool, path []string) bool {
	switch {
	case strings.TrimSpace(name) == "":
		r.wrong("a "+kind+" has no name", `add name = "…"`, path...)
	case taken[name]:
		r.wrong("there are two "+kind+"s called "+quote(name), "rename one of them", within(path, "name")...)
	default:
		taken[name] = true
		return true
	}
	return false
}

// oneOf checks a value that is one of a few words, or is left out.
func (r *reader) oneOf(kind, value string, of, path []string) {
	if value != "" && !slices.Contains(of, value) {
		r.wrong("there is no "+kind+" "+quote(value), meant(value, of), path...)
	}
}

// query asks what is wrong with a query about a board.
func (r *reader) query(text string, b *Board) error {
	if r.rules.Query == nil {
		return nil
	}
	return r.rules.Query(text, b.Settings.Workflow.Steps)
}

func (r *reader) views(b *Board, all []view, at []string) {
	taken := map[string]bool{}
	for i, v := range all {
		path := within(at, "views", element(i))
		if !r.name("view", v.Name, taken, path) {
			continue
		}
		if err := r.query(v.Query, b); err != nil {
			r.wrong("the query of view "+quote(v.Name)+" is wrong: "+quiet(err.Error()), "", within(path, "query")...)
		}
		r.oneOf("sort", strings.TrimPrefix(v.Sort, "-"), sorts, within(path, "sort"))
		r.oneOf("lane", v.Lanes, lanes, within(path, "lanes"))
		b.Settings.Views = put(b.Settings.Views, func(v model.View) string { return v.Name }, model.View(v))
	}
}

func (r *reader) templates(b *Board, all []template, at []string) {
	taken := map[string]bool{}
	for i, t := range all {
		path := within(at, "templates", element(i))
		if !r.name("template", t.Name, taken, path) {
			continue
		}
		if strings.TrimSpace(t.Text) == "" {
			r.wrong("template "+quote(t.Name)+" has no text", `add text = """…"""`, path...)
		} else if err := ask(r.rules.Text, t.Text); err != nil {
			r.wrong("the text of template "+quote(t.Name)+" is wrong: "+quiet(err.Error()), "", within(path, "text")...)
		}
		b.Settings.Templates = put(b.Settings.Templates, func(t model.Template) string { return t.Name }, model.Template(t))
	}
}

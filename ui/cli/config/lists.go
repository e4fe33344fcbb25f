package config

import (
	"slices"
	"strings"

	"docket/keymap"
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

func (r *reader) views(b *Board, all []view, at []string) {
	taken := map[string]bool{}
	for i, v := range all {
		path := within(at, "views", element(i))
		if !r.name("view", v.Name, taken, path) {
			continue
		}
		if err := ask(r.rules.Query, v.Query); err != nil {
			r.wrong("the query of view "+quote(v.Name)+" is wrong: "+quiet(err.Error()), "", within(path, "query")...)
		}
		r.oneOf("sort", v.Sort, sorts, within(path, "sort"))
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

func (r *reader) recipes(b *Board, all []recipe, at []string) {
	taken := map[string]bool{}
	for i, written := range all {
		path := within(at, "recipes", element(i))
		if !r.name("recipe", written.Name, taken, path) {
			continue
		}
		recipe := r.recipe(b, written, path)
		b.Settings.Recipes = put(b.Settings.Recipes, func(r model.Recipe) string { return r.Name }, recipe)
		r.recipeKey(b, recipe, path)
	}
}

// recipe reads one list of changes.
func (r *reader) recipe(b *Board, w recipe, path []string) model.Recipe {
	out := model.Recipe{Name: w.Name, Key: w.Key, Comment: w.Comment, Template: w.Template, Assign: w.Assign}
	out.Gain = r.level(w.Gain, within(path, "gain"))
	out.Pain = r.level(w.Pain, within(path, "pain"))
	if w.State != "" {
		out.State, _ = r.state(w.State, within(path, "state")...)
	}
	for i, label := range w.Labels {
		at := within(path, "labels", element(i))
		switch name := strings.TrimSpace(strings.TrimLeft(label, "+-")); {
		case name == "":
			r.wrong("a label has no name", `write "+ops" to add it, "-ops" to take it off`, at...)
		case strings.HasPrefix(label, "+"):
			out.Add = append(out.Add, label[1:])
		case strings.HasPrefix(label, "-"):
			out.Remove = append(out.Remove, label[1:])
		default:
			r.wrong("is "+quote(label)+" to be added or taken off?", "write "+quote("+"+label)+" or "+quote("-"+label), at...)
		}
	}
	if w.Comment != "" && w.Template != "" {
		r.wrong("recipe "+quote(w.Name)+" has a comment and a template", "keep one of the two", within(path, "template")...)
	}
	var names []string
	for _, t := range b.Settings.Templates {
		names = append(names, t.Name)
	}
	if w.Template != "" && !slices.Contains(names, w.Template) {
		hint := "add it under [[templates]]"
		if len(names) > 0 {
			hint = meant(w.Template, names)
		}
		r.wrong("there is no template "+quote(w.Template), hint, within(path, "template")...)
	}
	if out.Gain == nil && out.Pain == nil && w.State == "" && len(w.Labels)+len(w.Assign) == 0 && w.Comment == "" && w.Template == "" {
		r.wrong("recipe "+quote(w.Name)+" changes nothing", "add gain, pain, state, labels, assign, comment or template", path...)
	}
	return out
}

func (r *reader) level(name string, path []string) *model.Level {
	if name == "" {
		return nil
	}
	level, ok := model.ParseLevel(name)
	if !ok {
		r.wrong("there is no level "+quote(name), meant(name, append(levelNames(), "none")), path...)
	}
	return &level
}

// recipeKey checks that a recipe's key is one, and means nothing else where a
// ticket is at hand.
func (r *reader) recipeKey(b *Board, one model.Recipe, path []string) {
	if one.Key == "" {
		return
	}
	path = within(path, "key")
	steps, err := keymap.Sequence(one.Key)
	if err != nil {
		r.wrong("the key of recipe "+quote(one.Name)+" is wrong: "+quiet(err.Error()), "", path...)
		return
	}
	for _, scope := range []keymap.Scope{keymap.Board, keymap.Ticket} {
		for n := 1; n <= len(steps); n++ {
			action, match := b.Settings.Keys.Resolve([]keymap.Scope{scope}, steps[:n])
			switch {
			case match == keymap.Full:
				r.wrong("the key "+quote(one.Key)+" of recipe "+quote(one.Name)+" already means "+quote(string(action.ID)),
					"choose another key, or give "+quote(string(action.ID))+" another one in [keys]", path...)
				return
			case match == keymap.Partial && n == len(steps):
				r.wrong("the key "+quote(one.Key)+" of recipe "+quote(one.Name)+" is the beginning of others", "choose another key", path...)
				return
			}
		}
	}
	for _, other := range b.Settings.Recipes {
		theirs, err := keymap.Sequence(other.Key)
		if other.Name == one.Name || other.Key == "" || err != nil {
			continue
		}
		if n := min(len(theirs), len(steps)); slices.Equal(theirs[:n], steps[:n]) {
			r.wrong("the key "+quote(one.Key)+" of recipe "+quote(one.Name)+" is also that of "+quote(other.Name), "choose another key for one of them", path...)
			return
		}
	}
}

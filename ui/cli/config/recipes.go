package config

import (
	"slices"
	"strings"

	"docket/keymap"
	"docket/model"
)

func (r *reader) recipes(b *Board, all []recipe, at []string) {
	taken := map[string]bool{}
	for i, w := range all {
		path := within(at, "recipes", element(i))
		if r.name("recipe", w.Name, taken, path) {
			b.Settings.Recipes = put(b.Settings.Recipes, model.Recipe.ID, r.recipe(b, w, path))
		}
	}
}

// recipe reads one list of changes.
func (r *reader) recipe(b *Board, w recipe, path []string) model.Recipe {
	out := model.Recipe{Name: w.Name, Key: w.Key, Comment: w.Comment, Template: w.Template, Assign: w.Assign}
	out.Gain = r.level(w.Gain, within(path, "gain"))
	out.Pain = r.level(w.Pain, within(path, "pain"))
	if w.State != "" {
		out.State, _ = r.state(b.Settings.Workflow, w.State, within(path, "state")...)
	}
	if out.State == model.Closed {
		r.wrong("recipe "+quote(w.Name)+" does not say how to close", `write close = "done", or another resolution, instead`, within(path, "state")...)
	}
	r.oneOf("resolution", w.Close, resolutions(), within(path, "close"))
	out.Close = model.Resolution(w.Close)
	r.recipeLabels(&out, w.Labels, within(path, "labels"))
	r.recipeText(b, w, path)
	if len(w.Labels)+len(w.Assign) == 0 && w.Gain+w.Pain+w.State+w.Close+w.Comment+w.Template == "" {
		r.wrong("recipe "+quote(w.Name)+" changes nothing", "add gain, pain, state, labels, assign, comment, template or close", path...)
	}
	return out
}

func (r *reader) recipeLabels(out *model.Recipe, labels, path []string) {
	to := map[byte]*[]string{'+': &out.Labels, '-': &out.Unlabel, '?': &out.LabelsIfThere}
	for i, label := range labels {
		at := within(path, element(i))
		name := strings.TrimSpace(strings.TrimLeft(label, "+-?"))
		switch list := to[(label + " ")[0]]; {
		case name == "":
			r.wrong("a label has no name", `write "+ops" to add it, "-ops" to take it off`, at...)
		case list == nil:
			r.wrong("is "+quote(label)+" to be added or taken off?", "write "+quote("+"+label)+" or "+quote("-"+label), at...)
		default:
			*list = append(*list, label[1:])
		}
	}
}

// recipeText checks what a recipe comments with.
func (r *reader) recipeText(b *Board, w recipe, path []string) {
	if w.Close != "" && w.Comment == "" && w.Template == "" {
		r.wrong("recipe "+quote(w.Name)+" closes without an explanation", "add a comment or a template", within(path, "close")...)
	}
	if w.Comment != "" && w.Template != "" {
		r.wrong("recipe "+quote(w.Name)+" has a comment and a template", "keep one of the two", within(path, "template")...)
	}
	if err := ask(r.rules.Text, w.Comment); w.Comment != "" && err != nil {
		r.wrong("the comment of recipe "+quote(w.Name)+" is wrong: "+quiet(err.Error()), "", within(path, "comment")...)
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

// recipeKeys checks that the keys of recipes are keys, and mean nothing else
// where a ticket is at hand.
func (r *reader) recipeKeys(b *Board, all []recipe, at []string) {
	for i, w := range all {
		if w.Key == "" {
			continue
		}
		path := within(at, "recipes", element(i), "key")
		steps, err := keymap.Sequence(w.Key)
		if err != nil {
			r.wrong("the key of recipe "+quote(w.Name)+" is wrong: "+quiet(err.Error()), "", path...)
			continue
		}
		// Of two with one key, the one further down is told of.
		what, hint := clash(b, all[i:], steps)
		if what != "" {
			r.wrong("the key "+quote(w.Key)+" of recipe "+quote(w.Name)+" "+what, hint, path...)
		}
	}
}

// clash tells what else the keys of the first of some recipes mean, apart from
// the rest of them; nothing when they are free.
func clash(b *Board, of []recipe, steps []string) (what, hint string) {
	for _, scope := range []keymap.Scope{keymap.Board, keymap.Ticket} {
		for n := 1; n <= len(steps); n++ {
			action, match := b.Settings.Keys.Resolve([]keymap.Scope{scope}, steps[:n])
			switch {
			case match == keymap.Full:
				return "already means " + quote(string(action.ID)), "choose another key, or give " + quote(string(action.ID)) + " another one in [keys]"
			case match == keymap.Partial && n == len(steps):
				return "is the beginning of others", "choose another key"
			}
		}
	}
	for _, other := range b.Settings.Recipes {
		theirs, err := keymap.Sequence(other.Key)
		if err != nil || slices.ContainsFunc(of, func(w recipe) bool { return w.Name == other.Name }) {
			continue
		}
		if n := min(len(theirs), len(steps)); slices.Equal(theirs[:n], steps[:n]) {
			return "is also that of " + quote(other.Name), "choose another key for one of them"
		}
	}
	return "", ""
}

package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"docket/keymap"
	"docket/ui"
)

// keys takes the person's own keys.
func (r *reader) keys(written map[string]any) {
	r.own = map[keymap.ID][]string{}
	for action, v := range written {
		switch v := v.(type) {
		case string:
			r.own[keymap.ID(action)] = []string{v}
		case []any:
			if keys, ok := r.texts(action, v); ok {
				r.own[keymap.ID(action)] = keys
			}
		default:
			r.wrong("the keys of "+quote(action)+" are neither text nor a list", fmt.Sprintf(`write %s = "g" or %s = ["g", "ctrl+g"]; [] takes all keys away`, quiet(action), quiet(action)), "keys", action)
		}
	}
}

// recipePrefix is how the names of recipes as actions begin. No declared action
// begins so.
const recipePrefix = "recipe-"

// bind puts the person's own keys in force on a board, but those of recipes,
// which come after it is known what else the keys mean.
func (r *reader) bind(b *Board) {
	own := maps.Clone(r.own)
	maps.DeleteFunc(own, func(id keymap.ID, _ []string) bool { return strings.HasPrefix(string(id), recipePrefix) })
	keys, err := keymap.New(own)
	if err == nil {
		b.Settings.Keys = keys
		return
	}
	r.wrongKeys(err)
}

// bindRecipes makes a board's recipes actions like all others. Keys of recipes
// that only another board has are none here.
func (r *reader) bindRecipes(b *Board) {
	actions := ui.RecipeActions(b.Settings.Recipes, b.Settings.Workflow)
	own := maps.Clone(r.own)
	maps.DeleteFunc(own, func(id keymap.ID, _ []string) bool {
		here := slices.ContainsFunc(actions, func(a keymap.Action) bool { return a.ID == id })
		return strings.HasPrefix(string(id), recipePrefix) && !here
	})
	if r.recipeOf == nil {
		r.recipeOf = map[keymap.ID]bool{}
	}
	for _, a := range actions {
		r.recipeOf[a.ID] = true
	}
	keys, err := keymap.New(own, actions...)
	switch {
	case err == nil:
		b.Settings.Keys = keys
	case len(r.problems) == 0: // otherwise it is told already why
		r.wrongKeys(err)
	}
}

// strangeRecipes tells of keys for recipes that no board has.
func (r *reader) strangeRecipes() {
	for _, id := range slices.Sorted(maps.Keys(r.own)) {
		if strings.HasPrefix(string(id), recipePrefix) && !r.recipeOf[id] {
			var names []string
			for known := range r.recipeOf {
				names = append(names, string(known))
			}
			slices.Sort(names)
			r.wrong("there is no action "+quote(string(id)), meant(string(id), names), "keys", string(id))
		}
	}
}

// wrongKeys tells what is wrong with the person's own keys.
func (r *reader) wrongKeys(err error) {
	for _, each := range joined(err) {
		p, ok := errors.AsType[*keymap.Problem](each)
		if !ok {
			r.wrong(each.Error(), "", "keys")
			continue
		}
		path := []string{"keys", string(p.Action)}
		if i := slices.Index(r.own[p.Action], p.Key); i >= 0 {
			path = append(path, element(i))
		}
		hint := p.Hint
		told := *p
		told.Hint = ""
		r.wrong(quiet(told.Error()), quiet(hint), path...)
	}
}

// texts takes the keys of an action that are written as a list.
func (r *reader) texts(action string, list []any) (keys []string, ok bool) {
	keys, ok = []string{}, true
	for i, each := range list {
		key, isText := each.(string)
		if !isText {
			r.wrong("a key of "+quote(action)+" is no text", `write "g", "ctrl+s" or "g g"`, "keys", action, element(i))
			ok = false
		}
		keys = append(keys, key)
	}
	return keys, ok
}

// joined takes errors apart that were joined.
func joined(err error) []error {
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		return many.Unwrap()
	}
	return []error{err}
}

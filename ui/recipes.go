package ui

import (
	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// RecipeActions declares recipes as actions, for [keymap.New]: each can be
// found in help and footer, has its own key if the recipe names one, and can be
// rebound like any other.
func RecipeActions(recipes []model.Recipe, w model.Workflow) []keymap.Action {
	actions := make([]keymap.Action, len(recipes))
	for i, r := range recipes {
		name := model.NewLine(r.Name).String()
		actions[i] = keymap.Action{
			ID: keymap.ID(r.ID()), Scopes: []keymap.Scope{keymap.Board, keymap.Ticket}, Name: name, Group: "Recipes",
			Help: name + ": " + r.Words(w) + ".", Footer: recipesInFooter,
		}
		if r.Key != "" {
			actions[i].Keys = []string{r.Key}
		}
	}
	return actions
}

// recipesInFooter is the rank of recipes in the footer: after everything else.
const recipesInFooter = 20

// recipe returns the recipe that an action carries out.
func (a *App) recipe(id keymap.ID) (model.Recipe, bool) {
	for _, r := range a.Recipes {
		if keymap.ID(r.ID()) == id {
			return r, true
		}
	}
	return model.Recipe{}, false
}

// pickRecipe lists the recipes with what they do and their own keys.
func (a *App) pickRecipe() tea.Cmd {
	if len(a.Recipes) == 0 {
		return a.tell("There are no recipes")
	}
	items := make([]item, len(a.Recipes))
	for i, r := range a.Recipes {
		items[i] = item{name: model.NewLine(r.Name).String(), about: r.Words(a.Workflow), pick: func(a *App) tea.Cmd { return a.cook(r) }}
		if id := keymap.ID(r.ID()); len(a.Keys.Keys(id)) > 0 {
			items[i].name = a.key(id) + "  " + items[i].name
		}
	}
	title := "Recipes"
	if a.many() {
		title += " for " + a.marked()
	}
	a.open(newPicker(title, items))
	return nil
}

// cook carries out a recipe: on one ticket at once, on the marked ones after
// showing what it will do.
func (a *App) cook(r model.Recipe) tea.Cmd {
	needs := mayTriage
	if r.Comments() {
		needs = mayComment
	}
	deed := r.Deed(model.Kitchen{
		Me: a.snap.Me.Login, Repos: a.snap.Repos, Workflow: a.Workflow, Templates: a.Templates, Now: a.now,
	})
	name := model.NewLine(r.Name).String()
	many := func(a *App) tea.Cmd { return a.plan(intent{what: name, needs: needs, deed: deed}) }
	return either(func(a *App) tea.Cmd { return a.cookOne(name, needs, deed) }, many)(a)
}

func (a *App) cookOne(name string, needs func(model.Rights) bool, deed model.Deed) tea.Cmd {
	card, why := a.target(needs)
	if card == nil {
		return why
	}
	changes, not := deed(card)
	switch {
	case not != "":
		return a.tell(name + ": " + not)
	case len(changes) == 0:
		return a.tell(name + ": nothing would change")
	}
	open := len(a.dialogs)
	cmd := a.submit(card.Ref, changes...)
	if len(a.dialogs) > open {
		return cmd // the person is asked something first
	}
	return tea.Batch(cmd, a.tell(name+": "+count(len(changes), "change", "changes")+a.undoWords()))
}

// undoWords end a sentence about an action of several changes.
func (a *App) undoWords() string {
	if len(a.Keys.Keys(keymap.Undo)) > 0 {
		return "; " + a.key(keymap.Undo) + " takes it back as a whole"
	}
	return ""
}

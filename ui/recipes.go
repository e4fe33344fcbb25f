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
// showing what it will do. One whose comment has a place for the person's own
// words has them written first.
func (a *App) cook(r model.Recipe) tea.Cmd {
	one := func(a *App) tea.Cmd {
		card, why := a.target(needed(r))
		if card == nil {
			return why
		}
		if t, ok := r.Unfinished(a.Templates); ok {
			return a.finishOne(r, t, card)
		}
		return a.cookOne(r, card, "")
	}
	many := func(a *App) tea.Cmd {
		if t, ok := r.Unfinished(a.Templates); ok {
			return a.finishMany(r, t)
		}
		return a.cookMany(r, "")
	}
	return either(one, many)(a)
}

// needed are the rights that a recipe takes.
func needed(r model.Recipe) func(model.Rights) bool {
	if r.Comments() {
		return mayComment
	}
	return mayTriage
}

func (a *App) deed(r model.Recipe) model.Deed {
	return r.Deed(model.Kitchen{
		Me: a.snap.Me.Login, Repos: a.snap.Repos, Workflow: a.Workflow, Templates: a.Templates, Now: a.now,
	})
}

// finishOne has the person write their own words into a recipe's comment, unless
// it can't be carried out on the ticket anyway.
func (a *App) finishOne(r model.Recipe, t model.Template, card *model.Card) tea.Cmd {
	name := model.NewLine(r.Name).String()
	if _, not := a.deed(r.Saying("-"))(card); not != "" {
		return a.tell(name + ": " + not)
	}
	draft, ref := r.ID()+":"+card.Ref.String(), card.Ref
	e := newEditor(a, name+" on "+a.ticketName(ref), card.Title.String(), draft, "", func(a *App, text string) tea.Cmd {
		now, _, _, there := a.snap.Board.Find(ref)
		if !there {
			return a.tell("That ticket is no longer on the board")
		}
		return a.cookOne(r.Saying(model.Verbatim(text)), now, draft)
	})
	e.card = card
	return a.openWith(e, t)
}

// finishMany has them write it once for all the marked tickets.
func (a *App) finishMany(r model.Recipe, t model.Template) tea.Cmd {
	draft := r.ID() + ":marked"
	return a.openWith(a.editorOfMany(model.NewLine(r.Name).String()+" on "+a.marked(), "", draft, func(a *App, text string) tea.Cmd {
		return a.cookMany(r.Saying(text), draft)
	}), t)
}

// openWith opens an editor with a template in it, or with the draft of last time.
func (a *App) openWith(e *editor, t model.Template) tea.Cmd {
	a.open(e)
	if e.area.Value() != "" {
		return nil
	}
	return e.insert(a, t)
}

func (a *App) cookMany(r model.Recipe, draft string) tea.Cmd {
	return a.plan(intent{what: model.NewLine(r.Name).String(), needs: needed(r), draft: draft, deed: a.deed(r)})
}

func (a *App) cookOne(r model.Recipe, card *model.Card, draft string) tea.Cmd {
	name := model.NewLine(r.Name).String()
	changes, not := a.deed(r)(card)
	switch {
	case not != "":
		return a.tell(name + ": " + not)
	case len(changes) == 0:
		return a.tell(name + ": nothing would change")
	}
	open := len(a.dialogs)
	cmd := a.submitText(draft, card.Ref, changes...)
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

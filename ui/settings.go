package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// Settings are what a person configures about a board. They are values: a
// running board takes others by a [Reload].
type Settings struct {
	Title     string // the board's name; empty: the repositories' names
	Keys      keymap.Map
	Workflow  model.Workflow
	Theme     Theme
	Views     []model.View
	Templates []model.Template
	Recipes   []model.Recipe
}

// DefaultSettings are those of a person who has configured nothing.
func DefaultSettings() Settings {
	s := Settings{Workflow: model.DefaultWorkflow(), Theme: Theme{Name: Themes[0].Name},
		Views: model.DefaultViews(), Templates: model.DefaultTemplates(), Recipes: model.DefaultRecipes()}
	keys, err := keymap.New(nil, RecipeActions(s.Recipes, s.Workflow)...)
	if err != nil {
		panic(err) // the defaults are right, as a test sees
	}
	s.Keys = keys
	return s
}

// Reload is what came of reading the configuration again.
type Reload struct {
	Settings Settings
	// Problem says why the configuration is not taken, and where; what was in
	// force stays in force then. Empty: it is taken.
	Problem string
	// Notice says something about the configuration for a moment; nothing else
	// comes with it.
	Notice string
	// Restart names what has changed and takes a restart, as people call it.
	Restart []string
}

// reloadMsg brings a Reload.
type reloadMsg struct{ Reload }

// awaitReload returns a Cmd that waits for other settings.
func (a *App) awaitReload() tea.Cmd {
	if a.Reloads == nil {
		return nil
	}
	ctx, reloads := a.ctx, a.Reloads
	return func() tea.Msg {
		select {
		case r := <-reloads:
			return reloadMsg{r}
		case <-ctx.Done():
			return nil
		}
	}
}

// takeReload puts other settings in force, or says why they are not.
func (a *App) takeReload(r Reload) tea.Cmd {
	if r.Notice != "" {
		return tea.Batch(a.awaitReload(), a.tell(r.Notice))
	}
	a.misread = model.NewLine(r.Problem).String()
	if r.Problem != "" {
		return tea.Batch(a.awaitReload(), a.tell(a.misread))
	}
	a.Settings = r.Settings
	a.pressed = a.pressed[:0] // the beginning of a sequence that may be none any more
	taken := a.take(a.Desk.Snapshot())
	a.dress(a.dark)
	a.fit()
	a.reveal()
	words := "The settings have changed"
	if len(r.Restart) > 0 {
		words += fmt.Sprintf("; for %s start docket again", strings.Join(slices.Compact(slices.Clone(r.Restart)), " and "))
	}
	return tea.Batch(a.awaitReload(), taken, a.renderPane(), a.tell(words))
}

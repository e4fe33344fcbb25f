package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// paletteSources fill the palette, each with its kind of entries, in the order
// in which an empty field shows them. at is where the palette was called from.
var paletteSources = []func(a *App, at []keymap.Scope) []entry{
	(*App).actionsHere, (*App).viewEntries, (*App).stateEntries, (*App).personEntries, (*App).endingEntries, (*App).orderEntries, (*App).themeEntries, (*App).actionsElsewhere,
}

// actionsHere are the actions that can be done where the person is; those that
// only move about, which everybody finds, come last.
func (a *App) actionsHere(at []keymap.Scope) []entry {
	var moves, all []entry
	for i, s := range a.Keys.Help(at) {
		for _, h := range s.Hints {
			if h.ID == keymap.ShowPalette {
				continue
			}
			if e := a.actionEntry(h, h.Help); i == 0 {
				moves = append(moves, e)
			} else {
				all = append(all, e)
			}
		}
	}
	return append(all, moves...)
}

// actionsElsewhere are all others, with the place where they are done.
func (a *App) actionsElsewhere(at []keymap.Scope) []entry {
	here := map[keymap.ID]bool{keymap.ShowPalette: true}
	for _, s := range a.Keys.Help(at) {
		for _, h := range s.Hints {
			here[h.ID] = true
		}
	}
	var all []entry
	for _, s := range a.Keys.All() {
		for _, h := range s.Hints {
			if action, ok := a.Keys.Action(h.ID); ok && !here[h.ID] {
				all = append(all, a.actionEntry(h, action.Scopes[0].Place()+": "+h.Help))
			}
		}
	}
	return all
}

func (a *App) actionEntry(h keymap.Hint, about string) entry {
	e := entry{kind: "action", name: strings.ReplaceAll(string(h.ID), "-", " "), other: h.Name, about: about, keys: a.label(h), action: h.ID}
	if action, ok := a.Keys.Action(h.ID); ok {
		e.other += " " + action.Also
	}
	if r, ok := a.recipe(h.ID); ok {
		e.before, e.name = "Recipe", model.NewLine(r.Name).String()
		e.about = strings.Replace(e.about, e.name+": ", "", 1) // it stands before that
	}
	return e
}

// subject is the ticket that the keys are about; nil when there is none.
func (a *App) subject() *model.Card {
	if a.pane == nil {
		return a.columns.selected()
	}
	card, _, _, _ := a.snap.Board.Find(a.pane.ref)
	return card
}

// markedWords write which tickets an entry is about while some are marked.
func (a *App) markedWords() string {
	if a.columns.marks.busy {
		return "the marked tickets"
	}
	return a.marked()
}

// ofMarked makes an entry's pick of what is done to the marked tickets; they may
// have gone while the palette was open.
func ofMarked(do func(*App) tea.Cmd) func(*App) tea.Cmd {
	none := func(a *App) tea.Cmd { return a.tell("No ticket is marked any more") }
	return func(a *App) tea.Cmd {
		a.dialogs = nil
		return either(none, do)(a)
	}
}

// stateEntries move the ticket, or the marked ones, to a state, and go to a state's column.
func (a *App) stateEntries([]keymap.Scope) []entry {
	var all []entry
	card := a.subject()
	for _, s := range a.Workflow.Steps {
		if a.many() {
			all = append(all, entry{kind: "state", before: "Move " + a.markedWords() + " to", name: s.Name, about: s.Meaning,
				other: string(s.State), keys: a.key(keymap.PickState), pick: ofMarked(func(a *App) tea.Cmd { return a.moveMany(s) })})
			continue
		}
		if card == nil {
			break
		}
		ref := card.Ref
		all = append(all, entry{kind: "state", before: "Move " + a.ticketName(ref) + " to", name: s.Name, about: s.Meaning,
			other: string(s.State), keys: a.key(keymap.PickState), pick: func(a *App) tea.Cmd {
				a.dialogs = nil
				if card, why := a.target(mayTriage); card == nil || card.Ref != ref {
					return why
				}
				card, _, _, _ := a.snap.Board.Find(ref)
				return a.move(card, s.State)
			}})
	}
	for i, s := range a.Workflow.Steps {
		about := "its column"
		if i < len(a.columns.board.Columns) {
			about += ": " + count(len(a.columns.board.Columns[i].Cards), "ticket", "tickets")
		}
		all = append(all, entry{kind: "state", before: "Go to", name: s.Name, about: about, other: "column " + string(s.State),
			keys: a.key(keymap.NextColumn), pick: func(a *App) tea.Cmd { return a.goToColumn(s) }})
	}
	return all
}

// endingEntries close the ticket, or the marked ones, with a resolution.
func (a *App) endingEntries([]keymap.Scope) []entry {
	before := "Close " + a.markedWords() + " as"
	var ref model.Ref
	if !a.many() {
		card := a.subject()
		if card == nil || !card.Open() {
			return nil
		}
		ref, before = card.Ref, "Close "+a.ticketName(card.Ref)+" as"
	}
	all := make([]entry, len(model.Resolutions))
	for i, r := range model.Resolutions {
		all[i] = entry{kind: "resolution", before: before, name: string(r), about: r.Meaning(), other: r.Short(), keys: a.key(keymap.Close),
			pick: func(a *App) tea.Cmd { return a.end(ref, r) }}
		if a.many() {
			all[i].pick = ofMarked(func(a *App) tea.Cmd { return a.explainMany(r) })
		}
	}
	return all
}

// end closes the ticket that the keys are about with a resolution.
func (a *App) end(ref model.Ref, r model.Resolution) tea.Cmd {
	a.dialogs = nil
	card, why := a.target(mayTriage)
	switch {
	case card == nil || card.Ref != ref:
		return why
	case !card.Open():
		return a.tell(a.ticketName(ref) + " is closed already")
	}
	return a.explain(card, r)
}

// goToColumn goes to a state's column on the board.
func (a *App) goToColumn(s model.Step) tea.Cmd {
	a.dialogs, a.pane = nil, nil
	i := a.Workflow.Index(s.State)
	if i < 0 || i >= len(a.columns.board.Columns) || len(a.columns.board.Columns[i].Cards) == 0 {
		return a.tell("Nothing is in " + s.Name)
	}
	a.columns.enter(i)
	return nil
}

// themeEntries put on other looks under the person's own colours, until the
// program ends or the configuration changes. Who hears the board has no use for them.
func (a *App) themeEntries([]keymap.Scope) []entry {
	if a.voice != nil {
		return nil
	}
	all := make([]entry, len(Themes))
	for i, t := range Themes {
		all[i] = entry{kind: "theme", before: "Wear theme", name: t.Name, about: t.About, other: "colours looks", pick: func(a *App) tea.Cmd {
			return tea.Batch(a.wear(Theme{Name: t.Name, Tokens: a.Theme.Tokens}), a.tell("Theme "+t.Name+" for now; theme in the configuration keeps one"))
		}}
	}
	return all
}

// ticketEntries are the tickets of a number that was typed, in each repository,
// and those that it may become.
func (a *App) ticketEntries(typed string) []entry {
	n, err := strconv.ParseInt(strings.TrimPrefix(typed, "#"), 10, 64)
	if err != nil || n <= 0 {
		return nil
	}
	var all []entry
	for _, card := range a.numbered(n) {
		all = append(all, a.ticketEntry(card))
	}
	for _, card := range a.beginning(n, mostBeginning) {
		all = append(all, a.ticketEntry(card))
	}
	if all == nil {
		all = append(all, entry{kind: "ticket", before: "Look up", name: fmt.Sprintf("#%d", n), about: "it is not on the board",
			pick: func(a *App) tea.Cmd { return a.lookUpElsewhere(n) }})
	}
	return slices.Clip(all)
}

func (a *App) ticketEntry(card *model.Card) entry {
	name := fmt.Sprintf("#%d %s", card.Ref.Number, card.Title)
	if len(a.snap.Repos) > 1 {
		name = plainLine(card.Ref.String()) + " " + card.Title.String()
	}
	return entry{kind: "ticket", name: name, about: a.Workflow.Step(card.Shown()).Name,
		pick: func(a *App) tea.Cmd { a.dialogs = nil; return a.goTo(card.Ref) }}
}

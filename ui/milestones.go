package ui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

// pickMilestone gives a ticket another milestone, or none.
func (a *App) pickMilestone() tea.Cmd {
	card, why := a.target(mayTriage)
	if card == nil {
		return why
	}
	return a.listMilestones(card, func(to model.Milestone) func(*App) tea.Cmd {
		return func(a *App) tea.Cmd {
			card, _, _, ok := a.snap.Board.Find(card.Ref)
			if !ok {
				return a.tell("That ticket is no longer on the board")
			}
			return a.submit(card.Ref, model.SetMilestone{From: card.Milestone, To: to})
		}
	})
}

// listMilestones lists the open milestones; the ticket's own is listed even when
// it was closed.
func (a *App) listMilestones(card *model.Card, set func(model.Milestone) func(*App) tea.Cmd) tea.Cmd {
	all := a.snap.Repo(card.Ref.Repo).Milestones
	own := card.Milestone
	switch {
	case all == nil:
		return a.tell("The milestones of " + card.Ref.Repo + " are not known yet: connect to the forge first")
	case len(all) == 0 && own.None():
		return a.tell(card.Ref.Repo + " has no open milestone")
	}
	var items []item
	if !own.None() && !slices.ContainsFunc(all, own.Same) {
		items = append(items, item{name: own.Title.String(), about: "no longer open", now: true, pick: set(own)})
	}
	for _, m := range all {
		items = append(items, item{name: m.Title.String(), now: !own.None() && own.Same(m), pick: set(m)})
	}
	if !own.None() {
		items = append(items, item{name: "none", about: "take it out of " + own.Title.String(), pick: set(model.Milestone{})})
	}
	a.open(newPicker(fmt.Sprintf("Milestone of #%d", card.Ref.Number), items))
	return nil
}

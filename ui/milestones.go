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
	a.open(newPicker("Milestone of "+a.ticketName(card.Ref), items))
	return nil
}

// pickMilestoneOfMany lists by title the open milestones that all repositories of
// the marked tickets have.
func (a *App) pickMilestoneOfMany() tea.Cmd {
	var titles []model.Line
	repos := a.reposOfMarked()
	for i, r := range repos {
		if r.Milestones == nil {
			return a.tell("The milestones of " + r.Name + " are not known yet: connect to the forge first")
		}
		here := func(title model.Line) bool {
			return slices.ContainsFunc(r.Milestones, func(m model.Milestone) bool { return m.Title == title })
		}
		if i > 0 {
			titles = slices.DeleteFunc(titles, func(title model.Line) bool { return !here(title) })
			continue
		}
		for _, m := range r.Milestones {
			if !slices.Contains(titles, m.Title) {
				titles = append(titles, m.Title)
			}
		}
	}
	items := make([]item, 0, len(titles)+1)
	for _, title := range titles {
		it := item{name: title.String(), pick: func(a *App) tea.Cmd { return a.setMilestoneOfMany(title) }}
		if n := len(repos); n > 1 {
			it.about = fmt.Sprintf("in each of the %d repositories", n)
		}
		items = append(items, it)
	}
	about := "take them out of their milestones"
	if len(titles) == 0 && len(repos) > 1 {
		about += fmt.Sprintf("; no open one is in all of their %d repositories", len(repos))
	}
	items = append(items, item{name: "none", about: about, pick: (*App).leaveMilestones})
	a.open(newPicker("Milestone of "+a.marked(), items))
	return nil
}

// reposOfMarked are the repositories that marked tickets are of.
func (a *App) reposOfMarked() []model.Repo {
	in := a.columns.marks.set.Repos()
	var repos []model.Repo
	for _, r := range a.snap.Repos {
		if in[r.Name] {
			repos = append(repos, r)
		}
	}
	return repos
}

// setMilestoneOfMany puts each of the marked tickets into its own repository's
// milestone of that title.
func (a *App) setMilestoneOfMany(title model.Line) tea.Cmd {
	type found struct {
		is  model.Milestone
		why string
	}
	by := map[string]found{}
	for _, r := range a.snap.Repos {
		var all []model.Milestone
		for _, m := range r.Milestones {
			if m.Title == title {
				all = append(all, m)
			}
		}
		switch {
		case r.Milestones == nil:
			by[r.Name] = found{why: "the milestones of " + r.Name + " are not known yet"}
		case len(all) == 0:
			by[r.Name] = found{why: r.Name + " has no open milestone " + title.String()}
		case len(all) > 1:
			by[r.Name] = found{why: r.Name + " has several milestones of that title"}
		default:
			by[r.Name] = found{is: all[0]}
		}
	}
	return a.plan(intent{what: "Milestone " + title.String(), needs: mayTriage, deed: func(c *model.Card) ([]model.Change, string) {
		to := by[c.Ref.Repo]
		if to.why != "" {
			return nil, to.why
		}
		return []model.Change{model.SetMilestone{From: c.Milestone, To: to.is}}, ""
	}})
}

// leaveMilestones takes the marked tickets out of whatever milestones they are in.
func (a *App) leaveMilestones() tea.Cmd {
	return a.plan(intent{what: "No milestone", needs: mayTriage, deed: func(c *model.Card) ([]model.Change, string) {
		return []model.Change{model.SetMilestone{From: c.Milestone}}, ""
	}})
}

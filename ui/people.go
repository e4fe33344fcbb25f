package ui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

func (a *App) assign() tea.Cmd {
	card, why := a.target(mayTriage)
	if card == nil {
		return why
	}
	return a.pickPerson(card, "Assign")
}

// pickPerson lists the people who can be assigned: nobody and the person
// themself first. To pick one who has the ticket takes it from them.
func (a *App) pickPerson(card *model.Card, verb string) tea.Cmd {
	people := slices.Clone(a.snap.Repo(card.Ref.Repo).People)
	if len(people) == 0 {
		return a.tell("Who can be assigned is not known yet: connect to the forge first")
	}
	me := a.snap.Me.Login
	if i := slices.IndexFunc(people, func(p model.Person) bool { return p.Login == me }); i > 0 {
		mine := people[i]
		people = slices.Insert(slices.Delete(people, i, i+1), 0, mine)
	}
	var items []item
	for _, p := range people {
		about := p.Name.String()
		if p.Login == me {
			about = orWord(about, "") + " (you)"
		}
		has := card.AssignedTo(p.Login)
		to := []model.Line{p.Login}
		if has {
			to = slices.DeleteFunc(slices.Clone(card.Assignees), func(l model.Line) bool { return l == p.Login })
		}
		items = append(items, item{name: p.Login.String(), about: about, now: has, pick: func(a *App) tea.Cmd { return a.give(card, to) }})
	}
	if len(card.Assignees) > 0 {
		items = append(items, item{name: "nobody", about: "take it from " + joinSome(names(card.Assignees), 3),
			pick: func(a *App) tea.Cmd { return a.give(card, nil) }})
	}
	a.open(newPicker(fmt.Sprintf("%s #%d", verb, card.Ref.Number), items))
	return nil
}

// give changes who has a ticket. One that somebody starts on waits on its
// assignee, if it had no other state yet that says more.
func (a *App) give(card *model.Card, to []model.Line) tea.Cmd {
	changes := []model.Change{model.Assign{From: card.Assignees, To: to}}
	return a.submit(card.Ref, changes...)
}

func (a *App) assignMe() tea.Cmd {
	card, why := a.target(mayTriage)
	me := a.snap.Me.Login
	switch {
	case card == nil:
		return why
	case me.Empty():
		return a.tell("Who you are is not known yet: connect to the forge first")
	case card.AssignedTo(me):
		return a.tell(fmt.Sprintf("You have #%d already", card.Ref.Number))
	}
	return a.give(card, model.Logins(append(slices.Clone(card.Assignees), me)...))
}

func names(logins []model.Line) []string {
	out := make([]string, len(logins))
	for i, l := range logins {
		out[i] = l.String()
	}
	return out
}

package ui

import (
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

// pickPerson lists the people who can be assigned, the person themself first.
// The one picked has the ticket instead of whoever had it; to pick one who has
// it takes it from them. The other changes go with that as one action.
func (a *App) pickPerson(card *model.Card, verb string, others ...model.Change) tea.Cmd {
	people, me := a.peopleOf(card.Ref.Repo), a.snap.Me.Login
	if len(people) == 0 {
		return a.tell("Who can be assigned is not known yet: connect to the forge first")
	}
	give := func(to ...model.Line) func(*App) tea.Cmd {
		changes := append(slices.Clone(others), model.Assign{From: card.Assignees, To: to})
		return func(a *App) tea.Cmd { return a.submit(card.Ref, changes...) }
	}
	var items []item
	for _, p := range people {
		it := item{name: p.Login.String(), about: p.Name.String(), now: card.AssignedTo(p.Login), pick: give(p.Login)}
		if p.Login == me {
			it.about += " (you)"
		}
		if it.now {
			it.pick = give(slices.DeleteFunc(slices.Clone(card.Assignees), func(l model.Line) bool { return l == p.Login })...)
		}
		items = append(items, it)
	}
	if len(card.Assignees) > 0 {
		items = append(items, item{name: "nobody", about: "take it from " + joinSome(names(card.Assignees), 3), pick: give()})
	}
	a.open(newPicker(verb+" "+a.ticketName(card.Ref), items))
	return nil
}

// peopleOf are the people of a repository who can be assigned, the person themself first.
func (a *App) peopleOf(repo string) []model.Person {
	people := slices.Clone(a.snap.Repo(repo).People)
	if i := slices.IndexFunc(people, func(p model.Person) bool { return p.Login == a.snap.Me.Login }); i > 0 {
		mine := people[i]
		people = slices.Insert(slices.Delete(people, i, i+1), 0, mine)
	}
	return people
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
		return a.tell("You have " + a.ticketName(card.Ref) + " already")
	}
	return a.submit(card.Ref, model.Assign{From: card.Assignees, To: model.Logins(append(slices.Clone(card.Assignees), me)...)})
}

func names(logins []model.Line) []string {
	out := make([]string, len(logins))
	for i, l := range logins {
		out[i] = l.String()
	}
	return out
}

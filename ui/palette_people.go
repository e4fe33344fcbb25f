package ui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
	"docket/model/query"
)

// personEntries assign the ticket, or the marked ones, to a person, and show a person's tickets.
func (a *App) personEntries([]keymap.Scope) []entry {
	var assign, show []entry
	card := a.subject()
	seen := map[model.Line]bool{}
	for _, r := range a.snap.Repos {
		for _, p := range r.People {
			who, plain := fullName(p), query.Words(p.Name.String()) // is found without accents, too
			if card != nil && r.Name == card.Ref.Repo && !a.many() {
				ref := card.Ref
				assign = append(assign, entry{kind: "person", before: "Assign " + a.ticketName(ref) + " to", name: who, other: plain,
					keys: a.key(keymap.Assign), pick: func(a *App) tea.Cmd { return a.give(ref, p.Login) }})
			}
			if !seen[p.Login] {
				seen[p.Login] = true
				if a.many() {
					assign = append(assign, entry{kind: "person", before: "Assign " + a.markedWords() + " to", name: who, other: plain,
						keys: a.key(keymap.Assign), pick: ofMarked(func(a *App) tea.Cmd { return a.giveMany(p.Login) })})
				}
				show = append(show, entry{kind: "person", before: "Show the tickets of", name: who, other: plain, about: "assigned to them",
					keys: a.key(keymap.StartFilter), pick: func(a *App) tea.Cmd { return a.showOnly("assignee:" + query.Quote(p.Login.String())) }})
			}
		}
	}
	return slices.Concat(assign, a.nobodyEntry(), show)
}

// nobodyEntry takes the ticket, or the marked ones, from whoever has them.
func (a *App) nobodyEntry() []entry {
	e := entry{kind: "person", name: "nobody", other: "unassign", keys: a.key(keymap.Assign)}
	switch card := a.subject(); {
	case a.many():
		e.before, e.about = "Assign "+a.markedWords()+" to", "take them from whoever has them"
		e.pick = ofMarked(func(a *App) tea.Cmd { return a.giveMany(model.Line{}) })
	case card == nil:
		return nil
	default:
		e.before, e.about = "Assign "+a.ticketName(card.Ref)+" to", "nobody has it"
		if len(card.Assignees) > 0 {
			e.about = "take it from " + joinSome(names(card.Assignees), 3)
		}
		e.pick = func(a *App) tea.Cmd { return a.give(card.Ref, model.Line{}) }
	}
	return []entry{e}
}

// fullName is a person's name with the login, by both of which they are found.
func fullName(p model.Person) string {
	if p.Name.Empty() {
		return p.Login.String()
	}
	return p.Name.String() + " (" + p.Login.String() + ")"
}

// learn finds out beside the screen what the board knows: it looks at every
// ticket.
func (a *App) learn() tea.Cmd {
	snap, workflow := a.snap, a.Workflow
	return func() tea.Msg { return knownMsg{query.Learn(snap, workflow)} }
}

// meet adds the people whom nobody can assign, and what people reported: behind
// all others, and what is chosen stays so.
func (p *palette) meet(a *App, known query.Known) {
	if p.met {
		return
	}
	p.met = true
	assignable := map[model.Line]bool{}
	for _, r := range a.snap.Repos {
		for _, each := range r.People {
			assignable[each.Login] = true
		}
	}
	for _, each := range known.People {
		login := query.Quote(each.Login.String())
		e := entry{kind: "person", before: "Show the tickets of", name: fullName(each), other: query.Words(each.Name.String()),
			about: "reported by them, or assigned to them", keys: a.key(keymap.StartFilter)}
		text := "(author:" + login + " or assignee:" + login + ")"
		if assignable[each.Login] {
			e.before, e.about, text = "Show the reports of", "reported by them", "author:"+login
		}
		e.pick = func(a *App) tea.Cmd { return a.showOnly(text) }
		p.add(e)
	}
	if p.input.Value() == "" {
		return // what is there has been read, or told, already
	}
	var was entry
	if len(p.found) > 0 {
		was = p.found[p.chosen].entry
	}
	p.search(a)
	p.chosen = max(0, slices.IndexFunc(p.found, func(f find) bool { return f.title() == was.title() && f.about == was.about }))
}

// give assigns the ticket that the keys are about to a person, or to nobody,
// instead of whoever has it.
func (a *App) give(ref model.Ref, to model.Line) tea.Cmd {
	a.dialogs = nil
	card, why := a.target(mayTriage)
	switch {
	case card == nil || card.Ref != ref:
		return why
	case to.Empty() && len(card.Assignees) == 0:
		return a.tell("Nobody has " + a.ticketName(ref))
	case to.Empty():
		return a.submit(ref, model.Assign{From: card.Assignees})
	case len(card.Assignees) == 1 && card.AssignedTo(to):
		return a.tell(fmt.Sprintf("%s has %s already", to, a.ticketName(ref)))
	}
	return a.submit(ref, model.Assign{From: card.Assignees, To: []model.Line{to}})
}

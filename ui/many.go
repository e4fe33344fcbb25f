package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

// What each action does to the marked tickets. Each asks what it must, once for
// all of them, and makes a deed of the answers.

// marked writes how many tickets are marked.
func (a *App) marked() string { return count(a.columns.marks.set.Len(), "ticket", "tickets") }

func (a *App) levelOfMany(f model.Field) tea.Cmd {
	a.open(&levels{field: f})
	return nil
}

func (a *App) setLevelOfMany(f model.Field, to model.Level) tea.Cmd {
	return a.plan(intent{what: fieldName(f) + " " + to.String(), needs: mayTriage,
		deed: func(c *model.Card) ([]model.Change, string) {
			if f == model.FieldPain {
				return []model.Change{model.SetPain{From: c.Pain, To: to}}, ""
			}
			return []model.Change{model.SetGain{From: c.Gain, To: to}}, ""
		}})
}

// stepMany moves each ticket one state back or on from where it is.
func (a *App) stepMany(by int) tea.Cmd {
	w, what := a.Workflow, "Move one state on"
	if by < 0 {
		what = "Move one state back"
	}
	return a.plan(intent{what: what, needs: mayTriage, deed: func(c *model.Card) ([]model.Change, string) {
		to, ok := w.Beside(c.Shown(), by)
		switch demand := w.Step(to).Demand; {
		case !ok:
			return nil, "there is no state beyond " + w.Step(to).Name
		case demand == model.AnEnding:
			return nil, "to close it takes a resolution and an explanation"
		case demand == model.AnAssignee && len(c.Assignees) == 0:
			return nil, "nobody has it: assign it first"
		}
		return model.Moves(c.Ticket, to), ""
	}})
}

func (a *App) pickStateOfMany() tea.Cmd {
	items := make([]item, len(a.Workflow.Steps))
	for i, s := range a.Workflow.Steps {
		items[i] = item{name: s.Name, about: s.Meaning, pick: func(a *App) tea.Cmd { return a.moveMany(s) }}
	}
	a.open(newPicker("Move "+a.marked()+" to", items))
	return nil
}

// moveMany brings the marked tickets to a state and asks for what it demands.
func (a *App) moveMany(to model.Step) tea.Cmd {
	move := intent{what: "Move to " + to.Name, needs: mayTriage, deed: func(c *model.Card) ([]model.Change, string) {
		changes := model.Moves(c.Ticket, to.State)
		switch {
		case len(changes) > 0:
			return changes, ""
		case c.Answered():
			return nil, "its reporter has answered: it takes another question to wait again"
		}
		return nil, "it is there already"
	}}
	switch to.Demand {
	case model.AnEnding:
		return a.closeMany()
	case model.AQuestion:
		return a.askReporters(move)
	case model.AnAssignee:
		return a.findIdle(move, to)
	}
	return a.plan(move)
}

// askReporters offers to ask a question while tickets are moved to wait for
// the answers.
func (a *App) askReporters(move intent) tea.Cmd {
	move.draft = "question:marked"
	deed := move.deed
	e := a.editorOfMany(a.marked()+" wait on their reporters", "What are they to answer? Sent empty, the tickets move without a question.",
		move.draft, func(a *App, text string) tea.Cmd {
			say := a.sayToEach(text)
			if strings.TrimSpace(text) != "" {
				move.deed = func(c *model.Card) ([]model.Change, string) {
					comment, why := say(c)
					changes, _ := deed(c) // a ticket that waits already is asked once more
					return append([]model.Change{comment}, changes...), why
				}
			}
			return a.plan(move)
		})
	e.may = true
	a.open(e)
	return nil
}

func (a *App) commentOnMany() tea.Cmd {
	const draft = "comment:marked"
	a.open(a.editorOfMany("Comment on "+a.marked(), "", draft, func(a *App, text string) tea.Cmd {
		say := a.sayToEach(text)
		return a.plan(intent{what: "Comment", needs: mayComment, draft: draft, deed: func(c *model.Card) ([]model.Change, string) {
			comment, why := say(c)
			return []model.Change{comment}, why
		}})
	}))
	return nil
}

// closeMany closes the marked tickets with one resolution and an explanation.
func (a *App) closeMany() tea.Cmd {
	items := make([]item, len(model.Resolutions))
	for i, r := range model.Resolutions {
		items[i] = item{name: string(r), about: r.Meaning(), pick: func(a *App) tea.Cmd { return a.explainMany(r) }}
	}
	a.open(newPicker("Close "+a.marked()+" as", items))
	return nil
}

func (a *App) explainMany(r model.Resolution) tea.Cmd {
	const draft = "close:marked"
	a.open(a.editorOfMany(fmt.Sprintf("Close %s as %s", a.marked(), r), "An explanation, sent as a comment to each.", draft,
		func(a *App, text string) tea.Cmd {
			say, at := a.sayToEach(text), model.StampOf(a.now)
			return a.plan(intent{what: "Close as " + string(r), needs: mayTriage, draft: draft, deed: func(c *model.Card) ([]model.Change, string) {
				if !c.Open() {
					return nil, "it is closed already"
				}
				comment, why := say(c)
				return model.Closing(c.Ticket, r, comment.Text, at), why
			}})
		}))
	return nil
}

// reopens is what an action says that does nothing else.
const reopens = "Reopen"

func (a *App) reopenMany() tea.Cmd {
	return a.plan(intent{what: reopens, needs: mayTriage, deed: func(c *model.Card) ([]model.Change, string) {
		if c.Open() {
			return nil, "it is open"
		}
		return model.Reopening(c.Ticket), ""
	}})
}

func (a *App) assignMany() tea.Cmd {
	return a.pickPersonOfMany("Assign "+a.marked(), a.giveMany, true)
}

// giveMany assigns the marked tickets to a person, or to nobody.
func (a *App) giveMany(who model.Line) tea.Cmd {
	to, what := []model.Line{who}, "Assign "+who.String()
	if who.Empty() {
		to, what = nil, "Assign nobody"
	}
	can := a.assignable(who)
	return a.plan(intent{what: what, needs: mayTriage, deed: func(c *model.Card) ([]model.Change, string) {
		switch {
		case slices.Equal(c.Assignees, to) && len(to) == 0:
			return nil, "nobody has it"
		case slices.Equal(c.Assignees, to):
			return nil, who.String() + " has it already"
		case !can(c.Ref.Repo):
			return nil, who.String() + " can't be assigned in " + c.Ref.Repo
		}
		return []model.Change{model.Assign{From: c.Assignees, To: to}}, ""
	}})
}

func (a *App) assignMeToMany() tea.Cmd {
	me := a.snap.Me.Login
	if me.Empty() {
		return a.tell("Who you are is not known yet: connect to the forge first")
	}
	return a.plan(intent{what: "Assign to you", needs: mayTriage, deed: func(c *model.Card) ([]model.Change, string) {
		if c.AssignedTo(me) {
			return nil, "you have it already"
		}
		return []model.Change{model.Assign{From: c.Assignees, To: model.Logins(append(slices.Clone(c.Assignees), me)...)}}, ""
	}})
}

// assignable tells in which repositories somebody can be assigned; nobody can
// in all of them.
func (a *App) assignable(who model.Line) func(repo string) bool {
	repos := a.snap.Repos
	return func(repo string) bool {
		i := slices.IndexFunc(repos, func(r model.Repo) bool { return r.Name == repo })
		return who.Empty() || i < 0 || slices.ContainsFunc(repos[i].People, func(p model.Person) bool { return p.Login == who })
	}
}

// pickPersonOfMany lists everybody who can be assigned in one of the board's
// repositories, the person themself first, and maybe nobody: the empty login.
func (a *App) pickPersonOfMany(title string, then func(model.Line) tea.Cmd, orNobody bool) tea.Cmd {
	var items []item
	seen := map[model.Line]bool{}
	for _, r := range a.snap.Repos {
		for _, p := range r.People {
			if seen[p.Login] {
				continue
			}
			seen[p.Login] = true
			it := item{name: p.Login.String(), about: p.Name.String(), pick: func(*App) tea.Cmd { return then(p.Login) }}
			if p.Login == a.snap.Me.Login {
				it.about += " (you)"
				items = slices.Insert(items, 0, it)
				continue
			}
			items = append(items, it)
		}
	}
	if len(items) == 0 {
		return a.tell("Who can be assigned is not known yet: connect to the forge first")
	}
	if orNobody {
		items = append(items, item{name: "nobody", about: "take them from whoever has them", pick: func(*App) tea.Cmd { return then(model.Line{}) }})
	}
	a.open(newPicker(title, items))
	return nil
}

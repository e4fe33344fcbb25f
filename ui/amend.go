package ui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// edit opens what a change was chosen or written with, to do so again.
func (d *outbox) edit(a *App, e model.Entry) tea.Cmd {
	comment, text := e.Edit.Change.(model.AddComment)
	card, _, _, known := a.snap.Board.Find(e.Edit.Ref)
	switch {
	case e.Status == model.Sending:
		return a.tell("It is on its way; wait a moment")
	case text:
		return d.rewrite(a, e, comment.Text)
	case e.Back != 0:
		return a.tell("This takes something back: it can be sent again or discarded")
	case !known:
		return a.tell(a.ticketName(e.Edit.Ref) + " is not on the board: this can be sent again or discarded")
	case e.Shown() && slices.ContainsFunc(a.snap.Outbox, covers(e)):
		return a.tell("A later change of the same waits, too: edit that one")
	}
	return a.chooseAgain(e, card)
}

// covers tells the entries that set over again what an entry sets.
func covers(e model.Entry) func(model.Entry) bool {
	return func(o model.Entry) bool {
		return o.ID > e.ID && o.Edit.Ref == e.Edit.Ref && o.Edit.Change.Field() == e.Edit.Change.Field()
	}
}

// rewrite opens the text of a comment again.
func (*outbox) rewrite(a *App, e model.Entry, text string) tea.Cmd {
	draft := fmt.Sprintf("amend:%d", e.ID)
	ed := newEditor(a, "Comment on "+a.ticketName(e.Edit.Ref), "It has not been sent.", draft, text,
		func(a *App, text string) tea.Cmd {
			a.Desk.Amend(e.ID, model.AddComment{Text: text})
			a.Desk.SaveDraft(draft, "")
			return a.take(a.Desk.Settle(e.ID, model.Retry))
		})
	ed.card, _, _, _ = a.snap.Board.Find(e.Edit.Ref)
	a.open(ed)
	return nil
}

// chooseAgain opens what the value of a change is chosen with.
func (a *App) chooseAgain(e model.Entry, card *model.Card) tea.Cmd {
	to := func(c model.Change) func(*App) tea.Cmd {
		return func(a *App) tea.Cmd { return a.amend(e.ID, c) }
	}
	number := a.ticketName(e.Edit.Ref)
	var items []item
	title := ""
	switch c := e.Edit.Change.(type) {
	case model.SetGain:
		a.open(&levels{ref: e.Edit.Ref, field: model.FieldGain, give: func(a *App, l model.Level) tea.Cmd {
			return a.amend(e.ID, model.SetGain{From: c.From, To: l})
		}})
		return nil
	case model.SetPain:
		a.open(&levels{ref: e.Edit.Ref, field: model.FieldPain, give: func(a *App, l model.Level) tea.Cmd {
			return a.amend(e.ID, model.SetPain{From: c.From, To: l})
		}})
		return nil
	case model.SetDue:
		a.openDue(e.Edit.Ref, c.To.Time, func(a *App, day model.Stamp) tea.Cmd {
			return a.amend(e.ID, model.SetDue{From: c.From, To: day})
		})
		return nil
	case model.SetMilestone:
		return a.listMilestones(card, func(m model.Milestone) func(*App) tea.Cmd {
			return to(model.SetMilestone{From: c.From, To: m})
		})
	case model.Move:
		title = "Move " + number + " to"
		for _, s := range a.Workflow.Steps {
			move := model.Move{From: c.From, To: s.State, Even: c.Even}
			if s.State == c.From || move.Validate() == nil { // a state that a ticket can be given
				items = append(items, item{name: s.Name, about: s.Meaning, now: s.State == c.To, pick: to(move)})
			}
		}
	case model.Assign:
		title = "Assign " + number
		for _, p := range a.peopleOf(e.Edit.Ref.Repo) {
			items = append(items, item{name: p.Login.String(), about: p.Name.String(), now: slices.Contains(c.To, p.Login),
				pick: to(model.Assign{From: c.From, To: []model.Line{p.Login}})})
		}
		items = append(items, item{name: "nobody", now: len(c.To) == 0, pick: to(model.Assign{From: c.From})})
	case model.Resolve:
		title = "Close " + number + " as"
		for _, r := range model.Resolutions[:len(model.Resolutions)*min(1, len(c.To))] { // to reopen chooses none
			items = append(items, item{name: string(r), about: r.Meaning(), now: r == c.To, pick: to(model.Resolve{From: c.From, To: r})})
		}
	case model.AddLabel, model.RemoveLabel:
		return a.tell("A label is on or off: discard this, and choose anew on the ticket")
	}
	if len(items) == 0 {
		return a.tell("There is nothing to choose in this: it can be sent again or discarded")
	}
	a.open(newPicker(title, items))
	return nil
}

// amend puts what was chosen in the place of a change, and sends it. Of one that
// went nowhere the ticket is shown without it: so it stands on what is there.
func (a *App) amend(id int64, c model.Change) tea.Cmd {
	i := slices.IndexFunc(a.snap.Outbox, func(e model.Entry) bool { return e.ID == id })
	if i < 0 || a.snap.Outbox[i].Status == model.Sending {
		return a.tell("It was sent meanwhile; change the ticket itself")
	}
	e := a.snap.Outbox[i]
	if card, _, _, ok := a.snap.Board.Find(e.Edit.Ref); ok && e.Stuck() {
		c = c.Onto(card.Ticket)
	}
	if c.Validate() != nil {
		return a.tell("That would change nothing: " + a.key(keymap.Discard) + " discards it instead")
	}
	send := func(a *App) tea.Cmd {
		a.Desk.Amend(id, c)
		return a.take(a.Desk.Settle(id, model.UseMine))
	}
	if repo := a.snap.Repo(e.Edit.Ref.Repo); !repo.Consent && model.Lacks(repo.Missing, c) {
		return a.askLabels(e.Edit.Ref.Repo, send, nil)
	}
	return send(a)
}

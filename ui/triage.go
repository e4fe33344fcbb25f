package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// target returns the ticket that an edit is about, or says why there is none.
// What it needs of the person's rights is asked here, once for all edits.
func (a *App) target(needs func(model.Rights) bool) (*model.Card, tea.Cmd) {
	card := a.columns.selected()
	if a.pane != nil {
		card, _, _, _ = a.snap.Board.Find(a.pane.ref)
		if card == nil && a.pane.apart != nil {
			return nil, a.tell(a.ticketName(a.pane.ref) + " is not on the board: it can only be read here")
		}
	}
	if card == nil {
		return nil, a.tell("No ticket is selected")
	}
	if why := a.refusal(card, needs); why != "" {
		return nil, a.tell(why)
	}
	return card, nil
}

// refusal says why the person can't change a ticket; empty when they can.
func (a *App) refusal(card *model.Card, needs func(model.Rights) bool) string {
	if a.snap.ReadOnly {
		return readOnlyWords
	}
	r := a.snap.Repo(card.Ref.Repo).Rights
	if r.Known && !needs(r) {
		if a.tokenRefused() {
			what, hint := Words(a.snap.Problem, a.now)
			return sentence(what) + ": " + hint
		}
		return "You may read " + card.Ref.Repo + ", but not change this: ask its owners for the right to triage"
	}
	return ""
}

// tokenRefused reports whether the forge does not know the token: what is known
// of rights is then of another, or of none.
func (a *App) tokenRefused() bool {
	return a.snap.Problem != nil && a.snap.Problem.Kind == model.BadToken
}

const readOnlyWords = "Read-only without a token: docket login in another terminal lets you change tickets"

func mayTriage(r model.Rights) bool  { return r.Triage }
func mayComment(r model.Rights) bool { return r.Comment }

// submit hands edits of one ticket to the desk as one action. Labels that they
// need and that do not exist are created, if the person agrees.
func (a *App) submit(ref model.Ref, changes ...model.Change) tea.Cmd {
	return a.submitText("", ref, changes...)
}

// submitText is submit for edits with a text that is kept as a draft until they
// are really handed over: a No on the way there loses nothing.
func (a *App) submitText(draft string, ref model.Ref, changes ...model.Change) tea.Cmd {
	edits := make([]model.Edit, len(changes))
	for i, c := range changes {
		if err := c.Validate(); err != nil {
			return a.tell(sentence(err.Error()))
		}
		edits[i] = model.Edit{Ref: ref, Change: c}
	}
	send := func(a *App) tea.Cmd {
		snap := a.Desk.Submit(edits...)
		a.announce(ref, changes)
		if draft != "" {
			a.Desk.SaveDraft(draft, "")
		}
		return a.take(snap)
	}
	repo := a.snap.Repo(ref.Repo)
	if !repo.Consent && slices.ContainsFunc(changes, func(c model.Change) bool { return model.Lacks(repo.Missing, c) }) {
		return a.askLabels(ref.Repo, send, func(a *App) tea.Cmd {
			if draft != "" && a.Desk.Draft(draft) != "" {
				return a.tell("Nothing was changed; the text is kept as a draft")
			}
			return a.tell("Nothing was changed")
		})
	}
	return send(a)
}

// askLabels asks whether missing labels may be created, and goes on.
func (a *App) askLabels(repo string, yes, no func(*App) tea.Cmd) tea.Cmd {
	missing := a.snap.Repo(repo).Missing
	names := make([]string, len(missing))
	for i, m := range missing {
		names[i] = m.Default().Name.String()
	}
	text := repo + " has no label for this. May docket create what is missing, as exclusive labels?"
	if len(names) > 0 {
		text += " " + sentence(count(len(names), "label", "labels")) + ": " + joinSome(names, 8) + "."
	}
	a.open(&confirm{
		title: "Create labels in " + repo + "?",
		text:  text,
		yes: func(a *App) tea.Cmd {
			a.take(a.Desk.Consent(repo))
			return yes(a)
		},
		no: func(a *App) tea.Cmd {
			if no != nil {
				return no(a)
			}
			return a.tell("Nothing was changed")
		},
	})
	return nil
}

func (a *App) chooseGain() tea.Cmd { return a.chooseLevel(model.FieldGain) }
func (a *App) choosePain() tea.Cmd { return a.chooseLevel(model.FieldPain) }

func (a *App) chooseLevel(f model.Field) tea.Cmd {
	card, why := a.target(mayTriage)
	if card == nil {
		return why
	}
	a.open(&levels{ref: card.Ref, field: f})
	return nil
}

// setLevel gives a ticket the level chosen.
func (a *App) setLevel(ref model.Ref, f model.Field, to model.Level) tea.Cmd {
	card, _, _, ok := a.snap.Board.Find(ref)
	if !ok {
		return a.tell("That ticket is no longer on the board")
	}
	if f == model.FieldPain {
		return a.submit(ref, model.SetPain{From: card.Pain, To: to})
	}
	return a.submit(ref, model.SetGain{From: card.Gain, To: to})
}

// stepState moves a ticket one state back or on.
func (a *App) stepState(by int) tea.Cmd {
	card, why := a.target(mayTriage)
	if card == nil {
		return why
	}
	to, ok := a.Workflow.Beside(card.Shown(), by)
	if !ok {
		return a.tell("There is no state beyond " + a.Workflow.Step(card.Shown()).Name)
	}
	return a.move(card, to)
}

func (a *App) pickState() tea.Cmd {
	card, why := a.target(mayTriage)
	if card == nil {
		return why
	}
	items := make([]item, len(a.Workflow.Steps))
	for i, s := range a.Workflow.Steps {
		items[i] = item{name: s.Name, about: s.Meaning, now: s.State == card.Shown(), pick: func(a *App) tea.Cmd {
			card, _, _, ok := a.snap.Board.Find(card.Ref)
			if !ok {
				return a.tell("That ticket is no longer on the board")
			}
			return a.move(card, s.State)
		}}
	}
	a.open(newPicker("Move "+a.ticketName(card.Ref)+" to", items))
	return nil
}

// move brings a ticket to a state and asks for what the state demands.
func (a *App) move(card *model.Card, to model.State) tea.Cmd {
	if to == card.Shown() && to != model.OnReporter && !card.Answered() {
		return a.tell(a.ticketName(card.Ref) + " is there already")
	}
	switch a.Workflow.Step(to).Demand {
	case model.AnEnding:
		return a.pickEnding(card)
	case model.AQuestion:
		return a.askReporter(card)
	case model.AnAssignee:
		if len(card.Assignees) == 0 {
			return a.pickPerson(card, "Who works on", model.Moves(card.Ticket, to)...)
		}
	}
	cmd := a.submit(card.Ref, model.Moves(card.Ticket, to)...)
	if to == model.OnAssignee && card.Shown() == model.InProgress {
		return tea.Batch(cmd, a.tell("Taken from "+joinSome(names(card.Assignees), 3)+": it waits for someone to start"))
	}
	return cmd
}

// askReporter offers to ask the reporter a question while a ticket is moved to
// wait for the answer.
func (a *App) askReporter(card *model.Card) tea.Cmd {
	question := "question:" + card.Ref.String()
	e := newEditor(a, fmt.Sprintf("%s waits on %s", a.ticketName(card.Ref), card.Author.Login),
		"What is the reporter to answer? Sent empty, the ticket moves without a question.",
		question, "", func(a *App, text string) tea.Cmd {
			var changes []model.Change
			if strings.TrimSpace(text) != "" {
				changes = append(changes, model.AddComment{Text: text})
			}
			changes = append(changes, model.Moves(card.Ticket, model.OnReporter)...)
			if len(changes) == 0 {
				return a.tell("The reporter has answered; it needs another question to wait again")
			}
			return a.submitText(question, card.Ref, changes...)
		})
	e.may, e.card = true, card
	a.open(e)
	return nil
}

func (a *App) comment() tea.Cmd {
	card, why := a.target(mayComment)
	if card == nil {
		return why
	}
	draft := "comment:" + card.Ref.String()
	e := newEditor(a, "Comment on "+a.ticketName(card.Ref), card.Title.String(), draft, "",
		func(a *App, text string) tea.Cmd { return a.submitText(draft, card.Ref, model.AddComment{Text: text}) })
	e.card = card
	a.open(e)
	return nil
}

// closeAs closes a ticket with a resolution and an explanation.
func (a *App) closeAs() tea.Cmd {
	card, why := a.target(mayTriage)
	switch {
	case card == nil:
		return why
	case !card.Open():
		return a.tell(fmt.Sprintf("%s is closed already; %s reopens it", a.ticketName(card.Ref), a.key(keymap.Reopen)))
	}
	return a.pickEnding(card)
}

func (a *App) pickEnding(card *model.Card) tea.Cmd {
	items := make([]item, len(model.Resolutions))
	for i, r := range model.Resolutions {
		items[i] = item{name: string(r), about: r.Meaning(), pick: func(a *App) tea.Cmd { return a.explain(card, r) }}
	}
	a.open(newPicker("Close "+a.ticketName(card.Ref)+" as", items))
	return nil
}

// explain demands the explanation without which the team closes nothing.
func (a *App) explain(card *model.Card, r model.Resolution) tea.Cmd {
	e := newEditor(a, fmt.Sprintf("Close %s as %s", a.ticketName(card.Ref), r),
		"An explanation for "+card.Author.Login.String()+", sent as a comment.", closingDraft(card), "",
		func(a *App, text string) tea.Cmd { return a.closing(card, r, text) })
	e.card = card
	a.open(e)
	return nil
}

func (a *App) closing(card *model.Card, r model.Resolution, text string) tea.Cmd {
	return a.submitText(closingDraft(card), card.Ref, model.Closing(card.Ticket, r, text, model.StampOf(a.now))...)
}

func closingDraft(card *model.Card) string { return "close:" + card.Ref.String() }

// reopen opens a closed ticket in the state that it had before.
func (a *App) reopen() tea.Cmd {
	card, why := a.target(mayTriage)
	switch {
	case card == nil:
		return why
	case card.Open():
		return a.tell(a.ticketName(card.Ref) + " is open")
	}
	return a.submit(card.Ref, model.Reopening(card.Ticket)...)
}

package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// intent is an action on all marked tickets, before it is known what it does to
// each of them.
type intent struct {
	what  string // as "Gain high"
	needs func(model.Rights) bool
	deed  model.Deed
	draft string // the key of the text that it sends; empty: none
}

// plan shows what an action will do to many tickets, and which it skips and
// why, before it is done.
type plan struct {
	intent
	planned
	hidden int                // of the tickets, those that the filter hides
	top    place              // the first line that is shown
	ready  bool               // it is known what will be done
	going  bool               // it is looked at once more, and handed over
	differ map[model.Ref]bool // what is done to these is not what was shown before
}

// planned is what a plan says.
type planned struct {
	model.Plan
	reasons  []model.Reason // why tickets are skipped
	begin    string         // what all comments begin with
	end      string         // what they end with
	reopened int            // of the tickets that change, those that are closed and then open
	lacking  []string       // repositories without the labels that are needed
}

type (
	// plannedMsg brings a plan that took a while.
	plannedMsg struct {
		to *plan
		planned
		differs []model.Ref // from what was shown
	}
	// handedMsg brings the picture with what was handed over.
	handedMsg struct {
		from *plan
		snap *model.Snapshot
	}
)

// plan works out what an intent does to the marked tickets, and shows that.
func (a *App) plan(in intent) tea.Cmd {
	a.endRange() // what it is about stands
	d := &plan{intent: in, hidden: a.columns.marks.hidden}
	a.open(d)
	return d.work(a)
}

// work plans for the tickets as they are now.
func (d *plan) work(a *App) tea.Cmd {
	board, set, deed, repos := a.snap.Board, a.columns.marks.set, a.permitted(d.intent), a.snap.Repos
	missing := func(name string) []model.Meaning {
		for _, r := range repos {
			if r.Name == name && !r.Consent {
				return r.Missing
			}
		}
		return nil
	}
	before := d.Plan
	work := func() plannedMsg {
		p := model.PlanFor(board, set.All(), deed)
		begin, end := p.Refrain()
		return plannedMsg{d, planned{p, p.Reasons(), begin, end, p.Reopens(), p.Lacking(missing)}, before.Differs(p)}
	}
	if set.Len() <= atOnce {
		return a.takePlanned(work())
	}
	return func() tea.Msg { return work() }
}

// permitted is an intent's deed for the tickets that the person may change.
func (a *App) permitted(in intent) model.Deed {
	refused := map[string]string{}
	for _, r := range a.snap.Repos {
		switch {
		case r.Archived:
			refused[r.Name] = r.Name + " is archived"
		case r.Rights.Known && !in.needs(r.Rights) && a.tokenRefused():
			refused[r.Name], _ = Words(a.snap.Problem, a.now)
		case r.Rights.Known && !in.needs(r.Rights):
			refused[r.Name] = "you may not change this in " + r.Name
		}
	}
	deed := in.deed
	return func(c *model.Card) ([]model.Change, string) {
		if why := refused[c.Ref.Repo]; why != "" {
			return nil, why
		}
		return deed(c)
	}
}

// takePlanned shows what will be done. Once the person has said yes to that, it
// is done, unless by now it would be something else.
func (a *App) takePlanned(msg plannedMsg) tea.Cmd {
	d := msg.to
	goes := d.going
	d.planned, d.ready, d.going = msg.planned, true, false
	switch {
	case !goes:
		return nil
	case len(msg.differs) > 0:
		d.top, d.differ = place{}, make(map[model.Ref]bool, len(msg.differs))
		for _, ref := range msg.differs {
			d.differ[ref] = true
		}
		return a.tell(a.named(msg.differs) + " changed meanwhile: look at this once more")
	}
	return d.hand(a)
}

// named names a few tickets, or counts many, with the verb of what follows.
func (a *App) named(refs []model.Ref) string {
	if len(refs) > namedAtMost {
		return thousands(len(refs)) + " tickets have"
	}
	names := make([]string, len(refs))
	for i, ref := range refs {
		names[i] = a.ticketName(ref)
	}
	return strings.Join(names, ", ") + " " + plural(len(refs), "has", "have")
}

func (*plan) scope() keymap.Scope { return keymap.Plan }

func (d *plan) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	if d.going && id != keymap.Quit {
		return nil, true
	}
	switch id {
	case keymap.Go:
		return d.start(a), true
	case keymap.Cancel:
		return d.quit(a), true
	case keymap.Up:
		d.scroll(a, -1)
	case keymap.Down:
		d.scroll(a, +1)
	case keymap.PageUp:
		d.scroll(a, -d.fits(a, a.width, a.height).rows)
	case keymap.PageDown:
		d.scroll(a, d.fits(a, a.width, a.height).rows)
	case keymap.First:
		d.top = place{}
	case keymap.Last:
		d.top = place{entry: d.entries()}
		d.scroll(a, 0)
	default:
		return nil, false
	}
	return nil, true
}

// quit leaves the tickets as they are.
func (d *plan) quit(a *App) tea.Cmd {
	a.leave()
	if d.draft != "" {
		return a.tell("Nothing was changed; the draft is kept for next time")
	}
	return a.tell("Nothing was changed")
}

// idle reports whether there is nothing to do.
func (d *plan) idle() bool { return d.ready && len(d.Doings) == 0 }

// idlePlan reports whether the keys are those of a plan with nothing to do.
func (a *App) idlePlan() bool {
	if len(a.dialogs) == 0 {
		return false
	}
	d, ok := a.dialogs[len(a.dialogs)-1].(*plan)
	return ok && d.idle()
}

// start looks at the tickets once more: while somebody reads, others work.
func (d *plan) start(a *App) tea.Cmd {
	switch {
	case !d.ready:
		return a.tell("Still looking at the tickets; a moment")
	case a.snap.ReadOnly:
		return a.tell(readOnlyWords)
	case d.idle():
		return d.quit(a)
	}
	d.going = true
	return d.work(a)
}

// hand hands the plan over, once all labels that it needs may be created.
func (d *plan) hand(a *App) tea.Cmd {
	if len(d.lacking) > 0 {
		repo := d.lacking[0]
		return a.askLabels(repo, func(a *App) tea.Cmd { d.lacking = d.lacking[1:]; return d.hand(a) }, nil)
	}
	d.going = true
	desk, edits := a.Desk, d.Edits
	if d.Changes <= atOnce {
		return a.takeHanded(handedMsg{d, desk.Submit(edits()...)})
	}
	// Other edits can't overtake this one: meanwhile no key reaches the board.
	return func() tea.Msg { return handedMsg{d, desk.Submit(edits()...)} }
}

func (a *App) takeHanded(msg handedMsg) tea.Cmd {
	a.drop(msg.from)
	if msg.from.draft != "" {
		a.Desk.SaveDraft(msg.from.draft, "")
	}
	a.voice.did("")
	n := len(msg.from.Doings)
	return tea.Batch(a.take(msg.snap), a.tell(msg.from.what+": "+count(n, "ticket", "tickets")+a.undoWords()))
}

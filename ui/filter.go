package ui

import (
	"errors"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
	"docket/model/query"
)

// filter shows what a query means of the board: what is typed narrows it, as
// far as it can be read.
type filter struct {
	text    string         // in force; empty: none
	query   query.Query    // the same, read
	problem *query.Problem // of what is typed; nil: it is in force
	typing  bool
	from    model.Ref // the ticket that the person was on when they began to type
	goal    model.Ref // the ticket to go to once the board shows it; zero: none
	input   textinput.Model
	known   query.Known
	offers  []query.Candidate // what the piece at the cursor may become
	at      int               // the offer that tab takes
	half    query.Half        // that piece, while something is offered
	without string            // the half that the shown board leaves out, for it finds nothing yet; empty: none
	unknown string            // why nothing was found: the query asks for somebody or a label that the board does not know
	was     kept              // what was shown when the person began to type

	gen      int  // of the query in force: answers to earlier ones are late
	busy     bool // a search is under way
	again    bool // what it was asked has changed meanwhile
	late     int  // how many answers in a row were outdated when they came
	found    query.Found
	foundRev uint64 // the picture that found is of
}

// kept is a query that holds, with the view that it is of.
type kept struct {
	query query.Query
	view  string
}

// any reports whether the board is narrowed at all.
func (k kept) any() bool { return k.query.String() != "" || k.view != "" }

// knownMsg brings what a query may name.
type knownMsg struct{ known query.Known }

func (a *App) startFilter() tea.Cmd {
	f := &a.filter
	f.typing, f.from, f.was = true, a.columns.ref, kept{f.query, a.view}
	text := f.text
	if text != "" {
		text += " " // what is typed now stands beside it
	}
	f.input.SetValue(text)
	f.input.CursorEnd()
	return tea.Batch(f.edit(a), a.learn())
}

// showQuery shows what a query means of the board until another one is shown;
// that of the empty text shows all.
func (a *App) showQuery(q query.Query) tea.Cmd {
	f := &a.filter
	f.text, f.query, f.problem = q.String(), q, nil
	a.view = ""
	return a.rearrange()
}

// rearrange shows the board as query, order and lanes now say.
func (a *App) rearrange() tea.Cmd {
	a.filter.gen++
	return a.applyFilter()
}

// plain reports whether the board is shown as it is.
func (a *App) plain() bool {
	return a.filter.query.All() && a.sort == "" && a.lanes == model.NoLanes
}

// clearFilter shows all tickets again, and leaves a view as a whole.
func (a *App) clearFilter() tea.Cmd {
	a.filter.input.SetValue("")
	a.filter.half = query.Half{}
	if a.view != "" {
		a.sort, a.lanes = "", model.NoLanes
	}
	if a.filter.typing {
		a.filter.goal = a.filter.from
	}
	cmd := a.showQuery(query.Query{})
	a.filter.typing = false
	return cmd
}

// cancelFilter shows what was shown before the person began to type.
func (a *App) cancelFilter() tea.Cmd {
	f := &a.filter
	if !f.was.any() {
		return a.clearFilter()
	}
	f.half, f.goal = query.Half{}, f.from
	cmd := a.showQuery(f.was.query)
	a.view, f.typing = f.was.view, false
	return cmd
}

// filterDo carries out what can be done while a query is typed.
func (a *App) filterDo(id keymap.ID) (tea.Cmd, bool) {
	f := &a.filter
	switch id {
	case keymap.Accept:
		return f.accept(a), true
	case keymap.Cancel:
		return a.cancelFilter(), true
	case keymap.Complete:
		if len(f.offers) == 0 {
			return f.edit(a), true // what was wrong when it was accepted is half again
		}
		text, cursor := f.offers[f.at].Apply(f.input.Value())
		f.input.SetValue(text)
		f.input.SetCursor(len([]rune(text[:cursor])))
		return f.edit(a), true
	case keymap.PickUp:
		f.at = (f.at + len(f.offers) - 1) % max(1, len(f.offers))
	case keymap.PickDown:
		f.at = (f.at + 1) % max(1, len(f.offers))
	default:
		return nil, false
	}
	return nil, true
}

// accept keeps the query. The person thinks that it is finished: what is still
// half of something is wrong now, and what finds nothing shows nothing.
func (f *filter) accept(a *App) tea.Cmd {
	q, err := query.Parse(f.input.Value(), a.Workflow.Steps...)
	if wrong, ok := errors.AsType[*query.Problem](err); ok {
		wrong.Unfinished = false
		f.problem, f.offers, f.half = wrong, nil, query.Half{}
		a.voice.again()
		f.fit(a.width)
		return nil
	}
	f.typing = false
	if f.half.Text == "" {
		return nil
	}
	f.half = query.Half{}
	if q.String() != f.text {
		return a.showQuery(q)
	}
	return a.rearrange()
}

func (f *filter) typed(a *App, msg tea.Msg) tea.Cmd {
	before, at := f.input.Value(), f.input.Position()
	var cmd tea.Cmd
	f.input, cmd = f.input.Update(msg)
	if f.input.Value() == before && f.input.Position() == at {
		return cmd
	}
	return tea.Batch(cmd, f.edit(a))
}

// edit takes what stands in the field now. Of what can't be read, the board
// shows what stands beside the half that is being typed, or before the mistake:
// half a term is no reason to lose sight of it, and no mistake.
func (f *filter) edit(a *App) tea.Cmd {
	text, before := f.input.Value(), f.half
	f.offers, f.at, f.half = query.Complete(text, f.cursor(), f.known), 0, query.Half{}
	if len(f.offers) > 0 {
		f.half = query.HalfAt(text, f.cursor(), a.Workflow.Steps...)
	}
	q, err := query.Parse(text, a.Workflow.Steps...)
	problem, wrong := errors.AsType[*query.Problem](err)
	switch {
	case f.half.Text != "" && f.half.Holds(problem):
		q, problem = f.half.Rest, nil
	case wrong:
		q = query.Readable(text, a.Workflow.Steps...)
	}
	f.problem = problem
	f.fit(a.width)
	if q.String() == f.text {
		if f.half.Text == before.Text {
			return nil
		}
		return a.rearrange()
	}
	cmd := a.showQuery(q)
	f.problem = problem
	return cmd
}

// cursor is where the cursor is, in bytes of the text.
func (f *filter) cursor() int { return len(string([]rune(f.input.Value())[:f.input.Position()])) }

// takeKnown gives what the board knows to where names are typed.
func (a *App) takeKnown(msg knownMsg) tea.Cmd {
	for _, d := range a.dialogs {
		if p, ok := d.(*palette); ok {
			p.meet(a, msg.known)
		}
	}
	f := &a.filter
	f.known = msg.known
	if f.typing {
		return f.edit(a)
	}
	return nil
}

// showOnly shows on the board, and nowhere else, the tickets that a query of
// our own making means.
func (a *App) showOnly(text string) tea.Cmd {
	q, err := query.Parse(text, a.Workflow.Steps...)
	if err != nil {
		return a.tell("That can't be asked for: " + model.NewLine(err.Error()).String())
	}
	a.dialogs, a.pane, a.filter.half = nil, nil, query.Half{}
	cmd := a.showQuery(q)
	a.filter.typing = false
	return cmd
}

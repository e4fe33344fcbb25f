package ui

import (
	"context"
	"errors"
	"maps"

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
	offers  []query.Candidate // what the word at the cursor may become
	at      int               // the offer that tab takes

	gen      int  // of the query in force: answers to earlier ones are late
	busy     bool // a search is under way
	again    bool // what it was asked has changed meanwhile
	late     int  // how many answers in a row were outdated when they came
	found    query.Found
	foundRev uint64 // the picture that found is of
}

type (
	// filteredMsg brings the board that a search left over.
	filteredMsg struct {
		gen   int
		rev   uint64
		board model.Board
		found query.Found
		err   error
	}
	// knownMsg brings what a query may name.
	knownMsg struct{ known query.Known }
)

func (a *App) startFilter() tea.Cmd {
	f := &a.filter
	f.typing, f.from = true, a.columns.ref
	f.input.SetValue(f.text)
	f.input.CursorEnd()
	f.edit(a)
	snap, workflow := a.snap, a.Workflow
	return func() tea.Msg { return knownMsg{query.Learn(snap, workflow)} }
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

// filterDo carries out what can be done while a query is typed.
func (a *App) filterDo(id keymap.ID) (tea.Cmd, bool) {
	f := &a.filter
	switch id {
	case keymap.Accept:
		if f.problem != nil { // the person thinks it is finished: now it is wrong
			wrong := *f.problem
			wrong.Unfinished = false
			f.problem, f.offers = &wrong, nil
			a.voice.again()
			f.fit(a.width)
			return nil, true
		}
		f.typing = false
	case keymap.Cancel:
		return a.clearFilter(), true
	case keymap.Complete:
		if len(f.offers) == 0 {
			return nil, true
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
// shows what stands before: half a term is no reason to lose sight of it.
func (f *filter) edit(a *App) tea.Cmd {
	f.offer()
	text := f.input.Value()
	q, err := query.Parse(text)
	f.problem, _ = errors.AsType[*query.Problem](err)
	f.fit(a.width)
	problem := f.problem
	if problem != nil {
		q = query.Readable(text)
	}
	if q.String() == f.text {
		return nil
	}
	cmd := a.showQuery(q)
	f.problem = problem
	return cmd
}

// cursor is where the cursor is, in bytes of the text.
func (f *filter) cursor() int { return len(string([]rune(f.input.Value())[:f.input.Position()])) }

func (f *filter) offer() {
	f.offers, f.at = query.Complete(f.input.Value(), f.cursor(), f.known), 0
}

func (f *filter) take(msg knownMsg) {
	f.known = msg.known
	if f.typing {
		f.offer()
	}
}

// applyFilter brings the shown board up to date. Looking through all tickets,
// sorting them and cutting them into lanes takes time that grows with their number, so it happens beside the screen, one
// search at a time; what the person changed on the ticket that they are on
// shows at once.
func (a *App) applyFilter() tea.Cmd {
	f := &a.filter
	if a.plain() {
		a.showFound(a.snap.Board)
		return a.census()
	}
	if card, _, _, ok := a.snap.Board.Find(a.columns.ref); ok && card != a.columns.selected() {
		a.columns.show(a.columns.board.With([]*model.Card{card}))
	}
	if f.busy {
		f.again = true
		return nil
	}
	f.busy, f.again = true, false
	return a.search()
}

// search returns a Cmd that finds out what the query means of the present
// picture. What was found in the same picture before is not looked up again: of
// several words, it is the last that grows with each key.
func (a *App) search() tea.Cmd {
	f := &a.filter
	ctx, desk, q, snap, gen := a.ctx, a.Desk, f.query, a.snap, f.gen
	in := &query.Context{Now: a.now, Me: snap.Me.Login, Policy: snap.Board.Policy(), Found: query.Found{}}
	by, lanes := comparison(a.sort), a.lanes
	before := f.found
	if f.foundRev != snap.Rev {
		before = nil
	}
	return func() tea.Msg {
		err := lookUp(ctx, desk, q.Texts(in.Me), before, in.Found)
		if err != nil {
			return filteredMsg{gen: gen, err: err}
		}
		board := q.Board(snap.Board, in)
		if by != nil && q.Sort() == nil {
			board = board.Sorted(by)
		}
		return filteredMsg{gen, snap.Rev, board.Laned(lanes), in.Found, nil}
	}
}

// meaning returns what finds out, beside the screen, which cards of the present
// picture a query means.
func (a *App) meaning(q query.Query) func() (keep func(*model.Card) bool, err error) {
	ctx, desk, snap := a.ctx, a.Desk, a.snap
	in := &query.Context{Now: a.now, Me: snap.Me.Login, Policy: snap.Board.Policy(), Found: query.Found{}}
	return func() (func(*model.Card) bool, error) {
		err := lookUp(ctx, desk, q.Texts(in.Me), nil, in.Found)
		return func(c *model.Card) bool { return q.Keep(c, in) }, err
	}
}

// showOnly shows on the board, and nowhere else, the tickets that a query of
// our own making means.
func (a *App) showOnly(text string) tea.Cmd {
	q, err := query.Parse(text)
	if err != nil {
		return a.tell("That can't be asked for: " + model.NewLine(err.Error()).String())
	}
	a.dialogs, a.pane = nil, nil
	cmd := a.showQuery(q)
	a.filter.typing = false
	return cmd
}

// lookUp puts where texts occur into found: from what was found before, or else
// from the desk.
func lookUp(ctx context.Context, desk Desk, texts []query.Text, before, found query.Found) error {
	var unknown []query.Text
	for _, t := range texts {
		if at, ok := before[t]; ok {
			found[t] = at
		} else {
			unknown = append(unknown, t)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	fresh, err := desk.Search(ctx, unknown)
	maps.Copy(found, fresh)
	return err
}

// showFound shows a board. While a query is typed, the person comes back to the
// ticket that they were on as soon as it is among those found.
func (a *App) showFound(b model.Board) {
	f := &a.filter
	back := f.goal
	if f.typing {
		back = f.from
	}
	if _, _, _, ok := b.Find(back); ok {
		a.columns.ref = back
	}
	f.goal = model.Ref{}
	a.columns.show(b)
}

// patience is how many outdated answers are dropped in a row: each would show,
// for a moment, what the person has changed since. Then one is shown all the
// same, or a board that never rests would never narrow.
const patience = 3

func (a *App) takeFiltered(msg filteredMsg) tea.Cmd {
	f := &a.filter
	f.busy = false
	if msg.err != nil {
		f.again = false
		if a.ctx.Err() != nil {
			return nil
		}
		what, _ := WordsOf(msg.err, a.now)
		return a.tell("The search failed: " + what)
	}
	f.found, f.foundRev = msg.found, msg.rev
	outdated := msg.gen != f.gen || f.again && f.late < patience
	if !outdated {
		f.late = 0
		a.showFound(msg.board)
	}
	if !outdated && !f.again || a.plain() {
		return nil
	}
	f.late++
	return a.applyFilter()
}

package ui

import (
	"context"
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	"docket/model"
	"docket/model/query"
)

// filteredMsg brings the board that a search left over.
type filteredMsg struct {
	gen   int
	rev   uint64
	board model.Board
	found query.Found
	err   error

	without string // the half of the query that it leaves out
	unknown string // whom or what the query names in vain
}

// applyFilter brings the shown board up to date. Looking through all tickets,
// sorting them and cutting them into lanes takes time that grows with their
// number, so it happens beside the screen, one search at a time; what the person
// changed on the ticket that they are on shows at once.
func (a *App) applyFilter() tea.Cmd {
	f := &a.filter
	if a.plain() {
		a.showFound(a.snap.Board)
		f.without, f.unknown = f.half.Text, ""
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
	by, lanes, workflow := comparison(a.sort), a.lanes, a.Workflow
	half, before := f.half, f.found
	already := half.Text != "" && half.Rest.String() == q.String() // without half it is
	if f.foundRev != snap.Rev {
		before = nil
	}
	return func() tea.Msg {
		in.Names = query.NamesOf(snap)
		err := lookUp(ctx, desk, q.Texts(in.Me), before, in.Found)
		if err != nil {
			return filteredMsg{gen: gen, err: err}
		}
		board, without := q.Board(snap.Board, in), already
		if half.Text != "" && !already && board.Len() == 0 {
			q, without = half.Rest, true
			if err := lookUp(ctx, desk, q.Texts(in.Me), in.Found, in.Found); err != nil {
				return filteredMsg{gen: gen, err: err}
			}
			board = q.Board(snap.Board, in)
		}
		if !without {
			half.Text = ""
		}
		unknown := ""
		if board.Len() == 0 {
			unknown = q.Stranger(func() query.Known { return query.Learn(snap, workflow) })
		}
		if by != nil && q.Sort() == nil {
			board = board.Sorted(by)
		}
		return filteredMsg{gen: gen, rev: snap.Rev, board: board.Laned(lanes), found: in.Found, without: strings.Trim(half.Text, ","), unknown: unknown}
	}
}

// meaning returns what finds out, beside the screen, which cards of the present
// picture a query means.
func (a *App) meaning(q query.Query) func() (keep func(*model.Card) bool, err error) {
	ctx, desk, snap := a.ctx, a.Desk, a.snap
	in := &query.Context{Now: a.now, Me: snap.Me.Login, Policy: snap.Board.Policy(), Found: query.Found{}}
	return func() (func(*model.Card) bool, error) {
		in.Names = query.NamesOf(snap)
		err := lookUp(ctx, desk, q.Texts(in.Me), nil, in.Found)
		return func(c *model.Card) bool { return q.Keep(c, in) }, err
	}
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
		f.late, f.without, f.unknown = 0, msg.without, msg.unknown
		a.showFound(msg.board)
	}
	if !outdated && !f.again || a.plain() {
		return nil
	}
	f.late++
	return a.applyFilter()
}

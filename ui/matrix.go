package ui

import (
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
	"docket/model/query"
)

// matrix is the open tickets by gain and pain, and beside them those that
// nobody has judged yet.
type matrix struct {
	m       *model.Matrix // nil while they are counted
	gen     int           // of the latest count: answers to earlier ones are late
	of      query.Query   // the filter that it was counted under
	counted time.Time     // when the count was asked for
	gain    model.Level   // the cell that the person is in
	pain    model.Level
	inList  bool        // the person is among the untriaged
	at      int         // the untriaged ticket that is put into cells
	beside  bool        // they stand at the right of the cells, not below
	rows    int         // how many of them make a page
	placed  []model.Ref // what the person put into cells, the latest last
}

// matrixMsg brings a count.
type matrixMsg struct {
	gen int
	at  time.Time
	m   model.Matrix
	err error
}

// cellFilter is the filter that shows a cell, and the one that held before it:
// back in the matrix, the other cells are not empty.
type cellFilter struct {
	shown  string
	before query.Query
}

func (a *App) openMatrix() tea.Cmd {
	d := &matrix{gain: model.High, pain: model.Low, of: a.filter.query}
	if a.filter.text != "" && a.filter.text == a.cell.shown {
		d.of = a.cell.before
	}
	a.open(d)
	return d.renewed(a)
}

// renewed counts again: beside the screen, for it takes time that grows with
// the tickets.
func (d *matrix) renewed(a *App) tea.Cmd {
	d.gen++
	gen, cards, meaning, now := d.gen, a.snap.Board.All(), a.meaning(d.of), a.now
	return func() tea.Msg {
		keep, err := meaning()
		return matrixMsg{gen, now, model.NewMatrix(cards, keep, now), err}
	}
}

func (a *App) takeMatrix(msg matrixMsg) tea.Cmd {
	if msg.err != nil {
		what, _ := WordsOf(msg.err, a.now)
		return a.tell("The search failed: " + what)
	}
	for _, open := range a.dialogs {
		if d, ok := open.(*matrix); ok && d.gen == msg.gen {
			d.counted = msg.at
			d.take(msg.m)
		}
	}
	return nil
}

// take shows another count. The person stays on their ticket, or goes back to
// the one that they took out of its cell again.
func (d *matrix) take(m model.Matrix) {
	goTo := func(ref model.Ref) bool {
		i := slices.IndexFunc(m.Untriaged, func(o *model.Card) bool { return o.Ref == ref })
		if i >= 0 {
			d.at = i
		}
		return i >= 0
	}
	if c := d.chosen(); c != nil {
		goTo(c.Ref)
	}
	if n := len(d.placed); n > 0 && goTo(d.placed[n-1]) {
		d.placed = d.placed[:n-1]
	}
	d.m = &m
	d.settle()
}

// settle keeps the person where something is.
func (d *matrix) settle() {
	d.at = min(max(0, d.at), max(0, len(d.untriaged())-1))
	if len(d.untriaged()) == 0 {
		d.inList = false
	}
}

func (d *matrix) untriaged() []*model.Card {
	if d.m == nil {
		return nil
	}
	return d.m.Untriaged
}

// chosen is the untriaged ticket that is put into cells; nil when there is none.
func (d *matrix) chosen() *model.Card {
	if d.at >= len(d.untriaged()) {
		return nil
	}
	return d.m.Untriaged[d.at]
}

func (*matrix) scope() keymap.Scope { return keymap.Matrix }

// puts are the levels that each key gives, by gain and pain as on the keys of a
// number pad.
var puts = map[keymap.ID][2]model.Level{
	keymap.PutHighLow: {model.High, model.Low}, keymap.PutHighMedium: {model.High, model.Medium}, keymap.PutHighHigh: {model.High, model.High},
	keymap.PutMediumLow: {model.Medium, model.Low}, keymap.PutMediumMedium: {model.Medium, model.Medium}, keymap.PutMediumHigh: {model.Medium, model.High},
	keymap.PutLowLow: {model.Low, model.Low}, keymap.PutLowMedium: {model.Low, model.Medium}, keymap.PutLowHigh: {model.Low, model.High},
}

func (d *matrix) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	if levels, ok := puts[id]; ok {
		return d.put(a, levels[0], levels[1]), true
	}
	switch id {
	case keymap.Back:
		a.leave()
	case keymap.Up, keymap.Down, keymap.Left, keymap.Right, keymap.First, keymap.Last, keymap.PageUp, keymap.PageDown:
		d.move(id)
		d.settle()
	case keymap.ShowCell:
		return d.show(a), true
	case keymap.Undo:
		return a.undo(), true
	case keymap.Redo:
		return a.redo(), true
	default:
		return nil, false
	}
	return nil, true
}

// move goes about in the cells, and from them to the untriaged and back.
func (d *matrix) move(id keymap.ID) {
	if d.inList {
		d.moveInList(id)
		return
	}
	switch id {
	case keymap.Up:
		d.gain = min(model.High, d.gain+1)
	case keymap.Down:
		if d.gain == model.Low && !d.beside {
			d.inList = true
		}
		d.gain = max(model.Low, d.gain-1)
	case keymap.Left:
		d.pain = max(model.Low, d.pain-1)
	case keymap.Right:
		d.inList = d.pain == model.High
		d.pain = min(model.High, d.pain+1)
	case keymap.First, keymap.PageUp:
		d.gain = model.High
	case keymap.Last, keymap.PageDown:
		d.gain = model.Low
	}
}

func (d *matrix) moveInList(id keymap.ID) {
	switch id {
	case keymap.Up:
		d.inList = d.at > 0 || d.beside
	case keymap.Left:
		d.inList = false
	}
	d.at, _ = stepped(id, d.at, max(1, d.rows), len(d.untriaged())-1)
}

// put gives the chosen ticket the levels of a cell, as one action.
func (d *matrix) put(a *App, gain, pain model.Level) tea.Cmd {
	c := d.chosen()
	if c == nil {
		return a.tell("Nothing is left to triage here")
	}
	live, _, _, ok := a.snap.Board.Find(c.Ref)
	if !ok || !live.Open() || live.Triaged() {
		return tea.Batch(a.tell("Somebody was faster: it is triaged or closed"), d.renewed(a))
	}
	if why := a.refusal(live, mayTriage); why != "" {
		return a.tell(why)
	}
	cmd := a.submit(c.Ref, model.JudgeAs(live.Ticket, gain, pain)...)
	// The next key is for the next ticket, even if it is faster than the count.
	if now, _, _, ok := a.snap.Board.Find(c.Ref); ok && now.Triaged() {
		m := d.m.Judge(c.Ref, gain, pain)
		d.m = &m
		d.gain, d.pain, d.placed = gain, pain, append(d.placed, c.Ref)
		d.settle()
		words := fmt.Sprintf("%s is now %s gain, %s pain", a.ticketName(c.Ref), gain, pain)
		if keys := a.Keys.Keys(keymap.Undo); len(keys) > 0 {
			words += "; " + a.key(keymap.Undo) + " takes it back"
		}
		cmd = tea.Batch(cmd, a.notify(words))
	}
	return cmd
}

// show shows the tickets of the cell on the board, or opens the untriaged one.
func (d *matrix) show(a *App) tea.Cmd {
	if d.inList {
		return a.openFrom(d.chosen().Ref)
	}
	cell := "gain:" + d.gain.String() + " pain:" + d.pain.String() + " -is:closed"
	a.cell = cellFilter{d.of.Narrow(cell), d.of}
	return a.showOnly(a.cell.shown)
}

// fit settles where the untriaged stand.
func (d *matrix) fit(w, h int) {
	d.beside = matrixWidth(w) >= listFrom
	d.rows = max(1, h-10)
}

func matrixWidth(w int) int { return min(132, w-6) }

// listFrom is from which width on there is room for a list beside the cells.
const listFrom = 84

func (d *matrix) draw(a *App, w, h int) drawing {
	in := matrixWidth(w)
	p := matrixPainter{theme: a.theme, d: d, key: a.key, now: a.now, all: max(4, h-6), several: len(a.snap.Repos) > 1}
	title := "Matrix: gain by pain"
	if d.m != nil {
		title = "Matrix: " + count(d.m.Triaged()+len(d.m.Untriaged), "open ticket", "open tickets")
	}
	if of := d.of.String(); of != "" {
		title += " matching " + model.NewLine(of).String()
	}
	lines := p.paint(in)
	for i := range p.spots { // within the border
		p.spots[i].x, p.spots[i].y = p.spots[i].x+2, p.spots[i].y+1
	}
	more := p.more(p.from, len(d.untriaged())-p.from-p.rows)
	return drawing{lines: a.theme.listed(title, lines, in, more), spots: p.spots}
}

// point goes to a cell, or to one of the untriaged: those come after the cells.
func (d *matrix) point(entry int) (again bool) {
	if i := entry - cells; i >= 0 {
		again = d.inList && d.at == i
		d.inList, d.at = true, i
		return again
	}
	gain, pain := model.Levels[entry/3], model.Levels[2-entry%3]
	again = !d.inList && d.gain == gain && d.pain == pain
	d.inList, d.gain, d.pain = false, gain, pain
	return again
}

// cells is how many there are.
const cells = 9

package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

// pane is the open ticket: what its card does not show, and how far it is
// scrolled.
type pane struct {
	ref    model.Ref
	card   *model.Card // as it was when the thread was asked for
	apart  *model.Card // of a ticket that the board does not show
	trail  []step      // the tickets that Back returns to, the last one first
	over   []dialog    // what Back returns to after those: the ticket was opened from there …
	under  *pane       // … and what lay beneath
	thread *model.Thread
	err    error
	asking bool  // what happened is asked for
	untold error // why that was not told
	gen    int   // of the latest question to the desk: earlier answers are late

	lines []threadLine // body and comments, rendered
	width int          // that they were rendered for; zero: not yet
	wants int          // the width that a rendering is under way for; zero: none is
	top   int

	anchor int64 // the comment that stays where it is on the screen; 0: none
	below  int   // how many lines the first on the screen is below the one above that comment

	job        int                  // of the latest rendering: lines of earlier ones are late
	coming     []threadLine         // its lines, before they take the place of the others
	known      map[int64]threadText // texts rendered before, for knownWidth
	knownWidth int
}

// again makes the lines be put together again from what is rendered.
func (p *pane) again() { p.width, p.wants = 0, 0 }

// forget makes everything be rendered again, as for another theme.
func (p *pane) forget() { p.width, p.wants, p.known = 0, 0, nil }

type (
	// threadMsg brings what the desk has of a ticket.
	threadMsg struct {
		ref    model.Ref
		gen    int
		thread model.Thread
		told   bool // it is the answer to what happened
		err    error
	}
	// renderedMsg brings lines of a thread.
	renderedMsg struct {
		ref   model.Ref
		job   int
		lines []threadLine
		done  bool
		from  *reading
	}
)

// openTicket shows a ticket beside or over the board.
func (a *App) openTicket(ref model.Ref) tea.Cmd {
	if _, _, _, ok := a.snap.Board.Find(ref); !ok {
		return a.tell("That ticket is no longer on the board")
	}
	return a.show(ref)
}

// show opens a ticket. The selection on the board follows, if it is there.
func (a *App) show(ref model.Ref, trail ...step) tea.Cmd {
	if _, _, _, ok := a.snap.Board.Find(ref); ok {
		a.columns.ref = ref
		a.columns.show(a.columns.board)
	}
	p := &pane{ref: ref, trail: trail}
	if a.pane != nil {
		p.over, p.under = a.pane.over, a.pane.under
	}
	a.pane = p
	return a.askThread()
}

// closeTicket goes back to where the person came from: to the ticket that
// mentions this one, to what it was opened from, or to the board.
func (a *App) closeTicket() tea.Cmd {
	if a.voice != nil {
		a.voice.ticket = model.Ref{}
	}
	trail := a.pane.trail
	if len(trail) == 0 {
		return a.backTo(a.pane.over, a.pane.under)
	}
	back := trail[len(trail)-1]
	cmd := a.show(back.ref, trail[:len(trail)-1]...)
	a.pane.top = back.top
	return cmd
}

// paneCard returns the card of the open ticket, and whether it is on the board.
func (a *App) paneCard() (card *model.Card, onBoard bool) {
	if card, _, _, ok := a.snap.Board.Find(a.pane.ref); ok {
		return card, true
	}
	return a.pane.apart, false
}

// reloadPane asks for the open ticket again when it has changed.
func (a *App) reloadPane() tea.Cmd {
	if a.pane == nil {
		return nil
	}
	if card, _, _, ok := a.snap.Board.Find(a.pane.ref); ok && card == a.pane.card {
		return nil
	}
	return a.askThread()
}

func (a *App) askThread() tea.Cmd {
	p := a.pane
	p.gen++
	p.card, _, _, _ = a.snap.Board.Find(p.ref)
	ctx, desk, ref, gen := a.ctx, a.Desk, p.ref, p.gen
	return func() tea.Msg {
		thread, err := desk.Thread(ctx, ref)
		return threadMsg{ref, gen, thread, false, err}
	}
}

// askTimeline asks what happened to the open ticket.
func (a *App) askTimeline() tea.Cmd {
	a.pane.asking = true
	ctx, desk, ref, gen := a.ctx, a.Desk, a.pane.ref, a.pane.gen
	return func() tea.Msg {
		thread, err := desk.Timeline(ctx, ref)
		return threadMsg{ref, gen, thread, true, err}
	}
}

func (a *App) takeThread(msg threadMsg) tea.Cmd {
	p := a.pane
	if p == nil || p.ref != msg.ref || p.gen != msg.gen {
		return nil
	}
	if msg.told {
		p.asking, p.untold = false, msg.err
		if msg.err == nil {
			if a.timeline || !slices.Equal(p.thread.Links, msg.thread.Links) {
				p.again()
			}
			p.thread = &msg.thread
		} else if a.timeline {
			p.again()
		}
		return a.renderPane()
	}
	p.err = msg.err
	if msg.err == nil || len(msg.thread.Comments) > 0 || !msg.thread.Body.Empty() {
		p.thread = &msg.thread
	}
	if t := msg.thread.Ticket; t.Ref == p.ref && (p.apart == nil || !p.apart.Updated.Equal(t.Updated)) {
		p.apart = &model.Card{Ticket: t}
	}
	p.again()
	if msg.err != nil || msg.thread.Told {
		return a.renderPane()
	}
	return tea.Batch(a.askTimeline(), a.renderPane())
}

// renderPane has the thread rendered if it is not for the present width.
func (a *App) renderPane() tea.Cmd {
	p := a.pane
	if p == nil || p.thread == nil || a.width == 0 {
		return nil
	}
	w := a.layout().pane - 4
	if a.voice != nil {
		w = spokenWidth
	}
	if w < 10 || p.wants == w || p.wants == 0 && p.width == w {
		return nil
	}
	if p.knownWidth != w {
		p.known = nil
	}
	p.wants, p.coming = w, nil
	p.job++
	p.hold()
	return p.read(&reading{
		thread: *p.thread, width: w, looks: a.theme.prose, nothing: a.theme.muted.of("No description."),
		known: p.known, drawn: make(map[int64]threadText, len(p.thread.Comments)+1), budget: firstHelping,
		labels: a.labelLines(w), links: a.linkLines(p.thread, w), timeline: a.timeline, glyphs: a.theme.glyphs, note: a.note(),
	})
}

// note is what stands below all, about what happened.
func (a *App) note() string {
	if !a.timeline {
		return ""
	}
	return a.untold()
}

// hold notes which comment is on the screen, so that it stays there when lines
// come or go above it.
func (p *pane) hold() {
	p.anchor, p.below = 0, 0
	for i := min(p.top, len(p.lines)-1); i >= 0 && p.top > 0; i-- {
		if by := p.lines[i].by; by != nil {
			p.anchor, p.below = by.ID, p.top-i
			return
		}
	}
}

// held returns how far the lines that came are to be scrolled so that what was
// on the screen stays there; false while that part has not come.
func (p *pane) held() (top int, ok bool) {
	if p.anchor == 0 {
		return p.top, true
	}
	i := slices.IndexFunc(p.coming, func(l threadLine) bool { return l.by != nil && l.by.ID == p.anchor })
	return i + p.below, i >= 0
}

// read returns a Cmd that renders the next lines.
func (p *pane) read(r *reading) tea.Cmd {
	ref, job := p.ref, p.job
	return func() tea.Msg {
		lines, done := r.more()
		return renderedMsg{ref, job, lines, done, r}
	}
}

// takeRendered adds lines to those that came before. They take the place of
// older ones when there are enough to show the same part of the ticket.
func (a *App) takeRendered(msg renderedMsg) tea.Cmd {
	p := a.pane
	if p == nil || p.ref != msg.ref || p.job != msg.job {
		return nil
	}
	p.coming = append(p.coming, msg.lines...)
	if top, ok := p.held(); ok && len(p.coming) >= top+a.height || msg.done {
		if ok {
			p.top, p.anchor = top, 0
		}
		p.lines, p.width = p.coming, msg.from.width
	}
	if !msg.done {
		return p.read(msg.from)
	}
	p.wants, p.coming = 0, nil
	p.known, p.knownWidth = msg.from.drawn, msg.from.width
	a.scrollPane(0)
	return nil
}

// scrollPane moves the text of the open ticket.
func (a *App) scrollPane(by int) {
	p := a.pane
	if a.voice != nil {
		a.turnPage(by)
		return
	}
	l := a.layout()
	rows := max(1, l.rows-len(a.paneHead(l.pane-4)))
	p.top = min(max(0, p.top+by), max(0, len(p.lines)-rows))
}

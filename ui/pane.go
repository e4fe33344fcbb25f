package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

// pane is the open ticket: what its card does not show, and how far it is
// scrolled.
type pane struct {
	ref    model.Ref
	card   *model.Card // as it was when the thread was asked for
	thread *model.Thread
	err    error
	gen    int // of the latest question to the desk: earlier answers are late

	lines []threadLine // body and comments, rendered
	width int          // that they were rendered for; zero: not yet
	wants int          // the width that a rendering is under way for; zero: none is
	top   int

	job        int                  // of the latest rendering: lines of earlier ones are late
	coming     []threadLine         // its lines, before they take the place of the others
	known      map[int64]threadText // texts rendered before, for knownWidth
	knownWidth int
}

// forget makes everything be rendered again, as for another theme.
func (p *pane) forget() { p.width, p.wants, p.known = 0, 0, nil }

type (
	// threadMsg brings what the desk has of a ticket.
	threadMsg struct {
		ref    model.Ref
		gen    int
		thread model.Thread
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
	a.columns.ref = ref
	a.columns.show(a.columns.board)
	a.pane = &pane{ref: ref}
	return a.askThread()
}

func (a *App) closeTicket() tea.Cmd {
	a.pane = nil
	if a.voice != nil {
		a.voice.ticket = model.Ref{}
	}
	return nil
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
		return threadMsg{ref, gen, thread, err}
	}
}

func (a *App) takeThread(msg threadMsg) tea.Cmd {
	p := a.pane
	if p == nil || p.ref != msg.ref || p.gen != msg.gen {
		return nil
	}
	p.err = msg.err
	if msg.err == nil || len(msg.thread.Comments) > 0 || !msg.thread.Body.Empty() {
		p.thread = &msg.thread
	}
	p.wants, p.width = 0, 0 // but texts that are known stay so
	return a.renderPane()
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
	return p.read(&reading{
		thread: *p.thread, width: w, looks: a.theme.prose, nothing: a.theme.muted.of("No description."),
		known: p.known, drawn: make(map[int64]threadText, len(p.thread.Comments)+1), budget: firstHelping,
	})
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
	if msg.done || len(p.coming) >= p.top+a.height {
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

// draw returns the rows of the open ticket, each exactly w wide.
func (p *pane) draw(a *App, w, rows int, beside bool) []string {
	th := a.theme
	in := w - 4
	lines := a.paneHead(in)
	more := 0 // lines below those on the screen
	switch {
	case p.thread == nil && p.err != nil:
		what, hint := WordsOf(p.err, a.now)
		lines = append(lines, th.wrap(what+"; "+hint, in, 4)...)
	case p.width == 0 && p.lines == nil:
		lines = append(lines, th.muted.of("Fetching the text"+th.ellipsis))
	default:
		rest := p.lines[min(p.top, len(p.lines)):]
		more = len(lines) + len(rest) - rows
		for _, line := range rest[:min(len(rest), max(0, rows-len(lines)))] {
			if line.by != nil {
				line.text = th.by(line.by, p.author(), in, a.now)
			}
			lines = append(lines, th.text.of(line.text))
		}
		if more <= 0 && !p.thread.Complete {
			lines = append(lines, "", th.muted.of("More comments are on their way."))
		}
	}
	more = max(more, len(lines)-rows)
	edge := "  "
	if beside {
		edge = th.faint.of(th.side) + " "
	}
	out := splitLines(strings.Join(lines, "\n"), rows)
	if more > 0 && rows > 0 {
		sign := th.down + " " + count(more+1, "more line", "more lines")
		if p.wants != 0 {
			sign += th.ellipsis
		}
		out[rows-1] = th.muted.of(sign)
	}
	for i, line := range out {
		out[i] = edge + th.pad(line, in) + blank(2)
	}
	return out
}

// author returns who opened the ticket.
func (p *pane) author() model.Line {
	if p.card == nil {
		return model.Line{}
	}
	return p.card.Author.Login
}

// paneHead is what stays above the scrolling text: title, levels, people,
// dates and labels.
func (a *App) paneHead(in int) []string {
	th := a.theme
	card, _, _, ok := a.snap.Board.Find(a.pane.ref)
	if !ok {
		return []string{th.strong.of(a.pane.ref.String()), "", th.muted.of("This ticket is no longer on the board."), ""}
	}
	cp := cardPainter{theme: th, policy: a.snap.Board.Policy(), card: card, now: a.now, inner: in}
	title := th.wrap(fmt.Sprintf("#%d  %s", card.Ref.Number, cp.name()), in, 2)
	for i := range title {
		title[i] = th.strong.of(title[i])
	}
	state := a.Workflow.Step(card.Shown()).Name
	if len(a.snap.Repos) > 1 {
		state += " in " + card.Ref.Repo
	}
	marks, mw := cp.marks()
	badges := cp.badges()
	lines := title
	lines = append(lines, badges.text+"   "+th.accent.of(th.cut(state, in-badges.w-mw-3))+marks, th.muted.of(th.cut(a.people(card), in)))
	if labels := a.plainLabels(card, in); labels != "" {
		lines = append(lines, th.muted.of(th.cut(labels, in)))
	}
	return append(lines, th.faint.of(th.line(in)))
}

// people tells who opened the ticket and when, who has it, and what is due.
func (a *App) people(c *model.Card) string {
	parts := []string{"opened " + agoCalmly(a.now.Sub(c.Created)) + " by " + c.Author.Login.String()}
	if a.now.Sub(c.Created) >= aDay {
		parts[0] = "opened " + c.Created.UTC().Format("2 Jan 2006") + ", " + agoCalmly(a.now.Sub(c.Created)) + ", by " + c.Author.Login.String()
	}
	if len(c.Assignees) > 0 {
		names := make([]string, len(c.Assignees))
		for i, l := range c.Assignees {
			names[i] = l.String()
		}
		parts = append(parts, "assigned to "+strings.Join(names, ", "))
	}
	if !c.Due.IsZero() {
		parts = append(parts, "due "+c.Due.UTC().Format("2 Jan 2006"))
	}
	if !c.Open() {
		how := ""
		if c.ClosedAs != model.Unresolved {
			how = " as " + string(c.ClosedAs)
		}
		parts = append(parts, "closed"+how+" "+agoCalmly(a.now.Sub(c.ClosedAt)))
	} else if c.Answered() {
		parts = append(parts, "the reporter has answered")
	}
	if !c.Milestone.Empty() {
		parts = append(parts, c.Milestone.String())
	}
	return strings.Join(parts, " "+a.theme.dot+" ")
}

// plainLabels are the labels that the board does not show otherwise, as many as
// a line of w cells has room for: a ticket may have hundreds.
func (a *App) plainLabels(c *model.Card, w int) string {
	var names []string
	used := 0
	for _, l := range c.Labels {
		if used > w {
			break
		}
		if m, ok := a.Workflow.Scheme.Read(l.Raw()); !ok || m.Field == model.FieldType {
			names = append(names, l.String())
			used += width(l.String()) + 2
		}
	}
	return strings.Join(names, "  ")
}

package ui

import (
	"fmt"
	"strings"
	"time"

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

	look  int      // counts what a rendering depends on: earlier ones are late
	lines []string // body and comments, rendered
	width int      // that they were rendered for; zero: not yet
	wants int      // the width that a rendering is under way for
	top   int
}

// forget makes everything be rendered again, as for another theme. What is under
// way then comes too late.
func (p *pane) forget() {
	p.look++
	p.width, p.wants = 0, 0
}

type (
	// threadMsg brings what the desk has of a ticket.
	threadMsg struct {
		ref    model.Ref
		gen    int
		thread model.Thread
		err    error
	}
	// renderedMsg brings a thread as lines for a width.
	renderedMsg struct {
		ref   model.Ref
		look  int
		width int
		lines []string
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
	p.forget()
	return a.renderPane()
}

// renderPane has the thread rendered if it is not for the present width.
func (a *App) renderPane() tea.Cmd {
	p := a.pane
	if p == nil || p.thread == nil || a.width == 0 {
		return nil
	}
	w := a.layout().pane - 4
	if w < 10 || p.width == w || p.wants == w {
		return nil
	}
	p.wants = w
	r := threadRenderer{theme: a.theme, ascii: a.ASCII, width: w, now: a.now}
	thread, ref, look, author := *p.thread, p.ref, p.look, model.Line{}
	if p.card != nil {
		author = p.card.Author.Login
	}
	return func() tea.Msg { return renderedMsg{ref, look, w, r.render(thread, author)} }
}

func (a *App) takeRendered(msg renderedMsg) {
	if p := a.pane; p != nil && p.ref == msg.ref && p.look == msg.look {
		p.lines, p.width, p.wants = msg.lines, msg.width, 0
		a.scrollPane(0)
	}
}

// threadRenderer turns a thread into lines. It is a value of its own, so that
// a Cmd can use it beside the App.
type threadRenderer struct {
	theme *theme
	ascii bool
	width int
	now   time.Time
}

func (r threadRenderer) render(t model.Thread, author model.Line) []string {
	lines := markdown(t.Body, r.width, r.theme.dark, r.ascii)
	if len(lines) == 0 {
		lines = []string{r.theme.muted.of("No description.")}
	}
	for _, c := range t.Comments {
		lines = append(lines, "", r.by(c, author))
		lines = append(lines, markdown(c.Body, r.width, r.theme.dark, r.ascii)...)
	}
	return lines
}

// by is the line above a comment: who, and when.
func (r threadRenderer) by(c model.Comment, author model.Line) string {
	th := r.theme
	who := c.Author.Login.String()
	if !c.Author.Name.Empty() {
		who += ", " + c.Author.Name.String()
	}
	if c.Author.Login == author {
		who += " (reporter)"
	}
	when := agoCalmly(r.now.Sub(c.Created))
	who = th.cut(who, r.width-width(when)-6)
	rule := max(0, r.width-width(who)-width(when)-6)
	return th.faint.of(th.rule+th.rule) + " " + th.strong.of(who) + " " + th.faint.of(th.line(rule)) + " " + th.muted.of(when)
}

// scrollPane moves the text of the open ticket.
func (a *App) scrollPane(by int) {
	p := a.pane
	l := a.layout()
	rows := max(1, l.rows-len(a.paneHead(l.pane-4)))
	p.top = min(max(0, p.top+by), max(0, len(p.lines)-rows))
}

// draw returns the rows of the open ticket, each exactly w wide.
func (p *pane) draw(a *App, w, rows int, beside bool) []string {
	th := a.theme
	in := w - 4
	lines := a.paneHead(in)
	switch {
	case p.thread == nil && p.err != nil:
		what, hint := WordsOf(p.err, a.now)
		lines = append(lines, th.wrap(what+"; "+hint, in, 4)...)
	case p.width == 0 && p.lines == nil:
		lines = append(lines, th.muted.of("Fetching the text"+th.ellipsis))
	default:
		body := p.lines[min(p.top, len(p.lines)):]
		lines = append(lines, body...)
		if len(lines) <= rows && !p.thread.Complete {
			lines = append(lines, "", th.muted.of("More comments are on their way."))
		}
	}
	more := len(lines) - rows
	edge := "  "
	if beside {
		edge = th.faint.of(th.side) + " "
	}
	out := make([]string, rows)
	for i := range out {
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		if more > 0 && i == rows-1 {
			line = th.muted.of(th.down + " " + count(more+1, "more line", "more lines"))
		}
		out[i] = edge + th.pad(line, in) + blank(2)
	}
	return out
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
	if labels := a.plainLabels(card); labels != "" {
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

// plainLabels are the labels that the board does not show otherwise.
func (a *App) plainLabels(c *model.Card) string {
	var names []string
	for _, l := range c.Labels {
		if m, ok := a.Workflow.Scheme.Read(l.Raw()); !ok || m.Field == model.FieldType {
			names = append(names, l.String())
		}
	}
	return strings.Join(names, "  ")
}

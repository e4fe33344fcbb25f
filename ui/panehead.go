package ui

import (
	"errors"
	"fmt"
	"strings"

	"docket/model"
)

// paneHead is what stays above the scrolling text: title, levels, people,
// dates and labels.
func (a *App) paneHead(in int) []string {
	th := a.theme
	card, onBoard := a.paneCard()
	switch {
	case card == nil && a.pane.thread == nil && a.pane.err == nil && len(a.pane.trail) > 0:
		return inset(th.strong.of(nameOf(a.pane.ref, a.pane.trail[0].ref.Repo)), "")
	case card == nil && a.pane.thread == nil && a.pane.err != nil: // which says enough
		return inset(th.strong.of(a.pane.ref.String()), "")
	case card == nil:
		return inset(th.strong.of(a.pane.ref.String()), "", th.muted.of("This ticket is no longer on the board."), "")
	}
	cp := cardPainter{theme: th, policy: a.snap.Board.Policy(), card: card, now: a.now, inner: in}
	sign := ""
	if a.columns.marks.set.Has(card.Ref) {
		sign = th.mark + " "
	}
	title := th.wrap(fmt.Sprintf("%s#%d  %s", sign, card.Ref.Number, cp.name()), in, 2)
	for i := range title {
		title[i] = th.strong.of(title[i])
	}
	state := a.Workflow.Step(card.Shown()).Name
	if len(a.snap.Repos) > 1 {
		state += " in " + card.Ref.Repo
	}
	if !onBoard {
		state += ", " + a.pane.whereabouts()
	}
	marks, mw := cp.marks()
	badges := cp.badges()
	lines := title
	lines = append(lines, badges.text+"   "+th.accent.of(th.cut(state, in-badges.w-mw-3))+marks)
	most := 1
	if a.height >= 20 {
		most = 2
	}
	lines = append(lines, inked(th.muted, th.wrap(strings.Join(a.people(card), " "+th.dot+" "), in, most))...)
	if labels := a.plainLabels(card, in); labels != "" {
		lines = append(lines, th.muted.of(labels))
	}
	return append(inset(lines...), th.faint.of(th.line(in+1)))
}

// whereabouts tells where a ticket is that the board does not show.
func (p *pane) whereabouts() string {
	if wrong, ok := errors.AsType[*model.Problem](p.err); ok && (wrong.Kind == model.NotFound || wrong.Kind == model.Deleted) {
		return "gone from the forge"
	}
	return "not on the board"
}

// ticketFacts are what stays above the text as lines to be told, each of one
// thing. None tells an age: it would change while one listens.
func (a *App) ticketFacts() []string {
	card, onBoard := a.paneCard()
	if card == nil {
		var lines []string
		for _, line := range a.paneHead(spokenWidth) {
			lines = append(lines, plainly(line))
		}
		return lines
	}
	cp := cardPainter{theme: a.theme, policy: a.snap.Board.Policy(), card: card, now: a.now, inner: spokenWidth}
	facts := []string{fmt.Sprintf("Ticket %d: %s", card.Ref.Number, cp.name()), cp.badges().text, a.Workflow.Step(card.Shown()).Name}
	if len(a.snap.Repos) > 1 {
		facts = append(facts, "in "+card.Ref.Repo)
	}
	if !onBoard {
		facts = append(facts, a.pane.whereabouts())
	}
	if card.Stuck > 0 {
		facts = append(facts, "a change of yours is "+cp.stuck)
	}
	if a.columns.marks.set.Has(card.Ref) {
		facts = append(facts, "marked")
	}
	facts = append(facts, a.people(card)...)
	if labels := a.plainLabels(card, spokenWidth); labels != "" {
		facts = append(facts, "labels: "+labels)
	}
	if card.Comments > 0 {
		facts = append(facts, count(card.Comments, "comment", "comments"))
	}
	for i := range facts {
		facts[i] = plainly(facts[i])
	}
	return facts
}

// people tells who opened the ticket and when, who has it, and what is due.
func (a *App) people(c *model.Card) []string {
	day, by := c.Created.UTC().Format("2 Jan 2006"), "by "+c.Author.Login.String()
	parts := []string{"opened " + agoCalmly(a.now.Sub(c.Created)) + " " + by}
	switch {
	case a.theme.words:
		parts[0] = "opened " + day + " " + by
	case a.now.Sub(c.Created) >= aDay:
		parts[0] = "opened " + day + ", " + agoCalmly(a.now.Sub(c.Created)) + ", " + by
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
	if !c.Milestone.None() {
		parts = append(parts, "milestone "+c.Milestone.Title.String())
	}
	if !c.Open() {
		how := ""
		if c.ClosedAs != model.Unresolved {
			how = " as " + string(c.ClosedAs)
		}
		when := agoCalmly(a.now.Sub(c.ClosedAt))
		if a.theme.words {
			when = c.ClosedAt.UTC().Format("2 Jan 2006")
		}
		parts = append(parts, "closed"+how+" "+when)
	} else if c.Answered() {
		parts = append(parts, "the reporter has answered")
	}
	return parts
}

// plainLabels are the labels that the board does not show otherwise, or as many
// as a line of w cells has room for and where the others are: a ticket may have
// hundreds.
func (a *App) plainLabels(c *model.Card, w int) string {
	line, all := a.someLabels(c, w)
	if all {
		return line
	}
	where := "  " + a.theme.ellipsis + " all are at the end"
	if w < 60 {
		where = "  " + a.theme.ellipsis + " all at the end"
	}
	line, _ = a.someLabels(c, w-width(where))
	return line + where
}

// someLabels are as many whole labels as a line of w cells has room for.
func (a *App) someLabels(c *model.Card, w int) (line string, all bool) {
	for _, l := range c.Labels {
		if !a.unshown(l) {
			continue
		}
		more := l.String()
		if line != "" {
			more = line + "  " + more
		}
		if width(more) > w {
			return line, false
		}
		line = more
	}
	return line, true
}

// unshown reports whether the board does not show a label otherwise.
func (a *App) unshown(l model.Line) bool {
	m, ok := a.Workflow.Scheme.Read(l.Raw())
	return !ok || m.Field == model.FieldType
}

// labelLines are all the labels of the open ticket, for its end, when there is no
// room for them above its text. Hundreds would keep the comments from view.
func (a *App) labelLines(w int) (lines []string) {
	card, _ := a.paneCard()
	if card == nil {
		return nil
	}
	if _, all := a.someLabels(card, w); all {
		return nil
	}
	th := a.theme
	const beside = len("Labels  ")
	line, head := "", "Labels"
	flush := func() {
		for _, part := range th.wrap(line, w-beside, unabridged) {
			lines = append(lines, th.muted.of(th.pad(head, beside))+part)
			head = ""
		}
	}
	for _, l := range card.Labels {
		switch name := l.String(); {
		case !a.unshown(l):
		case line != "" && width(line)+2+width(name) <= w-beside:
			line += "  " + name
		case line == "":
			line = name
		default:
			flush()
			line = name
		}
	}
	flush()
	return lines
}

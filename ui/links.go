package ui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

// step back: a ticket that was left for one that it mentions, or that mentions
// it, and how far it was scrolled.
type step struct {
	ref model.Ref
	top int
}

// mostLinesOfLinks is how many links are listed under a ticket's text, each way.
const mostLinesOfLinks = 6

// follow opens a ticket that the open one mentions, or that mentions it: the
// only one at once, one of several by choice.
func (a *App) follow() tea.Cmd {
	p := a.pane
	if p == nil || p.thread == nil {
		return a.tell("The ticket's text is not here yet")
	}
	var items []item
	var refs []model.Ref
	for _, l := range p.thread.Links {
		if slices.Contains(refs, l.Ref) {
			continue // it is mentioned and mentions
		}
		refs = append(refs, l.Ref)
		about := l.Title.String()
		switch {
		case !l.Known:
			about = "not known here yet"
		case !l.Open:
			about += " (closed)"
		}
		if l.In {
			about += ", mentions this one"
		}
		items = append(items, item{name: nameOf(l.Ref, p.ref.Repo), about: about, pick: func(a *App) tea.Cmd { return a.followTo(l.Ref) }})
	}
	switch len(items) {
	case 0:
		return a.tell(a.ticketName(p.ref) + " mentions no ticket, and none that is known here mentions it")
	case 1:
		return items[0].pick(a)
	}
	a.open(newPicker("Follow from "+a.ticketName(p.ref)+" to", items))
	return nil
}

// followTo opens a ticket in place of the one that is open, to which Back
// returns. It need not be on the board, but must be of one of its repositories.
func (a *App) followTo(ref model.Ref) tea.Cmd {
	if a.snap.Repo(ref.Repo).Name == "" {
		return a.tell(plainLine(ref.Repo) + " is not on this board; " + plainLine(ref.String()) + " can be read in the browser")
	}
	if a.pane == nil {
		return a.show(ref)
	}
	return a.show(ref, append(slices.Clone(a.pane.trail), step{a.pane.ref, a.pane.top})...)
}

// openBeside opens the next or the previous ticket of the view without a way
// over the board: after a column's end comes the next column with tickets. Back
// leads where it did, to the ticket that one followed from.
func (a *App) openBeside(by int) tea.Cmd {
	c := &a.columns
	n := len(c.board.Columns)
	if _, col, row, ok := c.board.Find(a.pane.ref); ok {
		c.col, c.row = col, row
	}
	if n == 0 || c.board.Len() == 0 {
		return a.tell("The view has no tickets")
	}
	col, row := c.col, c.row+by
	for row < 0 || row >= len(c.board.Columns[col].Cards) {
		col = (col + by + n) % n
		if row = 0; by < 0 {
			row = len(c.board.Columns[col].Cards) - 1
		}
	}
	next := c.board.Columns[col].Cards[row].Ref
	if next == a.pane.ref {
		return a.tell("This is the only ticket of the view")
	}
	trail := a.pane.trail
	if n := len(trail); n > 0 && trail[n-1].ref == next { // one is back already
		trail = trail[:n-1]
	}
	return a.show(next, trail...)
}

// linkLines list the links of a thread under its text.
func (a *App) linkLines(t *model.Thread, w int) []string {
	th := a.theme
	var lines []string
	for _, way := range []struct {
		in   bool
		head string
	}{{false, "Mentions"}, {true, "Mentioned in"}} {
		n, head := 0, way.head
		for _, l := range t.Links {
			if l.In != way.in {
				continue
			}
			if n++; n > mostLinesOfLinks {
				continue
			}
			line := a.linkLine(l, t.Ref.Repo, w-14)
			if th.words {
				lines = append(lines, way.head+" "+plainly(line))
				continue
			}
			lines = append(lines, th.muted.of(th.pad(head, 14))+line)
			head = ""
		}
		if n > mostLinesOfLinks {
			lines = append(lines, th.pad("", 14)+th.muted.of(fmt.Sprintf("and %d more", n-mostLinesOfLinks)))
		}
	}
	return lines
}

func (a *App) linkLine(l model.Link, repo string, w int) string {
	th := a.theme
	name := nameOf(l.Ref, repo)
	if !l.Known {
		return th.accent.of(th.cut(name, w))
	}
	end := ""
	if !l.Open {
		end = "  " + th.done + " closed"
	}
	room := w - width(name) - 2 - width(end)
	if room < 8 {
		return th.accent.of(th.cut(name, w))
	}
	return th.accent.of(name) + "  " + th.cut(l.Title.String(), room) + th.muted.of(end)
}

package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

// What a person means by the links of many tickets.
const (
	linksAtMost = 1000 // that go onto the clipboard; terminals cut more off
	pagesAtMost = 10   // that open in the browser
)

// links returns the addresses of the marked tickets that can be opened.
func links(board model.Board, refs []model.Ref) []string {
	var all []string
	for _, ref := range refs {
		if card, _, _, ok := board.Find(ref); ok {
			if link, ok := openable(card.URL.String()); ok {
				all = append(all, link)
			}
		}
	}
	return all
}

// copyLinks copies the links of all marked tickets, each on its line.
func (a *App) copyLinks() tea.Cmd {
	n := a.columns.marks.set.Len()
	if n > linksAtMost {
		return a.tell("That is too much for a clipboard: mark at most " + thousands(linksAtMost) + " tickets")
	}
	all := links(a.snap.Board, a.columns.marks.set.All())
	if len(all) == 0 {
		return a.tell("These tickets have no links")
	}
	return tea.Batch(tea.SetClipboard(strings.Join(all, "\n")), a.tell("Copied "+count(len(all), "link", "links")))
}

// browseMany opens the marked tickets in the browser, if they are few.
func (a *App) browseMany() tea.Cmd {
	if n := a.columns.marks.set.Len(); n > pagesAtMost {
		return a.tell("Too many to open at once: mark at most " + count(pagesAtMost, "ticket", "tickets") + ", or copy their links")
	}
	return a.visit(links(a.snap.Board, a.columns.marks.set.All()))
}

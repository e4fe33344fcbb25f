package ui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// filter narrows the board to the tickets that have every typed word in them.
type filter struct {
	text   string // in force; empty: none
	typing bool
	input  textinput.Model
	gen    int // of the latest search: answers to earlier ones are late
}

// filteredMsg brings the board that a search left over.
type filteredMsg struct {
	gen   int
	board model.Board
}

func (a *App) startFilter() tea.Cmd {
	a.filter.typing = true
	a.filter.input.SetValue(a.filter.text)
	a.filter.input.CursorEnd()
	return nil
}

// clearFilter shows all tickets again.
func (a *App) clearFilter() tea.Cmd {
	a.filter.typing, a.filter.text = false, ""
	a.filter.input.SetValue("")
	return a.applyFilter()
}

// filterDo carries out what can be done while a filter is typed.
func (a *App) filterDo(id keymap.ID) (tea.Cmd, bool) {
	switch id {
	case keymap.Accept:
		a.filter.typing = false
		return nil, true
	case keymap.Cancel:
		return a.clearFilter(), true
	}
	return nil, false
}

func (f *filter) typed(a *App, msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	f.input, cmd = f.input.Update(msg)
	if v := f.input.Value(); v != f.text {
		f.text = v
		return tea.Batch(cmd, a.applyFilter())
	}
	return cmd
}

// applyFilter brings the shown board up to date. Looking through all tickets
// takes time that grows with their number, so it happens beside the screen;
// what the person changed on the ticket that they are on shows at once.
func (a *App) applyFilter() tea.Cmd {
	a.filter.gen++
	keep := matcher(a.filter.text)
	if keep == nil {
		a.columns.show(a.snap.Board)
		return a.census()
	}
	if card, _, _, ok := a.snap.Board.Find(a.columns.ref); ok {
		a.columns.show(a.columns.board.With([]*model.Card{card}))
	}
	gen, board := a.filter.gen, a.snap.Board
	return func() tea.Msg { return filteredMsg{gen, board.Where(keep)} }
}

func (a *App) takeFiltered(msg filteredMsg) {
	if msg.gen == a.filter.gen {
		a.columns.show(msg.board)
	}
}

// matcher returns what a filter keeps, or nil when it keeps everything. Every
// word must occur in the title, the number, a person's name, a label or the
// state; case does not matter.
func matcher(text string) func(*model.Card) bool {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 {
		return nil
	}
	return func(c *model.Card) bool {
		hay := haystack(c)
		for _, w := range words {
			if !strings.Contains(hay, w) {
				return false
			}
		}
		return true
	}
}

// haystack is all text of a card that a filter looks at, in small letters.
func haystack(c *model.Card) string {
	var b strings.Builder
	fmt.Fprintf(&b, "#%d %s %s %s %s", c.Ref.Number, c.Title, c.Author.Login, c.Author.Name, c.Shown())
	for _, l := range c.Assignees {
		b.WriteString(" @" + l.String())
	}
	for _, l := range c.Labels {
		b.WriteString(" " + l.String())
	}
	b.WriteString(" " + c.Ref.Repo)
	return strings.ToLower(b.String())
}

// fit gives the field the room that the last line has beside the count.
func (f *filter) fit(w int) {
	beside := 24
	if w > roomyFooter {
		beside = 62
	}
	f.input.SetWidth(max(8, w-beside))
}

// roomyFooter is from which width on the last line says more than it must.
const roomyFooter = 90

// draw is the last line while a filter is typed.
func (f *filter) draw(a *App, w int) (string, *tea.Cursor) {
	th := a.theme
	left := " " + th.key.of("/") + " " + f.input.View()
	right := thousands(a.columns.board.Len()) + " of " + count(a.snap.Board.Len(), "ticket", "tickets")
	if w > roomyFooter {
		right += "   " + a.key(keymap.Accept) + " keeps it, " + a.key(keymap.Cancel) + " shows all"
	}
	cursor := f.input.Cursor()
	if cursor != nil {
		cursor.X += 3
		cursor.Y = a.height - 1
	}
	return th.split(left, th.muted.of(right)+" ", w), cursor
}

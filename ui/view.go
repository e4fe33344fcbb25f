package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Below this size nothing that is drawn could be read, nor has anything been
// made to be drawn.
const leastWidth, leastHeight = 20, 6

// View implements tea.Model. It draws what the App holds and changes nothing
// but the memory of drawings.
func (a *App) View() tea.View {
	if a.voice != nil {
		return tea.View{}
	}
	title := a.title()
	v := tea.View{
		AltScreen: true, MouseMode: tea.MouseModeCellMotion, ReportFocus: true,
		WindowTitle: "docket: " + title,
	}
	if a.width < leastWidth || a.height < leastHeight {
		v.SetContent(a.theme.cut("more room, please", a.width))
		return v
	}
	l := a.layout()
	rows := make([]string, 0, a.height+1)
	rows = append(rows, a.statusBar(title))
	if l.banner {
		rows = append(rows, a.secondInk().of(a.theme.pad(" "+a.secondLine(), l.width)))
	}
	if len(rows) < l.top {
		span := a.boardPainter(l).span()
		rows = append(rows, blank(l.board-width(span))+a.theme.muted.of(span))
	}
	rows = append(rows, a.middle(l)...)
	for len(rows) < a.height-1 {
		rows = append(rows, "")
	}
	footer, cursor := a.footer(l.width)
	rows = append(rows[:a.height-1], footer)
	if line := a.filter.above(a, l.width); line != "" {
		rows[a.height-2] = line
	}
	v.Cursor = cursor
	if a.dragging() {
		a.ghost(rows[:a.height-1])
	}
	for _, d := range a.floating() {
		v.Cursor = a.float(rows, d)
	}
	told := a.noticeLines(l.width)
	copy(rows[a.height-max(1, len(told)):], told)
	v.SetContent(strings.Join(rows, "\n"))
	return v
}

// middle is what is between the bars: the columns, the ticket, or both.
func (a *App) middle(l layout) []string {
	var board, pane []string
	if l.board > 0 {
		p := a.boardPainter(l)
		p.target = a.dropsOn(l)
		board = p.paint()
	}
	if l.pane == 0 {
		return a.orWelcome(board, l)
	}
	pane = a.pane.draw(a, l.pane, l.rows, l.board > 0)
	if l.board == 0 {
		return pane
	}
	for i := range board {
		board[i] += pane[i]
	}
	return board
}

func (a *App) boardPainter(l layout) *boardPainter {
	return &boardPainter{
		theme: a.theme, columns: &a.columns, cards: a.cards, workflow: a.Workflow, layout: l, now: a.now,
		faded: a.pane != nil || a.dragging(), target: -1, several: len(a.snap.Repos) > 1, empty: a.emptyColumn(),
	}
}

// float draws a dialog over the rows and returns where its cursor is.
func (a *App) float(rows []string, d dialog) *tea.Cursor {
	box := d.draw(a, a.width, a.height)
	x, y, w := a.placed(box)
	for i, line := range box.lines {
		if y+i < len(rows) {
			rows[y+i] = splice(rows[y+i], line, x, w, a.width)
		}
	}
	if box.cursor == nil {
		return nil
	}
	box.cursor.X += x
	box.cursor.Y += y
	return box.cursor
}

// placed tells where a dialog floats, and how wide it is.
func (a *App) placed(box drawing) (x, y, w int) {
	if len(box.lines) > 0 {
		w = width(box.lines[0])
	}
	x = max(0, (a.width-w)/2)
	y = max(0, (a.height-len(box.lines))/2)
	if box.low {
		y = max(0, a.height-1-len(box.lines))
	}
	return x, y, w
}

// splice puts text of a width over a row, from column x on.
func splice(row, text string, x, w, all int) string {
	left := ansi.Truncate(row, x, "")
	if have := width(left); have < x {
		left += blank(x - have)
	}
	right := ""
	if x+w < all {
		right = ansi.TruncateLeft(row, x+w, "")
	}
	return left + "\x1b[m" + text + "\x1b[m" + right
}

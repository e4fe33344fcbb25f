package ui

// The screen from top to bottom: the status bar, a second line of it or the banner, a
// blank line where there is room, the columns or the ticket, and the footer.

const (
	blockAtLeast = 24  // cells that a column needs beside others
	oneColumn    = 60  // below this width there is one column with tabs
	besideFrom   = 140 // from this width the ticket is beside the board
	paneAtMost   = 110 // lines longer than that are hard to read
)

// layout is where everything is. It follows from the size of the terminal and
// what is open, and is made anew for each frame.
type layout struct {
	width, height int
	banner        bool
	top           int // first row of the columns or the ticket
	rows          int // rows between top and footer
	board         int // cells that the board takes; zero when the ticket covers it
	pane          int // cells that the ticket takes; zero when none is open
	blocks        []int
	compact       bool
	titleLines    int
}

// newLayout lays out a screen. columns is how many the board has.
func newLayout(w, h, columns int, pane, banner bool) layout {
	l := layout{width: w, height: h, top: 1, board: w}
	if banner {
		l.banner = true
		l.top++
	}
	if h >= 20 {
		l.top++
	}
	l.rows = max(0, h-l.top-1)
	if pane {
		l.board, l.pane = 0, w
		if w >= besideFrom {
			l.pane = min(paneAtMost, w*45/100)
			l.board = w - l.pane
		}
	}
	switch {
	case h >= 34:
		l.titleLines = 3
	case h >= 18:
		l.titleLines = 2
	default:
		l.titleLines = 1
	}
	if l.board == 0 {
		return l
	}
	l.compact = l.board < oneColumn
	n := 1
	if !l.compact {
		n = min(columns, max(1, l.board/blockAtLeast))
	}
	l.blocks = make([]int, n)
	for i := range l.blocks {
		l.blocks[i] = l.board / n
		if i < l.board%n {
			l.blocks[i]++
		}
	}
	return l
}

// headRows is how many rows a column's name and rule take, with the blank one
// under them where there is room.
func (l layout) headRows() int {
	if l.height < 20 || l.compact {
		return 2
	}
	return 3
}

// cardRows is how many rows cards have.
func (l layout) cardRows() int { return max(0, l.rows-l.headRows()) }

package ui

// tab is one column's name in the strip over a board of one column.
type tab struct {
	col  int
	x    int // its first cell
	w    int
	text string
}

const tabGap = 3 // cells between two tabs: a line with a space on either side

// tabsIn returns the tabs that fit into w cells, scrolled so that the present
// column's is among them, and whether there are more on either side.
func (p *boardPainter) tabsIn(w int) (tabs []tab, before, after bool) {
	all := make([]tab, len(p.board.Columns))
	for i, col := range p.board.Columns {
		text := p.workflow.Step(col.State).Short + " " + thousands(len(col.Cards))
		all[i] = tab{col: i, w: width(text), text: text}
	}
	from, used := p.col, all[p.col].w
	for from > 0 && used+tabGap+all[from-1].w <= (w-4)/2 {
		from--
		used += tabGap + all[from].w
	}
	x := 1
	if from > 0 {
		x = 2 // the sign, and a space
	}
	for _, t := range all[from:] {
		if x+t.w > w-2 {
			return tabs, from > 0, true
		}
		t.x = x
		tabs = append(tabs, t)
		x += t.w + tabGap
	}
	return tabs, from > 0, false
}

// tabs draws the strip.
func (p *boardPainter) tabs(w int) string {
	tabs, before, after := p.tabsIn(w)
	line, used := " ", 1
	if before {
		line, used = p.muted.of(p.left)+" ", 2
	}
	for i, t := range tabs {
		if i > 0 {
			line += p.faint.of(" " + p.side + " ")
			used += tabGap
		}
		k := p.muted
		if t.col == p.col {
			k = p.title
		}
		if t.col == p.target {
			k = p.chosen
		}
		line += k.of(t.text)
		used += t.w
	}
	if after {
		line += " " + p.muted.of(p.right)
		used += 2
	}
	return line + blank(w-used)
}

// tabAt returns the column whose tab is at a cell of the strip.
func (p *boardPainter) tabAt(x, w int) (col int, ok bool) {
	tabs, _, _ := p.tabsIn(w)
	for _, t := range tabs {
		if x >= t.x && x < t.x+t.w {
			return t.col, true
		}
	}
	return 0, false
}

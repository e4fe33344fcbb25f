package ui

import (
	"strings"
	"time"

	"docket/keymap"
	"docket/model"
)

// matrixPainter draws a matrix.
type matrixPainter struct {
	*theme
	d       *matrix
	key     func(keymap.ID) string
	several bool // the board has several repositories
	now     time.Time
	all     int // rows that there are
	roomy   bool
	rows    int // rows that the untriaged take
	from    int // the first of them that is shown
	spots   []area
}

// paint returns the rows within the box.
func (p *matrixPainter) paint(in int) []string {
	if p.d.m == nil {
		return []string{"", p.muted.of("Counting " + p.ellipsis), ""}
	}
	if p.d.beside {
		left := in * 2 / 3
		p.roomy = p.all >= 16
		grid := p.grid(left)
		p.rows = max(1, min(p.all, max(len(grid), 12))-1)
		list := p.list(in-left-3, left+3, 0)
		for len(grid) < len(list) {
			grid = append(grid, "")
		}
		for i, line := range grid {
			beside := ""
			if i < len(list) {
				beside = list[i]
			}
			grid[i] = line + blank(left-width(line)) + " " + p.faint.of(p.side) + " " + beside
		}
		return grid
	}
	p.roomy = p.all >= 20
	grid := p.grid(in)
	p.rows = max(1, min(p.all-len(grid)-2, len(p.d.m.Untriaged)))
	return append(append(grid, p.faint.of(p.line(in))), p.list(in, 0, len(grid)+1)...)
}

// grid is the nine cells with their names; roomy cells have three lines.
func (p *matrixPainter) grid(w int) []string {
	names := p.names(w)
	cell := (w - names) / 3
	lines := []string{p.columnNames(names, cell)}
	for gain := model.High; gain >= model.Low; gain-- {
		rows := make([][]string, 3)
		for i := range rows {
			rows[i] = p.cell(gain, model.Level(i+1), cell)
			p.spots = append(p.spots, area{names + i*cell, len(lines), cell, len(rows[i]), len(p.spots) + 1})
		}
		for y := range rows[0] {
			name, k := "", p.muted
			if y == 0 {
				name = p.levelName("gain", gain, names-1)
			}
			if gain == p.d.gain && !p.d.inList {
				k = p.gain
			}
			lines = append(lines, k.of(p.pad(name, names))+rows[0][y]+rows[1][y]+rows[2][y])
		}
		if p.roomy && gain > model.Low {
			lines = append(lines, "")
		}
	}
	if legend := p.legendOfAges(w); p.all > len(lines)+4 {
		lines = append(lines, "")
		for _, l := range legend {
			lines = append(lines, p.muted.of(l))
		}
	}
	return lines
}

// columnNames is the line above the cells.
func (p *matrixPainter) columnNames(names, cell int) string {
	var head strings.Builder
	head.WriteString(blank(names))
	for pain := model.Low; pain <= model.High; pain++ {
		k := p.muted
		if pain == p.d.pain && !p.d.inList {
			k = p.pain
		}
		head.WriteString(k.of(p.pad("  "+p.levelName("pain", pain, cell-3), cell)))
	}
	return head.String()
}

// names is how wide the names of the rows may be.
func (*matrixPainter) names(w int) int {
	switch {
	case w < 40:
		return 5
	case w < 60:
		return 8
	}
	return 12
}

// says reports whether there is room for a word beside a cell's count and key.
func (*matrixPainter) says(c model.Cell, word, key string, room int) bool {
	return len(thousands(c.Count))+2+len(word)+1+max(1, width(key)) <= room
}

// gapBehind is how much room is left behind a cell of some width. Where there
// is little, the edge of the next cell keeps them apart.
func gapBehind(key string, w int) int {
	if key != "" && w < 24 {
		return 0
	}
	return min(2, w/6)
}

// levelName names a row or a column as there is room.
func (p *matrixPainter) levelName(what string, l model.Level, room int) string {
	for _, name := range []string{what + " " + l.String(), l.String()} {
		if len(name) <= room {
			return name
		}
	}
	return p.cut(l.String()[:3], room)
}

// cellActions are the keys of the cells, by gain and pain.
var cellActions = func() map[[2]model.Level]keymap.ID {
	by := map[[2]model.Level]keymap.ID{}
	for id, levels := range puts {
		by[levels] = id
	}
	return by
}()

// cellKey is how a key that puts a ticket into a cell is drawn, so that nobody
// takes it for a count; empty when there is no ticket to put.
func (p *matrixPainter) cellKey(gain, pain model.Level) string {
	id := cellActions[[2]model.Level{gain, pain}]
	if key := p.key(id); p.d.chosen() != nil && key != (keymap.Hint{}).Label() {
		return "[" + key + "]"
	}
	return ""
}

// cell is one cell: how many, how old, and the key that puts a ticket there.
func (p *matrixPainter) cell(gain, pain model.Level, w int) []string {
	at := cellPainter{matrixPainter: p, Cell: p.d.m.Cell(gain, pain), edge: "  ", ink: p.strong,
		key: p.cellKey(gain, pain)}
	at.gap = gapBehind(at.key, w)
	at.room = w - barWidth - at.gap
	if at.key != "" && len(thousands(at.Count))+2+width(at.key) > at.room {
		at.key = ""
	}
	switch {
	case at.Count == 0:
		at.ink = p.muted
	case gain == model.High && pain == model.Low:
		at.ink = p.good
	}
	if at.word = cornerOf(gain, pain); at.word == quickWins {
		at.edge = p.good.of(p.side) + " "
	}
	if gain == p.d.gain && pain == p.d.pain && !p.d.inList {
		at.ink, at.edge = p.title, p.accent.of(p.bar)+" "
	}
	if p.roomy {
		return at.large()
	}
	return []string{at.small()}
}

// cornerOf says what is special about a cell; mostly nothing is.
func cornerOf(gain, pain model.Level) string {
	switch {
	case gain == model.High && pain == model.Low:
		return quickWins
	case gain == model.Low && pain == model.High:
		return "last of all"
	}
	return ""
}

// cellPainter draws a cell.
type cellPainter struct {
	*matrixPainter
	model.Cell
	ink             ink // of the count
	edge, word, key string
	room, gap       int
}

// line puts one text at the left and the key, if any, at the right end.
func (p cellPainter) line(left, key string) string {
	return p.edge + left + blank(p.room-width(left)-width(key)) + p.muted.of(key) + blank(p.gap)
}

func (p cellPainter) oldest() string {
	if p.Count == 0 {
		return ""
	}
	return Age(p.now.Sub(p.Oldest))
}

// large is count and word, shades, and the age of the oldest, a line each.
func (p cellPainter) large() []string {
	n, word, oldest := thousands(p.Count), p.word, ""
	if !p.says(p.Cell, word, p.key, p.room) {
		if word == quickWins {
			n += quick
		}
		word = ""
	}
	if p.Count > 0 {
		oldest = p.cut("oldest "+p.oldest(), p.room)
	}
	return []string{
		p.line(p.ink.of(n)+"  "+p.muted.of(word), p.key),
		p.line(p.text.of(p.shadesOf(p.Cell, p.room)), ""),
		p.line(p.muted.of(oldest), ""),
	}
}

// quick marks the corner of the quick wins where there is no room for the words.
const quickWins, quick = "quick wins", "*"

// small is all of it in a line, as far as there is room.
func (p cellPainter) small() string {
	n := thousands(p.Count)
	if p.word == quickWins {
		n += quick
	}
	left := p.ink.of(p.cut(n, p.room))
	free := p.room - width(n) - width(p.key) - 1
	if age := p.oldest(); age != "" && len(age) < free {
		free -= len(age) + 1
		if bar := p.shadesOf(p.Cell, min(6, free-1)); bar != "" {
			left += " " + p.text.of(bar)
		}
		left += " " + p.muted.of(age)
	}
	return p.line(left, p.key)
}

// shadesOf is a bar as long as the cell is full beside the fullest one, shaded
// by the ages of its tickets, the youngest first.
func (p *matrixPainter) shadesOf(c model.Cell, w int) string {
	if c.Count == 0 || w <= 0 {
		return ""
	}
	n := max(1, c.Count*w/max(1, p.d.m.Most()))
	var b strings.Builder
	for i := range n {
		ticket := (2*i + 1) * c.Count / (2 * n) // the one in the middle of this piece
		band := 0
		for ; band < model.AgeBands-1 && ticket >= c.Ages[band]; band++ {
			ticket -= c.Ages[band]
		}
		b.WriteString(p.shades[band])
	}
	return b.String()
}

// legendOfAges says what the shades mean.
func (p *matrixPainter) legendOfAges(w int) []string {
	long, short := "", ""
	cell, key := (w-p.names(w))/3, p.cellKey(model.High, model.Low)
	if !p.roomy || !p.says(p.d.m.Cell(model.High, model.Low), quickWins, key, cell-barWidth-gapBehind(key, cell)) {
		long, short = quick+" "+quickWins+"   ", quick+" quick "
	}
	for i, words := range []string{"<1w", "<1mo", "<3mo", "<1y", "older"} {
		long += p.shades[i] + " " + model.AgeBand(i).String() + "   "
		short += p.shades[i] + " " + words + " "
	}
	if width(long) <= w {
		return []string{strings.TrimSpace(long)}
	}
	return []string{p.cut(strings.TrimSpace(short), w)}
}

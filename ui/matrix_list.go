package ui

import (
	"strconv"

	"docket/model"
)

// list is the untriaged tickets under their head, from a place of the drawing on.
func (p *matrixPainter) list(w, x, y int) []string {
	all := p.d.m.Untriaged
	lines := p.listHead(w)
	if len(all) == 0 {
		say := "Everything is triaged."
		if p.d.m.Triaged() == 0 {
			say = "No open tickets."
		}
		return append(lines, p.muted.of(p.cut(say, w)))
	}
	if p.d.beside {
		p.rows -= len(lines) - 1
	}
	p.from = max(0, min(p.d.at-p.rows/2, len(all)-p.rows))
	for i := p.from; i < min(len(all), p.from+p.rows); i++ {
		p.spots = append(p.spots, area{x, y + len(lines), w, 1, cells + i + 1})
		lines = append(lines, p.row(all[i], w, i == p.d.at))
	}
	return lines
}

// listHead tells how many are untriaged, and which key puts the chosen one into
// the cell that the person is in.
func (p *matrixPainter) listHead(w int) []string {
	head, k := "not triaged: "+thousands(len(p.d.m.Untriaged)), p.strong
	if p.d.inList {
		k = p.title
	}
	key := p.cellKey(p.d.gain, p.d.pain)
	if key == "" {
		return []string{k.of(p.cut(head, w))}
	}
	say := key + " puts it there"
	if width(head)+3+width(say) > w && p.d.beside && p.rows > 4 {
		return []string{k.of(p.cut(head, w)), p.muted.of(p.cut(say, w))}
	}
	return []string{k.of(p.cut(head, w)) + p.muted.of(p.fitting(w-width(head), "   "+say, "  "+key+" puts it", ""))}
}

// row is one untriaged ticket.
func (p *matrixPainter) row(c *model.Card, w int, chosen bool) string {
	edge, k := "  ", p.text
	switch {
	case chosen && p.d.inList:
		edge, k = p.accent.of(p.bar)+" ", p.strong
	case chosen:
		edge = p.muted.of(p.bar) + " "
	}
	number, age := strconv.FormatInt(c.Ref.Number, 10), Age(p.now.Sub(c.Created))
	if p.several {
		number = p.named(c.Ref, true, w/3)
	}
	room := w - barWidth - width(number) - 2 - len(age) - 1
	if room < 4 {
		return edge + p.muted.of(p.cut(number, w-barWidth))
	}
	title := c.Title.String()
	if c.Title.Empty() {
		title = "(no title)"
	}
	if len(title) > longestTitle {
		title = title[:boundary(title, longestTitle)]
	}
	title = p.pad(title, room)
	return edge + p.muted.of(number) + "  " + k.of(title) + " " + p.muted.of(age)
}

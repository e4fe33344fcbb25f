package model

import (
	"cmp"
	"slices"
	"time"
)

// Matrix is the open tickets of a board by gain and pain, and those that nobody
// has judged yet beside them. Matrices are never changed.
type Matrix struct {
	cells [High][High]Cell
	// Untriaged are the tickets without both levels, oldest first. The slice is
	// shared: do not write to it.
	Untriaged []*Card
	now       time.Time
}

// Cell is the tickets of one gain and one pain.
type Cell struct {
	Count  int
	Ages   Ages
	Oldest time.Time // when the oldest was opened; zero in an empty cell
}

// NewMatrix counts cards; now decides how old they are. It asks keep once for
// each open card; nil keeps all. It takes time that grows with the cards.
func NewMatrix(cards []*Card, keep func(*Card) bool, now time.Time) Matrix {
	m := Matrix{now: now}
	for _, c := range cards {
		if !c.Open() || keep != nil && !keep(c) {
			continue
		}
		if c.Triaged() {
			m.enter(c)
		} else {
			m.Untriaged = append(m.Untriaged, c)
		}
	}
	slices.SortFunc(m.Untriaged, func(a, b *Card) int { return cmp.Or(a.Created.Compare(b.Created), byRef(a, b)) })
	return m
}

func (m *Matrix) enter(c *Card) {
	cell := &m.cells[c.Gain-1][c.Pain-1]
	cell.Count++
	cell.Ages[BandOf(m.now.Sub(c.Created))]++
	if cell.Oldest.IsZero() || c.Created.Before(cell.Oldest) {
		cell.Oldest = c.Created
	}
}

// Cell returns the cell of two levels, neither of which may be None.
func (m Matrix) Cell(gain, pain Level) Cell { return m.cells[gain-1][pain-1] }

// Triaged returns how many tickets are in the cells.
func (m Matrix) Triaged() int {
	n := 0
	for _, row := range m.cells {
		for _, cell := range row {
			n += cell.Count
		}
	}
	return n
}

// Most returns the count of the fullest cell.
func (m Matrix) Most() int {
	n := 0
	for _, row := range m.cells {
		for _, cell := range row {
			n = max(n, cell.Count)
		}
	}
	return n
}

// Judge returns the matrix after an untriaged ticket has been given both
// levels: it stands in its cell. A ticket that does not stand beside the matrix
// changes nothing.
func (m Matrix) Judge(ref Ref, gain, pain Level) Matrix {
	i := slices.IndexFunc(m.Untriaged, func(c *Card) bool { return c.Ref == ref })
	if i < 0 {
		return m
	}
	judged := *m.Untriaged[i]
	judged.Gain, judged.Pain = gain, pain
	m.Untriaged = slices.Delete(slices.Clone(m.Untriaged), i, i+1)
	m.enter(&judged)
	return m
}

// JudgeAs returns the changes that give a ticket both levels: none for a level
// that it has.
func JudgeAs(t Ticket, gain, pain Level) []Change {
	var changes []Change
	if t.Gain != gain {
		changes = append(changes, SetGain{From: t.Gain, To: gain})
	}
	if t.Pain != pain {
		changes = append(changes, SetPain{From: t.Pain, To: pain})
	}
	return changes
}

package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

// laneKinds are what lanes can be cut by, in the order of the key that goes
// through them.
var laneKinds = []model.Lanes{model.NoLanes, model.ByAssignee, model.ByGain, model.ByRepository}

// nextLanes cuts the board into the next kind of lanes. Those of repositories
// are left out where there is but one.
func (a *App) nextLanes() tea.Cmd {
	next := 0
	for i, kind := range laneKinds {
		if kind == a.lanes {
			next = (i + 1) % len(laneKinds)
		}
	}
	if laneKinds[next] == model.ByRepository && len(a.snap.Repos) < 2 {
		next = (next + 1) % len(laneKinds)
	}
	return a.cut(laneKinds[next])
}

// cut cuts the board into lanes, and says so.
func (a *App) cut(by model.Lanes) tea.Cmd {
	a.lanes = by
	words := "No lanes"
	if by != model.NoLanes {
		words = fmt.Sprintf("Lanes by %s", by)
	}
	return tea.Batch(a.rearrange(), a.tell(words))
}

// laneName is what the heading of a lane says.
func laneName(by model.Lanes, l model.Lane) string {
	switch {
	case by == model.ByAssignee && l.Name == "":
		return "nobody"
	case by == model.ByAssignee:
		return "@" + l.Name
	case by == model.ByGain && l.Name == model.None.String():
		return "gain not judged"
	case by == model.ByGain:
		return l.Name + " gain"
	}
	return model.NewLine(l.Name).String()
}

// keepLane brings tops back into the lane that they were in, of a board that
// has taken the place of one in lanes of some kind. Of another kind, or without
// lanes, all begin at the top: cards stand elsewhere there.
func (c *columns) keepLane(was model.Lanes) {
	switch {
	case c.board.Lanes() != was:
		c.lane = model.Lane{}
		clear(c.tops)
		if c.board.Lanes() != model.NoLanes {
			c.enterLane(model.Lane{})
		}
	case c.board.Lanes() != model.NoLanes:
		for i, top := range c.tops {
			from, to := c.board.Run(c.lane, i)
			c.tops[i] = min(max(from, top), to)
		}
	}
}

// enterLane scrolls all columns to the beginning of a lane.
func (c *columns) enterLane(l model.Lane) {
	c.lane = l
	for i := range c.tops {
		c.tops[i], _ = c.board.Run(l, i)
	}
}

// rowInLane is where left and right lead in a column of a board in lanes: in
// the lane of the person at about the same height, when it has cards there, and
// otherwise to the nearest one. Not ok: the board has no lanes.
func (c *columns) rowInLane(col int) (row int, ok bool) {
	card := c.selected()
	if c.board.Lanes() == model.NoLanes || card == nil {
		return 0, false
	}
	lane := c.board.LaneOf(card)
	from, to := c.board.Run(lane, col)
	if from == to {
		return from, true // place takes the last one when that is beyond it
	}
	begin, _ := c.board.Run(lane, c.col)
	if lane == c.lane {
		begin, from = max(begin, c.tops[c.col]), min(max(from, c.tops[col]), to-1)
	}
	return min(from+max(0, c.row-begin), to-1), true
}

// scrollLanes moves a column under the selection: within the lane at the top,
// and from its end on to the next lane, with all columns.
func (c *columns) scrollLanes(col, by int) {
	from, to := c.board.Run(c.lane, col)
	switch top := c.tops[col] + by; {
	case top >= from && top < to:
		c.tops[col] = top
	case by > 0:
		if below, ok := c.laneBelow(); ok {
			c.enterLane(below)
		}
	default:
		if above, ok := c.laneAbove(0, len(c.tops)); ok {
			c.enterLane(above)
		}
	}
}

// laneBelow returns the lane that follows the one at the top.
func (c *columns) laneBelow() (next model.Lane, ok bool) {
	for i, col := range c.board.Columns {
		_, to := c.board.Run(c.lane, i)
		if to < len(col.Cards) {
			if l := c.board.LaneOf(col.Cards[to]); !ok || l.Compare(next) < 0 {
				next, ok = l, true
			}
		}
	}
	return next, ok
}

// laneAbove returns the last lane before the one at the top that has cards in
// some columns.
func (c *columns) laneAbove(first, n int) (above model.Lane, ok bool) {
	for i := first; i < min(first+n, len(c.tops)); i++ {
		if from, _ := c.board.Run(c.lane, i); from > 0 {
			if l := c.board.LaneOf(c.board.Columns[i].Cards[from-1]); !ok || l.Compare(above) > 0 {
				above, ok = l, true
			}
		}
	}
	return above, ok
}

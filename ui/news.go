package ui

import (
	"slices"
	"time"

	"docket/keymap"
	"docket/model"
)

// news is what others did: told rarely, and never into what one is doing.
type news struct {
	counts  []int // of the columns, as they were last told
	trouble string
	stuck   int
	waiting int
	whole   bool // all tickets have come
	at      time.Time
}

// quietFor is the least time between two tellings of what others did.
const quietFor = 30 * time.Second

// since returns what has happened. What the person just did themself is none.
func (n *news) since(a *App, own bool) (lines []string) {
	trouble := ""
	if t := a.trouble(); t.what != "" {
		trouble = t.what
	}
	switch trouble {
	case n.trouble:
	case "":
		lines = append(lines, "The trouble is over")
	default:
		lines = append(lines, "Trouble: "+trouble)
	}
	n.trouble = trouble
	if stuck := a.snap.Stuck(); stuck > n.stuck {
		lines = append(lines, count(stuck, "change is", "changes are")+" parked; "+a.key(keymap.ShowOutbox)+" shows the outbox")
	}
	n.stuck = a.snap.Stuck()
	counts := make([]int, len(a.snap.Board.Columns))
	for i, col := range a.snap.Board.Columns {
		counts[i] = len(col.Cards)
	}
	waiting := len(a.snap.Outbox) - n.stuck
	whole := a.whole()
	switch {
	case whole && !n.whole:
		col := a.columns.board.Columns[a.columns.col]
		lines = append(lines, "In step: "+count(a.snap.Board.Len(), "ticket", "tickets")+", "+
			thousands(len(col.Cards))+" in "+a.Workflow.Step(col.State).Name)
	case own, !whole, len(counts) != len(n.counts):
	case len(a.dialogs) > 0, a.filter.typing, a.now.Sub(n.at) < quietFor:
		return lines
	default:
		for i := range counts {
			if counts[i] != n.counts[i] {
				lines = append(lines, "News: "+a.Workflow.Step(a.snap.Board.Columns[i].State).Name+" has "+
					count(counts[i], "ticket", "tickets")+", had "+thousands(n.counts[i]))
			}
		}
		if waiting == 0 && n.waiting > 0 {
			lines = append(lines, "All your changes have reached the forge")
		}
	}
	if len(lines) > 0 {
		n.at = a.now
	}
	n.counts, n.waiting, n.whole = counts, waiting, whole
	return lines
}

// whole reports whether every repository has been fetched once.
func (a *App) whole() bool {
	return !slices.ContainsFunc(a.snap.Repos, func(r model.Repo) bool { return r.Synced.IsZero() || r.Phase == model.First })
}

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
	seen    []*model.Card // the tickets, by ref, as they were then
	sending sending       // an action on many tickets
	fetched string        // how far the first sync had come
	whole   bool          // all tickets have come
	at      time.Time
}

// quietFor is the least time between two tellings of what others did.
const quietFor = 30 * time.Second

// since returns what has happened. What the person just did themself is none.
func (n *news) since(a *App, own bool) []string {
	sent := n.sent(a, own) // on its own, for it neither waits for others' news nor holds them up
	return append(n.heard(a, own), sent...)
}

// heard returns what others did, and what became of single changes.
func (n *news) heard(a *App, own bool) (lines []string) {
	trouble := ""
	if t := a.trouble(); t.what != "" {
		trouble = t.what
		if t.hint != "" {
			trouble += "; " + t.hint
		}
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
		n.seen = a.snap.Board.All()
	case !whole:
		lines = append(lines, n.progress(a)...)
	case own, len(counts) != len(n.counts):
	case len(a.dialogs) > 0, a.filter.typing, a.now.Sub(n.at) < quietFor:
		return lines
	default:
		lines = append(append(lines, n.moved(a, counts)...), n.changed(a)...)
		if waiting == 0 && n.waiting > 0 {
			lines = append(lines, a.arrivedWords())
		}
	}
	if len(lines) > 0 {
		n.at = a.now
	}
	n.counts, n.waiting, n.whole = counts, waiting, whole
	return lines
}

// moved tells of columns that have got or lost tickets.
func (n *news) moved(a *App, counts []int) (lines []string) {
	for i := range counts {
		if counts[i] != n.counts[i] {
			lines = append(lines, "News: "+a.Workflow.Step(a.snap.Board.Columns[i].State).Name+" has "+
				count(counts[i], "ticket", "tickets")+", had "+thousands(n.counts[i]))
		}
	}
	return lines
}

// progress tells how far a first sync has come.
func (n *news) progress(a *App) []string {
	words := a.syncWords()
	if n.fetched == words || a.now.Sub(n.at) < quietFor {
		return nil
	}
	n.fetched = words
	return []string{sentence(words)}
}

// changed counts the tickets that somebody else has changed without moving them,
// but for the one that the person is on: that is told itself. It walks the board
// when there is another picture, at most every quietFor.
func (n *news) changed(a *App) []string {
	changed, old, all := 0, n.seen, a.snap.Board.All()
	if len(old) == len(all) && (len(all) == 0 || &old[0] == &all[0]) {
		return nil
	}
	for _, c := range all {
		for len(old) > 0 && old[0] != c && old[0].Ref.Compare(c.Ref) < 0 {
			old = old[1:]
		}
		if len(old) == 0 || old[0].Ref != c.Ref {
			continue
		}
		if was := old[0]; was != c && !was.Changed.Equal(c.Changed) && was.Shown() == c.Shown() && c.Ref != a.columns.ref {
			changed++
		}
		old = old[1:]
	}
	n.seen = all
	if changed == 0 {
		return nil
	}
	return []string{"News: " + count(changed, "other ticket has", "other tickets have") + " changed"}
}

// whole reports whether every repository has been fetched once.
func (a *App) whole() bool {
	return !slices.ContainsFunc(a.snap.Repos, func(r model.Repo) bool { return r.Synced.IsZero() || r.Phase == model.First })
}

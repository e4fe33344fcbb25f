package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"docket/keymap"
	"docket/model"
)

// title is the board's name.
func (a *App) title() string {
	names := make([]string, len(a.snap.Repos))
	for i, r := range a.snap.Repos {
		names[i] = model.NewLine(r.Name).String()
	}
	repos := strings.Join(names, ", ")
	if len(names) > 2 {
		repos = fmt.Sprintf("%s and %d more", names[0], len(names)-1)
	}
	if a.Title == "" {
		return repos
	}
	return a.Title + " " + a.theme.dot + " " + repos
}

// statusBar is the first line: where do I stand? Trouble takes the place of
// the calm facts.
func (a *App) statusBar(title string, w int) string {
	if !a.Insecure {
		return a.statusLine(title, w)
	}
	mark := " not encrypted "
	return a.statusLine(title, w-width(mark)) + a.theme.alarm.of(mark)
}

func (a *App) statusLine(title string, w int) string {
	th := a.theme
	left := " " + title
	if marks := a.markWords(); marks != "" { // first, for what is cut is cut at the end
		left = " " + marks + "   " + title
	}
	left += a.looking()
	if clauses, k := a.trouble(); len(clauses) > 0 {
		needed := width(strings.Join(clauses, "; "))
		name := th.cut(left, max(8, min(width(left), w-3-needed)))
		trouble := clauses[0]
		for _, more := range clauses[1:] {
			if room := w - width(name) - 3 - width(trouble) - 2; room >= min(width(more), worthReading) {
				trouble += "; " + th.cut(more, room)
			}
		}
		return th.strong.of(name) + "   " + k.of(th.pad(trouble, w-width(name)-3))
	}
	parts := []string{a.syncWords()}
	parts = append(parts, a.waitingWords()...)
	if who := a.who(w >= 100); who != "" {
		parts = append(parts, who)
	}
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	right := strings.Join(parts, "   ") + " "
	for len(parts) > 1 && width(right) > w-12 {
		parts = parts[:len(parts)-1]
		right = strings.Join(parts, "   ") + " "
	}
	right = th.cut(right, w-4)
	left = th.cut(left, w-width(right)-1)
	return th.strong.of(left) + blank(w-width(left)-width(right)) + th.muted.of(right)
}

// worthReading is how much of a clause must fit for it to begin at all.
const worthReading = 30

// trouble is what went wrong, in clauses of which the first must be read and
// the others may give way where there is little room.
func (a *App) trouble() ([]string, ink) {
	p, where := a.snap.Problem, model.Repo{}
	for _, r := range a.snap.Repos {
		if p == nil && r.Problem != nil {
			p, where = r.Problem, r
		}
	}
	if p == nil {
		p = a.tally.problem
	}
	if p == nil && a.misread != "" {
		return []string{a.misread, "what was set before stays"}, a.theme.warn
	}
	if p == nil {
		return nil, ink{}
	}
	what, hint := Words(p, a.now)
	if where.Name != "" && len(a.snap.Repos) > 1 {
		what = where.Name + ": " + what
	}
	clauses := []string{what}
	if n := a.tally.saving; n > 0 && p.Passes() {
		clauses = append(clauses, count(n, "change is not on disk yet", "changes are not on disk yet"))
	} else if n := a.tally.waiting; n > 0 && p.Passes() {
		clauses = append(clauses, count(n, "change waits here to be sent", "changes wait here to be sent"))
	} else if hint != "" && !p.Passes() {
		clauses = append(clauses, hint)
	}
	if d := a.now.Sub(where.Synced); !where.Synced.IsZero() && d >= time.Minute {
		clauses = append(clauses, "last in step "+agoCalmly(d))
	}
	if p.Passes() {
		return clauses, a.theme.warn
	}
	return clauses, a.theme.alarm
}

// syncWords tell how old the data is, or how far a first sync has come.
func (a *App) syncWords() string {
	oldest, never := time.Time{}, false
	for _, r := range a.snap.Repos {
		if r.Phase == model.First {
			return "fetching tickets " + progress(r)
		}
		if r.Synced.IsZero() {
			never = true
		} else if oldest.IsZero() || r.Synced.Before(oldest) {
			oldest = r.Synced
		}
	}
	if never {
		return "connecting"
	}
	words := "in step"
	if d := a.now.Sub(oldest); d >= time.Minute {
		words = "synced " + Ago(d)
	}
	for _, r := range a.snap.Repos {
		if r.Phase == model.History && r.Total > 0 {
			return words + ", history " + fmt.Sprintf("%d %%", min(99, 100*r.Done/r.Total))
		}
	}
	return words
}

func progress(r model.Repo) string {
	if r.Total == 0 {
		return thousands(r.Done)
	}
	return thousands(r.Done) + " of " + thousands(r.Total)
}

// who is whose board this is.
func (a *App) who(long bool) string {
	name := a.snap.Me.Login.String()
	if a.snap.ReadOnly {
		name = "read-only"
	}
	if !long || name == "" {
		return name
	}
	return name + " on " + a.snap.Forge
}

// emptyColumn is what a column without tickets says.
func (a *App) emptyColumn() string {
	if a.filter.text != "" {
		return "no match"
	}
	for _, r := range a.snap.Repos {
		if r.Synced.IsZero() && r.Problem == nil {
			return a.theme.ellipsis
		}
	}
	return "nothing here"
}

// orWelcome puts words into the middle of a board that has nothing to show.
func (a *App) orWelcome(rows []string, l layout) []string {
	if a.columns.board.Len() > 0 || len(rows) < 8 {
		return rows
	}
	var say []string
	th := a.theme
	for _, r := range a.snap.Repos {
		switch {
		case r.Phase == model.First && r.Total > 0:
			say = append(say, fmt.Sprintf("Fetching the open tickets of %s", r.Name), th.meter(r.Done, r.Total, 24)+"  "+progress(r))
		case r.Synced.IsZero() && r.Problem == nil:
			say = append(say, fmt.Sprintf("Asking %s for %s", a.snap.Forge, r.Name))
		}
	}
	if len(say) == 0 && a.filter.text != "" {
		say = []string{"No ticket matches " + a.sought(), a.key(keymap.ClearFilter) + " shows all again"}
	}
	if len(say) == 0 && a.snap.Board.Len() == 0 {
		if trouble, _ := a.trouble(); trouble == nil {
			say = []string{"No open tickets: all is done"}
		}
	}
	y := max(3, len(rows)/2-len(say))
	for i, line := range say {
		if y+i < len(rows) {
			line = th.cut(line, l.board-4)
			rows[y+i] = splice(rows[y+i], th.muted.of(line), max(0, (l.board-width(line))/2), width(line), l.board)
		}
	}
	return rows
}

// meter is a bar of w cells, filled as far as something has come.
func (g glyphs) meter(done, all, w int) string {
	n := min(w, done*w/max(1, all))
	return strings.Repeat(g.full, n) + strings.Repeat(g.empty, w-n)
}

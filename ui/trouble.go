package ui

import (
	"strings"
	"time"

	"docket/model"
)

// trouble is what went wrong, for the first line.
type trouble struct {
	what  string   // must be read; empty: nothing
	facts []string // what else there is to know, and may give way
	hint  string   // what the person has to do, for it does not pass by itself
	ink   ink
}

// clauses are all that is to be said, the most important first.
func (t trouble) clauses() []string {
	all := append([]string{t.what}, t.facts...)
	if t.hint != "" {
		all = append(all, t.hint)
	}
	return all
}

func (a *App) trouble() trouble {
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
		return trouble{what: a.misread, facts: []string{"what was set before stays"}, ink: a.theme.warn}
	}
	if p == nil {
		return trouble{}
	}
	what, hint := Words(p, a.now)
	switch {
	case where.Name == "":
	case p.Kind == model.NotFound: // whatever was asked of it
		what = where.Name + ": nothing there"
	case len(a.snap.Repos) > 1:
		what = where.Name + ": " + what
	}
	t := trouble{what: what, ink: a.theme.alarm}
	if p.Passes() {
		t.ink = a.theme.warn
		t.facts = a.heldUp()
	} else {
		t.hint, t.facts = hint, a.waitingWords()
	}
	if d := a.now.Sub(where.Synced); !where.Synced.IsZero() && d >= time.Minute {
		t.facts = append(t.facts, "last in step "+agoCalmly(d))
	}
	return t
}

// heldUp tells what waits for a trouble to pass.
func (a *App) heldUp() []string {
	if n := a.tally.saving; n > 0 {
		return []string{count(n, "change is not on disk yet", "changes are not on disk yet")}
	}
	if n := a.tally.waiting; n > 0 {
		return []string{count(n, "change waits here to be sent", "changes wait here to be sent")}
	}
	return nil
}

// worthReading is how much of a clause must fit for it to begin at all.
const worthReading = 30

// nameAtLeast is what a trouble leaves of the board's name.
const nameAtLeast = 8

// troubleLine is the first line while something is wrong: what it is, as much
// beside it as fits and, where there is room left, who one is. Where not even
// the trouble fits beside the name, the name gives way.
func (a *App) troubleLine(left string, t trouble, w int) string {
	th := a.theme
	clauses := t.clauses()
	if a.needsTwoLines(t, w) {
		clauses = clauses[:1]
	}
	gap := 3
	name := th.cut(left, max(nameAtLeast, min(width(left), w-gap-width(strings.Join(clauses, "; ")))))
	if width(name)+gap+width(t.what) > w && a.markWords() == "" {
		name, gap = "", 1
	}
	text := t.what
	for _, more := range clauses[1:] {
		if room := w - width(name) - gap - width(text) - 2; room >= min(width(more), worthReading) {
			text += "; " + th.cut(more, room)
		}
	}
	who, room := "", w-width(name)-gap-width(text)-4
	for _, long := range []bool{true, false} {
		if words := a.who(long); who == "" && words != "" && width(words) <= room {
			who = words + " "
		}
	}
	return th.strong.of(name) + blank(gap) + t.ink.of(th.pad(text, w-width(name)-gap-width(who))) + th.muted.of(who)
}

// needsTwoLines reports whether what the person has to do has no room beside
// the trouble. On a very low screen it must do without.
func (a *App) needsTwoLines(t trouble, w int) bool {
	return t.hint != "" && a.height >= 10 && nameAtLeast+3+width(strings.Join(t.clauses(), "; ")) > w
}

// secondLine is what is below the first one: the rest of a trouble that the
// person has to do something about, else the banner.
func (a *App) secondLine() string {
	if t := a.trouble(); a.needsTwoLines(t, a.barWidth()) && !a.welcomes() {
		return strings.Join(t.clauses()[1:], "; ")
	}
	if a.height < 15 {
		return ""
	}
	return a.Banner
}

func (a *App) secondInk() ink {
	if t := a.trouble(); a.needsTwoLines(t, a.barWidth()) && !a.welcomes() {
		return t.ink
	}
	return a.theme.muted
}

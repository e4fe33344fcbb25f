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
func (a *App) statusBar(title string) string {
	line := a.statusLine(title, a.barWidth())
	if a.Insecure {
		line += a.theme.alarm.of(exposed)
	}
	return line
}

// exposed is what the first line of a board ends with that anybody on the way
// can read along with.
const exposed = " not encrypted "

// barWidth is how much of the first line is for words.
func (a *App) barWidth() int {
	if a.Insecure {
		return a.width - width(exposed)
	}
	return a.width
}

func (a *App) statusLine(title string, w int) string {
	th := a.theme
	left := " " + title
	if marks := a.markWords(); marks != "" { // first, for what is cut is cut at the end
		left = " " + marks + "   " + title
	}
	left += a.looking()
	if t := a.trouble(); t.what != "" {
		return a.troubleLine(left, t, w)
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

// syncWords tell how old the data is, or how far a first sync has come.
func (a *App) syncWords() string {
	oldest, never, unasked := time.Time{}, false, false
	for _, r := range a.snap.Repos {
		unasked = unasked || r.Unasked
		if r.Phase == model.First && r.Done+r.Total > 0 {
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
	if unasked {
		words = "connecting"
		if d := a.now.Sub(oldest); d >= time.Minute {
			words += ", synced " + Ago(d)
		}
		return words
	}
	if d := a.now.Sub(oldest); d >= time.Minute {
		words = "synced " + Ago(d)
	}
	for _, r := range a.snap.Repos {
		if what := behind(r.Phase); what != "" && r.Total > 0 {
			return fmt.Sprintf("%s, %s %d %%", words, what, min(99, 100*r.Done/r.Total))
		}
	}
	return words
}

// behind is what comes in behind the board; empty: nothing.
func behind(p model.Phase) string {
	switch p {
	case model.History:
		return "history"
	case model.Comments:
		return "comments"
	}
	return ""
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
	switch never := a.neverSynced(); {
	case never > 0 && a.trouble().what == "":
		return a.theme.ellipsis
	case never > 0 && never == len(a.snap.Repos):
		return "not fetched yet"
	case never > 0:
		return "nothing here so far"
	}
	return "nothing here"
}

// neverSynced is how many repositories nothing is known of.
func (a *App) neverSynced() (n int) {
	for _, r := range a.snap.Repos {
		if r.Synced.IsZero() {
			n++
		}
	}
	return n
}

// welcomes reports whether an empty board tells in its middle why nothing came.
func (a *App) welcomes() bool {
	return a.pane == nil && a.height >= 12 && a.columns.board.Len() == 0 && a.neverSynced() > 0
}

// notFetched tells in the middle of an empty board why nothing came.
func (a *App) notFetched(t trouble, w int) []string {
	say := a.theme.wrap(t.what, w, 4)
	if t.hint == "" {
		return append(say, "tried again by itself")
	}
	return append(say, a.theme.wrap(t.hint, w, 4)...)
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
		case r.Synced.IsZero() && r.Problem == nil && a.snap.Problem == nil:
			say = append(say, fmt.Sprintf("Asking %s for %s", a.snap.Forge, r.Name))
		}
	}
	if len(say) == 0 && a.filter.text != "" {
		say = []string{"No ticket matches " + a.sought()}
		if a.filter.unknown != "" {
			say = append(say, plainLine(a.filter.unknown))
		}
		say = append(say, a.key(keymap.ClearFilter)+" shows all again")
	}
	if len(say) == 0 && a.snap.Board.Len() == 0 {
		switch t := a.trouble(); {
		case t.what == "":
			say = []string{"No open tickets: all is done"}
		case a.welcomes():
			say = a.notFetched(t, min(72, l.board-4))
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

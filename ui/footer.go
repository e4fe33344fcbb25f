package ui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// notice is a sentence that answers what the person just did, in the last line
// until they do the next thing or it has been there long enough.
type notice struct {
	text  string
	until time.Time
}

// noticeMsg brings a notice from a Cmd.
type noticeMsg struct{ text string }

const noticeFor = 5 * time.Second

// tell shows a notice.
func (a *App) tell(text string) tea.Cmd {
	a.voice.say(model.NewLine(text).String())
	return a.notify(text)
}

// notify shows a notice of what is announced otherwise to who hears.
func (a *App) notify(text string) tea.Cmd {
	a.notice = notice{model.NewLine(text).String(), a.now.Add(noticeFor)} // it may tell a stranger's words
	return a.fade()
}

// mostOfNotice is how many lines a notice may take.
const mostOfNotice = 3

// noticeLines are the lines of the notice, the last of which is the footer;
// none when there is no notice to be shown.
func (a *App) noticeLines(w int) []string {
	if a.notice.text == "" || !a.now.Before(a.notice.until) || a.midway() {
		return nil
	}
	lines := a.theme.wrap(a.notice.text, w-1, min(mostOfNotice, max(1, a.height-leastHeight)))
	for i, line := range lines {
		lines[i] = a.theme.strong.of(a.theme.pad(" "+line, w))
	}
	return lines
}

// unsay takes the notice away: what the person does next makes it untrue, or
// needs the line. One that the query's line hides waits until it can be read.
func (a *App) unsay() {
	if !a.queried() {
		a.notice = notice{}
	}
}

// footer is the last line: what can I do here? It returns where the cursor is
// when something is typed in it.
func (a *App) footer(w int) (string, *tea.Cursor) {
	if a.dragging() {
		words := a.theme.cut(" "+a.dragWords(a.layout())+"   ", w)
		off := a.key(keymap.Cancel) + " calls it off"
		if width(words)+width(off) >= w {
			off = ""
		}
		return a.theme.strong.of(words) + a.theme.muted.of(off), nil
	}
	if len(a.pressed) > 0 {
		return " " + a.pendingWords(w-2), nil
	}
	if a.queried() {
		return a.filter.draw(a, w)
	}
	if lines := a.noticeLines(w); len(lines) > 0 {
		return lines[len(lines)-1], nil
	}
	if a.questioned() {
		return "", nil
	}
	return " " + a.hints(a.scopes(), w-2), nil
}

// queried reports that a query is typed in the last line.
func (a *App) queried() bool { return a.filter.typing && len(a.dialogs) == 0 }

// midway reports that the last line tells of what has begun: a drag, a sequence
// of keys, or a query.
func (a *App) midway() bool { return a.dragging() || len(a.pressed) > 0 || a.queried() }

// questioned reports that what floats tells its keys itself.
func (a *App) questioned() bool {
	n := len(a.dialogs)
	if n == 0 {
		return false
	}
	_, told := a.dialogs[n-1].(question)
	return told
}

// footerAt returns the action whose hint is at a cell of the screen, if the
// footer shows any.
func (a *App) footerAt(x, y int) (keymap.ID, bool) {
	if y != a.height-1 || a.midway() || a.questioned() || len(a.noticeLines(a.width)) > 0 {
		return "", false
	}
	return a.hintAt(a.scopes(), a.width-2, x-1)
}

// hints lists keys with what they do, as many as fit, the most important ones
// rather than others, in the order of their declaration.
//
// It is the same for each frame in one place, so it is made once for each.
func (a *App) hints(scopes []keymap.Scope, w int) string {
	key := hintKey{scopes[0], w, a.moot()}
	if a.hinted == nil {
		a.hinted = map[hintKey]string{}
	}
	line, ok := a.hinted[key]
	if !ok {
		line = a.makeHints(scopes, w)
		a.hinted[key] = line
	}
	return line
}

type hintKey struct {
	scope keymap.Scope
	width int
	moot  moot
}

// moot tells which keys of a place have nothing to do now.
type moot struct {
	plan bool // a plan has nothing to carry out
	cell bool // a matrix has no ticket to show
	put  bool // … nor one to put anywhere
}

func (a *App) moot() moot {
	m := moot{plan: a.idlePlan()}
	if n := len(a.dialogs); n > 0 {
		if d, ok := a.dialogs[n-1].(*matrix); ok && d.m != nil {
			m.put = len(d.m.Untriaged) == 0
			m.cell = m.put && d.m.Triaged() == 0
		}
	}
	return m
}

// has reports whether an action has nothing to do.
func (m moot) has(id keymap.ID) bool {
	_, put := puts[id]
	return m.put && put || m.cell && id == keymap.ShowCell
}

func (a *App) makeHints(scopes []keymap.Scope, w int) string {
	fit := a.fitHints(scopes, w)
	texts := make([]string, len(fit))
	for i, h := range fit {
		texts[i] = h.text
	}
	return strings.Join(texts, "  ")
}

// hint is one of the keys of a place as it is drawn.
type hint struct {
	keymap.Hint
	text string
	w    int
}

// hintAt returns the action whose hint is at a column of the hints.
func (a *App) hintAt(scopes []keymap.Scope, w, x int) (keymap.ID, bool) {
	for _, h := range a.fitHints(scopes, w) {
		if x >= 0 && x < h.w {
			return h.ID, true
		}
		x -= h.w + 2
	}
	return "", false
}

// fitHints are the hints that there is room for. None is cut.
func (a *App) fitHints(scopes []keymap.Scope, w int) []hint {
	var fit []hint
	used := -2
	moot := a.moot()
	for _, h := range a.Keys.Footer(scopes) {
		if moot.has(h.ID) {
			continue
		}
		if moot.plan && h.ID == keymap.Go {
			h.Name = "close"
		}
		label := a.label(h)
		cells := width(label) + 1 + width(h.Name)
		if used+2+cells > w {
			break
		}
		used += 2 + cells
		fit = append(fit, hint{h, a.theme.key.of(label) + " " + a.theme.muted.of(h.Name), cells})
	}
	slices.SortFunc(fit, func(x, y hint) int { return x.Pos - y.Pos })
	return fit
}

// label is how an action's keys are written. A recipe need not have any.
func (a *App) label(h keymap.Hint) string {
	if _, ok := a.recipe(h.ID); ok && len(h.Keys) == 0 {
		return ""
	}
	if a.ASCII {
		return h.ASCII()
	}
	return h.Label()
}

// key is how the first key of an action is written, or that it has none.
func (a *App) key(id keymap.ID) string {
	keys := a.Keys.Keys(id)
	switch {
	case len(keys) == 0:
		return keymap.Hint{}.Label()
	case a.ASCII:
		return keymap.ASCII(keys[0])
	}
	return keymap.Label(keys[0])
}

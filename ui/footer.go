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
	a.notice = notice{model.NewLine(text).String(), a.now.Add(noticeFor)} // it may tell a stranger's words
	return a.fade()
}

// unsay takes the notice away: what the person does next makes it untrue, or
// needs the line. One that the query's line hides waits until it can be read.
func (a *App) unsay() {
	if !a.filter.typing || len(a.dialogs) > 0 {
		a.notice = notice{}
	}
}

// footer is the last line: what can I do here? It returns where the cursor is
// when something is typed in it.
func (a *App) footer(w int) (string, *tea.Cursor) {
	if a.dragging() {
		words := a.theme.cut(" "+a.dragWords(a.layout())+"   ", w)
		off := a.theme.cut(a.key(keymap.Cancel)+" calls it off", w-width(words)-1)
		return a.theme.strong.of(words) + a.theme.muted.of(off), nil
	}
	if a.filter.typing && len(a.dialogs) == 0 {
		return a.filter.draw(a, w)
	}
	if a.notice.text != "" && a.now.Before(a.notice.until) {
		return a.theme.strong.of(a.theme.pad(" "+a.notice.text, w)), nil
	}
	if n := len(a.dialogs); n > 0 {
		if _, told := a.dialogs[n-1].(question); told {
			return "", nil
		}
	}
	return " " + a.hints(a.scopes(), w-2), nil
}

// hints lists keys with what they do, as many as fit, the most important ones
// rather than others, in the order of their declaration.
//
// It is the same for each frame in one place, so it is made once for each.
func (a *App) hints(scopes []keymap.Scope, w int) string {
	key := hintKey{scopes[0], w}
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
}

func (a *App) makeHints(scopes []keymap.Scope, w int) string {
	type hint struct {
		keymap.Hint
		text string
		w    int
	}
	var fit []hint
	used := -2
	for _, h := range a.Keys.Footer(scopes) {
		label := a.label(h)
		cells := width(label) + 1 + width(h.Name)
		if used+2+cells > w {
			break
		}
		used += 2 + cells
		fit = append(fit, hint{h, a.theme.key.of(label) + " " + a.theme.muted.of(h.Name), cells})
	}
	slices.SortFunc(fit, func(x, y hint) int { return x.Pos - y.Pos })
	texts := make([]string, len(fit))
	for i, h := range fit {
		texts[i] = h.text
	}
	return strings.Join(texts, "  ")
}

// label is how an action's keys are written.
func (a *App) label(h keymap.Hint) string {
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

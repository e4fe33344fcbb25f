package ui

import (
	"strings"

	"docket/keymap"
)

// pendingWords tell the beginning of a key sequence and how it may go on.
func (a *App) pendingWords(w int) string {
	words := strings.Join(a.pressedLabels(), " ") + " " + a.theme.ellipsis
	for _, h := range a.Keys.After(a.scopes(), a.pressed) {
		more := "  " + a.theme.key.of(a.label(h)) + " " + a.theme.muted.of(h.Name)
		if width(words)+width(more) > w {
			break
		}
		words += more
	}
	return words
}

// pressedLabels are the keys of a sequence so far as people know them.
func (a *App) pressedLabels() []string {
	all := make([]string, len(a.pressed))
	for i, key := range a.pressed {
		all[i] = keymap.Label(key)
		if a.ASCII {
			all[i] = keymap.ASCII(key)
		}
	}
	return all
}

// sayPending tells who hears that the keys so far are the beginning of more.
func (a *App) sayPending() {
	if a.voice != nil {
		a.voice.say(plainly(a.pendingWords(spokenWidth)))
	}
}

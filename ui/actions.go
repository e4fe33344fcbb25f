package ui

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// handlers is what each action of the board and of the open ticket does. The
// actions of dialogs are in their do. A test sees to it that no declared action
// is without a handler.
var handlers = map[keymap.ID]func(*App) tea.Cmd{
	keymap.Up:         func(a *App) tea.Cmd { return a.step(-1) },
	keymap.Down:       func(a *App) tea.Cmd { return a.step(+1) },
	keymap.Left:       func(a *App) tea.Cmd { a.columns.turn(-1, false); return nil },
	keymap.Right:      func(a *App) tea.Cmd { a.columns.turn(+1, false); return nil },
	keymap.PrevColumn: func(a *App) tea.Cmd { a.columns.turn(-1, true); return nil },
	keymap.NextColumn: func(a *App) tea.Cmd { a.columns.turn(+1, true); return nil },
	keymap.First:      func(a *App) tea.Cmd { return a.step(-veryFar) },
	keymap.Last:       func(a *App) tea.Cmd { return a.step(+veryFar) },
	keymap.PageUp:     func(a *App) tea.Cmd { return a.step(-a.page()) },
	keymap.PageDown:   func(a *App) tea.Cmd { return a.step(+a.page()) },

	keymap.Open:        func(a *App) tea.Cmd { return a.openSelected() },
	keymap.Back:        (*App).closeTicket,
	keymap.StartFilter: (*App).startFilter,
	keymap.ClearFilter: (*App).clear,

	keymap.Jump: (*App).askNumber,

	keymap.PickView:  (*App).pickView,
	keymap.PickSort:  (*App).pickSort,
	keymap.NextLanes: (*App).nextLanes,

	keymap.Mark:      (*App).mark,
	keymap.MarkRange: (*App).markRange,
	keymap.MarkAll:   (*App).markAll,
	keymap.Recipes:   (*App).pickRecipe,

	keymap.Gain:      either((*App).chooseGain, func(a *App) tea.Cmd { return a.levelOfMany(model.FieldGain) }),
	keymap.Pain:      either((*App).choosePain, func(a *App) tea.Cmd { return a.levelOfMany(model.FieldPain) }),
	keymap.StateBack: either(func(a *App) tea.Cmd { return a.stepState(-1) }, func(a *App) tea.Cmd { return a.stepMany(-1) }),
	keymap.StateOn:   either(func(a *App) tea.Cmd { return a.stepState(+1) }, func(a *App) tea.Cmd { return a.stepMany(+1) }),
	keymap.PickState: either((*App).pickState, (*App).pickStateOfMany),
	keymap.Labels:    either((*App).editLabels, (*App).editLabelsOfMany),
	keymap.Due:       either((*App).editDue, (*App).editDueOfMany),
	keymap.Milestone: either((*App).pickMilestone, (*App).pickMilestoneOfMany),
	keymap.Comment:   either((*App).comment, (*App).commentOnMany),
	keymap.Assign:    either((*App).assign, (*App).assignMany),
	keymap.AssignMe:  either((*App).assignMe, (*App).assignMeToMany),
	keymap.Close:     either((*App).closeAs, (*App).closeMany),
	keymap.Reopen:    either((*App).reopen, (*App).reopenMany),
	keymap.Browse:    eitherRead((*App).browse, (*App).browseMany),
	keymap.CopyLink:  eitherRead((*App).copyLink, (*App).copyLinks),

	keymap.NextTicket: func(a *App) tea.Cmd { return a.openBeside(+1) },
	keymap.PrevTicket: func(a *App) tea.Cmd { return a.openBeside(-1) },
	keymap.Follow:     (*App).follow,
	keymap.Timeline:   (*App).toggleTimeline,

	keymap.Undo:        (*App).undo,
	keymap.Redo:        (*App).redo,
	keymap.ShowHistory: func(a *App) tea.Cmd { a.open(&history{}); return nil },

	keymap.Sync:       func(a *App) tea.Cmd { a.Desk.Sync(); return a.tell("Syncing now") },
	keymap.ShowOutbox: func(a *App) tea.Cmd { a.open(&outbox{}); return nil },
	keymap.ShowHelp:   (*App).openHelp,

	keymap.ShowMatrix:  (*App).openMatrix,
	keymap.ShowNumbers: (*App).openNumbers,
	keymap.ShowPalette: (*App).openPalette,

	keymap.Quit: func(*App) tea.Cmd { return tea.Quit },
}

const veryFar = 1 << 30

// press finds out what a key means where the person is, and does it. What is
// no action goes to where text is typed.
func (a *App) press(msg tea.KeyPressMsg) tea.Cmd {
	a.pressed = append(a.pressed, msg.String())
	action, match := a.Keys.Resolve(a.scopes(), a.pressed)
	switch match {
	case keymap.Partial:
		a.unsay()
		a.sayPending()
		return nil
	case keymap.None:
		alone := len(a.pressed) == 1
		if !alone {
			a.voice.say(strings.Join(a.pressedLabels(), " ") + " means nothing here")
		}
		a.pressed = a.pressed[:0]
		if t, ok := a.typist(); ok {
			a.unsay()
			return t.typed(a, msg)
		}
		if key, after := strings.CutPrefix(msg.String(), "alt+"); after && alone {
			return tea.Batch(a.stroke("esc"), a.stroke(key))
		}
		return nil
	}
	a.pressed, a.lastKey = a.pressed[:0], msg.String()
	a.unsay()
	return a.do(action.ID)
}

// stroke does what a key of its own means. An escape and a key that a slow line
// has brought at once can't be told from the key with alt; where that means
// nothing they are taken for what they were.
func (a *App) stroke(key string) tea.Cmd {
	// A capital comes as itself when it comes alone.
	if letter, ok := strings.CutPrefix(key, "shift+"); ok && utf8.RuneCountInString(letter) == 1 {
		key = strings.ToUpper(letter)
	}
	if action, match := a.Keys.Resolve(a.scopes(), []string{key}); match == keymap.Full {
		a.unsay()
		return a.do(action.ID)
	}
	return nil
}

// do carries out an action in the place where the person is.
func (a *App) do(id keymap.ID) tea.Cmd {
	if n := len(a.dialogs); n > 0 {
		if cmd, ok := a.dialogs[n-1].do(a, id); ok {
			return cmd
		}
		if ofNoDialog(id) {
			return handlers[id](a)
		}
		return nil
	}
	if a.dragging() {
		if a.dragDo(id) {
			return nil
		}
	}
	if a.filter.typing {
		if cmd, ok := a.filterDo(id); ok {
			return cmd
		}
	}
	if h := handlers[id]; h != nil {
		return h(a)
	}
	if r, ok := a.recipe(id); ok {
		return a.cook(r)
	}
	return nil
}

// ofNoDialog reports whether an action does the same over every dialog.
func ofNoDialog(id keymap.ID) bool {
	return id == keymap.Quit || id == keymap.ShowHelp || id == keymap.ShowPalette
}

// step goes up or down: on the board by tickets, in the open ticket by lines.
func (a *App) step(by int) tea.Cmd {
	if a.pane != nil {
		a.scrollPane(by)
		return nil
	}
	a.columns.move(by)
	return nil
}

// page is how far a page key goes.
func (a *App) page() int {
	if a.voice != nil {
		const atATime = 10
		return atATime
	}
	l := a.layout()
	if a.pane != nil {
		return max(1, l.rows-6)
	}
	const rowsOfACard = 5
	return max(1, l.cardRows()/rowsOfACard)
}

func (a *App) openSelected() tea.Cmd {
	if a.columns.selected() == nil {
		return nil
	}
	return a.openTicket(a.columns.ref)
}

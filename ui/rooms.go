package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// room is a dialog to look around in, from which others are opened. Nothing is
// drawn of what floats below one.
type room interface{ room() }

func (*matrix) room()  {}
func (*numbers) room() {}
func (*outbox) room()  {}
func (*history) room() {}

// opensRoom reports whether an action opens a room.
func opensRoom(id keymap.ID) bool {
	return id == keymap.ShowMatrix || id == keymap.ShowNumbers || id == keymap.ShowOutbox || id == keymap.ShowHistory
}

// fromRoom opens a room above the one that the person is in, so that Back
// leads there; false when they are in none. None is open twice.
func (a *App) fromRoom(id keymap.ID) (tea.Cmd, bool) {
	if !opensRoom(id) || len(a.dialogs) == 0 {
		return nil, false
	}
	for _, d := range a.dialogs {
		if _, ok := d.(room); !ok {
			return nil, false
		}
	}
	cmd := handlers[id](a)
	top := a.dialogs[len(a.dialogs)-1]
	a.dialogs = slices.DeleteFunc(a.dialogs, func(d dialog) bool { return d != top && d.scope() == top.scope() })
	return cmd, true
}

// floating are the dialogs that are drawn.
func (a *App) floating() []dialog {
	for i := len(a.dialogs) - 1; i > 0; i-- {
		if _, ok := a.dialogs[i].(room); ok {
			return a.dialogs[i:]
		}
	}
	return a.dialogs
}

// openFrom opens a ticket in the place of what floats, to which Back returns.
func (a *App) openFrom(ref model.Ref) tea.Cmd {
	over, under := a.dialogs, a.pane
	a.dialogs, a.pane = nil, nil
	cmd := tea.Batch(a.goTo(ref), a.openTicket(ref))
	if a.pane == nil { // it has just gone
		a.dialogs, a.pane = over, under
		return cmd
	}
	a.pane.over, a.pane.under = over, under
	return cmd
}

// backTo opens again what floated before a ticket was opened from there.
func (a *App) backTo(over []dialog, under *pane) tea.Cmd {
	a.dialogs, a.pane = over, under
	a.fit()
	var cmds []tea.Cmd
	if under != nil {
		cmds = append(cmds, a.askThread())
	}
	for _, d := range over {
		if d, ok := d.(watcher); ok {
			cmds = append(cmds, d.renewed(a))
		}
	}
	return tea.Batch(cmds...)
}

// Package ui is the terminal board. It draws snapshots and turns keys into
// changes; it knows nothing of forges, disks or networks and reaches them only
// through the Desk that it is given.
//
// The way of a key: Update asks the keymap what the key means in the place
// where the person is, looks the action up in one table (actions.go) and runs
// its handler. A handler that edits tickets hands model.Edit values to the Desk,
// which answers at once with a snapshot that shows them. Nothing here waits: what
// takes time runs in a tea.Cmd, which captures values and never the App.
package ui

// Package keymap says what a person can do in Docket and with which keys.
//
// Each action is declared once, in the table of declared.go. Dispatch, the
// footer, the help and the key table of the README are all made from that
// declaration, so they can't disagree; a new action is one more declaration.
//
// The package knows keystrokes only as strings, written as Bubble Tea's
// KeyPressMsg.String writes them: "g", "H", "ctrl+s", "enter", "space",
// "shift+tab", "pgdown". It draws nothing and imports nothing of the program.
//
// A [Map] never changes once it is made and may be used from any goroutine.
package keymap

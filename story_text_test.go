package main_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"docket/forge/forgetest"
	"docket/forge/store"
)

// script writes an executable shell script and returns its path.
func script(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "script")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+text+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// A comment goes on in the person's own editor and comes back.
func TestACommentIsWrittenInAnEditor(t *testing.T) {
	t.Parallel()
	w := newTeam(t, forgetest.Embedded(t), labels...)
	fire := w.reports("Printer on fire")
	temp := t.TempDir()
	board := w.sit("TMPDIR="+temp, "EDITOR="+script(t, `text=$(cat "$1"); printf '%s and ends outside.\nWith thanks\n' "$text" > "$1"`)).opens(200, 50)
	board.inStep()
	board.Type("c")
	board.WaitFor("Comment on #")
	board.Type("It begins here", "ctrl+e")
	board.WaitFor("It begins here and ends outside.", "With thanks")
	board.Type(", Anna", "ctrl+s")
	w.commented(fire, "It begins here and ends outside.\nWith thanks, Anna")
	board.sees("Printer on fire", settled)
	board.quits()
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Fatalf("left behind: %v, %v", left, err)
	}
}

// An editor that fails takes nothing away: neither what was typed before nor
// what it has written.
func TestAnEditorThatFailsLosesNoText(t *testing.T) {
	t.Parallel()
	for _, editor := range []struct{ name, command, text, told string }{
		{"after writing", script(t, `text=$(cat "$1"); printf '%s and ends outside' "$text" > "$1"; exit 3`), "It begins here and ends outside", "exit status 3"},
		{"before it begins", "/no/such/editor", "It begins here", "/no/such/editor"},
	} {
		t.Run(editor.name, func(t *testing.T) {
			w := newTeam(t, forgetest.Embedded(t), labels...)
			fire := w.reports("Printer on fire")
			board := w.sit("EDITOR="+editor.command).opens(200, 50)
			board.inStep()
			board.Type("c")
			board.WaitFor("Comment on #")
			board.Type("It begins here", "ctrl+e")
			board.WaitFor(editor.told, editor.text)
			board.Type(".", "ctrl+s")
			w.commented(fire, editor.text+".")
			board.sees("Printer on fire", settled)
			board.quits()
		})
	}
}

// In an editor ctrl+c is the editor's: some take it for 'cancel'. Docket waits
// for the editor's end, however long that takes.
func TestCtrlCInAnEditorIsTheEditors(t *testing.T) {
	t.Parallel()
	w := newTeam(t, forgetest.Embedded(t), labels...)
	fire := w.reports("Printer on fire")
	board := w.sit("EDITOR="+script(t, `trap 'echo not so fast' INT
echo writing
while ! read -r line; do :; done
text=$(cat "$1"); printf '%s %s' "$text" "$line" > "$1"`)).opens(200, 50)
	board.inStep()
	board.Type("c")
	board.WaitFor("Comment on #")
	board.Type("It begins here", "ctrl+e")
	board.WaitFor("writing")
	board.Type("ctrl+c")
	board.WaitFor("not so fast")
	board.Type("and ends here.", "enter")
	board.WaitFor("It begins here and ends here.")
	board.Type("ctrl+s")
	w.commented(fire, "It begins here and ends here.")
	board.sees("Printer on fire", settled)
	board.quits()
}

// Unfinished text is on disk a moment after it was typed.
func TestADraftSurvivesAKill(t *testing.T) {
	t.Parallel()
	w := newTeam(t, forgetest.Embedded(t), labels...)
	w.reports("Printer on fire")
	anna := w.sit()
	board := anna.opens(200, 50)
	board.inStep()
	board.Type("c")
	board.WaitFor("Comment on #")
	board.Type("Half a thought")
	anna.keepsDraft("Half a thought")
	board.Kill()
	board = anna.opens(200, 50)
	board.sees("Printer on fire", on)
	board.Type("c")
	board.WaitFor("Comment on #", "Half a thought")
	board.Type("esc")
	board.WaitFor("The draft is kept")
	board.quits()
}

// keepsDraft waits until a draft is in the store. A disk tells nobody when it
// was written to, so it is looked at again and again.
func (c *chair) keepsDraft(text string) {
	c.t.Helper()
	stores, err := filepath.Glob(filepath.Join(c.home, ".local", "state", "docket", "*.db"))
	if err != nil || len(stores) != 1 {
		c.t.Fatalf("stores: %q, %v", stores, err)
	}
	ctx, cancel := context.WithTimeout(c.t.Context(), patience)
	defer cancel()
	s, err := store.Open(ctx, stores[0], store.Options{})
	if err != nil {
		c.t.Fatal(err)
	}
	defer s.Close()
	for {
		drafts, err := s.Drafts(ctx)
		if err != nil {
			c.t.Fatalf("waiting for the draft %q: %v", text, err)
		}
		for _, draft := range drafts {
			if draft == text {
				return
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
}

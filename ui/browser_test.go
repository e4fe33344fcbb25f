//go:build unix

package ui

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

// The browser, the first of a list that starts, is given the link as its one
// argument, and no shell sees it.
func TestTheBrowserIsGivenOneArgument(t *testing.T) {
	dir := t.TempDir()
	browser, pipe := filepath.Join(dir, "browser"), filepath.Join(dir, "told")
	if err := os.WriteFile(browser, []byte("#!/bin/sh\nprintf '%s: %s' \"$#\" \"$1\" > \"${0%/*}/told\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, list := range []string{browser, filepath.Join(dir, "missing") + " --new::" + browser + " %s:" + filepath.Join(dir, "late")} {
		a := still(t, 80, 24, newMemoryDesk(ticket(7, "A ticket", func(t *model.Ticket) {
			t.URL = model.NewLine("https://forge.example.org/a b;$(touch x)`x`|x&x")
		})))
		a.Environ = []string{"BROWSER=" + list}
		all := a.browse()().(tea.BatchMsg)
		if msg := all[len(all)-1](); msg != nil {
			t.Fatalf("the browser did not start: %v", msg)
		}
		told, err := os.ReadFile(pipe) // waits until it is written
		if err != nil {
			t.Fatal(err)
		}
		if want := "1: https://forge.example.org/a%20b;$%28touch%20x%29%60x%60%7Cx&x"; string(told) != want {
			t.Errorf("%s: the browser was told %q, not %q", list, told, want)
		}
	}
}

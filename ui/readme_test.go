package ui

import (
	"flag"
	"os"
	"strings"
	"testing"

	"docket/keymap"
)

// TestTheReadmeListsTheKeys keeps the README's table of keys equal to what the
// program does. With -update it is written anew.
func TestTheReadmeListsTheKeys(t *testing.T) {
	const path, from, to = "../README.md", "kept fresh by a test -->\n", "<!-- /keys -->"
	readme, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, found := strings.Cut(string(readme), from)
	_, tail, found2 := strings.Cut(rest, to)
	if !found || !found2 {
		t.Fatal("the README has no place for the keys")
	}
	want := head + from + "\n" + strings.TrimSpace(keymap.Default().Markdown()) + "\n\n" + to + tail
	if update := flag.Lookup("update"); update != nil && update.Value.String() == "true" {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != string(readme) {
		t.Fatal("the README's keys are not those of the program: go test ./ui -update")
	}
}

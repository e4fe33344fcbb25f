package cli

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// However a file is changed, the watch tells, and says nothing of its own accord.
func TestAFileIsWatchedHoweverItChanges(t *testing.T) {
	write := func(t *testing.T, path, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	must := func(t *testing.T, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, story := range map[string]struct {
		before, change func(t *testing.T, home, path string)
	}{
		"written": {
			func(t *testing.T, _, path string) { write(t, path, "old") },
			func(t *testing.T, _, path string) { write(t, path, "new") }},
		"replaced": {
			func(t *testing.T, _, path string) { write(t, path, "old") },
			func(t *testing.T, _, path string) {
				write(t, path+".tmp", "new")
				must(t, os.Rename(path+".tmp", path))
			}},
		"made, with its folder": {
			func(*testing.T, string, string) {},
			func(t *testing.T, _, path string) { write(t, path, "new") }},
		"written behind a link": {
			func(t *testing.T, home, path string) {
				write(t, filepath.Join(home, "dotfiles", "docket.toml"), "old")
				must(t, os.MkdirAll(filepath.Dir(path), 0o700))
				must(t, os.Symlink(filepath.Join(home, "dotfiles", "docket.toml"), path))
			},
			func(t *testing.T, home, _ string) { write(t, filepath.Join(home, "dotfiles", "docket.toml"), "new") }},
		"taken away": {
			func(t *testing.T, _, path string) { write(t, path, "old") },
			func(t *testing.T, _, path string) { must(t, os.Remove(path)) }},
	} {
		t.Run(name, func(t *testing.T) {
			home := t.TempDir()
			path := filepath.Join(home, "config", "docket", "config.toml")
			story.before(t, home, path)
			changed, err := watch(t.Context(), path)
			must(t, err)
			select {
			case <-changed:
				t.Fatal("it tells of a change before there was one")
			default:
			}
			// Twice: a file that was replaced must still be watched.
			for range 2 {
				story.change(t, home, path)
				select {
				case <-changed:
				case <-time.After(20 * time.Second):
					t.Fatal("nobody noticed")
				}
				if name == "taken away" {
					write(t, path, "again")
					select {
					case <-changed:
					case <-time.After(20 * time.Second):
						t.Fatal("nobody noticed that it is back")
					}
				}
			}
		})
	}
}

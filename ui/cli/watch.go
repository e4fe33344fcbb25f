package cli

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settle is how long a file must rest before it is read: editors write it in
// several steps.
const settle = 60 * time.Millisecond

// watch returns a one-slot channel that is filled whenever a file may have
// changed: written, put in the place of another one as editors do, reached
// through a link that leads elsewhere now, or made where none was. Folders are
// watched, since a file that is replaced would take its watch along. It ends
// with ctx.
func watch(ctx context.Context, path string) (<-chan struct{}, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	if err := follow(w, path); err != nil {
		_ = w.Close() // why it can't be watched says more
		return nil, err
	}
	changed := make(chan struct{}, 1)
	go func() {
		defer func() { _ = w.Close() }()
		var rested <-chan time.Time
		for {
			select {
			case <-ctx.Done():
				return
			case <-w.Events:
				rested = time.After(settle)
			case _, more := <-w.Errors: // some events are lost
				if !more {
					return
				}
				rested = time.After(settle)
			case <-rested:
				rested = nil
				_ = follow(w, path) // a folder that is gone comes back with an event of its parent
				select {
				case changed <- struct{}{}:
				default:
				}
			}
		}
	}()
	return changed, nil
}

// follow watches the folders that a file's name leads through.
func follow(w *fsnotify.Watcher, path string) error {
	// The folder may be made while the one above it begins to be watched.
	for folder := ""; folder != existing(filepath.Dir(path)); {
		folder = existing(filepath.Dir(path))
		if err := add(w, folder); err != nil {
			return err
		}
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		return add(w, filepath.Dir(target))
	}
	return nil
}

func add(w *fsnotify.Watcher, folder string) error {
	if slices.Contains(w.WatchList(), folder) {
		return nil
	}
	return w.Add(folder)
}

// existing returns a folder, or the nearest one above it that exists.
func existing(folder string) string {
	for {
		at, err := os.Stat(folder)
		above := filepath.Dir(folder)
		if err == nil && at.IsDir() || above == folder {
			return folder
		}
		folder = above
	}
}

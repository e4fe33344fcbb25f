package store

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"docket/model"
)

// asNobody runs a test as somebody to whom modes of files apply. On Linux this
// can be had for one thread, so that tests may run as root, too.
func asNobody(t *testing.T, story func()) {
	t.Helper()
	if os.Geteuid() != 0 {
		story()
		return
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	const nobody = 65534
	do(t, syscall.Setfsuid(nobody))
	defer syscall.Setfsuid(0)
	story()
}

func TestAStoreThatCannotBeWrittenIsTold(t *testing.T) {
	path := written(t)
	dir := filepath.Dir(path)
	for d := dir; d != os.TempDir() && d != "/"; d = filepath.Dir(d) {
		do(t, os.Chmod(d, 0o755))
	}
	do(t, os.Chmod(path, 0o444))
	t.Cleanup(func() { os.Chmod(dir, 0o755) })
	fresh := filepath.Join(dir, "fresh.db")
	for name, mode := range map[string]os.FileMode{"read-only folder": 0o555, "unreadable folder": 0o000} {
		t.Run(name, func(t *testing.T) {
			do(t, os.Chmod(dir, mode))
			asNobody(t, func() {
				_, err := open(fresh)
				isKind(t, err, model.ClosedStore, fresh)
				_, err = open(filepath.Join(dir, "more", "fresh.db"))
				isKind(t, err, model.ClosedStore, "")
				_, err = open(path)
				isKind(t, err, model.ClosedStore, path)
			})
		})
	}
	do(t, os.Chmod(dir, 0o777)) // a folder that can be written, and a file that can't
	asNobody(t, func() {
		_, err := open(path)
		isKind(t, err, model.ClosedStore, path)
	})
}

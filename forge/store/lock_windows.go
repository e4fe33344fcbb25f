package store

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// lock takes a lock on an open file, which ends with the file. It reports
// false when the lock is wanted now and somebody else has it.
func lock(f *os.File, c claim) (bool, error) {
	how := map[claim]uint32{alone: windows.LOCKFILE_EXCLUSIVE_LOCK, aloneNow: windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY}
	switch err := windows.LockFileEx(windows.Handle(f.Fd()), how[c], 0, 1, 0, new(windows.Overlapped)); {
	case err == nil:
		return true, nil
	case errors.Is(err, windows.ERROR_LOCK_VIOLATION):
		return false, nil
	default:
		return false, &os.PathError{Op: "lock", Path: f.Name(), Err: err}
	}
}

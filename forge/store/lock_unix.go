//go:build !windows

package store

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// lock takes a lock on an open file, which ends with the file. It reports
// false when the lock is wanted now and somebody else has it.
func lock(f *os.File, c claim) (bool, error) {
	how := map[claim]int{alone: unix.LOCK_EX, together: unix.LOCK_SH, aloneNow: unix.LOCK_EX | unix.LOCK_NB}
	for {
		switch err := unix.Flock(int(f.Fd()), how[c]); {
		case err == nil:
			return true, nil
		case errors.Is(err, unix.EWOULDBLOCK):
			return false, nil
		case !errors.Is(err, unix.EINTR):
			return false, &os.PathError{Op: "lock", Path: f.Name(), Err: err}
		}
	}
}

//go:build !race && unix

package main_test

import (
	"syscall"
	"testing"
	"time"
)

// spent returns how much processor time this process has used. On a machine
// that others use too it says more than a clock.
func spent(b *testing.B) time.Duration {
	b.Helper()
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		b.Fatal(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

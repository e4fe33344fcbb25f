//go:build !race && !unix

package main_test

import (
	"testing"
	"time"
)

// spent tells nothing here.
func spent(*testing.B) time.Duration { return 0 }

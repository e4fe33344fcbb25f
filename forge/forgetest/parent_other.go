//go:build !linux

package forgetest

import "os/exec"

// dieWithParent has no counterpart here: a test binary that is killed leaves
// its server behind.
func dieWithParent(*exec.Cmd) {}

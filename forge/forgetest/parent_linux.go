package forgetest

import (
	"os/exec"
	"syscall"
)

// dieWithParent lets the kernel end the server when the test binary is killed
// or runs into its time limit, when no cleanup can run.
func dieWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}

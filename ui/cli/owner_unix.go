//go:build !windows

package cli

import (
	"io/fs"
	"os"
	"syscall"
)

// exposed says what is wrong about a file that should be its owner's alone;
// empty when nothing is.
func exposed(file fs.FileInfo) string {
	if of, ok := file.Sys().(*syscall.Stat_t); ok && int(of.Uid) != os.Geteuid() {
		return "the file belongs to somebody else"
	}
	if file.Mode().Perm()&0o077 != 0 {
		return "others can read the file"
	}
	return ""
}

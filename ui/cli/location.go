package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"strings"

	"github.com/adrg/xdg"
)

// storePath returns the file that keeps the boards of a forge: all its
// repositories share one. $XDG_STATE_HOME is read now, not when the program
// was loaded.
func storePath(at address) string {
	xdg.Reload()
	return filepath.Join(xdg.StateHome, "docket", fileName(at)+".db")
}

// fileName returns a file name that people recognise and no address can
// misuse: what is safe of the host, and a hash of the whole address.
func fileName(at address) string {
	const hostAtMost = 60
	host := strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '.' || r == '-' {
			return r
		}
		return '_'
	}, at.Host)
	host = strings.TrimLeft(host, ".-")
	sum := sha256.Sum256([]byte(at.String()))
	return host[:min(len(host), hostAtMost)] + "-" + hex.EncodeToString(sum[:5])
}

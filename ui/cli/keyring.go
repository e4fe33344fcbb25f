package cli

import (
	"os"
	"path/filepath"
	"runtime"

	system "github.com/zalando/go-keyring"
)

// findRing returns the system's keyring; nil where there is none. Asking costs
// nothing yet. Without a session's bus there is none on Linux and its kin, and
// the library would start a bus to find out.
func findRing(env environment) *ring {
	switch runtime.GOOS {
	case "darwin", "windows":
	default:
		if env.get("DBUS_SESSION_BUS_ADDRESS") == "" {
			if _, err := os.Stat(filepath.Join(env.get("XDG_RUNTIME_DIR"), "bus")); err != nil {
				return nil
			}
		}
	}
	return newRing(systemRing{})
}

// errNotKept is what a keyring says that answers and has no such token.
var errNotKept = system.ErrNotFound

// systemRing is the keyring of the desktop: Secret Service, Keychain or the
// Credential Manager.
type systemRing struct{}

func (systemRing) Get(service, account string) (string, error) { return system.Get(service, account) }
func (systemRing) Set(service, account, password string) error {
	return system.Set(service, account, password)
}
func (systemRing) Delete(service, account string) error { return system.Delete(service, account) }

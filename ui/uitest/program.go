package uitest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// Build builds docket and returns the path of the binary. It builds once per
// test process, with the race detector when the tests run with it. The binary
// lies in the user's cache directory, one per source tree, so that nothing is
// left over for anybody to delete.
func Build(tb testing.TB) string {
	tb.Helper()
	path, err := built()
	if err != nil {
		tb.Fatal(err)
	}
	return path
}

var built = sync.OnceValues(func() (string, error) {
	gomod, err := goTool("env", "GOMOD")
	if err != nil {
		return "", err
	}
	tree := sha256.Sum256([]byte(gomod))
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "docket-test", "docket-"+hex.EncodeToString(tree[:8]))
	args := []string{"build", "-o"}
	if Raced {
		dir, args = dir+"-race", []string{"build", "-race", "-o"}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	unlock, err := lockedfile.MutexAt(filepath.Join(dir, "lock")).Lock()
	if err != nil {
		return "", err
	}
	defer unlock()

	// Another test process may be running the binary: it keeps its own when the
	// new one takes the name.
	binary := filepath.Join(dir, "docket")
	if _, err := goTool(append(args, binary+".unfinished", "docket")...); err != nil {
		return "", err
	}
	return binary, os.Rename(binary+".unfinished", binary)
})

func goTool(args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return strings.TrimSpace(string(out)), nil
}

// passed are the only variables of the tests' own environment that a program
// under test sees. What a person has set for Docket, the keyring's bus, the
// terminal's make and NO_COLOR are not among them.
var passed = []string{"PATH", "TMPDIR", "GOCOVERDIR", "GORACE", "GOTRACEBACK"}

// Env returns the environment of a person of whom nothing is known yet: an
// empty home of the test's own, a terminal with 256 colours, UTC. Two programs
// that get the same Env share their files.
func Env(tb testing.TB) []string {
	tb.Helper()
	home := tb.TempDir()
	env := []string{
		"HOME=" + home,
		"XDG_CONFIG_HOME=" + filepath.Join(home, ".config"),
		"XDG_DATA_HOME=" + filepath.Join(home, ".local", "share"),
		"XDG_STATE_HOME=" + filepath.Join(home, ".local", "state"),
		"XDG_CACHE_HOME=" + filepath.Join(home, ".cache"),
		"XDG_RUNTIME_DIR=" + filepath.Join(home, ".run"),
		"TERM=xterm-256color", "LANG=C.UTF-8", "TZ=UTC", "USER=docket",
	}
	for _, name := range passed {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}

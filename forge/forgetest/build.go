package forgetest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/lockedfile"
)

const (
	server      = "code.gitea.io/gitea"
	buildTags   = "sqlite sqlite_unlock_notify"
	linkerFlags = "-s -w -X main.Version=" // a module build doesn't know its version; API clients ask for it
)

// build returns the path of the Gitea binary and the directory with the
// templates that it reads at run time. It builds at most once per machine and
// version: the binary lies in the user's cache directory, named after the
// build flags and the content of giteaserver's go.mod and go.sum, and a file lock makes a second
// test binary wait for the first one's build.
func build() (binary, static string, err error) {
	module, err := moduleDir()
	if err != nil {
		return "", "", err
	}
	dir, err := cacheDir(module)
	if err != nil {
		return "", "", err
	}
	unlock, err := lockedfile.MutexAt(filepath.Join(dir, "lock")).Lock()
	if err != nil {
		return "", "", fmt.Errorf("forgetest: locking the build of Gitea: %w", err)
	}
	defer unlock()

	binary = filepath.Join(dir, "gitea")
	if _, err := os.Stat(binary); err != nil {
		if err := compile(module, binary); err != nil {
			return "", "", err
		}
	}
	// The build has downloaded the module; after a clean of the module cache
	// with the binary still there, this says so instead of a missing template.
	if _, err := goTool(module, "mod", "download", server); err != nil {
		return "", "", err
	}
	static, err = goTool(module, "list", "-m", "-f", "{{.Dir}}", server)
	return binary, static, err
}

// compile builds beside the final name and renames, so that a build that was
// killed leaves nothing that looks finished.
func compile(module, binary string) error {
	version, err := goTool(module, "list", "-m", "-f", "{{.Version}}", server)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "forgetest: building Gitea %s; minutes the first time, then never again\n", version)
	unfinished := binary + ".unfinished"
	_, err = goTool(module, "build", "-tags", buildTags,
		"-ldflags", linkerFlags+strings.TrimPrefix(version, "v"), "-o", unfinished, server)
	if err != nil {
		return err
	}
	return os.Rename(unfinished, binary)
}

// moduleDir finds giteaserver from the go.mod that governs the working
// directory, which is the tested package's own: it works for every package of
// Docket and with -trimpath.
func moduleDir() (string, error) {
	gomod, err := goTool(".", "env", "GOMOD")
	if err != nil {
		return "", err
	}
	dir := filepath.Join(filepath.Dir(gomod), "forge", "forgetest", "giteaserver")
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
		return "", fmt.Errorf("forgetest: run the tests inside Docket's source tree: %w", err)
	}
	return dir, nil
}

func cacheDir(module string) (string, error) {
	sum := sha256.New()
	fmt.Fprintln(sum, buildTags, linkerFlags)
	for _, name := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(filepath.Join(module, name))
		if err != nil {
			return "", err
		}
		sum.Write(content)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("forgetest: no place to keep the built Gitea: %w", err)
	}
	dir := filepath.Join(cache, "docket-test", "gitea-"+hex.EncodeToString(sum.Sum(nil)[:8]))
	return dir, os.MkdirAll(dir, 0o755)
}

func goTool(dir string, args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	// What a race-enabled or vendored run of our own tests sets must not leak
	// into the build of somebody else's module.
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=readonly", "GOWORK=off", "CGO_ENABLED=1")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("forgetest: go %s: %w\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return strings.TrimSpace(string(out)), nil
}

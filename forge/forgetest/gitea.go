package forgetest

import (
	"os"
	"sync"
	"testing"
)

// Enabled is the environment variable that must be 1 before a real Gitea is
// built and started.
const Enabled = "DOCKET_TEST_GITEA"

// Gitea returns a real Gitea 1.26.0 that answers on a loopback port. Without
// DOCKET_TEST_GITEA=1 it skips the test.
//
// In a test binary that runs under Main, all tests share one server; otherwise
// the server is this test's own and stops with it. When the test fails, the end
// of the server's log is shown.
func Gitea(tb testing.TB) *Server {
	tb.Helper()
	if os.Getenv(Enabled) != "1" {
		tb.Skipf("needs a real Gitea; run: %s=1 go test ./...", Enabled)
	}
	if !shared.offered {
		return OwnGitea(tb)
	}
	s, err := shared.get()
	if err != nil {
		tb.Fatal(err)
	}
	showLogOnFailure(tb, s.process)
	return s
}

// OwnGitea is like Gitea, but the server is never shared: for tests that change
// what belongs to everybody, or that need a server without tickets.
func OwnGitea(tb testing.TB) *Server {
	tb.Helper()
	if os.Getenv(Enabled) != "1" {
		tb.Skipf("needs a real Gitea; run: %s=1 go test ./...", Enabled)
	}
	p, err := launch(tb.TempDir())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(p.stop)
	showLogOnFailure(tb, p)
	return serverOf(p)
}

// Main runs the tests of a package with one real Gitea shared among them, which
// starts when the first test asks for it and stops after the last. It returns
// the exit code for os.Exit.
func Main(m *testing.M) int {
	shared.offered = true
	defer shared.stop()
	return m.Run()
}

// shared is the server of this test binary. Its field offered is written only
// by Main, before any test runs.
var shared sharedGitea

type sharedGitea struct {
	offered bool
	once    sync.Once
	dir     string
	server  *Server
	err     error
}

func (g *sharedGitea) get() (*Server, error) {
	g.once.Do(func() {
		if g.dir, g.err = os.MkdirTemp("", "docket-gitea-"); g.err != nil {
			return
		}
		p, err := launch(g.dir)
		if err != nil {
			g.err = err
			return
		}
		g.server = serverOf(p)
	})
	return g.server, g.err
}

// stop is called after the last test; nothing asks for the server any more.
func (g *sharedGitea) stop() {
	if g.server != nil {
		g.server.process.stop()
	}
	if g.dir != "" {
		os.RemoveAll(g.dir)
	}
}

func serverOf(p *process) *Server {
	s := &Server{Name: RealGitea, URL: p.url, Admin: p.admin, process: p}
	s.accounts = giteaAccounts{s}
	return s
}

func showLogOnFailure(tb testing.TB, p *process) {
	tb.Cleanup(func() {
		if tb.Failed() {
			tb.Logf("the end of Gitea's log:\n%s", p.logTail())
		}
	})
}

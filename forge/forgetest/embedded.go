package forgetest

import (
	"context"
	"testing"

	"docket/forge/demo"
)

// Embedded returns an empty embedded forge of this test's own that answers on a
// loopback port until the test ends.
func Embedded(tb testing.TB) *Server {
	tb.Helper()
	return Serve(tb, demo.New(demo.Options{}))
}

// Serve is Embedded for a forge that the test has made itself: with a clock of
// its own, say, or with the sample board.
func Serve(tb testing.TB, f *demo.Forge) *Server {
	tb.Helper()
	// Not tb.Context: that ends before the cleanups, whose requests still count.
	url, stop, err := f.Listen(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(stop)
	return &Server{Name: EmbeddedForge, URL: url, Demo: f, accounts: demoAccounts{f}}
}

// Each runs a story on the embedded forge and, where it is enabled, on a real
// Gitea: see Gitea. The embedded one is fresh; the real one may be shared, so
// the story takes its names from Fresh.
func Each(t *testing.T, story func(t *testing.T, s *Server)) {
	t.Helper()
	t.Run(EmbeddedForge, func(t *testing.T) { story(t, Embedded(t)) })
	t.Run(RealGitea, func(t *testing.T) { story(t, Gitea(t)) })
}

// demoAccounts makes users and tokens of the embedded forge, in memory.
type demoAccounts struct{ *demo.Forge }

func (a demoAccounts) add(_ testing.TB, login, fullName string) string {
	return a.AddUser(login, fullName)
}

func (a demoAccounts) token(_ testing.TB, login string, scopes ...string) string {
	return a.Token(login, scopes...)
}

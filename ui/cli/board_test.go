package cli_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"docket/forge/demo"
	"docket/forge/forgetest"
	"docket/ui/uitest"
)

// start runs the real program on a terminal.
func start(t *testing.T, env []string, args ...string) (*uitest.Terminal, *exec.Cmd) {
	t.Helper()
	c := exec.Command(uitest.Build(t), args...)
	c.Env = env
	return uitest.Start(t, 120, 30, c), c
}

func leave(t *testing.T, term *uitest.Terminal) {
	t.Helper()
	term.Type("q")
	if code := term.Wait(); code != 0 {
		t.Errorf("it ended with %d", code)
	}
}

func TestWithoutAnythingADemoOpensAndLeavesNothingBehind(t *testing.T) {
	rooms := t.TempDir()
	env := append(uitest.Env(t), "TMPDIR="+rooms, "LANG=C.UTF-8")
	term, _ := start(t, env)
	term.WaitFor("Demo", "An invented team works here.", "docket --forge URL --repo OWNER/NAME", "Needs review", "anna on the demo forge")
	term.WaitFor("G▰")
	leave(t, term)
	left, err := filepath.Glob(filepath.Join(rooms, "docket-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("it left %v (%v)", left, err)
	}
}

func TestALocaleWithoutUTF8GetsASCII(t *testing.T) {
	term, _ := start(t, append(uitest.Env(t), "LANG=C", "LC_ALL=C"))
	term.WaitFor("G###")
	if strings.Contains(term.Screen(), "▰") {
		t.Error("there are signs that the terminal can't show")
	}
	leave(t, term)
}

func TestTheDemoIsToldLineByLineToo(t *testing.T) {
	term, _ := start(t, append(uitest.Env(t), "LANG=C.UTF-8"), "demo", "--accessible")
	term.WaitFor("Docket: Demo, infra/tickets", "Column Needs review, 1 of")
	leave(t, term)
}

// sampleForge is a forge with the sample board, and how to open it.
func sampleForge(t *testing.T) (env, args []string, stop func()) {
	f := demo.New(demo.Options{Seed: 7})
	sample := f.Fill()
	at, stop, err := f.Listen(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	env = append(uitest.Env(t), "DOCKET_TOKEN="+sample.Token, "LANG=C.UTF-8")
	return env, []string{"--forge", at, "--repo", sample.Repo}, stop
}

func TestAKnownBoardOpensWithoutItsForge(t *testing.T) {
	env, args, stop := sampleForge(t)
	term, _ := start(t, env, args...)
	term.WaitFor("infra/tickets", "in step", "anna on 127.0.0.1")
	before := heads(term.Screen())
	leave(t, term)
	stop()
	term, _ = start(t, env, args...)
	term.WaitFor("unreachable")
	if after := heads(term.Screen()); after != before || !strings.Contains(after, "Needs review") {
		t.Errorf("the columns were\n%s\nand are\n%s", before, after)
	}
	leave(t, term)
}

// heads returns the columns' names and counts.
func heads(screen string) string {
	for line := range strings.Lines(screen) {
		if strings.Contains(line, "Needs review") {
			return line
		}
	}
	return ""
}

func TestASignalEndsTheBoard(t *testing.T) {
	env, args, _ := sampleForge(t)
	for _, signal := range []os.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP} {
		term, c := start(t, env, args...)
		term.WaitFor("Needs review")
		if err := c.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		if code := term.Wait(); code != 0 {
			t.Errorf("%v: it ended with %d", signal, code)
		}
	}
}

func TestAWrongTokenIsToldBeforeABoardCouldBeEmpty(t *testing.T) {
	s := forgetest.Embedded(t)
	anna := s.NewUser(t, "anna", "")
	repo := s.NewRepo(t, anna, "tickets")
	term, _ := start(t, append(uitest.Env(t), "DOCKET_TOKEN="+wrongToken), "--forge", s.URL, "--repo", repo)
	if code := term.Wait(); code != 1 {
		t.Errorf("it ended with %d", code)
	}
	screen := term.Screen()
	if !strings.Contains(screen, "docket: the forge does not know this token") || strings.Contains(screen, wrongToken) {
		t.Errorf("the terminal shows:\n%s", screen)
	}
}

func TestATokenThatMayNotReadTicketsIsToldBeforeABoardCouldBeEmpty(t *testing.T) {
	s := forgetest.Embedded(t)
	anna := s.NewUser(t, "anna", "")
	repo := s.NewRepo(t, anna, "tickets")
	narrow := s.Token(t, "anna", "read:user", "read:repository")
	term, _ := start(t, append(uitest.Env(t), "DOCKET_TOKEN="+narrow), "--forge", s.URL, "--repo", repo)
	if code := term.Wait(); code != 1 {
		t.Errorf("it ended with %d", code)
	}
	if screen := term.Screen(); !strings.Contains(screen, "docket: the token lacks a scope") || !strings.Contains(screen, "one with read and write for issues") {
		t.Errorf("the terminal shows:\n%s", screen)
	}
}

// A forge that is there, and for the moment can't, is waited for on the board.
func TestABoardOpensThoughItsForgeAsksForAPauseOrStruggles(t *testing.T) {
	for _, c := range []struct {
		status int
		header string
		sees   []string
	}{
		{http.StatusTooManyRequests, "1", []string{"in step", "From the list"}},
		{http.StatusTooManyRequests, "600", []string{"the forge asks for a pause of 10 min", "not fetched yet"}},
		{http.StatusBadGateway, "", []string{"has trouble answering", "not fetched yet"}},
	} {
		s := forgetest.Embedded(t)
		anna := s.NewUser(t, "anna", "")
		repo := s.NewRepo(t, anna, "tickets")
		s.NewTicket(t, anna, repo, "From the list", "")
		behind, err := url.Parse(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		forward := httputil.NewSingleHostReverseProxy(behind)
		var asked atomic.Int32
		before := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if asked.Add(1) > 1 && c.header == "1" {
				forward.ServeHTTP(w, r)
				return
			}
			w.Header().Set("Retry-After", c.header)
			w.WriteHeader(c.status)
		}))
		t.Cleanup(before.Close)
		term, _ := start(t, append(uitest.Env(t), "DOCKET_TOKEN="+anna), "--forge", before.URL, "--repo", repo)
		term.WaitFor(c.sees...)
		leave(t, term)
	}
}

// A forge takes the connection and says nothing: the board opens all the same,
// says so, and can be left.
func TestABoardOpensBeforeASilentForgeAnswers(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	begun := time.Now()
	term, _ := start(t, append(uitest.Env(t), "DOCKET_TOKEN="+wrongToken), "--forge", "http://"+silent.Addr().String(), "--repo", "anna/tickets")
	term.WaitFor("connecting", "Asking 127.0.0.1", "anna/tickets")
	leave(t, term)
	if took := time.Since(begun); took > 15*time.Second {
		t.Errorf("it took %v", took)
	}
}

// A title ends where the terminal does, and not on a line that looks like the
// row of another ticket.
func TestAListOnATerminalHasALineForEachTicket(t *testing.T) {
	c := exec.Command(uitest.Build(t), "list", "demo", "state:in-progress")
	c.Env = append(uitest.Env(t), "LANG=C.UTF-8")
	term := uitest.Start(t, 64, 30, c)
	if code := term.Wait(); code != 0 {
		t.Fatalf("it ended with %d:\n%s", code, term.Screen())
	}
	lines := strings.Split(strings.TrimRight(term.Screen(), " \n"), "\n")
	cut := false
	for _, line := range lines[1:] {
		if fields := strings.Fields(line); len(fields) < 7 || strings.Trim(fields[0], "0123456789") != "" {
			t.Errorf("%q is no row of a ticket:\n%s", line, term.Screen())
		}
		cut = cut || strings.HasSuffix(line, "…")
	}
	if !cut || len(lines) < 2 {
		t.Errorf("no title is too long for this terminal:\n%s", term.Screen())
	}
}

package main_test

import (
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"

	"docket/forge/forgetest"
	"docket/ui/uitest"
)

// gatekeeper knows some tokens no more, and repeats them as Forgejo does.
type gatekeeper struct {
	http.Handler
	mu      sync.Mutex
	revoked map[string]bool
}

// watches puts a gatekeeper behind the team's door.
func (w *team) watches() *gatekeeper {
	g := &gatekeeper{Handler: w.door.inner, revoked: map[string]bool{}}
	w.door.inner = g
	return g
}

func (g *gatekeeper) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	g.mu.Lock()
	gone := g.revoked[token]
	g.mu.Unlock()
	if !gone {
		g.Handler.ServeHTTP(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusUnauthorized)
	fmt.Fprintf(w, `{"message":"user does not exist [uid: 0, name: %s]","url":"https://forge.example.org/api/swagger"}`, token)
}

func (g *gatekeeper) revoke(token string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.revoked[token] = true
}

// logsIn gives docket a token in another terminal and returns what it said.
func (c *chair) logsIn(token string, more ...string) string {
	c.t.Helper()
	cmd := exec.Command(uitest.Build(c.t), append([]string{"login"}, more...)...)
	cmd.Env, cmd.Stdin = c.env, strings.NewReader(token+"\n")
	said, err := cmd.CombinedOutput()
	if err != nil {
		c.t.Fatalf("docket login: %v\n%s", err, said)
	}
	return string(said)
}

// A token that ends while the board is open: nothing is lost, nothing is asked
// over and over, and a login in another terminal lets all go on.
func TestALoginInAnotherTerminalRevivesTheBoard(t *testing.T) {
	t.Parallel()
	forgetest.Each(t, func(t *testing.T, s *forgetest.Server) {
		w := newTeam(t, s, labels...)
		gate := w.watches()
		fire, ink := w.reports("Printer on fire"), w.reports("Ink is out")
		anna := w.sit("DOCKET_TOKEN=")
		anna.logsIn(w.anna.token)
		asked := w.door.requests(writing) // login's question, which changes nothing
		board := anna.opens(200, 50)
		board.inStep()
		board.WaitFor(w.anna.login + " on ")
		gate.revoke(w.anna.token)
		board.Type("/", "Printer", "enter", "g", "h")
		board.WaitFor("does not know this token", "docket login")
		before := w.door.requests(writing)
		board.Type("c")
		board.WaitFor("Comment on #")
		board.Type("Water is on its way.", "ctrl+s")
		board.WaitGone("Comment on #")
		board.Type("esc")
		board.WaitGone("/ Printer")
		board.Type("/", "Ink", "enter")
		board.sees("Ink is out", on)
		board.Type("p", "l")
		board.sees("Ink is out", unsent)
		board.Type("esc")
		board.sees("Printer on fire", under("Needs review", "G▰▰▰", "↻"))
		board.sees("Ink is out", under("Needs review", "P▰▱▱", "↻"))
		if n := w.door.requests(writing); n != before || before != asked {
			t.Fatalf("%d requests to write with a token that the forge does not know", n)
		}

		anna.logsIn(s.Token(t, w.anna.login, "all"))
		board.sees("Printer on fire", settled)
		board.sees("Ink is out", settled)
		board.WaitGone("does not know this token")
		w.commented(fire, "Water is on its way.")
		if !w.ticket(fire).has("gain/high") || !w.ticket(ink).has("pain/low") {
			t.Fatalf("the forge has %+v and %+v", w.ticket(fire), w.ticket(ink))
		}
		board.quits()
	})
}

// A whole story with everything that could give a secret away: a log, an
// expired token that the forge repeats, an editor, a list, a crash. Nothing that
// docket wrote has the token, the log has no text of a ticket, and all of it is
// the person's own although the umask would give it to everybody.
func TestAFullStoryGivesNothingAway(t *testing.T) {
	t.Parallel()
	w := newTeam(t, forgetest.Embedded(t), labels...)
	gate := w.watches()
	const title, spoken, written = "Layoffs ../../x", "The unions know nothing.", "Whispered in the editor."
	layoffs := w.reports(title)
	old, fresh := w.anna.token, w.Token(t, w.anna.login, "all")
	anna := w.sit("DOCKET_TOKEN=", "GOTRACEBACK=all")
	log, errs := filepath.Join(anna.home, "debug.log"), filepath.Join(anna.home, "stderr")
	editor := filepath.Join(anna.home, "editor")
	script := "#!/bin/sh\nenv >\"$HOME/environment\"; echo \"$1\" >\"$HOME/opened\"; stat -c '%a %n' \"$1\" \"${1%/*}\" >\"$HOME/modes\"; echo '" + written + "' >\"$1\"\n"
	if err := os.WriteFile(editor, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	anna.env = append(anna.env, "EDITOR="+editor)
	said := anna.logsIn(old, "--debug", log)

	cmd := exec.Command("sh", "-c", `umask 0; exec "$0" "$@" 2>>"$HOME/stderr"`, uitest.Build(t), "--debug", log)
	cmd.Env = anna.env
	board := &seen{uitest.Start(t, 200, 50, cmd), t}
	board.Patience = patience
	board.inStep()
	board.Type("g", "h", "c")
	board.WaitFor("Comment on #")
	board.Type(spoken, "ctrl+s")
	w.commented(layoffs, spoken)
	board.sees(title, settled)
	gate.revoke(old)
	board.Type("p", "l")
	board.WaitFor("does not know this token")
	said += board.Screen()
	board.Type("c")
	board.WaitFor("Comment on #")
	board.Type("ctrl+e")
	board.WaitFor(written)
	board.Type("ctrl+s")
	board.sees(title, unsent)
	said += anna.logsIn(fresh, "--debug", log)
	w.commented(layoffs, spoken, written)
	board.sees(title, settled)
	said += board.Screen()
	list := exec.Command(uitest.Build(t), "list", "--json", "--debug", log)
	list.Env = anna.env
	out, err := list.CombinedOutput()
	if err != nil {
		t.Fatalf("docket list: %v\n%s", err, out)
	}
	said += string(out)
	open := everything(t, anna.home) // while the board has its files open
	if err := cmd.Process.Signal(syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
	board.Wait()
	said += board.Screen()

	left := everything(t, anna.home)
	if !strings.Contains(left[errs], "SIGQUIT") || !strings.Contains(left[errs], "goroutine ") {
		t.Errorf("it did not crash: %s", left[errs])
	}
	stored := ""
	for _, files := range []map[string]string{open, left, {"what was said": said}} {
		for name, text := range files {
			if strings.Contains(name, "Layoffs") || strings.Contains(name, w.anna.login) {
				t.Errorf("foreign text is in the name of %s", name)
			}
			if strings.Contains(name, filepath.Join("docket", "tokens")) {
				continue // where it belongs
			}
			for _, token := range []string{old, fresh} {
				if strings.Contains(strings.ToLower(text), strings.ToLower(token)) {
					t.Errorf("a token is in %s", name)
				}
			}
			if strings.Contains(name, ".local") {
				stored += text
			}
		}
	}
	for _, text := range []string{title, spoken, written, "It happens since Monday."} {
		if strings.Contains(left[log], text) {
			t.Errorf("the log holds %q", text)
		}
		if !strings.Contains(stored, text) {
			t.Errorf("the store does not hold %q: does this test still look at it?", text)
		}
	}
	for _, event := range []string{`"msg":"request","method":"POST"`, `"status":401`, `"problem":"bad token"`, `"msg":"send"`, `"msg":"arrived"`, `"msg":"another token"`, `"msg":"in step"`, `"token":"file"`} {
		if !strings.Contains(left[log], event) {
			t.Errorf("the log does not tell of %s:\n%s", event, left[log])
		}
	}
	modes, opened := left[filepath.Join(anna.home, "modes")], left[filepath.Join(anna.home, "opened")]
	if !strings.HasPrefix(modes, "600 ") || !strings.Contains(modes, "\n700 ") || strings.Contains(opened, "Layoffs") {
		t.Errorf("the editor opened %s with\n%s", opened, modes)
	}
	ours(t, log)
	ours(t, filepath.Join(anna.home, ".local"))
	ours(t, filepath.Join(anna.home, ".config"))
}

// everything reads all files below a folder.
func everything(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		all[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// ours fails the test when others can read a file, or anything in a folder.
func ours(t *testing.T, root string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		at, err := d.Info()
		if err == nil && at.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has the mode %v", path, at.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// 0.0.0.0 stands for another machine: it leads here, but docket can't know.
func TestPlainHTTPToAnotherMachineNeedsAWordAndIsMarked(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("0.0.0.0 leads nowhere else")
	}
	w := newTeam(t, forgetest.Embedded(t), labels...)
	w.reports("Printer on fire")
	anna := w.sit("DOCKET_FORGE=" + strings.Replace(w.door.URL, "127.0.0.1", "0.0.0.0", 1))
	board := anna.opens(120, 30)
	board.WaitFor("would send everything readable for others", "--insecure-http")
	if code := board.Wait(); code != 2 {
		t.Errorf("docket ended with %d", code)
	}
	if n := w.door.requests(anything); n > 0 {
		t.Errorf("%d requests all the same", n)
	}
	anna.args = []string{"--insecure-http"}
	board = anna.opens(120, 30)
	board.inStep()
	board.WaitFor("Printer on fire", "not encrypted")
	w.door.shut()
	board.Type("r")
	board.WaitFor("unreachable", "not encrypted")
	board.quits()
	anna.env = append(anna.env, "DOCKET_FORGE="+w.door.URL) // this machine
	w.door.open()
	board = anna.opens(120, 30)
	board.inStep()
	board.WaitGone("not encrypted")
	board.quits()
}

package main_test

import (
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"docket/forge/forgetest"
	"docket/ui/uitest"
)

// through starts docket from a shell, which tells afterwards how it ended and
// in which state the terminal is.
func (c *chair) through(width, height int) *seen {
	c.t.Helper()
	cmd := exec.Command("/bin/sh", "-c", `stty > "$HOME/before"; "$0"; echo "ended with $?"
stty > "$HOME/after"; cmp "$HOME/before" "$HOME/after" && echo the terminal is as it was; read -r line; echo "<$line>"`, uitest.Build(c.t))
	cmd.Env = c.env
	term := uitest.Start(c.t, width, height, cmd)
	term.Patience = patience
	return &seen{term, c.t}
}

// Whatever is typed, and whatever becomes of the window, docket goes on, ends
// when told to and leaves the terminal as it was.
func TestAStormOfKeysAndSizes(t *testing.T) {
	keys := []string{"j", "k", "h", "l", "up", "down", "left", "right", "tab", "shift+tab", "home", "end", "pgup", "pgdown",
		"g", "p", "0", "1", "2", "3", "m", "H", "L", "c", "a", "A", "x", "X", "enter", "enter", "o", "y", "n", "r", "O", "e", "d",
		"ctrl+s", "ctrl+p", "ctrl+n", "esc", "/", "?", "f1", "space", "backspace", "delete", "ä", "日", "ctrl+a", "alt+x", "f12"}
	for seed := range uint64(3) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			w := newTeam(t, forgetest.Embedded(t), labels...)
			for i := range 30 {
				w.reports(fmt.Sprintf("Ticket %d: Grüße, 日本語 🧑‍🚒", i), labels[i%11])
			}
			nothing := script(t, ":")
			aloud := map[bool]string{true: "1"}[seed == 2] // the last one is told
			board := w.sit("EDITOR="+nothing, "BROWSER="+nothing, "DOCKET_ACCESSIBLE="+aloud).through(120, 40)
			board.WaitFor("n step")
			board.WaitGone("history", ", comments")
			dice := rand.New(rand.NewPCG(seed, 12))
			for range 200 {
				switch n := dice.IntN(12); n {
				case 0:
					board.Resize(10+dice.IntN(220), 3+dice.IntN(60))
				case 1:
					board.Resize(1+dice.IntN(30), 1+dice.IntN(12))
				case 2:
					board.Paste("pasted\n\x1b[31m日本語")
				default:
					board.Type(keys[dice.IntN(len(keys))])
				}
			}
			board.Resize(120, 40)
			board.Type("n", "ctrl+c") // the letter parts an escape, if one came last, from ctrl+c
			board.WaitFor("ended with 0", "the terminal is as it was")
			// What a program may leave switched on would now be among the input.
			board.Focus(false)
			board.Paste("plain")
			board.WaitFor("plain")
			board.Type("enter")
			board.WaitFor("<plain>")
			if code := board.Wait(); code != 0 {
				t.Errorf("the shell ended with %d", code)
			}
		})
	}
}

// A renderer that forgets what it drew in the columns that came with a wider
// window would leave it there when something else is shown.
func TestAScreenThatGrewShowsNothingOld(t *testing.T) {
	w := newTeam(t, forgetest.Embedded(t), labels...)
	for i := range 30 {
		w.reports(fmt.Sprintf("Ticket %d", i), labels[i%11])
	}
	board := w.sit().through(50, 20)
	board.WaitFor("n step")
	board.WaitGone("history", ", comments")
	for _, width := range []int{80, 120, 100, 124} {
		board.Resize(width, 35)
		board.WaitFor(" of 8 ›", "Needs review")
		board.Type("enter")
		board.WaitFor("It happens since", "esc back")
		board.WaitGone(" of 8 ›")
		board.Type("esc")
		board.WaitGone("It happens since")
	}
	board.Type("ctrl+c")
	board.WaitFor("ended with 0")
}

// wire is a program on a terminal that nobody answers for: what it writes, as
// bytes. It is for what a screen does not show.
type wire struct {
	t    *testing.T
	pty  *os.File
	came chan []byte
	all  []byte
}

func plug(t *testing.T, cmd *exec.Cmd) *wire {
	t.Helper()
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 120, Rows: 40})
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{t: t, pty: tty, came: make(chan []byte)}
	done := make(chan struct{})
	go func() {
		defer close(w.came)
		for {
			buffer := make([]byte, 4096)
			n, err := tty.Read(buffer)
			if err != nil {
				return
			}
			select {
			case w.came <- buffer[:n]:
			case <-done:
				return
			}
		}
	}()
	t.Cleanup(func() {
		close(done)
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it may have been waited for
		_ = tty.Close()
	})
	return w
}

// until reads until the bytes are as wanted.
func (w *wire) until(what string, wanted func(all string) bool) {
	w.t.Helper()
	late := time.After(patience)
	for !wanted(string(w.all)) {
		select {
		case chunk, more := <-w.came:
			if !more {
				w.t.Fatalf("docket ended before %s; it wrote %q", what, w.all)
			}
			w.all = append(w.all, chunk...)
		case <-late:
			w.t.Fatalf("waited %v for %s; docket wrote %q", patience, what, w.all)
		}
	}
}

// shows waits for a text on the screen.
func (w *wire) shows(text string) {
	w.t.Helper()
	w.until(text, func(all string) bool { return strings.Contains(uitest.Screen(120, 40, all).String(), text) })
}

// The demo opens with nothing but the program; 'y' puts a ticket's link into
// the terminal's clipboard (OSC 52); and when docket has ended nothing of it is
// left: no process, no file.
func TestTheDemoLeavesNothingBehindButTheLink(t *testing.T) {
	t.Parallel()
	temp := t.TempDir()
	cmd := exec.Command(uitest.Build(t))
	cmd.Env = append(uitest.Env(t), "TMPDIR="+temp, "EDITOR="+script(t, ":"), "BROWSER="+script(t, ":"))
	// Every process that docket starts inherits the pipe: when all are gone, and
	// not before, it can be read to its end.
	reading, writing, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer reading.Close()
	cmd.ExtraFiles = []*os.File{writing}
	w := plug(t, cmd)
	writing.Close()

	w.shows("An invented team works here")
	w.shows("in step")
	if left, err := os.ReadDir(temp); err != nil || len(left) != 1 {
		t.Fatalf("the demo's folder: %v, %v", left, err)
	}
	link := ""
	_, _ = w.pty.WriteString("y")
	w.until("a link for the clipboard", func(all string) bool {
		_, behind, found := strings.Cut(all, "\x1b]52;c;")
		code, _, ends := strings.Cut(behind, "\a")
		text, err := base64.StdEncoding.DecodeString(code)
		link = string(text)
		return found && ends && err == nil
	})
	if !strings.HasPrefix(link, "http://127.0.0.1:") || !strings.Contains(link, "/infra/tickets/issues/13") {
		t.Errorf("the clipboard has %q", link)
	}
	_, _ = w.pty.WriteString("o")
	w.shows("Opening in the browser")
	_, _ = w.pty.WriteString("c")
	w.shows("Comment on #")
	_, _ = w.pty.WriteString("\x05") // ctrl+e
	w.until("the board after the editor", func(all string) bool { return strings.Count(all, "\x1b[?1049h") == 2 })
	_, _ = w.pty.WriteString("\x03") // ctrl+c
	go func() {                      // until nobody writes any more
		for range w.came {
		}
	}()
	if err := cmd.Wait(); err != nil {
		t.Errorf("docket ended with %v", err)
	}
	_ = reading.SetReadDeadline(time.Now().Add(patience))
	if _, err := io.ReadAll(reading); err != nil {
		t.Errorf("a process is left: %v", err)
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// everywhere visits the places where docket draws signs and colours.
func everywhere(board *seen, look func(place string)) {
	board.inStep()
	look("the board")
	for _, place := range []struct{ name, key, seen, leave string }{
		{"levels", "g", "Gain of #", "esc"}, {"states", "m", "Move #", "esc"}, {"the editor", "c", "Comment on #", "esc"},
		{"the outbox", "O", "Outbox", "esc"}, {"the help", "?", " Keys ", "esc"}, {"the filter", "/", "keeps it", "esc"},
		{"the palette", ":", "Find anything", "esc"}, {"the matrix", "M", "not triaged:", "esc"}, {"the numbers", "S", "Time to close", "esc"},
		{"the ticket", "enter", "It happens since Monday.", "esc"},
	} {
		board.Type(place.key)
		board.WaitFor(place.seen)
		if place.name == "the ticket" {
			board.WaitFor("twelve")
		}
		look(place.name)
		board.Type(place.leave)
		board.WaitGone(place.seen)
	}
}

// everyMarkdown has what Markdown draws signs for.
const everyMarkdown = "# Head\n\n- one\n  - `two`\n- [x] three\n- [ ] four\n\n1. five\n\n> six\n\n---\n\n" +
	"![seven](https://a.example/7.png) [eight](https://a.example/8)\n\n| nine | ten |\n|---|---|\n| 9 | 10 |\n\n```\neleven\n```\n\n~~twelve~~"

// busy is a board on which there is something of everything to be seen.
func busy(t *testing.T) *team {
	w := newTeam(t, forgetest.Embedded(t), labels...)
	fire := w.reports("Printer on fire")
	w.Comment(t, w.liwei.token, w.repo, fire, everyMarkdown)
	answered := w.reports("Account lost", "state/waiting on reporter")
	w.Comment(t, w.liwei.token, w.repo, answered, "Here I am.")
	due := w.reports("Certificate", "gain/high", "pain/low", "state/waiting on assignee")
	w.SetDue(t, w.anna.token, w.repo, due, time.Now())
	w.Assign(t, w.anna.token, w.repo, due, w.kira.login)
	for _, how := range []string{"done", "initiative", "spam"} {
		w.Close(t, w.anna.token, w.repo, w.reports("Was "+how, "closed as/"+how))
	}
	return w
}

// A terminal that can't show more gets ASCII only.
func TestOnlyASCIIWhereTheTerminalCanNotMore(t *testing.T) {
	for _, settings := range [][]string{{"LANG=C", "TERM=linux"}, {"LANG=C"}, {"TERM=linux"}} {
		t.Run(strings.Join(settings, " "), func(t *testing.T) {
			t.Parallel()
			board := busy(t).sit(settings...).opens(200, 50)
			everywhere(board, func(place string) {
				for y, row := range grid(board.Screen()) {
					for _, sign := range row {
						if sign > '~' {
							t.Errorf("%s: %q in row %d: %s", place, sign, y, string(row))
						}
					}
				}
			})
			board.quits()
		})
	}
}

// NO_COLOR (no-color.org) is honoured: shapes say it all.
func TestNoColour(t *testing.T) {
	t.Parallel()
	board := busy(t).sit("NO_COLOR=1").opens(200, 50)
	everywhere(board, func(place string) {
		for y, row := range board.Cells() {
			for x, cell := range row {
				if strings.Contains(cell.Style, "fg=") || strings.Contains(cell.Style, "bg=") {
					t.Fatalf("%s: %q at %d,%d is %s", place, cell.Text, x, y, cell.Style)
				}
			}
		}
	})
	board.quits()
}

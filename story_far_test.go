package main_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"docket/forge/forgetest"
	"docket/ui/uitest"
)

// farAway is how long a byte takes to the other end, either way.
const farAway = 200 * time.Millisecond

// opensFar starts docket at the other end of a slow line.
func (c *chair) opensFar(width, height int) *seen {
	c.t.Helper()
	cmd := exec.Command(uitest.Build(c.t), c.args...)
	cmd.Env = append(slices.Clone(c.env), "SSH_CONNECTION=192.0.2.7 50022 192.0.2.1 22", "SSH_TTY=/dev/pts/7")
	term := uitest.StartFar(c.t, width, height, farAway, cmd)
	term.Patience = patience
	return &seen{term, c.t}
}

// Over SSH with 200 ms either way: what is typed ahead does what it means,
// whatever the screen still shows; each key sends little; and what the terminal
// answers late is no key.
func TestOverASlowLine(t *testing.T) {
	t.Parallel()
	w := newTeam(t, forgetest.Embedded(t), labels...)
	fire := w.reports("Printer on fire")
	lost := w.reports("Account lost")
	for range 20 {
		w.reports("Something else")
	}
	board := w.sit().opensFar(120, 40)
	board.Type("j", "k") // before anything is seen
	board.inStep()
	board.sees("Printer on fire", on)

	// A whole triage, typed in one go by somebody who knows the keys.
	board.WaitQuiet(3 * farAway)
	mark, begun := board.Mark(), time.Now()
	board.Type("g", "h", "p", "l", "m", "urgent", "enter", "h", "g", "m", "c", "Which one?", "ctrl+s", "enter", "esc", "esc", "L")
	board.sees("Printer on fire", under("Urgent", "G▰▰▰ P▰▱▱"))
	board.sees("Account lost", under("Urgent", "G▰▰▱"))
	t.Logf("25 keys typed ahead were on the screen after %v", time.Since(begun))
	w.door.await("the changes", func() bool {
		return w.ticket(fire).has("gain/high", "pain/low", "state/urgent") && w.ticket(lost).has("gain/medium", "state/urgent")
	})
	w.commented(lost, "Which one?")
	if n := board.BytesSince(mark); n > 24<<10 {
		t.Errorf("the whole triage sends %d bytes", n)
	}

	// One move.
	board.inStep()
	board.WaitQuiet(3 * farAway)
	mark = board.Mark()
	board.Type("h")
	board.WaitUntil(func(string) bool { return board.BytesSince(mark) > 0 })
	board.WaitQuiet(3 * farAway)
	if n := board.BytesSince(mark); n > 1024 {
		t.Errorf("a move sends %d bytes", n)
	}
	if screen := board.Screen(); strings.Contains(screen, "rgb:") || strings.Contains(screen, "[?") {
		t.Errorf("an answer of the terminal is on the screen:\n%s", screen)
	}

	// A drag needs no round trip either: press, move and release come at once.
	board.sees("Something else", func(c card) bool { return c.there })
	rows := grid(board.Screen())
	x, y := find(rows, "Something else")
	tx, _ := find(rows, "On assignee")
	board.Drag(x, y, tx+2, y+1)
	board.sees("Something else", func(c card) bool { return c.there })
	moved := func() bool {
		for n := lost + 1; n <= lost+20; n++ {
			if w.ticket(n).has("state/waiting on assignee") {
				return true
			}
		}
		return false
	}
	w.door.await("the dragged ticket", moved)
	board.Type("u")
	w.door.await("the drag taken back", func() bool { return !moved() })
	board.quits()
}

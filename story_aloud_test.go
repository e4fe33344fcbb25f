package main_test

import (
	"fmt"
	"strings"
	"testing"

	"docket/forge/forgetest"
)

// A person who can't see triages: everything is told below what was told, and
// reaches the forge as from the board.
func TestTriageByEar(t *testing.T) {
	t.Parallel()
	w := newTeam(t, forgetest.Embedded(t), labels...)
	fire := w.reports("Printer on fire")
	lost := w.reports("Account lost")
	editor := script(t, `test -t 1 && echo "Which rack?" > "$1"`)
	board := w.sit("DOCKET_ACCESSIBLE=1", "EDITOR="+editor).opens(100, 60)
	told := func(format string, args ...any) {
		t.Helper()
		board.WaitFor(fmt.Sprintf(format, args...))
	}
	told("In step: 2 tickets, 2 in Needs review")
	told("Ticket %d: Printer on fire; not triaged", fire)
	mark := board.Mark()
	board.Type("end")
	told("Ticket %d: Account lost; not triaged", lost)
	if n := board.BytesSince(mark); n > 200 {
		t.Errorf("a move tells %d bytes", n)
	}
	board.WaitUntil(func(screen string) bool {
		x, y := board.Cursor()
		return x == 0 && strings.HasPrefix(board.Cells().Row(y), fmt.Sprintf("Ticket %d: Account lost", lost))
	})

	board.Type("g")
	told("Gain of #%d, now none", lost)
	board.Type("h")
	told("Ticket %d, gain set to high", lost)
	board.Type("c", "Which one?", "ctrl+s")
	told("Ticket %d, comment written", lost)
	board.Type("m")
	told("Move #%d to", lost)
	board.Type("next", "enter")
	told("Ticket %d, moved to Next meeting", lost)
	told("Column Next meeting, 1 ticket")
	board.Type("c", "ctrl+e")
	told("Which rack?")
	board.Type("ctrl+s")
	w.commented(lost, "Which one?", "Which rack?")
	w.door.await("the changes", func() bool { return w.ticket(lost).has("gain/high", "state/next meeting") })

	board.Type("enter")
	told("It happens since Monday.")
	board.Type("esc", "ctrl+u")
	told("History: 4 actions")
	board.Type("esc", "O")
	told("Nothing waits here.")
	board.Type("esc", "H")
	told("Ticket %d, moved to On external", lost)
	board.Type("u")
	told("Taken back: #%d move to waiting on external", lost)
	w.door.await("the state taken back", func() bool { return w.ticket(lost).has("state/next meeting") })
	board.Type("?")
	told("Leave the program")
	board.Type("q")
	if code := board.Wait(); code != 0 {
		t.Fatalf("docket ended with %d", code)
	}
	for _, deed := range board.Deeds() {
		if !strings.HasPrefix(deed, "mode 1004 ") && !strings.HasPrefix(deed, "mode 2004 ") {
			t.Errorf("the board that is told does more to the terminal: %s", deed)
		}
	}
}

package main_test

import (
	"slices"
	"testing"

	"docket/forge/forgetest"
)

// A person comes to a repository that no board was ever used with, and does
// with the keyboard what triage is.
func TestFromAnEmptyStoreThroughATriageToTheForge(t *testing.T) {
	t.Parallel()
	forgetest.Each(t, func(t *testing.T, s *forgetest.Server) {
		w := newTeam(t, s)
		fire := w.reports("Printer on fire")
		board := w.sit().opens(200, 50)
		board.WaitFor("Needs review", "On assignee", "Closed, 7 days", "Printer on fire", "· not triaged")
		board.inStep()

		board.Type("g")
		board.WaitFor("Gain of #", "no work-around")
		board.Type("h")
		board.WaitFor("Create labels in "+w.repo+"?", "gain/low")
		board.Type("y")
		board.sees("Printer on fire", under("Needs review", "G▰▰▰ P▱▱▱"))
		board.Type("p", "l")
		board.sees("Printer on fire", under("Needs review", "G▰▰▰ P▰▱▱"))
		board.Type("m")
		board.WaitFor("Move #")
		board.Type("assignee", "enter")
		board.sees("Printer on fire", under("On assignee"))
		board.Type("c")
		board.WaitFor("Comment on #")
		board.Type("On my way.", "ctrl+s")
		board.Type("a")
		board.WaitFor("Assign #", "(you)")
		board.Type(w.kira.login, "enter")
		board.sees("Printer on fire", under("In progress", "@"+w.kira.login))
		board.sees("Printer on fire", settled)
		w.commented(fire, "On my way.")
		if f := w.ticket(fire); f.State != "open" || f.assigned() != w.kira.login ||
			!slices.Equal(f.labels(), []string{"gain/high", "pain/low", "state/waiting on assignee"}) {
			t.Fatalf("the forge has %+v", f)
		}

		board.Type("x")
		board.WaitFor("Close #", "the work is finished")
		board.Type("done", "enter")
		board.WaitFor("An explanation for")
		board.Type("The fire is out.", "ctrl+s")
		board.sees("Printer on fire", under("Closed, 7 days", "✓ done"))
		board.sees("Printer on fire", settled)
		w.commented(fire, "On my way.", "The fire is out.")
		if f := w.ticket(fire); f.State != "closed" || !f.has("closed as/done", "gain/high", "pain/low") {
			t.Fatalf("the forge has %+v", f)
		}
		board.quits()
	})
}

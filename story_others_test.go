package main_test

import (
	"slices"
	"testing"

	"docket/forge/forgetest"
)

// What others do through the forge's own pages shows on the board, without a
// key press, and the person stays on their ticket.
func TestWhatOthersDoShowsByItself(t *testing.T) {
	t.Parallel()
	forgetest.Each(t, func(t *testing.T, s *forgetest.Server) {
		w := newTeam(t, s, labels...)
		wiki, mail, disk := w.reports("Wiki is slow"), w.reports("Mail is late"), w.reports("Disk is full")
		asked := w.reports("Account lost", "state/waiting on reporter")
		board := w.sit().opens(200, 50)
		board.inStep()
		board.sees("Account lost", under("On reporter"))
		board.Type("j")
		board.sees("Mail is late", on)

		w.AddLabel(t, w.kira.token, w.repo, wiki, "state/urgent", "gain/high")
		w.Rename(t, w.kira.token, w.repo, mail, "Mail is lost")
		w.Close(t, w.kira.token, w.repo, disk)
		w.reports("Mirror is stale")
		w.Comment(t, w.liwei.token, w.repo, asked, "Here is my answer.")
		board.sees("Wiki is slow", under("Urgent", "G▰▰▰"))
		board.sees("Disk is full", under("Closed, 7 days"))
		board.sees("Mirror is stale", under("Needs review"))
		board.sees("Account lost", under("Needs review", "↩"))
		board.sees("Mail is lost", under("Needs review"))
		board.sees("Mail is lost", on)

		w.AddLabel(t, w.kira.token, w.repo, mail, "state/next meeting")
		board.Type("r")
		board.sees("Mail is lost", under("Next meeting"))
		board.sees("Mail is lost", on)
		board.quits()
	})
}

// Two terminals of one person share a store, as two windows on one desk.
func TestTwoWindowsOnOneStore(t *testing.T) {
	t.Parallel()
	w := newTeam(t, forgetest.Embedded(t), labels...)
	fire := w.reports("Printer on fire")
	anna := w.sit()
	left := anna.opens(200, 50)
	left.inStep()
	right := anna.opens(200, 50)
	right.inStep()

	left.Type("g", "h")
	right.sees("Printer on fire", under("Needs review", "G▰▰▰ P▱▱▱"))
	right.Type("p", "l")
	left.sees("Printer on fire", under("Needs review", "G▰▰▰ P▰▱▱"))
	w.door.await("both levels", func() bool { return w.ticket(fire).has("gain/high", "pain/low") })

	left.Type("c")
	left.WaitFor("Comment on #")
	left.Type("From the left.", "ctrl+s")
	w.commented(fire, "From the left.")
	right.Type("c")
	right.WaitFor("Comment on #")
	right.Type("From the right.", "ctrl+s")
	w.commented(fire, "From the left.", "From the right.")

	// The one that sends dies: the other goes on sending.
	left.Kill()
	right.Type("m")
	right.WaitFor("Move #")
	right.Type("urgent", "enter")
	right.sees("Printer on fire", under("Urgent"))
	w.door.await("the move", func() bool { return w.ticket(fire).has("state/urgent") })
	right.sees("Printer on fire", settled)
	right.quits()
	w.commented(fire, "From the left.", "From the right.")
}

// Somebody else sets the same field in between.
func TestSomebodyWasFaster(t *testing.T) {
	for _, decision := range []struct {
		name, key, bar, label string
	}{{"keep theirs", "k", "P▰▰▰", "pain/high"}, {"use mine", "m", "P▰▱▱", "pain/low"}} {
		t.Run(decision.name, func(t *testing.T) {
			t.Parallel()
			forgetest.Each(t, func(t *testing.T, s *forgetest.Server) {
				w := newTeam(t, s, labels...)
				fire := w.reports("Printer on fire")
				board := w.sit().opens(200, 50)
				board.inStep()
				w.door.shut()
				board.Type("p", "l")
				board.sees("Printer on fire", under("Needs review", "P▰▱▱"))
				w.AddLabel(t, w.kira.token, w.repo, fire, "pain/high")
				w.door.open()

				board.WaitFor("somebody was faster", "Pain was set to high by "+w.kira.login, "You chose low.")
				board.WaitFor("keep theirs") // until then no key would be meant for it
				board.Type(decision.key)
				board.WaitGone("somebody was faster")
				board.sees("Printer on fire", under("Needs review", decision.bar))
				board.sees("Printer on fire", settled)
				if f := w.ticket(fire); !slices.Equal(f.labels(), []string{decision.label}) {
					t.Fatalf("the forge has the labels %q", f.labels())
				}
				board.quits()
			})
		})
	}
}

// One board shows two repositories, and edits go to the right one.
func TestTwoRepositoriesOnOneBoard(t *testing.T) {
	t.Parallel()
	w := newTeam(t, forgetest.Embedded(t), labels...)
	w.reports("Printer on fire")
	second := w.newRepo("garden", labels...)
	w.NewTicket(t, w.liwei.token, second, "Roses are dry", "")
	board := w.sit("DOCKET_REPO="+w.repo+","+second).opens(200, 50)
	board.inStep()
	board.sees("Printer on fire", under("Needs review", "board#1"))
	board.sees("Roses are dry", under("Needs review", "garden#1"))
	board.sees("Printer on fire", on)
	board.Type("g", "h", "j")
	board.sees("Roses are dry", on)
	board.Type("p", "m")
	board.sees("Roses are dry", under("Needs review", "G▱▱▱ P▰▰▱"))
	board.sees("Printer on fire", under("Needs review", "G▰▰▰ P▱▱▱"))
	w.door.await("the gain", func() bool { return slices.Equal(w.ticket(1).labels(), []string{"gain/high"}) })
	w.repo = second
	w.door.await("the pain", func() bool { return slices.Equal(w.ticket(1).labels(), []string{"pain/medium"}) })
	board.quits()
}

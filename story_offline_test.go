package main_test

import (
	"fmt"
	"testing"

	"docket/forge/forgetest"
)

// A train: the board opens from the store, all comments are there, and edits
// wait until there is a forge again.
func TestWorkWithoutAForge(t *testing.T) {
	t.Parallel()
	w := newTeam(t, forgetest.Embedded(t), labels...)
	fire, wiki := w.reports("Printer on fire"), w.reports("Wiki is slow")
	w.Comment(t, w.kira.token, w.repo, wiki, "Only the search page.")
	anna := w.sit()
	board := anna.opens(200, 50)
	board.inStep()
	board.sees("Wiki is slow", under("Needs review", "✎1"))
	board.quits()

	w.door.shut()
	asked := w.door.requests(anything)
	board = anna.opens(200, 50)
	board.sees("Printer on fire", under("Needs review"))
	board.WaitFor("is unreachable")
	board.Type("j", "enter")
	board.WaitFor("It happens since Monday.", "Only the search page.", w.kira.login)
	board.Type("esc")
	board.WaitGone("Only the search page.")
	board.Type("k", "g", "m")
	board.sees("Printer on fire", under("Needs review", "G▰▰▱ P▱▱▱", "↻"))
	board.WaitFor("1 change waits here")
	board.Type("c")
	board.WaitFor("Comment on #")
	board.Type("From the train.", "ctrl+s")
	board.WaitFor("2 changes wait here")
	if n := w.door.requests(anything); n != asked {
		t.Fatalf("%d requests came through a shut door", n-asked)
	}

	w.door.open()
	w.commented(fire, "From the train.")
	board.sees("Printer on fire", settled)
	if !w.ticket(fire).has("gain/medium") {
		t.Fatal("the gain is not at the forge")
	}
	board.Type("r")
	board.WaitGone("unreachable")
	board.quits()
}

// What the screen shows as pending survives a kill -9, and arrives once.
func TestPendingSurvivesAKill(t *testing.T) {
	for _, when := range []struct {
		name   string
		before func(w *team)
		until  func(w *team, fire int64) // what to wait for before the kill
	}{
		{"the forge is down", func(w *team) { w.door.shut() }, func(*team, int64) {}},
		{"the forge has not heard of it", func(w *team) { w.door.detain(commenting) }, func(w *team, _ int64) {
			w.door.await("the comment at the door", func() bool { return w.door.requests(commenting) == 1 })
		}},
		{"its answer is on the way", func(w *team) { w.door.detainAnswers(commenting) }, func(w *team, fire int64) {
			w.commented(fire, "Exactly once.")
		}},
	} {
		t.Run(when.name, func(t *testing.T) {
			t.Parallel()
			forgetest.Each(t, func(t *testing.T, s *forgetest.Server) {
				w := newTeam(t, s, labels...)
				fire := w.reports("Printer on fire")
				anna := w.sit()
				board := anna.opens(200, 50)
				board.inStep()
				when.before(w)
				board.Type("c")
				board.WaitFor("Comment on #")
				board.Type("Exactly once.", "ctrl+s")
				board.sees("Printer on fire", under("Needs review", "↻"))
				when.until(w, fire)
				board.Kill()
				w.door.await("nobody at the door", func() bool { return w.door.unanswered() == 0 })

				w.door.letGo()
				w.door.open()
				board = anna.opens(200, 50)
				w.commented(fire, "Exactly once.")
				board.sees("Printer on fire", settled)
				board.sees("Printer on fire", under("Needs review", "✎1"))
				board.quits()
				w.commented(fire, "Exactly once.")
			})
		})
	}
}

// A forge that takes its time delays nothing that a person does.
func TestKeysDoNotWaitForTheForge(t *testing.T) {
	t.Parallel()
	w := newTeam(t, forgetest.Embedded(t), labels...)
	const many = 12
	title := func(i int) string { return fmt.Sprintf("Ticket %cx", 'a'+i) }
	for i := range many {
		w.reports(title(i))
	}
	anna := w.sit()
	board := anna.opens(200, 50)
	board.inStep()
	board.quits()

	asked := w.door.requests(anything)
	w.door.detain(anything)
	unanswered := func() {
		t.Helper()
		if came := w.door.requests(anything) - asked; came == 0 || w.door.unanswered() != came {
			t.Fatalf("%d requests came, %d wait for an answer", came, w.door.unanswered())
		}
	}
	board = anna.opens(200, 50)
	board.sees(title(0), under("Needs review"))
	w.door.await("the first request", func() bool { return w.door.unanswered() > 0 })
	unanswered()
	for i := 1; i < many; i++ {
		board.Type("j")
		board.sees(title(i), on)
	}
	for i := many - 2; i >= 0; i-- {
		board.Type("k")
		board.sees(title(i), on)
	}
	board.Type("g", "h")
	board.sees(title(0), under("Needs review", "G▰▰▰ P▱▱▱", "↻"))
	board.Type("/", "lx", "enter")
	board.sees(title(1), gone)
	board.sees(title(many-1), on)
	unanswered()

	w.door.letGo()
	w.door.await("the gain", func() bool { return w.ticket(1).has("gain/high") })
	board.Type("esc")
	board.sees(title(many-2), under("Needs review"))
	board.Type("home")
	board.sees(title(0), on)
	board.sees(title(0), settled)
	board.quits()
}

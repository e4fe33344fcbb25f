package main_test

import (
	"strings"
	"testing"

	"docket/forge/forgetest"
)

// Without a token everything public can be read and nothing changed, until a
// login in another terminal.
func TestReadOnlyWithoutAToken(t *testing.T) {
	t.Parallel()
	forgetest.Each(t, func(t *testing.T, s *forgetest.Server) {
		w := newTeam(t, s, labels...)
		fire := w.reports("Printer on fire", "gain/high")
		anna := w.sit("DOCKET_TOKEN=")
		board := anna.opens(200, 50)
		board.WaitFor("read-only on 127.0.0.1")
		board.sees("Printer on fire", under("Needs review", "G▰▰▰"))
		for _, key := range []string{"g", "c", "x"} {
			board.Type(key)
			board.WaitFor("Read-only without a token: docket login")
		}
		board.inStep()
		if n := w.door.requests(poll); n > 1 {
			t.Errorf("in step only after %d polls", n)
		}
		if n := w.door.requests(writing); n > 0 || !w.ticket(fire).has("gain/high") {
			t.Fatalf("%d requests to write", n)
		}

		anna.logsIn(w.anna.token)
		board.WaitFor(w.anna.login + " on 127.0.0.1")
		board.Type("p", "l")
		w.door.await("the pain", func() bool { return w.ticket(fire).has("gain/high", "pain/low") })
		board.sees("Printer on fire", settled)
		board.quits()
	})
}

// A token that may only read: what needs more is parked with what to do about it,
// and goes on with a stronger token. A login as somebody else, and back, is taken
// up by the board that runs, too.
func TestATokenThatMayOnlyReadIsReplacedWhileTheBoardRuns(t *testing.T) {
	t.Parallel()
	forgetest.Each(t, func(t *testing.T, s *forgetest.Server) {
		w := newTeam(t, s, labels...)
		fire := w.reports("Printer on fire")
		anna := w.sit("DOCKET_TOKEN=")
		reading := s.Token(t, w.anna.login, "read:issue", "read:user", "read:repository", "read:organization")
		if said := anna.logsIn(reading); !strings.Contains(said, "this token may read tickets, but not change them") {
			t.Errorf("login said %q", said)
		}
		board := anna.opens(120, 35)
		board.inStep()
		board.Type("g", "h")
		board.WaitFor("1 parked")
		board.Type("O")
		board.WaitFor("the token lacks a scope: write:issue; give docket login one with read and write for issues")
		board.Type("esc")
		anna.logsIn(s.Token(t, w.anna.login, "all"))
		w.door.await("the gain", func() bool { return w.ticket(fire).has("gain/high") })
		board.WaitGone("1 parked")

		anna.logsIn(w.kira.token)
		board.Type("r")
		board.WaitFor(w.kira.login + " on ")
		anna.logsIn(w.anna.token)
		board.Type("r")
		board.WaitFor(w.anna.login + " on ")
		board.quits()
	})
}

// A token that the forge does not know is told in words: before the board
// opens when nothing is known yet, and on the board otherwise, where edits wait
// for a better token.
func TestAWrongToken(t *testing.T) {
	t.Parallel()
	forgetest.Each(t, func(t *testing.T, s *forgetest.Server) {
		w := newTeam(t, s, labels...)
		fire := w.reports("Printer on fire")
		const wrong = "DOCKET_TOKEN=0123456789abcdef0123456789abcdef01234567"
		anna := w.sit()
		right := anna.env
		anna.env = append(anna.env, wrong)
		board := anna.opens(200, 50)
		board.WaitFor("does not know this token", "DOCKET_TOKEN")
		if code := board.Wait(); code != 1 {
			t.Fatalf("docket ended with %d", code)
		}

		anna.env = right
		board = anna.opens(200, 50)
		board.inStep()
		board.quits()
		anna.env = append(anna.env, wrong)
		board = anna.opens(200, 50)
		board.WaitFor("does not know this token")
		board.Type("g", "h")
		board.sees("Printer on fire", under("Needs review", "G▰▰▰", "↻"))
		board.quits()
		if w.ticket(fire).has("gain/high") {
			t.Fatal("the forge took an edit with a wrong token")
		}

		anna.env = right
		board = anna.opens(200, 50)
		w.door.await("the gain", func() bool { return w.ticket(fire).has("gain/high") })
		board.sees("Printer on fire", settled)
		board.quits()
	})
}

// A repository that is renamed while the board is open: the person is told, and
// nothing is written, for what is written to the old name is lost.
func TestARepositoryIsRenamed(t *testing.T) {
	t.Parallel()
	w := newTeam(t, forgetest.Embedded(t), labels...)
	fire := w.reports("Printer on fire")
	board := w.sit().opens(200, 50)
	board.inStep()
	w.repo = w.RenameRepo(t, w.anna.token, w.repo, "plank")
	board.Type("g", "h")
	board.WaitFor("moved to "+w.repo, "start docket with the new name")
	board.sees("Printer on fire", unsent)
	board.quits()
	if n := w.door.requests(writing); n > 0 || len(w.ticket(fire).Labels) > 0 {
		t.Fatalf("%d requests to write; the ticket has %q", n, w.ticket(fire).labels())
	}
}

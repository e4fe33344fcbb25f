package cli_test

import (
	"os/exec"
	"strings"
	"testing"

	"docket/forge/forgetest"
	"docket/ui/uitest"
)

// What is typed at the question is not shown, and whoever interrupts it sees
// again what they type.
func TestLoginAsksWithoutShowingTheAnswer(t *testing.T) {
	s := forgetest.Embedded(t)
	anna := s.NewUser(t, "anna", "")
	ask := func() *uitest.Terminal {
		c := exec.Command("sh", "-c", `"$0" login --forge "$1"; echo "code $?"; stty -a`, uitest.Build(t), s.URL)
		c.Env = uitest.Env(t)
		term := uitest.Start(t, 120, 30, c)
		term.WaitFor("Access token for 127.0.0.1")
		return term
	}
	term := ask()
	term.Type("wrong", "ctrl+u", anna[:9], "x", "backspace", anna[9:], "enter")
	term.WaitFor("You are anna on 127.0.0.1", "code 0", " echo ")
	if strings.Contains(term.Screen(), anna) {
		t.Errorf("the token is on the screen:\n%s", term.Screen())
	}
	term = ask()
	term.Type(anna[:4], "ctrl+c")
	term.WaitFor("code 1", " echo ")
	if strings.Contains(term.Screen(), "interrupted") {
		t.Errorf("it tells what the person knows:\n%s", term.Screen())
	}
}

// A token that opens no ticket is of no use: it is not kept.
func TestLoginRefusesATokenThatMayNotReadTickets(t *testing.T) {
	s := forgetest.Embedded(t)
	s.NewUser(t, "anna", "")
	narrow := s.Token(t, "anna", "read:user", "read:repository")
	login := exec.Command(uitest.Build(t), "login", "--forge", s.URL)
	login.Env, login.Stdin = uitest.Env(t), strings.NewReader(narrow+"\n")
	out, err := login.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "the token lacks a scope") || !strings.Contains(string(out), "one with read and write for issues") {
		t.Errorf("it ended with %v and said:\n%s", err, out)
	}
}

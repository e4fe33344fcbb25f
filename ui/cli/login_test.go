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

package cli_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"docket/forge/forgetest"
	"docket/ui/uitest"
)

// A forge whose tickets try everything at once, looked at with the real
// program: the terminal sees text and nothing else.
func TestHostileTicketsDoNothingToTheTerminal(t *testing.T) {
	const nasty = "\x1b]0;owned\a\x1b]52;c;b3duZWQ=\a\x1b[2J\x1b[6n\u009b31m\a\u202eowned &#27;]0;owned&#7; ~~&#**27;**]0;owned&#7;~~ [x](javascript:owned)"
	s := forgetest.Embedded(t)
	anna := s.NewUser(t, "anna", nasty)
	repo := s.NewRepo(t, anna, "tickets")
	s.NewTicket(t, anna, repo, "Harmless and first", "")
	bad := s.NewTicket(t, anna, repo, "Bad "+nasty, "Body "+nasty)
	s.NewLabel(t, anna, repo, "label")
	s.AddLabel(t, anna, repo, bad, "label")
	s.Comment(t, anna, repo, bad, "Comment "+nasty)
	env := append(uitest.Env(t), "DOCKET_TOKEN="+anna, "LANG=C.UTF-8")
	place := []string{"--forge", s.URL, "--repo", repo}

	term, _ := start(t, env, place...)
	term.WaitFor("in step", "Bad", "Harmless and first")
	term.Type("j", "enter")
	term.WaitFor("Body", "Comment")
	for _, row := range term.Cells() {
		for _, c := range row {
			if c.Link != "" && !strings.HasPrefix(c.Link, "http") {
				t.Errorf("a link to %s", c.Link)
			}
		}
	}
	leave(t, term)
	for _, deed := range term.Deeds() {
		if strings.Contains(deed, "owned") || strings.HasPrefix(deed, "clipboard") || strings.HasPrefix(deed, "bell") {
			t.Errorf("the terminal was told %q", deed)
		}
	}

	list := exec.Command(uitest.Build(t), append([]string{"list"}, place...)...)
	list.Env = env
	term = uitest.Start(t, 400, 30, list)
	if code := term.Wait(); code != 0 {
		t.Errorf("list ended with %d", code)
	}
	if deeds := term.Deeds(); len(deeds) > 0 {
		t.Errorf("list told the terminal %q", deeds)
	}
	if rows := strings.Fields(strings.Join(firstWords(term.Screen()), " ")); !slices.Equal(rows, []string{"NUMBER", "1", "2"}) {
		t.Errorf("list shows the rows %q:\n%s", rows, term.Screen())
	}
}

// firstWords returns what each row begins with.
func firstWords(screen string) []string {
	var words []string
	for line := range strings.Lines(screen) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		words = append(words, word)
	}
	return words
}

// A terminal that orders text from right to left is told to leave that to the
// board, and to do it again afterwards.
func TestTheTerminalOrdersTextAgainWhenTheBoardIsLeft(t *testing.T) {
	env, args, _ := sampleForge(t)
	term, _ := start(t, append(env, "EDITOR=true"), args...)
	term.WaitFor("in step")
	term.Type("c")
	term.WaitFor("Comment on #")
	term.Type("text", "ctrl+e")
	term.WaitUntil(func(string) bool { return len(orders(term)) >= 3 })
	term.Type("esc")
	term.WaitFor("The draft is kept")
	leave(t, term)
	want := []string{"mode 8 off", "mode 8 on", "mode 8 off", "mode 8 on"}
	if got := orders(term); !slices.Equal(got, want) {
		t.Errorf("the terminal was told %q, not %q", got, want)
	}
}

func orders(term *uitest.Terminal) []string {
	return slices.DeleteFunc(term.Deeds(), func(deed string) bool { return !strings.HasPrefix(deed, "mode 8 ") })
}

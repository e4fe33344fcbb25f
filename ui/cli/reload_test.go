package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"docket/ui/uitest"
)

// A person edits their configuration beside the board that runs: keys, columns
// and colours change, a mistake changes nothing, and what needs a restart is
// told.
func TestTheBoardFollowsItsConfiguration(t *testing.T) {
	env, args, _ := sampleForge(t)
	home := t.TempDir()
	env = append(env, "XDG_CONFIG_HOME="+home)
	path := filepath.Join(home, "docket", "config.toml")
	save := func(text string) { // as an editor does
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path+"~", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(path+"~", path); err != nil {
			t.Fatal(err)
		}
	}
	board := "\n[boards.team]\nforge = \"" + args[1] + "\"\nrepositories = [\"" + args[3] + "\"]\n"
	save(board)
	term, _ := start(t, env, "team")
	term.WaitFor("team · infra/tickets", "Needs review", "g gain", "in step")

	save("[names]\n\"needs review\" = \"Inbox\"\n[keys]\ngain = \"G\"\n" + board)
	term.WaitFor("Inbox", "The settings have changed")
	term.Type("G")
	term.WaitFor("Gain of #")
	term.Type("esc")

	save("[names]\n\"needs reveiw\" = \"In\"\n" + board)
	term.WaitFor(`config.toml, line 2: there is no state "needs reveiw"`, "Inbox")
	term.Type("G")
	term.WaitFor("Gain of #")
	term.Type("esc")

	save("states = [\"needs review\", \"in progress\"]\n" + strings.Replace(board, args[3], "infra/other", 1))
	term.WaitFor("for the repositories start docket again", "Needs review")
	if screen := term.Screen(); strings.Contains(screen, "Urgent") || !strings.Contains(screen, "infra/tickets") {
		t.Errorf("the columns are not those of the file, or the repository changed:\n%s", screen)
	}
	leave(t, term)
}

// Without any file a board runs, and takes the first one that is written.
func TestTheFirstConfigurationIsTakenWhileTheDemoRuns(t *testing.T) {
	home := t.TempDir()
	term, _ := start(t, append(uitest.Env(t), "LANG=C.UTF-8", "XDG_CONFIG_HOME="+filepath.Join(home, "new")), "demo")
	term.WaitFor("Demo", "Needs review")
	folder := filepath.Join(home, "new", "docket")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "config.toml"), []byte("[names]\nurgent = \"Fire\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	term.WaitFor("Fire", "Demo")
	leave(t, term)
}

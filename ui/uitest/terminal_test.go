package uitest

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func shell(script string) *exec.Cmd { return exec.Command("/bin/sh", "-c", script) }

func TestAProgramIsSeenAndTypedTo(t *testing.T) {
	term := Start(t, 40, 5, shell(`printf 'your name? '; read name; printf 'hello \033[1m%s\033[0m\n' "$name"; exit 4`))
	term.WaitFor("your name?")
	term.Type("Ana", "enter")
	term.WaitFor("hello Ana")
	if code := term.Wait(); code != 4 {
		t.Errorf("exit code %d, want 4", code)
	}
	if got := term.Cells().Styled(); !strings.Contains(got, "hello Ana\n  ~ 6-8 bold\n") {
		t.Errorf("the name is not bold:\n%s", got)
	}
}

func TestALineFeedReturnsOnlyWhereTheTerminalsDriverMakesIt(t *testing.T) {
	term := Start(t, 40, 5, shell(`printf 'ab\ncd\n'; stty -opost; printf 'ab\ncd\r\nef'`))
	term.Wait()
	if got := term.Screen(); got != "ab\ncd\nab\n  cd\nef" {
		t.Errorf("screen %q", got)
	}
}

func TestAKilledProgramIsGoneAtOnce(t *testing.T) {
	term := Start(t, 40, 5, shell(`echo ready; exec sleep 1000`))
	term.WaitFor("ready")
	term.Kill()
	if code := term.Wait(); code != -1 {
		t.Errorf("exit code %d, want -1 for a signal", code)
	}
	if got := term.Screen(); !strings.HasPrefix(got, "ready\n") {
		t.Errorf("the last screen is lost: %q", got)
	}
}

func TestAGrandchildThatKeepsTheTerminalOpenDoesNotHangTheTest(t *testing.T) {
	term := Start(t, 40, 5, shell(`trap '' HUP; sleep 3 & echo parent; exit 5`))
	if code := term.Wait(); code != 5 {
		t.Errorf("exit code %d, want 5", code)
	}
	if !strings.Contains(term.Screen(), "parent") {
		t.Errorf("screen %q", term.Screen())
	}
}

func TestAProgramKilledAmidAFrameCanStillBeLookedAt(t *testing.T) {
	term := Start(t, 40, 5, shell(`printf 'whole\033[?2026hhalf'; exec sleep 1000`))
	for changed := term.nextChange(); term.screen.whole(); changed = term.nextChange() {
		<-changed
	}
	term.Kill()
	term.WaitFor("wholehalf")
}

func TestHalfAFrameIsNeverSeen(t *testing.T) {
	term := Start(t, 40, 5, shell(`i=0; while [ $i -lt 200 ]; do
		printf '\033[?2026h\033[H\033[2J'; printf 'begin %d ' $i; printf 'end\033[?2026l'; i=$((i+1)); done; printf done`))
	frames := 0
	term.WaitUntil(func(screen string) bool {
		if strings.Contains(screen, "begin") {
			frames++
			if !strings.Contains(screen, "end") {
				t.Errorf("half a frame: %q", screen)
			}
		}
		return strings.Contains(screen, "done")
	})
	if frames == 0 {
		t.Error("no frame was seen")
	}
}

func TestACharacterCutByTheTerminalsBufferIsDrawnWhole(t *testing.T) {
	// The pause after each byte makes every read end within a character.
	const script = `for b in '\360' '\237' '\247' '\221' '\342' '\200' '\215' '\360' '\237' '\232' '\222'; do
		printf "$b"; done; printf '|done'`
	term := Start(t, 20, 3, shell(script))
	term.WaitFor("🧑‍🚒|done")
	if x, _, _ := term.Cells().Find("|done"); x != 2 {
		t.Errorf("the bar stands in column %d, want 2", x)
	}
}

func TestWaitingInVainShowsTheScreen(t *testing.T) {
	for name, script := range map[string]string{
		"the program goes on": `echo something else; exec sleep 1000`,
		"the program ends":    `echo something else`,
	} {
		t.Run(name, func(t *testing.T) {
			spy := &failing{TB: t}
			term := Start(spy, 40, 3, shell(script))
			term.WaitFor("something")
			if name == "the program goes on" {
				term.Patience = 50 * time.Millisecond
			}
			spy.run(func() { term.WaitFor("what never comes") })
			for _, want := range []string{"what never comes", "|something else"} {
				if !strings.Contains(spy.said, want) {
					t.Errorf("the report lacks %q:\n%s", want, spy.said)
				}
			}
		})
	}
}

// failing is a test that is expected to fail.
type failing struct {
	testing.TB
	said string
}

func (f *failing) Fatalf(format string, args ...any) {
	f.said = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

func (f *failing) run(step func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		step()
	}()
	<-done
}

func TestAnEnvironmentTellsNothingOfThePersonWhoTests(t *testing.T) {
	t.Setenv("DOCKET_TOKEN", "secret")
	t.Setenv("NO_COLOR", "1")
	t.Setenv("XDG_CONFIG_HOME", "/somewhere/else")
	term := Start(t, 120, 40, shell(`env | sort; echo end.`))
	term.WaitFor("end.", "TERM=xterm-256color")
	for _, leak := range []string{"DOCKET_", "NO_COLOR", "/somewhere/else"} {
		if strings.Contains(term.Screen(), leak) {
			t.Errorf("%s leaks:\n%s", leak, term.Screen())
		}
	}
	if a, b := Env(t), Env(t); filepath.Base(a[0]) == filepath.Base(b[0]) {
		t.Errorf("two environments share %s", a[0])
	}
}

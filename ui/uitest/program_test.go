package uitest

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// TestMain lets the test binary be a Bubble Tea program as well: the kind that
// the package is for, without building another.
func TestMain(m *testing.M) {
	if os.Getenv("UITEST_PROGRAM") == "echo" {
		if _, err := tea.NewProgram(echo{}).Run(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
		os.Exit(7)
	}
	os.Exit(m.Run())
}

// echo shows its size and the last messages that it was sent.
type echo struct {
	size string
	last []string
}

func (e echo) Init() tea.Cmd { return nil }

func (e echo) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		e.size = fmt.Sprintf("%dx%d", msg.Width, msg.Height)
	case tea.KeyPressMsg:
		if msg.String() == "q" {
			return e, tea.Quit
		}
		e.last = append(e.last, msg.String())
	case tea.PasteMsg:
		e.last = append(e.last, "pasted:"+msg.Content)
	case tea.FocusMsg:
		e.last = append(e.last, "focus")
	case tea.BlurMsg:
		e.last = append(e.last, "blur")
	case tea.ModeReportMsg:
		e.last = append(e.last, fmt.Sprintf("mode-%d", msg.Mode.Mode()))
	}
	return e, nil
}

func (e echo) View() tea.View {
	v := tea.NewView("size " + e.size + "\n" + strings.Join(e.last, "\n") + "\n🧑‍🚒|")
	v.AltScreen, v.ReportFocus, v.WindowTitle = true, true, "echo"
	return v
}

func startEcho(t *testing.T, width, height int) *Terminal {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(Env(t), "UITEST_PROGRAM=echo")
	term := Start(t, width, height, cmd)
	term.WaitFor(fmt.Sprintf("size %dx%d", width, height), "mode-2026", "mode-2027")
	return term
}

func TestABubbleTeaProgramHearsEveryKey(t *testing.T) {
	term := startEcho(t, 40, 70)
	for _, key := range []string{
		"enter", "tab", "shift+tab", "space", "backspace", "delete", "esc",
		"up", "down", "left", "right", "home", "end", "pgup", "pgdown",
		"ctrl+s", "ctrl+c", "alt+x", "alt+enter", "ctrl+left", "shift+up", "f1", "f5", "f12", "a", "?", "ä",
	} {
		term.Type(key, "Z")
		term.WaitFor("\n" + key + "\nZ\n")
	}
	term.Type("q")
	if code := term.Wait(); code != 7 {
		t.Errorf("exit code %d, want 7", code)
	}
}

func TestAKeyThatNoTerminalSendsIsRefused(t *testing.T) {
	for _, key := range []string{"ctrl+tab", "ctrl+enter", "ctrl+1", "shift+a"} {
		if bytes, ok := sequence(key); ok {
			t.Errorf("%s would be typed as %q", key, bytes)
		}
	}
	for _, text := range []string{"a+b", "+", "1+", "gain+pain", "hello"} {
		if bytes, ok := sequence(text); !ok || bytes != text {
			t.Errorf("the text %q would be typed as %q, %v", text, bytes, ok)
		}
	}
}

func TestATerminalAnswersQueriesAndTellsOfFocusPasteAndSize(t *testing.T) {
	term := startEcho(t, 30, 12)
	term.WaitFor("🧑‍🚒|")
	if _, y, ok := term.Cells().Find("🧑‍🚒|"); !ok || term.Cells()[y][2].Text != "|" {
		t.Errorf("the emoji is not two columns wide:\n%s", term.Screen())
	}
	term.Focus(false)
	term.WaitFor("blur")
	term.Focus(true)
	term.WaitFor("focus")
	term.Paste("two words")
	term.WaitFor("pasted:two words")
	term.Resize(50, 14)
	term.WaitFor("size 50x14")
	if got := len(term.Cells()); got != 14 {
		t.Errorf("%d rows after the resize, want 14", got)
	}
	if got := term.Title(); got != "echo" {
		t.Errorf("title %q", got)
	}
	term.WaitGone("size 30x12")
}

func TestInputKeepsItsOrder(t *testing.T) {
	const times = 8
	term := startEcho(t, 40, 40)
	for range times {
		term.Paste("text")
		term.Type("a")
		term.Focus(false)
		term.Type("b")
	}
	term.WaitFor(strings.Repeat("pasted:text\na\nblur\nb\n", times-1) + "pasted:text\na\nblur\nb")
}

func TestBytesAreCountedFromAMark(t *testing.T) {
	term := startEcho(t, 40, 10)
	term.WaitQuiet(100 * time.Millisecond)
	mark := term.Mark()
	if n := term.BytesSince(mark); n != 0 {
		t.Errorf("%d bytes without a key", n)
	}
	term.Type("w")
	term.WaitFor("\nw\n")
	term.WaitQuiet(100 * time.Millisecond)
	if n := term.BytesSince(mark); n == 0 || n > 200 {
		t.Errorf("one letter took %d bytes", n)
	}
}

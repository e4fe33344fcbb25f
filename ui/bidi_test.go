package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"docket/model"
)

// Letters in the order of the screen. Words in capitals stand for Hebrew here.
func TestTextFromRightToLeftIsPutIntoTheOrderOfTheScreen(t *testing.T) {
	hebrew := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= 'A' && r <= 'Z' {
				return 'א' + r - 'A'
			}
			return r
		}, s)
	}
	for in, want := range map[string]string{
		"plain":                                "plain",
		"ABC":                                  "CBA",
		"ABC DEF":                              "FED CBA",
		"see ABC DEF there":                    "see FED CBA there",
		"see ABC 12 there":                     "see 12 CBA there",
		"see ABC 12 34 x":                      "see 34 12 CBA x",
		"ABC 12 DEF":                           "FED 12 CBA",
		"ABC xyz DEF":                          "FED xyz CBA",
		"ABC (DEF)":                            "(FED) CBA",
		"12 abc":                               "12 abc",
		"a ABC\x1b[1mDEF\x1b[m":                "a \x1b[1mFED\x1b[mCBA",
		"\x1b]8;;https://x.y\aABC\x1b]8;;\a d": "d \x1b]8;;https://x.y\aCBA\x1b]8;;\a",
	} {
		if got := visual(hebrew(in)); got != hebrew(want) {
			t.Errorf("%q stands as %q, not %q", in, got, hebrew(want))
		}
	}
}

func FuzzVisual(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		text := model.NewLine(raw).String()
		got := visual(text)
		if width(got) != width(text) || len([]rune(got)) != len([]rune(text)) {
			t.Errorf("%+q of %d cells became %+q of %d", text, width(text), got, width(got))
		}
	})
}

func TestTheBoardOrdersTextWhereTheTerminalLeavesItInPlace(t *testing.T) {
	const title = "שלום עולם"
	desk := newMemoryDesk(ticket(7, title))
	a := still(t, 80, 24, desk)
	if !strings.Contains(a.View().Content, title) {
		t.Error("a terminal that does not say is given the logical order")
	}
	_, _ = a.Update(tea.ModeReportMsg{Mode: ansi.ModeBiDirectionalSupport, Value: ansi.ModeNotRecognized})
	if !strings.Contains(a.View().Content, title) {
		t.Error("a terminal that does not know the mode is given the logical order")
	}
	_, _ = a.Update(tea.ModeReportMsg{Mode: ansi.ModeBiDirectionalSupport, Value: ansi.ModeReset})
	if !strings.Contains(a.View().Content, "םלוע םולש") {
		t.Error("a terminal that leaves characters in their cells is given the order of the screen")
	}
}

func TestNobodyIsAskedWhereTheQuestionMayBeSeen(t *testing.T) {
	for _, env := range []string{"SSH_CONNECTION=1.2.3.4 5 6", "SSH_TTY=/dev/pts/1", "TERM_PROGRAM=Apple_Terminal"} {
		a := still(t, 80, 24, newMemoryDesk())
		a.Environ = []string{env}
		if msg := a.takeOrder()().(tea.RawMsg); msg.Msg != "\x1b[8l" {
			t.Errorf("%s: %q", env, msg.Msg)
		}
		a.Environ = nil
		if msg := a.takeOrder()().(tea.RawMsg); msg.Msg != "\x1b[8l\x1b[8$p" {
			t.Errorf("elsewhere: %q", msg.Msg)
		}
	}
}

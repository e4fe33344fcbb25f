package uitest

import (
	"slices"
	"testing"
)

func TestWhatAStringDoesToTheTerminalIsTold(t *testing.T) {
	for content, want := range map[string]string{
		"\x1b]0;mine\a":            "title mine",
		"\x1b]52;c;aGVsbG8=\a":     "clipboard hello",
		"\x1b]52;c;?\a":            "clipboard ?",
		"a\ab":                     "bell",
		"\x1b[?25l":                "mode 25 off",
		"\x1b[8l":                  "mode 8 off",
		"\x1b[6n":                  `answer "\x1b[1;1R"`,
		"\x1b]11;#ff0000\a":        "background colour",
		"\x1b]7;file://host/tmp\a": "working directory file://host/tmp",
	} {
		cells, deeds := Show(20, 2, content+"text")
		if !slices.Contains(deeds, want) {
			t.Errorf("%q: %q, want %s", content, deeds, want)
		}
		if len(cells) != 2 {
			t.Errorf("%q: %d rows", content, len(cells))
		}
	}
	for _, unknown := range []string{"\x1b]777;notify;a;b\a", "\x1b]9;hello\a", "\x1bPq\x1b\\", "\x1b[14t", "\x1b_Gi=1\x1b\\"} {
		if _, deeds := Show(20, 2, unknown); len(deeds) == 0 {
			t.Errorf("%q went unnoticed", unknown)
		}
	}
	if _, deeds := Show(20, 2, "\x1b[1;38;2;1;2;3mbold\x1b[m \x1b]8;;https://x.y\alink\x1b]8;;\a\n日本"); len(deeds) > 0 {
		t.Errorf("text and looks are no deeds: %q", deeds)
	}
}

func TestWhatAProgramDoesToTheTerminalIsTold(t *testing.T) {
	term := Start(t, 20, 2, shell(`printf '\033[8l\033]52;c;aGVsbG8=\a\033[8h'`))
	term.Wait()
	if got := term.Deeds(); !slices.Equal(got, []string{"mode 8 off", "clipboard hello", "mode 8 on"}) {
		t.Errorf("%q", got)
	}
}

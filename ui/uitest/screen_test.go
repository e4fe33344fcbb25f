package uitest

import (
	"strings"
	"testing"
)

func TestAScreenShowsContentAsATerminalWould(t *testing.T) {
	for _, story := range []struct {
		name, content, want string
	}{
		{"lines", "one\ntwo", "one\ntwo\n\n"},
		{"a last line break", "one\n", "one\n\n\n"},
		{"exactly as wide", "12345678\nx", "12345678\nx\n\n"},
		{"too wide wraps", "123456789\nx", "12345678\n9\nx\n"},
		{"too many scroll", "1\n2\n3\n4\n5", "2\n3\n4\n5"},
		{"wide characters", "日本語|", "日本語|\n\n\n"},
		{"no spaces at the end", "a   \n\x1b[7m   \x1b[0m", "a\n\n\n"},
	} {
		t.Run(story.name, func(t *testing.T) {
			if got := Screen(8, 4, story.content).String(); got != story.want {
				t.Errorf("got %q, want %q", got, story.want)
			}
		})
	}
}

func TestWidthsAreThoseOfGraphemes(t *testing.T) {
	for _, wide := range []string{"日", "🚒", "🧑‍🚒", "🇩🇪", "✔️"} {
		cells := Screen(8, 1, wide+"|")
		if x, _, found := cells.Find("|"); !found || x != 2 {
			t.Errorf("%q: the bar stands in column %d, want 2", wide, x)
		}
		if c := cells[0][0]; c.Text != wide || c.Width != 2 {
			t.Errorf("%q is the cell %+v", wide, c)
		}
		if c := cells[0][1]; c.Text != "" || c.Width != 0 {
			t.Errorf("behind %q is the cell %+v", wide, c)
		}
	}
}

func TestStylesAreWrittenInWords(t *testing.T) {
	content := "ab\x1b[1;38;2;255;0;16mcd\x1b[0;2me\x1b[0m\nplain\n" +
		"\x1b[7;4;31;48;5;236m x \x1b[0m\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\"
	want := strings.Join([]string{
		"abcde", "  ~ 2-3 bold fg=#ff0010; 4 faint",
		"plain",
		" x link", "  ~ 0-2 reverse underline fg=1 bg=236; 3-6 link=https://example.org", "",
	}, "\n")
	if got := Screen(12, 3, content).Styled(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestATextIsFoundByItsFirstCell(t *testing.T) {
	cells := Screen(20, 3, "no\n日本 here and here")
	if x, y, ok := cells.Find("here"); !ok || x != 5 || y != 1 {
		t.Errorf("found at %d,%d %v, want 5,1", x, y, ok)
	}
	if _, _, ok := cells.Find("nowhere"); ok {
		t.Error("found what is not there")
	}
}

package model

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// nasty is text that people have sent to break screens, with what a line shows
// of it.
var nasty = []struct{ name, in, want string }{
	{"plain", "Rotate the TLS certificate", "Rotate the TLS certificate"},
	{"spaces", "  a \t b\u00a0\u3000c  ", "a b c"},
	{"two lines", "one\r\ntwo\nthree", "one two three"},
	{"overwriting", "harmless\rrm -rf /", "harmless rm -rf /"},
	{"line separators", "a\u2028b\u2029c\u0085d\ve\ff", "a b c d e f"},
	{"colour", "\x1b[31mred\x1b[0m", "[31mred[0m"},
	{"clipboard", "\x1b]52;c;cm0gLXJm\a", "]52;c;cm0gLXJm"},
	{"C1 control sequence", "a\u009b2Jb", "a2Jb"},
	{"raw C1 byte", "a\x9b2Jb", "a\ufffd2Jb"},
	{"NUL, backspace, delete", "a\x00b\bc\x7fd", "abcd"},
	{"half a surrogate", "a\xed\xa0\x80b", "a\ufffdb"},
	{"invalid bytes", "a\xff\xfeb", "a\ufffdb"},
	{"right-to-left override", "gpj.\u202eexe", "gpj.exe"},
	{"isolates and marks", "\u2066a\u2069\u200e\u200f\u061cb", "ab"},
	{"zero width", "ad\u200bm\u2060i\ufeffn\u00ad", "admin"},
	{"tags", "a\U000e0041\U000e007fb", "ab"},
	{"zalgo", "Z" + strings.Repeat("\u0335", 40) + "o", "Z\u0335\u0335\u0335o"},
	{"zalgo of two kinds", "e\u0301" + strings.Repeat("\u0316\u0301", 20), "é\u0316\u0316\u0316"},
	{"marks beside", "ක" + strings.Repeat("\u0dcf", 50), "ක\u0dcf\u0dcf\u0dcf\u0dcf"},
	{"Hangul tone marks without end", "가" + strings.Repeat("\u302e", 50), "가\u302e\u302e\u302e\u302e"},
	{"lonely mark", "\u0301a", "a"},
	{"a mark beside what has no such marks", "0\u302e é\u0903 👍\u093e -\u0301\u0903 का", "0 é 👍 -\u0301 का"},
	{"enclosing mark", "a\u20dd", "a"},
	{"decomposed", "Gru\u0308ße", "Grüße"},
	{"joined before a mark", "e\u200d\u0301", "é"},
	{"family", "👩\u200d👩\u200d👧", "👩👩👧"},
	{"skin tone", "👍\U0001f3fd", "👍"},
	{"flag", "🇩🇪 ok", "DE ok"},
	{"flag with an accent", "🇪\u0301", "É"},
	{"keycap", "1\ufe0f\u20e3 first", "1 first"},
	{"emoji look", "❤\ufe0f", "❤"},
	{"ideographic variant", "葛\U000e0100城", "葛城"},
	{"Hangul fillers", "a\u3164\u115f\u1160\uffa0b", "a b"},
	{"braille blank", "a\u2800b", "a b"},
	{"Hangul in parts", "\u1112\u1161\u11ab", "한"},
	{"Old Korean", "a\u1100\u1100b", "a\ufffd\ufffdb"},
	{"half-width kana", "ｶﾞ", "ｶ゛"},
	{"Thai am", "น้ำ", "น้ํา"},
	{"Khmer inherent vowel", "ក\u17b4", "ក"},
	{"cuneiform", "a𒐫b", "a\ufffdb"},
	{"bismillah", "﷽", "\ufffd"},
	{"long dashes", "⸺⸻", "——"},
	{"private use", "\ue0b0\U0010ffff", "\ufffd\ufffd"},
	{"musical note", "\U0001d15e", "\U0001d157"},
	{"wide", "日本語 mirror", "日本語 mirror"},
	{"pointed Hebrew", "שָׁלוֹם", "שָׁלוֹם"},
	{"only rubbish", "\u200b\x00\u202e", ""},
}

func TestNastyLines(t *testing.T) {
	for _, c := range nasty {
		got := NewLine(c.in)
		if got.String() != c.want {
			t.Errorf("%s: %q shows as %q (% x), not %q (% x)", c.name, c.in, got.String(), got.String(), c.want, c.want)
		}
		if got.Raw() != c.in {
			t.Errorf("%s: what the forge sent was lost: %q", c.name, got.Raw())
		}
		if got.Empty() != (c.want == "") {
			t.Errorf("%s: Empty is %v", c.name, got.Empty())
		}
	}
}

func TestProseKeepsItsLines(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"a\r\nb\rc\nd", "a\nb\nc\nd"},
		{"- a\n\n\tcode  x\n", "- a\n\n    code  x\n"},
		{"a\u2028b\u0085c", "a\nb\nc"},
		{"\x1b[2J\n\u0301x\u202e", "[2J\nx"},
		{"a\u00a0b", "a b"},
	} {
		if got := NewProse(c.in).String(); got != c.want {
			t.Errorf("%q shows as %q, not %q", c.in, got, c.want)
		}
	}
	if !NewProse(" \n\t\u200b").Empty() || NewProse("\n.").Empty() {
		t.Error("prose is empty when only white space is left")
	}
}

func TestTextInFilesIsAsTheForgeSentIt(t *testing.T) {
	in := NewLine("a\u202e\tb <&> \u2028")
	b, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	var out Line
	if err := json.Unmarshal(b, &out); err != nil || out != in {
		t.Errorf("%q came back as %q: %v", in.Raw(), out.Raw(), err)
	}
	if err := json.Unmarshal([]byte("7"), &out); err == nil {
		t.Error("a number was read as text")
	}
}

func TestPlainTextCostsNothing(t *testing.T) {
	title, body := "Rotate the TLS certificate (bastion) ~!@#$%^&*", "Steps:\n\n  1. log in\n  2. rotate\n"
	allocs := testing.AllocsPerRun(100, func() {
		if NewLine(title).String() != title || NewProse(body).String() != body {
			t.Fatal("plain text was changed")
		}
	})
	if allocs != 0 {
		t.Errorf("plain text costs %v allocations", allocs)
	}
}

// FuzzText looks for text that is not harmless after cleaning.
func FuzzText(f *testing.F) {
	for _, c := range nasty {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		line, prose := NewLine(raw).String(), NewProse(raw).String()
		harmless(t, line)
		harmless(t, strings.ReplaceAll(prose, "\n", ""))
		for part := range strings.SplitSeq(prose, "\n") {
			measurable(t, part)
		}
		measurable(t, line)
		if again := NewLine(line).String(); again != line {
			t.Errorf("%+q cleaned twice is %+q", line, again)
		}
		if again := NewProse(prose).String(); again != prose {
			t.Errorf("%+q cleaned twice is %+q", prose, again)
		}
		if strings.Join(strings.Fields(line), " ") != line {
			t.Errorf("%+q has white space to spare", line)
		}
	})
}

// TestEveryCharacter cleans each character of Unicode beside others of several
// scripts.
func TestEveryCharacter(t *testing.T) {
	if testing.Short() {
		t.Skip("all of Unicode takes seconds")
	}
	for r := range rune(unicode.MaxRune + 1) {
		if unicode.Is(unicode.Co, r) || r > 0x32400 && r < 0xe0000 {
			continue // private and unassigned planes: one like the other
		}
		c := string(r)
		line := NewLine("a" + c + "bक" + c + "ท" + c + "한" + c + c + "👍" + c).String()
		harmless(t, line)
		measurable(t, line)
		if again := NewLine(line).String(); again != line {
			t.Errorf("%U: %+q cleaned twice is %+q", r, line, again)
		}
	}
}

// harmless fails the test when text holds anything that acts instead of being
// seen.
func harmless(t *testing.T, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Errorf("%+q is not UTF-8", s)
	}
	for _, r := range s {
		if !unicode.IsGraphic(r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector,
			unicode.Bidi_Control, unicode.Join_Control, unicode.Regional_Indicator, unicode.Me) {
			t.Errorf("%+q holds %U", s, r)
		}
		if unicode.IsSpace(r) && r != ' ' {
			t.Errorf("%+q holds the white space %U", s, r)
		}
	}
}

// measurable fails the test when terminals that count by grapheme cluster and
// those that count by character disagree how wide text is. Letters with Indic
// vowel signs, and those that such signs join, are exempt: see clean.
func measurable(t *testing.T, s string) {
	t.Helper()
	clusters := 0
	for rest := s; rest != ""; {
		cluster, width := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
		if width > 2 {
			t.Errorf("%+q is %d cells wide", cluster, width)
		}
		clusters, rest = clusters+width, rest[len(cluster):]
		runes, indic := 0, false
		for _, r := range cluster {
			runes += ansi.StringWidth(string(r))
			indic = indic || unicode.In(r, unicode.Mc) || linker(r)
		}
		first, _ := utf8.DecodeRuneInString(cluster)
		if exempt := indic && unicode.Is(unicode.Lo, first); !exempt && runes != width {
			t.Errorf("%+q in %+q is %d cells by character, %d as a cluster", cluster, s, runes, width)
		}
	}
	if got := ansi.StringWidth(s); got != clusters {
		t.Errorf("%+q is %d cells as a whole, %d in parts", s, got, clusters)
	}
}

// linker reports the signs that join consonants into one cluster.
func linker(r rune) bool {
	switch r {
	case 0x94d, 0x9cd, 0xacd, 0xb4d, 0xc4d, 0xd4d, 0x1039, 0x17d2, 0x1a60, 0x1b44, 0x1bab,
		0xa9c0, 0xaaf6, 0x10a3f, 0x11133, 0x1193e, 0x11a47, 0x11a99, 0x11f42, 0x113d0:
		return true
	}
	return false
}

func BenchmarkNewLine(b *testing.B) {
	for name, s := range map[string]string{
		"ascii": "Rotate the TLS certificate of the bastion hosts",
		"mixed": "Grüße: 日本語 mirror list shows wrong names 👩\u200d👧",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				NewLine(s)
			}
		})
	}
}

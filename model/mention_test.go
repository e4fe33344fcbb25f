package model

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestWhatATextMentions(t *testing.T) {
	here := Ref{"infra/tickets", 7}
	home := NewLine("https://forge.example.org/sub/infra/tickets/issues/7")
	for text, want := range map[string][]string{
		"":                                     nil,
		"See #12, #3. And (#4) #12 again":      {"infra/tickets#12", "infra/tickets#3", "infra/tickets#4"},
		"#7 is this one, infra/tickets#7, too": nil,
		"infra/docs#5 and **#6**":              {"infra/docs#5", "infra/tickets#6"},
		"a#5 x#y &#39; #12abc abc/#9 #0 ##8":   nil,
		"`#5` and\n```\n#6\n```\n#8":           {"infra/tickets#8"},
		"~~~\n#6\n~~~\nfixes #9!":              {"infra/tickets#9"},
		"https://forge.example.org/sub/infra/tickets/issues/12#issuecomment-3": {"infra/tickets#12"},
		"<https://forge.example.org/sub/other/place/issues/3>":                 {"other/place#3"},
		"https://elsewhere.example.org/sub/other/place/issues/3":               nil,
		"https://forge.example.org/sub/issues/3":                               nil,
		"#99999999999999999999":                                                nil,
	} {
		var got []string
		for _, r := range Mentions(text, here, home) {
			got = append(got, r.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q mentions %q, not %q", text, got, want)
		}
	}
	if got := Mentions("https://forge.example.org/a/b/issues/3", here, Line{}); got != nil {
		t.Errorf("without an own address: %v", got)
	}
}

func TestAnyTextMentionsWhatItNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		here := Ref{"a/b", 1}
		text := rapid.StringMatching("([#`~ (a-b/]|[0-9]|https://x/a/b/issues/2|\n|```){0,30}").Draw(t, "text")
		seen := map[Ref]bool{here: true}
		for _, r := range Mentions(text, here, NewLine("https://x/a/b/issues/1")) {
			if seen[r] || r.Number <= 0 || r.Repo == "" {
				t.Fatalf("%q mentions %v", text, r)
			}
			seen[r] = true
		}
	})
}

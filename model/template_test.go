package model

import (
	"strings"
	"testing"
	"time"
)

var writing = About{
	Ticket: Ticket{
		Ref: Ref{"infra/tickets", 13510}, Title: NewLine("New list"), URL: NewLine("https://forge.example.org/infra/tickets/issues/13510"),
		Author: Person{Login: NewLine("liwei")}, Assignees: Logins(NewLine("kira"), NewLine("anna")),
		Created: time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC), TeamSpoke: time.Date(2026, 4, 20, 13, 0, 0, 0, time.UTC),
	},
	State: "On reporter", Me: NewLine("anna"), Now: time.Date(2026, 5, 6, 12, 0, 0, 0, time.UTC),
}

func TestTemplatesAreFilledIn(t *testing.T) {
	for text, want := range map[string]string{
		"@{{.Author}}, #{{.Number}} {{ .Title }}": "@liwei, #13510 `New list`",
		"{{.Days}} of {{.Age}} days, {{.State}}":  "15 of 35 days, On reporter",
		"{{.Link}} {{.Repo}} {{.Me}}":             "https://forge.example.org/infra/tickets/issues/13510 infra/tickets anna",
		"{{.Assignees}}":                          "anna, kira",
		`set \{{ item }} and }} stay`:             "set {{ item }} and }} stay",
		"{ {.Author} } {{.Author}}{{.Author}}":    "{ {.Author} } liweiliwei",
	} {
		if got, err := (Template{Text: text}).Render(writing); err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", text, got, err, want)
		}
	}
}

func TestMistakesInTemplatesPointAtThePlace(t *testing.T) {
	for text, want := range map[string]string{
		"Grüße {{.Autor}}":       `line 1, column 7: there is no field ".Autor"; did you mean {{.Author}}?`,
		"a\nb {{author}}":        `line 2, column 3: there is no field "author"; did you mean {{.Author}}?`,
		"{{Author}}":             `line 1, column 1: "Author" lacks its dot; write {{.Author}}`,
		"x {{.Author":            `line 1, column 3: this field does not end; close it with }}, or write \{{ for the characters`,
		"{{.Author\n}}":          `line 1, column 1: this field does not end; close it with }}, or write \{{ for the characters`,
		"{{range 1000000000}}":   `line 1, column 1: there is no field "range 1000000000"; write \{{ for the characters; the fields are Author, Number, Title, Repo, Link, State, Days, Age, Assignees, Me, Here`,
		"well:\n\n  {{.Here}}":   `line 3, column 3: your own words are missing; write them in place of {{.Here}}`,
		"as `code {{.Title}}":    "line 1, column 10: {{.Title}} is filled in as code already; leave the backticks out of its paragraph",
		"{{.Title}}\nand a `tag": "line 1, column 1: {{.Title}} is filled in as code already; leave the backticks out of its paragraph",
	} {
		_, err := Template{Text: text}.Render(writing)
		if err == nil || err.Error() != want {
			t.Errorf("%q: %v\nwant %s", text, err, want)
		}
	}
	if _, err := (Template{Text: "`tag`\n\n{{.Title}}\n\n`tag`"}).Render(writing); err != nil {
		t.Errorf("backticks of another paragraph are no harm: %v", err)
	}
}

func TestWhatStrangersWroteIsInertInATemplate(t *testing.T) {
	about := writing
	for raw, want := range map[string]string{
		"@everyone look at #1":       "`@everyone look at #1`",
		"a ` b `` c":                 "``` a ` b `` c ```",
		"`x`":                        "`` `x` ``",
		"{{.Me}}":                    "`{{.Me}}`",
		"evil\x1b[31m\u202egnp.jpg":  "`" + NewLine("evil\x1b[31m\u202egnp.jpg").String() + "`",
		"](https://evil.example)![x": "`](https://evil.example)![x`",
	} {
		about.Ticket.Title = NewLine(raw)
		if got, err := (Template{Text: "{{.Title}}"}).Render(about); err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", raw, got, err, want)
		}
	}
	about.Ticket.Author.Login, about.Ticket.URL = NewLine("a b @all"), NewLine("javascript:alert(1)")
	if got, _ := (Template{Text: "{{.Author}} {{.Link}}"}).Render(about); got != "`a b @all` " {
		t.Errorf("%q", got)
	}
	about.Ticket.URL = NewLine("https://a.example/) [x](https://evil.example")
	if got, _ := (Template{Text: "{{.Link}}"}).Render(about); got != "" {
		t.Errorf("%q", got)
	}
}

func TestTheDefaultsAreValidAndFilledIn(t *testing.T) {
	templates, w := DefaultTemplates(), DefaultWorkflow()
	if err := ValidateTemplates(templates); err != nil {
		t.Error(err)
	}
	if err := ValidateRecipes(DefaultRecipes(), w, templates); err != nil {
		t.Error(err)
	}
	for _, each := range templates {
		text, blank, err := each.Fill(writing)
		if err != nil || strings.Contains(text, "{{") || !strings.Contains(text, "@liwei") {
			t.Errorf("%s: %q, %v", each.Name, text, err)
		}
		if blank >= 0 != strings.Contains(each.Text, "{{.Here}}") {
			t.Errorf("%s: a blank at %d", each.Name, blank)
		}
	}
}

func FuzzTemplate(f *testing.F) {
	for _, t := range DefaultTemplates() {
		f.Add(t.Text)
	}
	f.Add("`{{.Title}}` {{ \\{{ }} {{.Here}}")
	f.Fuzz(func(t *testing.T, text string) {
		filled, blank, err := Template{Text: text}.Fill(writing)
		switch {
		case err != nil && filled != "":
			t.Error("half a text with an error")
		case err == nil && !strings.Contains(text, "{{") && filled != text:
			t.Errorf("%q became %q", text, filled)
		case blank > len(filled):
			t.Errorf("a blank at %d of %d", blank, len(filled))
		}
	})
}

func TestATextIsTakenVerbatim(t *testing.T) {
	for _, text := range []string{"", "plain", "{{.Me}}", `\{{`, `\\{{ {{{{ }} {{{ \`, "{{ unclosed", "`{{.Title}}`"} {
		if got, err := (Template{Text: Verbatim(text)}).Render(About{}); got != text || err != nil {
			t.Errorf("%q becomes %q, %v", text, got, err)
		}
	}
}

package ui

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"docket/model"
)

func TestATemplateIsFilledInAndEditedBeforeItIsSent(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("j", "c")
		p.write("Hello! ")
		p.press("ctrl+t")
		p.sees("Templates", "Ask the reporter", "Does this still happen?")
		p.write("explanation")
		p.press("enter")
		p.write("all is well.")
		p.press("ctrl+s")
		p.sent("#13507 comment: Hello! @liwei, we close this ticket: all is well. If something is not as it should be, please reopen it and say what is missing.")
	})
}

// A word before a template's first mention would make it none.
func TestATemplateIsAParagraphOfItsOwn(t *testing.T) {
	const template = "@liwei, we close this ticket: ...\n\nIf something is not as it should be, please reopen it and say what is missing."
	for typed, want := range map[string]string{
		"":                "T",
		"hello":           "hello\n\nT",
		"hello\n":         "hello\n\nT",
		"hello\n\n":       "hello\n\nT",
		"one\n\ntwo":      "one\n\ntwo\n\nT",
		"<bye":            "T\n\nbye",
		"<\nbye":          "T\n\nbye",
		"hello<bye":       "hello\n\nT\n\nbye",
		"hello\n<\n\nbye": "hello\n\nT\n\nbye",
	} {
		sit(t, 120, 35, sample(), func(p *person) {
			before, behind, _ := strings.Cut(typed, "<")
			p.press("j", "c")
			p.write(before + behind)
			for range behind {
				p.press("left")
			}
			p.press("ctrl+t")
			p.write("explanation")
			p.press("enter")
			p.write("...")
			p.press("ctrl+s")
			got := p.desk.Snapshot().Outbox[0].Edit.Change.(model.AddComment).Text
			if want = strings.Replace(want, "T", template, 1); got != want {
				t.Errorf("behind %q it becomes %q", typed, got)
			}
		})
	}
}

func TestATemplateExplainsAClosing(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("j", "x")
		p.write("initiative")
		p.press("enter", "ctrl+t")
		p.write("initiative")
		p.press("enter", "ctrl+s")
		got := strings.Join(p.desk.changes(), "\n")
		for _, want := range []string{"closed as initiative", "@liwei", "New Initiative Workflow", "https://forge.example.org/infra/tickets/issues/13507", "#13507 close"} {
			if !strings.Contains(got, want) {
				p.t.Fatalf("%q is missing in\n%s", want, got)
			}
		}
		if strings.Contains(got, "{{") {
			p.t.Fatal(got)
		}
	})
}

func TestATemplateIsFilledInForEachOfMany(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("j", " ", " ", "c")
		p.sees("Comment on 2 tickets", "{{.Author}}, {{.Number}}")
		p.write("About #{{.Number}}: still there after {{.Days}} days?")
		p.press("ctrl+s")
		p.sees("Comment: 2 tickets", "comment: About #13507: still there after 1 days?")
		p.press("enter")
		p.sent("#13507 comment: About #13507: still there after 1 days?", "#13510 comment: About #13510: still there after 0 days?")
		p.press("c")
		p.misses("still there")
	})
}

func TestAMistakeInATemplateLosesNothing(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press(" ", " ", "x", "enter")
		p.write("Dear {{.Autor}}")
		p.press("ctrl+s")
		p.sees(`Line 1, column 6: there is no field ".Autor"; did you mean {{.Author}}?`, "Dear {{.Autor}}")
		for range len("Dear {{.Autor}}") {
			p.press("backspace")
		}
		p.press("ctrl+t")
		p.write("explanation")
		p.press("enter", "ctrl+s")
		p.sees("Line 1, column 37: your own words are missing")
		p.sent()
		p.press("esc", "x", "enter")
		p.sees("{{.Here}}")
	})
}

func TestReportersOfManyAreAsked(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("j", " ", " ", "m")
		p.write("reporter")
		p.press("enter")
		p.sees("2 tickets wait on their reporters")
		p.write("How?")
		p.press("ctrl+s", "enter")
		p.sent("#13507 comment: How?", "#13507 move to waiting on reporter, was needs review",
			"#13510 comment: How?", "#13510 move to waiting on reporter, was needs review")
	})
}

// sitWithABlank tells a story of a recipe that closes with the person's own words.
func sitWithABlank(t *testing.T, story func(p *person)) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.app.Recipes = []model.Recipe{{Name: "Bye", Close: model.Done, Comment: "Bye @{{.Author}}: {{.Here}}!"}}
		story(p)
	})
}

func TestARecipeWithAPlaceForOwnWordsHasThemWritten(t *testing.T) {
	sitWithABlank(t, func(p *person) {
		p.press("j", "R", "enter")
		p.sees("Bye on #13507", "Bye @liwei: !")
		p.sent()
		p.write("all is well, {{you}}")
		p.press("ctrl+s")
		p.sees("Bye: 3 changes")
		p.sent("#13507 closed as done", "#13507 comment: Bye @liwei: all is well, {{you}}!", "#13507 close")
		p.press("#")
		p.write("13507")
		p.press("enter", "R", "enter")
		p.sees("Bye: it is closed already") // before anything is written in vain
	})
	sitWithABlank(t, func(p *person) {
		p.press("j", " ", " ", "R", "enter")
		p.sees("Bye on 2 tickets", "Bye @{{.Author}}: {{.Here}}!")
		p.press("ctrl+s")
		p.sees("your own words are missing")
		for range len("{{.Here}}!") {
			p.press("end", "backspace")
		}
		p.write("#{{.Number}} is done.")
		p.press("ctrl+s")
		p.sees("Bye: 2 tickets")
		p.press("enter")
		p.sees("Bye: 2 tickets; u takes it back")
		p.sent("#13507 closed as done", "#13507 comment: Bye @liwei: #13507 is done.", "#13507 close",
			"#13510 closed as done", "#13510 comment: Bye @liwei: #13510 is done.", "#13510 close")
	})
}

// A recipe that needs a label of the team's own which is not there says what to
// do about it, for one ticket and in the plan for many.
func TestARecipeSaysWhatToDoAboutALabelThatIsNotThere(t *testing.T) {
	for _, w := range []int{160, 80} {
		synctest.Test(t, func(t *testing.T) {
			p := newPerson(t, w, 35, newMemoryDesk(sample()...), func(o *Options) {
				o.Recipes = []model.Recipe{{Name: "Ask two", Labels: []string{"needs info"}}}
			})
			defer time.Sleep(time.Minute)
			for _, marks := range [][]string{{}, {" ", " "}} {
				p.press(marks...)
				p.press("R", "enter")
				p.sees("has no label needs info", "create it", "in the recipe")
				p.sent()
				p.press("esc")
			}
		})
	}
}

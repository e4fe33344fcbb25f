package ui

import (
	"testing"
	"testing/synctest"
	"time"

	"docket/model"
)

// Whoever writes a name that nobody here has is told so, and not only that
// nothing is found.
func TestAQueryForNobodySaysWhoMayBeMeant(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("/")
		p.write("assignee:kria")
		p.sees("0 of 21 tickets: nobody here is called kria; kira?")
		p.press("enter")
		p.sees("No ticket matches assignee:kria", "nobody here is called kria; kira?")
		p.press("esc", "/")
		p.write("repo:zz")
		p.press("enter")
		p.sees("No ticket matches repo:zz", "this board has no repository zz; infra/tickets?")
		p.press("esc", "/")
		p.write("assignee:kira")
		p.sees("3 of 21 tickets ")
		p.misses("nobody here")
	})
	sit(t, 60, 24, sample(), func(p *person) {
		p.press("/")
		p.write("author:kria")
		p.sees("nobody here is called kria; kira?")
	})
}

// A column that has a name of the person's own is found by it.
func TestAColumnIsAskedForByItsOwnName(t *testing.T) {
	renamed := func(o *Options) {
		o.Workflow = model.DefaultWorkflow()
		o.Workflow.Steps[1].Name, o.Workflow.Steps[1].Short = "Fire fire", "Fire fire"
	}
	synctest.Test(t, func(t *testing.T) {
		p := newPerson(t, 120, 35, newMemoryDesk(sample()...), renamed)
		defer time.Sleep(time.Minute)
		p.press("/")
		p.write("state:fi")
		p.sees("fire-fire", "tab takes it")
		p.press("tab")
		p.sees("/ state:fire-fire", "1 of 21 tickets ", "Registry answers")
		p.press("enter", "esc", "/")
		p.write(`state:"Fire fire"`)
		p.sees("1 of 21 tickets ")
	})
}

// A comma asks for one more, and until that is named the query holds.
func TestACommaWidensNothingYet(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("/")
		p.write("assignee:kira")
		p.sees("3 of 21 tickets ")
		p.write(",")
		p.sees("3 of 21 tickets ", "jonas")
		p.misses("nothing follows")
		p.press("enter")
		p.sees("nothing follows the comma")
	})
}

// Half a word that is to be left out leaves nothing out yet.
func TestHalfAWordToLeaveOutLeavesNothingOut(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("/")
		p.write("gain:high -as")
		p.sees("6 of 21 tickets without -as", "assignee:")
		p.press("tab")
		p.write("kira")
		p.sees("-assignee:kira", "4 of 21 tickets ")
		p.press("esc", "/")
		p.write("-re")
		p.sees("21 of 21 tickets without -re") // -repo: may come of it
		p.press("enter")                       // whoever is done means the word
		p.sees("/ -re ")
		p.misses("Registry answers")
	})
}

// A query that holds is gone on with behind a space, and cancelling that leaves
// it as it was; cancelling it itself shows all.
func TestCancellingAnEditKeepsTheQuery(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("/")
		p.write("assignee:kira")
		p.press("enter", "/")
		p.sees("esc leaves it as it was")
		p.write("gain:high")
		p.sees("/ assignee:kira gain:high", "2 of 21 tickets ")
		p.press("esc")
		p.sees("/ assignee:kira ", "Accounts: degraded")
		p.misses("Grüße")
		p.press("/", "enter")
		p.sees("/ assignee:kira ", "Accounts: degraded")
		p.press("esc")
		p.sees("OpenShift worker")
		p.press("v")
		p.write("quick")
		p.press("enter", "/")
		p.write("zzz")
		p.press("esc")
		p.sees("Quick wins")
		p.press("esc")
		p.misses("Quick wins")
		p.sees("OpenShift worker")
	})
}

// What other languages write between and before terms means here what it means
// there, or is told: it is never looked for in silence.
func TestAndAndNotAreUnderstood(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		for typed, want := range map[string]string{
			"gain:high and pain:low":        "2 of 21 tickets ",
			"gain:high pain:low":            "2 of 21 tickets ",
			"gain:high AND NOT pain:low":    "4 of 21 tickets ",
			"gain:high !pain:low":           "4 of 21 tickets ",
			"gain:high and ":                "and stands between two things",
			"gain:high and not pai":         "6 of 21 tickets without pai",
			"gain:high not pain:":           "6 of 21 tickets without pain:",
			`gain:high "and"`:               "0 of 21 tickets ",
			"gain:high and not (pain:low) ": "4 of 21 tickets ",
		} {
			p.press("/")
			p.write(typed)
			p.sees(want)
			p.press("esc")
		}
	})
}

// People are asked for by what they are called, too.
func TestPeopleAreFoundByTheirNames(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		for _, typed := range []string{`assignee:"Kira Ōta"`, `assignee:"kira ota"`} {
			p.press("/")
			p.write(typed)
			p.press("enter")
			p.sees("/ "+typed, "Accounts: degraded")
			p.misses("nobody here", "OpenShift")
			p.press("ctrl+a")
			p.sees("3 marked")
			p.press("esc", "esc")
		}
	})
}

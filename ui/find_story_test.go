package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"docket/model"
	"docket/model/query"
)

// words returns a ticket's thread, so that it can be found by it.
func words(d *memoryDesk, number int64, body string, comments ...string) {
	ref := model.Ref{Repo: "infra/tickets", Number: number}
	thread := model.Thread{Ref: ref, Complete: true, Body: model.NewProse(body)}
	for i, text := range comments {
		thread.Comments = append(thread.Comments, model.Comment{Ref: ref, ID: int64(i), Body: model.NewProse(text)})
	}
	d.threads[ref] = thread
}

func TestAQueryFindsWhatIsInBodiesAndComments(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		words(p.desk, 13483, "The router forgets its neighbours.", "@anna, could it be the firmware?")
		p.press("/")
		p.write("neighb")
		p.sees("OpenShift worker", "1 of 21 tickets")
		p.press("esc", "/")
		p.write("mentions:me")
		p.sees("OpenShift worker", "1 of 21 tickets")
		p.press("esc", "/")
		p.write(`"the firmware" or is:overdue`)
		p.sees("OpenShift worker", "Accounts: degraded", "2 of 21 tickets")
	})
}

func TestTermsNarrowAndSort(t *testing.T) {
	sit(t, 160, 45, sample(), func(p *person) {
		p.press("/")
		p.write("gain:high pain:<=medium -assignee:none")
		p.sees("Mail delayed", "Backups of db03", "2 of 21 tickets")
		p.misses("Rotate the TLS", "Registry answers")
		p.press("esc", "/")
		p.write("state:assignee sort:-age")
		p.press("enter")
		var order []int64
		for _, c := range p.app.columns.board.Columns[p.app.columns.col].Cards {
			order = append(order, c.Ref.Number)
		}
		if want := []int64{13498, 13483, 13440, 13391, 13360}; !slices.Equal(order, want) {
			p.t.Fatalf("the order is %v, not %v", order, want)
		}
		p.press("home", "g", "h") // what is edited stays in that order
		p.press("down")
		if p.on() != 13483 {
			p.t.Fatalf("the person is on #%d", p.on())
		}
	})
}

// What can't be read leaves the board as it was, and says what is wrong, where,
// and what to write; what is only not finished yet is no mistake.
func TestAQueryThatIsWrongSaysWhereAndKeepsTheBoard(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("/")
		p.write("is:urgent")
		rows := strings.Split(p.screen(), "\n")
		above, last := rows[len(rows)-2], rows[len(rows)-1]
		if !strings.Contains(last, `"urgent" is no word for is:`) || strings.Index(above, "▾") != strings.Index(last, "is:urgent")+len("is:") {
			p.t.Fatalf("the last lines are\n%s\n%s", above, last)
		}
		p.sees("OpenShift worker 04", "Registry answers")
		p.press("esc", "/")
		p.write("state:urgent gian:high")
		p.sees("Registry answers", `"gian:" is no term`, "do you mean gain:?")
		p.misses("OpenShift")
		p.press("enter") // stays: there is something to put right
		p.sees(`"gian:" is no term`)
		for range "gian:high" {
			p.press("backspace")
		}
		p.write("gain:hi")
		p.sees("tab takes it", "1 of 21 tickets without gain:hi")
		p.misses("is no level") // not yet
		p.press("enter")
		p.sees(`"hi" is no level`)
		p.press("tab", "tab", "enter") // or is half again
		p.sees("/ state:urgent gain:high", "Registry answers")
	})
}

func TestTheWordAtTheCursorIsCompleted(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("/")
		p.sees("gain:", "pain:", "how much it brings")
		p.write("ass")
		p.press("tab")
		p.sees("me", "none", "kira", "jonas")
		p.press("down", "down", "tab")
		p.sees("/ assignee:kira", "3 of 21 tickets")
		p.write(",jo")
		p.sees("Jonas Weiß")
		p.press("tab", "enter")
		p.sees("/ assignee:kira,jonas", "Backups of db03")
		p.press("/")
		p.write(" lab")
		p.press("tab")
		p.sees("label:")
		p.press("esc", "esc")
		p.sees("OpenShift worker")
	})
}

// Half a word of the language finds nothing, and half a value, too: the board
// stays with what the rest finds until it is clear that nothing will come of it.
func TestHalfAWordIsNoReasonToShowNothing(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("/")
		for _, step := range []struct{ more, shown string }{
			{"gai", "21 of 21 tickets without gai"}, {"n:", "21 of 21 tickets without gain:"}, {"hig", "21 of 21 tickets without gain:hig"},
			{"h", "6 of 21 tickets "}, {" assi", "6 of 21 tickets without assi"}, {"gnee:jo", "6 of 21 tickets without assignee:jo"},
			{"nas", "1 of 21 tickets "}, {",kir", "1 of 21 tickets "}, {"a", "3 of 21 tickets "}, {" -lab", "3 of 21 tickets "},
		} {
			p.write(step.more)
			p.sees(step.shown)
			p.misses("No ticket matches")
		}
		p.press("enter")
		p.sees("Backups of db03")
		p.press("/")
		p.write(" clos")
		p.sees("3 of 21 tickets without clos")
		p.press("enter") // whoever is done means what they wrote
		p.sees("No ticket matches gain:high assignee:jonas,kira -lab clos")
	})
}

// Before what follows, too, and in quotes that are open.
func TestHalfATermInTheMiddleIsCompleted(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("/")
		p.write("assignee:kira")
		p.press("home")
		p.write(`state:"in prog`)
		p.sees("in progress", "tab takes it")
		p.press("tab")
		p.write(" ")
		p.sees(`/ state:"in progress" assignee:kira`, "2 of 21 tickets", "Mail delayed")
		p.press("esc", "/")
		p.write(`gain:high state:"waiting on as`)
		p.press("tab", "enter")
		p.sees(`/ gain:high state:"waiting on assignee"`, "Rotate the TLS")
		p.misses("Mail delayed")
	})
}

// While one types, other tickets come and go; in the end one is where one was.
func TestTypingAQueryLosesNobodysPlace(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("#")
		p.write("13475")
		p.press("enter", "/")
		p.write("assignee:jonas")
		if p.on() != 13475 {
			p.t.Fatalf("the person is on #%d", p.on())
		}
		p.write("zz")
		p.sees("No ticket matches")
		p.press("esc")
		if p.on() != 13475 {
			p.t.Fatalf("the person is on #%d", p.on())
		}
	})
}

// slowDesk answers searches only when it is let.
type slowDesk struct {
	*memoryDesk
	let chan struct{}
}

func (d slowDesk) Search(ctx context.Context, texts []query.Text) (query.Found, error) {
	select {
	case <-d.let:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return d.memoryDesk.Search(ctx, texts)
}

// The board never waits for a search: keys are taken, what the person changes
// is shown, one search runs at a time, and what came too late is not shown.
func TestTheBoardNeverWaitsForASearch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := slowDesk{newMemoryDesk(sample()...), make(chan struct{}, 10)}
		p := newPerson(t, 120, 35, slow.memoryDesk, func(o *Options) { o.Desk = slow })
		defer time.Sleep(time.Minute)
		p.press("/")
		p.write("mail")
		p.sees("21 of 21 tickets")
		slow.let <- struct{}{}
		p.send(nil)
		p.sees("21 of 21 tickets") // that was the answer to m
		slow.let <- struct{}{}
		p.send(nil)
		p.sees("2 of 21 tickets", "New mailing list", "Mail delayed")
		if n := len(slow.searches); n != 2 {
			p.t.Fatalf("%d searches for four letters: %v", n, slow.searches)
		}
		p.press("enter", "g", "h")
		p.sees("G▰▰▰ P▱▱▱")
		p.press("esc")
		p.sees("OpenShift worker")
		for range 5 {
			slow.let <- struct{}{}
		}
		p.send(nil)
		p.sees("OpenShift worker")
	})
}

// While others change tickets all the time, a query shows its answer all the
// same.
func TestABoardThatNeverRestsNarrowsAllTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := slowDesk{newMemoryDesk(sample()...), make(chan struct{}, 10)}
		p := newPerson(t, 120, 35, slow.memoryDesk, func(o *Options) { o.Desk = slow })
		defer time.Sleep(time.Minute)
		p.press("/")
		p.write("m")
		for i := range patience + 1 {
			p.desk.put(ticket(13510, fmt.Sprintf("New mailing list, edit %d", i)))
			p.send(nil)
			slow.let <- struct{}{}
			p.send(nil)
		}
		p.misses("21 of 21 tickets")
	})
}

// Only the word that is being typed is looked up, while nothing has changed.
func TestWordsThatWereFoundAreNotLookedUpAgain(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("/")
		p.write("mail l")
		p.desk.searches = nil
		p.write("i")
		if want := []query.Text{{Words: "li"}}; !slices.Equal(p.desk.searches, want) {
			p.t.Fatalf("looked up %v", p.desk.searches)
		}
		p.desk.searches = nil
		p.write(" gain")
		p.desk.searches = nil
		p.write(":none")
		if len(p.desk.searches) != 0 {
			p.t.Fatalf("looked up %v", p.desk.searches)
		}
		p.sees("1 of 21 tickets", "New mailing list")
		p.desk.put(ticket(13511, "Mail lists once more"))
		p.send(nil)
		p.sees("2 of 22 tickets", "once more")
	})
}

func TestASearchThatFailsSaysSoAndKeepsTheBoard(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.desk.refuse = errors.New("no such disk")
		p.press("/")
		p.write("mail")
		p.sees("21 of 21 tickets", "OpenShift")
		p.press("enter")
		p.sees("The search failed: no such disk")
		p.desk.refuse = nil
		p.press("/")
		p.write(" ")
		p.press("backspace", "backspace", "backspace")
		p.sees("2 of 21 tickets")
	})
}

func TestANumberIsGoneTo(t *testing.T) {
	sit(t, 160, 45, sample(), func(p *person) {
		p.press("#")
		p.sees("Go to a ticket", "a ticket's number")
		p.write("987654")
		p.sees("not on the board; enter looks further")
		p.press("backspace", "backspace", "backspace", "backspace", "backspace", "backspace")
		p.write("#13x4")
		p.sees("13421  Request for a bot account", "13430", "13440  Add group sync")
		p.misses("not on the board")
		p.write("4")
		p.misses("13421  Request")
		p.write("0")
		p.sees("Add group sync for the design team, waiting on assignee")
		p.press("enter")
		if p.on() != 13440 {
			p.t.Fatalf("the person is on #%d", p.on())
		}
		p.press("1", "3", "4", "2", "1", "enter") // a digit begins it
		if p.on() != 13421 {
			p.t.Fatalf("the person is on #%d", p.on())
		}
		p.press("enter", "#")
		p.write("13421")
		p.press("enter")
		if p.app.pane == nil || p.app.pane.ref.Number != 13421 {
			p.t.Fatal("the open ticket is not #13421")
		}
		p.press("esc", "#")
		p.write("7")
		p.press("enter")
		p.sees("#7 is not on the board", "Look up infra/tickets#7", "to read it here")
		p.press("enter")
		if p.app.pane == nil || p.app.pane.ref.Number != 7 {
			p.t.Fatal("#7 is not open")
		}
		p.press("esc", "#")
		p.write("1342")
		p.press("down", "esc", "#")
		p.write("1344")
		p.press("enter") // nobody is led to #13440
		p.sees("#1344 is not on the board")
		p.press("esc", "#")
		p.write("1342")
		p.press("down", "enter")
		if p.on() != 13421 {
			p.t.Fatalf("the person is on #%d", p.on())
		}
		p.press("/")
		p.write("mail")
		p.press("enter", "#")
		p.write("13483")
		p.press("enter")
		p.sees("The query leaves out #13483: all tickets are shown", "OpenShift worker")
		if p.on() != 13483 {
			p.t.Fatalf("the person is on #%d", p.on())
		}
	})
}

// On a board of several repositories one number may be of several tickets.
func TestANumberOfTwoRepositoriesIsChosenFrom(t *testing.T) {
	sit(t, 160, 45, sample(), func(p *person) {
		p.desk.alter(func(s *model.Snapshot) {
			other := s.Repos[0]
			other.Name = "infra/docs"
			s.Repos = append(s.Repos, other)
		})
		second := ticket(13440, "The other one")
		second.Ref.Repo = "infra/docs"
		p.desk.put(second)
		p.send(nil)
		p.press("#")
		p.write("13440")
		p.sees("infra/tickets  Add group sync", "infra/docs  The other one")
		p.press("down", "enter")
		if got := p.app.columns.ref; got != second.Ref {
			p.t.Fatalf("the person is on %s", got)
		}
	})
}

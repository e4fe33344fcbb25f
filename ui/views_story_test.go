package ui

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"docket/model"
)

func TestAViewIsChosenAndLeft(t *testing.T) {
	sit(t, 160, 45, sample(), func(p *person) {
		p.press("v")
		p.sees("Mine", "assignee:me is:open", "Untriaged", "is:untriaged, oldest first", "Reporter answered", "Quick wins", "Due", "Stale",
			"is:stale, longest untouched first", "Recently closed")
		p.write("quick")
		p.press("enter")
		p.sees("Infra · infra/tickets   · Quick wins", "OpenShift worker", "Backups of db03")
		p.misses("Rotate the TLS", "Restart the queue")
		p.press("v")
		p.sees("✓ Quick wins")
		p.write("recently")
		p.press("enter")
		p.sees("· Recently closed", "Restart the queue", "A dashboard")
		p.misses("OpenShift worker")
		p.press("esc")
		p.sees("OpenShift worker", "Restart the queue")
		p.misses("· Recently closed")
	})
}

func TestThePaletteShowsViews(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("enter", ":")
		p.write("view quick")
		p.sees("Show view Quick wins", "gain:high pain:low is:open")
		p.press("enter")
		p.sees("· Quick wins", "OpenShift worker")
		p.misses("Rotate the TLS")
	})
}

// What a view sets goes with it; what the person set stays.
func TestLeavingAViewLeavesItsOrderAndLanes(t *testing.T) {
	sit(t, 160, 45, sample(), func(p *person) {
		p.app.Views = append(p.app.Views, model.View{Name: "Stand-up", Query: "is:open", Sort: "-age", Lanes: "assignee"})
		p.press("v")
		p.write("stand")
		p.sees("is:open, newest first, lanes by assignee")
		p.press("enter")
		p.sees("· Stand-up   newest first", "@kira  ", "nobody  ")
		p.press("/")
		p.sees("/ is:open")
		p.write(" gain:high")
		p.press("enter")
		p.sees("/ is:open gain:high   newest first")
		p.misses("Stand-up")
		p.press("esc")
		p.sees("newest first", "nobody") // that is no longer the view's
		p.press("v")
		p.write("stand")
		p.press("enter", "esc")
		p.misses("oldest first", "nobody", "Stand-up")
	})
}

func TestAnEmptyViewSaysSo(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("v")
		p.press("enter")
		p.sees("· Mine", "No ticket matches Mine", "esc shows all again", "no match")
	})
}

func TestAViewIsSavedRenamedAndDeleted(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("/")
		p.write("assignee:kira")
		p.press("enter", "s")
		p.write("comm")
		p.press("enter", "w", "v", "ctrl+s")
		p.sees("Save as a view", "assignee:kira, most comments first, lanes by assignee")
		p.press("enter")
		p.sees("Write a name first")
		p.write("Kira's")
		p.press("enter")
		p.sees("· Kira's   most comments first", "Saved as Kira's; v shows it again", "Mail delayed")
		p.press("esc")
		p.sees("OpenShift worker")
		p.misses("· Kira's")

		p.press("v")
		p.write("kira")
		p.sees("Kira's", "assignee:kira, most comments first, lanes ")
		p.press("ctrl+r")
		p.sees("Rename Kira's")
		p.write(" work")
		p.press("enter")
		p.sees("Kira's is called Kira's work now", "Views")
		p.press("enter")
		p.sees("· Kira's work")

		p.press("v", "ctrl+d")
		p.sees("Delete Kira's work?", "tickets stay as they are.")
		p.press("n", "ctrl+d", "y")
		p.sees("Kira's work is deleted", "Recently closed")
		p.press("esc")
		p.misses("· Kira's work")
		p.sees("/ assignee:kira   most comments first") // the board stays as it was
		if kept := p.desk.Drafts(""); len(kept) != 0 {
			p.t.Errorf("%q is kept", kept)
		}
	})
}

// A name that is taken is asked about, and a No loses nothing.
func TestAViewTakesThePlaceOfAnotherOnlyWhenAsked(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("/")
		p.write("is:overdue")
		p.press("enter", "v", "ctrl+s")
		p.write("Due")
		p.press("enter")
		p.sees("Put it in the place of Due?", "There is a view of that name: is:due, nearest due date first. It", "would show: is:overdue.")
		p.press("n")
		p.sees("Save as a view", "Due")
		p.press("enter", "y")
		p.sees("· Due")
		p.press("esc", "v")
		p.write("overdue")
		p.sees("Due  ", "is:overdue (yours)")
		p.press("ctrl+r", "backspace", "backspace", "backspace")
		p.write("Mine")
		p.press("enter")
		p.sees("There is a view of that name already", "Rename Due")
		p.press("esc")
		p.press("ctrl+d", "y")
		p.write("due")
		p.sees("is:due, nearest due date first") // that which docket comes with is back
		p.press("ctrl+d")
		p.sees("Due comes with docket")
		p.press("ctrl+r")
		p.sees("Due comes with docket")
	})
}

func TestAViewOfTheConfigurationIsChangedThere(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.app.Views = append(p.app.Views, model.View{Name: "Boss", Query: "author:liwei"})
		p.press("v")
		p.write("boss")
		p.press("ctrl+d")
		p.sees("Boss is from your configuration: change it there")
	})
}

// Own views are there after a restart; what can't be read of them is left out.
func TestOwnViewsSurviveARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := newMemoryDesk(sample()...)
		desk.SaveDraft("view:Broken", "{")
		desk.SaveDraft("view:Old", `{"Query":"gian:high"}`)
		defer time.Sleep(time.Minute)
		p := newPerson(t, 120, 35, desk)
		p.press("/")
		p.write("mail")
		p.press("enter", "v", "ctrl+s")
		p.write("Post")
		p.press("enter")
		again := newPerson(t, 120, 35, desk)
		again.press("v")
		again.sees("Post")
		again.misses("Broken")
		again.write("post")
		again.press("enter")
		again.sees("· Post", "New mailing list", "Mail delayed")
		again.misses("OpenShift")
		again.press("v")
		again.write("old")
		again.press("enter")
		again.sees(`The query of Old can't be read: "gian:" is no term`, "· Post")
	})
}

// A store may come from elsewhere: what is read from it as a view is a
// stranger's text.
func TestAViewFromElsewhereIsShownHarmless(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.desk.SaveDraft("view:a\x1b[2Jb", `{"Query":"x"}`)
		p.desk.SaveDraft("view:odd", `{"Query":"is:open \"\u001b[2J\"","Sort":"\u001b[2J","Lanes":"\u001b[2J"}`)
		for _, key := range []string{"v", "o", "d", "d", "ctrl+d", "n", "ctrl+r", "esc", "enter", "w", "w"} {
			p.press(key)
			if strings.Contains(p.app.View().Content, "\x1b[2J") {
				p.t.Fatalf("after %s it reaches the terminal as it is", key)
			}
		}
	})
}

func TestColumnsAreSorted(t *testing.T) {
	sit(t, 160, 45, sample(), func(p *person) {
		order := func(want ...int64) {
			p.t.Helper()
			cards := p.app.columns.board.Columns[2].Cards
			for i, n := range want {
				if cards[i].Ref.Number != n {
					p.t.Fatalf("row %d is #%d, not #%d", i, cards[i].Ref.Number, n)
				}
			}
		}
		p.press("#")
		p.write("13440")
		p.press("enter", "s")
		p.sees("Sort the columns by", "✓ the board's own", "what to do first", "oldest first")
		p.write("age")
		p.press("enter")
		p.sees("oldest first")
		order(13360, 13391, 13440, 13483, 13498)
		if p.on() != 13440 {
			p.t.Fatalf("the person is on #%d", p.on())
		}
		p.press("s")
		p.sees("✓ age", "oldest first; again: newest first")
		p.press("enter")
		p.sees("newest first")
		order(13498, 13483, 13440, 13391, 13360)
		p.press("s", "enter")
		order(13360, 13391)
		p.misses("newest first")
		p.desk.put(ticket(13001, "Older than all", state(model.OnAssignee), old(200*aDay), judged(model.Low, model.High)))
		p.send(nil)
		order(13001, 13360, 13391)
		p.press("p", "h") // what the person does shows at once, in that order
		order(13001, 13360, 13391, 13440)
		p.press("s", "home", "up", "up", "enter")
		p.misses("oldest first")
	})
}

// The query's own order wins, and the board says so.
func TestTheQuerysOrderWins(t *testing.T) {
	sit(t, 160, 45, sample(), func(p *person) {
		p.press("/")
		p.write("is:open sort:-age")
		p.press("enter", "s")
		p.sees("Sort the columns by (sort:-age of the query comes first)")
		p.write("comments")
		p.press("enter")
		p.sees("The query says sort:-age, which comes first; without it: most comments first")
		if n := p.app.columns.board.Columns[2].Cards[0].Ref.Number; n != 13498 {
			p.t.Fatalf("#%d is first", n)
		}
		time.Sleep(time.Minute)
		p.send(nil)
		p.misses("most comments first")
		p.press("esc")
		p.sees("most comments first")
		if n := p.app.columns.board.Columns[2].Cards[0].Ref.Number; n != 13391 {
			p.t.Fatalf("#%d is first", n)
		}
	})
}

// A number that the query hides is gone to, also when the board takes a moment
// to be sorted.
func TestAJumpOutOfAQueryArrivesOnASortedBoard(t *testing.T) {
	sit(t, 160, 45, sample(), func(p *person) {
		p.press("s")
		p.write("age")
		p.press("enter", "w", "/")
		p.write("mail")
		p.press("enter", "#")
		p.write("13483")
		p.press("enter")
		p.sees("all tickets are shown")
		if p.on() != 13483 {
			p.t.Fatalf("the person is on #%d", p.on())
		}
		p.press("/")
		p.write("kira")
		p.press("esc")
		if p.on() != 13483 {
			p.t.Fatalf("after a query that was left the person is on #%d", p.on())
		}
	})
}

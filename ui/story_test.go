package ui

import (
	"strings"
	"testing"
	"time"

	"docket/model"
)

func TestMovingAboutTheBoard(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		for _, step := range []struct {
			key string
			on  int64
		}{
			{"j", 13507}, {"down", 13510}, {"k", 13507}, {"end", 13512}, {"home", 13466}, {"up", 13466},
			{"l", 13500}, {"right", 13483}, {"j", 13391}, {"h", 13500}, {"left", 13466}, {"left", 13466},
			{"shift+tab", 13504}, {"tab", 13466}, {"pgdown", 13512}, {"pgup", 13466},
		} {
			p.press(step.key)
			if p.on() != step.on {
				p.t.Fatalf("after %s the person is on #%d, not on #%d\n%s", step.key, p.on(), step.on, p.screen())
			}
		}
		p.press("shift+tab")
		p.sees("Closed, 7 days", "✓ done")
		p.misses("Needs review")
	})
}

func TestSettingGainShowsTheGlossaryAndReachesTheOutbox(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("g")
		p.sees("Gain of #13466, now none", "a supported use; many people; no work-around")
		p.press("h")
		p.misses("a supported use")
		p.sees("G▰▰▰ P▱▱▱", "1 pending", "13466 ↻")
		p.press("p", "1")
		p.sees("G▰▰▰ P▰▱▱", "2 pending")
		p.sent("#13466 gain high, was none", "#13466 pain low, was none")
		p.press("g", "0")
		p.sent("#13466 gain high, was none", "#13466 pain low, was none", "#13466 gain none, was high")
		p.press("g", "esc", "g", "0")
		p.sees("It is none already")
	})
}

func TestMovingATicketThroughTheStates(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("j", "L")
		p.sent("#13507 move to urgent, was needs review")
		if p.on() != 13507 || p.app.columns.col != 1 {
			p.t.Fatalf("the person stays on their ticket, in its new column: on #%d in %d", p.on(), p.app.columns.col)
		}
		p.press("H")
		p.sent("#13507 move to urgent, was needs review", "#13507 move to needs review, was urgent")
		p.press("H")
		p.sees("There is no state beyond Needs review")
		p.press("m")
		p.sees("Move #13507 to", "an upstream or a vendor must act")
		p.write("ext")
		p.press("enter")
		p.sees("3 pending")
		if got := p.desk.changes()[2]; got != "#13507 move to waiting on external, was needs review" {
			p.t.Fatal(got)
		}
	})
}

func TestStartingWorkAsksWhoAndGoingBackTakesItFromThem(t *testing.T) {
	sit(t, 160, 40, sample(), func(p *person) {
		p.press("l", "l", "L")
		p.sees("Who works on #13483", "anna", "(you)", "jonas", "Jonas Weiß")
		p.write("jon")
		p.press("enter")
		p.sent("#13483 assign jonas")
		if p.app.columns.col != 3 {
			p.t.Fatal("a ticket with an assignee is in progress")
		}
		p.press("H")
		p.sent("#13483 assign jonas", "#13483 assign nobody")
		p.press("A")
		if got := p.desk.changes()[2]; got != "#13483 assign anna" {
			p.t.Fatal(got)
		}
		p.press("A")
		p.sees("You have #13483 already")
	})
}

func TestWaitingOnTheReporterOffersAQuestion(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("j", "m")
		p.write("reporter")
		p.press("enter")
		p.sees("#13507 waits on liwei", "What is the reporter to answer?")
		p.write("Does it\nstill happen?")
		p.press("ctrl+s")
		p.sent("#13507 comment: Does it still happen?", "#13507 move to waiting on reporter, was needs review")
	})
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("j", "m")
		p.write("reporter")
		p.press("enter", "ctrl+s")
		p.sent("#13507 move to waiting on reporter, was needs review")
	})
}

func TestClosingDemandsAnExplanation(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("j", "x")
		p.sees("Close #13507 as", "too large for a ticket")
		p.write("dupl")
		p.press("enter")
		p.sees("Close #13507 as duplicate", "An explanation for liwei")
		p.press("ctrl+s")
		p.sees("Write something first")
		p.write("Same as #1.")
		p.press("ctrl+s")
		p.sent("#13507 closed as duplicate", "#13507 comment: Same as #1.", "#13507 close")
		p.press("x")
		p.sees("is closed already; X reopens it")
		p.press("X")
		changes := p.desk.changes()
		if strings.Join(changes[3:], "; ") != "#13507 reopen; #13507 no longer closed as duplicate" {
			p.t.Fatal(changes)
		}
		if p.app.columns.col != 0 {
			p.t.Fatal("a reopened ticket is in the state that it had before")
		}
	})
}

func TestANoOnTheWayLosesNoText(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.desk.alter(func(s *model.Snapshot) { s.Repos[0].Missing = model.Scheme{}.Missing(nil) })
		p.send(nil)
		p.press("x", "enter")
		p.write("A long explanation.")
		p.press("ctrl+s")
		p.sees("Create labels in infra/tickets?")
		p.press("n")
		p.sent()
		p.press("x", "enter")
		p.sees("A long explanation.")
		p.press("ctrl+s", "y")
		p.sent("#13466 closed as done", "#13466 comment: A long explanation.", "#13466 close")
		p.press("X", "x", "enter")
		p.misses("A long explanation.")
	})
}

func TestMovingToInProgressMovesWhoeverIsPicked(t *testing.T) {
	sit(t, 160, 40, sample(), func(p *person) {
		p.press("j", "m")
		p.write("progress")
		p.press("enter", "enter")
		p.sent("#13507 move to waiting on assignee, was needs review", "#13507 assign anna")
		if p.app.columns.col != 3 {
			p.t.Fatalf("in column %d", p.app.columns.col)
		}
	})
}

func TestAnAnsweredTicketCanBeMovedToReviewForGood(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("m", "enter")
		p.sent("#13466 move to needs review, was waiting on reporter")
	})
}

func TestADraftSurvivesACancelledDialog(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("c")
		p.write("half a thou")
		p.press("esc")
		p.sees("The draft is kept")
		p.sent()
		p.press("c")
		p.sees("half a thou")
		p.write("ght")
		p.press("ctrl+s")
		p.sent("#13466 comment: half a thought")
		p.press("c")
		p.misses("half a thought")
	})
}

func TestTheFilterNarrowsAsOneTypes(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("/")
		p.write("group")
		p.sees("Add group sync", "1 of 21 tickets")
		p.misses("OpenShift")
		p.press("enter")
		p.sees("/ group")
		if p.on() != 13440 {
			p.t.Fatalf("the person is on #%d", p.on())
		}
		p.press("esc")
		p.sees("OpenShift worker 04")
		p.press("/")
		p.write("zzz")
		p.sees("No ticket matches zzz")
		p.press("esc")
		p.misses("No ticket matches")
		p.press("/")
		p.write("assignee:kira registry")
		p.sees("Registry answers 502", "1 of 21 tickets")
	})
}

func TestAnEditUnderAFilterShowsAtOnce(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("/")
		p.write("state:review")
		p.press("enter")
		p.press("g", "m")
		p.sees("G▰▰▱ P▱▱▱")
		p.press("L")
		p.misses("G▰▰▱ P▱▱▱")
	})
}

func TestASyncNeverMovesThePersonFromTheirTicket(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("l", "l", "j")
		if p.on() != 13391 {
			p.t.Fatal(p.on())
		}
		p.desk.put(ticket(13391, "Move the old planet to the new cluster", state(model.NextMeeting), judged(model.Medium, model.Low)))
		p.send(nil)
		if p.on() != 13391 || p.app.columns.col != 6 {
			p.t.Fatalf("on #%d in column %d", p.on(), p.app.columns.col)
		}
		p.sees("Next meeting", "Move the old planet")
		p.desk.put(ticket(13999, "A newer one", old(100*aDay), state(model.NextMeeting), judged(model.High, model.Low)))
		p.send(nil)
		p.sees("A newer one")
		if p.on() != 13391 {
			p.t.Fatal("another ticket in the column stole the selection")
		}
	})
}

func TestAnOlderPictureIsDropped(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		old := p.desk.Snapshot()
		p.press("g", "h")
		p.send(snapshotMsg{old})
		p.sees("G▰▰▰ P▱▱▱")
	})
}

func TestOpeningATicketShowsItsTextAndComments(t *testing.T) {
	ref := model.Ref{Repo: "infra/tickets", Number: 13507}
	for _, size := range [][2]int{{120, 35}, {200, 50}, {50, 15}} {
		sit(t, size[0], size[1], sample(), func(p *person) {
			p.desk.threads[ref] = model.Thread{Ref: ref, Complete: true, Body: model.NewProse("# Wiki\n\nIt **loops**, see `journalctl`."),
				Comments: []model.Comment{{Ref: ref, ID: 1, Author: model.Person{Login: model.NewLine("kira")}, Body: model.NewProse("- one\n- two"), Created: noon.Add(-5 * time.Hour)}}}
			p.press("j", "enter")
			p.sees("#13507", "loops", "journalctl", "opened 5 May 2026, 30 h ago")
			p.press("end")
			p.sees("kira", "5 h ago", "two")
			p.press("esc")
			p.misses("journalctl")
		})
	}
}

func TestTheOpenTicketFollowsWhatOthersWrite(t *testing.T) {
	ref := model.Ref{Repo: "infra/tickets", Number: 13507}
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("j", "enter")
		p.sees("No description.")
		p.desk.threads[ref] = model.Thread{Ref: ref, Complete: true, Body: model.NewProse("Now with text")}
		p.desk.put(ticket(13507, "Wiki login loops after password reset", talked(6)))
		p.send(nil)
		p.sees("Now with text")
	})
}

func TestMissingLabelsAreCreatedOnlyWithConsent(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.desk.alter(func(s *model.Snapshot) {
			s.Repos[0].Missing = []model.Meaning{{Field: model.FieldGain, Value: "high"}, {Field: model.FieldGain, Value: "low"}}
		})
		p.send(nil)
		p.press("g", "m")
		p.sent("#13466 gain medium, was none")
		p.press("g", "h")
		p.sees("Create labels in infra/tickets?", "gain/high, gain/low")
		p.press("enter")
		p.sees("Nothing was changed")
		p.press("g", "h", "y")
		p.sent("#13466 gain medium, was none", "#13466 gain high, was medium")
		p.press("g", "l")
		p.sees("3 pending")
	})
}

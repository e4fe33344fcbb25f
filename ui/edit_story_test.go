package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"docket/model"
)

// labelsOfTests are a repository's: plain ones, two that exclude each other, an
// archived one, and those of the workflow.
func labelsOfTests() []model.Label {
	labels := []model.Label{
		{ID: 1, Name: model.NewLine("backup")}, {ID: 2, Name: model.NewLine("mail")}, {ID: 3, Name: model.NewLine("mail")},
		{ID: 4, Name: model.NewLine("area/web"), Exclusive: true}, {ID: 5, Name: model.NewLine("area/db"), Exclusive: true},
		{ID: 6, Name: model.NewLine("attic"), Archived: true}, {ID: 7, Name: model.NewLine("ops")},
	}
	for i, m := range (model.Scheme{}).Missing(nil) {
		l := m.Default()
		l.ID = int64(100 + i)
		labels = append(labels, l)
	}
	return labels
}

func wears(names ...string) func(*model.Ticket) {
	return func(t *model.Ticket) {
		for _, n := range names {
			t.Labels = append(t.Labels, model.NewLine(n))
		}
	}
}

func TestLabelsAreEditedAsOneAction(t *testing.T) {
	mine := ticket(1, "Labelled", wears("mail", "area/web"), judged(model.Low, model.None))
	sit(t, 120, 35, []model.Ticket{mine}, func(p *person) {
		p.press("e")
		p.sees("Labels of #1", "✓ mail", "✓ area/web", "✓ Gain low", "gain/low", "Urgent", "Nothing is marked yet")
		p.misses("attic", "Closed as", "✓ backup")
		if n := strings.Count(p.screen(), " mail "); n != 1 {
			p.t.Fatalf("mail is listed %d times", n)
		}
		p.write("backup")
		p.press("tab")
		p.write("mail")
		p.press("tab")
		p.write("area/db")
		p.press("tab")
		p.write("gain high")
		p.press("tab")
		p.sees("-mail  -area/web  +backup  +area/db  +Gain high  -Gain low")
		p.press("enter")
		p.sent("#1 remove label area/web", "#1 remove label mail", "#1 add label backup", "#1 add label area/db", "#1 gain high, was low")
		group := p.desk.Snapshot().Outbox[0].Group
		for _, e := range p.desk.Snapshot().Outbox {
			if e.Group != group {
				p.t.Error("more than one action")
			}
		}
	})
}

func TestALabelIsAddedOrRemovedByTypingItsName(t *testing.T) {
	sit(t, 80, 24, []model.Ticket{ticket(1, "Labelled", wears("mail"))}, func(p *person) {
		p.press("e")
		p.write("back")
		p.press("enter")
		p.sent("#1 add label backup")
		p.press("e")
		p.write("mail")
		p.press("enter")
		p.sent("#1 add label backup", "#1 remove label mail")
		p.press("e")
		p.write("no such")
		p.press("enter", "tab", "enter")
		p.sees("nothing matches")
		p.press("esc")
		p.press("e", "tab", "tab", "esc") // marked and unmarked: nothing is to be done
		p.press("e")
		p.write("urgent")
		p.press("enter")
		if got := p.desk.changes()[2]; got != "#1 move to urgent, was needs review" {
			p.t.Fatal(got)
		}
		p.press("e")
		p.write("urgent")
		p.press("enter")
		if got := p.desk.changes()[3]; got != "#1 move to needs review, was urgent" {
			p.t.Fatal(got)
		}
	})
}

func TestLabelsNobodyKnowsYet(t *testing.T) {
	sit(t, 120, 24, three(), func(p *person) {
		p.desk.alter(func(s *model.Snapshot) { s.Repos[0].Labels, s.Repos[0].Milestones = nil, nil })
		p.send(nil)
		p.press("e")
		p.sees("The labels of infra/tickets are not known yet")
		p.press("I")
		p.sees("The milestones of infra/tickets are not known yet")
		p.desk.alter(func(s *model.Snapshot) {
			s.Repos[0].Labels, s.Repos[0].Milestones = []model.Label{}, []model.Milestone{}
		})
		p.send(nil)
		p.press("e")
		p.sees("infra/tickets has no labels")
		p.press("I")
		p.sees("infra/tickets has no open milestone")
		p.desk.alter(func(s *model.Snapshot) { s.Repos[0].Rights.Triage = false })
		p.send(nil)
		for _, key := range []string{"e", "d", "I"} {
			p.press(key)
			p.sees("ask its owners for the right to triage")
		}
		p.sent()
	})
}

func TestTheResolutionOfAClosedTicketIsALabelToo(t *testing.T) {
	sit(t, 120, 35, []model.Ticket{ticket(1, "Done", closed(aDay, model.Done))}, func(p *person) {
		p.press("e")
		p.sees("✓ Closed as done", "Closed as duplicate")
		p.misses("Urgent")
		p.write("duplicate")
		p.press("enter")
		p.sent("#1 closed as duplicate")
	})
}

func TestTheDueDateSaysWhatItUnderstood(t *testing.T) {
	sit(t, 120, 35, []model.Ticket{ticket(1, "Due some day")}, func(p *person) {
		p.press("d")
		p.sees("Due date of #1", "No due date")
		p.press("enter")
		p.sees("#1 has no due date")
		p.press("d")
		p.write("fr")
		p.sees("Friday 8 May 2026, in 2 days")
		p.write("x")
		p.sees(`"frx" is no day`)
		p.press("enter")
		p.sees("Due date of #1")
		p.press("backspace", "enter")
		p.sent("#1 due 2026-05-08")
		p.press("d")
		p.sees("Friday 8 May 2026")
		p.write("+2w") // in place of what was there
		p.sees("Wednesday 20 May 2026, in 14 days")
		p.press("enter", "d", "enter")
		p.sees("It is due on that day already")
		p.press("d", "backspace")
		p.sees("No due date")
		p.press("enter")
		p.sent("#1 due 2026-05-08", "#1 due 2026-05-20", "#1 due no date")
		p.press("d")
		p.write("tomorrow")
		p.sees("Thursday 7 May 2026, tomorrow")
		p.press("esc")
	})
}

func TestAMilestoneIsChosenAndLeft(t *testing.T) {
	attic := model.Milestone{ID: 9, Title: model.NewLine("attic")}
	sit(t, 120, 35, []model.Ticket{ticket(1, "Planned", func(t *model.Ticket) { t.Milestone = attic })}, func(p *person) {
		p.press("enter")
		p.sees("milestone attic")
		p.press("I")
		p.sees("Milestone of #1", "✓ attic", "no longer open", "spring", "autumn", "take it out of attic")
		p.write("spr")
		p.press("enter")
		p.sent("#1 milestone spring")
		p.sees("milestone spring")
		p.press("I")
		p.misses("no longer open")
		p.write("none")
		p.press("enter")
		p.sent("#1 milestone spring", "#1 out of milestone spring")
		p.misses("milestone spring ")
	})
}

func TestTheOpenTicketGoesOnThroughTheView(t *testing.T) {
	sit(t, 160, 40, sample(), func(p *person) {
		order := []int64{}
		for _, col := range p.app.columns.board.Columns {
			for _, c := range col.Cards {
				order = append(order, c.Ref.Number)
			}
		}
		p.press("enter")
		for i := range 2 * len(order) {
			want := order[i%len(order)]
			if p.on() != want || p.app.pane.ref.Number != want {
				p.t.Fatalf("step %d: on #%d with #%d open, not #%d", i, p.on(), p.app.pane.ref.Number, want)
			}
			if _, _, ok := p.cells().Find("▌"); !ok {
				p.t.Fatalf("step %d: the selected card is not on the screen:\n%s", i, p.screen())
			}
			p.press("n")
		}
		p.press("N", "N")
		if want := order[len(order)-2]; p.on() != want {
			p.t.Fatalf("back on #%d, not #%d", p.on(), want)
		}
		p.press("esc")
		if p.app.pane != nil {
			p.t.Fatal("there is no way back but to the board")
		}
		p.press("/")
		p.write("#13510")
		p.press("enter", "enter", "n")
		p.sees("This is the only ticket of the view")
	})
}

// mentioning is a board on which #1 mentions #2 and #99, which is not on the
// board, and #3 mentions #1.
func mentioning(p *person) {
	ref := func(n int64) model.Ref { return model.Ref{Repo: "infra/tickets", Number: n} }
	far := ticket(99, "Long ago", closed(90*aDay, model.Done))
	one := model.Thread{Ref: ref(1), Complete: true, Body: model.NewProse("Like #2 and #99."), Links: []model.Link{
		{Ref: ref(2), Known: true, Title: model.NewLine("The second"), Open: true},
		{Ref: ref(99), Known: true, Title: model.NewLine("Long ago")},
		{Ref: ref(500)}, {Ref: model.Ref{Repo: "other/place", Number: 4}},
		{Ref: ref(3), In: true, Known: true, Title: model.NewLine("The third"), Open: true},
	}}
	for i := range 40 {
		one.Comments = append(one.Comments, model.Comment{Ref: ref(1), ID: int64(i + 1), Created: noon, Body: model.NewProse(fmt.Sprintf("Comment %d.", i+1))})
	}
	p.desk.threads[ref(1)] = one
	p.desk.threads[ref(3)] = model.Thread{Ref: ref(3), Complete: true, Links: []model.Link{{Ref: ref(1), Known: true, Title: model.NewLine("The first"), Open: true}}}
	p.desk.threads[ref(99)] = model.Thread{Ref: ref(99), Complete: true, Ticket: far, Body: model.NewProse("An old story.")}
}

func three() []model.Ticket {
	return []model.Ticket{ticket(1, "The first", old(3*aDay)), ticket(2, "The second", old(2*aDay)), ticket(3, "The third", old(aDay))}
}

func TestMentionsAreListedAndFollowed(t *testing.T) {
	sit(t, 120, 35, three(), func(p *person) {
		mentioning(p)
		p.press("enter")
		p.sees("Mentions      #2  The second", "#99  Long ago", "✓ closed", "other/place#4", "Mentioned in  #3  The third")
		p.press("down", "down", "down")
		top := p.app.pane.top
		p.press("f")
		p.sees("Follow from #1 to", "The third, mentions this one", "Long ago (closed)", "not known here yet")
		p.write("third")
		p.press("enter")
		p.sees("#3  The third", "Mentions      #1  The first")
		if p.on() != 3 {
			p.t.Fatalf("the selection is on #%d", p.on())
		}
		p.press("f") // there is one only
		p.sees("#1  The first", "Comment 1.")
		p.press("esc")
		p.sees("#3  The third")
		p.press("esc")
		if p.on() != 1 || p.app.pane.top != top {
			p.t.Fatalf("back on #%d at line %d, not at %d", p.on(), p.app.pane.top, top)
		}
		p.press("esc")
		if p.app.pane != nil {
			p.t.Fatal("the board comes last")
		}
		p.press("j", "enter", "f")
		p.sees("#2 mentions no ticket, and none that is known here mentions it")
	})
}

// Back leads to where one followed from, however one has looked around there.
func TestTheNextTicketKeepsTheWayBack(t *testing.T) {
	sit(t, 120, 35, three(), func(p *person) {
		mentioning(p)
		p.press("enter", "f")
		p.write("long ago")
		p.press("enter", "n", "n")
		p.sees("#3  The third")
		p.press("esc")
		p.sees("#1  The first")
		p.press("esc")
		if p.app.pane != nil {
			p.t.Fatal("the board comes last")
		}
		p.press("home", "enter", "f")
		p.write("second")
		p.press("enter", "N") // to where one came from
		p.sees("#1  The first")
		p.press("esc")
		if p.app.pane != nil {
			p.t.Fatal("one was back already")
		}
	})
}

func TestATicketThatTheBoardDoesNotShowIsRead(t *testing.T) {
	sit(t, 120, 35, three(), func(p *person) {
		mentioning(p)
		p.press("enter", "f")
		p.write("long ago")
		p.press("enter")
		p.sees("#99  Long ago", "Closed, not on the board", "An old story.")
		for _, key := range []string{"g", "e", "x", "A"} {
			p.press(key)
			p.sees("#99 is not on the board: it can only be read here")
		}
		p.sent()
		p.press("n")
		p.sees("#2  The second")
		p.press("N", "f")
		p.write("other")
		p.press("enter")
		p.sees("other/place is not on this board")
		p.press("f")
		p.write("500")
		p.desk.threadErr = &model.Problem{Op: "read infra/tickets#500", Kind: model.NotFound}
		p.press("enter")
		p.sees("#500", "read infra/tickets#500: nothing there; no ticket of the repository has this number now")
	})
}

// happened is a ticket's history with two comments.
func happened(ref model.Ref) model.Thread {
	by := func(login string) model.Person { return model.Person{Login: model.NewLine(login)} }
	event := func(id int64, minutes int, login string, f model.Field, came, went string) model.Event {
		return model.Event{ID: id, At: noon.Add(-2 * aDay).Add(minutesOf(minutes)), By: by(login), Field: f, Came: came, Went: went}
	}
	events := []model.Event{
		event(1, 1, "kira", model.FieldGain, "high", ""), event(2, 1, "kira", model.FieldPain, "low", ""),
		event(3, 1, "kira", model.FieldState, "waiting on assignee", ""), event(4, 1, "kira", "label backup", "backup", ""),
		event(5, 1, "kira", model.FieldType, "ops", ""), event(6, 2, "jonas", model.FieldAssignees, "jonas", ""),
		event(7, 20, "kira", model.FieldGain, "", "high"), event(8, 20, "kira", model.FieldGain, "medium", ""),
		event(9, 21, "kira", model.FieldMilestone, "spring", "autumn"), event(10, 40, "kira", model.FieldDue, "2026-12-01", "2026-11-01"),
		event(11, 50, "kira", model.FieldTitle, "New", "Old"), event(12, 60, "", model.FieldMention, "", ""),
		event(13, 70, "anna", model.FieldResolution, "done", ""), event(14, 70, "anna", model.FieldOpen, "close", ""),
		event(15, 90, "liwei", model.FieldOpen, "reopen", ""), event(16, 91, "anna", model.FieldAssignees, "", "jonas"),
		event(17, 95, "anna", "label backup", "", "backup"),
	}
	events[11].Ref = model.Ref{Repo: ref.Repo, Number: 77}
	comment := func(id int64, minutes int, text string) model.Comment {
		return model.Comment{Ref: ref, ID: id, Author: by("kira"), Body: model.NewProse(text), Created: noon.Add(-2 * aDay).Add(minutesOf(minutes))}
	}
	t := ticket(ref.Number, "What happened", old(3*aDay))
	return model.Thread{Ref: ref, Ticket: t, Complete: true, Told: true, Body: model.NewProse("The beginning."), Events: events,
		Comments: []model.Comment{comment(1, 10, "A question."), comment(2, 80, "An answer.")}}
}

func TestTheTimelineTellsInWordsBetweenTheComments(t *testing.T) {
	sit(t, 120, 60, three(), func(p *person) {
		ref := model.Ref{Repo: "infra/tickets", Number: 1}
		p.desk.threads[ref] = happened(ref)
		p.press("enter")
		p.misses("opened it", "set gain")
		p.press("T")
		at := -1
		for _, line := range []string{
			"liwei opened it", "The beginning.",
			"kira set gain to high, set pain to low, moved it to waiting on assignee and added the labels backup,", "jonas took it",
			"A question.", "kira set gain to medium (was high)", "kira put it into milestone spring (was autumn)",
			"kira set the due date to 1 Dec 2026", "kira renamed it from \"Old\"", "somebody mentioned it in #77", "anna closed it as done",
			"An answer.", "liwei reopened it", "anna took it from jonas", "anna removed the label backup",
		} {
			p.sees(line)
			next := strings.Index(p.screen(), line)
			if next <= at {
				p.t.Fatalf("%q is not below what happened before:\n%s", line, p.screen())
			}
			at = next
		}
		p.sees("47 h ago")
		p.press("n")
		p.sees("#2  The second") // the timeline stays on
		p.press("N", "T")
		p.misses("opened it", "set gain")
	})
}

func TestTheTimelineComesAndGoesWithoutMovingWhatIsRead(t *testing.T) {
	sit(t, 120, 24, three(), func(p *person) {
		ref := model.Ref{Repo: "infra/tickets", Number: 1}
		thread := happened(ref)
		for i := range 40 {
			c := thread.Comments[1]
			c.ID, c.Body = int64(i+10), model.NewProse(fmt.Sprintf("Comment %d.", i+1))
			thread.Comments = append(thread.Comments, c)
		}
		p.desk.threads[ref] = thread
		p.press("enter", "pgdown", "pgdown")
		row := func() int {
			return slices.IndexFunc(strings.Split(p.screen(), "\n"), func(l string) bool { return strings.Contains(l, "Comment 10.") })
		}
		before := row()
		if before < 0 {
			p.t.Fatalf("the story begins elsewhere:\n%s", p.screen())
		}
		for range 3 {
			p.press("T")
			if now := row(); now != before {
				p.t.Fatalf("from row %d to %d:\n%s", before, now, p.screen())
			}
		}
	})
}

func TestWithoutTheForgeWhatIsKnownIsTold(t *testing.T) {
	sit(t, 120, 50, three(), func(p *person) {
		ref := model.Ref{Repo: "infra/tickets", Number: 1}
		thread := happened(ref)
		thread.Told = false
		p.desk.threads[ref] = thread
		p.desk.silent = &model.Problem{Kind: model.Unreachable, Place: model.NewLine("forge.example.org")}
		p.press("enter")
		p.misses("not known here")
		p.press("T")
		p.sees("kira set gain to high", "What happened of late is not known here: forge.example.org is unreachable")
	})
}

func TestWhatStrangersDidIsHarmless(t *testing.T) {
	sit(t, 80, 40, three(), func(p *person) {
		ref := model.Ref{Repo: "infra/tickets", Number: 1}
		thread := happened(ref)
		for i := range thread.Events {
			e := &thread.Events[i]
			e.Came, e.Went = e.Came+"\x1b[31m\u202e\n"+strings.Repeat("漢", 90), e.Went+"\x9b2J"
			e.By.Login = model.NewLine("\x1b]0;x\x07evil")
		}
		thread.Links = []model.Link{{Ref: model.Ref{Repo: "a/\x1b[2J", Number: 1}, Known: true, Title: model.NewLine("\x1b[2Jx\u202e")}}
		p.desk.threads[ref] = thread
		p.press("enter", "T")
		for _, bad := range []string{"\x1b[2J", "\x1b[31m\u202e", "\u202e", "\x9b"} {
			if strings.Contains(p.app.View().Content, bad) {
				p.t.Errorf("%q reaches the terminal", bad)
			}
		}
		for y, row := range strings.Split(p.app.View().Content, "\n") {
			if w := width(row); w > 80 {
				p.t.Errorf("row %d is %d wide", y, w)
			}
		}
	})
}

func minutesOf(n int) time.Duration { return time.Duration(n) * time.Minute }

package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

// twoRepos are tickets of infra/tickets (1, 2) and of infra/web (3, 4), which
// has its own labels and milestones; 4 is closed.
func twoRepos() []model.Ticket {
	all := []model.Ticket{
		ticket(1, "One", wears("mail"), judged(model.Low, model.None)), ticket(2, "Two", wears("mail", "backup")),
		ticket(3, "Three", judged(model.High, model.None)), ticket(4, "Four", closed(aDay, model.Done)),
	}
	all[2].Ref.Repo, all[3].Ref.Repo = "infra/web", "infra/web"
	return all
}

// sitBeforeTwo tells a story of two repositories, with all tickets marked.
func sitBeforeTwo(t *testing.T, story func(p *person)) {
	sit(t, 140, 40, twoRepos(), func(p *person) {
		p.desk.alter(func(s *model.Snapshot) {
			web := s.Repos[0]
			web.Name, web.Milestones = "infra/web", []model.Milestone{{ID: 7, Title: model.NewLine("spring")}, {ID: 8, Title: model.NewLine("launch")}}
			web.Labels = append([]model.Label{{ID: 50, Name: model.NewLine("css")}}, labelsOfTests()[1:]...) // without backup
			s.Repos = append(s.Repos, web)
		})
		p.desk.remembers = true
		p.send(nil)
		p.press("ctrl+a")
		p.sees("● 4 marked")
		story(p)
	})
}

// oneAction fails unless all that is in the outbox was done as one.
func (p *person) oneAction() {
	p.t.Helper()
	all := p.desk.Snapshot().Outbox
	for _, e := range all {
		if e.Group != all[0].Group {
			p.t.Fatal("it is more than one action")
		}
	}
}

func TestLabelsOfMarkedTicketsAreCountedAndEditedAsOneAction(t *testing.T) {
	sitBeforeTwo(t, func(p *person) {
		p.press("e")
		p.sees("Labels of 4 tickets", "◐ mail", "on 2 of 4", "◐ backup", "on 1 of 4", "css", "◐ Gain low", "gain/low, on 1 of 4")
		p.write("mail")
		p.press("tab") // for all
		p.press("tab") // for none
		p.sees("-mail")
		p.write("ops")
		p.press("tab")
		p.sees("-mail  +ops")
		p.press("enter")
		p.sees("Labels -mail, +ops: 4 tickets", "One action", "tickets#1  remove label mail; add label ops")
		p.sent()
		p.press("enter")
		p.sees("Labels -mail, +ops: 4 tickets; u takes it back as a whole")
		p.sent("#1 remove label mail", "#1 add label ops", "#2 remove label mail", "#2 add label ops", "#3 add label ops", "#4 add label ops")
		p.oneAction()
		p.marked(1, 2, 3, 4)
		p.press("u")
		p.sent()
	})
}

func TestALabelThatARepositoryLacksSkipsItsTickets(t *testing.T) {
	sitBeforeTwo(t, func(p *person) {
		p.press("e")
		p.write("backup")
		p.press("enter")
		p.sees("Labels +backup: 1 ticket, 3 skipped", "infra/web has no label backup", "its labels are so already", "tickets#1  add label backup")
		p.press("enter")
		p.sent("#1 add label backup")
	})
	sitBeforeTwo(t, func(p *person) {
		p.press("e")
		p.write("urgent")
		p.press("tab")
		p.write("gain high")
		p.press("tab")
		p.sees("+Gain high  -Gain low  +State urgent")
		p.press("enter")
		p.sees("3 tickets, 1 skipped", "1 skipped: closed, reopen it first", "gain high, was low; move to Urgent")
		p.press("enter")
		p.sent("#1 gain high, was low", "#1 move to urgent, was needs review", "#2 gain high, was none", "#2 move to urgent, was needs review", "#3 move to urgent, was needs review")
	})
}

// What gave way to a label that excludes it is back as it was when that one is
// not wanted after all.
func TestALabelThatMadeWayComesBack(t *testing.T) {
	sitBeforeTwo(t, func(p *person) {
		p.press("e")
		p.write("gain high")
		p.press("tab")
		p.sees("+Gain high  -Gain low")
		p.press("tab")
		p.sees("-Gain high")
		p.misses("-Gain low")
		p.press("tab")
		p.sees("Nothing is marked yet")
	})
	sit(t, 120, 35, []model.Ticket{ticket(1, "Labelled", wears("area/web"))}, func(p *person) {
		p.press("e")
		p.write("area/db")
		p.press("tab")
		p.sees("-area/web  +area/db")
		p.press("tab")
		p.sees("Nothing is marked yet", "✓ area/web")
	})
}

// Who has taken back all that they marked wants nothing, not what they stand on.
func TestToUnmarkEveryLabelChangesNothing(t *testing.T) {
	for _, mark := range [][]string{nil, {" ", " "}} { // one ticket, and two
		sit(t, 120, 35, sample(), func(p *person) {
			p.press(mark...)
			p.press("e")
			p.write("backup")
			p.press("tab")
			p.sees("+")
			p.press("tab")
			p.sees("Nothing is marked yet")
			p.press("enter")
			p.sees("Nothing was changed")
			p.misses("Labels of", "One action")
			p.sent()
		})
	}
}

func TestLabelsOfVeryManyAreCountedBesideTheScreen(t *testing.T) {
	sit(t, 120, 35, many(600), func(p *person) {
		p.press("ctrl+a")
		_, cmd := p.app.Update(keyPress("e"))
		p.sees("Labels of 600 tickets", "counting who has which")
		_, _ = p.app.Update(keyPress("b"))
		_, _ = p.app.Update(keyPress("enter")) // nothing is there to take
		p.sees("counting who has which")
		p.run(cmd)
		p.send(nil)
		p.write("ackup")
		p.misses("counting", "mail")
		p.press("enter")
		p.sees("Labels +backup: 600 tickets")
		p.press("esc")
		_, cmd = p.app.Update(keyPress("e"))
		p.press("esc") // the count comes too late
		p.run(cmd)
		p.send(nil)
		p.misses("Labels of")
	})
}

func TestOneDueDateForAllMarked(t *testing.T) {
	sitBeforeTwo(t, func(p *person) {
		p.press("d")
		p.sees("Due date of 4 tickets")
		p.press("enter")
		p.sees("No due date: nothing to do", "4 skipped: no due date")
		p.press("esc", "d")
		p.write("frx")
		p.press("enter")
		p.sees(`"frx" is no day`, "Due date of 4 tickets")
		p.press("backspace", "enter")
		p.sees("Due 2026-05-08: 4 tickets", "tickets#1  due 2026-05-08")
		p.press("enter")
		p.sent("#1 due 2026-05-08", "#2 due 2026-05-08", "#3 due 2026-05-08", "#4 due 2026-05-08")
		p.oneAction()
		p.press("d")
		p.write("fri")
		p.press("enter")
		p.sees("4 skipped: due on that day already")
	})
}

func TestAMilestoneOfMarkedTicketsIsFoundByItsTitle(t *testing.T) {
	sitBeforeTwo(t, func(p *person) {
		p.press("I")
		p.sees("Milestone of 4 tickets", "spring", "in each of the 2 repositories", "take them out")
		p.misses("launch", "autumn") // one repository alone has them
		p.press("esc", "esc", "/")
		p.write("repo:infra/web")
		p.press("enter", "ctrl+a", "I")
		p.sees("Milestone of 2 tickets", "spring", "launch")
		p.misses("autumn", "in each")
		p.write("launch")
		p.press("enter", "enter")
		p.sent("#3 milestone launch", "#4 milestone launch")
		p.press("esc", "esc", "ctrl+a")
		p.press("I")
		p.write("spring")
		p.press("enter", "enter")
		if got := p.desk.Snapshot().Outbox[4].Edit; got.Ref.Repo != "infra/web" || got.Change.(model.SetMilestone).To.ID != 7 {
			p.t.Errorf("each repository has its own: %+v", got)
		}
		p.press("I")
		p.write("spring")
		p.press("enter")
		p.sees("nothing to do", "4 skipped: in that milestone already")
		p.press("esc", "I")
		p.write("none")
		p.press("enter")
		p.sees("No milestone: 4 tickets")
		p.desk.alter(func(s *model.Snapshot) {
			s.Repos[1].Milestones = append(s.Repos[1].Milestones[:2:2], model.Milestone{ID: 9, Title: model.NewLine("spring")})
		})
		p.send(nil)
		p.press("esc", "I")
		p.write("spring")
		p.press("enter")
		p.sees("infra/web has several milestones of that title")
		p.desk.alter(func(s *model.Snapshot) { s.Repos[0].Milestones = nil })
		p.send(nil)
		p.press("esc", "I")
		p.sees("The milestones of infra/tickets are not known yet")
	})
}

func TestAnOpenTicketIsEditedAloneWhateverIsMarked(t *testing.T) {
	sitBeforeTwo(t, func(p *person) {
		p.press("home", "enter")
		for key, title := range map[string]string{"e": "Labels of tickets#1", "d": "Due date of tickets#1", "I": "Milestone of tickets#1"} {
			p.press(key)
			p.sees(title)
			p.press("esc")
		}
	})
}

func TestToDragAMarkedCardMovesAllMarked(t *testing.T) {
	sit(t, 220, 45, sample(), func(p *person) {
		p.press("l", "l", " ", " ") // 13483 and the one below
		marked := p.marks()
		p.grab("OpenShift")
		p.pull("Next meeting")
		p.sees("Let go: 2 tickets move to Next meeting", "● 2 tickets")
		p.drop()
		p.sees("Move to Next meeting: 2 tickets", "One action")
		p.sent()
		p.press("enter")
		if got := p.desk.changes(); len(got) != 2 {
			p.t.Fatal(got)
		}
		p.oneAction()
		p.marked(marked...)
		p.grab("Wiki login") // it is not marked: it goes alone
		p.pull("Next meeting")
		p.sees("Let go: #13507 moves")
		p.drop()
		p.misses("One action")
		if got := p.desk.changes(); len(got) != 3 {
			p.t.Fatal(got)
		}
		p.grab("OpenShift")
		p.pull("Infra")
		p.sees("2 tickets stay: pull them")
		p.send(tea.MouseReleaseMsg{Button: tea.MouseLeft})
		p.grab("OpenShift")
		p.pull("Closed")
		p.drop()
		p.sees("Close 2 tickets as")
	})
}

func TestAMarkedTicketIsToldAsMarked(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.hears(keys(" "), "Ticket 13466 marked, 1 in all", "Ticket 13507: Wiki login loops after password reset; not triaged")
		l.hears(keys("k"), "Ticket 13466: Grüße: 日本語 mirror list shows wrong names; marked; not triaged")
		l.hears(keys(" "), "Ticket 13466 is not marked any more, 0 in all", "Ticket 13507")
	})
}

func TestThePaletteIsAboutTheMarkedTickets(t *testing.T) {
	for typed, sees := range map[string][]string{
		"labels":              {"Labels of 2 tickets"},
		"due":                 {"Due date of 2 tickets"},
		"gain":                {"Gain of 2 tickets"},
		"recipes":             {"Recipes for 2 tickets"},
		"recipe needs":        {"2 tickets", "One action"},
		"move 2 meeting":      {"Move to Next meeting: 2 tickets", "One action"},
		"assign 2 kira":       {"Assign kira: 2 tickets"},
		"move 2 tickets clos": {"Close 2 tickets as"},
	} {
		t.Run(typed, func(t *testing.T) {
			sit(t, 120, 35, sample(), func(p *person) {
				p.press(" ", " ", ":")
				p.write(typed)
				p.misses("Move #", "Assign #")
				p.press("enter")
				p.sees(sees...)
				p.sent()
			})
		})
	}
	sit(t, 120, 35, sample(), func(p *person) { // an open ticket is acted on alone
		p.press(" ", "enter", ":")
		p.write("assign 13507 kira")
		p.press("enter")
		p.sent("#13507 assign kira")
	})
	sit(t, 120, 35, sample(), func(p *person) { // they go while it is open
		p.press(" ", ":")
		p.write("assign 1 ticket kira")
		p.desk.vanish(model.Ref{Repo: "infra/tickets", Number: 13466})
		p.send(nil)
		p.press("enter")
		p.sees("No ticket is marked any more")
		p.sent()
	})
}

func TestThePaletteListsViewsRecipesWithKeysAndThemes(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press(":")
		found := map[string]entry{}
		for _, e := range p.app.dialogs[0].(*palette).entries {
			found[e.title()] = e
		}
		for _, v := range p.app.Views {
			if e := found["Show view "+v.Name]; e.kind != "view" || e.keys != "v" {
				p.t.Errorf("view %s: %+v", v.Name, e)
			}
		}
		for _, r := range p.app.Recipes {
			e := found["Recipe "+r.Name]
			if e.pick == nil && e.action == "" || r.Key != "" && e.keys != r.Key {
				p.t.Errorf("recipe %s: %+v", r.Name, e)
			}
		}
		for _, th := range Themes {
			if e := found["Wear theme "+th.Name]; e.kind != "theme" {
				p.t.Errorf("theme %s: %+v", th.Name, e)
			}
		}
		p.write("theme plain")
		p.press("enter")
		if p.app.Theme.Name != "plain" || strings.Contains(p.app.View().Content, "\x1b[38") {
			p.t.Error("the colours stay")
		}
		p.sees("Theme plain for now")
	})
}

// Two tickets may have one number: whatever asks or tells says which it means.
func TestEveryDialogNamesTheRepositoryOfItsTicket(t *testing.T) {
	for _, size := range []struct{ w, h int }{{160, 45}, {50, 15}} {
		mine := twoRepos()
		mine[2].Ref.Number = 1
		sit(t, size.w, size.h, mine, func(p *person) {
			p.desk.alter(func(s *model.Snapshot) {
				web := s.Repos[0]
				web.Name = "infra/web"
				s.Repos = append(s.Repos, web)
			})
			p.send(nil)
			p.sees("web#1", "tickets#1")
			for p.app.columns.ref.Repo != "infra/web" {
				p.press("j")
			}
			for keys, title := range map[string]string{
				"g": "Gain of web#1, now high", "m": "Move web#1 to", "a": "Assign web#1", "x": "Close web#1 as", "c": "Comment on web#1",
				"d": "Due date of web#1", "e": "Labels of web#1", "I": "Milestone of web#1", "X": "web#1 is open",
			} {
				p.press(keys)
				p.sees(title)
				p.press("esc")
			}
			p.press("m")
			p.write("reporter")
			p.press("enter")
			p.sees("web#1 waits on liwei")
			p.press("esc", "x", "enter")
			p.sees("Close web#1 as")
			p.press("esc", "M")
			p.sees("not triaged: 3", "tickets#1  One")
		})
	}
	listen(t, twoRepos(), func(l *listener) {
		l.desk.alter(func(s *model.Snapshot) {
			web := s.Repos[0]
			web.Name = "infra/web"
			s.Repos = append(s.Repos, web)
		})
		l.send(nil)
		l.holds(keys("p", "h"), "Ticket 1 in tickets, pain set to high")
	})
}

package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"docket/keymap"
	"docket/model"
)

// holds presses keys and fails unless all these lines are among those told.
func (l *listener) holds(keys []string, want ...string) {
	l.t.Helper()
	if keys != nil {
		l.new()
	}
	l.press(keys...)
	told := l.new()
	for _, line := range want {
		if !slices.Contains(told, line) {
			l.t.Fatalf("%q tells\n  %s\nwithout %q", keys, strings.Join(told, "\n  "), line)
		}
	}
}

func TestTheMatrixIsToldCellByCell(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.hears(keys("M"), "Matrix: gain by pain", "Keys: ", "Counting ...", "18 open tickets, 4 not triaged",
			"high gain, medium pain: 2 tickets, oldest 3 days; key 8", "high gain, high pain: 1 ticket, oldest under a day; key 9",
			"medium gain, low pain: 3 tickets", "medium gain, medium pain: 1 ticket", "medium gain, high pain: 1 ticket",
			"low gain, low pain: 2 tickets", "low gain, medium pain: 1 ticket", "low gain, high pain: 1 ticket, last of all",
			"The key of a cell puts #13466, Grüße: 日本語 mirror list shows wrong names, 9 days old there; it is 1 of 4 not triaged",
			"high gain, low pain: 2 tickets, quick wins, oldest 10 days; key 7; here")
		l.hears(keys("right"), "high gain, medium pain: 2 tickets, oldest 3 days; key 8; here")
		l.hears(keys("7"), "Ticket 13466, gain set to high, pain set to low", "18 open tickets, 3 not triaged",
			"The key of a cell puts #13507", "high gain, low pain: 3 tickets, quick wins, oldest 10 days; key 7; here")
		l.hears(keys("right", "right", "right"), "high gain, medium pain", "high gain, high pain", "#13507, Wiki login loops after password reset, 1 day old; not triaged, 1 of 3; here")
		l.hears(keys("down"), "#13510, New mailing list for the RISC-V SIG, under a day old; not triaged, 2 of 3; here")
		l.desk.put(ticket(13507, "Judged by kira", judged(model.Low, model.Low)))
		l.send(nil)
		l.hears(nil, "18 open tickets, 2 not triaged", "low gain, low pain: 3 tickets", "#13510, New mailing list for the RISC-V SIG, under a day old; not triaged, 1 of 2; here")
		l.holds(keys("enter"), "Ticket 13510: New mailing list for the RISC-V SIG")
	})
}

func TestTheNumbersAreToldLineByLine(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.holds(keys("S"), "Numbers: the last 12 weeks", "Open for under a week: 7 tickets", "Time to first triage: known for 0 of 16 tickets",
			"Time to close, median: under a min", "Gain high: 5 open, 1 closed", "Closed as done: 1 ticket",
			"Week of 4 May 2026: 5 opened, 1 closed", "Week of 27 Apr 2026: 7 opened, 2 closed")
		l.new()
		l.press("-")
		told := l.new()
		if told[0] != "Numbers: the last 4 weeks" || told[1] != "Counting ..." || !strings.HasPrefix(told[2], "18 open. 16 opened") {
			t.Errorf("other weeks are told as\n%s", strings.Join(told, "\n"))
		}
		if last := told[len(told)-1]; !strings.HasPrefix(last, "Week of 13 Apr 2026") {
			t.Errorf("the last line is %q: the latest week comes first", last)
		}
	})
}

func TestAQueryIsToldWithItsMistakesAndProposals(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.press("/")
		l.write("is")
		l.hears(keys(":"), "Proposal: untriaged, open, gain or pain is missing; tab takes it, 1 of 11",
			"21 of 21 tickets without is:; Ticket 13466", "Filter: is:")
		l.hears(keys("down"), "Proposal: triaged, gain and pain are set; tab takes it, 2 of 11", "Filter: is:")
		l.press("down")
		l.hears(keys("tab"), "answered", "1 of 21 tickets; Ticket 13466", "Filter: is:answered")
		l.write(" age:>")
		l.holds(keys("5"), `Not finished at letter 17: ">5" is no length of time; of what? As age:>5d; with min, h, d, w, mo or y`)
		l.press("backspace", "backspace", "backspace", "backspace", "backspace", "backspace")
		l.write("gian")
		l.holds(keys(":"), `Wrong at letter 13: "gian:" is no term; do you mean gain:?`)
		l.holds(keys("enter"), `Wrong at letter 13: "gian:" is no term; do you mean gain:?`) // as often as one asks
		l.press("esc", "d")
		l.holds(keys("f"), "Not a day so far")
		l.holds(keys("r"), "Friday 8 May 2026, in 2 days")
		l.press("esc")
		l.holds(keys(":", "q", "q", "q"), "nothing is called that; fewer letters find more")
	})
}

func TestAListIsToldWithThePlaceInIt(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.holds(keys("m", "down"), "Urgent, now, 2 of 8")
		l.press("esc")
		l.holds(keys("down"), "Ticket 13507: Wiki login loops after password reset; not triaged; 5 comments; opened 5 May 2026; 2 of 4")
		l.holds(keys("e", "down", "tab"), "Add mail", "now mail, 2 of 16")
		l.press("esc", "g", "h", "p", "l")
		l.holds(keys("O", "down"), "on its way #13507, pain low, was none, pending, now, 2 of 2")
		l.press("esc")
		l.holds(keys(":", "a", "s"), "assign, Assign the ticket: choose a person from a list, key a, 1 of 42")
	})
}

func TestMarksLanesAndTheTimelineAreTold(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.holds(keys("ctrl+a"), "21 tickets marked")
		l.holds(keys("esc"), "No ticket is marked any more")
		l.holds(keys("V", "down"), "2 tickets marked")
		l.holds(keys("esc", "w"), "Lanes by assignee", "Lane nobody")
		l.holds(keys("right"), "Lane @kira")
		l.desk.threads[someTicket] = happened(someTicket)
		l.press("w", "w", "#")
		l.write("13466")
		l.press("enter", "enter")
		l.hears(keys("T"), "What happened is told between the comments", "liwei opened it, 3 days ago")
		l.hears(keys("down"), "The beginning.")
		l.holds(keys("down"), "kira set gain to high, set pain to low, moved it to waiting on assignee and added the labels backup, ops, 47 h ago")
	})
}

// A table's cells are parted by what is read as a pause, and its lines not at
// all; a link tells with each what it is.
func TestTablesAndLinksAreRead(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.desk.threads[someTicket] = model.Thread{Ref: someTicket, Complete: true, Body: model.NewProse("| a | b |\n|---|---|\n| one | two |"),
			Links: []model.Link{{Ref: model.Ref{Repo: "infra/tickets", Number: 13502}, Known: true, Title: model.NewLine("Mail"), Open: true},
				{Ref: model.Ref{Repo: "infra/tickets", Number: 13512}, Known: true, Title: model.NewLine("Copr")}}}
		l.holds(keys("enter"), "a; b")
		l.hears(keys("down"), "one; two")
		l.hears(keys("down"), "Mentions #13502, Mail")
		l.hears(keys("down"), "Mentions #13512, Copr, closed")
	})
}

// Of the ticket that is open, what somebody else changed is told at once; the
// others are counted from time to time.
func TestOthersChangesAreTold(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.press("enter")
		l.new()
		l.desk.put(ticket(13466, "Grüße: 日本語 mirror list shows wrong names", old(9*aDay), answered, judged(model.High, model.Low), func(t *model.Ticket) { t.Comments = 3 }))
		l.send(nil)
		l.hears(nil, "Changed: gain high, pain low", "Changed: 3 comments")
		l.hears(keys("g", "m"), "Gain of #13466", "Keys", "h, high", "m, medium", "l, low", "0, none", "Ticket 13466, gain set to medium") // one's own are told once
		time.Sleep(quietFor)
		l.desk.alter(func(s *model.Snapshot) {
			var put []*model.Card
			for _, n := range []int64{13466, 13507, 13510} {
				card, _, _, _ := s.Board.Find(model.Ref{Repo: "infra/tickets", Number: n})
				with := *card
				with.Changed = noon.Add(time.Minute)
				put = append(put, &with)
			}
			s.Board = s.Board.With(put)
		})
		l.send(nil)
		l.hears(nil, "News: 2 other tickets have changed")
	})
}

func TestATroubleIsToldWithWhatToDo(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.new()
		l.desk.alter(func(s *model.Snapshot) { s.Problem = &model.Problem{Kind: model.BadToken} })
		l.send(nil)
		what, hint := Words(&model.Problem{Kind: model.BadToken}, noon)
		l.hears(nil, "Trouble: "+what+"; "+hint)
		l.app.open(&working{what: "Taking back: 700 tickets"})
		l.send(nil)
		l.hears(nil, "A moment", "Taking back: 700 tickets...") // and no keys, for none does anything
	})
}

func TestHowFarAnActionOnManyHasComeIsTold(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		arrives := func(n int, after time.Duration, want ...string) {
			l.t.Helper()
			time.Sleep(after)
			l.new()
			l.desk.arrive(n)
			l.send(nil)
			l.hears(nil, want...)
		}
		l.desk.remembers = true
		l.press("ctrl+a")
		l.holds(keys("p", "m"), "Pain medium: 17 tickets, 4 skipped", "One action: u takes it back as a whole.")
		l.hears(keys("enter"), "Pain medium: 17 tickets; u takes it back as a whole")
		arrives(1, time.Second, "")
		arrives(6, time.Second, "")
		arrives(0, 3*time.Second, "7 of 17 tickets sent")
		arrives(2, time.Second, "")
		arrives(0, 4*time.Second, "9 of 17 tickets sent")
		arrives(8, time.Second, "All your changes have reached the forge") // at once, for it is the last word
		arrives(0, time.Minute, "")
	})
}

// What is parked has not reached the forge, and the end waits until somebody
// who chooses something has chosen.
func TestTheEndOfAnActionOnManyIsTold(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.desk.remembers = true
		l.press("ctrl+a", "p", "m", "enter")
		l.refuse(l.desk.Snapshot().Outbox[16].Edit.Ref.Number)
		l.press("m")
		l.new()
		l.desk.arrive(16)
		l.send(nil)
		l.hears(nil, "")
		l.holds(keys("esc"), "All your changes but 1 have reached the forge")
	})
}

func TestTheFirstSyncIsToldFromTimeToTime(t *testing.T) {
	listen(t, nil, func(l *listener) {
		fetched := func(n int) {
			l.desk.alter(func(s *model.Snapshot) {
				s.Repos[0].Synced, s.Repos[0].Phase, s.Repos[0].Done, s.Repos[0].Total = time.Time{}, model.First, n, 5230
			})
			l.send(nil)
		}
		time.Sleep(quietFor)
		l.new()
		fetched(150)
		l.hears(nil, "Fetching tickets 150 of 5,230", "The tickets are on their way")
		fetched(900)
		l.hears(nil, "")
		time.Sleep(quietFor)
		l.send(nil)
		l.hears(nil, "Fetching tickets 900 of 5,230")
	})
}

// sequences binds two actions to keys in a row.
func sequences(p *person) {
	m, err := keymap.New(map[keymap.ID][]string{keymap.Gain: {"z g"}, keymap.PickSort: {"z s"}})
	if err != nil {
		p.t.Fatal(err)
	}
	p.app.Keys = m
}

func TestTheBeginningOfASequenceIsShownAndTold(t *testing.T) {
	for _, size := range [][2]int{{160, 45}, {40, 12}} {
		sit(t, size[0], size[1], sample(), func(p *person) {
			sequences(p)
			p.press("z")
			p.sees("z …  g gain  s sort")
			p.press("x")
			p.misses("z …")
			p.press("z", "g")
			p.sees("Gain of #13466")
		})
	}
	listen(t, sample(), func(l *listener) {
		sequences(l.person)
		l.hears(keys("z"), "z ..., g gain, s sort")
		l.hears(keys("x"), "z x means nothing here")
	})
}

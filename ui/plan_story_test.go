package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"docket/model"
)

// manifold is a ticket of every kind that an action on many may meet.
func manifold() (all []model.Ticket) {
	n := int64(0)
	add := func(with ...func(*model.Ticket)) {
		n++
		all = append(all, ticket(n, fmt.Sprintf("Ticket %d", n), with...))
	}
	for i, s := range []model.State{model.NeedsReview, model.Urgent, model.OnAssignee, model.OnReporter, model.OnExternal, model.NextMeeting} {
		due := func(t *model.Ticket) {
			t.Due, t.Milestone = noon.Add(aDay), model.Milestone{ID: 2, Title: model.NewLine("autumn")}
		}
		add(state(s))
		add(state(s), has("kira"), judged(model.High, model.Level(i%4)), due)
		add(state(s), has("anna"), wears("mail", "backup"))
		add(state(s), closed(aDay, model.Done))
		add(state(s), has("jonas"), closed(aDay, model.Unresolved), due)
		add(state(s), func(t *model.Ticket) { t.Author.Login = model.NewLine("anna") }) // the person's own
	}
	add(answered)
	add(answered, has("kira"))
	return all
}

// actionsOnMany are keys that do something to all that are marked, up to the
// plan; what is typed comes letter by letter.
var actionsOnMany = map[string][]string{
	"gain":            {"g", "h"},
	"no pain":         {"p", "0"},
	"back":            {"H"},
	"on":              {"L"},
	"urgent":          {"m", "text:urgent", "enter"},
	"needs review":    {"m", "text:needs review", "enter"},
	"on assignee":     {"m", "text:on assignee", "enter"},
	"in progress":     {"m", "text:in progress", "enter", "text:jonas", "enter"},
	"wait":            {"m", "text:on reporter", "enter", "ctrl+s"},
	"question":        {"m", "text:on reporter", "enter", "text:How, #{{.Number}}?", "ctrl+s"},
	"close":           {"x", "enter", "text:Thanks, {{.Author}}.", "ctrl+s"},
	"close at length": {"x", "enter", "text:Thanks, {{.Author}}: what you have told us in #{{.Number}} was a great help to all who had to find out what had happened.", "ctrl+s"},
	"reopen":          {"X"},
	"assign":          {"a", "text:kira", "enter"},
	"nobody":          {"a", "text:nobody", "enter"},
	"me":              {"A"},
	"comment":         {"c", "text:Still?", "ctrl+s"},
	"labels":          {"e", "text:mail", "tab", "text:urgent", "tab", "enter"},
	"due":             {"d", "text:+1w", "enter"},
	"no due":          {"d", "enter"},
	"milestone":       {"I", "text:spring", "enter"},
	"no milestone":    {"I", "text:none", "enter"},
	"needs info":      {"R", "text:needs", "enter"},
	"quick win":       {"R", "text:quick", "enter"},
	"next meeting":    {"R", "text:meeting", "enter"},
	"answered none":   {"m", "text:next meeting", "enter"},
}

func (p *person) follow(keys []string) {
	for _, k := range keys {
		if text, ok := strings.CutPrefix(k, "text:"); ok {
			p.write(text)
		} else {
			p.press(k)
		}
	}
}

// shownPlan is the plan that is open.
func (p *person) shownPlan() *plan {
	p.t.Helper()
	for _, d := range p.app.dialogs {
		if d, ok := d.(*plan); ok {
			return d
		}
	}
	p.t.Fatalf("no plan is open\n%s", p.screen())
	return nil
}

// What a plan says of a ticket is what is queued for it, no more and no less, and
// it says so when the ticket goes to another column.
func TestAPlanSaysWhatIsQueued(t *testing.T) {
	for name, keys := range actionsOnMany {
		t.Run(name, func(t *testing.T) {
			sit(t, 200, 45, manifold(), func(p *person) {
				p.press("ctrl+a")
				marked := p.marks()
				p.follow(keys)
				d := p.shownPlan()
				said, was, seen := map[int64][]string{}, map[int64]model.State{}, 0
				for _, doing := range d.Doings {
					n := doing.Card.Ref.Number
					said[n], was[n] = strings.Split(d.sayDoing(p.app, doing), "; "), doing.Card.Shown()
				}
				told := d.told()
				for _, r := range d.reasons {
					seen += len(r.Refs)
				}
				if seen+len(said) != len(marked) {
					t.Fatalf("%d and %d of %d", len(said), seen, len(marked))
				}
				p.press("enter")
				if queued := agree(p, said, told); queued != len(said) {
					t.Errorf("%d tickets change, %d were planned", queued, len(said))
				}
				for n, words := range said {
					goesAsSaid(p, n, was[n], words)
				}
			})
		})
	}
}

// told returns what stands beside a ticket that gets a comment: all of it, but
// for what is told above the tickets.
func (d *plan) told() func(text string) string {
	begin, end := d.begin, d.end
	return func(text string) string {
		own, ok := strings.CutPrefix(text, begin)
		own, too := strings.CutSuffix(own, end)
		switch {
		case !ok || !too:
			return "not " + text
		case begin+end == "":
			return "comment: " + text
		case own == "":
			return "comment"
		}
		return "comment … " + strings.TrimSpace(own)
	}
}

// agree fails unless the words of each ticket are its queued changes. It returns
// how many tickets have any.
func agree(p *person, said map[int64][]string, told func(text string) string) int {
	queued := map[int64][]string{}
	for _, e := range p.desk.Snapshot().Outbox {
		word := sayChange(e.Edit.Change)
		switch c := e.Edit.Change.(type) {
		case model.AddComment:
			word = told(model.NewLine(c.Text).String())
		case model.Move:
			word = "move to " + p.app.Workflow.Step(c.To).Name
		case model.Resolve:
			if c.To != model.Unresolved {
				word = "close as " + string(c.To)
			}
		case model.Close:
			if slices.ContainsFunc(queued[e.Edit.Ref.Number], func(w string) bool { return strings.HasPrefix(w, "close as") }) {
				continue
			}
		}
		queued[e.Edit.Ref.Number] = append(queued[e.Edit.Ref.Number], word)
	}
	for n, want := range queued {
		var words []string
		for _, w := range said[n] {
			if !strings.HasPrefix(w, "goes to ") {
				words = append(words, w)
			}
		}
		ok := len(words) == len(want)
		for _, w := range want {
			ok = ok && slices.ContainsFunc(words, func(s string) bool { return s == w || strings.HasPrefix(s, w+", was ") })
		}
		if !ok {
			p.t.Errorf("#%d: the plan says %q, queued is %q", n, said[n], want)
		}
	}
	return len(queued)
}

// goesAsSaid fails unless the words of a ticket tell where it has gone.
func goesAsSaid(p *person, number int64, was model.State, words []string) {
	card, _, _, _ := p.app.snap.Board.Find(model.Ref{Repo: "infra/tickets", Number: number})
	is := card.Shown()
	var told string
	for _, w := range words {
		if to, ok := strings.CutPrefix(w, "goes to "); ok {
			told = to
		}
		if to, ok := strings.CutPrefix(w, "move to "+p.app.Workflow.Step(is).Name); ok && (strings.HasPrefix(to, ", was") || to == "") && is != was {
			told = p.app.Workflow.Step(is).Name
		}
		if strings.HasPrefix(w, "close") {
			told = p.app.Workflow.Step(model.Closed).Name
		}
	}
	want := p.app.Workflow.Step(is).Name
	if is == was {
		want = ""
	}
	if told != want {
		p.t.Errorf("#%d: was %s, is %s, and the plan says %q", number, was, is, words)
	}
}

// readPlan goes through the plan on the screen line by line to its end, and
// returns its text without what lies between words.
func (p *person) readPlan() string {
	p.t.Helper()
	inner := func() (lines []string) {
		left, right := 0, 0
		for line := range strings.SplitSeq(p.screen(), "\n") {
			if before, after, ok := strings.Cut(line, "╭─"); ok {
				title, _, _ := strings.Cut(after, "╮")
				left = width(before)
				right = left + width(title) + 2
			} else if strings.Contains(line, "╰─") {
				break
			} else if right > 0 {
				lines = append(lines, strings.TrimSpace(ansi.Cut(line, left+1, right)))
			}
		}
		return lines[slices.Index(lines, "")+1:]
	}
	p.press("home")
	var read []string
	for before := ""; ; {
		lines := inner()
		now := fmt.Sprint(p.app.dialogs[len(p.app.dialogs)-1].(*plan).top)
		if now == before {
			return strings.Join(strings.Fields(strings.Join(append(read[:len(read)-1], lines...), " ")), "")
		}
		before = now
		read = append(read, lines[0])
		p.press("down")
	}
}

func TestAllOfAPlanCanBeReadAtEveryWidth(t *testing.T) {
	for _, size := range [][2]int{{200, 50}, {160, 45}, {120, 30}, {100, 24}, {80, 24}, {60, 20}, {50, 15}, {40, 12}} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			sit(t, size[0], size[1], sample(), func(p *person) {
				p.desk.alter(func(s *model.Snapshot) {
					s.Repos[0].Labels = []model.Label{{Name: model.NewLine("question")}}
				})
				p.send(nil)
				p.press("ctrl+a")
				p.follow([]string{"m", "text:reporter", "enter", "text:Dear {{.Author}}, what is it that you saw when you opened #{{.Number}}, and what did you expect to see instead of that? Please answer before Friday.", "ctrl+s"})
				d := p.shownPlan()
				text := p.readPlan()
				squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
				for _, doing := range d.Doings {
					for _, c := range doing.Changes {
						word := p.app.sayOver(c, doing.Card.Ticket)
						if c, ok := c.(model.AddComment); ok {
							word = d.told()(c.Text)
						}
						if !strings.Contains(text, squeeze(word)) {
							t.Fatalf("#%d: %q can't be read in\n%s", doing.Card.Ref.Number, word, text)
						}
					}
				}
				if all := squeeze(d.begin) + "…" + squeeze(d.end); len(all) < 100 || !strings.Contains(text, all) {
					t.Fatalf("%q can't be read in\n%s", all, text)
				}
				first, skipped := strings.Index(text, fmt.Sprintf("#%d", d.Doings[0].Card.Ref.Number)), strings.Index(text, "skipped:")
				if len(d.Skipped) > 0 && skipped < first {
					t.Error("what is skipped stands before what is done")
				}
				p.sees(fmt.Sprintf(": %d tickets", len(d.Doings)))
			})
		})
	}
}

func TestAThousandSkippedTicketsAreToldByTheirReasons(t *testing.T) {
	tickets := many(1000)
	for i := range tickets {
		if i%4 == 3 {
			closed(aDay, model.Done)(&tickets[i])
		}
	}
	for _, size := range [][2]int{{160, 45}, {80, 24}} {
		sit(t, size[0], size[1], tickets, func(p *person) {
			p.press("ctrl+a")
			p.follow([]string{"m", "text:external", "enter"})
			p.sees("917 tickets, 83 skipped", "83 skipped: there already", "more tickets")
			p.press("end")
			p.sees("83 skipped: there already  #10 #22", "and 59 more")
			p.press("home", "pgdown", "pgup")
			p.sees("✓ #1 ")
		})
	}
	sit(t, 40, 12, tickets, func(p *person) {
		p.press("ctrl+a")
		p.follow([]string{"L"})
		p.sees("tickets skipped: end tells why", "skipped")
		p.press("end", "up", "up", "up", "up")
		p.sees("skipped:")
	})
}

func TestOnlyWhatNobodyHasIsAskedForInProgress(t *testing.T) {
	inProgress := []string{"m", "text:in progress", "enter"}
	sit(t, 120, 35, []model.Ticket{ticket(1, "One", has("kira")), ticket(2, "Two", has("jonas"))}, func(p *person) {
		p.press("ctrl+a")
		p.follow(inProgress)
		p.misses("Who works on")
		p.sees("Move to In progress: 2 tickets", "goes to In progress")
		p.press("enter")
		p.sent("#1 move to waiting on assignee, was needs review", "#2 move to waiting on assignee, was needs review")
	})
	sit(t, 120, 35, []model.Ticket{ticket(1, "One", has("kira")), ticket(2, "Two"), ticket(3, "Three")}, func(p *person) {
		p.press("ctrl+a")
		p.follow(inProgress)
		p.sees("Who works on #2, #3? The others have somebody")
		p.follow([]string{"text:jonas", "enter", "enter"})
		p.sent("#1 move to waiting on assignee, was needs review", "#2 move to waiting on assignee, was needs review",
			"#2 assign jonas", "#3 move to waiting on assignee, was needs review", "#3 assign jonas")
	})
	sit(t, 120, 35, many(700), func(p *person) {
		p.press("ctrl+a")
		p.follow(inProgress)
		p.sees("Who works on the 560 of 700 that nobody has")
	})
}

// While somebody reads a plan others work: what is done is what was read.
func TestAPlanThatOthersOvertakeIsShownOnceMore(t *testing.T) {
	sit(t, 120, 35, []model.Ticket{ticket(1, "One"), ticket(2, "Two")}, func(p *person) {
		p.press("ctrl+a")
		p.follow([]string{"x", "enter", "text:Thanks.", "ctrl+s"})
		p.sees("Close as done: 2 tickets")
		p.desk.put(ticket(2, "Two", closed(0, model.Invalid)))
		p.send(nil)
		p.press("enter")
		p.sent()
		p.sees("Close as done: 1 ticket, 1 skipped", "1 skipped: closed already  #2", "#2 has changed meanwhile: look at this once more")
		p.misses("changed: ")
		p.desk.put(ticket(1, "One, with another title")) // that makes no difference
		p.send(nil)
		p.press("enter")
		p.sent("#1 closed as done", "#1 comment: Thanks.", "#1 close")
	})
	sit(t, 120, 35, many(700), func(p *person) {
		p.press("ctrl+a", "g", "h")
		p.desk.put(ticket(1, "One", judged(model.High, model.None)))
		p.send(nil)
		p.press("enter")
		p.sent()
		p.sees("#1 has changed meanwhile", "176 skipped: high already")
		p.desk.alter(func(s *model.Snapshot) { s.ReadOnly = true })
		p.send(nil)
		p.press("enter")
		p.sent()
		p.sees("Read-only")
	})
}

// A plan calls states as the columns are called, also by names of one's own.
func TestAPlanCallsStatesAsTheColumnsAre(t *testing.T) {
	tickets := []model.Ticket{ticket(1, "One", state(model.OnAssignee), has("kira")), ticket(2, "Two", state(model.OnReporter))}
	sit(t, 120, 35, tickets, func(p *person) {
		p.app.Workflow.Steps[p.app.Workflow.Index(model.OnReporter)].Name = "Asked"
		p.press("ctrl+a", "m")
		p.write("urgent")
		p.press("enter")
		p.sees("#1  move to Urgent, was In progress  One", "#2  move to Urgent, was Asked  Two")
		p.misses("waiting on", "move to urgent")
	})
}

// What has become of a plan is told of the tickets that it is true of.
func TestAPlanTellsWhatHasChangedOfIt(t *testing.T) {
	sit(t, 120, 35, many(60), func(p *person) {
		p.press("ctrl+a", "p", "h")
		p.sees("Pain high: 48 tickets, 12 skipped")
		for n := range int64(5) {
			p.desk.put(ticket(n+1, "Another", judged(model.High, model.Medium)))
		}
		p.send(nil)
		p.press("enter")
		p.sent()
		p.sees("5 tickets have changed meanwhile: look at this once more", "#1  changed: pain high, was medium")
		p.desk.put(ticket(1, "Another", judged(model.High, model.Low)), ticket(2, "Another", judged(model.High, model.Low)))
		p.send(nil)
		p.press("enter")
		p.sees("#1, #2 have changed meanwhile", "#2  changed: pain high, was low")
		if n := strings.Count(p.screen(), "changed: "); n != 2 {
			t.Errorf("%d are told to have changed", n)
		}
		p.press("enter")
		if n := len(p.desk.Snapshot().Outbox); n < 48 {
			t.Errorf("%d are done", n)
		}
	})
}

func TestTheHistoryThinksInTickets(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.desk.remembers = true
		p.press("j", " ", " ", " ")
		p.follow([]string{"x", "enter", "text:Thanks.", "ctrl+s"})
		p.sees("Close as done: 3 tickets", "close as done")
		p.misses("9 changes", "closed as")
		p.press("enter")
		p.sees("Close as done: 3 tickets; u takes it back as a whole")
		p.press("ctrl+u")
		p.sees("#13507, #13510, #13512: close as done, comment")
		p.misses("9 changes")
		p.press("esc", "u")
		p.sees("Taken back: #13507, #13510, #13512: close as done, comment")
		p.sent()
	})
}

func TestAPlanKeepsItsPlaceOnAnotherScreen(t *testing.T) {
	sit(t, 160, 24, many(60), func(p *person) {
		p.press("ctrl+a", "g", "h", "end")
		p.sees("#60")
		p.send(tea.WindowSizeMsg{Width: 44, Height: 13})
		p.press("end")
		p.sees("skipped: high already")
		p.send(tea.WindowSizeMsg{Width: 160, Height: 45})
		p.sees("skipped: high already")
		p.press("home")
		p.sees("✓ #1 ")
	})
}

// Whatever the screen, keys go about in a plan and end where they began.
func TestAPlanSurvivesEveryScreen(t *testing.T) {
	sit(t, 120, 35, manifold(), func(p *person) {
		p.press("ctrl+a")
		p.follow([]string{"x", "enter", "text:Thanks.", "ctrl+s"})
		for w := 1; w < 60; w += 3 {
			for h := 1; h < 20; h += 2 {
				p.send(tea.WindowSizeMsg{Width: w, Height: h})
				for _, k := range []string{"home", "down", "pgdown", "end", "pgup", "up", "home"} {
					p.press(k)
					_ = p.app.View()
				}
				if p.shownPlan().top != (place{}) {
					t.Fatalf("%d×%d: it begins at %v", w, h, p.shownPlan().top)
				}
			}
		}
	})
}

func TestAPlanIsToldTicketsFirst(t *testing.T) {
	listen(t, []model.Ticket{ticket(1, "One", answered), ticket(2, "Two"), ticket(3, "Three", closed(aDay, model.Done))}, func(l *listener) {
		l.press("ctrl+a", "R")
		l.write("needs")
		l.hears(keys("enter"), "Needs info: 2 tickets, 1 skipped", "One action: u takes it back as a whole.",
			"Each of them gets this comment: @liwei, to go on", "#1, goes to On reporter; comment, One",
			"#2, move to On reporter, was Needs review; comment, Two", "1 skipped: closed, reopen it first, #3", "enter go")
	})
}

// The comma after a name that differs belongs to what is told once.
func TestWhatIsToldOfEachEndsWithoutAComma(t *testing.T) {
	tickets := []model.Ticket{ticket(1, "One"), ticket(2, "Two")}
	tickets[1].Author.Login = model.NewLine("oskar")
	sit(t, 140, 35, tickets, func(p *person) {
		p.press("ctrl+a")
		p.follow([]string{"c", "text:Dear {{.Author}}, can this wait until the servers have moved to the other house?", "ctrl+s"})
		p.sees("Dear …, can this wait", "#1  comment … liwei  One", "#2  comment … oskar  Two")
	})
}

// All that the board shows has the closed tickets among it: that a move reopens
// them stands above the list, which may be long.
func TestThatAPlanReopensTicketsCanNotBeMissed(t *testing.T) {
	sit(t, 80, 24, manifold(), func(p *person) {
		p.press("ctrl+a")
		p.follow([]string{"m", "text:next meeting", "enter"})
		d, n := p.shownPlan(), 0
		for _, doing := range d.Doings {
			if !doing.Card.Open() {
				n++
			}
		}
		if n < 2 {
			p.t.Fatalf("%d closed tickets are planned", n)
		}
		p.sees(fmt.Sprintf("%d of them are reopened.", n), "enter go")
		p.press("esc", "X") // says so itself
		p.sees("Reopen: ")
		p.misses("of them")
		p.press("esc", "A")
		p.misses("reopened")
	})
}

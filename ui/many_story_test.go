package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// marks returns the numbers of the marked tickets.
func (p *person) marks() []int64 {
	var all []int64
	for _, ref := range p.app.columns.marks.set.All() {
		all = append(all, ref.Number)
	}
	return all
}

func (p *person) marked(want ...int64) {
	p.t.Helper()
	slices.Sort(want)
	if got := p.marks(); !slices.Equal(got, want) {
		p.t.Fatalf("marked are %v, not %v\n%s", got, want, p.screen())
	}
}

func TestMarkingTicketsOneByOneAndARange(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press(" ")
		p.marked(13466)
		if p.on() != 13507 {
			p.t.Fatal("to mark a ticket goes on to the next")
		}
		p.sees("● 1 marked", "● 13466")
		p.press(" ", "k", "k", " ")
		p.marked(13507)
		p.press("esc")
		p.marked()
		p.misses("marked")
		p.press("home", "V")
		p.marked(13466)
		p.press("j", "j")
		p.marked(13466, 13507, 13510)
		p.press("k")
		p.marked(13466, 13507)
		p.press("end")
		p.sees("● 4 marked")
		p.press("V", "home")
		p.marked(13466, 13507, 13510, 13512)
		p.press(" ")
		p.marked(13507, 13510, 13512)
		p.press("home", "V", "j", "l", "j")
		p.marked(13466, 13507, 13510, 13512)
		p.press("esc", "ctrl+a")
		p.sees("● 21 marked")
	})
}

func TestARangeKeepsWhatWasMarkedBefore(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("j", " ", "home", "V", "j", "j", "k", "k", "V")
		p.marked(13466, 13507)
	})
}

func TestMarksStayWhateverHappensToTheBoard(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press(" ", " ")
		p.desk.put(ticket(13466, "Grüße, with another title", state(model.Urgent)))
		p.send(nil)
		p.send(tea.WindowSizeMsg{Width: 50, Height: 15})
		p.marked(13466, 13507)
		p.sees("● 2 marked")
		p.send(tea.WindowSizeMsg{Width: 120, Height: 35})
		p.press("/")
		p.write("wiki")
		p.press("enter")
		p.sees("● 2 marked, 1 hidden")
		p.press("g", "h")
		p.sees("Gain high: 2 tickets", "The filter hides 1 marked ticket; they are included.")
		p.press("esc", "esc")
		p.marked()
		p.sees("/ wiki")
		p.press("esc")
		p.misses("/ wiki")
	})
}

func TestNoMarkIsLeftOnATicketThatHasGone(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press(" ", " ")
		p.desk.vanish(model.Ref{Repo: "infra/tickets", Number: 13466})
		p.send(nil)
		p.marked(13507)
		p.sees("1 marked ticket is no longer on the board: #13466", "● 1 marked")
	})
}

func TestAnActionOnManyShowsWhatItWillDoAndIsOneUndo(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.desk.remembers = true
		p.press("l", "l", "V", "j", "j", "V") // 13483 high low, 13391 and 13440 medium low
		p.press("g")
		p.sees("Gain of 3 tickets")
		p.press("h")
		p.sees("Gain high: 2 tickets, 1 skipped", "1 skipped: high already  #13483", "#13391  gain high, was medium", "One action: u takes it back as a whole")
		p.sent()
		p.press("enter")
		p.sees("Gain high: 2 tickets; u takes it back as a whole", "0 of 2 tickets sent")
		p.sent("#13391 gain high, was medium", "#13440 gain high, was medium")
		p.marked(13391, 13440, 13483)
		p.desk.arrive(1)
		p.send(nil)
		p.sees("1 of 2 tickets sent")
		p.press("u")
		p.sees("Taken back: #13391, #13440: gain high")
		p.sent("#13391 gain medium, was high")
		p.desk.arrive(1)
		p.send(nil)
		p.misses("sent", "to take back")
	})
}

func TestAPlanCanBeReadThroughAndLeft(t *testing.T) {
	sit(t, 80, 24, many(60), func(p *person) {
		p.press("ctrl+a", "p", "h")
		p.sees("Pain high: 48 tickets, 12 skipped", "12 skipped: high already", "35 more tickets")
		p.press("end")
		p.sees("#60", "pain high, was ", "12 skipped: high already  #13 #14")
		p.misses("more ticket")
		p.press("home", "pgdown")
		p.sees("more tickets")
		p.press("esc")
		p.sees("Nothing was changed")
		p.sent()
		if n := len(p.marks()); n != 60 {
			p.t.Fatalf("%d are still marked", n)
		}
	})
}

func TestWhatIsSkippedSaysWhy(t *testing.T) {
	for keys, story := range map[string]struct {
		keys []string
		sees []string
	}{
		"closed":   {[]string{"x", "enter", "B", "y", "e", "ctrl+s"}, []string{"Close as done: 18 tickets, 3 skipped", "3 skipped: closed already  #13430 #13444 #13504"}},
		"open":     {[]string{"X"}, []string{"Reopen: 3 tickets, 18 skipped", "18 skipped: open  #13350"}},
		"back":     {[]string{"H"}, []string{"Move one state back", "there is no state beyond Needs review"}},
		"on":       {[]string{"L"}, []string{"nobody has it, assign it first", "to close it takes a resolution"}},
		"me":       {[]string{"A"}, []string{"Assign to you: 21 tickets"}},
		"someone":  {[]string{"a", "k", "i", "r", "enter"}, []string{"Assign kira: 18 tickets, 3 skipped", "kira has it already"}},
		"nobody":   {[]string{"a", "n", "o", "b", "enter"}, []string{"Assign nobody: 4 tickets, 17 skipped", "nobody has it"}},
		"external": {[]string{"m", "e", "x", "t", "enter"}, []string{"Move to On external: 20 tickets, 1 skipped", "1 skipped: there already  #13350"}},
		"progress": {[]string{"m", "a", "s", "s", "i", "g", "n", "e", "r"}, []string{"nothing matches"}},
	} {
		t.Run(keys, func(t *testing.T) {
			sit(t, 120, 35, sample(), func(p *person) {
				p.press("ctrl+a")
				p.press(story.keys...)
				p.sees(story.sees...)
			})
		})
	}
}

func TestManyTicketsInProgressNeedSomebody(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("l", "l", "V", "j", "m")
		p.write("doing")
		p.press("backspace", "backspace", "backspace", "backspace", "backspace")
		p.write("someone works")
		p.press("enter")
		p.sees("Who works on 2 tickets")
		p.write("jonas")
		p.press("enter", "y")
		p.sent("#13391 assign jonas", "#13483 assign jonas")
	})
}

func TestRightsAndArchivesSkipAsWell(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.desk.alter(func(s *model.Snapshot) { s.Repos[0].Rights.Triage = false })
		p.send(nil)
		p.press(" ", " ", "g", "h")
		p.sees("Gain high: nothing to do", "you may not change this in infra/tickets")
		p.press("enter")
		p.sent()
		p.desk.alter(func(s *model.Snapshot) { s.ReadOnly = true })
		p.send(nil)
		p.press("c")
		p.sees("Read-only")
	})
}

func TestMissingLabelsAreAskedForOnceForAll(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.desk.alter(func(s *model.Snapshot) { s.Repos[0].Missing = model.Scheme{}.Missing(nil) })
		p.send(nil)
		p.press(" ", " ", "g", "h", "enter")
		p.sees("Create labels in infra/tickets?")
		p.press("n")
		p.sent()
		p.press("enter", "y")
		p.sent("#13466 gain high, was none", "#13507 gain high, was none")
	})
}

func TestARecipeThatNeedsALabelAsksFirst(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.desk.alter(func(s *model.Snapshot) { s.Repos[0].Missing = model.Scheme{}.Missing(nil) })
		p.send(nil)
		p.press("j", "R")
		p.write("meeting")
		p.press("enter")
		p.sees("Create labels in infra/tickets?")
		p.misses("takes it back")
		p.press("y")
		p.sent("#13507 move to next meeting, was needs review")
	})
}

func TestAnOpenTicketIsActedOnAlone(t *testing.T) {
	sit(t, 160, 45, sample(), func(p *person) {
		p.press(" ", " ", "enter", "g")
		p.sees("Gain of #13510, now none")
		p.press("h")
		p.sent("#13510 gain high, was none")
		p.press(" ")
		p.marked(13466, 13507, 13510)
		p.sees("● #13510  New mailing list")
		p.press(" ")
		p.misses("● #13510")
	})
}

func TestLinksOfMany(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press(" ", " ", "y")
		p.sees("Copied 2 links")
		p.press("ctrl+a", "o")
		p.sees("Too many to open at once: mark at most 10 tickets")
	})
}

func TestManyThousandsAreMarkedAndChangedBesideTheScreen(t *testing.T) {
	sit(t, 120, 35, many(2000), func(p *person) {
		p.desk.remembers = true
		_, cmd := p.app.Update(keyPress("ctrl+a"))
		_, more := p.app.Update(keyPress("g"))
		p.sees("Still marking")
		p.run(cmd)
		p.run(more)
		p.send(nil)
		p.sees("● 2,000 marked")
		p.press("g")
		_, cmd = p.app.Update(keyPress("h"))
		p.sees("Looking at 2,000 tickets")
		p.run(cmd)
		p.send(nil)
		p.sees("Gain high: 1,500 tickets, 500 skipped")
		_, cmd = p.app.Update(keyPress("enter"))
		p.sees("Handing over 1,500 tickets")
		p.press("j", "esc") // nothing overtakes it
		p.run(cmd)
		p.send(nil)
		p.sees("0 of 1,500 tickets sent")
		if n := len(p.desk.changes()); n != 1500 {
			p.t.Fatalf("%d changes wait", n)
		}
		p.press("ctrl+u")
		p.sees("1,500 tickets: gain high")
		p.press("u")
		p.sees("Taken back: 1,500 tickets: gain high")
		p.sent()
	})
}

func TestAKeyOfItsOwnForARecipe(t *testing.T) {
	synctestPerson(t, func(o *Options) {
		o.Recipes = []model.Recipe{{Name: "Needs info", Key: "i", State: model.OnReporter, Comment: "@{{.Author}}, how?"}}
		keys, err := keymap.New(map[keymap.ID][]string{"recipe-needs-info": {"i", "f5"}}, RecipeActions(o.Recipes, o.Workflow)...)
		if err != nil {
			t.Fatal(err)
		}
		o.Keys = keys
	}, func(p *person) {
		p.press("j", "i")
		p.sees("Needs info: 2 changes; u takes it back as a whole")
		p.sent("#13507 comment: @liwei, how?", "#13507 move to waiting on reporter, was needs review")
		p.press("home", "f5") // the reporter has answered: it waits again after another question
		p.sees("Needs info: 1 change;")
		p.press("?", "end")
		p.sees("Recipes", "i f5", "Needs info: move to On reporter, comment.")
	})
}

func synctestPerson(t *testing.T, more func(*Options), story func(p *person)) {
	t.Helper()
	sit(t, 120, 35, nil, func(quiet *person) {
		p := newPerson(quiet.t, 120, 35, newMemoryDesk(sample()...), more)
		defer time.Sleep(time.Minute)
		story(p)
	})
}

// numbered lists changes without their numbers, each once.
func numbered(changes []string) []string {
	var out []string
	for _, c := range changes {
		_, what, _ := strings.Cut(c, " ")
		if !slices.Contains(out, what) {
			out = append(out, what)
		}
	}
	return out
}

func TestARecipeOnManyIsOneAction(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.desk.remembers = true
		p.desk.alter(func(s *model.Snapshot) {
			s.Repos[0].Labels = []model.Label{{Name: model.NewLine("Question")}}
		})
		p.send(nil)
		p.press("j", "V", "j", "j", "V", "R")
		p.sees("Recipes for 3 tickets", "Needs info", "move to On reporter, label question, comment")
		p.press("enter")
		p.sees("Needs info: 3 tickets", "One action: u takes it back as a whole", "add label Question")
		p.press("y")
		if got := numbered(p.desk.changes()); len(got) != 3 || got[0] != "add label Question" ||
			!strings.HasPrefix(got[1], "comment: @liwei, to go on with this") || got[2] != "move to waiting on reporter, was needs review" {
			p.t.Fatal(got)
		}
		p.press("u")
		p.sent()
		p.sees("Taken back: #13507")
		p.press("esc", "R")
		p.write("quick")
		p.press("enter")
		p.sees(fmt.Sprintf("Quick win: 3 changes; %s takes it back as a whole", "u"))
	})
}

package ui

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"docket/model"
	"docket/ui/uitest"
)

// listener is a person who hears the board.
type listener struct {
	*person
	out *bytes.Buffer // all that was told
	had int           // of it, before the last look
}

// listen starts a board for a screen reader, on a terminal whose rows never end.
func listen(t *testing.T, tickets []model.Ticket, story func(l *listener)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		l := &listener{out: &bytes.Buffer{}}
		l.person = newPerson(t, 2000, 24, newMemoryDesk(tickets...), func(o *Options) { o.Accessible, o.transcript = true, l.out })
		l.send(nil)
		defer time.Sleep(time.Minute)
		story(l)
	})
}

// new is what was told since it was last asked for, as the lines of a terminal.
func (l *listener) new() []string {
	text := l.out.String()[l.had:]
	l.had = l.out.Len()
	var lines []string
	for line := range strings.SplitSeq(strings.Trim(text, "\r\n"), "\r\n") {
		lines = append(lines, strings.TrimSuffix(line, "\r"))
	}
	return lines
}

// hears presses keys and fails unless just these lines are told.
func (l *listener) hears(keys []string, want ...string) {
	l.t.Helper()
	if keys != nil {
		l.new()
	}
	l.press(keys...)
	got := l.new()
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || !strings.HasPrefix(got[i], want[i]) {
			l.t.Fatalf("%q tells\n  %s\ninstead of\n  %s", keys, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
		}
	}
}

func keys(k ...string) []string { return k }

func TestTheBoardIsToldLineByLine(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		told := strings.Join(l.new(), "\n")
		for _, want := range []string{
			"Docket: Infra, infra/tickets, 21 tickets", "Column Needs review, 4 tickets, 1 of 8", "Keys: ", "In step: 21 tickets",
			"Ticket 13466: Grüße: 日本語 mirror list shows wrong names; not triaged; answered; opened 27 April 2026",
		} {
			if !strings.Contains(told, want) {
				t.Errorf("%q is not among\n%s", want, told)
			}
		}
		l.hears(keys("j"), "Ticket 13507: Wiki login loops after password reset; not triaged; 5 comments; opened")
		l.hears(keys("l"), "Column Urgent, 1 ticket, 2 of 8", "Ticket 13500: Registry answers 502 for every pull; gain high, pain high; @kira;")
		l.hears(keys("l"), "Column On assignee, 5 tickets, 3 of 8", "Ticket 13483")
		l.hears(keys("end"), "Ticket 13360")
		l.hears(keys("j"), "") // there is nothing beyond
	})
}

func TestWhatOneChangesIsAnnounced(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.hears(keys("g"), "Gain of #13466, now none", "Keys: h high, m medium", "h, high, a supported use", "m, medium", "l, low", "0, none, now")
		l.hears(keys("h"), "Ticket 13466, gain set to high")
		l.hears(keys("g", "esc"), "Gain of #13466, now high", "h, high, now", "m, medium", "l, low", "0, none", "Ticket 13466: Grüße")
		l.hears(keys("L"), "Ticket 13466, moved to Urgent", "Column Urgent, 2 tickets, 2 of 8")
		l.hears(keys("u"), "Nothing is left to undo")
		l.sent("#13466 gain high, was none", "#13466 move to urgent, was waiting on reporter")
	})
}

func TestAListIsWalkedAndNarrowedByEar(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.hears(keys("m"), "Move #13466 to", "Keys: ", "now Needs review, new", "/")
		l.hears(keys("down"), "Urgent, ", "/")
		l.press("n", "e", "x")
		if told := strings.Join(l.new(), "\n"); !strings.Contains(told, "Next meeting") || !strings.HasSuffix(told, "/ nex") {
			t.Errorf("%q", told)
		}
		l.hears(keys("q"), "nothing matches", "/ nexq")
		l.press("backspace")
		l.hears(keys("enter"), "Ticket 13466, moved to Next meeting", "Column Next meeting, 2 tickets, 7 of 8")
	})
}

func TestWhatOneTypesIsEchoedOnce(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.press("c")
		told := strings.Join(l.new(), "\n")
		for _, want := range []string{"Comment on #13466", "Keys: ctrl+s send, ctrl+e editor, ctrl+t templates, esc cancel"} {
			if !strings.Contains(told, want) {
				t.Errorf("%q is not among %q", want, told)
			}
		}
		for _, each := range []struct{ key, bytes string }{
			{"H", "H"}, {"i", "i"}, {"!", "!"}, {"backspace", "\r\x1b[KHi"}, {"left", "\r\x1b[C"},
		} {
			l.had = l.out.Len()
			l.press(each.key)
			if got := l.out.String()[l.had:]; got != each.bytes {
				t.Errorf("%q sends %q instead of %q", each.key, got, each.bytes)
			}
		}
		l.press("end")
		l.hears(keys("enter", "T", "o"), "To")
		l.hears(keys("up"), "Hi")
		l.hears(keys("ctrl+s"), "Ticket 13466, comment written", "Column On reporter")
		l.sent("#13466 comment: Hi To")
	})
}

func TestATicketIsReadByEar(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		ref := model.Ref{Repo: "infra/tickets", Number: 13466}
		long := strings.Repeat("a sentence that stays whole ", 20)
		l.desk.threads[ref] = model.Thread{Ref: ref, Complete: true, Body: model.NewProse("Some **wrong names**:\n\n- one\n- two\n\n" + long),
			Comments: []model.Comment{{Ref: ref, ID: 1, Author: model.Person{Login: model.NewLine("kira")}, Body: model.NewProse("Which?"), Created: noon.Add(-2 * time.Hour)}}}
		l.hears(keys("enter"), "Ticket 13466: Grüße", "not triaged", "Needs review", "opened 27 Apr 2026 by liwei", "the reporter has answered", "Keys: ", "Fetching the text", "Some wrong names:")
		l.hears(keys("j"), "* one")
		l.hears(keys("j", "j"), "* two", strings.TrimSpace(long))
		l.hears(keys("j", "j", "j"), "Comment 1 of 1 by kira, 2 h ago", "Which?")
		l.hears(keys("k", "k"), "Comment", strings.TrimSpace(long))
		l.hears(keys("home", "pgdown"), "Some wrong names", "* one", "* two", strings.TrimSpace(long), "Comment 1 of 1 by kira, 2 h ago", "Which?")
		l.hears(keys("p", "l"), "Pain of #13466, now none", "Keys", "h, high", "m, medium", "l, low", "0, none", "Ticket 13466, pain set to low")
		l.hears(keys("esc"), "Ticket 13466: Grüße")
	})
}

func TestHelpOutboxAndHistoryAreTold(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.press("?")
		help := strings.Join(l.new(), "\n")
		for _, want := range []string{"Keys", "Here", "g, Set the gain: then choose low, medium, high or none.", "up k, Go up"} {
			if !strings.Contains(help, want) {
				t.Errorf("%q is not in the help:\n%s", want, help)
			}
		}
		if strings.Count(help, "Set the gain") > 1 && strings.Contains(help, "Everywhere\n\n\n") {
			t.Error(help)
		}
		l.hears(keys("esc"), "Ticket 13466")
		l.press("g", "h", "p", "l")
		l.hears(keys("O"), "Outbox: 2 changes", "Keys: ", "on its way #13466, gain high, was none")
		l.hears(keys("j"), "on its way #13466, pain low, was none")
		l.hears(keys("esc"), "Ticket 13466: Grüße: 日本語 mirror list shows wrong names; gain high, pain low")
		l.hears(keys("ctrl+u"), "History: 0 actions", "Keys", "You have not changed anything yet.")
	})
}

func TestFilteringByEar(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.hears(keys("/"), "Filter: type words; enter keeps it, esc shows all", "Keys: ", "Proposal: gain:, how much it brings; tab takes it, 1 of 12",
			"21 of 21 tickets; Ticket 13466", "Filter:")
		l.press("i", "p", "v")
		if told := strings.Join(l.new(), "\n"); !strings.Contains(told, "1 of 21 tickets; Ticket 13483") || !strings.HasSuffix(told, "Filter: ipv") {
			t.Errorf("%q", told)
		}
		l.hears(keys("enter"), "Column On assignee, 1 ticket, 3 of 8", "Ticket 13483")
		l.hears(keys("esc"), "Column On assignee, 5 tickets", "Ticket 13483")
	})
}

// What others do is told politely: not into what one is doing, not every few
// seconds, and in one line for each column.
func TestNewsComesRarelyAndTroubleAtOnce(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		for i := range 5 {
			l.desk.put(ticket(int64(20000+i), "Another", old(time.Hour)))
			l.send(nil)
		}
		l.hears([]string{}, "")
		time.Sleep(quietFor)
		l.press("c")
		l.hears(keys("x"), "x")
		time.Sleep(quietFor)
		l.hears(keys("esc"), "The draft is kept for next time", "News: Needs review has 9 tickets, had 4")
		l.desk.alter(func(s *model.Snapshot) {
			s.Repos[0].Problem = &model.Problem{Kind: model.Unreachable, Place: model.NewLine("forge.example.org")}
		})
		l.send(nil)
		l.hears(nil, "Trouble: forge.example.org is unreachable")
		l.desk.alter(func(s *model.Snapshot) { s.Repos[0].Problem = nil })
		l.send(nil)
		l.hears(nil, "The trouble is over")
	})
}

func TestSomebodyElsesChangeToTheTicketOneIsOnIsTold(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.new()
		l.desk.put(ticket(13466, "Renamed by kira", old(9*aDay), answered))
		l.send(nil)
		l.hears(nil, "Changed: Ticket 13466: Renamed by kira")
	})
}

// Nothing but letters, and no line that was told is written again: what the
// terminal shows in the end is all that was said, in order.
func TestATranscriptIsNeverDrawnAnew(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.press("j", "k", "l", "h", "g", "h", "m", "esc", "x", "esc", "a", "esc", "?", "esc", "O", "esc", "ctrl+u", "esc", "enter", "j", "esc", "L", "tab")
		text := strings.ReplaceAll(l.out.String(), listening, "")
		for _, never := range []string{"\x1b[?1049h", "\x1b[H", "\x1b[2J", "\x1b[A", "▰", "│", "─", "╭", "▌", "◷", "○", "…", "·", "‹", chosenMark} {
			if strings.Contains(text, never) {
				t.Errorf("%q is among what is told", never)
			}
		}
		if !strings.HasPrefix(lastLine(text), "Ticket ") {
			t.Errorf("the last line is not what the keys are about: %q", lastLine(text))
		}
		cells := uitest.Screen(200, 400, strings.ReplaceAll(text, "\r\n", "\n"))
		if !strings.Contains(cells.String(), "Column Urgent") {
			t.Error(cells.String())
		}
	})
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimRight(text, "\r\n"), "\r\n")
	return lines[len(lines)-1]
}

func TestAQuestionIsToldWithItsAnswers(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.desk.alter(func(s *model.Snapshot) { s.Repos[0].Missing = model.Scheme{}.Missing(nil) })
		l.send(nil)
		l.press("g")
		l.hears(keys("h"), "Create labels in infra/tickets?", "infra/tickets has no label for this. May docket create what is missing, as exclusive labels? 20 labels:", "y yes, n no")
	})
}

func TestALongLineBreaksBetweenWords(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.send(tea.WindowSizeMsg{Width: 40, Height: 12})
		l.hears(keys("j"), "Ticket 13507: Wiki login loops after", "password reset; not triaged; 5", "comments; opened 5 May 2026")
	})
}

func TestATypedLineStaysInItsRow(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.send(tea.WindowSizeMsg{Width: 40, Height: 12})
		l.press("c")
		l.write(strings.Repeat("long words ", 7))
		l.press("left", "left", "backspace")
		for _, row := range strings.FieldsFunc(l.out.String()[strings.LastIndex(l.out.String(), "\r\n"):], func(r rune) bool { return r == '\r' || r == '\n' }) {
			if w := width(row); w >= 40 {
				t.Errorf("a typed row of %d cells: %q", w, row)
			}
		}
	})
}

func TestACloseAndAClashByEar(t *testing.T) {
	listen(t, sample(), func(l *listener) {
		l.hears(keys("x"), "Close #13466 as", "Keys: ", "done, ", "/")
		l.press("d", "u", "p")
		l.hears(keys("enter"), "Close #13466 as duplicate", "Keys: ", "An explanation for liwei, sent as a comment.")
		l.write("See #1.")
		l.hears(keys("ctrl+s"), "Ticket 13466, closed as duplicate, comment written, closed", "Column Closed, 4 tickets")
		l.press("X", "p", "l")
		l.new()
		e := l.desk.Snapshot().Outbox[len(l.desk.Snapshot().Outbox)-1]
		l.desk.entry(e.ID, func(e *model.Entry) bool {
			e.Status, e.Theirs = model.Clashed, model.Theirs{Value: "high", By: model.Person{Login: model.NewLine("kira")}}
			return true
		})
		time.Sleep(lullByEar / 2)
		l.send(nil)
		l.hears(nil, "1 change is parked; O shows the outbox", "Changed: Ticket 13466")
		l.rest()
		told := strings.Join(l.new(), "\n")
		for _, want := range []string{"#13466: somebody was faster", "Pain was set to high by kira. You chose low.", "A moment: it takes keys once you have paused"} {
			if !strings.Contains(told, want) {
				t.Errorf("%q is not among\n%s", want, told)
			}
		}
		l.hears(keys("k", "k"), "") // what comes too soon neither decides nor makes it talk
		l.rest()
		l.hears(nil, "k keep theirs, m use mine")
		l.press("?")
		l.hears(keys("esc"), "#13466: somebody was faster", "Pain was set", "A moment:")
		l.rest()
		l.hears(nil, "k keep theirs, m use mine")
		l.hears(keys("k"), "Pain of #13466 stays high, set by kira; yours was dropped: pain low")
	})
}

package ui

import (
	"errors"
	"strings"
	"testing"
	"time"

	"docket/model"
)

func TestTheNumbersTellWhatTheTeamCounts(t *testing.T) {
	sit(t, 120, 60, sample(), func(p *person) {
		ref := func(n int64) model.Ref { return model.Ref{Repo: "infra/tickets", Number: n} }
		p.desk.triaged = map[model.Ref]time.Time{
			ref(13488): noon.Add(-5 * aDay), ref(13421): noon.Add(-13 * aDay), ref(13350): noon.Add(-38 * aDay),
		}
		p.press("S")
		p.sees("Numbers: the last 12 weeks", "18 open. 20 opened, 3 closed", "Opened ↑ and closed ↓ by week",
			"Age of the open ones", "under a week            7", "Time to first triage, known for 3 of 16",
			"shortest             24 h", "median           2.0 days", "mean             2.0 days", "longest          3.0 days",
			"Time to close, 3 tickets closed", "gain high              5       1", "untagged               4       1", "initiative              1")
		p.press("+", "+", "+")
		p.sees("from the beginning", "21 opened")
		p.press("+", "-", "-", "-", "-", "-")
		p.sees("the last 4 weeks", "4.8 and 0.9 a week")
		p.desk.coming = true
		time.Sleep(restBetween)
		p.desk.put(ticket(1, "New"))
		p.send(nil)
		p.sees("19 open.", "Old tickets are still on their way")
		p.press("esc", "/")
		p.write("mail")
		p.press("enter", "S")
		p.sees("matching mail", "2 open.")
	})
}

func TestTheNumbersSayWhyThereAreNone(t *testing.T) {
	sit(t, 80, 24, sample(), func(p *person) {
		p.desk.broken = &model.Problem{Kind: model.BrokenStore, Op: "read the store", Err: errors.New("no")}
		p.press("S")
		p.sees("The local store can't be used", "start docket again")
	})
}

func TestNumbersAsText(t *testing.T) {
	n := model.CountNumbers(model.Archive{Tickets: sample(), Complete: true}, nil, model.Scheme{}.Read, model.WeeksBack(noon, 12), noon)
	for _, w := range []int{20, 40, 80, 200} {
		for _, ascii := range []bool{false, true} {
			text := NumbersText(n, w, ascii)
			for line := range strings.Lines(text) {
				if width(strings.TrimRight(line, "\n")) > w || strings.Contains(line, "\x1b") {
					t.Errorf("at %d: %q", w, line)
				}
				if ascii && strings.ContainsFunc(line, func(r rune) bool { return r > '~' }) {
					t.Errorf("not ASCII: %q", line)
				}
			}
			if !strings.Contains(text, "Time to close") {
				t.Error(text)
			}
		}
	}
}

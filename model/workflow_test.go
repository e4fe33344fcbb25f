package model

import (
	"errors"
	"io"
	"slices"
	"testing"
	"time"
)

func TestScore(t *testing.T) {
	type pair struct{ gain, pain Level }
	var judged []pair
	for _, g := range Levels {
		for _, p := range Levels {
			if g != None && p != None {
				judged = append(judged, pair{g, p})
			}
		}
	}
	score := func(p pair) int { return Score(p.gain, p.pain) }
	byScore := func(a, b pair) int { return score(a) - score(b) }
	if first := slices.MinFunc(judged, byScore); first != (pair{High, Low}) {
		t.Errorf("first comes %v", first)
	}
	last := slices.MaxFunc(judged, byScore)
	if last != (pair{Low, High}) {
		t.Errorf("last comes %v", last)
	}
	for _, a := range judged {
		for _, b := range judged {
			better := a != b && a.gain >= b.gain && a.pain <= b.pain
			if better && score(a) >= score(b) {
				t.Errorf("%v brings no less for no more than %v and comes later", a, b)
			}
			if a != b && score(a) == score(b) {
				t.Errorf("%v and %v share a place", a, b)
			}
		}
	}
	if half, none := Score(High, None), Score(None, None); half <= score(last) || none <= half || half != Score(None, Low) {
		t.Errorf("untriaged tickets come at %d and %d, judged ones up to %d", half, none, score(last))
	}
}

func TestLevels(t *testing.T) {
	for _, l := range Levels {
		if got, ok := ParseLevel(l.String()); !ok || got != l {
			t.Errorf("%s is read as %s", l, got)
		}
		var back Level
		if b, err := l.MarshalText(); err != nil || back.UnmarshalText(b) != nil || back != l {
			t.Errorf("%s comes back as %s", l, back)
		}
		if GainMeaning(l) == "" || PainMeaning(l) == "" {
			t.Errorf("%s has no meaning", l)
		}
	}
	var l Level
	if err := l.UnmarshalText([]byte("huge")); err == nil || Level(9).String() != "level 9" {
		t.Error("a level that does not exist was read")
	}
	if GainMeaning(9) != GainMeaning(High) || PainMeaning(9) != PainMeaning(High) {
		t.Error("too high a level means high")
	}
}

func TestWhereATicketIsShown(t *testing.T) {
	anna := []Line{NewLine("anna")}
	for want, tickets := range map[State][]Ticket{
		NeedsReview: {
			{State: NeedsReview}, {State: NeedsReview, Assignees: anna},
			{State: OnReporter, ReporterSpoke: epoch.Add(1), TeamSpoke: epoch}, {State: OnReporter, ReporterSpoke: epoch},
		},
		OnReporter: {{State: OnReporter}, {State: OnReporter, ReporterSpoke: epoch, TeamSpoke: epoch}, {State: OnReporter, TeamSpoke: epoch}},
		OnAssignee: {{State: OnAssignee, ReporterSpoke: epoch}},
		InProgress: {{State: OnAssignee, Assignees: anna}},
		Urgent:     {{State: Urgent, Assignees: anna}},
		Closed:     {{State: Urgent, ClosedAt: epoch}, {State: OnReporter, ReporterSpoke: epoch, ClosedAt: epoch}},
	} {
		for _, ticket := range tickets {
			if got := ticket.Shown(); got != want {
				t.Errorf("%+v is shown under %q, not %q", ticket, got, want)
			}
		}
	}
}

func TestStepsOfTheWorkflow(t *testing.T) {
	w := DefaultWorkflow()
	for i, step := range w.Steps {
		if w.Index(step.State) != i || w.Step(step.State) != step || step.Name == "" || step.Short == "" || step.Meaning == "" {
			t.Errorf("%+v is not whole", step)
		}
	}
	if s, ok := w.Beside(NeedsReview, 1); !ok || s != Urgent {
		t.Errorf("right of the first is %q", s)
	}
	for s, by := range map[State]int{NeedsReview: -1, Closed: 1, "nonsense": 1} {
		if got, ok := w.Beside(s, by); ok || got != s {
			t.Errorf("%d beside %q is %q", by, s, got)
		}
	}
	if got := w.Step("nonsense"); got.Name != "nonsense" || got.Short != "nonsense" {
		t.Errorf("a state of somebody else's is called %+v", got)
	}
	for _, r := range Resolutions {
		if short := []rune(r.Short()); r.Meaning() == "" || len(short) == 0 || len(short) > 8 {
			t.Errorf("%q is short %q and means %q", r, string(short), r.Meaning())
		}
	}
}

func TestWhatAsksForAttention(t *testing.T) {
	p, now := DefaultPolicy(), epoch
	asked := Ticket{State: OnReporter, Updated: now.Add(-14 * aDay)}
	if p.Stale(asked, now) || !p.Stale(asked, now.Add(time.Second)) {
		t.Error("a reporter has two weeks to answer")
	}
	asked.ClosedAt = now
	if p.Stale(asked, now.Add(aDay)) || p.Stale(Ticket{State: Urgent}, now) {
		t.Error("closed tickets, and states without a limit, are never stale")
	}
	due := Ticket{Due: now.Add(3 * aDay)}
	if p.Due(due, now) || !p.Due(due, now.Add(1)) || !p.Due(due, now.Add(30*aDay)) {
		t.Error("due within three days, or past")
	}
	due.ClosedAt = now
	if p.Due(due, now.Add(aDay)) || p.Due(Ticket{}, now) {
		t.Error("closed tickets, and those without a date, are never due")
	}
}

func TestProblemsTellWhatToDo(t *testing.T) {
	p := &Problem{Op: "sync infra/tickets", Kind: Moved, Place: NewLine("infra/new"), Err: io.EOF}
	if got := p.Error(); got != "sync infra/tickets: moved: infra/new: EOF" || !errors.Is(p, io.EOF) {
		t.Errorf("in the log: %s", got)
	}
	p.Detail = NewLine("gone\x1b[2J")
	if got := p.Error(); got != "sync infra/tickets: moved: infra/new: gone[2J" {
		t.Errorf("in the log: %s", got)
	}
	for kind, want := range map[ProblemKind][2]bool{
		Unreachable: {true, false}, Struggling: {true, false}, RateLimited: {true, false}, BadToken: {false, true},
		NoToken: {false, true}, Certificate: {false, true}, Refused: {}, Clash: {}, Ignored: {},
	} {
		p := &Problem{Kind: kind}
		if p.Passes() != want[0] || p.StopsAll() != want[1] {
			t.Errorf("%s: passes %v, stops all %v", kind, p.Passes(), p.StopsAll())
		}
	}
}

func TestNamesOfPlacesAndStatuses(t *testing.T) {
	a, b := Ref{"infra/tickets", 9}, Ref{"infra/tickets", 10}
	if a.String() != "infra/tickets#9" || a.Compare(b) >= 0 || b.Compare(a) <= 0 || a.Compare(a) != 0 || (Ref{"a", 99}).Compare(a) >= 0 {
		t.Error("refs are in the order of repositories and numbers")
	}
	if Clashed.String() != "clash" || Status(99).String() != "discarded" {
		t.Error("statuses have names")
	}
	s := Snapshot{Repos: []Repo{{Name: "a/b", Total: 3}}}
	if s.Repo("a/b").Total != 3 || s.Repo("c/d").Name != "" {
		t.Error("repositories are found by name")
	}
	ticket := Ticket{Assignees: Logins(NewLine("kira"), NewLine("anna"), NewLine("kira")), Gain: Low, Pain: High}
	if len(ticket.Assignees) != 2 || !ticket.AssignedTo(NewLine("anna")) || ticket.AssignedTo(NewLine("liwei")) || !ticket.Triaged() {
		t.Error("two people are assigned to a triaged ticket")
	}
}

func TestAStateWithoutAColumnKeepsItsDemand(t *testing.T) {
	w := DefaultWorkflow()
	w.Steps = w.Steps[:2]
	if got := w.Step(OnReporter); got.Demand != AQuestion || got.Name != "On reporter" {
		t.Errorf("%+v", got)
	}
	if DefaultWorkflow().Index(Closed) < 0 {
		t.Error("the default workflow has lost steps")
	}
}

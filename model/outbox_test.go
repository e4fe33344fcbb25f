package model

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func entry(id, group int64, status Status, c Change) Entry {
	return Entry{ID: id, Group: group, Status: status, Edit: Edit{Change: c}, Made: epoch, By: NewLine("kira")}
}

func TestOwnEditsStayOnTopOfOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seen := anyTicket.Draw(t, "ticket")
		var mine []Entry
		touched := map[Field]bool{}
		now := seen
		for i, c := range rapid.SliceOfN(anyChange, 0, 5).Draw(t, "mine") {
			if c.Field() == FieldComment {
				continue // comments are a story of their own, below
			}
			c = as(c, now)
			now = c.Apply(now)
			touched[c.Field()] = true
			mine = append(mine, entry(int64(i), int64(i), rapid.SampledFrom([]Status{Saving, Pending, Sending}).Draw(t, "status"), c))
		}
		confirmed := seen
		var theirs []Change
		for _, c := range rapid.SliceOfN(anyChange, 0, 5).Draw(t, "theirs") {
			if !touched[c.Field()] {
				theirs = append(theirs, c)
				confirmed = c.Apply(confirmed)
			}
		}
		shown := Replay(confirmed, mine)
		for _, c := range theirs {
			now = c.Apply(now)
		}
		if diff := cmp.Diff(now, shown, same); diff != "" {
			t.Fatalf("merged in another order it is another ticket:\n%s", diff)
		}
	})
}

func TestStuckEditsDoNotShow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ticket := anyTicket.Draw(t, "ticket")
		var entries, moving []Entry
		for i, c := range rapid.SliceOfN(anyChange, 0, 8).Draw(t, "changes") {
			e := entry(int64(i), int64(i), Status(rapid.IntRange(int(Saving), int(Dropped)).Draw(t, "status")), c)
			entries = append(entries, e)
			switch {
			case e.Stuck() && e.Shown():
				t.Fatalf("%s is stuck and shown", e.Status)
			case e.Shown():
				moving = append(moving, e)
			}
		}
		if diff := cmp.Diff(Replay(ticket, moving), Replay(ticket, entries), same); diff != "" {
			t.Fatalf("what clashed, is parked or arrived shows:\n%s", diff)
		}
		snapshot := Snapshot{Outbox: entries}
		stuck := 0
		for _, e := range entries {
			if e.Status == Clashed || e.Status == Parked {
				stuck++
			}
		}
		if snapshot.Stuck() != stuck {
			t.Fatalf("%d stuck, not %d", snapshot.Stuck(), stuck)
		}
	})
}

func TestAQuestionSendsTheTicketToItsReporterAtOnce(t *testing.T) {
	liwei, kira := NewLine("liwei"), NewLine("kira")
	for name, made := range map[string]time.Time{
		"clocks agree":          epoch.Add(time.Hour),
		"this clock runs late":  epoch.Add(-time.Hour),
		"in the very same time": epoch,
	} {
		waiting := Ticket{State: NeedsReview, Author: Person{Login: liwei}, ReporterSpoke: epoch}
		ask := entry(1, 1, Saving, AddComment{"Which host?"})
		move := entry(2, 1, Saving, Move{From: NeedsReview, To: OnReporter})
		ask.Made, ask.By = made, kira
		asked := Replay(waiting, []Entry{ask, move})
		if asked.Shown() != OnReporter || asked.Comments != 1 {
			t.Errorf("%s: after the question it is %s", name, asked.Shown())
		}
		answer := entry(3, 3, Saving, AddComment{"bastion02"})
		answer.Made, answer.By = made, liwei
		if got := Replay(asked, []Entry{answer}); got.Shown() != NeedsReview {
			t.Errorf("%s: after the answer it is %s", name, got.Shown())
		}
	}
	late := entry(1, 1, Parked, AddComment{"Which host?"})
	if got := Replay(Ticket{ReporterSpoke: epoch}, []Entry{late}); !got.TeamSpoke.IsZero() {
		t.Error("a parked question was asked")
	}
}

func TestLaterEditsWaitForOnesThatAreStuck(t *testing.T) {
	gain, pain, ask := SetGain{None, High}, SetPain{None, Low}, AddComment{"Why?"}
	for _, c := range []struct {
		name    string
		earlier []Entry
		held    bool
	}{
		{"nothing before", nil, false},
		{"the same field, on its way", []Entry{entry(1, 1, Sending, pain)}, false},
		{"the same field, clashed", []Entry{entry(1, 1, Clashed, pain)}, true},
		{"the same field, parked", []Entry{entry(1, 1, Parked, pain)}, true},
		{"another field, parked", []Entry{entry(1, 1, Parked, gain)}, false},
		{"the same action, parked", []Entry{entry(1, 9, Parked, ask)}, true},
		{"the same action, sent", []Entry{entry(1, 9, Sent, ask)}, false},
		{"one of many", []Entry{entry(1, 1, Pending, gain), entry(2, 2, Parked, gain), entry(3, 3, Clashed, pain)}, true},
	} {
		if got := Held(entry(10, 9, Pending, pain), c.earlier); got != c.held {
			t.Errorf("%s: held is %v", c.name, got)
		}
	}
	bug, doc := AddLabel{NewLine("bug")}, AddLabel{NewLine("doc")}
	if Held(entry(2, 2, Pending, doc), []Entry{entry(1, 1, Parked, bug)}) {
		t.Error("one label waits for another")
	}
	if !Held(entry(2, 2, Pending, RemoveLabel(bug)), []Entry{entry(1, 1, Parked, bug)}) {
		t.Error("taking a label off overtakes putting it on")
	}
}

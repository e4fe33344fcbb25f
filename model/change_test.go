package model

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// same compares tickets and changes: an empty list is no list, and labels have
// no order.
var same = cmp.Options{
	cmp.AllowUnexported(Line{}),
	cmpopts.EquateEmpty(),
	cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Labels" },
		cmpopts.SortSlices(func(a, b Line) bool { return a.raw < b.raw })),
}

// as returns the change as somebody would make it who sees the ticket as it is.
func as(c Change, t Ticket) Change {
	if _, ok := c.(Reopen); ok {
		return Reopen{StampOf(t.ClosedAt)}
	}
	return c.Onto(t)
}

func TestUndoBringsBackWhatWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := anyTicket.Draw(t, "ticket")
		c := as(anyChange.Draw(t, "change"), before)
		if c.Validate() != nil || c.Done(before) {
			t.Skip("nothing to undo")
		}
		undo, ok := c.Inverse()
		if _, only := c.(AddComment); ok == only {
			t.Fatalf("%#v has an inverse: %v", c, ok)
		}
		if !ok {
			return
		}
		after := c.Apply(before)
		if undo.Validate() != nil || undo.Done(after) || undo.Clashes(after) || undo.Field() != c.Field() {
			t.Fatalf("%#v can't be taken back by %#v", c, undo)
		}
		if diff := cmp.Diff(before, undo.Apply(after), same); diff != "" {
			t.Fatalf("undo of %#v left a difference:\n%s", c, diff)
		}
		redo, _ := undo.Inverse()
		if _, only := undo.(AddComment); only {
			return
		}
		if diff := cmp.Diff(c, redo, same); diff != "" {
			t.Fatalf("the undo's undo is another change:\n%s", diff)
		}
	})
}

func TestDoneAndClashTellTheTruth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ticket := anyTicket.Draw(t, "ticket")
		c := anyChange.Draw(t, "change")
		comment := c.Field() == FieldComment // only the comments themselves can tell
		after := c.Apply(ticket)
		if !comment && (!c.Done(after) || c.Clashes(after)) {
			t.Fatalf("%#v: done %v and clashes %v right after", c, c.Done(after), c.Clashes(after))
		}
		if c.Done(ticket) && c.Clashes(ticket) {
			t.Fatalf("%#v is done and clashes", c)
		}
		mine := c.Onto(ticket)
		if mine.Clashes(ticket) || mine.Field() != c.Field() {
			t.Fatalf("%#v, based on what is, still clashes", mine)
		}
		if diff := cmp.Diff(after, mine.Apply(ticket), same); diff != "" {
			t.Fatalf("%#v, based on what is, wants something else:\n%s", c, diff)
		}
		want, is := c.Value(ticket)
		if c.Clashes(ticket) && (want == is || want == "" || is == "") {
			t.Fatalf("a clash of %q and %q can't be told", want, is)
		}
	})
}

func TestApplyLeavesTheTicketOfOthersAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ticket := anyTicket.Draw(t, "ticket")
		ticket.Labels = slices.Grow(ticket.Labels, 4) // room that append could write into
		kept := ticket
		kept.Labels, kept.Assignees = slices.Clone(ticket.Labels), slices.Clone(ticket.Assignees)
		a := anyChange.Draw(t, "one").Apply(ticket)
		shown := slices.Clone(a.Labels)
		anyChange.Draw(t, "another").Apply(ticket)
		if diff := cmp.Diff(kept, ticket, same); diff != "" {
			t.Fatalf("the original changed:\n%s", diff)
		}
		if !slices.Equal(shown, a.Labels) {
			t.Fatal("two copies share the room for labels")
		}
	})
}

func TestEditsOfDifferentFieldsMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ticket := anyTicket.Draw(t, "ticket")
		mine, theirs := as(anyChange.Draw(t, "mine"), ticket), anyChange.Draw(t, "theirs")
		if mine.Field() == theirs.Field() {
			t.Skip("the same field")
		}
		_, moves := mine.(Move)
		if _, closes := theirs.(Close); moves && closes {
			t.Skip("another answer to where the ticket goes")
		}
		if diff := cmp.Diff(mine.Apply(theirs.Apply(ticket)), theirs.Apply(mine.Apply(ticket)), same); diff != "" {
			t.Fatalf("%#v and %#v depend on their order:\n%s", mine, theirs, diff)
		}
		if after := theirs.Apply(ticket); mine.Clashes(after) || mine.Done(after) != mine.Done(ticket) {
			t.Fatalf("%#v is disturbed by %#v", mine, theirs)
		}
	})
}

func TestChangesSurviveTheDisk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyChange.Draw(t, "change")
		b, err := EncodeChange(in)
		if err != nil {
			t.Fatal(err)
		}
		out, err := DecodeChange(b)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(in, out, same); diff != "" {
			t.Fatalf("%s came back as another change:\n%s", b, diff)
		}
	})
}

// TestOutboxesOfEarlierVersions holds one of each kind as it is on disk: if one
// can't be read any more, people lose what they did.
func TestOutboxesOfEarlierVersions(t *testing.T) {
	at, left := Stamp{epoch}, maps.Clone(kinds)
	for on, want := range map[string]Change{
		`{"kind":"gain","body":{"From":"none","To":"high"}}`:                                   SetGain{None, High},
		`{"kind":"pain","body":{"From":"low","To":"medium"}}`:                                  SetPain{Low, Medium},
		`{"kind":"move","body":{"From":"needs review","To":"waiting on reporter"}}`:            Move{From: NeedsReview, To: OnReporter},
		`{"kind":"resolve","body":{"From":"","To":"done"}}`:                                    Resolve{Unresolved, Done},
		`{"kind":"close","body":{"At":"2026-05-06T14:00:00Z"}}`:                                Close{at},
		`{"kind":"reopen","body":{"At":"2026-05-06T14:00:00Z"}}`:                               Reopen{at},
		`{"kind":"assign","body":{"From":null,"To":["kira"]}}`:                                 Assign{nil, Logins(NewLine("kira"))},
		`{"kind":"due","body":{"From":"0001-01-01T00:00:00Z","To":"2026-05-06T14:00:00Z"}}`:    SetDue{Stamp{}, at},
		`{"kind":"label","body":{"Name":"bug"}}`:                                               AddLabel{NewLine("bug")},
		`{"kind":"unlabel","body":{"Name":"bug"}}`:                                             RemoveLabel{NewLine("bug")},
		`{"kind":"comment","body":{"Text":"Which host?"}}`:                                     AddComment{"Which host?"},
		`{"kind":"milestone","body":{"From":{"ID":0,"Title":""},"To":{"ID":3,"Title":"F44"}}}`: SetMilestone{To: Milestone{3, NewLine("F44")}},
		`{"kind":"uncomment","body":{"ID":7,"Text":"Which host?"}}`:                            RemoveComment{7, "Which host?"},
	} {
		got, err := DecodeChange([]byte(on))
		if err != nil || !cmp.Equal(got, want, same) {
			t.Errorf("%s is read as %#v: %v", on, got, err)
		}
		delete(left, want.kind())
		if back, err := EncodeChange(want); err != nil || string(back) != on {
			t.Errorf("%#v is written as %s: %v", want, back, err)
		}
	}
	if len(left) > 0 {
		t.Errorf("kinds that are not among these: %v", slices.Collect(maps.Keys(left)))
	}
	for _, broken := range []string{``, `{}`, `7`, `{"kind":"gain"}`, `{"kind":"gain","body":{"To":"huge"}}`, `{"kind":"mood","body":{}}`} {
		if c, err := DecodeChange([]byte(broken)); err == nil || !strings.HasPrefix(err.Error(), "change: ") {
			t.Errorf("%q is read as %#v: %v", broken, c, err)
		}
	}
	if b, err := EncodeChange(SetGain{To: 7}); err == nil {
		t.Errorf("a level that does not exist was written: %s", b)
	}
}

func TestNonsenseIsRefusedInWords(t *testing.T) {
	kira := Logins(NewLine("kira"))
	for words, c := range map[string]Change{
		"it is high already":             SetGain{High, High},
		"a level is none, low":           SetPain{Low, 9},
		"it is urgent already":           Move{From: Urgent, To: Urgent},
		`"closed" is not a state`:        Move{From: Urgent, To: Closed},
		`"in progress" is not a state`:   Move{From: InProgress, To: Urgent},
		"it is closed as done already":   Resolve{Done, Done},
		"the time of closing is missing": Close{},
		"time of closing":                Reopen{},
		"nobody was added or removed":    Assign{kira, kira},
		"an assignee needs a name":       Assign{nil, []Line{{}}},
		"it is due on that day already":  SetDue{Stamp{epoch}, Stamp{epoch.Add(time.Hour)}},
		"it is in no milestone":          SetMilestone{},
		"in that milestone already":      SetMilestone{Milestone{Title: NewLine("F44")}, Milestone{3, NewLine("F44")}},
		"a label needs a name":           AddLabel{},
		"label needs a name":             RemoveLabel{NewLine("\u200b")},
		"the comment is empty":           AddComment{" \n\t"},
		"no comment's number":            RemoveComment{ID: -1},
	} {
		if err := c.Validate(); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%#v: %v, not %q", c, err, words)
		}
	}
}

func TestADueDateIsADay(t *testing.T) {
	noon := time.Date(2026, 5, 6, 12, 0, 0, 5, time.FixedZone("", 2*60*60))
	end := time.Date(2026, 5, 6, 23, 59, 59, 0, time.UTC)
	c := SetDue{To: StampOf(noon)}
	if t1 := (Ticket{Due: end}); !c.Done(t1) || c.Clashes(t1) {
		t.Error("the forge's last second of the day is the day that was chosen")
	}
	if next := (Ticket{Due: end.Add(time.Second)}); c.Done(next) || !c.Clashes(next) {
		t.Error("the next day is another day")
	}
	if StampOf(noon) != StampOf(noon.UTC().Round(0)) || StampOf(time.Time{}) != (Stamp{}) {
		t.Error("stamps of the same second are not equal")
	}
}

func TestMovingATicketThatWasClosedMeanwhileAsks(t *testing.T) {
	move := Move{From: NeedsReview, To: Urgent}
	closed := Ticket{State: NeedsReview, ClosedAt: time.Unix(1, 0)}
	if move.Clashes(Ticket{State: NeedsReview}) || !move.Clashes(closed) {
		t.Error("closing is another answer to where the ticket goes")
	}
	if _, theirs := move.Value(closed); theirs != "closed" {
		t.Errorf("theirs is %s", theirs)
	}
	if move.Onto(closed).Clashes(closed) {
		t.Error("who decided to move it all the same is asked again")
	}
}

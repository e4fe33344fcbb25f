package model

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// Every ticket is in a plan once: as one that changes or as one that is skipped.
func TestPlansForgetNoTicket(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		board := NewBoard(DefaultWorkflow(), DefaultPolicy(), epoch)
		var refs []Ref
		var put []*Card
		for i := range rapid.IntRange(0, 30).Draw(t, "tickets") {
			ref := Ref{"a/b", int64(i)}
			refs = append(refs, ref)
			if rapid.Bool().Draw(t, "there") {
				put = append(put, &Card{Ticket: Ticket{Ref: ref, State: NeedsReview, Gain: Level(rapid.IntRange(0, 3).Draw(t, "gain"))}})
			}
		}
		board = board.With(put)
		odd := func(c *Card) ([]Change, string) {
			if c.Ref.Number%5 == 0 {
				return nil, "it is a fifth"
			}
			return []Change{SetGain{c.Gain, High}, AddComment{"x"}}, ""
		}
		p := PlanFor(board, refs, odd)
		if len(p.Doings)+len(p.Skipped) != len(refs) {
			t.Fatalf("%d and %d of %d", len(p.Doings), len(p.Skipped), len(refs))
		}
		edits := p.Edits()
		if len(edits) != p.Changes || TicketsOf(edits) != len(p.Doings) {
			t.Fatalf("%d edits of %d, for %d tickets of %d", len(edits), p.Changes, TicketsOf(edits), len(p.Doings))
		}
		for _, e := range edits {
			if err := e.Change.Validate(); err != nil {
				t.Fatal(err)
			}
		}
		for _, s := range p.Skipped {
			if s.Why == "" {
				t.Fatal("skipped without a reason")
			}
		}
	})
}

func TestAPlanTellsWhereLabelsAreMissing(t *testing.T) {
	ticket := func(repo string, n int64) Doing {
		return Doing{&Card{Ticket: Ticket{Ref: Ref{repo, n}}}, []Change{AddComment{"x"}, SetGain{None, High}}}
	}
	p := Plan{Doings: []Doing{ticket("a/b", 1), ticket("a/b", 2), ticket("c/d", 3), ticket("e/f", 4)}}
	got := p.Lacking(func(repo string) []Meaning {
		if repo == "c/d" {
			return nil
		}
		return []Meaning{{FieldGain, "high"}}
	})
	if len(got) != 2 || got[0] != "a/b" || got[1] != "e/f" {
		t.Error(got)
	}
}

// What is told once of all comments and what is told of each make up each
// comment, whatever the texts are.
func TestWhatCommentsHaveInCommonIsPartOfEach(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"so", "wie", "ärger", "ö", "ä", "日本", "so so", "", "so,", "wie?!", ","})
		words := func(name string) string { return strings.Join(rapid.SliceOfN(word, 0, 30).Draw(t, name), " ") }
		before, after := words("before"), words("after")
		var p Plan
		for i := range rapid.IntRange(0, 5).Draw(t, "tickets") {
			p.Doings = append(p.Doings, Doing{&Card{Ticket: Ticket{Ref: Ref{"a/b", int64(i)}}}, []Change{AddComment{before + " " + words("own") + " " + after}}})
		}
		begin, end := p.Refrain()
		for _, d := range p.Doings {
			text := d.Comment()
			if len(begin)+len(end) > len(text) || !strings.HasPrefix(text, begin) || !strings.HasSuffix(text, end) || !utf8.ValidString(begin) || !utf8.ValidString(end) {
				t.Fatalf("%q and %q are not of %q", begin, end, text)
			}
		}
	})
}

func TestReasonsNameEachSkippedTicketOnceTheMostFirst(t *testing.T) {
	p := Plan{Skipped: []Skip{{Ref{"a/b", 1}, Line{}, "it is open"}, {Ref{"a/b", 2}, Line{}, "it is closed"}, {Ref{"a/b", 3}, Line{}, "it is closed"}}}
	got := p.Reasons()
	if len(got) != 2 || got[0].Why != "it is closed" || len(got[0].Refs) != 2 || got[1].Refs[0].Number != 1 {
		t.Error(got)
	}
}

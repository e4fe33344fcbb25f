package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"docket/forge"
	"docket/model"
)

func TestWhatHappenedComesBackAsItWas(t *testing.T) {
	s := fresh(t)
	events := []model.Event{
		{ID: 1, At: minutes(1), By: model.Person{Login: line("ada\x1b"), Name: line("Ada")}, Field: model.FieldGain, Came: "high", Went: "low"},
		{ID: 2, At: minutes(2), Field: model.FieldMention, Ref: model.Ref{Repo: "a/b", Number: 3}},
	}
	do(t, s.SaveTimeline(t.Context(), ref(1), nil, minutes(0)))
	do(t, s.SaveTimeline(t.Context(), ref(1), events, minutes(5)))
	if got := must(s.Thread(t.Context(), ref(1)))(t); got.Told {
		t.Error("told of a ticket that nobody knows")
	}
	must(s.SaveTickets(t.Context(), repo, []forge.Row{row(1, 5)}))(t)
	got := must(s.Thread(t.Context(), ref(1)))(t)
	if diff := cmp.Diff(events, got.Events, sameText); diff != "" || !got.Told || got.Ticket.Ref != ref(1) {
		t.Errorf("told %v of %v, otherwise:\n%s", got.Told, got.Ticket.Ref, diff)
	}
	must(s.SaveTickets(t.Context(), repo, []forge.Row{row(1, 6)}))(t)
	if got := must(s.Thread(t.Context(), ref(1)))(t); got.Told || len(got.Events) != 2 {
		t.Errorf("after an update: told %v, %d events", got.Told, len(got.Events))
	}
	do(t, s.DropTickets(t.Context(), []model.Ref{ref(1)}))
	if got := must(s.Thread(t.Context(), ref(1)))(t); len(got.Events) != 0 {
		t.Error("a dropped ticket's history stays")
	}
}

func TestTicketsAreFoundByName(t *testing.T) {
	s := fresh(t)
	must(s.SaveTickets(t.Context(), repo, []forge.Row{row(1, 0, "high-gain"), row(2, 0)}))(t)
	found := must(s.Tickets(t.Context(), []model.Ref{ref(2), ref(9), {Repo: "no/such", Number: 1}, ref(1)}))(t)
	if len(found) != 2 || found[0].Ref != ref(2) || found[1].Gain != model.High {
		t.Errorf("found %+v", found)
	}
}

// TestACardOfAnEarlierVersionKeepsItsMilestone reads what a docket wrote that
// knew a milestone's title only.
func TestACardOfAnEarlierVersionKeepsItsMilestone(t *testing.T) {
	s := fresh(t)
	before := row(1, 0).Ticket
	before.Milestone.Title = line("may")
	card := encodeCard(before)
	if card[0] != cardFormat {
		t.Fatalf("a card without the milestone's number is of format %d", card[0])
	}
	got, err := s.cards().ticket(repo, string(card))
	if err != nil || got.Milestone != (model.Milestone{Title: line("may")}) {
		t.Errorf("%+v, %v", got.Milestone, err)
	}
	before.Milestone.ID = 4
	must(s.SaveTickets(t.Context(), repo, []forge.Row{{Ticket: before}}))(t)
	if got := load(t, s)[1]; got.Milestone != before.Milestone {
		t.Errorf("%+v", got.Milestone)
	}
}

package store

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"docket/forge"
	"docket/model"
)

func equal(a, b any) bool { return cmp.Equal(a, b, sameText) }

func outbox(t testing.TB, s *Store) []model.Entry {
	t.Helper()
	return must(s.Outbox(t.Context()))(t)
}

func TestAnEntryComesBackWithItsFate(t *testing.T) {
	s := fresh(t)
	e := entry(5)
	e.Made = noon.Add(123456789) // entries are made within the same second
	do(t, s.Append(t.Context(), []model.Entry{e}))
	e.Status = model.Pending // on disk: no longer being saved
	if got := outbox(t, s); !equal(got, []model.Entry{e}) {
		t.Fatalf("appended:\n%s", cmp.Diff([]model.Entry{e}, got, sameText))
	}
	e.Status, e.Tries, e.Tried = model.Clashed, 3, minutes(3)
	e.Edit.Change = model.SetGain{From: model.Low, To: model.High}
	e.Problem = &model.Problem{Op: "send", Kind: model.Clash, Detail: line("odd\x1b"), Until: minutes(9), Place: line("f.example"), Err: errors.New("cause")}
	e.Theirs = model.Theirs{Value: "low", By: model.Person{Login: line("ken")}, At: minutes(1)}
	must(s.Update(t.Context(), e))(t)
	kept := *e.Problem
	kept.Err = nil
	e.Problem = &kept
	if got := outbox(t, s); !reflect.DeepEqual(got, []model.Entry{e}) {
		t.Errorf("updated:\n%+v\n%+v", got, e)
	}
	e.Problem, e.Theirs, e.Status = nil, model.Theirs{}, model.Sending
	e.Edit.Ref.Repo += "-renamed"
	must(s.Update(t.Context(), e))(t)
	if got := outbox(t, s); !reflect.DeepEqual(got, []model.Entry{e}) {
		t.Errorf("on its way:\n%+v\n%+v", got, e)
	}
}

func TestEveryKindOfChangeComesBack(t *testing.T) {
	s := fresh(t)
	stamp := model.StampOf(noon)
	var entries []model.Entry
	for i, c := range []model.Change{
		model.SetGain{To: model.Low}, model.SetPain{From: model.High}, model.Move{From: model.NeedsReview, To: model.Urgent},
		model.Resolve{To: model.Done}, model.Close{At: stamp}, model.Reopen{At: stamp}, model.Assign{To: []model.Line{line("ken")}},
		model.SetDue{To: stamp}, model.AddLabel{Name: line("ops")}, model.RemoveLabel{Name: line("dev")}, model.AddComment{Text: "\x00 so"},
	} {
		e := entry(int64(i + 1))
		e.Edit.Change, e.Status = c, model.Pending
		entries = append(entries, e)
	}
	do(t, s.Append(t.Context(), entries))
	if got := outbox(t, s); !reflect.DeepEqual(got, entries) {
		t.Errorf("%+v", got)
	}
}

func TestAppendIsAllOrNoneAndMayBeRepeated(t *testing.T) {
	s := fresh(t)
	do(t, s.Append(t.Context(), []model.Entry{entry(1)}))
	do(t, s.Append(t.Context(), []model.Entry{entry(1)}))
	other := entry(1)
	other.Edit.Ref.Number = 8
	err := s.Append(t.Context(), []model.Entry{entry(2), other})
	if p, ok := errors.AsType[*model.Problem](err); !ok || p.Kind != model.Clash {
		t.Errorf("another entry took the ID: %v", err)
	}
	if got := outbox(t, s); len(got) != 1 {
		t.Errorf("half of an action is in the outbox: %+v", got)
	}
}

func TestAnEntryThatArrivedLeavesTogetherWithTheNewTicket(t *testing.T) {
	s := fresh(t)
	must(s.SaveTickets(t.Context(), repo, []forge.Row{row(7, 0)}))(t)
	do(t, s.Append(t.Context(), []model.Entry{entry(1), entry(2)}))
	put := must(s.Arrived(t.Context(), entry(1), row(7, 1, "gain/high")))(t)
	if len(put) != 1 || put[0].Gain != model.High {
		t.Errorf("the ticket is %+v", put)
	}
	if got := outbox(t, s); len(got) != 1 || got[0].ID != 2 {
		t.Errorf("the outbox is %+v", got)
	}
	if put := must(s.Arrived(t.Context(), entry(2), forge.Row{}))(t); len(put) != 0 || len(outbox(t, s)) != 0 {
		t.Errorf("without a row: %+v", put)
	}
	late := entry(1)
	late.Status = model.Parked
	must(s.Update(t.Context(), late))(t)
	do(t, s.Remove(t.Context(), 1))
	var sent, when int
	do(t, s.reader.QueryRow("SELECT count(*), max(sent) FROM outbox WHERE status = 'sent'").Scan(&sent, &when))
	if sent != 2 || int64(when) != noon.Unix() {
		t.Errorf("history holds %d, the last sent at %d", sent, when)
	}
}

func TestADiscardedEntryIsGone(t *testing.T) {
	s := fresh(t)
	do(t, s.Append(t.Context(), []model.Entry{entry(1), entry(2), entry(3)}))
	do(t, s.Remove(t.Context(), 1, 3, 99))
	if got := outbox(t, s); len(got) != 1 || got[0].ID != 2 {
		t.Errorf("left: %+v", got)
	}
}

// An older docket finds what a newer one wrote: it parks it, says so, and
// leaves it as it is on disk.
func TestAChangeOfAnUnknownKindIsParkedAndKept(t *testing.T) {
	s := fresh(t)
	do(t, s.Append(t.Context(), []model.Entry{entry(1), entry(2)}))
	const raw = `{"kind":"pin","body":{"To":true}}`
	must(s.writer.Exec("UPDATE outbox SET change = ? WHERE id = 1", raw))(t)
	got := outbox(t, s)
	if len(got) != 2 || got[0].Status != model.Parked || got[0].Problem.Kind != model.NewerStore || got[1].Status != model.Pending {
		t.Fatalf("the outbox is %+v", got)
	}
	c, ticket := got[0].Edit.Change, row(7, 0).Ticket
	if c.Validate() == nil || c.Done(ticket) || c.Clashes(ticket) || c.Field() == model.FieldGain || !equal(c.Apply(ticket), ticket) {
		t.Errorf("an unknown change pretends to know: %+v", c)
	}
	if _, err := model.EncodeChange(c); err == nil {
		t.Error("an unknown change became a known one")
	}
	if model.Held(got[1], got[:1]) {
		t.Error("an unknown change holds up others")
	}
	retried := got[0]
	retried.Status, retried.Edit.Change = model.Pending, c.Onto(ticket)
	must(s.Update(t.Context(), retried))(t)
	var kept string
	do(t, s.reader.QueryRow("SELECT change FROM outbox WHERE id = 1").Scan(&kept))
	if kept != raw || outbox(t, s)[0].Status != model.Parked {
		t.Errorf("kept as %s", kept)
	}
}

func TestAWriteWhoseContextHasEndedIsNotBegun(t *testing.T) {
	s := fresh(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := s.Append(ctx, []model.Entry{entry(1)})
	if !errors.Is(err, context.Canceled) || len(outbox(t, s)) != 0 {
		t.Errorf("%v, and %d entries", err, len(outbox(t, s)))
	}
	if _, ok := errors.AsType[*model.Problem](err); !ok {
		t.Errorf("%v is no Problem", err)
	}
}

// Several goroutines and several Stores write at the same time; nothing is
// lost and nobody is turned away.
func TestManyWritersTakeTurns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "docket.db")
	stores := []*Store{hasty(t, path), hasty(t, path)}
	const each = 25
	errs := make(chan error, 4*each)
	for g := range 4 {
		go func() {
			for i := range each {
				id := int64(g*each + i + 1)
				errs <- stores[g%2].Append(context.Background(), []model.Entry{entry(id)})
			}
		}()
	}
	deadline := time.After(time.Minute)
	for range cap(errs) {
		select {
		case err := <-errs:
			do(t, err)
		case <-deadline:
			t.Fatal("the writers are stuck")
		}
	}
	got := outbox(t, stores[0])
	if len(got) != 4*each || !slices.IsSortedFunc(got, func(a, b model.Entry) int { return int(a.ID - b.ID) }) {
		t.Errorf("%d entries", len(got))
	}
}

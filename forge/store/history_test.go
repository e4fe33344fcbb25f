package store

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"docket/forge"
	"docket/model"
)

// version1 returns the path of a store that an earlier docket left behind.
func version1(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "docket.db")
	left := must(os.ReadFile(filepath.Join("testdata", "version1.sql")))(t)
	spoil(t, path, "PRAGMA journal_mode = WAL", string(left), fmt.Sprintf("PRAGMA application_id = %d", ours), "PRAGMA user_version = 1")
	return path
}

// past returns what left the outbox after a mark, and the present mark.
func past(t testing.TB, s *Store, after int64) ([]model.Entry, int64) {
	t.Helper()
	entries, mark, err := s.Past(t.Context(), after)
	do(t, err)
	return entries, mark
}

func stands(entries []model.Entry) []string {
	var out []string
	for _, e := range entries {
		out = append(out, fmt.Sprintf("%d %s", e.ID, e.Status))
	}
	return out
}

func wants(t testing.TB, what string, entries []model.Entry, want ...string) {
	t.Helper()
	if got := stands(entries); !slices.Equal(got, want) {
		t.Fatalf("%s: %q, not %q", what, got, want)
	}
}

func TestAStoreOfVersionOneBecomesAHistory(t *testing.T) {
	s := at(t, version1(t))
	if s.SetAside() != "" {
		t.Fatalf("set aside as %q", s.SetAside())
	}
	waiting := outbox(t, s)
	wants(t, "waiting", waiting, "3 clash", "4 sending", "5 pending")
	gone, _ := past(t, s, 0)
	wants(t, "the past", gone, "1 sent", "2 sent")
	if waiting[0].Theirs.By.Login.Raw() != "ken" || waiting[1].Tries != 1 || gone[1].Group != 1 || gone[1].Back != 0 || gone[1].Comment != 0 {
		t.Errorf("%+v, %+v", waiting, gone)
	}
	if drafts := must(s.Drafts(t.Context()))(t); drafts["comment 7"] != "Have you tried" {
		t.Errorf("drafts %q", drafts)
	}
	must(s.Arrived(t.Context(), waiting[2], forge.Row{}))(t)
	do(t, s.Close())
	gone, _ = past(t, at(t, s.path), 0)
	wants(t, "the past, later", gone, "1 sent", "2 sent", "5 sent")
}

func TestABrokenStoreOfVersionOneLosesNoOutbox(t *testing.T) {
	path := version1(t)
	var root int64
	db := must(sql.Open("sqlite", path))(t)
	do(t, db.QueryRow("SELECT rootpage FROM sqlite_schema WHERE name = 'facts'").Scan(&root))
	do(t, db.Close())
	f := must(os.OpenFile(path, os.O_RDWR, 0))(t)
	must(f.WriteAt(bytes.Repeat([]byte{0xa5}, 4096), (root-1)*4096))(t) // the migration stumbles over it
	do(t, f.Close())
	s := at(t, path)
	if s.SetAside() == "" {
		t.Fatal("the damage went unnoticed")
	}
	wants(t, "waiting", outbox(t, s), "3 clash", "4 sending", "5 pending")
	gone, mark := past(t, s, 0)
	wants(t, "the past", gone, "1 sent", "2 sent")
	must(s.Arrived(t.Context(), outbox(t, s)[2], forge.Row{}))(t)
	gone, _ = past(t, s, mark)
	wants(t, "since", gone, "5 sent")
}

func TestWhatLeavesTheOutboxStaysAsHistory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "docket.db")
	s, other := at(t, path), at(t, path)
	do(t, s.Append(t.Context(), []model.Entry{entry(1), entry(2), entry(3), entry(4)}))
	_, start := past(t, other, 0)
	e := entry(1)
	e.Comment, e.Tries, e.Tried = 77, 1, noon
	e.Status = model.Sent
	must(s.Arrived(t.Context(), e, forge.Row{}))(t)
	do(t, s.Remove(t.Context(), 2))
	back := entry(9)
	back.Back, back.Of = 3, 3
	do(t, s.TakeBack(t.Context(), 9, []model.Entry{entry(3)}, []model.Entry{back}))

	gone, mark := past(t, other, start)
	wants(t, "the past", gone, "1 sent", "2 discarded", "3 taken back")
	if gone[0].Comment != 77 || gone[0].Tries != 1 || gone[2].Gone != 9 {
		t.Errorf("%+v", gone)
	}
	waiting := outbox(t, other)
	wants(t, "waiting", waiting, "4 pending", "9 pending")
	if waiting[1].Back != 3 || waiting[1].Of != 3 {
		t.Errorf("%+v", waiting[1])
	}
	if again, now := past(t, other, mark); len(again) != 0 || now != mark {
		t.Errorf("since then: %+v at %d", again, now)
	}
	if kept := must(s.Update(t.Context(), entry(2)))(t); kept || !must(s.Update(t.Context(), entry(4)))(t) {
		t.Error("what left is updated, or what is there is not")
	}
	do(t, s.Remove(t.Context(), 1, 2, 3))
	gone, _ = past(t, other, 0)
	wants(t, "discarded afterwards", gone, "1 sent", "2 discarded", "3 taken back")
}

func TestTakingBackHeedsWhatWasSentMeanwhile(t *testing.T) {
	s := fresh(t)
	do(t, s.Append(t.Context(), []model.Entry{entry(1), entry(2)}))
	seen := entry(1)
	seen.Status = model.Pending
	sending := seen
	sending.Status, sending.Tries, sending.Tried = model.Sending, 1, noon
	must(s.Update(t.Context(), sending))(t)
	enter := entry(9)
	enter.Back, enter.Of = 1, 1
	clash := func(what string) {
		t.Helper()
		err := s.TakeBack(t.Context(), 12, []model.Entry{entry(2), seen}, nil)
		if p, ok := errors.AsType[*model.Problem](err); !ok || p.Kind != model.Clash {
			t.Fatalf("%s: %v", what, err)
		}
		if gone, _ := past(t, s, 0); slices.ContainsFunc(gone, func(e model.Entry) bool { return e.ID == 2 }) {
			t.Fatalf("%s: half of it was done", what)
		}
	}
	clash("on its way")
	for range 2 { // an answer got lost
		do(t, s.TakeBack(t.Context(), 9, []model.Entry{sending}, []model.Entry{enter}))
	}
	wants(t, "waiting", outbox(t, s), "2 pending", "9 pending")
	clash("taken back")

	sending.Status, sending.Comment = model.Sent, 5 // it arrived nevertheless
	must(s.Arrived(t.Context(), sending, forge.Row{}))(t)
	gone, _ := past(t, s, 0)
	wants(t, "the past", gone, "1 sent")
	if gone[0].Gone != 0 || gone[0].Comment != 5 {
		t.Errorf("%+v", gone[0])
	}
	clash("sent")
	do(t, s.TakeBack(t.Context(), 11, []model.Entry{{ID: 1, Status: model.Sending, Tries: 1}}, nil))
	gone, _ = past(t, s, 0)
	wants(t, "what arrived has arrived", gone, "1 sent")
}

func TestADeletedCommentIsForgotten(t *testing.T) {
	s := fresh(t)
	must(s.SavePeople(t.Context(), repo, people("grace")))(t)
	must(s.SaveTickets(t.Context(), repo, []forge.Row{row(7, 0)}))(t)
	must(s.SaveComments(t.Context(), repo, []model.Comment{comment(70, 7, "grace", 1), comment(71, 7, "grace", 5)}))(t)
	e := entry(1)
	e.Edit.Change = model.RemoveComment{ID: 71, Text: "still late"}
	do(t, s.Append(t.Context(), []model.Entry{e}))
	put := must(s.Arrived(t.Context(), e, row(7, 6)))(t)
	if len(put) != 1 || !put[0].TeamSpoke.Equal(minutes(1)) {
		t.Errorf("the ticket is %+v", put)
	}
	if got := must(s.Thread(t.Context(), ref(7)))(t); len(got.Comments) != 1 || got.Comments[0].ID != 70 {
		t.Errorf("said is %+v", got.Comments)
	}
}

func TestThePastIsThatOfTheLatestActions(t *testing.T) {
	s := fresh(t)
	var all []model.Entry
	for id := range int64(model.HistoryLength + 20) {
		e := entry(id + 1)
		if id%10 == 9 { // what takes an action back is none
			e.Back = id
		}
		all = append(all, e)
	}
	do(t, s.Append(t.Context(), all))
	for _, e := range all {
		must(s.Arrived(t.Context(), e, forge.Row{}))(t)
	}
	gone, _ := past(t, s, 0)
	actions := slices.DeleteFunc(slices.Clone(gone), func(e model.Entry) bool { return e.Back != 0 })
	if len(actions) != model.HistoryLength || gone[len(gone)-1].ID != int64(len(all)) {
		t.Errorf("%d entries of %d actions, the last %d", len(gone), len(actions), gone[len(gone)-1].ID)
	}
}

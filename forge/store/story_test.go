package store

import (
	"path/filepath"
	"testing"
	"time"

	"docket/forge"
	"docket/model"
)

var noon = time.Date(2026, 5, 6, 12, 0, 0, 0, time.UTC)

// at opens the store at a path as one more docket would.
func at(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path, Options{Clock: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func fresh(t testing.TB) *Store {
	t.Helper()
	return at(t, filepath.Join(t.TempDir(), "home", "docket.db"))
}

const repo = "infra/tickets"

func ref(n int64) model.Ref { return model.Ref{Repo: repo, Number: n} }

func line(s string) model.Line { return model.NewLine(s) }

// row is a ticket by ada, updated some minutes after noon.
func row(n int64, minutes int, labels ...string) forge.Row {
	t := model.Ticket{Ref: ref(n), Title: line("the mail is late"), Author: model.Person{Login: line("ada"), Name: line("Ada")},
		Created: noon, Updated: noon.Add(time.Duration(minutes) * time.Minute)}
	for _, l := range labels {
		t.Labels = append(t.Labels, line(l))
	}
	return forge.Row{Ticket: t, Body: model.NewProse("since *Monday*")}
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func do(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestATicketComesBackInterpreted(t *testing.T) {
	s := fresh(t)
	put := must(s.SaveTickets(t.Context(), repo, []forge.Row{row(7, 0, "high-gain", "Pain/Low")}))(t)
	got := must(s.Load(t.Context(), []string{repo}, noon))(t)
	if len(put) != 1 || len(got) != 1 || got[0].Gain != model.High || got[0].Pain != model.Low {
		t.Fatalf("put %v, loaded %v", put, got)
	}
}

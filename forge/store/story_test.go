package store

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"docket/forge"
	"docket/model"
)

const repo = "infra/tickets"

var noon = time.Date(2026, 5, 6, 12, 0, 0, 0, time.UTC)

// at opens the store at a path as one more docket would.
func at(t testing.TB, path string) *Store {
	t.Helper()
	s, err := open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// hasty opens a store that does not wait for the disk, for properties of many
// small writes: what a dead machine would keep is not their question.
func hasty(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path, Options{pragmas: []string{"synchronous(OFF)"}})
	do(t, err)
	t.Cleanup(func() { s.Close() })
	return s
}

func open(path string) (*Store, error) {
	return Open(context.Background(), path, Options{Clock: func() time.Time { return noon }})
}

func fresh(t testing.TB) *Store {
	t.Helper()
	return at(t, filepath.Join(t.TempDir(), "home", "docket.db"))
}

func ref(n int64) model.Ref { return model.Ref{Repo: repo, Number: n} }

func line(s string) model.Line { return model.NewLine(s) }

func minutes(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }

// row is a ticket by ada, updated some minutes after noon.
func row(n int64, updated int, labels ...string) forge.Row {
	t := model.Ticket{
		Ref: ref(n), Title: line("the mail is late"), Author: model.Person{Login: line("ada"), Name: line("Ada")},
		Created: noon, Updated: minutes(updated),
	}
	for _, l := range labels {
		t.Labels = append(t.Labels, line(l))
	}
	return forge.Row{Ticket: t, Body: model.NewProse("since *Monday*")}
}

func comment(id, ticket int64, login string, at int) model.Comment {
	return model.Comment{
		Ref: ref(ticket), ID: id, Author: model.Person{Login: line(login)},
		Body: model.NewProse("still late"), Created: minutes(at), Updated: minutes(at),
	}
}

func people(logins ...string) []model.Person {
	var out []model.Person
	for _, l := range logins {
		out = append(out, model.Person{Login: line(l)})
	}
	return out
}

func entry(id int64) model.Entry {
	return model.Entry{
		ID: id, Group: id, Made: noon, By: line("grace"), Status: model.Saving,
		Edit: model.Edit{Ref: ref(7), Change: model.SetGain{To: model.High}},
	}
}

// must returns what a call returned, and fails the test with its error.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		do(t, err)
		return v
	}
}

func do(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// load returns the board by number.
func load(t testing.TB, s *Store) map[int64]model.Ticket {
	t.Helper()
	out := map[int64]model.Ticket{}
	for _, ticket := range must(s.Load(t.Context(), []string{repo}, noon.Add(-time.Hour)))(t) {
		out[ticket.Ref.Number] = ticket
	}
	return out
}

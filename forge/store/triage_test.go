package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"docket/forge"
	"docket/model"
)

func TestTheStoreKnowsWhichTicketsNobodyAskedFor(t *testing.T) {
	s := fresh(t)
	var rows []forge.Row
	for n := int64(1); n <= 9; n++ {
		r := row(n, 0, "gain/high")
		r.Ticket.Created = noon.AddDate(0, 0, int(n))
		if n%3 == 0 {
			r.Ticket.Labels = nil
		}
		rows = append(rows, r)
	}
	rows[7].Ticket.ClosedAt = minutes(9)
	must(s.SaveTickets(t.Context(), repo, rows))(t)
	untimed := func(after, most int, want ...int64) {
		t.Helper()
		if got := must(s.Untimed(t.Context(), repo, noon.AddDate(0, 0, after), most))(t); !slices.Equal(got, want) {
			t.Errorf("from day %d at most %d: %v, not %v", after, most, got, want)
		}
	}
	untimed(0, 100, 8, 7, 5, 4, 2, 1)
	untimed(0, 2, 8, 7)
	untimed(5, 100, 8, 7, 5)
	do(t, s.SaveTriage(t.Context(), ref(8), minutes(3)))
	do(t, s.SaveTriage(t.Context(), ref(5), time.Time{}))
	untimed(0, 100, 7, 4, 2, 1)
	triaged := must(s.Triaged(t.Context(), []string{repo, "no/such"}))(t)
	if len(triaged) != 1 || !triaged[ref(8)].Equal(minutes(3)) {
		t.Errorf("%v", triaged)
	}
	do(t, s.DropTickets(t.Context(), []model.Ref{ref(8)}))
	if triaged = must(s.Triaged(t.Context(), []string{repo}))(t); len(triaged) != 0 {
		t.Errorf("of a dropped ticket: %v", triaged)
	}
	if got := must(s.Untimed(t.Context(), "no/such", noon, 1))(t); got != nil {
		t.Errorf("%v", got)
	}
}

// BenchmarkLoadAll15000 is what counting costs the store: 15,000 tickets, most
// of them closed, and when they were triaged.
func BenchmarkLoadAll15000(b *testing.B) {
	s := fresh(b)
	for from := 1; from <= 15000; from += 500 {
		rows := crowd(from, 500)
		for i := range rows {
			if i%10 > 0 {
				rows[i].Ticket.ClosedAt = noon.Add(-time.Hour * 24 * 30)
			}
		}
		must(s.SaveTickets(b.Context(), repo, rows))(b)
	}
	do(b, s.writing(b.Context(), "fill", func(w *work) error {
		for n := range 15000 {
			if _, err := w.exec("INSERT INTO triage (repo, number, at) VALUES (1, ?, ?)", n, n); err != nil {
				return err
			}
		}
		return nil
	}))
	for b.Loop() {
		all := must(s.Load(b.Context(), []string{repo}, time.Time{}))(b)
		triaged := must(s.Triaged(b.Context(), []string{repo}))(b)
		if len(all) != 15000 || len(triaged) < 14000 {
			b.Fatal(fmt.Sprint(len(all), len(triaged)))
		}
	}
}

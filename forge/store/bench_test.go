package store

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"docket/forge"
	"docket/model"
)

// crowd returns rows as a busy team's forge has them.
func crowd(from, n int) []forge.Row {
	people := []string{"ada", "grace", "linus", "radia", "ken", "barbara"}
	labels := [][]string{{"gain/high", "pain/low", "state/waiting on assignee"}, {"gain/low", "pain/high", "ops"}, {}, {"state/next meeting", "dev", "gain/medium", "pain/medium"}}
	rows := make([]forge.Row, n)
	for i := range rows {
		r := row(int64(from+i), i, labels[i%len(labels)]...)
		dash := []string{"-", "-", "-", "–"}[i%4] // text beyond ASCII takes longer to clean
		r.Ticket.Title = line(fmt.Sprintf("Request %d: the builders of group %d lose their signing key %s again", from+i, i%17, dash))
		r.Ticket.URL = line(fmt.Sprintf("https://forge.example.org/%s/issues/%d", repo, from+i))
		r.Ticket.Author = model.Person{Login: line(people[i%5]), Name: line(strings.ToUpper(people[i%5]))}
		r.Ticket.Assignees = []model.Line{line(people[(i+1)%5])}
		r.Ticket.Comments = 5
		r.Body = model.NewProse(strings.Repeat("It fails at times, and nobody knows why. ", 40))
		rows[i] = r
	}
	return rows
}

func talk(from, n, each int) []model.Comment {
	var out []model.Comment
	for i := range n * each {
		out = append(out, model.Comment{Ref: ref(int64(from + i/each)), ID: int64(from*each + i), Created: noon.Add(time.Duration(i) * time.Second),
			Updated: noon.Add(time.Duration(i) * time.Second), Author: model.Person{Login: line([]string{"ada", "grace", "ken"}[i%3])},
			Body: model.NewProse(strings.Repeat("Please try again with the new key. ", 15))})
	}
	return out
}

// full returns the path of a closed store with 5,000 open tickets, as many
// closed ones, and five comments each.
func full(b *testing.B) string {
	path := filepath.Join(b.TempDir(), "docket.db")
	s := at(b, path)
	for from := 1; from <= 10000; from += 500 {
		rows := crowd(from, 500)
		for i := range rows {
			if i%2 == 1 {
				rows[i].Ticket.ClosedAt = noon.Add(-time.Hour * 24 * 30)
			}
		}
		must(s.SaveTickets(b.Context(), repo, rows))(b)
		must(s.SaveComments(b.Context(), repo, talk(from, 500, 5)))(b)
	}
	do(b, s.Close())
	return path
}

func BenchmarkOpenAndLoad5000(b *testing.B) {
	path := full(b)
	for b.Loop() {
		s, err := Open(b.Context(), path, Options{})
		do(b, err)
		if n := len(must(s.Load(b.Context(), []string{repo}, noon))(b)); n != 5000 {
			b.Fatal(n)
		}
		s.Close()
	}
}

func BenchmarkOpen(b *testing.B) {
	path := full(b)
	for b.Loop() {
		s, err := Open(b.Context(), path, Options{})
		do(b, err)
		s.Close()
	}
}

func BenchmarkLoad5000(b *testing.B) {
	s := at(b, full(b))
	b.ReportAllocs()
	for b.Loop() {
		must(s.Load(b.Context(), []string{repo}, noon))(b)
	}
}

func BenchmarkSave50Changed(b *testing.B) {
	s := at(b, full(b))
	later := 1000000
	for b.Loop() {
		later++
		rows := crowd(101, 50)
		for i := range rows {
			rows[i].Ticket.Updated = minutes(later)
		}
		must(s.SaveTickets(b.Context(), repo, rows))(b)
	}
}

func BenchmarkSave50Unchanged(b *testing.B) {
	s := at(b, full(b))
	rows := crowd(501, 50)
	must(s.SaveTickets(b.Context(), repo, rows))(b)
	for b.Loop() {
		must(s.SaveTickets(b.Context(), repo, rows))(b)
	}
}

func BenchmarkAppend(b *testing.B) {
	s := at(b, full(b))
	id := int64(0)
	for b.Loop() {
		id++
		do(b, s.Append(b.Context(), []model.Entry{entry(id)}))
	}
}

func BenchmarkVersion(b *testing.B) {
	s := fresh(b)
	for b.Loop() {
		must(s.Version(b.Context()))(b)
	}
}

// What a first sync does for each page: the rows are new.
func BenchmarkSave50New(b *testing.B) {
	s := fresh(b)
	from := 10_000_000 // forges list the latest first
	for b.Loop() {
		from -= 50
		rows := crowd(from, 50)
		slices.Reverse(rows)
		must(s.SaveTickets(b.Context(), repo, rows))(b)
	}
}

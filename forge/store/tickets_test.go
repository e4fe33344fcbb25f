package store

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"docket/forge"
	"docket/model"
)

var sameText = cmp.Comparer(func(a, b model.Line) bool { return a == b })

func TestATicketComesBackAsTheForgeSentItAndInterpreted(t *testing.T) {
	s := fresh(t)
	sent := model.Ticket{
		Ref: ref(7), Title: line("caf\u0065\u0301 \x1b[31m down\u202e"), URL: line("https://f.example/7"),
		Author: model.Person{Login: line("ada"), Name: line("Ada  L")}, Assignees: []model.Line{line("grace"), line("ken")},
		Labels: []model.Line{line("high-gain"), line("Pain/Low"), line("🔥")}, Milestone: model.Milestone{ID: 4, Title: line("may")},
		Created: noon, Updated: minutes(1), Due: minutes(2), ClosedAt: minutes(3), Comments: 4, Locked: true,
	}
	want := sent.Interpret(model.Scheme{}.Read)
	put := must(s.SaveTickets(t.Context(), repo, []forge.Row{{Ticket: sent}}))(t)
	if diff := cmp.Diff([]model.Ticket{want}, put, sameText); diff != "" {
		t.Errorf("SaveTickets returned something else:\n%s", diff)
	}
	if diff := cmp.Diff(want, load(t, s)[7], sameText); diff != "" {
		t.Errorf("Load returned something else:\n%s", diff)
	}
	if want.Gain != model.High || want.Pain != model.Low {
		t.Fatal("the story's labels mean nothing")
	}
}

func TestAnotherLabelMapNeedsNoMigration(t *testing.T) {
	path := filepath.Join(t.TempDir(), "docket.db")
	first := at(t, path)
	must(first.SaveTickets(t.Context(), repo, []forge.Row{row(1, 0, "p1")}))(t)
	do(t, first.Close())
	scheme := model.Scheme{Own: map[string]model.Meaning{"p1": {Field: model.FieldState, Value: string(model.Urgent)}}}
	second, err := Open(t.Context(), path, Options{Scheme: scheme})
	do(t, err)
	defer second.Close()
	if got := load(t, second)[1]; got.State != model.Urgent {
		t.Errorf("the state is %q", got.State)
	}
}

func TestLoadShowsOpenTicketsAndThoseClosedLately(t *testing.T) {
	s := fresh(t)
	rows := []forge.Row{row(1, 0), row(2, 0), row(3, 0)}
	rows[1].Ticket.ClosedAt = noon
	rows[2].Ticket.ClosedAt = noon.Add(-24 * time.Hour)
	must(s.SaveTickets(t.Context(), repo, rows))(t)
	must(s.SaveTickets(t.Context(), "other/repo", rows))(t)
	if got := slices.Sorted(maps.Keys(load(t, s))); !slices.Equal(got, []int64{1, 2}) {
		t.Errorf("loaded %v", got)
	}
	if got := must(s.Numbers(t.Context(), repo))(t); !slices.Equal(got, []int64{1, 2, 3}) {
		t.Errorf("numbers %v", got)
	}
	if got := must(s.Load(t.Context(), []string{repo, "other/repo", "no/such"}, time.Time{}))(t); len(got) != 6 {
		t.Errorf("%d tickets since ever, of six", len(got))
	}
}

func TestForeignTextIsKeptByteForByte(t *testing.T) {
	s := fresh(t)
	const foul = "a\x00b\xff\r\n\x1b]0;title\x07 \u202e"
	r := row(1, 0, foul)
	r.Ticket.Title, r.Body = line(foul), model.NewProse(foul)
	c := comment(1, 1, foul, 1)
	c.Body = model.NewProse(foul)
	must(s.SaveTickets(t.Context(), repo, []forge.Row{r}))(t)
	must(s.SaveComments(t.Context(), repo, []model.Comment{c}))(t)
	ticket, thread := load(t, s)[1], must(s.Thread(t.Context(), ref(1)))(t)
	if ticket.Title != r.Ticket.Title || ticket.Labels[0].Raw() != foul || thread.Body != r.Body || thread.Comments[0] != c {
		t.Errorf("%q and %+v", ticket.Title.Raw(), thread)
	}
}

// Whatever order rows come in, over however many saves and Stores, the store
// holds what a map that keeps the newest would hold, and says what changed.
func TestTheStoreIsAMapThatKeepsTheNewest(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		path := filepath.Join(t.TempDir(), "docket.db")
		stores := []*Store{hasty(t, path), hasty(t, path)}
		kept := map[int64]model.Ticket{}
		bodies := map[int64]string{}
		for range rapid.IntRange(1, 12).Draw(r, "steps") {
			s := rapid.SampledFrom(stores).Draw(r, "store")
			if rapid.IntRange(0, 4).Draw(r, "drop") == 0 {
				n := rapid.Int64Range(1, 5).Draw(r, "number")
				do(t, s.DropTickets(t.Context(), []model.Ref{ref(n)}))
				delete(kept, n)
				delete(bodies, n)
				continue
			}
			rows := rapid.SliceOfN(anyRow(), 0, 6).Draw(r, "rows")
			var want []model.Ticket
			for _, row := range rows {
				n, ticket := row.Ticket.Ref.Number, row.Ticket.Interpret(model.Scheme{}.Read)
				old, had := kept[n]
				if had && ticket.Updated.Before(old.Updated) {
					continue
				}
				bodies[n] = row.Body.Raw()
				if !had || !cmp.Equal(old, ticket, sameText) {
					kept[n] = ticket
					want = append(want, ticket)
				}
			}
			put := must(s.SaveTickets(t.Context(), repo, rows))(t)
			if diff := cmp.Diff(want, put, sameText); diff != "" {
				r.Fatalf("other tickets changed than a map says:\n%s", diff)
			}
		}
		got := map[int64]model.Ticket{}
		for _, ticket := range must(stores[0].Load(t.Context(), []string{repo}, time.Time{}))(t) {
			got[ticket.Ref.Number] = ticket
		}
		if diff := cmp.Diff(kept, got, sameText); diff != "" {
			r.Fatalf("the store differs from a map:\n%s", diff)
		}
		for n := range int64(6) {
			thread := must(stores[1].Thread(t.Context(), ref(n)))(t)
			if thread.Body.Raw() != bodies[n] {
				r.Fatalf("body of %d is %q, not %q", n, thread.Body.Raw(), bodies[n])
			}
		}
	})
}

func anyRow() *rapid.Generator[forge.Row] {
	labels := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"gain/high", "low-trouble", "urgent", "ops", "næsten", ""}), 0, 3, rapid.ID)
	return rapid.Custom(func(r *rapid.T) forge.Row {
		out := row(rapid.Int64Range(1, 5).Draw(r, "number"), rapid.IntRange(0, 3).Draw(r, "updated"), labels.Draw(r, "labels")...)
		out.Ticket.Title = line(rapid.String().Draw(r, "title"))
		out.Ticket.Locked = rapid.Bool().Draw(r, "locked")
		out.Ticket.Comments = rapid.IntRange(0, 300).Draw(r, "comments")
		if rapid.Bool().Draw(r, "closed") {
			out.Ticket.ClosedAt = minutes(rapid.IntRange(-9999, 9999).Draw(r, "closed at"))
		}
		out.Body = model.NewProse(rapid.StringN(0, 40, -1).Draw(r, "body"))
		return out
	})
}

// Whatever lies on disk, reading a card ends with a ticket or an error.
func FuzzReadingACard(f *testing.F) {
	f.Add(encodeCard(row(1, 0, "gain/high", "ops").Ticket))
	f.Add([]byte{cardFormat})
	f.Fuzz(func(t *testing.T, card []byte) {
		s := &Store{}
		ticket, err := s.cards().plain(repo, string(card))
		if err != nil {
			return
		}
		again, err := s.cards().plain(repo, string(encodeCard(ticket)))
		if err != nil || !cmp.Equal(ticket, again, sameText) {
			t.Errorf("%v reads back as %v, %v", ticket, again, err)
		}
	})
}

package store

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"docket/forge"
	"docket/model"
	"docket/model/query"
)

// where returns the numbers of the tickets that hold a text, as a list.
func where(t testing.TB, s *Store, text query.Text) string {
	t.Helper()
	indexed(t, s)
	found := must(s.Search(t.Context(), []string{repo, "no/such"}, []query.Text{text}))(t)
	return strings.Trim(fmt.Sprint(found[text][repo]), "[]")
}

func TestATicketIsFoundByItsTitleItsBodyAndItsComments(t *testing.T) {
	s := fresh(t)
	rows := []forge.Row{row(1, 0), row(2, 0), row(3, 0)}
	rows[1].Ticket.Title, rows[1].Body = line("Grüße: 日本語"), model.NewProse("ask @Kira-L")
	rows[2].Body = model.NewProse("")
	must(s.SaveTickets(t.Context(), repo, rows))(t)
	must(s.SaveTickets(t.Context(), "other/repo", rows))(t)
	early := comment(5, 4, "ada", 1)
	early.Body = model.NewProse("zebra")
	must(s.SaveComments(t.Context(), repo, []model.Comment{comment(4, 3, "ada", 1), early}))(t)
	for _, story := range []struct {
		text query.Text
		want string
	}{
		{query.NewText("MAIL", true), "1 3"}, {query.NewText("mai", false), "1 3"}, {query.NewText("mai", true), ""},
		{query.NewText("still late", true), "3"}, {query.NewText("late still", true), ""}, {query.NewText("late since", true), ""},
		{query.NewText("grüß", false), "2"}, {query.NewText("本語", true), "2"}, {query.Mention("kira-l"), "2"}, {query.Mention("kira"), ""},
		{query.Text{Words: "@ki"}, "2"}, {query.NewText("zebra", true), ""}, {query.NewText("", false), ""},
	} {
		if got := where(t, s, story.text); got != story.want {
			t.Errorf("%+v is in %q, not %q", story.text, got, story.want)
		}
	}
	must(s.SaveTickets(t.Context(), repo, []forge.Row{row(4, 0)}))(t)
	if got := where(t, s, query.NewText("zebra", true)); got != "4" {
		t.Errorf("a comment that came before its ticket is in %q", got)
	}
}

// What is looked for is never the index's own language.
func TestWhatIsLookedForIsNoSyntax(t *testing.T) {
	s := fresh(t)
	must(s.SaveTickets(t.Context(), repo, []forge.Row{row(1, 0)}))(t)
	for _, hostile := range []string{
		`"`, `""`, `mail" OR "x`, `mail*`, `NOT mail`, `mail AND`, `document:mail`, `{document}: mail`, `NEAR(mail late)`, `^mail`, `mail + late`,
		"mail\x00late", "'; DROP TABLE search; --", "*", "(", "%", `\`, "\xff", strings.Repeat(`"a" `, 5000), strings.Repeat("x", 100_000),
	} {
		for _, whole := range []bool{true, false} {
			for _, text := range []query.Text{{Words: hostile, Whole: whole}, query.NewText(hostile, whole)} {
				if _, err := s.Search(t.Context(), []string{repo}, []query.Text{text}); err != nil {
					t.Errorf("%.40q: %v", text.Words, err)
				}
			}
		}
	}
	if got := where(t, s, query.NewText("mail", true)); got != "1" {
		t.Errorf("mail is in %q", got)
	}
}

// Whatever is written, in whatever order: the index finds what a search through
// all texts would.
func TestTheIndexFindsWhatAWalkThroughAllTextsWould(t *testing.T) {
	words := []string{"mail", "mailing", "late", "queue", "日本", "Grüße", "@ada", "@ada.l", "x1", ". ", "|", `"`}
	texts := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 6).Draw(t, "words"), " ")
	})
	rapid.Check(t, func(r *rapid.T) {
		s := hasty(t, filepath.Join(t.TempDir(), "docket.db"))
		defer s.Close()
		t := r
		ctx, updated := t.Context(), 0
		numbers := rapid.Int64Range(1, 4)
		write := func(_ any, err error) {
			if err != nil {
				t.Fatal(err)
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"save": func(t *rapid.T) {
				updated++
				r := row(numbers.Draw(t, "number"), updated)
				r.Ticket.Title, r.Body = line(texts.Draw(t, "title")), model.NewProse(texts.Draw(t, "body"))
				write(s.SaveTickets(ctx, repo, []forge.Row{r}))
			},
			"comment": func(t *rapid.T) {
				updated++
				c := comment(rapid.Int64Range(1, 6).Draw(t, "id"), 0, "ada", updated)
				c.Ref, c.Body = ref(c.ID%4+1), model.NewProse(texts.Draw(t, "body"))
				write(s.SaveComments(ctx, repo, []model.Comment{c}))
			},
			"thread": func(t *rapid.T) {
				at := numbers.Draw(t, "number")
				c := comment(at+100, at, "ken", updated)
				c.Body = model.NewProse(texts.Draw(t, "body"))
				write(s.SaveThread(ctx, ref(at), []model.Comment{c}))
			},
			"drop": func(t *rapid.T) { write(nil, s.DropTickets(ctx, []model.Ref{ref(numbers.Draw(t, "number"))})) },
			"": func(t *rapid.T) {
				text := query.NewText(texts.Draw(t, "text"), rapid.Bool().Draw(t, "whole"))
				if rapid.Bool().Draw(t, "mention") {
					text = query.Mention(rapid.SampledFrom([]string{"ada", "ada.l", "ad"}).Draw(t, "login"))
				}
				indexed(t, s)
				found, err := s.Search(ctx, []string{repo}, []query.Text{text})
				if err != nil {
					t.Fatal(err)
				}
				if want := walk(t, s, text); !slices.Equal(found[text][repo], want) {
					t.Fatalf("%+v is in %v, not %v", text, found[text][repo], want)
				}
			},
		})
	})
}

// indexed makes all that was written searchable.
func indexed(t interface {
	Context() context.Context
	Fatal(args ...any)
}, s *Store,
) {
	for left := true; left; {
		var err error
		if left, err = s.Index(t.Context(), 3); err != nil {
			t.Fatal(err)
		}
	}
}

// walk looks through the texts of every ticket.
func walk(t *rapid.T, s *Store, text query.Text) []int64 {
	numbers, err := s.Numbers(t.Context(), repo)
	if err != nil {
		t.Fatal(err)
	}
	var out []int64
	kept, err := s.Load(t.Context(), []string{repo}, noon)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range numbers {
		thread, err := s.Thread(t.Context(), ref(n))
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, ticket := range kept {
			if ticket.Ref.Number == n {
				all = append(all, ticket.Title.String(), thread.Body.Raw())
			}
		}
		for _, c := range thread.Comments {
			all = append(all, c.Body.Raw())
		}
		if text.In(query.Document(all...)) {
			out = append(out, n)
		}
	}
	return out
}

// goBack takes from a store the tables that steps after a version made.
func goBack(tb testing.TB, s *Store, version int) {
	tb.Helper()
	old := must(sql.Open("sqlite", ":memory:"))(tb)
	defer old.Close()
	old.SetMaxOpenConns(1)
	for _, name := range migrations()[:version] {
		must(old.Exec(string(must(schema.ReadFile(name))(tb))))(tb)
	}
	for _, table := range tables(tb, s.writer) {
		if !slices.Contains(tables(tb, old), table) {
			must(s.writer.Exec("DROP TABLE " + table))(tb)
		}
	}
	must(s.writer.Exec(fmt.Sprintf("PRAGMA user_version = %d", version)))(tb)
}

// tables are those that a step made, and not a table's own.
func tables(tb testing.TB, db *sql.DB) (names []string) {
	tb.Helper()
	rows := must(db.Query("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite%'"))(tb)
	defer rows.Close()
	for rows.Next() {
		var name string
		do(tb, rows.Scan(&name))
		names = append(names, name)
	}
	do(tb, rows.Err())
	return names
}

// A store that was made before there was a search is searched like any other.
func TestAnOlderStoreIsIndexedWhenItIsOpened(t *testing.T) {
	path := filepath.Join(t.TempDir(), "docket.db")
	s := at(t, path)
	must(s.SaveTickets(t.Context(), repo, crowd(1, 20)))(t)
	must(s.SaveComments(t.Context(), repo, talk(1, 20, 2)))(t)
	want := []string{where(t, s, query.NewText("request 7", false)), where(t, s, query.NewText("new key", true))}
	goBack(t, s, 2)
	do(t, s.Close())
	s = at(t, path)
	if got := []string{where(t, s, query.NewText("request 7", false)), where(t, s, query.NewText("new key", true))}; !slices.Equal(got, want) || want[0] != "7" {
		t.Errorf("found in %q, not %q", got, want)
	}
	if s.SetAside() != "" {
		t.Error("the store was set aside")
	}
}

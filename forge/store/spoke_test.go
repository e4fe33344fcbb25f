package store

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"docket/forge"
	"docket/model"
)

func TestAnAnswerOfTheReporterReachesTheCard(t *testing.T) {
	s := fresh(t)
	must(s.SavePeople(t.Context(), repo, people("grace")))(t)
	must(s.SaveTickets(t.Context(), repo, []forge.Row{row(1, 0, "waiting on reporter")}))(t)
	put := must(s.SaveComments(t.Context(), repo, []model.Comment{comment(1, 1, "grace", 1)}))(t)
	if len(put) != 1 || !put[0].TeamSpoke.Equal(minutes(1)) || put[0].Answered() {
		t.Fatalf("after the question: %+v", put)
	}
	put = must(s.SaveComments(t.Context(), repo, []model.Comment{comment(2, 1, "ada", 2)}))(t)
	if len(put) != 1 || !put[0].Answered() || put[0].Shown() != model.NeedsReview {
		t.Fatalf("after the answer: %+v", put)
	}
	put = must(s.SaveComments(t.Context(), repo, []model.Comment{comment(3, 1, "a passer-by", 3), comment(2, 1, "ada", 2)}))(t)
	if len(put) != 0 {
		t.Errorf("a passer-by changed %+v", put)
	}
	put = must(s.SaveThread(t.Context(), ref(1), []model.Comment{comment(1, 1, "grace", 1)}))(t)
	if len(put) != 1 || put[0].Answered() {
		t.Errorf("a deleted answer still counts: %+v", put)
	}
}

// Ticket, comments and people may come in any order and any number of times:
// in the end the card says who spoke last.
func TestWhoSpokeLastDoesNotDependOnTheOrder(t *testing.T) {
	everybody := []string{"ada", "grace", "ken", "a passer-by"}
	rapid.Check(t, func(r *rapid.T) {
		s := hasty(t, filepath.Join(t.TempDir(), "docket.db"))
		team := rapid.SliceOfDistinct(rapid.SampledFrom(everybody), rapid.ID).Draw(r, "team")
		author := rapid.SampledFrom(everybody).Draw(r, "author")
		ticket := row(1, 0)
		ticket.Ticket.Author.Login = line(author)
		steps := []func() error{
			func() error { _, err := s.SaveTickets(t.Context(), repo, []forge.Row{ticket}); return err },
			func() error { _, err := s.SavePeople(t.Context(), repo, people(team...)); return err },
			func() error { _, err := s.SavePeople(t.Context(), repo, people("ken")); return err },
		}
		last := map[string]time.Time{}
		for i := range rapid.IntRange(0, 6).Draw(r, "comments") {
			c := comment(int64(i), 1, rapid.SampledFrom(everybody).Draw(r, "login"), rapid.IntRange(1, 50).Draw(r, "minute"))
			login := c.Author.Login.Raw()
			if c.Created.After(last[login]) {
				last[login] = c.Created
			}
			steps = append(steps, func() error {
				_, err := s.SaveComments(t.Context(), repo, []model.Comment{c})
				return err
			})
		}
		for _, step := range rapid.Permutation(steps).Draw(r, "order") {
			do(t, step())
		}
		do(t, steps[1]()) // the team that counts is the one that was told last
		var theirs time.Time
		for login, at := range last {
			if login != author && at.After(theirs) && (len(team) == 0 || slices.Contains(team, login)) {
				theirs = at
			}
		}
		got := load(t, s)[1]
		if !got.ReporterSpoke.Equal(last[author]) || !got.TeamSpoke.Equal(theirs) {
			r.Fatalf("reporter %v, not %v; team %v, not %v", got.ReporterSpoke, last[author], got.TeamSpoke, theirs)
		}
	})
}

func TestAThreadTellsWhetherItIsComplete(t *testing.T) {
	s := fresh(t)
	is := func(want bool, comments int) {
		t.Helper()
		got := must(s.Thread(t.Context(), ref(1)))(t)
		if got.Complete != want || len(got.Comments) != comments {
			t.Errorf("complete %v with %d comments, not %v with %d", got.Complete, len(got.Comments), want, comments)
		}
	}
	is(false, 0)
	talked := row(1, 0)
	talked.Ticket.Comments = 2
	must(s.SaveTickets(t.Context(), repo, []forge.Row{talked}))(t)
	is(false, 0)
	must(s.SaveComments(t.Context(), repo, []model.Comment{comment(9, 1, "ada", 9)}))(t)
	is(false, 1)
	must(s.SaveComments(t.Context(), repo, []model.Comment{comment(8, 1, "ada", 8)}))(t)
	is(true, 2)
	if got := must(s.Thread(t.Context(), ref(1)))(t); got.Comments[0].ID != 8 || got.Body.Raw() != "since *Monday*" {
		t.Errorf("the thread is %+v", got)
	}
	must(s.SaveThread(t.Context(), ref(1), []model.Comment{comment(8, 1, "ada", 8)}))(t)
	is(true, 1) // one was deleted, and the ticket does not know yet
}

func TestAnEditedCommentReplacesTheOlderOne(t *testing.T) {
	s := fresh(t)
	edited := comment(1, 1, "ada", 1)
	edited.Body, edited.Updated = model.NewProse("on time"), minutes(5)
	must(s.SaveComments(t.Context(), repo, []model.Comment{edited}))(t)
	must(s.SaveComments(t.Context(), repo, []model.Comment{comment(1, 1, "ada", 1)}))(t)
	got := must(s.Thread(t.Context(), ref(1)))(t).Comments
	if len(got) != 1 || got[0] != edited {
		t.Errorf("kept %+v", got)
	}
}

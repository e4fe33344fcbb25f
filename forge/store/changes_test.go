package store

import (
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"docket/forge"
	"docket/model"
)

func numbers(tickets []model.Ticket) []int64 {
	var out []int64
	for _, t := range tickets {
		out = append(out, t.Ref.Number)
	}
	return out
}

func TestAnotherDocketLearnsWhatChanged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "docket.db")
	one, two := at(t, path), at(t, path)
	must(one.SaveTickets(t.Context(), repo, []forge.Row{row(1, 0), row(2, 0), row(3, 0)}))(t)
	start := must(two.Revision(t.Context()))(t)
	changes := func(after int64) ([]int64, []model.Ref, int64) {
		t.Helper()
		put, gone, rev, err := two.Changes(t.Context(), []string{repo}, after)
		do(t, err)
		return numbers(put), gone, rev
	}
	if put, gone, rev := changes(start); len(put)+len(gone) != 0 || rev != start {
		t.Fatalf("nothing happened, and yet: %v %v %d", put, gone, rev)
	}

	must(one.SaveTickets(t.Context(), repo, []forge.Row{row(2, 1), row(3, 0)}))(t)
	must(one.SaveTickets(t.Context(), "other/repo", []forge.Row{row(9, 1)}))(t)
	do(t, one.DropTickets(t.Context(), []model.Ref{ref(1), ref(44), {Repo: "no/such", Number: 1}}))
	put, gone, rev := changes(start)
	if !slices.Equal(put, []int64{2}) || !slices.Equal(gone, []model.Ref{ref(1)}) || rev <= start {
		t.Fatalf("changed %v, gone %v at %d", put, gone, rev)
	}

	must(two.SaveTickets(t.Context(), repo, []forge.Row{row(1, 5)}))(t)
	put, gone, later := changes(rev)
	if !slices.Equal(put, []int64{1}) || len(gone) != 0 || later <= rev {
		t.Errorf("a ticket that came back: changed %v, gone %v at %d", put, gone, later)
	}
	put, gone, _ = changes(0)
	if !slices.Equal(put, []int64{3, 2, 1}) || len(gone) != 0 {
		t.Errorf("since ever: changed %v, gone %v", put, gone)
	}
}

func TestADroppedTicketTakesEverythingWithIt(t *testing.T) {
	s := fresh(t)
	must(s.SaveTickets(t.Context(), repo, []forge.Row{row(1, 0)}))(t)
	must(s.SaveThread(t.Context(), ref(1), []model.Comment{comment(1, 1, "ada", 1)}))(t)
	do(t, s.DropTickets(t.Context(), []model.Ref{ref(1)}))
	got := must(s.Thread(t.Context(), ref(1)))(t)
	if len(load(t, s)) != 0 || got.Complete || len(got.Comments) != 0 || !got.Body.Empty() {
		t.Errorf("left over: %+v", got)
	}
}

func TestVersionTellsOnlyOfOthers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "docket.db")
	one, two := at(t, path), at(t, path)
	version := func() int64 { t.Helper(); return must(one.Version(t.Context()))(t) }
	v := version()
	for name, write := range map[string]func(s *Store, n int64) error{
		"ticket": func(s *Store, n int64) error {
			_, err := s.SaveTickets(t.Context(), repo, []forge.Row{row(n, 0)})
			return err
		},
		"entry": func(s *Store, n int64) error { return s.Append(t.Context(), []model.Entry{entry(n)}) },
		"draft": func(s *Store, n int64) error { return s.SaveDraft(t.Context(), strconv.FormatInt(n, 10), "text") },
		"repo": func(s *Store, n int64) error {
			return s.SaveRepo(t.Context(), forge.RepoState{Name: repo, Total: int(n)})
		},
	} {
		do(t, write(one, 1))
		if version() != v {
			t.Errorf("%s: the store took its own write for somebody else's", name)
		}
		do(t, write(two, 2))
		now := version()
		if now == v {
			t.Errorf("%s: another's write went unnoticed", name)
		}
		v = now
	}
}

func TestWhatIsKnownOfARepositoryComesBack(t *testing.T) {
	s := fresh(t)
	if got := must(s.Repo(t.Context(), repo))(t); got.Name != repo || got.OpenDone || !got.Since.IsZero() {
		t.Errorf("of an unknown repository: %+v", got)
	}
	want := forge.RepoState{
		Name: repo, Facts: forge.RepoFacts{Rights: model.Rights{Known: true, Triage: true}, Private: true}, FactsAt: noon,
		Labels: []model.Label{{ID: 3, Name: line("gain/high"), Color: "00ff00", Exclusive: true}}, People: people("grace", "ken"),
		Consent: true, OpenDone: true, Since: minutes(2), CommentsSince: minutes(3), Synced: minutes(4).Add(5), Total: 6,
	}
	do(t, s.SaveRepo(t.Context(), want))
	if got := must(s.Repo(t.Context(), repo))(t); !equal(got, want) {
		t.Errorf("kept %+v", got)
	}
	must(s.SavePeople(t.Context(), repo, people("barbara")))(t)
	want.People = people("barbara")
	if got := must(s.Repo(t.Context(), repo))(t); !equal(got, want) {
		t.Errorf("with other people: %+v", got)
	}
}

func TestMeAndDraftsComeBack(t *testing.T) {
	s := fresh(t)
	if got := must(s.Me(t.Context(), "a mark"))(t); got != (model.Person{}) {
		t.Errorf("nobody has said who I am, and yet: %v", got)
	}
	me := model.Person{Login: line("grace"), Name: line("Grace")}
	do(t, s.SaveMe(t.Context(), "a mark", me))
	if got := must(s.Me(t.Context(), "a mark"))(t); got != me {
		t.Errorf("I am %v", got)
	}
	if got := must(s.Me(t.Context(), "another"))(t); got != (model.Person{}) {
		t.Errorf("another token is mine, too: %v", got)
	}
	do(t, s.SaveDraft(t.Context(), "comment 7", "Have you tr"))
	do(t, s.SaveDraft(t.Context(), "comment 7", "Have you tried"))
	do(t, s.SaveDraft(t.Context(), "comment 8", "No"))
	do(t, s.SaveDraft(t.Context(), "comment 8", ""))
	if got := must(s.Drafts(t.Context()))(t); len(got) != 1 || got["comment 7"] != "Have you tried" {
		t.Errorf("drafts: %v", got)
	}
}

package forgetest

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

func TestSinceIsInclusiveAndInWholeSeconds(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		n := d.open("Search is slow")
		updated := d.ticket(n).Updated
		if updated.Nanosecond() != 0 {
			t.Errorf("updated_at %v has fractions of a second", updated)
		}
		for _, c := range []struct {
			since time.Time
			want  []int64
		}{
			{updated.Add(-time.Second), []int64{n}},
			{updated, []int64{n}},
			{updated.Add(time.Second), []int64{}},
		} {
			var found []ticket
			expect(t, d.get(d.at("/issues?state=all&since=%s", since(c.since)), &found), http.StatusOK)
			same(t, "since "+c.since.Sub(updated).String(), numbers(found), c.want)
		}
		// A fraction of the same second doesn't hide the ticket.
		var found []ticket
		d.get(d.at("/issues?state=all&since=%s", updated.UTC().Format("2006-01-02T15:04:05.999Z")), &found)
		same(t, "since with a fraction", numbers(found), []int64{n})
	})
}

func TestAMalformedSinceIsRefused(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		for _, bad := range []string{"yesterday", "2026-01-01", "1767225600", "2026-01-01T00:00:00", "2026-01-01T00:00:00+02:00"} {
			for _, path := range []string{"/issues?state=all&since=%s", "/issues/comments?since=%s"} {
				expect(t, d.get(d.at(path, bad), nil), http.StatusUnprocessableEntity)
			}
		}
		// A plus in a query is a space: escaped, the zone is fine.
		expect(t, d.get(d.at("/issues?since=2026-01-01T00:00:00%%2B02:00"), nil), http.StatusOK)
	})
}

func TestSinceFindsClosedTicketsOnlyInAllStates(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		n := d.open("Search is slow")
		start := d.ticket(n).Created
		d.Close(t, d.ana, d.repo, n)
		var open, all []ticket
		d.get(d.at("/issues?since=%s", since(start)), &open)
		d.get(d.at("/issues?state=all&since=%s", since(start)), &all)
		same(t, "without a state", numbers(open), []int64{})
		same(t, "all", numbers(all), []int64{n})
		if all[0].State != "closed" || all[0].Closed == nil {
			t.Errorf("state %q, closed at %v", all[0].State, all[0].Closed)
		}
	})
}

func TestWhatBumpsATicket(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		d.NewLabel(t, d.ana, d.repo, "ops")
		off := d.NewLabel(t, d.ana, d.repo, "off")
		renamed := d.NewLabel(t, d.ana, d.repo, "old name")
		deleted := d.NewLabel(t, d.ana, d.repo, "to be deleted")
		needed := d.open("Needed")
		comments := map[int64]int64{}
		edit := func(body map[string]any) func(int64) {
			return func(n int64) { d.edit(t, d.ana, d.repo, n, body) }
		}
		deeds := []struct {
			name  string
			bumps bool
			only  string // the forge that can do this
			do    func(n int64)
		}{
			{"a new comment", true, "", func(n int64) { d.Comment(t, d.ben, d.repo, n, "new") }},
			{"a label added", true, "", func(n int64) { d.AddLabel(t, d.ana, d.repo, n, "ops") }},
			{"a label removed", true, "", func(n int64) { d.RemoveLabel(t, d.ana, d.repo, n, off) }},
			{"an assignee", true, "", func(n int64) { d.Assign(t, d.ana, d.repo, n, d.benName) }},
			{"a due date", true, "", func(n int64) { d.SetDue(t, d.ana, d.repo, n, time.Now()) }},
			{"a title", true, "", func(n int64) { d.Rename(t, d.ana, d.repo, n, "another title") }},
			{"a body", true, "", edit(map[string]any{"body": "another body"})},
			{"closing", true, "", func(n int64) { d.Close(t, d.ana, d.repo, n) }},
			{"a dependency", true, "", func(n int64) { d.depend(n, needed) }},
			{"a pin", true, RealGitea, func(n int64) {
				d.must(t, http.StatusNoContent, d.ana, "POST", d.at("/issues/%d/pin", n), nil, nil)
			}},
			{"a milestone", true, RealGitea, func(n int64) {
				var m struct{ ID int64 }
				d.must(t, http.StatusCreated, d.ana, "POST", d.at("/milestones"), map[string]any{"title": "1.0"}, &m)
				d.edit(t, d.ana, d.repo, n, map[string]any{"milestone": m.ID})
			}},
			{"an edited comment", false, "", func(n int64) {
				d.must(t, http.StatusOK, d.ben, "PATCH", d.at("/issues/comments/%d", comments[n]), map[string]any{"body": "edited"}, nil)
			}},
			{"a deleted comment", false, "", func(n int64) {
				d.must(t, http.StatusNoContent, d.ben, "DELETE", d.at("/issues/comments/%d", comments[n]), nil, nil)
			}},
			{"a reaction", false, RealGitea, func(n int64) {
				d.must(t, http.StatusCreated, d.ana, "POST", d.at("/issues/%d/reactions", n), map[string]any{"content": "+1"}, nil)
			}},
			{"a renamed label", false, "", func(int64) {
				d.must(t, http.StatusOK, d.ana, "PATCH", d.at("/labels/%d", renamed), map[string]any{"name": "new name"}, nil)
			}},
			{"a deleted label", false, "", func(int64) {
				d.must(t, http.StatusNoContent, d.ana, "DELETE", d.at("/labels/%d", deleted), nil, nil)
			}},
		}
		// All tickets first, then one wait, then all the deeds.
		tickets := map[string]int64{}
		for _, deed := range deeds {
			n := d.open(deed.name)
			tickets[deed.name] = n
			comments[n] = d.Comment(t, d.ben, d.repo, n, "old")
			d.AddLabel(t, d.ana, d.repo, n, "off", "old name", "to be deleted")
		}
		second := nextSecond()
		for _, deed := range deeds {
			if deed.only == "" || deed.only == s.Name {
				deed.do(tickets[deed.name])
			}
		}
		for _, deed := range deeds {
			if deed.only != "" && deed.only != s.Name {
				continue
			}
			if bumped := !d.ticket(tickets[deed.name]).Updated.Before(second); bumped != deed.bumps {
				t.Errorf("%s: bumped is %v, want %v", deed.name, bumped, deed.bumps)
			}
		}
	})
}

func (d *desk) depend(n, on int64) {
	d.t.Helper()
	owner, name := d.anaLogin, "board"
	d.must(d.t, http.StatusCreated, d.ana, "POST", d.at("/issues/%d/dependencies", n),
		map[string]any{"owner": owner, "repo": name, "index": on}, nil)
}

func TestReopeningBumpsAndClearsTheClosingTime(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		n := d.open("Search is slow")
		d.Close(t, d.ana, d.repo, n)
		second := nextSecond()
		d.Reopen(t, d.ana, d.repo, n)
		got := d.ticket(n)
		if got.Updated.Before(second) || got.State != "open" || got.Closed != nil {
			t.Errorf("state %s, updated %v, closed %v", got.State, got.Updated, got.Closed)
		}
	})
}

func TestCommentsOfTheWholeRepositorySinceATime(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		one, two := d.open("One"), d.open("Two")
		old := d.Comment(t, d.ana, d.repo, one, "an old one")
		edited := d.Comment(t, d.ben, d.repo, one, "to be edited")
		second := nextSecond()
		for i := range 3 {
			d.Comment(t, d.ben, d.repo, two, fmt.Sprintf("new %d", i+1))
		}
		d.must(t, http.StatusOK, d.ben, "PATCH", d.at("/issues/comments/%d", edited), map[string]any{"body": "edited"}, nil)

		var all, rest []comment
		resp := d.get(d.at("/issues/comments?since=%s&limit=50&page=1", since(second)), &all)
		if len(all) != 4 || resp.Header.Get("X-Total-Count") != "4" {
			t.Fatalf("%d comments, total %q; want the 3 new ones and the edited one: %s",
				len(all), resp.Header.Get("X-Total-Count"), textOf(resp))
		}
		if all[0].ID != edited || all[0].Body != "edited" {
			t.Errorf("the first is %+v; they come by age, the edited one first", all[0])
		}
		if want := fmt.Sprintf("/%s/issues/%d", d.repo, two); all[1].IssueURL != s.URL+want {
			t.Errorf("a comment is of %q, want %s%s", all[1].IssueURL, s.URL, want)
		}
		for _, c := range all {
			if c.ID == old {
				t.Error("the old comment came, too")
			}
		}
		d.get(d.at("/issues/comments?since=%s&limit=3&page=2", since(second)), &rest)
		if len(rest) != 1 || rest[0].Body != "new 3" {
			t.Errorf("page 2 is %+v", rest)
		}
	})
}

func TestCommentsOfARepositoryAreCutToAPage(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		n := d.open("Much talk")
		for i := range 32 {
			d.Comment(t, d.ben, d.repo, n, fmt.Sprintf("Remark %d", i+1))
		}
		var found []comment
		resp := d.get(d.at("/issues/comments"), &found)
		if len(found) != 30 || resp.Header.Get("X-Total-Count") != "32" {
			t.Errorf("%d comments of %s, want 30 of 32", len(found), resp.Header.Get("X-Total-Count"))
		}
	})
}

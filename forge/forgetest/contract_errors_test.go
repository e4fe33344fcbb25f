package forgetest

import (
	"net/http"
	"strings"
	"testing"
)

func TestAWrongTokenIsRefusedEvenWhereNoneIsNeeded(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		n := d.open("Search is slow")
		expect(t, d.Do(t, "", "GET", d.at("/issues/%d", n), nil, nil), http.StatusOK)
		resp := d.Do(t, "0123456789012345678901234567890123456789", "GET", d.at("/issues/%d", n), nil, nil)
		expect(t, resp, http.StatusUnauthorized, "message")
		expect(t, d.Do(t, "", "POST", d.at("/issues/%d/comments", n), map[string]any{"body": "hi"}, nil), http.StatusUnauthorized)
		expect(t, d.Do(t, "", "GET", "/user", nil, nil), http.StatusUnauthorized)
	})
}

func TestATokenNeedsTheRightScopes(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		n := d.open("Search is slow")
		reading := d.Token(t, d.anaLogin, "read:issue")
		expect(t, d.Do(t, reading, "GET", d.at("/issues/%d", n), nil, nil), http.StatusOK)
		for _, write := range []struct {
			method, path string
			body         map[string]any
		}{
			{"POST", d.at("/issues/%d/comments", n), map[string]any{"body": "hi"}},
			{"PATCH", d.at("/issues/%d", n), map[string]any{"state": "closed"}},
			{"POST", d.at("/issues/%d/labels", n), map[string]any{"labels": []string{}}},
		} {
			expect(t, d.Do(t, reading, write.method, write.path, write.body, nil), http.StatusForbidden,
				"token does not have at least one of required scope(s)", "write:issue")
		}
		expect(t, d.Do(t, reading, "GET", d.at(""), nil, nil), http.StatusForbidden, "read:repository")
		expect(t, d.Do(t, reading, "GET", "/user", nil, nil), http.StatusForbidden, "read:user")
		writing := d.Token(t, d.anaLogin, "write:issue")
		expect(t, d.Do(t, writing, "GET", d.at("/issues/%d", n), nil, nil), http.StatusOK)
		expect(t, d.Do(t, writing, "POST", d.at("/issues/%d/comments", n), map[string]any{"body": "hi"}, nil), http.StatusCreated)
	})
}

func TestAReaderMayCommentButNotEdit(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		id := d.NewLabel(t, d.ana, d.repo, "ops")
		n := d.open("Search is slow")
		d.AddLabel(t, d.ana, d.repo, n, "ops")
		expect(t, d.Do(t, d.rita, "POST", d.at("/issues/%d/comments", n), map[string]any{"body": "hi"}, nil), http.StatusCreated)

		resp := d.Do(t, d.rita, "POST", d.at("/issues/%d/labels", n), map[string]any{"labels": []string{"ops"}}, nil)
		expect(t, resp, http.StatusForbidden, "message")
		for _, fields := range []map[string]any{{"state": "closed"}, {"title": "x"}, {"assignees": []string{d.ritaName}}} {
			resp := d.Do(t, d.rita, "PATCH", d.at("/issues/%d", n), fields, nil)
			expect(t, resp, http.StatusForbidden)
			if textOf(resp) != "" {
				t.Errorf("the refused PATCH says %q; it used to be silent", textOf(resp))
			}
		}
		expect(t, d.Do(t, d.rita, "DELETE", d.at("/issues/%d/labels/%d", n, id), nil, nil), http.StatusForbidden)
		expect(t, d.Do(t, d.rita, "DELETE", d.at("/issues/%d", n), nil, nil), http.StatusForbidden)
		expect(t, d.Do(t, d.rita, "POST", d.at("/labels"), map[string]any{"name": "x", "color": "#ffffff"}, nil), http.StatusForbidden)
	})
}

// What an author may not change of the own ticket is dropped with 201, so the
// answer must be compared with what was asked for.
func TestAReaderEditsOnlyTheWordsOfTheOwnTicket(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		n := d.NewTicket(t, d.rita, d.repo, "Mine", "")
		d.edit(t, d.rita, d.repo, n, map[string]any{"title": "Still mine", "due_date": "2030-01-01T00:00:00Z", "assignees": []string{d.benName}})
		got := d.ticket(n)
		if got.Title != "Still mine" || got.Due != nil || len(got.Assignees) != 0 {
			t.Errorf("title %q, due %v, assignees %v", got.Title, got.Due, got.Assignees)
		}
		d.Close(t, d.rita, d.repo, n)
		if got := d.ticket(n).State; got != "closed" {
			t.Errorf("state %q, want closed: authors may", got)
		}
	})
}

func TestWhatDoesNotExistIs404(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		expect(t, d.get(d.at("/issues/99"), nil), http.StatusNotFound)
		expect(t, d.get("/repos/"+d.anaLogin+"/nope/issues", nil), http.StatusNotFound)
		expect(t, d.get("/repos/nobody-here/nope", nil), http.StatusNotFound)
		expect(t, d.get("/orgs/nobody-here/labels", nil), http.StatusNotFound)
		expect(t, d.get(d.at("/issues/comments/987654321"), nil), http.StatusNotFound)
		expect(t, d.Do(t, d.ana, "PATCH", d.at("/issues/99"), map[string]any{"state": "closed"}, nil), http.StatusNotFound)
		expect(t, d.Do(t, d.ana, "POST", d.at("/issues/99/labels"), map[string]any{"labels": []string{"ops"}}, nil), http.StatusNotFound)
	})
}

func TestADeletedTicketIsGone(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		n, stays := d.open("To be deleted"), d.open("Stays")
		d.Comment(t, d.ben, d.repo, n, "a last word")
		expect(t, d.Do(t, d.ben, "DELETE", d.at("/issues/%d", n), nil, nil), http.StatusForbidden)
		d.Delete(t, d.ana, d.repo, n)
		expect(t, d.get(d.at("/issues/%d", n), nil), http.StatusNotFound)
		var all []ticket
		var comments []comment
		d.get(d.at("/issues?state=all"), &all)
		d.get(d.at("/issues/comments"), &comments)
		same(t, "what is left", numbers(all), []int64{stays})
		if len(comments) != 0 {
			t.Errorf("comments left: %+v", comments)
		}
		// 500 where 404 was to be expected: Gitea's own mistake.
		expect(t, d.get(d.at("/issues/%d/comments", n), nil), http.StatusInternalServerError)
		expect(t, d.get(d.at("/issues/%d/timeline", n), nil), http.StatusInternalServerError)
		resp := d.Do(t, d.ben, "POST", d.at("/issues/%d/comments", n), map[string]any{"body": "too late"}, nil)
		expect(t, resp, http.StatusInternalServerError)
		expect(t, d.Do(t, d.ben, "PATCH", d.at("/issues/%d", n), map[string]any{"title": "x"}, nil), http.StatusNotFound)
		if next := d.open("Another"); next == n || next == stays {
			t.Errorf("the number %d is given again", next)
		}
	})
}

func TestACommentMustHoldSomething(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		n := d.open("Search is slow")
		expect(t, d.Do(t, d.ana, "POST", d.at("/issues/%d/comments", n), map[string]any{"body": ""}, nil), http.StatusUnprocessableEntity)
		expect(t, d.Do(t, d.ana, "POST", d.at("/issues/%d/comments", n), map[string]any{}, nil), http.StatusUnprocessableEntity)
		expect(t, d.Do(t, d.ana, "POST", d.at("/issues/%d/comments", n), map[string]any{"body": " \n\t "}, nil), http.StatusCreated)
		expect(t, d.Do(t, d.ana, "POST", d.at("/issues"), map[string]any{"title": ""}, nil), http.StatusUnprocessableEntity)
	})
}

func TestSomebodyUnknownCannotBeAssigned(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		n := d.open("Search is slow")
		d.Assign(t, d.ana, d.repo, n, d.benName)
		resp := d.Do(t, d.ana, "PATCH", d.at("/issues/%d", n), map[string]any{"assignees": []string{"nobody-here"}}, nil)
		expect(t, resp, http.StatusInternalServerError)
		resp = d.Do(t, d.ana, "POST", d.at("/issues"), map[string]any{"title": "x", "assignees": []string{"nobody-here"}}, nil)
		expect(t, resp, http.StatusUnprocessableEntity, "Assignee does not exist")
		if got := d.ticket(n).Assignees; len(got) != 1 || got[0].Login != d.benName {
			t.Errorf("assignees are %v after the refusal", got)
		}
	})
}

func TestAnArchivedRepositoryRefusesCommentsAndNothingElse(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		d.NewLabel(t, d.ana, d.repo, "ops")
		n := d.open("Search is slow")
		d.must(t, http.StatusOK, d.ana, "PATCH", d.at(""), map[string]any{"archived": true}, nil)
		var repo struct{ Archived bool }
		d.get(d.at(""), &repo)
		if !repo.Archived {
			t.Error("the repository doesn't say that it is archived")
		}
		expect(t, d.Do(t, d.ben, "POST", d.at("/issues/%d/comments", n), map[string]any{"body": "hi"}, nil), http.StatusLocked)
		expect(t, d.Do(t, d.ben, "POST", d.at("/issues"), map[string]any{"title": "x"}, nil), http.StatusLocked)
		d.AddLabel(t, d.ben, d.repo, n, "ops")
		d.Close(t, d.ben, d.repo, n)
		if got := d.ticket(n); got.State != "closed" || len(got.Labels) != 1 {
			t.Errorf("state %s, labels %v", got.State, got.labelNames())
		}
	})
}

func TestALockedTicketRefusesCommentsOfReaders(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		n := d.open("Search is slow")
		d.must(t, http.StatusNoContent, d.ana, "PUT", d.at("/issues/%d/lock", n), map[string]any{"reason": "too heated"}, nil)
		if !d.ticket(n).Locked {
			t.Error("the ticket doesn't say that it is locked")
		}
		say := map[string]any{"body": "one more word"}
		expect(t, d.Do(t, d.rita, "POST", d.at("/issues/%d/comments", n), say, nil), http.StatusForbidden)
		expect(t, d.Do(t, d.ben, "POST", d.at("/issues/%d/comments", n), say, nil), http.StatusCreated)
	})
}

func TestATicketThatNeedsAnOpenOneCannotBeClosed(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		first, second := d.open("First this"), d.open("Then that")
		d.depend(second, first)
		resp := d.Do(t, d.ben, "PATCH", d.at("/issues/%d", second), map[string]any{"state": "closed"}, nil)
		expect(t, resp, http.StatusPreconditionFailed, "open dependencies")
		d.Close(t, d.ben, d.repo, first)
		d.Close(t, d.ben, d.repo, second)
	})
}

func TestAPrivateRepositoryDoesNotExistForOthers(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		d.repo = d.NewPrivateRepo(t, d.ana, "secret")
		n := d.open("Nobody may know")
		for name, token := range map[string]string{"a stranger": d.rita, "nobody": ""} {
			for _, path := range []string{"", "/issues", "/labels", "/issues/1"} {
				resp := d.Do(t, token, "GET", d.at("%s", path), nil, nil)
				expect(t, resp, http.StatusNotFound)
				if strings.Contains(textOf(resp), "Nobody may know") {
					t.Errorf("%s reads %s", name, textOf(resp))
				}
			}
		}
		d.Collaborate(t, d.ana, d.repo, d.ritaName, "read")
		expect(t, d.Do(t, d.rita, "GET", d.at("/issues/%d", n), nil, nil), http.StatusOK)
	})
}

func TestARenamedRepositorySendsEveryRequestToItsNewPlace(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		d.NewLabel(t, d.ana, d.repo, "ops")
		n := d.open("Search is slow")
		old := *d
		d.repo = d.RenameRepo(t, d.ana, d.repo, "tickets")
		for _, c := range []struct {
			method, suffix string
			body           any
		}{
			{"GET", "/issues?state=all&limit=50", nil},
			{"POST", "/issues/1/labels", map[string]any{"labels": []string{"ops"}}},
			{"PATCH", "/issues/1", map[string]any{"state": "closed"}},
			{"POST", "/issues/1/comments", map[string]any{"body": "hi"}},
		} {
			resp := d.Do(t, d.ana, c.method, old.at("%s", c.suffix), c.body, nil)
			expect(t, resp, http.StatusMovedPermanently)
			place := resp.Header.Get("Location")
			if want := "/api/v1" + d.at("%s", c.suffix); strings.TrimPrefix(place, s.URL) != want {
				t.Errorf("%s %s is sent to %q, want %q", c.method, c.suffix, place, want)
			}
		}
		if got := d.ticket(n); got.State != "open" || len(got.Labels) != 0 || got.Comments != 0 {
			t.Errorf("a redirected write has happened: %+v", got)
		}
	})
}

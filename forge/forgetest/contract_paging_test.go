package forgetest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestPages(t *testing.T) {
	const many = 55
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		for i := range many {
			d.open(fmt.Sprintf("Ticket %d", i+1))
		}
		list := func(query string) ([]ticket, *http.Response) {
			t.Helper()
			var page []ticket
			resp := d.get(d.at("/issues?%s", query), &page)
			expect(t, resp, http.StatusOK)
			return page, resp
		}

		t.Run("hold 30 by default and 50 at most, without a word", func(t *testing.T) {
			for query, want := range map[string]int{"": 30, "limit=0": 30, "limit=7": 7, "limit=50": 50, "limit=1000": 50} {
				if page, _ := list(query); len(page) != want {
					t.Errorf("%q: %d rows, want %d", query, len(page), want)
				}
			}
			var settings struct {
				Max     int `json:"max_response_items"`
				Default int `json:"default_paging_num"`
			}
			d.get("/settings/api", &settings)
			if settings.Max != 50 || settings.Default != 30 {
				t.Errorf("the settings say %+v", settings)
			}
		})
		t.Run("say how many there are and where the others lie", func(t *testing.T) {
			_, first := list("limit=20")
			_, last := list("limit=20&page=3")
			for _, resp := range []*http.Response{first, last} {
				if got := resp.Header.Get("X-Total-Count"); got != fmt.Sprint(many) {
					t.Errorf("X-Total-Count %q, want %d", got, many)
				}
			}
			wantLinks(t, first, "next 2", "last 3")
			wantLinks(t, last, "first 1", "prev 2")
			// The cap is told by nothing but the last page's number.
			_, cut := list("limit=1000")
			wantLinks(t, cut, "next 2", "last 2")
		})
		t.Run("past the end are empty", func(t *testing.T) {
			page, resp := list("limit=50&page=99")
			if len(page) != 0 || strings.TrimSpace(textOf(resp)) != "[]" {
				t.Errorf("got %s", textOf(resp))
			}
		})
		t.Run("come newest first", func(t *testing.T) {
			page, _ := list("limit=3")
			same(t, "numbers", numbers(page), []int64{many, many - 1, many - 2})
		})
		t.Run("are never compressed and have no ETag", func(t *testing.T) {
			_, resp := list("limit=50")
			if resp.Uncompressed || resp.Header.Get("Content-Encoding") != "" || resp.Header.Get("ETag") != "" {
				t.Errorf("headers %v", resp.Header)
			}
		})
	})
}

// wantLinks checks the Link header's relations and the pages that they lead to.
func wantLinks(t *testing.T, resp *http.Response, want ...string) {
	t.Helper()
	var got []string
	for link := range strings.SplitSeq(resp.Header.Get("Link"), ",") {
		address, rel, _ := strings.Cut(link, ">; rel=")
		_, page, _ := strings.Cut(address, "page=")
		page, _, _ = strings.Cut(page, "&")
		got = append(got, strings.Trim(rel, `"`)+" "+page)
	}
	slices.Sort(got)
	slices.Sort(want)
	same(t, "links in "+resp.Header.Get("Link"), got, want)
}

// The walk that finds everything must repeat rows rather than skip them.
func TestWalkingAllStatesWhileOthersWorkSkipsNothing(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		for i := range 9 {
			d.open(fmt.Sprintf("Ticket %d", i+1))
		}
		var first, second, third []ticket
		d.get(d.at("/issues?state=all&limit=3&page=1"), &first)
		d.Close(t, d.ben, d.repo, 8)
		d.Close(t, d.ben, d.repo, 5)
		d.open("Ticket 10")
		d.get(d.at("/issues?state=all&limit=3&page=2"), &second)
		d.get(d.at("/issues?state=all&limit=3&page=3"), &third)
		same(t, "page 1", numbers(first), []int64{9, 8, 7})
		same(t, "page 2", numbers(second), []int64{7, 6, 5})
		same(t, "page 3", numbers(third), []int64{4, 3, 2})
	})
}

func TestWalkingOpenTicketsWhileOthersCloseSkipsSome(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		for i := range 6 {
			d.open(fmt.Sprintf("Ticket %d", i+1))
		}
		var first, second []ticket
		d.get(d.at("/issues?state=open&limit=3&page=1"), &first)
		d.Close(t, d.ben, d.repo, 6)
		d.get(d.at("/issues?state=open&limit=3&page=2"), &second)
		same(t, "page 1", numbers(first), []int64{6, 5, 4})
		same(t, "page 2", numbers(second), []int64{2, 1}) // 3 was never seen
	})
}

func TestARowHoldsAllThatACardNeeds(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		d.open("Search is slow")
		var rows []json.RawMessage
		d.get(d.at("/issues"), &rows)
		if len(rows) != 1 {
			t.Fatalf("%d rows", len(rows))
		}
		row := fields(t, rows[0])
		for _, name := range []string{"number", "title", "body", "user", "labels", "assignees", "milestone", "state",
			"is_locked", "comments", "created_at", "updated_at", "closed_at", "due_date", "pin_order", "html_url",
			"pull_request", "repository"} {
			if _, there := row[name]; !there {
				t.Errorf("no %s in %s", name, rows[0])
			}
		}
		for name, want := range map[string]string{"labels": "[]", "assignees": "null", "closed_at": "null", "due_date": "null"} {
			if string(row[name]) != want {
				t.Errorf("%s of a bare ticket is %s, want %s", name, row[name], want)
			}
		}
	})
}

func TestCommentsOfOneTicketComeAllAtOnce(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		n := d.open("Much talk")
		for i := range 4 {
			d.Comment(t, d.ben, d.repo, n, fmt.Sprintf("Remark %d", i+1))
		}
		var comments []comment
		resp := d.get(d.at("/issues/%d/comments?limit=2&page=2", n), &comments)
		if len(comments) != 4 || comments[0].Body != "Remark 1" || resp.Header.Get("X-Total-Count") != "4" {
			t.Errorf("%d comments, total %q: %s", len(comments), resp.Header.Get("X-Total-Count"), textOf(resp))
		}
	})
}

func TestLabelsOfARepositoryComeInPages(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		for _, name := range []string{"c", "a", "b"} {
			d.NewLabel(t, d.ana, d.repo, name)
		}
		var labels []label
		resp := d.get(d.at("/labels?limit=2"), &labels)
		if len(labels) != 2 || labels[0].Name != "a" || labels[1].Name != "b" {
			t.Errorf("the first page is %v, want a and b: labels come by name", labels)
		}
		if got := resp.Header.Get("X-Total-Count"); got != "3" {
			t.Errorf("X-Total-Count %q, want 3", got)
		}
	})
}

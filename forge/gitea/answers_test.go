package gitea_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"docket/forge"
	"docket/forge/gitea"
	"docket/model"
)

// What no forge at hand does, but some may: other zones, missing headers, lists
// that ignore pages, yeses on which nothing follows.

var ticketOne = model.Ref{Repo: "infra/tickets", Number: 1}

func TestADueDateIsTheDayThatTheForgeShows(t *testing.T) {
	for _, hours := range []int{-11, -5, 0, 2, 9, 14} {
		shownIn := time.FixedZone("", hours*3600)
		var due time.Time
		f := answering(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPatch { // as Gitea does: the last second of the day in the zone that was sent
				var form struct {
					Due time.Time `json:"due_date"`
				}
				if err := json.NewDecoder(r.Body).Decode(&form); err != nil {
					t.Error(err)
				}
				y, m, d := form.Due.Date()
				due = time.Date(y, m, d, 23, 59, 59, 0, form.Due.Location())
			}
			fmt.Fprintf(w, `{"number":1,"state":"open","due_date":%q}`, due.In(shownIn).Format(time.RFC3339))
		})
		r, err := f.Apply(t.Context(), forge.Order{Now: model.Ticket{Ref: ticketOne}, Change: model.SetDue{To: model.StampOf(noon)}})
		if err != nil {
			t.Fatal(err)
		}
		if want := time.Date(2026, 5, 6, 23, 59, 59, 0, time.UTC); r.Ticket.Due != want || due.In(shownIn).Day() != 6 {
			t.Errorf("a forge at %+d hours: read as %v, shown as %v", hours, r.Ticket.Due, due.In(shownIn))
		}
	}
}

func TestPagesOfAForgeThatTellsLittle(t *testing.T) {
	const all, cut = 70, 20 // cut: this one's silent limit
	for name, c := range map[string]struct {
		total, link bool
	}{"only the total": {total: true}, "only links": {link: true}, "nothing": {}, "both": {true, true}} {
		t.Run(name, func(t *testing.T) {
			f := answering(t, func(w http.ResponseWriter, r *http.Request) {
				page, _ := strconv.Atoi(r.URL.Query().Get("page"))
				from, to := min((page-1)*cut, all), min(page*cut, all)
				if c.total {
					w.Header().Set("X-Total-Count", fmt.Sprint(all))
				}
				if c.link {
					links := fmt.Sprintf(`<http://%s/?page=1>; rel="first"`, r.Host)
					if to < all {
						links = fmt.Sprintf(`<http://%s/?page=%d>; rel="next",<http://%[1]s/?page=4>; rel="last",`, r.Host, page+1) + links
					}
					w.Header().Set("Link", links)
				}
				rows := []string{}
				for i := from; i < to; i++ {
					rows = append(rows, fmt.Sprintf(`{"number":%d}`, all-i))
				}
				io.WriteString(w, "["+strings.Join(rows, ",")+"]")
			})
			seen := 0
			for page := 1; ; page++ {
				p, err := f.Tickets(t.Context(), "infra/tickets", forge.Query{State: "all", Page: page})
				if err != nil || page > 6 {
					t.Fatal(page, err)
				}
				if want := map[bool]int{true: all, false: -1}[c.total]; p.Total != want {
					t.Errorf("total %d, want %d", p.Total, want)
				}
				if p.Pages != 0 && p.Pages != 4 {
					t.Errorf("page %d of %d", page, p.Pages)
				}
				seen += len(p.Rows)
				if !p.More {
					break
				}
			}
			if seen != all {
				t.Errorf("%d of %d", seen, all)
			}
		})
	}
}

func TestAListThatIgnoresPagesEnds(t *testing.T) {
	f := answering(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Link", fmt.Sprintf(`<http://%s/?page=99>; rel="next"`, r.Host))
		io.WriteString(w, `[{"id":3,"name":"gain/high"},{"id":4,"name":"ops"}]`)
	})
	labels, err := f.Labels(t.Context(), "infra/tickets")
	if err != nil || len(labels) != 4 { // of the repository, and the same again of the organisation
		t.Errorf("%v, %v", labels, err)
	}
}

func TestAYesOnWhichNothingFollowsIsIgnored(t *testing.T) {
	f := answering(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/labels"):
			io.WriteString(w, `[{"id":3,"name":"pain/low"}]`)
		case strings.Contains(r.URL.Path, "/labels/"):
			w.WriteHeader(http.StatusNoContent)
		case strings.HasSuffix(r.URL.Path, "/comments"):
			io.WriteString(w, `{}`)
		case strings.HasSuffix(r.URL.Path, "/comments/5"):
			io.WriteString(w, `{"id":5,"body":"hello","issue_url":"https://forge.example/infra/tickets/issues/1","user":{"login":"ana"}}`)
		case strings.HasSuffix(r.URL.Path, "/user"):
			io.WriteString(w, `{"login":"ana"}`)
		default:
			io.WriteString(w, `{"number":1,"state":"open","due_date":"2031-01-01T23:59:59Z","assignees":[{"login":"ben"}]}`)
		}
	})
	high := model.Label{ID: 7, Name: model.NewLine("gain/high")}
	for _, change := range []model.Change{
		model.SetGain{To: model.High}, model.SetPain{From: model.Low}, model.AddLabel{Name: high.Name}, model.RemoveLabel{Name: model.NewLine("pain/low")},
		model.Close{}, model.Assign{To: []model.Line{model.NewLine("ana")}}, model.Assign{}, model.SetDue{}, model.SetDue{To: model.StampOf(noon)},
		model.RemoveComment{ID: 5, Text: "hello"},
	} {
		_, err := f.Apply(t.Context(), forge.Order{Now: model.Ticket{Ref: ticketOne}, Change: change, Labels: []model.Label{high}})
		if p := problem(t, err); p.Kind != model.Ignored || p.Place.Empty() {
			t.Errorf("%T: %s", change, p)
		}
	}
	// No forge ignores a comment: the answer is somebody else's, and the comment
	// may well be there.
	_, err := f.Apply(t.Context(), forge.Order{Now: model.Ticket{Ref: ticketOne}, Change: model.AddComment{Text: "hello"}})
	if p := problem(t, err); p.Kind != model.Struggling {
		t.Errorf("a comment without a number: %s", p)
	}
}

// Both take off the other's label at the same moment: the first time nothing of
// the field is left.
func TestALabelThatWasTakenOffInTheSameMomentIsSetAgain(t *testing.T) {
	var posts, deletes int
	f := answering(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodPost:
			if posts++; posts == 1 {
				io.WriteString(w, `[{"id":7,"name":"high-gain"},{"id":8,"name":"low-gain"},{"id":9,"name":"ops"}]`)
				return
			}
			io.WriteString(w, `[{"id":7,"name":"high-gain"},{"id":9,"name":"ops"}]`)
		case r.Method == http.MethodDelete:
			deletes++
			if !strings.HasSuffix(r.URL.Path, "/labels/8") {
				t.Errorf("%s", r.URL.Path)
			}
			http.NotFound(w, r) // the other one was faster
		case strings.HasSuffix(r.URL.Path, "/labels"):
			io.WriteString(w, `[{"id":9,"name":"ops"}]`)
		default:
			io.WriteString(w, `{"number":1,"state":"open","labels":[{"id":7,"name":"high-gain"},{"id":9,"name":"ops"}]}`)
		}
	})
	r, err := f.Apply(t.Context(), forge.Order{Now: model.Ticket{Ref: ticketOne}, Change: model.SetGain{To: model.High},
		Labels: []model.Label{{ID: 7, Name: model.NewLine("high-gain")}}})
	if err != nil || r.Ticket.Gain != model.High || posts != 2 || deletes != 1 {
		t.Errorf("%+v, %v after %d and %d", r.Ticket, err, posts, deletes)
	}
}

func TestImportedTicketsNameTheirAuthors(t *testing.T) {
	f := answering(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/comments") {
			io.WriteString(w, `[{"id":4,"issue_url":"","pull_request_url":"https://f/a/b/pulls/2","user":null},
				{"id":5,"issue_url":"https://f/a/b/issues/1","user":{"login":"Ghost"},"original_author":"kevin"}]`)
			return
		}
		io.WriteString(w, `{"number":1,"state":"closed","updated_at":"2026-05-06T12:00:00Z","user":{"login":"Ghost"},"original_author":"kevin","milestone":{"title":"F44"}}`)
	})
	r, err := f.Ticket(t.Context(), ticketOne)
	if err != nil || r.Ticket.Author.Login.String() != "kevin" || r.Ticket.Milestone.Title.String() != "F44" || !r.Ticket.ClosedAt.Equal(noon) {
		t.Errorf("%+v, %v", r.Ticket, err)
	}
	p, err := f.Comments(t.Context(), "infra/tickets", forge.Query{})
	if err != nil || len(p.Rows) != 1 || p.Rows[0].Author.Login.String() != "kevin" || p.Rows[0].Ref != ticketOne {
		t.Errorf("%+v, %v", p, err)
	}
}

// Gitea says null where a comment that mentioned the ticket was deleted, and
// counts it. Something in between that says null must not pass for a ticket to
// which nothing happened: what was sent would be sent again.
func TestNullInATimelineIsTheForgesOnlyWithACount(t *testing.T) {
	for _, count := range []string{"", "1"} {
		for _, body := range []string{"null", "[null]"} {
			f := answering(t, func(w http.ResponseWriter, _ *http.Request) {
				if count != "" {
					w.Header().Set("X-Total-Count", count)
				}
				io.WriteString(w, body)
			})
			events, err := f.History(t.Context(), ticketOne, time.Time{})
			if len(events) != 0 || (err == nil) != (count != "") {
				t.Errorf("%s with the count %q: %v, %v", body, count, events, err)
			}
		}
	}
}

func TestOneConnectionServesManyCalls(t *testing.T) {
	var opened atomic.Int32
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if ua := r.Header.Get("User-Agent"); ua != "docket/test" {
			t.Errorf("user agent %q", ua)
		}
		if r.URL.Query().Get("page") == "" {
			w.WriteHeader(http.StatusNotFound)
		}
		io.WriteString(w, "[]")
	}))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	s.Start()
	defer s.Close()
	f, err := gitea.New(gitea.Options{URL: s.URL, Token: secret, UserAgent: "docket/test"})
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		_, err := f.Tickets(t.Context(), "infra/tickets", forge.Query{})
		_, notFound := f.Ticket(t.Context(), ticketOne)
		_, history := f.LastEdit(t.Context(), ticketOne, model.FieldGain)
		if err != nil || problem(t, notFound).Kind != model.NotFound || history != nil {
			t.Fatal(err, notFound, history)
		}
	}
	if n := opened.Load(); n != 1 {
		t.Errorf("%d connections for 30 calls in a row", n)
	}
}

func TestTimesAreAskedForInWholeSecondsOfUTC(t *testing.T) {
	var asked []string
	f := answering(t, func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		asked = append(asked, strings.Join([]string{q.Get("since"), q.Get("state"), q.Get("type"), q.Get("limit"), q.Get("page")}, " "))
		io.WriteString(w, "[]")
	})
	at := noon.Add(999 * time.Millisecond).In(time.FixedZone("", 2*3600))
	for _, q := range []forge.Query{{Since: at, State: "all", Page: 2}, {State: "open"}} {
		if _, err := f.Tickets(t.Context(), "infra/tickets", q); err != nil {
			t.Fatal(err)
		}
	}
	if want := []string{"2026-05-06T12:00:00Z all issues 50 2", " open issues 50 1"}; !slices.Equal(asked, want) {
		t.Errorf("%q, want %q", asked, want)
	}
}

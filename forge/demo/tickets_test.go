package demo

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestPagesAreCutWithoutAWord(t *testing.T) {
	o := open(t, Options{PageCap: 5})
	for n := range 12 {
		o.ticket(fmt.Sprint("ticket ", n+1))
	}
	seen := []int64{}
	for page := 1; page <= 4; page++ {
		got := o.anna.want(http.StatusOK, "GET", fmt.Sprintf("%s/issues?state=all&limit=1000&page=%d", desk, page))
		if total := got.header.Get("X-Total-Count"); total != "12" {
			t.Errorf("total is %q", total)
		}
		for _, row := range as[[]ticketJSON](t, got) {
			seen = append(seen, row.Number)
		}
		if page == 4 && got.text != "[]\n" {
			t.Errorf("past the end comes %q", got.text)
		}
		hasNext := strings.Contains(got.header.Get("Link"), `rel="next"`)
		if hasNext != (page < 3) {
			t.Errorf("page %d: Link is %q", page, got.header.Get("Link"))
		}
	}
	if want := []int64{12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}; !slices.Equal(seen, want) {
		t.Errorf("newest first, each once: got %v", seen)
	}
	settings := as[map[string]int](t, o.nobody.want(http.StatusOK, "GET", "/settings/api"))
	if settings["max_response_items"] != 5 {
		t.Errorf("settings say %d", settings["max_response_items"])
	}
}

func TestSinceIsInclusiveAndWantsTheRightForm(t *testing.T) {
	o := open(t, Options{})
	first := o.ticket("first")
	o.clock.pass(90*time.Second + 300*time.Millisecond)
	second := o.ticket("second")
	since := o.get(second).Updated
	list := func(since string) []int64 {
		numbers := []int64{}
		for _, row := range as[[]ticketJSON](t, o.anna.want(http.StatusOK, "GET", desk+"/issues?state=all&since="+url.QueryEscape(since))) {
			numbers = append(numbers, row.Number)
		}
		return numbers
	}
	if got := list(since.Format(time.RFC3339)); !slices.Equal(got, []int64{second}) {
		t.Errorf("since its own second: %v", got)
	}
	if got := list(since.In(time.FixedZone("", 7200)).Format(time.RFC3339)); !slices.Equal(got, []int64{second}) {
		t.Errorf("in another zone: %v", got)
	}
	if got := list(since.Add(time.Second).Format(time.RFC3339)); len(got) != 0 {
		t.Errorf("a second later: %v", got)
	}
	o.anna.want(http.StatusCreated, "PATCH", at(first), `{"state":"closed"}`)
	if got := list(since.Format(time.RFC3339)); !slices.Equal(got, []int64{second, first}) {
		t.Errorf("a closed ticket comes along: %v", got)
	}
	for _, bad := range []string{"2026-11-23", "soon", "2026-11-23T09:30:00+02:00"} { // a bare + is a space
		o.anna.want(http.StatusUnprocessableEntity, "GET", desk+"/issues?since="+bad)
	}
}

func TestWhatMovesUpdatedAt(t *testing.T) {
	o := open(t, Options{})
	n := o.ticket("one")
	l := o.label("ops", false)
	remark := as[commentJSON](t, o.ruth.want(http.StatusCreated, "POST", at(n)+"/comments", `{"body":"x"}`)).ID
	aComment := fmt.Sprintf("%s/issues/comments/%d", desk, remark)
	for _, c := range []struct {
		method, path, body string
		moves              bool
	}{
		{"POST", at(n) + "/labels", `{"labels":["ops"]}`, true},
		{"POST", at(n) + "/labels", `{"labels":["ops"]}`, false}, // it is there already
		{"DELETE", fmt.Sprintf("%s/labels/%d", at(n), l), ``, true},
		{"PATCH", at(n), `{"assignees":["anna"]}`, true},
		{"PATCH", at(n), `{"assignees":["anna"]}`, false},
		{"PATCH", at(n), `{"due_date":"2026-12-01T00:00:00Z"}`, true},
		{"PATCH", at(n), `{"due_date":"2026-12-01T10:00:00Z"}`, false}, // the same day
		{"PATCH", at(n), `{"title":"two"}`, true},
		{"PATCH", at(n), `{"body":"more"}`, true},
		{"PATCH", at(n), `{"state":"closed"}`, true},
		{"PATCH", at(n), `{"state":"closed"}`, false},
		{"PATCH", at(n), `{"state":"open"}`, true},
		{"POST", at(n) + "/comments", `{"body":"y"}`, true},
		{"PATCH", aComment, `{"body":"edited"}`, false},
		{"DELETE", aComment, ``, false},
		{"PATCH", fmt.Sprintf("%s/labels/%d", desk, l), `{"name":"operations"}`, false},
		{"DELETE", fmt.Sprintf("%s/labels/%d", desk, l), ``, false},
	} {
		before := o.get(n).Updated
		o.clock.pass(time.Minute)
		if got := o.anna.ask(c.method, c.path, c.body); got.status >= 300 {
			t.Fatalf("%s %s %s: %d %s", c.method, c.path, c.body, got.status, got.text)
		}
		if moved := o.get(n).Updated.After(before); moved != c.moves {
			t.Errorf("%s %s %s: moved is %t, want %t", c.method, c.path, c.body, moved, c.moves)
		}
	}
}

func TestDueDatesEndTheDayInTheZoneSent(t *testing.T) {
	o := open(t, Options{})
	n := o.ticket("one")
	o.anna.want(http.StatusCreated, "PATCH", at(n), `{"due_date":"2026-12-24T10:00:00+01:00"}`)
	if got, want := o.get(n).Due, time.Date(2026, 12, 24, 22, 59, 59, 0, time.UTC); got == nil || !got.Equal(want) {
		t.Errorf("due %v, want %v", got, want)
	}
	o.anna.want(http.StatusCreated, "PATCH", at(n), `{"due_date":null}`)
	if o.get(n).Due == nil {
		t.Error("null must not take the due date away")
	}
	o.anna.want(http.StatusCreated, "PATCH", at(n), `{"unset_due_date":true}`)
	if got := o.get(n).Due; got != nil {
		t.Errorf("still due %v", got)
	}
}

func TestAssigneesAreReplacedAsAWhole(t *testing.T) {
	o := open(t, Options{})
	n := o.ticket("one")
	o.anna.want(http.StatusCreated, "PATCH", at(n), `{"assignees":["anna","kira"]}`)
	o.anna.want(http.StatusCreated, "PATCH", at(n), `{"assignees":["kira"]}`)
	if got := o.get(n); len(got.Assignees) != 1 || got.Assignee.Login != "kira" {
		t.Errorf("assigned to %+v", got.Assignees)
	}
	o.anna.want(http.StatusInternalServerError, "PATCH", at(n), `{"assignees":["nemo"]}`)
	o.anna.want(http.StatusUnprocessableEntity, "POST", desk+"/issues", `{"title":"x","assignees":["nemo"]}`)
	o.anna.want(http.StatusCreated, "PATCH", at(n), `{"assignees":[]}`)
	if got := o.get(n); got.Assignees != nil {
		t.Errorf("assigned to %+v", got.Assignees)
	}
	people := as[[]userJSON](t, o.anna.want(http.StatusOK, "GET", desk+"/assignees"))
	if len(people) != 2 || people[0].Login != "anna" || people[1].FullName != "Kira Nováková" {
		t.Errorf("assignable: %+v", people)
	}
}

func TestClosingWaitsForDependencies(t *testing.T) {
	o := open(t, Options{})
	n, needed := o.ticket("one"), o.ticket("needed first")
	o.anna.want(http.StatusCreated, "POST", at(n)+"/dependencies", fmt.Sprintf(`{"owner":"infra","repo":"tickets","index":%d}`, needed))
	o.anna.want(http.StatusPreconditionFailed, "PATCH", at(n), `{"state":"closed"}`)
	o.anna.want(http.StatusCreated, "PATCH", at(needed), `{"state":"closed"}`)
	o.anna.want(http.StatusCreated, "PATCH", at(n), `{"state":"closed"}`)
	if got := o.get(n); got.State != "closed" || got.Closed == nil {
		t.Errorf("got %s, %v", got.State, got.Closed)
	}
	o.anna.want(http.StatusPreconditionFailed, "PATCH", at(n), `{"state":"sideways"}`)
}

func TestTitlesAreKeptAsTheyAreUpToARoomyLimit(t *testing.T) {
	o := open(t, Options{})
	odd := "\x1b[31mred\x1b[0m \u202eright to left"
	made := o.ruth.want(http.StatusCreated, "POST", desk+"/issues", `{"title":"\u001b[31mred\u001b[0m \u202eright to left"}`)
	if got := as[ticketJSON](t, made).Title; got != odd {
		t.Errorf("got %q", got)
	}
	long := o.get(o.ticket(strings.Repeat("x", 300))).Title
	if len([]rune(long)) != 253 || !strings.HasSuffix(long, "x…") {
		t.Errorf("%d letters: %s", len([]rune(long)), long)
	}
	o.ruth.want(http.StatusUnprocessableEntity, "POST", desk+"/issues", `{"title":""}`)
}

func TestDeletedTicketsVanish(t *testing.T) {
	o := open(t, Options{})
	n := o.ticket("one")
	o.ruth.want(http.StatusCreated, "POST", at(n)+"/comments", `{"body":"x"}`)
	o.anna.want(http.StatusForbidden, "DELETE", at(n))
	o.kira.want(http.StatusNoContent, "DELETE", at(n))
	o.anna.want(http.StatusNotFound, "GET", at(n))
	o.anna.want(http.StatusNotFound, "PATCH", at(n), `{"title":"x"}`)
	o.anna.want(http.StatusInternalServerError, "POST", at(n)+"/comments", `{"body":"x"}`)
	if got := o.anna.want(http.StatusOK, "GET", desk+"/issues/comments"); got.text != "[]\n" {
		t.Errorf("comments left: %s", got.text)
	}
	if next := o.ticket("two"); next != n+1 {
		t.Errorf("numbers are never used twice: %d after %d", next, n)
	}
}

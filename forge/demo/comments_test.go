package demo

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestCommentsOfTheWholeRepositorySinceThen(t *testing.T) {
	o := open(t, Options{})
	first, second := o.ticket("first"), o.ticket("second")
	write := func(n int64, text string) commentJSON {
		o.clock.pass(time.Minute)
		return as[commentJSON](t, o.ruth.want(http.StatusCreated, "POST", at(n)+"/comments", fmt.Sprintf(`{"body":%q}`, text)))
	}
	a := write(first, "a")
	write(second, "b")
	c := write(first, "c")
	ask := func(query string) string {
		bodies := ""
		for _, row := range as[[]commentJSON](t, o.anna.want(http.StatusOK, "GET", desk+"/issues/comments"+query)) {
			bodies += row.Body
		}
		return bodies
	}
	since := "?since=" + url.QueryEscape(c.Created.Format(time.RFC3339))
	if got := ask("") + "," + ask(since) + "," + ask("?limit=1&page=2") + "," + ask("?page=9"); got != "abc,c,b," {
		t.Errorf("got %q", got)
	}
	o.clock.pass(time.Minute)
	o.ruth.want(http.StatusOK, "PATCH", fmt.Sprintf("%s/issues/comments/%d", desk, a.ID), `{"body":"A"}`)
	if got := ask(since); got != "Ac" {
		t.Errorf("since sees edits, in the order of writing: got %q", got)
	}
	if !strings.HasSuffix(a.IssueURL, "/infra/tickets/issues/1") {
		t.Errorf("the ticket is told by %q", a.IssueURL)
	}
	o.anna.want(http.StatusUnprocessableEntity, "GET", desk+"/issues/comments?since=x")
}

func TestWhatIsAComment(t *testing.T) {
	o := open(t, Options{})
	n := o.ticket("one")
	o.ruth.want(http.StatusUnprocessableEntity, "POST", at(n)+"/comments", `{"body":""}`)
	o.ruth.want(http.StatusCreated, "POST", at(n)+"/comments", `{"body":"  "}`)
	o.ruth.want(http.StatusCreated, "POST", at(n)+"/comments", `{"body":"`+strings.Repeat("x", 1<<20)+`"}`)
	o.nobody.want(http.StatusUnauthorized, "POST", at(n)+"/comments", `{"body":"x"}`)
	if got := o.get(n).Comments; got != 2 {
		t.Errorf("%d comments, want 2", got)
	}
	theirs := as[commentJSON](t, o.anna.want(http.StatusCreated, "POST", at(n)+"/comments", `{"body":"mine"}`)).ID
	path := fmt.Sprintf("%s/issues/comments/%d", desk, theirs)
	o.ruth.want(http.StatusForbidden, "PATCH", path, `{"body":"x"}`)
	o.ruth.want(http.StatusForbidden, "DELETE", path)
	o.anna.want(http.StatusNoContent, "DELETE", path)
	o.anna.want(http.StatusNotFound, "GET", path)
}

func TestALockedTicketListensToTheTeamOnly(t *testing.T) {
	o := open(t, Options{})
	n := o.ticket("one")
	o.anna.want(http.StatusForbidden, "PUT", at(n)+"/lock", `{}`) // locking is for admins
	o.kira.want(http.StatusNoContent, "PUT", at(n)+"/lock", `{"lock_reason":"spam"}`)
	o.ruth.want(http.StatusForbidden, "POST", at(n)+"/comments", `{"body":"x"}`)
	o.anna.want(http.StatusCreated, "POST", at(n)+"/comments", `{"body":"x"}`)
	o.kira.want(http.StatusNoContent, "DELETE", at(n)+"/lock")
	o.ruth.want(http.StatusCreated, "POST", at(n)+"/comments", `{"body":"x"}`)
}

func TestTheTimelineTellsWhoDidWhat(t *testing.T) {
	o := open(t, Options{})
	n := o.ticket("one")
	o.label("gain/low", true)
	o.label("gain/high", true)
	o.anna.want(http.StatusOK, "POST", at(n)+"/labels", `{"labels":["gain/low"]}`)
	o.kira.want(http.StatusOK, "POST", at(n)+"/labels", `{"labels":["gain/high"]}`)
	o.anna.want(http.StatusCreated, "PATCH", at(n), `{"assignees":["kira"],"title":"two","state":"closed","due_date":"2026-12-01T00:00:00Z"}`)
	o.ruth.want(http.StatusCreated, "POST", at(n)+"/comments", `{"body":"thanks"}`)
	o.anna.want(http.StatusCreated, "PATCH", at(n), `{"state":"open","assignees":[]}`)
	told := []string{}
	for _, e := range as[[]timelineJSON](t, o.anna.want(http.StatusOK, "GET", at(n)+"/timeline")) {
		line := e.User.Login + " " + e.Type
		switch {
		case e.Label != nil && e.Body == "1":
			line += " +" + e.Label.Name
		case e.Label != nil:
			line += " -" + e.Label.Name
		case e.Assignee != nil:
			line += fmt.Sprint(" ", e.Assignee.Login, " ", e.RemovedAssignee)
		case e.NewTitle != "":
			line += " " + e.OldTitle + " > " + e.NewTitle
		case e.Body != "":
			line += " " + e.Body
		}
		told = append(told, line)
	}
	want := `anna label +gain/low
kira label -gain/low
kira label +gain/high
anna change_title one > two
anna added_deadline 2026-12-01
anna assignees kira false
anna close
ruth comment thanks
anna assignees kira true
anna reopen`
	if got := strings.Join(told, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

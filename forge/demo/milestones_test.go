package demo

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func (o office) milestone(title string) int64 {
	o.anna.t.Helper()
	return as[milestoneJSON](o.anna.t, o.anna.want(http.StatusCreated, "POST", desk+"/milestones", fmt.Sprintf(`{"title":%q}`, title))).ID
}

func (o office) timeline(n int64) []*timelineJSON {
	o.anna.t.Helper()
	return as[[]*timelineJSON](o.anna.t, o.anna.want(http.StatusOK, "GET", at(n)+"/timeline"))
}

func TestAMilestoneIsPutOnCountedAndTakenOff(t *testing.T) {
	o := open(t, Options{})
	n, spring, autumn := o.ticket("one"), o.milestone("spring"), o.milestone("autumn")
	in := func(id int64) ticketJSON {
		return as[ticketJSON](t, o.anna.want(http.StatusCreated, "PATCH", at(n), fmt.Sprintf(`{"milestone":%d}`, id)))
	}
	if got := in(spring).Milestone; got == nil || got.Title != "spring" || got.OpenIssues != 1 {
		t.Fatalf("it is in %+v", got)
	}
	in(autumn)
	if again := in(0); again.Milestone != nil {
		t.Fatalf("it is still in %+v", again.Milestone)
	}
	in(autumn)
	o.anna.want(http.StatusInternalServerError, "PATCH", at(n), `{"milestone":77}`)
	o.anna.want(http.StatusCreated, "PATCH", at(n), `{"state":"closed"}`)
	if m := as[milestoneJSON](t, o.anna.want(http.StatusOK, "GET", fmt.Sprintf("%s/milestones/%d", desk, autumn))); m.OpenIssues != 0 || m.ClosedIssues != 1 {
		t.Errorf("counted %+v", m)
	}
	var told []string
	for _, e := range o.timeline(n) {
		if e.Type == "milestone" {
			from, to := "", ""
			if e.OldMilestone != nil {
				from = e.OldMilestone.Title
			}
			if e.Milestone != nil {
				to = e.Milestone.Title
			}
			told = append(told, from+">"+to)
		}
	}
	if got := strings.Join(told, " "); got != ">spring spring>autumn autumn> >autumn" {
		t.Errorf("the timeline tells %s", got)
	}
	o.anna.want(http.StatusOK, "PATCH", fmt.Sprintf("%s/milestones/%d", desk, spring), `{"state":"closed"}`)
	if list := as[[]milestoneJSON](t, o.anna.want(http.StatusOK, "GET", desk+"/milestones")); len(list) != 1 || list[0].ID != autumn {
		t.Errorf("open ones: %+v", list)
	}
	o.anna.want(http.StatusNoContent, "DELETE", fmt.Sprintf("%s/milestones/%d", desk, autumn))
	if got := o.get(n).Milestone; got != nil {
		t.Errorf("a deleted milestone stays: %+v", got)
	}
}

func TestTextsLeaveReferences(t *testing.T) {
	o := open(t, Options{})
	one := o.ticket("one")
	refs := func() string {
		var all []string
		for _, e := range o.timeline(one) {
			switch {
			case e == nil:
				all = append(all, "null")
			case e.RefIssue != nil:
				all = append(all, fmt.Sprintf("%s by #%d %s", e.Type, e.RefIssue.Number, e.RefAction))
			}
		}
		return strings.Join(all, ", ")
	}
	o.anna.want(http.StatusCreated, "POST", desk+"/issues", fmt.Sprintf(`{"title":"two","body":"See #%d, #%d and #999. Not %s."}`, one, one, "`#1`"))
	if got := refs(); got != "issue_ref by #2 none" {
		t.Fatalf("got %s", got)
	}
	said := as[commentJSON](t, o.anna.want(http.StatusCreated, "POST", at(2)+"/comments", `{"body":"again #1"}`))
	if got := refs(); got != "issue_ref by #2 none, comment_ref by #2 none" {
		t.Fatalf("got %s", got)
	}
	o.anna.want(http.StatusOK, "PATCH", fmt.Sprintf("%s/issues/comments/%d", desk, said.ID), `{"body":"no more"}`)
	if got := refs(); got != "issue_ref by #2 none, comment_ref by #2 neutered" {
		t.Fatalf("got %s", got)
	}
	o.anna.want(http.StatusNoContent, "DELETE", fmt.Sprintf("%s/issues/comments/%d", desk, said.ID))
	if got := refs(); got != "issue_ref by #2 none, null" {
		t.Fatalf("got %s", got)
	}
}

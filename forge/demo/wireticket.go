package demo

import (
	"fmt"
	"time"
)

type repoMetaJSON struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Owner    string `json:"owner"`
	FullName string `json:"full_name"`
}

type ticketJSON struct {
	ID               int64          `json:"id"`
	URL              string         `json:"url"`
	HTMLURL          string         `json:"html_url"`
	Number           int64          `json:"number"`
	User             *userJSON      `json:"user"`
	OriginalAuthor   string         `json:"original_author"`
	OriginalAuthorID int64          `json:"original_author_id"`
	Title            string         `json:"title"`
	Body             string         `json:"body"`
	Ref              string         `json:"ref"`
	Assets           []struct{}     `json:"assets"`
	Labels           []labelJSON    `json:"labels"`
	Milestone        *milestoneJSON `json:"milestone"`
	Assignee         *userJSON      `json:"assignee"`
	Assignees        []*userJSON    `json:"assignees"`
	State            string         `json:"state"`
	IsLocked         bool           `json:"is_locked"`
	Comments         int            `json:"comments"`
	Created          time.Time      `json:"created_at"`
	Updated          time.Time      `json:"updated_at"`
	Closed           *time.Time     `json:"closed_at"`
	Due              *time.Time     `json:"due_date"`
	TimeEstimate     int64          `json:"time_estimate"`
	PullRequest      *struct{}      `json:"pull_request"`
	Repository       repoMetaJSON   `json:"repository"`
	PinOrder         int            `json:"pin_order"`
	ContentVersion   int            `json:"content_version"`
}

type commentJSON struct {
	ID               int64      `json:"id"`
	HTMLURL          string     `json:"html_url"`
	PullRequestURL   string     `json:"pull_request_url"`
	IssueURL         string     `json:"issue_url"`
	User             *userJSON  `json:"user"`
	OriginalAuthor   string     `json:"original_author"`
	OriginalAuthorID int64      `json:"original_author_id"`
	Body             string     `json:"body"`
	Assets           []struct{} `json:"assets"`
	Created          time.Time  `json:"created_at"`
	Updated          time.Time  `json:"updated_at"`
}

type timelineJSON struct {
	ID              int64          `json:"id"`
	Type            string         `json:"type"`
	HTMLURL         string         `json:"html_url"`
	PullRequestURL  string         `json:"pull_request_url"`
	IssueURL        string         `json:"issue_url"`
	User            *userJSON      `json:"user"`
	Body            string         `json:"body"`
	Created         time.Time      `json:"created_at"`
	Updated         time.Time      `json:"updated_at"`
	OldProjectID    int64          `json:"old_project_id"`
	ProjectID       int64          `json:"project_id"`
	OldMilestone    *milestoneJSON `json:"old_milestone"`
	Milestone       *milestoneJSON `json:"milestone"`
	TrackedTime     *struct{}      `json:"tracked_time"`
	OldTitle        string         `json:"old_title"`
	NewTitle        string         `json:"new_title"`
	OldRef          string         `json:"old_ref"`
	NewRef          string         `json:"new_ref"`
	RefIssue        *ticketJSON    `json:"ref_issue"`
	RefComment      *commentJSON   `json:"ref_comment"`
	RefAction       string         `json:"ref_action"`
	RefCommitSHA    string         `json:"ref_commit_sha"`
	ReviewID        int64          `json:"review_id"`
	Label           *labelJSON     `json:"label"`
	Assignee        *userJSON      `json:"assignee"`
	AssigneeTeam    *struct{}      `json:"assignee_team"`
	RemovedAssignee bool           `json:"removed_assignee"`
	ResolveDoer     *struct{}      `json:"resolve_doer"`
	DependentIssue  *ticketJSON    `json:"dependent_issue"`
}

func (c *call) pageOf(t *ticket) string {
	return fmt.Sprintf("%s/%s/issues/%d", c.base, t.repo.path(), t.number)
}

func (c *call) wireTicket(t *ticket) ticketJSON {
	wire := ticketJSON{
		ID: t.id, URL: fmt.Sprintf("%s/issues/%d", c.repoURL(t.repo), t.number), HTMLURL: c.pageOf(t),
		Number: t.number, User: c.wireUser(t.by), Title: t.title, Body: t.body, Assets: []struct{}{},
		Labels: c.wireLabels(byName(t.labels)), State: "open", IsLocked: t.locked, Comments: t.comments,
		Created: t.created, Updated: t.updated, Closed: some(t.closed), Due: some(t.due),
		Repository:     repoMetaJSON{t.repo.id, t.repo.name, t.repo.owner.login, t.repo.path()},
		ContentVersion: t.version, Milestone: wireMilestone(t.milestone),
	}
	if !t.open() {
		wire.State = "closed"
	}
	if len(t.assignees) > 0 { // nobody is null, not an empty list
		wire.Assignees = c.wireUsers(t.assignees)
		wire.Assignee = wire.Assignees[0]
	}
	return wire
}

// some is nil for the zero time, which JSON shows as null.
func some(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}

func (c *call) wireComment(e *event) commentJSON {
	return commentJSON{
		ID: e.id, HTMLURL: fmt.Sprintf("%s#issuecomment-%d", c.pageOf(e.on), e.id), IssueURL: c.pageOf(e.on),
		User: c.wireUser(e.by), Body: e.body, Assets: []struct{}{}, Created: e.at, Updated: e.updated,
	}
}

// wireEvent is nil for a reference by a comment that was deleted: null stands in its place.
func (c *call) wireEvent(e *event) *timelineJSON {
	if e.unsaid {
		return nil
	}
	wire := &timelineJSON{
		ID: e.id, Type: e.kind, HTMLURL: fmt.Sprintf("%s#issuecomment-%d", c.pageOf(e.on), e.id),
		IssueURL: c.pageOf(e.on), User: c.wireUser(e.by), Body: e.body, Created: e.at, Updated: e.updated,
		OldTitle: e.oldTitle, NewTitle: e.newTitle, RefAction: "none",
		Assignee: c.wireUser(e.assignee), RemovedAssignee: e.removed,
		Milestone: wireMilestone(e.milestone), OldMilestone: wireMilestone(e.oldMilestone),
	}
	if e.label != nil {
		l := c.wireLabel(e.label)
		wire.Label = &l
	}
	if e.neutered {
		wire.RefAction = "neutered"
	}
	if e.said != nil {
		said := c.wireComment(e.said)
		wire.RefComment = &said
	}
	if e.other != nil {
		other := c.wireTicket(e.other)
		if e.kind == "add_dependency" {
			wire.DependentIssue = &other
		} else {
			wire.RefIssue = &other
		}
	}
	return wire
}

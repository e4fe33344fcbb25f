package demo

import (
	"net/http"
	"time"
)

// editForm is a PATCH of a ticket: whatever is nil stays.
type editForm struct {
	Title     string     `json:"title"`
	Body      *string    `json:"body"`
	Version   *int       `json:"content_version"`
	Assignee  *string    `json:"assignee"`
	Assignees []string   `json:"assignees"`
	State     *string    `json:"state"`
	Due       *time.Time `json:"due_date"`
	UnsetDue  *bool      `json:"unset_due_date"`
	Milestone *int64     `json:"milestone"`
}

// editTicket changes what was sent, field by field in Gitea's order; when one is refused, those before
// it have happened. Authors may change words and state of their own tickets, the rest is for writers
// and dropped without a word for others.
func (c *call) editTicket() answer {
	var form editForm
	if refused, ok := c.read(&form); !ok {
		return refused
	}
	t := c.ticket()
	if t == nil {
		return notFound()
	}
	canWrite := c.may >= writer
	if t.by != c.who && !canWrite {
		return bare(http.StatusForbidden)
	}
	if form.Version != nil && *form.Version != t.version {
		return refuse(http.StatusConflict, "the issue is already changed")
	}
	if form.Title != "" {
		c.retitle(t, c.deed(), form.Title)
	}
	if form.Body != nil {
		c.rewrite(t, c.deed(), *form.Body)
	}
	if canWrite {
		if refused, ok := c.editDue(t, form); !ok {
			return refused
		}
		if refused, ok := c.editAssignees(t, form); !ok {
			return refused
		}
		if refused, ok := c.editMilestoneOf(t, form.Milestone); !ok {
			return refused
		}
	}
	if form.State != nil {
		if refused, ok := c.editState(t, *form.State); !ok {
			return refused
		}
	}
	return created(c.wireTicket(t))
}

// editDue keeps the day that was sent, in the zone that was sent, and ends it at 23:59:59.
func (c *call) editDue(t *ticket, form editForm) (refused answer, ok bool) {
	if form.Due == nil && form.UnsetDue == nil {
		return answer{}, true
	}
	var due time.Time
	if form.UnsetDue == nil || !*form.UnsetDue {
		if form.Due == nil {
			return refuse(http.StatusBadRequest, "The due_date cannot be empty"), false
		}
		if !form.Due.IsZero() {
			due = endOfDay(*form.Due)
		}
	}
	c.setDue(t, c.deed(), due)
	return answer{}, true
}

// editAssignees answers 500 with no word about an unknown login: that is what Gitea does.
func (c *call) editAssignees(t *ticket, form editForm) (refused answer, ok bool) {
	if form.Assignees == nil && form.Assignee == nil {
		return answer{}, true
	}
	logins := form.Assignees
	if form.Assignee != nil {
		logins = oneMore(logins, *form.Assignee)
	}
	people, unknown := c.people(logins)
	if unknown != "" {
		return refuse(http.StatusInternalServerError, ""), false
	}
	for _, who := range people {
		if c.repo.access(who) == nothing {
			return refuse(http.StatusInternalServerError, ""), false
		}
	}
	c.assign(t, c.deed(), people)
	return answer{}, true
}

// editMilestoneOf takes 0 for none, and answers 500 to an id that it does not know: so does Gitea.
func (c *call) editMilestoneOf(t *ticket, id *int64) (refused answer, ok bool) {
	if id == nil {
		return answer{}, true
	}
	m := c.repo.milestone(*id)
	if m == nil && *id > 0 {
		return refuse(http.StatusInternalServerError, ""), false
	}
	c.setMilestone(t, c.deed(), m)
	return answer{}, true
}

func (c *call) editState(t *ticket, state string) (refused answer, ok bool) {
	switch state {
	case "open":
		c.reopen(t, c.deed())
	case "closed":
		if c.closeTicket(t, c.deed()) != nil {
			return refuse(http.StatusPreconditionFailed, "cannot close this issue or pull request because it still has open dependencies"), false
		}
	default:
		return refuse(http.StatusPreconditionFailed, "unknown state: %s", state), false
	}
	return answer{}, true
}

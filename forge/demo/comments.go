package demo

import (
	"fmt"
	"net/http"
)

func (c *call) noTicket() string {
	return fmt.Sprintf("issue does not exist [id: 0, repo_id: %d, index: %d]", c.repo.id, c.number("index"))
}

// listComments answers all comments of a ticket, oldest first, whatever limit is asked for. A ticket
// that doesn't exist is a 500, as on Gitea.
func (c *call) listComments() answer {
	since, before, refused, fine := c.span()
	if !fine {
		return refused
	}
	t := c.ticket()
	if t == nil {
		return refuse(http.StatusInternalServerError, "")
	}
	list := make([]commentJSON, 0, t.comments)
	for _, e := range t.events {
		if e.kind == "comment" && within(e.updated, since, before) {
			list = append(list, c.wireComment(e))
		}
	}
	return ok(list).total(len(list))
}

// listAllComments answers a page of the whole repository's comments, oldest first. since sees edits:
// it compares updated_at.
func (c *call) listAllComments() answer {
	since, before, refused, fine := c.span()
	if !fine {
		return refused
	}
	var rows []*event
	for _, e := range c.repo.comments {
		if within(e.updated, since, before) {
			rows = append(rows, e)
		}
	}
	list := make([]commentJSON, 0, len(rows))
	for _, e := range paginate(c, rows) {
		list = append(list, c.wireComment(e))
	}
	return ok(list).total(len(rows))
}

func (c *call) createComment() answer {
	var form struct {
		Body string `json:"body"`
	}
	if refused, ok := c.read(&form); !ok {
		return refused
	}
	if form.Body == "" {
		return missing("Body")
	}
	t := c.ticket()
	if t == nil {
		return refuse(http.StatusInternalServerError, "")
	}
	if t.locked && c.may < writer {
		return refuse(http.StatusForbidden, "You cannot comment on a locked issue.")
	}
	return created(c.wireComment(c.comment(t, c.deed(), form.Body)))
}

// findComment is the comment of the path, or the answer that there is none.
func (c *call) findComment() (found *event, refused answer) {
	for _, e := range c.repo.comments {
		if e.id == c.number("id") {
			return e, answer{}
		}
	}
	return nil, notFound(fmt.Sprintf("comment does not exist [id: %d, issue_id: 0]", c.number("id")))
}

func (c *call) getComment() answer {
	e, refused := c.findComment()
	if e == nil {
		return refused
	}
	return ok(c.wireComment(e))
}

func (c *call) patchComment() answer {
	var form struct {
		Body string `json:"body"`
	}
	if refused, ok := c.read(&form); !ok {
		return refused
	}
	if form.Body == "" {
		return missing("Body")
	}
	e, refused := c.findComment()
	if e == nil {
		return refused
	}
	if e.by != c.who && c.may < writer {
		return bare(http.StatusForbidden)
	}
	c.editComment(e, c.deed(), form.Body)
	return ok(c.wireComment(e))
}

func (c *call) dropComment() answer {
	e, refused := c.findComment()
	if e == nil {
		return refused
	}
	if e.by != c.who && c.may < writer {
		return bare(http.StatusForbidden)
	}
	c.deleteComment(e)
	return bare(http.StatusNoContent)
}

func (c *call) listTimeline() answer {
	since, before, refused, fine := c.span()
	if !fine {
		return refused
	}
	t := c.ticket()
	if t == nil {
		return refuse(http.StatusInternalServerError, "")
	}
	var rows []*event
	for _, e := range t.events {
		if within(e.updated, since, before) && c.mayKnow(t, e) {
			rows = append(rows, e)
		}
	}
	var list []*timelineJSON // an empty timeline is null, as on Gitea
	for _, e := range paginate(c, rows) {
		list = append(list, c.wireEvent(e))
	}
	return ok(list).total(len(list))
}

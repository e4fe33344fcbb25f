package demo

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"
)

// ticket is the ticket of the path, or nil.
func (c *call) ticket() *ticket { return c.repo.byNumber[c.number("index")] }

func (c *call) getTicket() answer {
	t := c.ticket()
	if t == nil {
		return notFound()
	}
	return ok(c.wireTicket(t))
}

// listTickets answers newest first.
func (c *call) listTickets() answer {
	wanted, refused, fine := c.filter()
	if !fine {
		return refused
	}
	var rows []*ticket
	for _, t := range slices.Backward(c.repo.tickets) {
		if wanted(t) {
			rows = append(rows, t)
		}
	}
	number, size := c.page()
	list := make([]ticketJSON, 0, size)
	from := min((number-1)*size, len(rows))
	for _, t := range rows[from:min(from+size, len(rows))] {
		list = append(list, c.wireTicket(t))
	}
	return c.linked(ok(list), len(rows))
}

// searchTickets lists the open tickets of all repositories that the caller sees, latest first; with
// created, those they wrote.
func (c *call) searchTickets() answer {
	var rows []*ticket
	for _, r := range c.repos {
		if r.access(c.who) < reader {
			continue
		}
		for _, t := range r.tickets {
			if t.open() && (c.r.URL.Query().Get("created") != "true" || t.by == c.who) {
				rows = append(rows, t)
			}
		}
	}
	slices.SortFunc(rows, func(a, b *ticket) int { return cmp.Compare(b.id, a.id) })
	list := []ticketJSON{}
	for _, t := range paginate(c, rows) {
		list = append(list, c.wireTicket(t))
	}
	return c.linked(ok(list), len(rows))
}

// filter turns the query into a test. Labels that don't exist are not looked for, as on Gitea, so a
// filter by an unknown label lets everything through.
func (c *call) filter() (wanted func(*ticket) bool, refused answer, ok bool) {
	since, before, refused, ok := c.span()
	if !ok {
		return nil, refused, false
	}
	query := c.r.URL.Query()
	people := map[string]*account{"created_by": nil, "assigned_by": nil}
	for name := range people {
		if login := query.Get(name); login != "" {
			if people[name] = c.accounts[strings.ToLower(login)]; people[name] == nil {
				return nil, notFound(unknownUser(login)), false
			}
		}
	}
	var labels []*label
	for name := range strings.SplitSeq(query.Get("labels"), ",") {
		if l := named(c.repo.labels, name); l != nil {
			labels = append(labels, l)
		}
	}
	state, keyword := query.Get("state"), strings.ToLower(strings.TrimSpace(query.Get("q")))
	author, assignee := people["created_by"], people["assigned_by"]
	return func(t *ticket) bool {
		return query.Get("type") != "pulls" &&
			(state == "all" || t.open() == (state != "closed")) &&
			within(t.updated, since, before) &&
			(author == nil || t.by == author) &&
			(assignee == nil || slices.Contains(t.assignees, assignee)) &&
			!slices.ContainsFunc(labels, func(l *label) bool { return !slices.Contains(t.labels, l) }) &&
			(keyword == "" || strings.Contains(strings.ToLower(t.title+"\n"+t.body), keyword))
	}, answer{}, true
}

func (c *call) createTicket() answer {
	var form struct {
		Title     string     `json:"title"`
		Body      string     `json:"body"`
		Assignee  string     `json:"assignee"`
		Assignees []string   `json:"assignees"`
		Due       *time.Time `json:"due_date"`
		Labels    []int64    `json:"labels"`
		Milestone int64      `json:"milestone"`
		Closed    bool       `json:"closed"`
	}
	if refused, ok := c.read(&form); !ok {
		return refused
	}
	if form.Title == "" {
		return missing("Title")
	}
	var labels []*label
	var assignees []*account
	if c.may >= writer { // what readers say about labels and people is dropped without a word
		var unknown string
		labels = c.labelsByID(form.Labels)
		if assignees, unknown = c.people(oneMore(form.Assignees, form.Assignee)); unknown != "" {
			return refuse(http.StatusUnprocessableEntity, "Assignee does not exist: [name: %s]", unknownUser(unknown))
		}
		for _, who := range assignees {
			if c.repo.access(who) == nothing {
				return refuse(http.StatusUnprocessableEntity, "user doesn't have access to repo [user_id: %d, repo_name: %s]", who.id, c.repo.name)
			}
		}
	}
	t := c.openTicket(c.repo, c.deed(), form.Title, form.Body, labels, assignees)
	if form.Due != nil && c.may >= writer {
		t.due = form.Due.UTC().Truncate(time.Second)
	}
	if t.milestone = c.repo.milestone(form.Milestone); c.may < writer {
		t.milestone = nil
	}
	t.milestone.count(t, +1)
	if form.Closed {
		_ = c.closeTicket(t, c.deed()) // a new ticket waits for no other
	}
	return created(c.wireTicket(t))
}

func oneMore(logins []string, login string) []string {
	if login == "" {
		return logins
	}
	return append(slices.Clone(logins), login)
}

func (c *call) deleteTicket() answer {
	t := c.ticket()
	if t == nil {
		return notFound(c.noTicket())
	}
	delete(c.repo.byNumber, t.number)
	t.milestone.count(t, -1)
	c.repo.tickets = slices.DeleteFunc(c.repo.tickets, func(other *ticket) bool { return other == t })
	c.repo.comments = slices.DeleteFunc(c.repo.comments, func(e *event) bool { return e.on == t })
	for _, other := range c.repo.tickets {
		other.needs = slices.DeleteFunc(other.needs, func(needed *ticket) bool { return needed == t })
		other.events = slices.DeleteFunc(other.events, func(e *event) bool { return e.other == t })
	}
	return bare(http.StatusNoContent)
}

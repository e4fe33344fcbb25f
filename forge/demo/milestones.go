package demo

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"
)

// milestone is what tickets of a repository are to be done for.
type milestone struct {
	id                 int64
	repo               *repository
	title, description string
	created, updated   time.Time
	due, closed        time.Time // zero: none, open
	tickets, done      int       // in it, and how many of them are closed
}

type milestoneJSON struct {
	ID           int64      `json:"id"`
	Title        string     `json:"title"`
	Description  string     `json:"description"`
	State        string     `json:"state"`
	OpenIssues   int        `json:"open_issues"`
	ClosedIssues int        `json:"closed_issues"`
	Created      time.Time  `json:"created_at"`
	Updated      *time.Time `json:"updated_at"`
	Closed       *time.Time `json:"closed_at"`
	Due          *time.Time `json:"due_on"`
}

func wireMilestone(m *milestone) *milestoneJSON {
	if m == nil {
		return nil
	}
	wire := &milestoneJSON{
		ID: m.id, Title: m.title, Description: m.description, State: "open", OpenIssues: m.tickets - m.done, ClosedIssues: m.done,
		Created: m.created, Updated: some(m.updated), Closed: some(m.closed), Due: some(m.due),
	}
	if !m.closed.IsZero() {
		wire.State = "closed"
	}
	return wire
}

// milestoneForm is a new milestone or an edit of one: whatever is nil stays, but for the due date.
type milestoneForm struct {
	Title       string     `json:"title"`
	Description *string    `json:"description"`
	State       *string    `json:"state"`
	Due         *time.Time `json:"due_on"`
}

func (f *Forge) addMilestone(r *repository, d deed, title string, due time.Time) *milestone {
	f.lastID.milestone++
	m := &milestone{id: f.lastID.milestone, repo: r, title: title, created: d.at, updated: d.at, due: due}
	r.milestones = append(r.milestones, m)
	return m
}

// listMilestones answers those that are due sooner first, and without a date before all others, as the
// absent date is 0 to Gitea.
func (c *call) listMilestones() answer {
	query := c.r.URL.Query()
	var rows []*milestone
	for _, m := range c.repo.milestones {
		state := query.Get("state")
		if state == "all" || m.closed.IsZero() == (state != "closed") {
			if strings.Contains(strings.ToLower(m.title), strings.ToLower(query.Get("name"))) {
				rows = append(rows, m)
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b *milestone) int { return cmp.Or(a.due.Compare(b.due), cmp.Compare(a.title, b.title)) })
	list := []*milestoneJSON{}
	for _, m := range paginate(c, rows) {
		list = append(list, wireMilestone(m))
	}
	return ok(list).total(len(rows))
}

func (c *call) createMilestone() answer {
	var form milestoneForm
	if refused, ok := c.read(&form); !ok {
		return refused
	}
	m := c.addMilestone(c.repo, c.deed(), form.Title, time.Time{})
	if form.Due != nil {
		m.due = form.Due.UTC().Truncate(time.Second)
	}
	set(&m.description, form.Description)
	m.setState(form.State, c.now())
	return created(wireMilestone(m))
}

func (m *milestone) setState(state *string, now time.Time) {
	switch {
	case state == nil:
	case *state == "closed":
		m.closed = now
	default:
		m.closed = time.Time{}
	}
}

// milestone finds what the path names, by its id.
func (r *repository) milestone(id int64) *milestone {
	at := slices.IndexFunc(r.milestones, func(m *milestone) bool { return m.id == id })
	if at < 0 {
		return nil
	}
	return r.milestones[at]
}

func (c *call) getMilestone() answer {
	m := c.repo.milestone(c.number("id"))
	if m == nil {
		return notFound()
	}
	return ok(wireMilestone(m))
}

// editMilestone changes a milestone, and no updated_at of its tickets tells of it.
func (c *call) editMilestone() answer {
	var form milestoneForm
	if refused, ok := c.read(&form); !ok {
		return refused
	}
	m := c.repo.milestone(c.number("id"))
	if m == nil {
		return notFound()
	}
	if form.Title != "" {
		m.title = form.Title
	}
	set(&m.description, form.Description)
	m.due = time.Time{}
	if form.Due != nil {
		m.due = endOfDay(*form.Due)
	}
	m.setState(form.State, c.now())
	m.updated = c.now()
	return ok(wireMilestone(m))
}

// deleteMilestone takes it from all tickets, and no updated_at tells of it. Timelines forget it.
func (c *call) deleteMilestone() answer {
	m := c.repo.milestone(c.number("id"))
	if m == nil {
		return notFound()
	}
	c.repo.milestones = slices.DeleteFunc(c.repo.milestones, func(other *milestone) bool { return other == m })
	for _, t := range c.repo.tickets {
		if t.milestone == m {
			t.milestone = nil
		}
		for _, e := range t.events {
			if e.milestone == m {
				e.milestone = nil
			}
			if e.oldMilestone == m {
				e.oldMilestone = nil
			}
		}
	}
	return bare(http.StatusNoContent)
}

// setMilestone puts a ticket into a milestone, or takes it out when m is nil.
func (f *Forge) setMilestone(t *ticket, d deed, m *milestone) {
	old := t.milestone
	if old == m {
		return
	}
	old.count(t, -1)
	t.milestone = m
	m.count(t, +1)
	f.note(t, d, event{kind: "milestone", milestone: m, oldMilestone: old})
}

// count notes that a ticket is in the milestone by one more or less.
func (m *milestone) count(t *ticket, by int) {
	if m == nil {
		return
	}
	m.tickets += by
	if !t.open() {
		m.done += by
	}
}

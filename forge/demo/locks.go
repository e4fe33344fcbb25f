package demo

import (
	"net/http"
	"slices"
	"strings"
)

func (c *call) lockTicket() answer   { return c.setLocked(true, "lock") }
func (c *call) unlockTicket() answer { return c.setLocked(false, "unlock") }

func (c *call) setLocked(locked bool, kind string) answer {
	t := c.ticket()
	if t == nil {
		return notFound(c.noTicket())
	}
	if t.locked != locked {
		t.locked = locked
		c.note(t, c.deed(), event{kind: kind})
	}
	return bare(http.StatusNoContent)
}

func (c *call) listDependencies() answer {
	t := c.ticket()
	if t == nil {
		return notFound()
	}
	list := make([]ticketJSON, 0, len(t.needs))
	for _, needed := range paginate(c, t.needs) {
		list = append(list, c.wireTicket(needed))
	}
	return ok(list).total(len(t.needs))
}

// addDependency makes the ticket of the path wait for another, which keeps it from being closed.
func (c *call) addDependency() answer {
	var form struct {
		Owner string `json:"owner"`
		Repo  string `json:"repo"`
		Index int64  `json:"index"`
	}
	if refused, ok := c.read(&form); !ok {
		return refused
	}
	t := c.ticket()
	if t == nil {
		return notFound()
	}
	if c.may < writer {
		return notFound()
	}
	from := c.repos[strings.ToLower(form.Owner+"/"+form.Repo)]
	if from == nil || from.access(c.who) == nothing || from.byNumber[form.Index] == nil {
		return notFound()
	}
	other := from.byNumber[form.Index]
	if slices.Contains(t.needs, other) {
		return refuse(http.StatusInternalServerError, "")
	}
	t.needs = append(t.needs, other)
	c.note(t, c.deed(), event{kind: "add_dependency", other: other})
	c.note(other, c.deed(), event{kind: "add_dependency", other: t})
	return created(c.wireTicket(t))
}

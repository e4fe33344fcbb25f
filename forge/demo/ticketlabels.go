package demo

import (
	"net/http"
	"slices"
)

func (c *call) listTicketLabels() answer {
	t := c.ticket()
	if t == nil {
		return notFound()
	}
	return ok(c.wireLabels(byName(t.labels)))
}

// addTicketLabels hangs labels on a ticket. Siblings of an exclusive scope go; labels that don't exist
// are passed over, and only the answer shows it.
func (c *call) addTicketLabels() answer {
	t, labels, refused := c.chooseLabels()
	if t == nil {
		return refused
	}
	for _, l := range labels {
		c.addLabel(t, c.deed(), l)
	}
	return ok(c.wireLabels(byName(t.labels)))
}

func (c *call) setTicketLabels() answer {
	t, labels, refused := c.chooseLabels()
	if t == nil {
		return refused
	}
	c.replaceLabels(t, c.deed(), labels)
	return ok(c.wireLabels(byName(t.labels)))
}

// chooseLabels finds what a request names, by ids or by names but not by both.
func (c *call) chooseLabels() (t *ticket, chosen []*label, refused answer) {
	var form struct {
		Labels []any `json:"labels"`
	}
	if refused, ok := c.read(&form); !ok {
		return nil, nil, refused
	}
	if t = c.ticket(); t == nil {
		return nil, nil, notFound()
	}
	if c.may < writer {
		return nil, nil, refuse(http.StatusForbidden, "write permission is required")
	}
	var ids []int64
	names := 0
	for _, item := range form.Labels {
		switch item := item.(type) {
		case float64:
			ids = append(ids, int64(item))
		case string:
			names++
			for _, l := range c.repo.usable() {
				if l.name == item {
					chosen = append(chosen, l)
				}
			}
		default:
			return nil, nil, refuse(http.StatusBadRequest, "a label must be an integer or a string")
		}
	}
	if len(ids) > 0 && names > 0 {
		return nil, nil, refuse(http.StatusBadRequest, "labels should be an array of strings or integers")
	}
	return t, slices.Compact(byName(append(chosen, c.labelsByID(ids)...))), answer{}
}

func (c *call) removeTicketLabel() answer {
	t := c.ticket()
	if t == nil {
		return notFound()
	}
	if c.may < writer {
		return bare(http.StatusForbidden)
	}
	l := withID(c.repo.usable(), c.number("id"))
	if l == nil {
		return refuse(http.StatusUnprocessableEntity, "label does not exist [label_id: 0]")
	}
	c.removeLabel(t, c.deed(), l)
	return bare(http.StatusNoContent)
}

func (c *call) clearTicketLabels() answer {
	t := c.ticket()
	if t == nil {
		return notFound()
	}
	if c.may < writer {
		return bare(http.StatusForbidden)
	}
	c.replaceLabels(t, c.deed(), nil)
	return bare(http.StatusNoContent)
}

package demo

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var hexColor = regexp.MustCompile(`^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$`)

// labelForm is a new label or an edit of one: whatever is nil stays.
type labelForm struct {
	Name        *string `json:"name"`
	Color       *string `json:"color"`
	Description *string `json:"description"`
	Exclusive   *bool   `json:"exclusive"`
	Archived    *bool   `json:"is_archived"`
}

// named finds a label by its exact name.
func named(labels []*label, name string) *label {
	at := slices.IndexFunc(labels, func(l *label) bool { return l.name == name })
	if at < 0 {
		return nil
	}
	return labels[at]
}

func withID(labels []*label, id int64) *label {
	at := slices.IndexFunc(labels, func(l *label) bool { return l.id == id })
	if at < 0 {
		return nil
	}
	return labels[at]
}

// usable are the labels that a ticket of this repository can have: its own and its organisation's.
func (r *repository) usable() []*label { return slices.Concat(r.labels, r.owner.labels) }

// labelsByID drops ids that don't exist, as Gitea does.
func (c *call) labelsByID(ids []int64) []*label {
	var found []*label
	for _, id := range ids {
		if l := withID(c.repo.usable(), id); l != nil && !slices.Contains(found, l) {
			found = append(found, l)
		}
	}
	return byName(found)
}

func (c *call) listLabels() answer {
	return ok(c.wireLabels(paginate(c, byName(c.repo.labels)))).total(len(c.repo.labels))
}

func (c *call) listOrgLabels() answer {
	org := c.accounts[strings.ToLower(c.args["org"])]
	if org == nil || !org.organisation {
		return unknownOrg(c.args["org"])
	}
	return ok(c.wireLabels(paginate(c, byName(org.labels)))).total(len(org.labels))
}

func (c *call) createLabel() answer {
	l, refused := c.newLabel()
	if l == nil {
		return refused
	}
	l.repo = c.repo
	c.repo.labels = append(c.repo.labels, l)
	return created(c.wireLabel(l))
}

func (c *call) createOrgLabel() answer {
	org := c.accounts[strings.ToLower(c.args["org"])]
	if org == nil || !org.organisation {
		return unknownOrg(c.args["org"])
	}
	if !org.owners[c.who] {
		return refuse(http.StatusForbidden, "Must be an organization owner")
	}
	l, refused := c.newLabel()
	if l == nil {
		return refused
	}
	l.of = org
	org.labels = append(org.labels, l)
	return created(c.wireLabel(l))
}

func (c *call) newLabel() (made *label, refused answer) {
	var form labelForm
	if refused, ok := c.read(&form); !ok {
		return nil, refused
	}
	if form.Name == nil || *form.Name == "" {
		return nil, missing("Name")
	}
	if form.Color == nil || *form.Color == "" {
		return nil, missing("Color")
	}
	made = &label{}
	if refused, ok := form.apply(made); !ok {
		return nil, refused
	}
	c.lastID.label++
	made.id = c.lastID.label
	return made, answer{}
}

// apply changes a label. An edit that is silent about is_archived ends the archiving: so does Gitea.
func (form labelForm) apply(l *label) (refused answer, ok bool) {
	if form.Color != nil {
		color, valid := normalColor(*form.Color)
		if !valid {
			return refuse(http.StatusUnprocessableEntity, "invalid color: %s", color), false
		}
		l.color = color
	}
	set(&l.name, form.Name)
	set(&l.description, form.Description)
	set(&l.exclusive, form.Exclusive)
	l.archived = form.Archived != nil && *form.Archived
	return answer{}, true
}

func set[T any](field, value *T) {
	if value != nil {
		*field = *value
	}
}

func normalColor(color string) (normal string, valid bool) {
	color = "#" + strings.TrimPrefix(strings.TrimSpace(color), "#")
	if !hexColor.MatchString(color) {
		return color, false
	}
	color = strings.ToLower(color)
	if len(color) == 4 {
		color = fmt.Sprintf("#%[1]c%[1]c%[2]c%[2]c%[3]c%[3]c", color[1], color[2], color[3])
	}
	return color, true
}

func (c *call) getLabel() answer {
	l := named(c.repo.labels, c.args["id"])
	if id, err := strconv.ParseInt(c.args["id"], 10, 64); err == nil {
		l = withID(c.repo.labels, id)
	}
	if l == nil {
		return notFound()
	}
	return ok(c.wireLabel(l))
}

func (c *call) editLabel() answer {
	var form labelForm
	if refused, ok := c.read(&form); !ok {
		return refused
	}
	l := withID(c.repo.labels, c.number("id"))
	if l == nil {
		return notFound()
	}
	if refused, ok := form.apply(l); !ok {
		return refused
	}
	return ok(c.wireLabel(l))
}

// deleteLabel also takes the label from all tickets and timelines, and no updated_at tells of it.
func (c *call) deleteLabel() answer {
	if l := withID(c.repo.labels, c.number("id")); l != nil {
		same := func(other *label) bool { return other == l }
		c.repo.labels = slices.DeleteFunc(c.repo.labels, same)
		for _, t := range c.repo.tickets {
			t.labels = slices.DeleteFunc(t.labels, same)
			t.events = slices.DeleteFunc(t.events, func(e *event) bool { return e.label == l })
		}
	}
	return bare(http.StatusNoContent)
}

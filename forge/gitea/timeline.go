package gitea

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"docket/forge"
	"docket/model"
)

// event is what is needed of one entry of a ticket's timeline. The SDK can't
// decode a timeline once a label was touched: it takes the label for a list.
type event struct {
	ID      int64     `json:"id"`
	Type    string    `json:"type"`
	Created time.Time `json:"created_at"`
	Body    string    `json:"body"`
	User    *struct {
		Login string `json:"login"`
		Name  string `json:"full_name"`
	} `json:"user"`
	Assignee *struct {
		Login string `json:"login"`
	} `json:"assignee"`
	Removed bool `json:"removed_assignee"`
	Label   *struct {
		Name string `json:"name"`
	} `json:"label"`
	happened // see happenings.go
}

// LastEdit implements forge.Forge by the ticket's timeline. It can't tell who
// touched a label that no longer exists.
func (f *Forge) LastEdit(ctx context.Context, ref model.Ref, field model.Field) (model.Theirs, error) {
	events, err := f.timeline(ctx, ref, time.Time{})
	if err != nil {
		return model.Theirs{}, err
	}
	var last model.Theirs
	for _, e := range events {
		if e.touches(field, f.scheme) && !e.Created.Before(last.At) {
			last = model.Theirs{At: e.Created.UTC(), By: e.by()}
		}
	}
	return last, nil
}

// History implements forge.Forge by the ticket's timeline.
func (f *Forge) History(ctx context.Context, ref model.Ref, from time.Time) ([]forge.Event, error) {
	events, err := f.timeline(ctx, ref, from)
	if err != nil {
		return nil, err
	}
	out := make([]forge.Event, 0, len(events))
	for _, e := range events {
		out = append(out, e.told(f.scheme))
	}
	slices.SortFunc(out, func(a, b forge.Event) int { return cmp.Compare(a.ID, b.ID) })
	return out, nil
}

// timeline returns a ticket's timeline from a time on.
//
// The headers don't help: Gitea gives the length of the page as the total. So
// all pages are asked for until one brings nothing new.
func (f *Forge) timeline(ctx context.Context, ref model.Ref, from time.Time) ([]event, error) {
	c, err := f.onTicket(ctx, "read the history of", ref)
	if err != nil {
		return nil, err
	}
	return walk(func(page int) (list []event, more bool, err error) {
		q := url.Values{"page": {strconv.Itoa(page)}, "limit": {strconv.Itoa(pageSize)}}
		if !from.IsZero() {
			q.Set("since", since(from).Format(time.RFC3339))
		}
		var rows []*event
		err = c.get(c.path("issues", strconv.FormatInt(ref.Number, 10), "timeline"), q, &rows)
		if err != nil {
			return nil, false, c.failOnTicket(err)
		}
		list, err = c.happened(rows)
		return list, true, err
	}, func(e event) int64 { return e.ID })
}

// happened returns a page of a timeline without what Gitea says null for: a
// mention in a comment that was deleted. A whole page of nothing is null, too.
// But a forge counts what it sends: without a count, null is somebody else's.
func (c *call) happened(rows []*event) (list []event, err error) {
	counted := c.last.header.Get("X-Total-Count") != ""
	if rows == nil && !counted {
		return nil, c.nonsense("no history")
	}
	for _, e := range rows {
		switch {
		case e == nil && counted:
		case e == nil, e.ID <= 0:
			return nil, c.nonsense("a history with something else in it")
		default:
			list = append(list, *e)
		}
	}
	return list, nil
}

func (e event) by() model.Person {
	if e.User == nil {
		return model.Person{}
	}
	return model.Person{Login: model.NewLine(e.User.Login), Name: model.NewLine(e.User.Name)}
}

// told returns an event in the board's words.
func (e event) told(scheme model.Scheme) forge.Event {
	out := forge.Event{ID: e.ID, By: e.by(), At: e.Created.UTC()}
	switch e.Type {
	case "label":
		if e.Label == nil {
			return out
		}
		value := e.Label.Name
		out.Field = (model.AddLabel{Name: model.NewLine(value)}).Field()
		if m, ok := scheme.Read(value); ok {
			out.Field, value = m.Field, m.Value
		}
		if e.Body == "1" { // so Gitea says that it was put on
			out.Came = value
		} else {
			out.Went = value
		}
	case "assignees":
		out.Field = model.FieldAssignees
		switch {
		case e.Assignee == nil:
		case e.Removed:
			out.Went = e.Assignee.Login
		default:
			out.Came = e.Assignee.Login
		}
	case "close", "reopen":
		out.Field, out.Came = model.FieldOpen, e.Type
	case "added_deadline":
		out.Field, out.Came = model.FieldDue, e.Body
	case "modified_deadline":
		out.Field = model.FieldDue
		out.Came, out.Went, _ = strings.Cut(e.Body, "|")
	case "removed_deadline":
		out.Field, out.Went = model.FieldDue, e.Body
	case "comment":
		out.Field, out.Came = model.FieldComment, e.Body
	default:
		e.tell(&out)
	}
	return out
}

// touches reports whether an event changed a field.
func (e event) touches(field model.Field, scheme model.Scheme) bool {
	switch e.Type {
	case "label":
		if e.Label == nil {
			return false
		}
		if field == (model.AddLabel{Name: model.NewLine(e.Label.Name)}).Field() {
			return true
		}
		m, ok := scheme.Read(e.Label.Name)
		return ok && m.Field == field
	case "assignees":
		return field == model.FieldAssignees
	case "close", "reopen":
		return field == model.FieldOpen
	case "added_deadline", "modified_deadline", "removed_deadline":
		return field == model.FieldDue
	case "milestone":
		return field == model.FieldMilestone
	case "comment":
		return field == model.FieldComment
	}
	return false
}

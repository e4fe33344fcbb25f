package gitea

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"docket/model"
)

// event is what is needed of one entry of a ticket's timeline. The SDK can't
// decode a timeline once a label was touched: it takes the label for a list.
type event struct {
	ID      int64     `json:"id"`
	Type    string    `json:"type"`
	Created time.Time `json:"created_at"`
	User    *struct {
		Login string `json:"login"`
		Name  string `json:"full_name"`
	} `json:"user"`
	Label *struct {
		Name string `json:"name"`
	} `json:"label"`
}

// LastEdit implements forge.Forge by the ticket's timeline. It can't tell who
// touched a label that no longer exists.
func (f *Forge) LastEdit(ctx context.Context, ref model.Ref, field model.Field) (model.Theirs, error) {
	c, err := f.onTicket(ctx, "read the history of", ref)
	if err != nil {
		return model.Theirs{}, err
	}
	// The headers don't help: Gitea gives the length of the page as the total.
	// So all pages are asked for until one brings nothing new.
	events, err := walk(func(page int) (list []event, more bool, err error) {
		err = c.get(c.path("issues", strconv.FormatInt(ref.Number, 10), "timeline"), url.Values{
			"page": {strconv.Itoa(page)}, "limit": {strconv.Itoa(pageSize)}}, &list)
		return list, true, c.fail(err)
	}, func(e event) int64 { return e.ID })
	if err != nil {
		return model.Theirs{}, err
	}
	var last model.Theirs
	for _, e := range events {
		if !e.touches(field, f.scheme) || e.Created.Before(last.At) {
			continue
		}
		last = model.Theirs{At: e.Created.UTC()}
		if e.User != nil {
			last.By = model.Person{Login: model.NewLine(e.User.Login), Name: model.NewLine(e.User.Name)}
		}
	}
	return last, nil
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
	case "comment":
		return field == model.FieldComment
	}
	return false
}

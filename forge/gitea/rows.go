package gitea

import (
	"path"
	"strconv"
	"strings"
	"time"

	sdk "code.gitea.io/sdk/gitea"

	"docket/forge"
	"docket/model"
)

// row makes a ticket of the wire's; ok is false when it is not one.
func row(repo string, i *sdk.Issue, read model.Reading) (r forge.Row, ok bool) {
	if i == nil || i.Index <= 0 {
		return r, false
	}
	t := model.Ticket{
		Ref:      model.Ref{Repo: repo, Number: i.Index},
		Title:    model.NewLine(i.Title),
		URL:      model.NewLine(i.HTMLURL),
		Author:   person(i.Poster, i.OriginalAuthor),
		Created:  i.Created.UTC(),
		Updated:  i.Updated.UTC(),
		Due:      endOfDay(i.Deadline),
		Comments: i.Comments,
		Locked:   i.IsLocked,
	}
	if i.State == sdk.StateClosed {
		t.ClosedAt = t.Updated // of a ticket that an importer closed, nobody knows when
		if i.Closed != nil && !i.Closed.IsZero() {
			t.ClosedAt = i.Closed.UTC()
		}
	}
	if i.Milestone != nil {
		t.Milestone = milestone(i.Milestone)
	}
	for _, u := range i.Assignees {
		if u != nil {
			t.Assignees = append(t.Assignees, model.NewLine(u.UserName))
		}
	}
	t.Assignees = model.Logins(t.Assignees...)
	for _, l := range i.Labels {
		if l != nil {
			t.Labels = append(t.Labels, model.NewLine(l.Name))
		}
	}
	return forge.Row{Ticket: t.Interpret(read), Body: model.NewProse(i.Body)}, true
}

// endOfDay returns the last second in UTC of the day that the forge names. It
// keeps a day, as the last second of it in whatever zone it was set, and sends
// it in the zone of its own settings; moved to UTC, that could be another day.
func endOfDay(due *time.Time) time.Time {
	if due == nil || due.IsZero() {
		return time.Time{}
	}
	y, m, d := due.Date()
	return time.Date(y, m, d, 23, 59, 59, 0, time.UTC)
}

// person makes a person of the wire's. original is who wrote something on
// another tracker, before it was imported in some administrator's name.
func person(u *sdk.User, original string) model.Person {
	switch {
	case original != "":
		return model.Person{Login: model.NewLine(original)}
	case u == nil:
		return model.Person{}
	}
	return model.Person{Login: model.NewLine(u.UserName), Name: model.NewLine(u.FullName)}
}

// comment makes a comment of the wire's; ok is false when it is not one of a
// ticket that can be told.
func comment(repo string, c *sdk.Comment) (model.Comment, bool) {
	if c == nil || c.ID <= 0 {
		return model.Comment{}, false
	}
	number, err := strconv.ParseInt(path.Base(c.IssueURL), 10, 64)
	if err != nil || number <= 0 {
		return model.Comment{}, false
	}
	return model.Comment{
		Ref:     model.Ref{Repo: repo, Number: number},
		ID:      c.ID,
		Author:  person(c.Poster, c.OriginalAuthor),
		Body:    model.NewProse(c.Body),
		Created: c.Created.UTC(),
		Updated: c.Updated.UTC(),
	}, true
}

// onPull reports a comment on a pull request: lists of a repository hold those,
// too.
func onPull(c *sdk.Comment) bool { return c != nil && c.IssueURL == "" && c.PRURL != "" }

func label(l *sdk.Label) (model.Label, bool) {
	if l == nil || l.ID <= 0 {
		return model.Label{}, false
	}
	return model.Label{
		ID:        l.ID,
		Name:      model.NewLine(l.Name),
		Color:     strings.TrimPrefix(l.Color, "#"),
		Exclusive: l.Exclusive,
		Archived:  l.IsArchived,
	}, true
}

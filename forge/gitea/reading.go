package gitea

import (
	"context"
	"slices"
	"strings"
	"time"

	sdk "code.gitea.io/sdk/gitea"

	"docket/forge"
	"docket/model"
)

// Tickets implements forge.Forge. Both forges list the latest created first;
// while others work, that order with state all only repeats rows and never
// skips one.
func (f *Forge) Tickets(ctx context.Context, repo string, q forge.Query) (forge.Page[forge.Row], error) {
	var none forge.Page[forge.Row]
	c, err := f.on(ctx, "read", repo)
	if err != nil {
		return none, err
	}
	state := sdk.StateType(q.State)
	if state == "" {
		state = sdk.StateAll
	}
	page := max(1, q.Page)
	list, resp, err := c.api().ListRepoIssues(c.owner, c.name, sdk.ListIssueOption{
		ListOptions: sdk.ListOptions{Page: page, PageSize: pageSize},
		State:       state, Type: sdk.IssueTypeIssue, Since: since(q.Since),
	})
	if err != nil {
		return none, c.fail(err)
	}
	if list == nil { // null; an empty list is []
		return none, c.nonsense("no list of tickets")
	}
	p := pageFacts[forge.Row](resp, page, len(list))
	p.Rows = make([]forge.Row, 0, len(list))
	read := f.scheme.Remember()
	for _, i := range list {
		r, ok := row(repo, i, read)
		if !ok {
			return none, c.nonsense("a list of tickets with something else in it")
		}
		if i.PullRequest == nil {
			p.Rows = append(p.Rows, r)
		}
	}
	return p, nil
}

// Comments implements forge.Forge. Comments on pull requests are left out.
func (f *Forge) Comments(ctx context.Context, repo string, q forge.Query) (forge.Page[model.Comment], error) {
	var none forge.Page[model.Comment]
	c, err := f.on(ctx, "read comments of", repo)
	if err != nil {
		return none, err
	}
	page := max(1, q.Page)
	list, resp, err := c.api().ListRepoIssueComments(c.owner, c.name, sdk.ListIssueCommentOptions{
		ListOptions: sdk.ListOptions{Page: page, PageSize: pageSize}, Since: since(q.Since),
	})
	if err != nil {
		return none, c.fail(err)
	}
	p := pageFacts[model.Comment](resp, page, len(list))
	p.Rows, err = c.comments(list)
	return p, err
}

func (c *call) comments(list []*sdk.Comment) ([]model.Comment, error) {
	if list == nil { // null; an empty list is []
		return nil, c.nonsense("no list of comments")
	}
	var out []model.Comment
	for _, w := range list {
		if onPull(w) {
			continue
		}
		m, ok := comment(c.ref.Repo, w)
		if !ok {
			return nil, c.nonsense("a list of comments with something else in it")
		}
		out = append(out, m)
	}
	return out, nil
}

// Thread implements forge.Forge.
func (f *Forge) Thread(ctx context.Context, ref model.Ref) ([]model.Comment, error) {
	c, err := f.onTicket(ctx, "read comments of", ref)
	if err != nil {
		return nil, err
	}
	list, err := walk(func(page int) ([]model.Comment, bool, error) {
		list, resp, err := c.api().ListIssueComments(c.owner, c.name, ref.Number,
			sdk.ListIssueCommentOptions{ListOptions: sdk.ListOptions{Page: page, PageSize: pageSize}})
		if err != nil {
			return nil, false, c.failOnTicket(err)
		}
		rows, err := c.comments(list)
		return rows, pageFacts[model.Comment](resp, page, len(list)).More, err
	}, func(m model.Comment) int64 { return m.ID })
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b model.Comment) int { return a.Created.Compare(b.Created) })
	return list, nil
}

// Ticket implements forge.Forge.
func (f *Forge) Ticket(ctx context.Context, ref model.Ref) (forge.Row, error) {
	c, err := f.onTicket(ctx, "read", ref)
	if err != nil {
		return forge.Row{}, err
	}
	return c.ticket()
}

// ticket reads the call's ticket as it is now.
func (c *call) ticket() (forge.Row, error) {
	i, _, err := c.api().GetIssue(c.owner, c.name, c.ref.Number)
	if err != nil {
		return forge.Row{}, c.fail(err)
	}
	r, ok := row(c.ref.Repo, i, c.forge.scheme.Read)
	if !ok || r.Ticket.Ref != c.ref {
		return forge.Row{}, c.nonsense("an answer without the ticket")
	}
	return r, nil
}

// People implements forge.Forge.
func (f *Forge) People(ctx context.Context, repo string) ([]model.Person, error) {
	c, err := f.on(ctx, "read the people of", repo)
	if err != nil {
		return nil, err
	}
	list, _, err := c.api().GetAssignees(c.owner, c.name)
	if err != nil {
		return nil, c.fail(err)
	}
	if list == nil {
		return nil, c.nonsense("no list of people")
	}
	people := make([]model.Person, 0, len(list))
	for _, u := range list {
		if u == nil || u.UserName == "" {
			return nil, c.nonsense("a list of people with something else in it")
		}
		people = append(people, person(u, ""))
	}
	slices.SortFunc(people, func(a, b model.Person) int { return strings.Compare(a.Login.Raw(), b.Login.Raw()) })
	return people, nil
}

// since returns a time as forges take it: whole seconds in UTC, for a + in the
// zone is refused.
func since(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC().Truncate(time.Second)
}

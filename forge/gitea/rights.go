package gitea

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	sdk "code.gitea.io/sdk/gitea"

	"docket/forge"
	"docket/model"
)

// Repo implements forge.Forge. Comment and Triage are what holds for the
// repository as a whole; a locked ticket may still refuse a comment.
func (f *Forge) Repo(ctx context.Context, repo string) (forge.RepoFacts, error) {
	c, err := f.on(ctx, "look at", repo)
	if err != nil {
		return forge.RepoFacts{}, err
	}
	c.first = true
	r, _, err := c.api().GetRepo(c.owner, c.name)
	if err != nil {
		return forge.RepoFacts{}, c.fail(err)
	}
	if r.FullName == "" {
		return forge.RepoFacts{}, c.nonsense("an answer without a repository")
	}
	c.first = false
	facts := forge.RepoFacts{Archived: r.Archived, Private: r.Private || r.Internal}
	facts.Rights.Known = true
	if c.token == "" {
		return facts, nil
	}
	facts.Rights.Comment = !r.Archived
	facts.Rights.Triage = r.Permissions != nil && (r.Permissions.Push || r.Permissions.Admin)
	if !facts.Rights.Triage {
		if facts.Rights.Triage, err = c.triagesInTeam(); err != nil && !notForUs(err) {
			return forge.RepoFacts{}, err
		}
	}
	return facts, nil
}

// MayRead asks whether the token may read tickets at all: the problem is a
// model.MissingScope if it may not.
func (f *Forge) MayRead(ctx context.Context) error {
	c, err := f.begin(ctx, f.key.Load(), "read tickets")
	if err != nil {
		return err
	}
	var mine []json.RawMessage
	if err := c.get("/repos/issues/search", url.Values{"created": {"true"}, "limit": {"1"}}, &mine); err != nil {
		return c.fail(err)
	}
	return nil
}

// MayWrite asks whether the token may change tickets at all: the problem is a
// model.MissingScope if it may not. Forges look at a token's scopes before they
// look for what is to be changed. So they are asked to change nothing, about a
// ticket that no repository has, in one that none can have: a name begins with a
// letter or a digit. Who may write is told that there is no such thing.
func (f *Forge) MayWrite(ctx context.Context) error {
	c, err := f.begin(ctx, f.key.Load(), "change tickets")
	if err != nil {
		return err
	}
	_, err = c.send(http.MethodPatch, "/repos/-/-/issues/0", strings.NewReader("{}"))
	if err = c.fail(err); err == nil {
		return c.nonsense("a ticket that can't be was changed")
	}
	if p, ok := errors.AsType[*model.Problem](err); ok && p.Kind == model.NotFound {
		return nil
	}
	return err
}

// triagesInTeam reports whether the token's owner is in a team of the
// organisation that may write tickets but not code. Permissions of a repository
// are about code, and don't tell.
func (c *call) triagesInTeam() (bool, error) {
	mine, err := walk(func(page int) ([]*sdk.Team, bool, error) {
		list, resp, err := c.api().ListMyTeams(&sdk.ListTeamsOptions{ListOptions: sdk.ListOptions{Page: page, PageSize: pageSize}})
		if err != nil {
			return nil, false, c.fail(err)
		}
		more := pageFacts[*sdk.Team](resp, page, len(list)).More
		return slices.DeleteFunc(list, func(t *sdk.Team) bool { return t == nil }), more, nil
	}, func(t *sdk.Team) int64 { return t.ID })
	if err != nil {
		return false, err
	}
	mine = slices.DeleteFunc(mine, func(t *sdk.Team) bool {
		return t.Organization == nil || !strings.EqualFold(t.Organization.Name, c.owner) ||
			!slices.Contains([]string{"write", "admin", "owner"}, t.UnitsMap[string(sdk.RepoUnitIssues)])
	})
	if len(mine) == 0 {
		return false, nil
	}
	there, _, err := c.api().GetRepoTeams(c.owner, c.name)
	if err != nil {
		return false, c.fail(err)
	}
	return slices.ContainsFunc(mine, func(t *sdk.Team) bool {
		return slices.ContainsFunc(there, func(o *sdk.Team) bool { return o != nil && o.ID == t.ID })
	}), nil
}

// notForUs reports an answer that says that the token's owner has no business
// there: what was asked for is then none of theirs.
func notForUs(err error) bool {
	p, ok := errors.AsType[*model.Problem](err)
	return ok && slices.Contains([]model.ProblemKind{
		model.Forbidden, model.MissingScope, model.NotFound, model.NoToken}, p.Kind)
}

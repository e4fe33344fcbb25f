package gitea

import (
	"net/http"
	"strings"

	sdk "code.gitea.io/sdk/gitea"

	"docket/model"
)

// comment adds a comment and returns its number.
func (c *call) comment(text string) (int64, error) {
	made, _, err := c.api().CreateIssueComment(c.owner, c.name, c.ref.Number, sdk.CreateIssueCommentOption{Body: text})
	if err != nil {
		return 0, c.failOnTicket(err)
	}
	if made.ID <= 0 {
		return 0, c.nonsense("an answer without the comment") // which may be there all the same
	}
	return made.ID, nil
}

// deleteComment deletes a comment by its number. Forges let writers delete what
// others wrote, and a number may be wrong, as after a forge was restored from
// an old copy: so it is looked at first.
func (c *call) deleteComment(ch model.RemoveComment) error {
	if ch.ID <= 0 {
		return c.trouble(model.Bug)
	}
	there, ok, err := c.findComment(ch.ID)
	if !ok || err != nil {
		return err
	}
	me, err := c.forge.Me(c.ctx)
	if err != nil {
		return err
	}
	switch {
	case !strings.EqualFold(there.Author.Login.Raw(), me.Login.Raw()):
		return c.withheld("the comment is by " + there.Author.Login.String())
	case there.Ref != c.ref:
		return c.withheld("the comment is on " + there.Ref.String())
	case plain(there.Body.Raw()) != plain(ch.Text):
		return c.withheld("the comment was edited since it was written")
	}
	if _, err := c.api().DeleteIssueComment(c.owner, c.name, ch.ID); err != nil && c.last.status != http.StatusNotFound {
		return c.fail(err)
	}
	if _, ok, err = c.findComment(ch.ID); ok {
		return c.ignored(model.NewLine("the comment"))
	}
	return err
}

// findComment returns a comment of the repository, if there is one.
func (c *call) findComment(id int64) (m model.Comment, ok bool, err error) {
	found, _, err := c.api().GetIssueComment(c.owner, c.name, id)
	switch {
	case err != nil && c.last.status == http.StatusNotFound:
		return m, false, nil
	case err != nil:
		return m, false, c.fail(err)
	}
	if m, ok = comment(c.ref.Repo, found); !ok || m.ID != id {
		return m, false, c.nonsense("an answer without the comment")
	}
	return m, true, nil
}

func (c *call) withheld(words string) error {
	p := c.trouble(model.Withheld)
	p.Detail = model.NewLine(words)
	return p
}

// plain is a comment without what forges may change about it.
func plain(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

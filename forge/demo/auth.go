package demo

import (
	"net/http"
	"slices"
	"strings"
)

// admit decides in Gitea's order whether a request gets through: the token must exist, its scopes must
// suffice, the repository must be visible, and then the caller must be somebody and be allowed to.
func (c *call) admit(way *route) (refused answer, stop bool) {
	if refused, stop = c.signIn(); stop {
		return refused, true
	}
	for _, category := range way.scopes {
		if refused, stop = c.checkScope(category); stop {
			return refused, true
		}
	}
	if c.args["repo"] != "" {
		if refused, stop = c.openRepo(); stop {
			return refused, true
		}
	}
	return c.checkNeed(way.need)
}

func (c *call) signIn() (answer, bool) {
	header := c.r.Header.Get("Authorization")
	if header == "" {
		return answer{}, false
	}
	kind, value, _ := strings.Cut(header, " ")
	if strings.EqualFold(kind, "token") || strings.EqualFold(kind, "bearer") {
		c.token = c.tokens[strings.TrimSpace(value)]
	}
	if c.token == nil {
		return refuse(http.StatusUnauthorized, "invalid username, password or token"), true
	}
	c.who = c.token.of
	return answer{}, false
}

func (c *call) checkScope(category string) (answer, bool) {
	if c.token == nil {
		return answer{}, false
	}
	kind := "write:"
	if c.r.Method == http.MethodGet {
		kind = "read:"
	}
	// The right to write contains the right to read.
	for _, scope := range []string{"all", "write:" + category, kind + category} {
		if slices.Contains(c.token.scopes, scope) {
			return answer{}, false
		}
	}
	return refuse(http.StatusForbidden,
		"token does not have at least one of required scope(s), required=[%s], token scope=%s",
		kind+category, strings.Join(c.token.scopes, ",")), true
}

// openRepo finds the repository of the path. A private one does not exist for those who may not see it,
// and a renamed one sends everybody to its new place.
func (c *call) openRepo() (answer, bool) {
	path := strings.ToLower(c.args["owner"] + "/" + c.args["repo"])
	c.repo = c.repos[path]
	if c.repo == nil {
		if moved := c.moved[path]; moved != nil {
			return answer{status: http.StatusMovedPermanently, moved: c.newPlace(moved)}, true
		}
		return notFound(), true
	}
	c.may = c.repo.access(c.who)
	if c.may == nothing {
		return notFound(), true
	}
	return answer{}, false
}

// newPlace is the same request at the repository's new name.
func (c *call) newPlace(r *repository) string {
	old := "/repos/" + c.args["owner"] + "/" + c.args["repo"]
	place := strings.Replace(c.r.URL.EscapedPath(), old, "/repos/"+r.path(), 1)
	if c.r.URL.RawQuery != "" {
		place += "?" + c.r.URL.RawQuery
	}
	return place
}

func (c *call) checkNeed(n need) (answer, bool) {
	switch {
	case n != anybody && c.who == nil:
		return refuse(http.StatusUnauthorized, "token is required"), true
	case n == unarchived && c.repo.archived:
		return refuse(http.StatusLocked, "%s is archived", c.repo.path()), true
	case n == toWrite && c.may < writer:
		return refuse(http.StatusForbidden, "user should have a permission to write to a repo"), true
	case n == toRule && c.may < admin:
		return refuse(http.StatusForbidden, "user should be an owner or a collaborator with admin write of a repository"), true
	case n == toOwn && c.may < owner:
		return refuse(http.StatusForbidden, "user should be the owner of the repo"), true
	}
	return answer{}, false
}

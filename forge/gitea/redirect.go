package gitea

import (
	"net/url"
	"strings"

	sdk "code.gitea.io/sdk/gitea"

	"docket/model"
)

// moved is a redirect, told instead of followed. Its place is the repository's
// new owner/name where the same forge can say it, and an address otherwise.
func (c *call) moved() *model.Problem {
	p := c.trouble(model.Moved)
	to, err := c.last.asked.Parse(c.last.header.Get("Location"))
	if err != nil || c.last.header.Get("Location") == "" {
		return c.nonsense("a redirect that leads nowhere")
	}
	path, ours := c.below(to)
	if !ours {
		p.Place = c.veil.line(addressOf(to))
		return p
	}
	candidate := ""
	switch parts := strings.Split(strings.Trim(path, "/"), "/"); {
	case len(parts) >= 4 && parts[0] == "api" && parts[2] == "repositories":
		path = "/repositories/" + url.PathEscape(parts[3])
	case len(parts) >= 5 && parts[0] == "api" && parts[2] == "repos":
		candidate = parts[3] + "/" + parts[4]
	case len(parts) >= 2 && parts[0] != "api" && parts[0] != "user":
		candidate = parts[0] + "/" + parts[1]
	default:
		p.Place = c.veil.line(addressOf(to))
		return p
	}
	if candidate != "" {
		owner, name, err := splitRepo(candidate)
		if err != nil {
			return c.nonsense("a redirect that leads nowhere")
		}
		path = "/repos/" + url.PathEscape(owner) + "/" + url.PathEscape(name)
	}
	if candidate = c.nameOf(path, candidate); candidate == "" {
		candidate = addressOf(to)
	}
	p.Place = c.veil.line(candidate)
	return p
}

// nameOf asks once for a repository's name, and takes what it knows when the
// forge does not tell.
func (c *call) nameOf(path, otherwise string) string {
	var repo sdk.Repository
	other, err := c.forge.begin(c.ctx, c.key, c.op)
	if err == nil {
		err = other.get(path, nil, &repo)
	}
	if _, _, bad := splitRepo(repo.FullName); err != nil || bad != nil {
		return otherwise
	}
	return repo.FullName
}

// below returns the path of an address on this forge, below the forge's own;
// ours is false for any other place, where the token must not go.
func (c *call) below(to *url.URL) (path string, ours bool) {
	base := c.forge.base
	if to.Scheme != base.Scheme || !strings.EqualFold(to.Hostname(), base.Hostname()) || portOf(to) != portOf(base) {
		return "", false
	}
	return strings.CutPrefix(to.Path, base.Path+"/")
}

func portOf(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	return map[string]string{"http": "80", "https": "443"}[u.Scheme]
}

// addressOf returns the address of the forge that a redirect leads to, or of
// whatever else is there.
func addressOf(to *url.URL) string {
	path, _, _ := strings.Cut(to.EscapedPath(), "/api/v1")
	return to.Scheme + "://" + to.Host + strings.TrimRight(path, "/")
}

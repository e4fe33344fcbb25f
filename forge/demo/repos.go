package demo

import (
	"cmp"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

var repoName = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

// AddRepo creates a public repository, "owner/name", for a person or an organisation that exists. It
// panics when the owner is unknown; a repository that exists stays as it is.
func (f *Forge) AddRepo(path string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	login, name, _ := strings.Cut(path, "/")
	if f.repos[strings.ToLower(path)] == nil {
		f.addRepo(f.person(login), name)
	}
}

func (f *Forge) addRepo(of *account, name string) *repository {
	f.lastID.repo++
	now := f.now()
	r := &repository{
		id: f.lastID.repo, owner: of, name: name, created: now, updated: now,
		members: map[*account]level{}, byNumber: map[int64]*ticket{},
	}
	f.repos[strings.ToLower(r.path())] = r
	delete(f.moved, strings.ToLower(r.path()))
	return r
}

func (c *call) getVersion() answer { return ok(map[string]string{"version": c.options.Version}) }

func (c *call) getSettings() answer {
	return ok(map[string]int{
		"max_response_items":         c.options.PageCap,
		"default_paging_num":         defaultPage,
		"default_git_trees_per_page": 1000,
		"default_max_blob_size":      10 << 20,
		"default_max_response_size":  100 << 20,
	})
}

func (c *call) createRepo() answer {
	var form struct {
		Name        string `json:"name"`
		Description string `json:"description"`
		Private     bool   `json:"private"`
	}
	if refused, ok := c.read(&form); !ok {
		return refused
	}
	of := c.who
	if login, inOrg := c.args["org"]; inOrg {
		if of = c.accounts[strings.ToLower(login)]; of == nil || !of.organisation {
			return unknownOrg(login)
		}
		if !of.owners[c.who] {
			return refuse(http.StatusForbidden, "User is not allowed to create repositories in this organization.")
		}
	}
	if form.Name == "" {
		return missing("Name")
	}
	if !repoName.MatchString(form.Name) {
		return refuse(http.StatusUnprocessableEntity, "[Name]: AlphaDashDot")
	}
	if c.repos[strings.ToLower(of.login+"/"+form.Name)] != nil {
		return refuse(http.StatusConflict, "The repository with the same name already exists.")
	}
	r := c.addRepo(of, form.Name)
	r.description, r.private = form.Description, form.Private
	return created(c.wireRepo(r))
}

func unknownOrg(login string) answer {
	return answer{status: http.StatusNotFound, body: problem{message: "GetOrgByName", notFound: true,
		errs: []string{fmt.Sprintf("user redirect does not exist [name: %s]", login)}}}
}

func (c *call) getRepo() answer { return ok(c.wireRepo(c.repo)) }

// getRepoByID finds a repository whatever its name is now.
func (c *call) getRepoByID() answer {
	for _, r := range c.repos {
		if r.id == c.number("id") && r.access(c.who) > nothing {
			return ok(c.wireRepo(r))
		}
	}
	return notFound()
}

func (c *call) listMyRepos() answer {
	var mine []*repository
	for _, r := range c.repos {
		if r.access(c.who) > reader || r.members[c.who] > nothing {
			mine = append(mine, r)
		}
	}
	slices.SortFunc(mine, func(a, b *repository) int { return cmp.Compare(a.id, b.id) })
	list := make([]repoJSON, 0, len(mine))
	for _, r := range paginate(c, mine) {
		list = append(list, c.wireRepo(r))
	}
	return c.linked(ok(list), len(mine))
}

func (c *call) editRepo() answer {
	var form struct {
		Name        *string `json:"name"`
		Description *string `json:"description"`
		Private     *bool   `json:"private"`
		Archived    *bool   `json:"archived"`
	}
	if refused, ok := c.read(&form); !ok {
		return refused
	}
	if form.Name != nil && *form.Name != "" && *form.Name != c.repo.name {
		if refused, ok := c.renameRepo(*form.Name); !ok {
			return refused
		}
	}
	if form.Description != nil {
		c.repo.description = *form.Description
	}
	if form.Private != nil {
		c.repo.private = *form.Private
	}
	if form.Archived != nil {
		c.repo.archived = *form.Archived
	}
	c.repo.updated = c.now()
	return ok(c.wireRepo(c.repo))
}

// renameRepo leaves a redirect at the old path, which lasts until another repository takes the name.
func (c *call) renameRepo(name string) (refused answer, ok bool) {
	if !repoName.MatchString(name) {
		return refuse(http.StatusUnprocessableEntity, "[Name]: AlphaDashDot"), false
	}
	old, next := strings.ToLower(c.repo.path()), strings.ToLower(c.repo.owner.login+"/"+name)
	if taken := c.repos[next]; taken != nil && taken != c.repo {
		return refuse(http.StatusUnprocessableEntity, "repository already exists [uname: %s, name: %s]", c.repo.owner.login, name), false
	}
	delete(c.repos, old)
	delete(c.moved, next)
	c.repo.name = name
	c.repos[next] = c.repo
	if old != next {
		c.moved[old] = c.repo
	}
	return answer{}, true
}

func (c *call) deleteRepo() answer {
	delete(c.repos, strings.ToLower(c.repo.path()))
	for path, r := range c.moved {
		if r == c.repo {
			delete(c.moved, path)
		}
	}
	return bare(http.StatusNoContent)
}

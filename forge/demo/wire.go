package demo

import (
	"crypto/md5" //nolint:gosec // a picture's name, as Gitea makes them; nothing is protected by it
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// The shapes that go over the wire carry Gitea's fields in Gitea's order, so that rows have the size of
// real ones.

type userJSON struct {
	ID            int64     `json:"id"`
	Login         string    `json:"login"`
	LoginName     string    `json:"login_name"`
	SourceID      int64     `json:"source_id"`
	FullName      string    `json:"full_name"`
	Email         string    `json:"email"`
	AvatarURL     string    `json:"avatar_url"`
	HTMLURL       string    `json:"html_url"`
	Language      string    `json:"language"`
	IsAdmin       bool      `json:"is_admin"`
	LastLogin     time.Time `json:"last_login"`
	Created       time.Time `json:"created"`
	Restricted    bool      `json:"restricted"`
	Active        bool      `json:"active"`
	ProhibitLogin bool      `json:"prohibit_login"`
	Location      string    `json:"location"`
	Website       string    `json:"website"`
	Description   string    `json:"description"`
	Visibility    string    `json:"visibility"`
	Followers     int       `json:"followers_count"`
	Following     int       `json:"following_count"`
	Starred       int       `json:"starred_repos_count"`
	Username      string    `json:"username"`
}

type orgJSON struct {
	ID          int64  `json:"id"`
	Name        string `json:"name"`
	FullName    string `json:"full_name"`
	Email       string `json:"email"`
	AvatarURL   string `json:"avatar_url"`
	Description string `json:"description"`
	Website     string `json:"website"`
	Location    string `json:"location"`
	Visibility  string `json:"visibility"`
	Username    string `json:"username"`
}

type permissionsJSON struct {
	Admin bool `json:"admin"`
	Push  bool `json:"push"`
	Pull  bool `json:"pull"`
}

type repoJSON struct {
	ID              int64           `json:"id"`
	Owner           *userJSON       `json:"owner"`
	Name            string          `json:"name"`
	FullName        string          `json:"full_name"`
	Description     string          `json:"description"`
	Empty           bool            `json:"empty"`
	Private         bool            `json:"private"`
	HTMLURL         string          `json:"html_url"`
	URL             string          `json:"url"`
	OpenIssues      int             `json:"open_issues_count"`
	DefaultBranch   string          `json:"default_branch"`
	Archived        bool            `json:"archived"`
	Created         time.Time       `json:"created_at"`
	Updated         time.Time       `json:"updated_at"`
	Permissions     permissionsJSON `json:"permissions"`
	HasIssues       bool            `json:"has_issues"`
	InternalTracker struct {
		TimeTracker  bool `json:"enable_time_tracker"`
		Contributors bool `json:"allow_only_contributors_to_track_time"`
		Dependencies bool `json:"enable_issue_dependencies"`
	} `json:"internal_tracker"`
	HasPullRequests bool `json:"has_pull_requests"`
}

type labelJSON struct {
	ID          int64  `json:"id"`
	Name        string `json:"name"`
	Exclusive   bool   `json:"exclusive"`
	Archived    bool   `json:"is_archived"`
	Color       string `json:"color"`
	Description string `json:"description"`
	URL         string `json:"url"`
}

func (c *call) wireUser(who *account) *userJSON {
	if who == nil {
		return nil
	}
	email := ""
	if !who.organisation {
		email = fmt.Sprintf("%d+%s@noreply.localhost", who.id, strings.ToLower(who.login))
	}
	return &userJSON{
		ID: who.id, Login: who.login, FullName: who.fullName, Email: email,
		AvatarURL: c.avatar(who), HTMLURL: c.base + "/" + url.PathEscape(who.login),
		Created: who.created, Visibility: "public", Username: who.login,
	}
}

func (c *call) avatar(who *account) string {
	sum := md5.Sum([]byte(who.login)) //nolint:gosec // see above
	return c.base + "/avatars/" + hex.EncodeToString(sum[:])
}

// self is what only the person concerned sees.
func (c *call) self() *userJSON {
	u := c.wireUser(c.who)
	u.Active, u.LastLogin = true, time.Unix(0, 0).UTC()
	return u
}

func (c *call) wireUsers(people []*account) []*userJSON {
	list := make([]*userJSON, 0, len(people))
	for _, who := range people {
		list = append(list, c.wireUser(who))
	}
	return list
}

func (c *call) wireOrg(org *account) orgJSON {
	return orgJSON{
		ID: org.id, Name: org.login, FullName: org.fullName, AvatarURL: c.avatar(org),
		Visibility: "public", Username: org.login,
	}
}

func (c *call) wireRepo(r *repository) repoJSON {
	may, openTickets := r.access(c.who), 0
	for _, t := range r.tickets {
		if t.open() {
			openTickets++
		}
	}
	wire := repoJSON{
		ID: r.id, Owner: c.wireUser(r.owner), Name: r.name, FullName: r.path(),
		Description: r.description, Empty: true, Private: r.private,
		HTMLURL: c.base + "/" + r.path(), URL: c.repoURL(r), OpenIssues: openTickets,
		DefaultBranch: "main", Archived: r.archived, Created: r.created, Updated: r.updated,
		Permissions: permissionsJSON{Admin: may >= admin, Push: may >= writer, Pull: may >= reader},
		HasIssues:   true, HasPullRequests: true,
	}
	wire.InternalTracker.TimeTracker = true
	wire.InternalTracker.Contributors = true
	wire.InternalTracker.Dependencies = true
	return wire
}

func (c *call) repoURL(r *repository) string { return c.base + "/api/v1/repos/" + r.path() }

func (c *call) wireLabel(l *label) labelJSON {
	var of string
	if l.repo != nil {
		of = c.repoURL(l.repo)
	} else {
		of = c.base + "/api/v1/orgs/" + l.of.login
	}
	return labelJSON{
		ID: l.id, Name: l.name, Exclusive: l.exclusive, Archived: l.archived,
		Color: strings.TrimPrefix(l.color, "#"), Description: l.description,
		URL: fmt.Sprintf("%s/labels/%d", of, l.id),
	}
}

func (c *call) wireLabels(labels []*label) []labelJSON {
	list := make([]labelJSON, 0, len(labels))
	for _, l := range labels {
		list = append(list, c.wireLabel(l))
	}
	return list
}

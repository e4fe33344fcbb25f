package forgetest

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// The verbs below seed a forge over its public API, in the name of whoever the
// token belongs to. A repository is written "owner/name". Any refusal ends the
// test.

// NewRepo makes a public repository of the token's user and returns its
// "owner/name".
func (s *Server) NewRepo(tb testing.TB, token, name string) (repo string) {
	tb.Helper()
	return s.newRepo(tb, token, "/user/repos", name, false)
}

// NewPrivateRepo is NewRepo for one that only its collaborators see.
func (s *Server) NewPrivateRepo(tb testing.TB, token, name string) (repo string) {
	tb.Helper()
	return s.newRepo(tb, token, "/user/repos", name, true)
}

// NewOrgRepo makes a public repository of an organisation.
func (s *Server) NewOrgRepo(tb testing.TB, token, org, name string) (repo string) {
	tb.Helper()
	return s.newRepo(tb, token, "/orgs/"+org+"/repos", name, false)
}

func (s *Server) newRepo(tb testing.TB, token, path, name string, private bool) string {
	tb.Helper()
	var made struct {
		FullName string `json:"full_name"`
	}
	s.must(tb, http.StatusCreated, token, "POST", path, map[string]any{"name": name, "private": private}, &made)
	return made.FullName
}

// NewOrg makes a public organisation that the token's user owns.
func (s *Server) NewOrg(tb testing.TB, token, name string) {
	tb.Helper()
	s.must(tb, http.StatusCreated, token, "POST", "/orgs", map[string]any{"username": name}, nil)
}

// Collaborate gives the user "read", "write" or "admin" permission.
func (s *Server) Collaborate(tb testing.TB, token, repo, login, permission string) {
	tb.Helper()
	s.must(tb, http.StatusNoContent, token, "PUT", "/repos/"+repo+"/collaborators/"+login,
		map[string]any{"permission": permission}, nil)
}

// NewLabel makes a label in a repository and returns its id. A name with a
// slash, as "gain/high", becomes exclusive: a ticket keeps one of its scope.
func (s *Server) NewLabel(tb testing.TB, token, repo, name string) (id int64) {
	tb.Helper()
	return s.newLabel(tb, token, "/repos/"+repo+"/labels", name)
}

// NewOrgLabel makes a label that all repositories of an organisation share.
func (s *Server) NewOrgLabel(tb testing.TB, token, org, name string) (id int64) {
	tb.Helper()
	return s.newLabel(tb, token, "/orgs/"+org+"/labels", name)
}

func (s *Server) newLabel(tb testing.TB, token, path, name string) int64 {
	tb.Helper()
	var made struct {
		ID int64 `json:"id"`
	}
	s.must(tb, http.StatusCreated, token, "POST", path, map[string]any{
		"name": name, "color": "#3366cc", "exclusive": isScoped(name)}, &made)
	return made.ID
}

// isScoped follows Gitea: the scope is what stands before the last slash, and
// neither side may be empty.
func isScoped(name string) bool {
	i := strings.LastIndexByte(name, '/')
	return i > 0 && i < len(name)-1
}

// NewTicket opens a ticket and returns its number.
func (s *Server) NewTicket(tb testing.TB, token, repo, title, body string) (number int64) {
	tb.Helper()
	var made struct {
		Number int64 `json:"number"`
	}
	s.must(tb, http.StatusCreated, token, "POST", "/repos/"+repo+"/issues",
		map[string]any{"title": title, "body": body}, &made)
	return made.Number
}

// Comment writes a comment and returns its id.
func (s *Server) Comment(tb testing.TB, token, repo string, number int64, text string) (id int64) {
	tb.Helper()
	var made struct {
		ID int64 `json:"id"`
	}
	s.must(tb, http.StatusCreated, token, "POST", ticketPath(repo, number)+"/comments",
		map[string]any{"body": text}, &made)
	return made.ID
}

// AddLabel puts labels on a ticket by their names; they must exist.
func (s *Server) AddLabel(tb testing.TB, token, repo string, number int64, names ...string) {
	tb.Helper()
	var now []struct {
		Name string `json:"name"`
	}
	s.must(tb, http.StatusOK, token, "POST", ticketPath(repo, number)+"/labels",
		map[string]any{"labels": names}, &now)
	has := map[string]bool{}
	for _, l := range now {
		has[l.Name] = true
	}
	// The forge ignores a name that it doesn't know, with 200.
	for _, name := range names {
		if !has[name] {
			tb.Fatalf("%s#%d did not take the label %q; it has %v", repo, number, name, now)
		}
	}
}

// RemoveLabel takes a label off a ticket by its id.
func (s *Server) RemoveLabel(tb testing.TB, token, repo string, number, id int64) {
	tb.Helper()
	s.must(tb, http.StatusNoContent, token, "DELETE", fmt.Sprintf("%s/labels/%d", ticketPath(repo, number), id), nil, nil)
}

// Assign replaces the assignees of a ticket; without logins nobody is assigned.
func (s *Server) Assign(tb testing.TB, token, repo string, number int64, logins ...string) {
	tb.Helper()
	s.edit(tb, token, repo, number, map[string]any{"assignees": append([]string{}, logins...)})
}

// SetDue gives a ticket a due date; the forge keeps the day, not the hour.
func (s *Server) SetDue(tb testing.TB, token, repo string, number int64, due time.Time) {
	tb.Helper()
	s.edit(tb, token, repo, number, map[string]any{"due_date": due.Format(time.RFC3339)})
}

// Close closes a ticket.
func (s *Server) Close(tb testing.TB, token, repo string, number int64) {
	tb.Helper()
	s.edit(tb, token, repo, number, map[string]any{"state": "closed"})
}

// Reopen opens a closed ticket again.
func (s *Server) Reopen(tb testing.TB, token, repo string, number int64) {
	tb.Helper()
	s.edit(tb, token, repo, number, map[string]any{"state": "open"})
}

// Rename gives a ticket another title.
func (s *Server) Rename(tb testing.TB, token, repo string, number int64, title string) {
	tb.Helper()
	s.edit(tb, token, repo, number, map[string]any{"title": title})
}

// Delete removes a ticket for good; only the repository's administrators may.
func (s *Server) Delete(tb testing.TB, token, repo string, number int64) {
	tb.Helper()
	s.must(tb, http.StatusNoContent, token, "DELETE", ticketPath(repo, number), nil, nil)
}

// RenameRepo moves a repository to another name of the same owner and returns
// the new "owner/name".
func (s *Server) RenameRepo(tb testing.TB, token, repo, name string) (moved string) {
	tb.Helper()
	var now struct {
		FullName string `json:"full_name"`
	}
	s.must(tb, http.StatusOK, token, "PATCH", "/repos/"+repo, map[string]any{"name": name}, &now)
	return now.FullName
}

// edit changes fields of a ticket. Gitea answers 201 to this PATCH, not 200.
func (s *Server) edit(tb testing.TB, token, repo string, number int64, fields map[string]any) {
	tb.Helper()
	s.must(tb, http.StatusCreated, token, "PATCH", ticketPath(repo, number), fields, nil)
}

func ticketPath(repo string, number int64) string {
	owner, name, _ := strings.Cut(repo, "/")
	return fmt.Sprintf("/repos/%s/%s/issues/%d", url.PathEscape(owner), url.PathEscape(name), number)
}

package demo

import (
	"fmt"
	"net/http"
	"strings"
)

// AddUser creates a person and returns a token with all scopes. Adding somebody who is there already
// changes the full name and returns one more token.
func (f *Forge) AddUser(login, fullName string) (token string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.addAccount(login, fullName)
	return f.addToken(login, "all")
}

// Token makes one more token for a person, limited to scopes such as "read:issue" or "write:repository";
// without scopes it may do everything. It panics when there is no such person, which is a mistake of
// the program, not of a user.
func (f *Forge) Token(login string, scopes ...string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(scopes) == 0 {
		scopes = []string{"all"}
	}
	return f.addToken(login, scopes...)
}

// AddOrg creates an organisation that these people own. It panics when one of them is unknown.
func (f *Forge) AddOrg(login, fullName string, owners ...string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	org := f.addAccount(login, fullName)
	org.organisation, org.owners = true, map[*account]bool{}
	for _, who := range owners {
		org.owners[f.person(who)] = true
	}
}

func (f *Forge) addAccount(login, fullName string) *account {
	who := f.accounts[strings.ToLower(login)]
	if who == nil {
		f.lastID.account++
		who = &account{id: f.lastID.account, login: login, created: f.now()}
		f.accounts[strings.ToLower(login)] = who
	}
	who.fullName = fullName
	return who
}

func (f *Forge) addToken(login string, scopes ...string) string {
	name := f.newToken(login)
	f.tokens[name] = &token{of: f.person(login), scopes: scopes}
	return name
}

func (f *Forge) person(login string) *account {
	who := f.accounts[strings.ToLower(login)]
	if who == nil {
		panic(fmt.Sprintf("demo: there is no user %q", login))
	}
	return who
}

// unknownUser is Gitea's way to say that nobody has this login.
func unknownUser(login string) string {
	return fmt.Sprintf("user does not exist [uid: 0, name: %s]", login)
}

// people finds accounts by login, each once, and tells the first login that nobody has.
func (c *call) people(logins []string) (found []*account, unknown string) {
	seen := map[*account]bool{}
	for _, login := range logins {
		who := c.accounts[strings.ToLower(login)]
		if who == nil {
			return nil, login
		}
		if !seen[who] {
			seen[who] = true
			found = append(found, who)
		}
	}
	return found, ""
}

func (c *call) getSelf() answer { return ok(c.self()) }

func (c *call) getUser() answer {
	who := c.accounts[strings.ToLower(c.args["login"])]
	if who == nil {
		return refuse(http.StatusNotFound, "user redirect does not exist [name: %s]", c.args["login"])
	}
	return ok(c.wireUser(who))
}

func (c *call) createOrg() answer {
	var form struct {
		Login    string `json:"username"`
		FullName string `json:"full_name"`
	}
	if refused, ok := c.read(&form); !ok {
		return refused
	}
	if form.Login == "" {
		return missing("UserName")
	}
	if c.accounts[strings.ToLower(form.Login)] != nil {
		return refuse(http.StatusUnprocessableEntity, "user already exists [name: %s]", form.Login)
	}
	org := c.addAccount(form.Login, form.FullName)
	org.organisation, org.owners = true, map[*account]bool{c.who: true}
	return created(c.wireOrg(org))
}

func (c *call) listAssignees() answer { return ok(c.wireUsers(c.repo.assignable())) }

func (c *call) listCollaborators() answer {
	members := byLogin(c.repo.members)
	return ok(c.wireUsers(paginate(c, members))).total(len(members))
}

func (c *call) addCollaborator() answer {
	form := struct {
		Permission string `json:"permission"`
	}{"write"}
	if refused, ok := c.read(&form); !ok {
		return refused
	}
	who := c.accounts[strings.ToLower(c.args["login"])]
	if who == nil {
		return refuse(http.StatusUnprocessableEntity, "%s", unknownUser(c.args["login"]))
	}
	may, known := map[string]level{"read": reader, "write": writer, "admin": admin}[form.Permission]
	if !known {
		return refuse(http.StatusInternalServerError, "")
	}
	c.repo.members[who] = may
	return bare(http.StatusNoContent)
}

func (c *call) removeCollaborator() answer {
	who := c.accounts[strings.ToLower(c.args["login"])]
	if who == nil {
		return refuse(http.StatusUnprocessableEntity, "%s", unknownUser(c.args["login"]))
	}
	delete(c.repo.members, who)
	return bare(http.StatusNoContent)
}

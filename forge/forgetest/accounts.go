package forgetest

import (
	"net/http"
	"strings"
	"testing"
)

// giteaAccounts makes users and tokens over the API of a real Gitea.
type giteaAccounts struct{ s *Server }

func (a giteaAccounts) add(tb testing.TB, login, fullName string) string {
	tb.Helper()
	a.s.must(tb, http.StatusCreated, a.s.Admin, "POST", "/admin/users", map[string]any{
		"username": login, "full_name": fullName, "password": password(login),
		"email": login + "@example.org", "must_change_password": false,
	}, nil)
	return a.token(tb, login, "all")
}

// token logs in with the password: Gitea gives tokens to nobody else, not even
// to an administrator in the user's name.
func (a giteaAccounts) token(tb testing.TB, login string, scopes ...string) string {
	tb.Helper()
	payload, err := encode(map[string]any{"name": Fresh("token"), "scopes": scopes})
	if err != nil {
		tb.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodPost, a.s.URL+"/api/v1/users/"+login+"/tokens", payload)
	if err != nil {
		tb.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.SetBasicAuth(login, password(login))
	var made struct {
		Token string `json:"sha1"`
	}
	resp, err := send(req, &made)
	if err != nil {
		tb.Fatal(err)
	}
	if resp.StatusCode != http.StatusCreated {
		tb.Fatalf("a token for %s with %s: %s", login, strings.Join(scopes, ", "), resp.Status)
	}
	return made.Token
}

// password of an account on a server that lives for one test run on loopback.
func password(login string) string { return "pass-" + login }

package demo

import (
	"net/http"
	"strings"
	"testing"
)

func TestAWrongTokenIsRefusedEvenForPublicThings(t *testing.T) {
	o := open(t, Options{})
	o.nobody.want(http.StatusOK, "GET", desk)
	stranger := person{t, o.Forge, "0123"}
	for _, path := range []string{"/version", desk, "/user"} {
		if got := stranger.want(http.StatusUnauthorized, "GET", path); strings.Contains(got.text, "0123") {
			t.Errorf("the answer repeats the token: %s", got.text)
		}
	}
}

func TestAMissingScopeIsNamed(t *testing.T) {
	o := open(t, Options{})
	limited := person{t, o.Forge, o.Token("anna", "read:repository", "read:issue")}
	limited.want(http.StatusOK, "GET", desk+"/issues")
	got := limited.want(http.StatusForbidden, "POST", desk+"/issues", `{"title":"x"}`)
	want := "token does not have at least one of required scope(s), required=[write:issue], token scope=read:repository,read:issue"
	if got.message(t) != want {
		t.Errorf("got %q, want %q", got.message(t), want)
	}
	limited.want(http.StatusForbidden, "GET", "/orgs/infra/labels")
	limited.want(http.StatusForbidden, "GET", "/user")
	writer := person{t, o.Forge, o.Token("anna", "write:issue")}
	writer.want(http.StatusOK, "GET", desk+"/issues")
}

func TestReadersMayTalkAndNothingElse(t *testing.T) {
	o := open(t, Options{})
	mine, l := o.ticket("mine"), o.label("ops", false)
	theirs := as[ticketJSON](t, o.anna.want(http.StatusCreated, "POST", desk+"/issues", `{"title":"anna's"}`)).Number
	o.ruth.want(http.StatusCreated, "POST", at(theirs)+"/comments", `{"body":"hello"}`)
	o.ruth.want(http.StatusForbidden, "PATCH", at(theirs), `{"title":"y"}`)
	o.ruth.want(http.StatusForbidden, "POST", at(mine)+"/labels", `{"labels":["ops"]}`)
	o.ruth.want(http.StatusForbidden, "DELETE", at(mine)+"/labels/1")
	o.ruth.want(http.StatusForbidden, "POST", desk+"/labels", `{"name":"x","color":"#fff"}`)
	o.ruth.want(http.StatusForbidden, "DELETE", at(mine))
	o.ruth.want(http.StatusCreated, "PATCH", at(mine), `{"title":"renamed","state":"closed","assignees":["ruth"]}`)
	got := o.get(mine)
	if got.Title != "renamed" || got.State != "closed" || got.Assignees != nil {
		t.Errorf("an author may change words and state only, got %+v", got)
	}
	made := o.ruth.want(http.StatusCreated, "POST", desk+"/issues", `{"title":"z","labels":[1],"assignees":["anna"]}`)
	if got := as[ticketJSON](t, made); len(got.Labels) != 0 || got.Assignees != nil || l != 1 {
		t.Errorf("a reader's labels and assignees are dropped, got %+v", got)
	}
}

func TestAPrivateRepositoryDoesNotExistForStrangers(t *testing.T) {
	o := open(t, Options{})
	n := o.ticket("secret")
	o.kira.want(http.StatusOK, "PATCH", desk, `{"private":true}`)
	for _, path := range []string{desk, desk + "/issues", at(n), desk + "/labels"} {
		o.ruth.want(http.StatusNotFound, "GET", path)
		o.nobody.want(http.StatusNotFound, "GET", path)
	}
	o.ruth.want(http.StatusNotFound, "GET", "/repositories/1")
	o.anna.want(http.StatusOK, "GET", at(n))
}

func TestPermissionsOfTheAsker(t *testing.T) {
	o := open(t, Options{})
	for _, c := range []struct {
		who  person
		want permissionsJSON
	}{
		{o.kira, permissionsJSON{true, true, true}},
		{o.anna, permissionsJSON{false, true, true}},
		{o.ruth, permissionsJSON{false, false, true}},
	} {
		if got := as[repoJSON](t, c.who.want(http.StatusOK, "GET", desk)).Permissions; got != c.want {
			t.Errorf("got %+v, want %+v", got, c.want)
		}
	}
}

func TestARenamedRepositoryRedirectsEverything(t *testing.T) {
	o := open(t, Options{})
	n := o.ticket("one")
	o.kira.want(http.StatusOK, "PATCH", desk, `{"name":"helpdesk"}`)
	got := o.anna.want(http.StatusMovedPermanently, "GET", desk+"/issues?state=all")
	if place := got.header.Get("Location"); place != "/api/v1/repos/infra/helpdesk/issues?state=all" {
		t.Errorf("sent to %q", place)
	}
	got = o.anna.want(http.StatusMovedPermanently, "POST", at(n)+"/labels", `{"labels":["x"]}`)
	if place := got.header.Get("Location"); place != "/api/v1/repos/infra/helpdesk/issues/1/labels" {
		t.Errorf("sent to %q", place)
	}
	o.anna.want(http.StatusOK, "GET", "/repos/infra/helpdesk/issues/1")
	if now := as[repoJSON](t, o.anna.want(http.StatusOK, "GET", "/repositories/1")); now.FullName != "infra/helpdesk" {
		t.Errorf("its id leads to %s", now.FullName)
	}
	o.kira.want(http.StatusCreated, "POST", "/orgs/infra/repos", `{"name":"tickets"}`)
	o.anna.want(http.StatusOK, "GET", desk)
}

func TestAnArchivedRepositoryTakesLabelsButNoWords(t *testing.T) {
	o := open(t, Options{})
	n := o.ticket("one")
	o.label("ops", false)
	o.kira.want(http.StatusOK, "PATCH", desk, `{"archived":true}`)
	o.anna.want(http.StatusLocked, "POST", at(n)+"/comments", `{"body":"x"}`)
	o.anna.want(http.StatusLocked, "POST", desk+"/issues", `{"title":"x"}`)
	o.anna.want(http.StatusOK, "POST", at(n)+"/labels", `{"labels":["ops"]}`)
	o.anna.want(http.StatusCreated, "PATCH", at(n), `{"state":"closed"}`)
}

func TestOrganisationsAndRepositoriesByHTTP(t *testing.T) {
	o := open(t, Options{})
	o.ruth.want(http.StatusCreated, "POST", "/orgs", `{"username":"readers"}`)
	o.ruth.want(http.StatusUnprocessableEntity, "POST", "/orgs", `{"username":"readers"}`)
	o.ruth.want(http.StatusCreated, "POST", "/orgs/readers/repos", `{"name":"books","private":true}`)
	o.ruth.want(http.StatusConflict, "POST", "/orgs/readers/repos", `{"name":"books"}`)
	o.anna.want(http.StatusForbidden, "POST", "/orgs/readers/repos", `{"name":"more"}`)
	o.ruth.want(http.StatusCreated, "POST", "/user/repos", `{"name":"own"}`)
	if mine := as[[]repoJSON](t, o.ruth.want(http.StatusOK, "GET", "/user/repos")); len(mine) != 2 {
		t.Errorf("ruth has %d repositories, want 2", len(mine))
	}
	o.ruth.want(http.StatusOK, "GET", "/users/anna")
	o.ruth.want(http.StatusNotFound, "GET", "/users/nemo")
	o.ruth.want(http.StatusNoContent, "DELETE", "/repos/ruth/own")
	o.ruth.want(http.StatusNotFound, "GET", "/repos/ruth/own")
	o.ruth.want(http.StatusForbidden, "DELETE", desk)
}

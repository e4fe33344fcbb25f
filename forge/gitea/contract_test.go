package gitea_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"docket/forge"
	"docket/forge/forgetest"
	"docket/forge/gitea"
	"docket/model"
)

// The stories of the port: what the Desk may rely on, told through the adapter
// and checked against what the forge's own API shows. They run on the embedded
// forge and, where it is enabled, on a real Gitea.

// team is where each story starts: a repository of Ana's with labels of the
// default names; Ben may write, Rita may only read.
type team struct {
	*forgetest.Server
	t                                *testing.T
	repo                             string
	anaLogin, benLogin, ritaLogin    string
	anaToken, benToken, ritaToken    string
	anaSees, benSees, ritaSees, open *gitea.Forge // open: without a token
}

func each(t *testing.T, story func(t *testing.T, m *team)) {
	t.Helper()
	forgetest.Each(t, func(t *testing.T, s *forgetest.Server) { story(t, teamOn(t, s)) })
}

func teamOn(t *testing.T, s *forgetest.Server) *team {
	t.Helper()
	m := &team{Server: s, t: t, anaLogin: forgetest.Fresh("ana"), benLogin: forgetest.Fresh("ben"), ritaLogin: forgetest.Fresh("rita")}
	m.anaToken = s.NewUser(t, m.anaLogin, "Ana Abel")
	m.benToken = s.NewUser(t, m.benLogin, "Ben Brandt")
	m.ritaToken = s.NewUser(t, m.ritaLogin, "Rita Reads")
	m.repo = s.NewRepo(t, m.anaToken, "board")
	s.Collaborate(t, m.anaToken, m.repo, m.benLogin, "write")
	m.anaSees, m.benSees = open(t, s.URL, m.anaToken), open(t, s.URL, m.benToken)
	m.ritaSees, m.open = open(t, s.URL, m.ritaToken), open(t, s.URL, "")
	return m
}

func (m *team) label(names ...string) {
	m.t.Helper()
	for _, name := range names {
		m.NewLabel(m.t, m.anaToken, m.repo, name)
	}
}

func (m *team) ticket(title string) model.Ref {
	m.t.Helper()
	return model.Ref{Repo: m.repo, Number: m.NewTicket(m.t, m.anaToken, m.repo, title, "")}
}

// apply does what the Desk does: read the ticket and the labels, then order.
func (m *team) apply(as *gitea.Forge, ref model.Ref, change model.Change) (forge.Receipt, error) {
	m.t.Helper()
	labels, err := as.Labels(m.t.Context(), ref.Repo)
	if err != nil {
		m.t.Fatal(err)
	}
	return as.Apply(m.t.Context(), forge.Order{Now: model.Ticket{Ref: ref}, Change: change, Labels: labels})
}

func (m *team) must(as *gitea.Forge, ref model.Ref, change model.Change) forge.Receipt {
	m.t.Helper()
	r, err := m.apply(as, ref, change)
	if err != nil {
		m.t.Fatalf("%T: %v", change, err)
	}
	return r
}

// onForge is a ticket as the forge's own API shows it.
type onForge struct {
	State     string
	Due       string `json:"due_date"`
	Comments  int
	Labels    []struct{ Name string }
	Assignees []struct{ Login string }
}

func (m *team) shown(ref model.Ref) (w onForge) {
	m.t.Helper()
	m.Do(m.t, m.anaToken, "GET", fmt.Sprintf("/repos/%s/issues/%d", ref.Repo, ref.Number), nil, &w)
	return w
}

// labelsOf returns the names of the labels on a ticket, sorted, with commas.
func (m *team) labelsOf(ref model.Ref) string {
	m.t.Helper()
	var names []string
	for _, l := range m.shown(ref).Labels {
		names = append(names, l.Name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

func (m *team) expectLabels(ref model.Ref, want string) {
	m.t.Helper()
	if got := m.labelsOf(ref); got != want {
		m.t.Errorf("%s carries %q, want %q", ref, got, want)
	}
}

func (m *team) expect(err error, kind model.ProblemKind, words ...string) *model.Problem {
	m.t.Helper()
	if err == nil {
		m.t.Fatalf("no problem, want %s", kind)
	}
	p := problem(m.t, err)
	if p.Kind != kind {
		m.t.Errorf("%s (%s), want %s", p, p.Kind, kind)
	}
	for _, w := range words {
		if !strings.Contains(p.Error(), w) {
			m.t.Errorf("%q says nothing of %q", p, w)
		}
	}
	return p
}

// do asks the forge itself, as Ana.
func (m *team) do(method, path string, body any) {
	m.t.Helper()
	if resp := m.Do(m.t, m.anaToken, method, path, body, nil); resp.StatusCode >= 400 {
		m.t.Fatalf("%s %s: %s", method, path, resp.Status)
	}
}

func TestWhoIsThere(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		me, err := m.anaSees.Me(t.Context())
		if err != nil || me.Login.String() != m.anaLogin || me.Name.String() != "Ana Abel" {
			t.Errorf("me: %v, %v", me, err)
		}
		_, err = m.open.Me(t.Context())
		m.expect(err, model.NoToken)

		people, err := m.ritaSees.People(t.Context(), m.repo)
		if err != nil {
			t.Fatal(err)
		}
		var logins []string
		for _, p := range people {
			logins = append(logins, p.Login.String())
		}
		if want := []string{m.anaLogin, m.benLogin}; !slices.Equal(logins, want) {
			t.Errorf("people %v, want %v", logins, want)
		}
	})
}

func TestWhatEachMayDo(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		for who, c := range map[string]struct {
			f    *gitea.Forge
			want model.Rights
		}{
			"the owner":  {m.anaSees, model.Rights{Known: true, Comment: true, Triage: true}},
			"a writer":   {m.benSees, model.Rights{Known: true, Comment: true, Triage: true}},
			"a reader":   {m.ritaSees, model.Rights{Known: true, Comment: true}},
			"a stranger": {m.open, model.Rights{Known: true}},
		} {
			facts, err := c.f.Repo(t.Context(), m.repo)
			if err != nil || facts.Rights != c.want || facts.Archived || facts.Private {
				t.Errorf("%s: %+v, %v", who, facts, err)
			}
		}
		m.do("PATCH", "/repos/"+m.repo, map[string]any{"archived": true, "private": true})
		facts, err := m.anaSees.Repo(t.Context(), m.repo)
		if err != nil || !facts.Archived || !facts.Private || facts.Rights.Comment {
			t.Errorf("archived and private: %+v, %v", facts, err)
		}
		_, err = m.ritaSees.Repo(t.Context(), m.repo)
		m.expect(err, model.NotFound, "look at "+m.repo)
	})
}

func TestATeamMayTriageWithoutWritingCode(t *testing.T) {
	forgetest.Each(t, func(t *testing.T, s *forgetest.Server) {
		if s.Name != forgetest.RealGitea {
			t.Skip("the embedded forge has no teams")
		}
		m := teamOn(t, s)
		org := forgetest.Fresh("org")
		m.NewOrg(t, m.anaToken, org)
		theirs, other := m.NewOrgRepo(t, m.anaToken, org, "tickets"), m.NewOrgRepo(t, m.anaToken, org, "other")
		var made struct{ ID int64 }
		m.Do(t, m.anaToken, "POST", "/orgs/"+org+"/teams", map[string]any{"name": "triage",
			"units_map": map[string]string{"repo.code": "read", "repo.issues": "write"}}, &made)
		m.do("PUT", fmt.Sprintf("/teams/%d/members/%s", made.ID, m.ritaLogin), nil)
		m.do("PUT", fmt.Sprintf("/teams/%d/repos/%s", made.ID, theirs), nil)
		narrow := open(t, m.URL, m.Token(t, m.ritaLogin, "read:user", "read:repository", "write:issue"))
		for _, f := range []*gitea.Forge{m.ritaSees, narrow} {
			for repo, want := range map[string]bool{theirs: true, other: false, m.repo: false} {
				if facts, err := f.Repo(t.Context(), repo); err != nil || facts.Rights.Triage != want {
					t.Errorf("%s: %+v, %v", repo, facts, err)
				}
			}
		}
		m.NewLabel(t, m.anaToken, theirs, "gain/high")
		ref := model.Ref{Repo: theirs, Number: m.NewTicket(t, m.anaToken, theirs, "A ticket", "")}
		m.must(narrow, ref, model.SetGain{To: model.High})
	})
}

func TestLabelsOfRepositoryAndOrganisation(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		org := forgetest.Fresh("org")
		m.NewOrg(t, m.anaToken, org)
		repo := m.NewOrgRepo(t, m.anaToken, org, "tickets")
		m.NewOrgLabel(t, m.anaToken, org, "gain/high")
		for i := range 60 {
			m.NewLabel(t, m.anaToken, repo, fmt.Sprintf("label %02d", i))
		}
		labels, err := m.anaSees.Labels(t.Context(), repo)
		if err != nil || len(labels) != 61 {
			t.Fatalf("%d labels, %v", len(labels), err)
		}
		if l := labels[60]; l.Name.String() != "gain/high" || !l.Exclusive || l.Color != "3366cc" || l.ID == 0 {
			t.Errorf("the organisation's label is %+v", l)
		}
		narrow := open(t, m.URL, m.Token(t, m.anaLogin, "read:repository", "read:issue"))
		if labels, err = narrow.Labels(t.Context(), repo); err != nil || len(labels) != 60 {
			t.Errorf("without the organisation's scope: %d labels, %v", len(labels), err)
		}
		ref := model.Ref{Repo: repo, Number: m.NewTicket(t, m.anaToken, repo, "A ticket", "")}
		if r := m.must(m.anaSees, ref, model.SetGain{To: model.High}); r.Ticket.Gain != model.High {
			t.Errorf("the organisation's label was not set: %+v", r.Ticket)
		}
	})
}

func TestMissingLabelsAreCreatedOnce(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		m.label("Gain/High")
		gain := func(l model.Level) model.Label {
			return model.Meaning{Field: model.FieldGain, Value: l.String()}.Default()
		}
		plain := model.Label{Name: model.NewLine("ops")}
		for range 2 {
			if err := m.anaSees.CreateLabels(t.Context(), m.repo, []model.Label{gain(model.High), gain(model.Low), plain, plain}); err != nil {
				t.Fatal(err)
			}
		}
		labels, err := m.anaSees.Labels(t.Context(), m.repo)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range labels {
			got = append(got, fmt.Sprintf("%s %v", l.Name, l.Exclusive))
		}
		slices.Sort(got)
		if want := []string{"Gain/High true", "gain/low true", "ops false"}; !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
		m.expect(m.ritaSees.CreateLabels(t.Context(), m.repo, []model.Label{gain(model.Medium)}), model.Forbidden)
		m.expect(m.open.CreateLabels(t.Context(), m.repo, []model.Label{gain(model.Medium)}), model.NoToken)
	})
}

func TestTheTokenIsNeverRepeated(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		wrong := open(t, m.URL, secret)
		for name, err := range callAll(t.Context(), wrong) {
			if p := m.expect(err, model.BadToken); p.Op == "" {
				t.Errorf("%s: %v", name, p)
			}
		}
		if resp := m.Do(t, secret, "GET", "/user", nil, nil); resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("the forge itself says %s", resp.Status)
		}
	})
}

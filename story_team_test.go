package main_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"docket/forge/forgetest"
	"docket/ui/uitest"
)

// The stories in this folder are told with the real program, in a
// pseudo-terminal, against a forge over HTTP. With DOCKET_TEST_GITEA=1 some of
// them are told on a real Gitea as well.
func TestMain(m *testing.M) {
	if os.Getenv(soaked) != "" {
		os.Exit(soak())
	}
	os.Exit(forgetest.Main(m))
}

// someone is a person on the forge.
type someone struct{ login, token string }

// team is a forge with people, a repository, and a door that docket goes
// through. The stories themselves speak to the forge directly, so that what the
// door counts and delays is docket's.
type team struct {
	*forgetest.Server
	t     *testing.T
	door  *door
	repo  string  // owner/name
	anna  someone // whose board it is; she owns the repository
	kira  someone // her colleague, who may write
	liwei someone // who reports
}

// labels are the labels of a team that has used a board before.
var labels = []string{
	"gain/low", "gain/medium", "gain/high", "pain/low", "pain/medium", "pain/high",
	"state/urgent", "state/waiting on assignee", "state/waiting on reporter", "state/waiting on external", "state/next meeting",
	"closed as/done", "closed as/initiative", "closed as/invalid", "closed as/duplicate", "closed as/will not fix",
	"closed as/insufficient data", "closed as/upstream", "closed as/wrong tracker", "closed as/spam",
}

// newTeam founds a team with an empty repository that has these labels.
func newTeam(t *testing.T, s *forgetest.Server, labels ...string) *team {
	t.Helper()
	w := &team{Server: s, t: t, door: newDoor(t, s)}
	for _, p := range []struct {
		of         *someone
		name, full string
	}{{&w.anna, "anna", "Anna Lindqvist"}, {&w.kira, "kira", "Kira Novak"}, {&w.liwei, "liwei", "Li Wei"}} {
		p.of.login = forgetest.Fresh(p.name)
		p.of.token = s.NewUser(t, p.of.login, p.full)
	}
	w.repo = w.newRepo("board", labels...)
	return w
}

// newRepo makes another repository of anna's, which kira may write to.
func (w *team) newRepo(name string, labels ...string) (repo string) {
	w.t.Helper()
	repo = w.NewRepo(w.t, w.anna.token, name)
	w.Collaborate(w.t, w.anna.token, repo, w.kira.login, "write")
	for _, name := range labels {
		w.NewLabel(w.t, w.anna.token, repo, name)
	}
	return repo
}

// reports has liwei open a ticket.
func (w *team) reports(title string, labels ...string) (number int64) {
	w.t.Helper()
	number = w.NewTicket(w.t, w.liwei.token, w.repo, title, "It happens since Monday.")
	if len(labels) > 0 {
		w.AddLabel(w.t, w.kira.token, w.repo, number, labels...)
	}
	return number
}

// fact is a ticket as the forge's API tells it.
type fact struct {
	Number   int64
	Title    string
	State    string
	Comments int
	Labels   []struct{ Name string }
	Users    []struct {
		Login string `json:"login"`
	} `json:"assignees"`
}

// ticket asks the forge for a ticket.
func (w *team) ticket(number int64) (f fact) {
	w.t.Helper()
	w.Do(w.t, w.anna.token, "GET", fmt.Sprintf("/repos/%s/issues/%d", w.repo, number), nil, &f)
	if f.Number != number {
		w.t.Fatalf("the forge does not show #%d", number)
	}
	return f
}

func (f fact) labels() []string {
	var names []string
	for _, l := range f.Labels {
		names = append(names, l.Name)
	}
	slices.Sort(names)
	return names
}

func (f fact) has(labels ...string) bool {
	for _, l := range labels {
		if !slices.Contains(f.labels(), l) {
			return false
		}
	}
	return true
}

func (f fact) assigned() string {
	var logins []string
	for _, u := range f.Users {
		logins = append(logins, u.Login)
	}
	slices.Sort(logins)
	return strings.Join(logins, " ")
}

// comments asks the forge for the texts of a ticket's comments, each with its
// author.
func (w *team) comments(number int64) (texts []string) {
	w.t.Helper()
	var all []struct {
		Body string
		User struct{ Login string }
	}
	w.Do(w.t, w.anna.token, "GET", fmt.Sprintf("/repos/%s/issues/%d/comments", w.repo, number), nil, &all)
	for _, c := range all {
		texts = append(texts, c.User.Login+": "+c.Body)
	}
	return texts
}

// commented waits until a ticket has exactly these comments, by anna, in order.
func (w *team) commented(number int64, texts ...string) {
	w.t.Helper()
	want := make([]string, len(texts))
	for i := range texts {
		want[i] = w.anna.login + ": " + texts[i]
	}
	var got []string
	w.door.await(fmt.Sprintf("%d comments on #%d", len(texts), number), func() bool {
		got = w.comments(number)
		return len(got) >= len(want)
	})
	if !slices.Equal(got, want) {
		w.t.Fatalf("#%d has the comments %q instead of %q", number, got, want)
	}
}

// chair is anna's place: her home and her settings, which stay when the
// terminal is closed.
type chair struct {
	*team
	env  []string
	home string
	args []string
}

// sit gives anna a place with an empty home. More settings come after, and win.
func (w *team) sit(more ...string) *chair {
	w.t.Helper()
	env := uitest.Env(w.t)
	home, _ := strings.CutPrefix(env[0], "HOME=")
	races := filepath.Join(home, "races")
	env = append(env, "DOCKET_FORGE="+w.door.URL, "DOCKET_REPO="+w.repo, "DOCKET_TOKEN="+w.anna.token, "GORACE=log_path="+races)
	w.t.Cleanup(func() {
		logs, _ := filepath.Glob(races + "*") // the pattern is a good one
		for _, log := range logs {
			text, err := os.ReadFile(log)
			w.t.Errorf("the race detector spoke (%v):\n%s", err, text)
		}
	})
	return &chair{team: w, env: append(env, more...), home: home}
}

// opens starts docket in a terminal, in columns and rows.
func (c *chair) opens(width, height int) *seen {
	c.t.Helper()
	cmd := exec.Command(uitest.Build(c.t), c.args...)
	cmd.Env = c.env
	term := uitest.Start(c.t, width, height, cmd)
	term.Patience = patience
	return &seen{term, c.t}
}

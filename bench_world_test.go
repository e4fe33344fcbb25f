//go:build !race

package main_test

import (
	"context"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"docket/forge"
	"docket/forge/demo"
	"docket/forge/gitea"
	"docket/forge/store"
	"docket/model"
	"docket/ui/uitest"
)

// The benchmarks in this folder measure the whole program. They are not built
// with the race detector, which makes everything several times slower. Run them
// on a quiet machine:
//
//	go test -run '^$' -bench . .
//
// Times are medians, and where a machine's noise could decide, something that
// Docket has no part in is measured by turns in the same run.

// The size of all boards here.
const (
	crowdRepo     = "crowd/board"
	crowdTickets  = 5000
	crowdComments = 5 // on each ticket
)

// crowd is an embedded forge with many tickets, and a person's home whose store
// holds all of them.
type crowd struct {
	world *demo.Forge
	url   string
	close func() // makes the forge unreachable; may be called twice
	token string
	env   []string
	path  string // of the store
}

// newCrowd fills a forge and a store. It takes seconds.
func newCrowd(b *testing.B) *crowd {
	b.Helper()
	world := demo.New(demo.Options{Seed: 1})
	world.Load(crowdRepo, crowdTickets, 0, crowdComments)
	url, stop, err := world.Listen(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(stop)
	c := &crowd{world: world, url: url, close: stop, token: world.AddUser("anna", "Anna Lindqvist"), env: uitest.Env(b)}
	c.env = append(c.env, "DOCKET_FORGE="+url, "DOCKET_REPO="+crowdRepo, "DOCKET_TOKEN="+c.token)
	home, _ := strings.CutPrefix(c.env[0], "HOME=")

	// The program itself makes the store, where it will look for it.
	list := exec.Command(uitest.Build(b), "list", "--json")
	list.Env = c.env
	if out, err := list.CombinedOutput(); err != nil {
		b.Fatalf("docket list: %v\n%s", err, out)
	}
	stores, err := filepath.Glob(filepath.Join(home, ".local", "state", "docket", "*.db"))
	if err != nil || len(stores) != 1 {
		b.Fatalf("stores: %v, %v", stores, err)
	}
	c.path = stores[0]
	fill(b, c.url, c.token, crowdRepo, c.path)
	return c
}

// fill brings the history into a store, with every comment, and asks when
// tickets were first triaged, faster than a polite board would.
func fill(b *testing.B, url, token, repo, path string) {
	b.Helper()
	d := openDesk(b, url, token, repo, path, forge.Pace{Gentle: 1})
	defer d.leave()
	d.await("the history", func(*model.Snapshot) bool {
		kept, err := d.store.Repo(b.Context(), repo)
		if err != nil || !kept.AllDone {
			return false
		}
		untimed, err := d.store.Untimed(b.Context(), repo, time.Now().AddDate(-1, 0, 0), 1)
		return err == nil && len(untimed) == 0
	})
}

// desk is a Desk at work, without a terminal.
type desk struct {
	*forge.Desk
	b     *testing.B
	store *store.Store
	stop  context.CancelFunc
	ended chan error
}

// openDesk opens a store and has a Desk work with it and a forge.
func openDesk(b *testing.B, url, token, repo, path string, pace forge.Pace) *desk {
	b.Helper()
	return openDeskWith(b, gitea.Options{URL: url, Token: token}, repo, path, pace)
}

// openDeskWith is openDesk for one that reaches its forge in its own way.
func openDeskWith(b *testing.B, o gitea.Options, repo, path string, pace forge.Pace) *desk {
	b.Helper()
	workflow := model.DefaultWorkflow()
	o.Scheme = workflow.Scheme
	remote, err := gitea.New(o)
	if err != nil {
		b.Fatal(err)
	}
	kept, err := store.Open(b.Context(), path, store.Options{Scheme: workflow.Scheme})
	if err != nil {
		b.Fatal(err)
	}
	d := &desk{b: b, store: kept, ended: make(chan error, 1)}
	d.Desk = forge.NewDesk(forge.DeskOptions{
		Forge: remote, Store: kept, Repos: []string{repo},
		Workflow: workflow, Policy: model.DefaultPolicy(), ForgeName: "forge", Pace: pace,
	})
	if err := d.Open(b.Context()); err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(b.Context())
	d.stop = stop
	go func() { d.ended <- d.Run(ctx) }()
	return d
}

// leave ends the work and closes the store.
func (d *desk) leave() {
	d.b.Helper()
	d.stop()
	if err := <-d.ended; err != nil {
		d.b.Fatal(err)
	}
	if err := d.store.Close(); err != nil {
		d.b.Fatal(err)
	}
}

// await waits until the board is as wanted, looking whenever it has changed.
func (d *desk) await(what string, so func(*model.Snapshot) bool) {
	d.b.Helper()
	late := time.After(5 * time.Minute)
	for !so(d.Snapshot()) {
		select {
		case <-d.Changed():
		case <-late:
			d.b.Fatalf("waited in vain for %s: %+v", what, d.Snapshot().Repos)
		}
	}
}

// times are measurements of one thing.
type times struct{ all []time.Duration }

func (t *times) add(d time.Duration) { t.all = append(t.all, d) }

// median returns the one in the middle, in milliseconds.
func (t *times) median() float64 { return t.quantile(0.5) }

// quantile returns the one that a part of all, from 0 to 1, does not exceed, in
// milliseconds.
func (t *times) quantile(part float64) float64 {
	slices.Sort(t.all)
	return float64(t.all[int(part*float64(len(t.all)-1)+0.5)]) / float64(time.Millisecond)
}

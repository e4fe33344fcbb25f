package forge_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"docket/forge"
	"docket/model"
)

// scene is a Desk between a forge and a disk in memory. Its stories run in a
// synctest bubble: time passes only when everybody waits.
type scene struct {
	*testing.T
	world *world
	disk  *disk
	store *memStore
	desk  *forge.Desk
	pace  forge.Pace
	repos []string // of the board; nil: the world's
	as    string   // whose token it is; empty: the world's
	renew func(context.Context, bool) (model.Person, string, bool)
	end   context.CancelFunc
	ended chan error
}

// story sets the scene with tickets 1 to n, runs the Desk until it has synced,
// and lets f tell the rest.
func story(t *testing.T, n int, f func(s *scene)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := &scene{T: t, world: newWorld(n), disk: newDisk()}
		s.open()
		s.run()
		s.after(2 * time.Minute) // history is in, too
		s.world.requests()
		f(s)
		s.stop()
	})
}

func (s *scene) options() forge.DeskOptions {
	var remote forge.Forge = s.world
	if s.as != "" {
		remote = somebody{s.world, s.as}
	}
	repos := []string{repo}
	if s.repos != nil {
		repos = s.repos
	}
	return forge.DeskOptions{
		TokenMark: "the token of " + s.as,
		Forge:     remote, Store: s.store, Repos: repos, Workflow: model.DefaultWorkflow(), Policy: model.DefaultPolicy(),
		ForgeName: "forge.example.org", Jitter: func() float64 { return 0.5 }, Pace: s.pace, Renew: s.renew,
	}
}

// open starts a process: a Desk of its own on the disk.
func (s *scene) open() {
	s.Helper()
	s.store = s.disk.process()
	s.desk = forge.NewDesk(s.options())
	if err := s.desk.Open(s.Context()); err != nil {
		s.Fatal(err)
	}
}

func (s *scene) run() {
	ctx, cancel := context.WithCancel(s.Context())
	s.end, s.ended = cancel, make(chan error, 1)
	desk, ended := s.desk, s.ended
	go func() { ended <- desk.Run(ctx) }()
	synctest.Wait()
}

// stop ends Run and waits for it.
func (s *scene) stop() error {
	s.end()
	return <-s.ended
}

// kill ends the process as kill -9 does.
func (s *scene) kill() {
	s.store.kill()
	s.stop()
}

// after lets time pass.
func (s *scene) after(d time.Duration) {
	select {
	case <-time.After(d):
	case <-s.Context().Done():
	}
	synctest.Wait()
}

func (s *scene) submit(n int64, changes ...model.Change) *model.Snapshot {
	var edits []model.Edit
	for _, c := range changes {
		edits = append(edits, model.Edit{Ref: ref(n), Change: c})
	}
	return s.desk.Submit(edits...)
}

func (s *scene) card(n int64) *model.Card {
	s.Helper()
	c, _, _, ok := s.desk.Snapshot().Board.Find(ref(n))
	if !ok {
		s.Fatalf("#%d is not on the board", n)
	}
	return c
}

func (s *scene) entries(want ...model.Status) []model.Entry {
	s.Helper()
	out := s.desk.Snapshot().Outbox
	var got []model.Status
	for _, e := range out {
		got = append(got, e.Status)
	}
	if len(got) != len(want) {
		s.Fatalf("the outbox is %v, want %v: %+v", got, want, out)
	}
	for i := range want {
		if got[i] != want[i] {
			s.Fatalf("the outbox is %v, want %v: %+v", got, want, out)
		}
	}
	return out
}

func gain(from, to model.Level) model.Change { return model.SetGain{From: from, To: to} }
func pain(from, to model.Level) model.Change { return model.SetPain{From: from, To: to} }
func say(text string) model.Change           { return model.AddComment{Text: text} }

// unreachable cuts the network.
func (s *scene) unreachable(yes bool) {
	s.world.do(func() {
		s.world.before = nil
		if yes {
			s.world.before = failing("", problem(model.Unreachable, ""))
		}
	})
}

func desk(t testing.TB, o forge.DeskOptions) *forge.Desk {
	t.Helper()
	d := forge.NewDesk(o)
	if err := d.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d
}

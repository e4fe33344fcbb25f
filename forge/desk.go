package forge

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"docket/model"
)

// DeskOptions is what a Desk is made of. Forge, Store and Repos are needed.
type DeskOptions struct {
	Forge     Forge
	Store     Store
	Repos     []string // owner/name, in the order of the board's configuration
	Workflow  model.Workflow
	Policy    model.Policy
	ForgeName string // host, as a person would write it
	ReadOnly  bool   // there is no token: nothing can be changed before Renew finds one
	// TokenMark stands for the token without telling it: by it is remembered
	// whose token it is, so that the board knows who its person is while the
	// forge can't be asked.
	TokenMark string

	Clock  Clock          // the system's, if nil
	Jitter func() float64 // 0 to 1, so that processes do not poll in step; random, if nil
	Pace   Pace
	Log    *slog.Logger // nowhere, if nil; it never gets a ticket's text but in problems

	// Renew is called now and then while something waits for another token, and
	// when the person has the board sync. It looks for one, has Forge use it, and
	// tells whose it is and its mark; ok is false when there is none that the forge
	// knows. If the forge refuses the present one, or there is none, any will do;
	// otherwise only one that was given meanwhile. Nothing is sent until it
	// returns. Nil when there is nowhere to look.
	Renew func(ctx context.Context, refused bool) (me model.Person, mark string, ok bool)
}

// Desk owns the store and the forge. It keeps the board in memory, accepts the
// person's edits at once, makes them durable, sends them, and keeps the board
// in step with everybody else's work.
//
// All methods are safe for concurrent use. Those that the screen calls on its
// own goroutine (Snapshot, Submit, Reverse, Settle, Amend, Consent, Sync, Focus,
// Draft, SaveDraft) touch memory only: they never wait for a disk or a network.
type Desk struct {
	forge  Forge
	store  Store
	repos  []string
	scheme model.Scheme
	clock  Clock
	jitter func() float64
	pace   Pace
	log    *slog.Logger
	renew  func(context.Context, bool) (model.Person, string, bool)

	snapshot atomic.Pointer[model.Snapshot]
	changed  chan struct{}

	// inStep is held while something is written to or read from the store and
	// memory is brought to the same state, so that memory takes the same steps
	// in the same order. It is taken before mu, and never by the screen.
	inStep   sync.Mutex
	revision int64 // of the store's tickets, as far as memory follows it
	version  int64 // of the store, when memory last followed it
	left     int64 // of what left the store's outbox, as far as memory follows it

	// reworking is held while the board is worked out anew beside the picture.
	// It is taken after inStep and before mu.
	reworking sync.Mutex

	indexing sync.Mutex // held by whoever makes the store searchable; taken before all others

	mu       sync.Mutex // guards what follows; held for moments only
	picture  picture
	dispatch dispatch
	queue    queue
	rev      uint64
	told     time.Time // when the latest snapshot was made
	untold   bool      // something was sent since that it does not show
	lastID   int64
	sign     int64  // the last bits of this process's IDs
	mark     string // of the token that is used

	wakeWriter, wakeSender, wakeToken chan struct{}

	visits    []*visit
	reads     chan struct{} // as many as may read from the forge side by side
	unfocused atomic.Bool
	readOnly  atomic.Bool  // there is no token, until Renew finds one
	skew      atomic.Int64 // how far the forge's clock is ahead of ours, in ns
}

// readsAtMost bounds the sync's requests side by side, over all repositories:
// beyond four readers a forge only gets slower for everybody.
const readsAtMost = 4

// NewDesk returns a Desk that knows nothing yet; Open comes next.
func NewDesk(o DeskOptions) *Desk {
	d := &Desk{
		forge: o.Forge, store: o.Store, repos: o.Repos, scheme: o.Workflow.Scheme,
		clock: o.Clock, jitter: o.Jitter, pace: o.Pace.withDefaults(), log: o.Log, renew: o.Renew,
		changed:    make(chan struct{}, 1),
		wakeWriter: make(chan struct{}, 1), wakeSender: make(chan struct{}, 1), wakeToken: make(chan struct{}, 1),
		reads: make(chan struct{}, readsAtMost),
	}
	if d.clock == nil {
		d.clock = systemClock{}
	}
	if d.jitter == nil {
		d.jitter = rand.Float64
	}
	if d.log == nil {
		d.log = slog.New(slog.DiscardHandler)
	}
	d.readOnly.Store(o.ReadOnly)
	d.sign = rand.Int64N(1 << signBits)
	d.picture = newPicture(o, d.clock.Now())
	d.dispatch = newDispatch(d.pace)
	d.mark = o.TokenMark
	d.queue = newQueue()
	for i, repo := range o.Repos {
		d.visits = append(d.visits, newVisit(d, repo, i == 0))
	}
	d.publish()
	return d
}

// Open loads the board from the store, without any network. It is called once,
// before anything else; afterwards Snapshot shows what the store held.
func (d *Desk) Open(ctx context.Context) error {
	d.inStep.Lock()
	defer d.inStep.Unlock()
	kept, err := d.readStore(ctx)
	if err != nil {
		return asProblem("open the board", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.picture.load(kept)
	d.dispatch.as = kept.me.Login
	d.notice(kept.outbox...)
	d.notice(kept.past...)
	d.queue.drafts = kept.drafts
	if login := kept.me.Login; !login.Empty() {
		d.become(login) // what was made before that was known must not fall behind
	}
	d.publish()
	return nil
}

// Run writes, sends and syncs until ctx ends. When it returns, all its
// goroutines have stopped and everything accepted is on disk; the error says
// what could not be written.
func (d *Desk) Run(ctx context.Context) error {
	var others, writer sync.WaitGroup
	stop := make(chan struct{}) // nothing more will be accepted from the others
	var unwritten error
	writer.Go(func() { unwritten = d.write(ctx, stop) })
	others.Go(func() { d.send(ctx) })
	if d.renew != nil {
		others.Go(func() { d.awaitToken(ctx) })
	}
	others.Go(func() { d.follow(ctx) })
	others.Go(func() { d.tick(ctx) })
	for _, v := range d.visits {
		others.Go(func() { v.run(ctx) })
	}
	others.Wait()
	close(stop)
	writer.Wait()
	return unwritten
}

// Snapshot returns the latest snapshot; never nil.
func (d *Desk) Snapshot() *model.Snapshot { return d.snapshot.Load() }

// Changed has one slot, filled whenever there is a newer snapshot than the one
// that was there when it was last emptied. One goroutine may wait on it.
func (d *Desk) Changed() <-chan struct{} { return d.changed }

// publish makes the present picture the latest snapshot. mu is held.
func (d *Desk) publish() *model.Snapshot {
	d.rev++
	d.told, d.untold = d.clock.Now(), false
	s := d.picture.snapshot(d.rev)
	d.snapshot.Store(s)
	nudge(d.changed)
	return s
}

// update changes the picture and publishes it.
func (d *Desk) update(change func(*picture)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change(&d.picture)
	d.publish()
}

// nudge fills a one-slot channel.
func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// wait returns after a while, when woken, or when ctx ends; it reports false
// for the last.
func (d *Desk) wait(ctx context.Context, long time.Duration, woken <-chan struct{}) bool {
	if ctx.Err() != nil {
		return false
	}
	var late <-chan time.Time
	if long != forever {
		late = d.clock.After(max(0, long))
	}
	select {
	case <-ctx.Done():
		return false
	case <-woken:
	case <-late:
	}
	return true
}

// forever is a wait that only a nudge ends.
const forever = time.Duration(-1 << 63)

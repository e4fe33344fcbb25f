package demo

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Options say how a forge behaves. The zero value is a good Gitea.
type Options struct {
	// Clock tells the time of every edit; time.Now when nil. The forge keeps whole seconds, as Gitea
	// does, and calls it from many goroutines.
	Clock func() time.Time
	// Seed makes tokens, the sample board and the teammates repeatable.
	Seed uint64
	// PageCap is the largest page that the forge hands out, however much is asked for; 50 when zero.
	PageCap int
	// Version is what /version answers; "1.26.0" when empty.
	Version string
}

// Forge is a Gitea-compatible server with all its users, repositories and tickets in memory. All
// methods may be called from any goroutine.
type Forge struct {
	options Options

	mu       sync.RWMutex
	accounts map[string]*account    // by lower-case login
	repos    map[string]*repository // by lower-case owner/name
	moved    map[string]*repository // where a renamed repository's old path leads
	tokens   map[string]*token
	lastID   struct{ account, repo, label, milestone, ticket, event int64 }
	mentions map[mention][]*event // the lines that a text has left in timelines
	team     *team                // the simulated colleagues, once the sample board is there

	counts   sync.Mutex
	requests map[string]int

	wrap    sync.RWMutex
	handler http.Handler
}

// New returns an empty forge: no user, no repository.
func New(options Options) *Forge {
	if options.Clock == nil {
		options.Clock = time.Now
	}
	if options.PageCap <= 0 {
		options.PageCap = 50
	}
	if options.Version == "" {
		options.Version = "1.26.0"
	}
	f := &Forge{
		options:  options,
		accounts: map[string]*account{},
		repos:    map[string]*repository{},
		moved:    map[string]*repository{},
		tokens:   map[string]*token{},
		mentions: map[mention][]*event{},
		requests: map[string]int{},
	}
	f.handler = http.HandlerFunc(f.serve)
	return f
}

// ServeHTTP answers the API under /api/v1 and the small pages that a browser is sent to.
func (f *Forge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.wrap.RLock()
	handler := f.handler
	f.wrap.RUnlock()
	handler.ServeHTTP(w, r)
}

// Use puts a handler of the caller's between the network and the forge: to delay a request, to refuse
// it, or to let it happen and lose the answer. A nil wrap takes the last one away again. Requests that
// are being answered finish under the old rule.
func (f *Forge) Use(wrap func(next http.Handler) http.Handler) {
	f.wrap.Lock()
	defer f.wrap.Unlock()
	f.handler = http.HandlerFunc(f.serve)
	if wrap != nil {
		f.handler = wrap(f.handler)
	}
}

// Listen serves the forge on a free loopback port until stop is called or ctx ends. stop waits until
// the port is closed and open connections are cut; calling it twice is harmless.
func (f *Forge) Listen(ctx context.Context) (url string, stop func(), err error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("demo forge: listen on loopback: %w", err)
	}
	server := &http.Server{Handler: f, ReadHeaderTimeout: 10 * time.Second}
	var serving sync.WaitGroup
	serving.Go(func() { _ = server.Serve(listener) }) // it ends only by Close, which is no news
	unwatch := context.AfterFunc(ctx, func() { _ = server.Close() })
	stop = func() {
		unwatch()
		_ = server.Close()
		serving.Wait()
	}
	return "http://" + listener.Addr().String(), stop, nil
}

// Requests tells how often each part of the API was asked so far, by method and path pattern, for
// example "GET /repos/{owner}/{repo}/issues". Whatever matched no pattern counts as "unknown".
func (f *Forge) Requests() map[string]int {
	f.counts.Lock()
	defer f.counts.Unlock()
	return maps.Clone(f.requests)
}

// ForgetRequests starts the counting of [Forge.Requests] anew.
func (f *Forge) ForgetRequests() {
	f.counts.Lock()
	defer f.counts.Unlock()
	clear(f.requests)
}

func (f *Forge) count(pattern string) {
	f.counts.Lock()
	defer f.counts.Unlock()
	f.requests[pattern]++
}

// now is the clock's time in whole seconds: the only resolution that Gitea stores.
func (f *Forge) now() time.Time { return f.options.Clock().UTC().Truncate(time.Second) }

// newToken makes the n-th token of this forge: forty hexadecimal digits, as Gitea's are.
func (f *Forge) newToken(login string) string {
	sum := sha256.Sum256([]byte(strconv.FormatUint(f.options.Seed, 10) + "/" + login + "/" + strconv.Itoa(len(f.tokens))))
	return hex.EncodeToString(sum[:20])
}

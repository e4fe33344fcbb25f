// Package gitea is the adapter for Gitea and Forgejo. It implements
// [forge.Forge] over their HTTP API and is the only place that knows it: the
// only importer of their SDK, and the only one that turns labels into the
// fields of the workflow and back.
//
// It promises:
//
//   - Nothing follows a redirect. A repository that was renamed answers 301,
//     and a write that follows one becomes a read that changes nothing; so a
//     redirect is told as model.Moved, with the new place.
//   - The token goes to the forge's own address only, and never into an error.
//   - A change touches its own field only. Labels are added and taken off one
//     by one, never replaced as a whole.
//   - What an answer says is checked: a forge that says yes and does nothing is
//     told as model.Ignored.
package gitea

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"docket/forge"
	"docket/model"
)

// Options says which forge to talk to, and as whom.
type Options struct {
	URL       string            // as in a browser: https://forge.example.org, possibly with a path
	Token     string            `json:"-"` // an access token; empty: read what everybody may
	Scheme    model.Scheme      // what labels mean
	UserAgent string            // empty: docket
	CAFile    string            // a PEM file of authorities to trust beside the system's; empty: none
	Transport http.RoundTripper // in place of the adapter's own, which then ignores CAFile; nil: its own
	Clock     func() time.Time  // nil: time.Now
	Rest      time.Duration     // how long to leave a forge alone that asks for a rest and not for how long: 1 min
	Log       *slog.Logger      // of requests, without tokens and ticket text; nil: nowhere
}

// String describes the options without the token.
func (o Options) String() string { return "gitea.Options{" + withoutSecrets(o.URL) + "}" }

// GoString describes the options without the token.
func (o Options) GoString() string { return o.String() }

// Forge is a Gitea or Forgejo. It is safe for concurrent use.
type Forge struct {
	base   *url.URL // without a slash at the end
	key    atomic.Pointer[key]
	scheme model.Scheme
	agent  string
	clock  func() time.Time
	rest   time.Duration
	log    *slog.Logger
	wire   http.RoundTripper
}

// key is a token, and what hides it in text. An empty token opens what is open
// to everybody.
type key struct {
	token string
	veil  veil
}

var _ forge.Forge = (*Forge)(nil)

// New returns the forge at an address. It makes no network call: a board starts
// offline. What can't be an address, a token or a file of certificates is told
// as a *model.Problem of kind BadInput.
func New(o Options) (*Forge, error) {
	base, err := parseBase(o.URL)
	if err != nil {
		return nil, err
	}
	k, err := newKey(o.Token, base)
	if err != nil {
		return nil, err
	}
	f := &Forge{base: base, scheme: o.Scheme, agent: o.UserAgent, clock: o.Clock, rest: cmp.Or(o.Rest, waitByDefault),
		log: o.Log, wire: o.Transport}
	f.key.Store(k)
	if f.agent == "" {
		f.agent = "docket"
	}
	if f.clock == nil {
		f.clock = time.Now
	}
	if f.log == nil {
		f.log = slog.New(slog.DiscardHandler)
	}
	if f.wire == nil {
		if f.wire, err = newWire(o.CAFile); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func newKey(token string, base *url.URL) (*key, error) {
	token = strings.TrimSpace(token)
	if strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, badInput("use the token", base.Host, "a token has neither spaces nor special characters")
	}
	return &key{token, newVeil(token)}, nil
}

// Adopt asks the forge whose a token is and, if the forge knows it, uses it for
// all calls that begin from then on. Otherwise the error says why not, and the
// token of before stays.
func (f *Forge) Adopt(ctx context.Context, token string) (model.Person, error) {
	k, err := newKey(token, f.base)
	if err != nil {
		return model.Person{}, err
	}
	me, err := f.owner(ctx, k)
	if err == nil {
		f.key.Store(k)
	}
	return me, err
}

// String names the forge by its address.
func (f *Forge) String() string { return "gitea.Forge{" + f.base.String() + "}" }

// GoString names the forge by its address: %#v must not print the token.
func (f *Forge) GoString() string { return f.String() }

// parseBase accepts what a person would copy from a browser or from a forge's
// API page.
func parseBase(raw string) (*url.URL, error) {
	const op = "read the forge's address"
	trimmed := strings.TrimSpace(raw)
	u, err := url.Parse(trimmed)
	switch {
	case trimmed == "":
		return nil, badInput(op, "", "the address is missing; write it as https://forge.example.org")
	case err != nil, u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "", u.Opaque != "":
		return nil, badInput(op, withoutSecrets(trimmed), "write it as https://forge.example.org")
	case u.User != nil:
		return nil, badInput(op, u.Host, "leave out the name and password before the @")
	case u.RawQuery != "" || u.Fragment != "":
		return nil, badInput(op, u.Host, "leave out what follows ? or #")
	}
	path := strings.TrimRight(u.Path, "/")
	path = strings.TrimRight(strings.TrimSuffix(path, "/api/v1"), "/")
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: path}, nil
}

// withoutSecrets cuts what may be a password or a token out of an address.
func withoutSecrets(address string) string {
	if _, behind, found := strings.Cut(address, "@"); found {
		address = behind
	}
	address, _, _ = strings.Cut(address, "?")
	return address
}

func badInput(op, place, detail string) *model.Problem {
	return &model.Problem{Op: op, Kind: model.BadInput, Place: model.NewLine(place), Detail: model.NewLine(detail)}
}

// Me implements forge.Forge.
func (f *Forge) Me(ctx context.Context) (model.Person, error) { return f.owner(ctx, f.key.Load()) }

// owner asks whose a token is.
func (f *Forge) owner(ctx context.Context, k *key) (model.Person, error) {
	c, err := f.begin(ctx, k, "ask whose token it is")
	if err != nil {
		return model.Person{}, err
	}
	c.first = true
	if c.token == "" {
		return model.Person{}, c.trouble(model.NoToken)
	}
	u, _, err := c.api().GetMyUserInfo()
	if err != nil {
		return model.Person{}, c.fail(err)
	}
	if u.UserName == "" {
		return model.Person{}, c.nonsense("an answer without a login")
	}
	return person(u, ""), nil
}

// splitRepo takes owner/name apart. Anything else would ask for another path.
func splitRepo(repo string) (owner, name string, err error) {
	owner, name, ok := strings.Cut(repo, "/")
	for _, part := range []string{owner, name} {
		if !ok || part == "" || part == "." || part == ".." || strings.ContainsAny(part, "/\\?#%") ||
			strings.ContainsFunc(part, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
			return "", "", fmt.Errorf("%q is not a repository: write it as owner/name", repo)
		}
	}
	return owner, name, nil
}

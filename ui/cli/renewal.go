package cli

import (
	"context"
	"errors"
	"time"

	"docket/forge/gitea"
	"docket/model"
)

// renewal returns how a board finds another token. Without one that the forge
// knows, each that is kept is tried once: none is sent to it over and over.
// Otherwise only one that was put into its place meanwhile is taken, by login as
// a rule: what was there from the beginning came second on purpose. Only one
// goroutine may call it. In the demo there is none to find.
func (p *program) renewal(at address, remote *gitea.Forge) func(context.Context, bool) (model.Person, string, bool) {
	if p.from == inDemo {
		return nil
	}
	from, used, tried := p.lookout(at), p.token, map[string]bool{p.token: true}
	return func(ctx context.Context, refused bool) (model.Person, string, bool) {
		for _, found := range from.all(ctx, time.Now()) {
			token := found.token
			if token == used || !found.other && (!refused || tried[token]) {
				continue
			}
			p.secrets.add(token)
			asking, cancel := context.WithTimeout(ctx, contactWithin)
			me, err := remote.Adopt(asking, token)
			cancel()
			if err == nil {
				used, tried[token] = token, true
				return me, mark(at.String(), token), true
			}
			if passes(err) {
				from.forget(found)
			} else {
				tried[token] = true
			}
			p.log.Info("a token was refused", "problem", err)
		}
		return model.Person{}, "", false
	}
}

// lookout looks for tokens again and again. A keyring that is locked may ask the
// person for its password each time: one that refuses to answer is asked more
// and more rarely.
type lookout struct {
	tokens
	held  map[string]string // by place: what was there when it last answered
	next  time.Time         // when the keyring may be asked again
	pause time.Duration     // since it last refused
}

const (
	firstPause   = time.Minute
	longestPause = time.Hour
)

// offer is a token that is kept; other says that something else, or nothing, was
// in its place before.
type offer struct {
	kept
	other bool
}

// lookout returns one that knows where the token in use comes from, and what else
// can be known without asking a keyring that was not asked yet.
func (p *program) lookout(at address) *lookout {
	l := &lookout{tokens: tokens{at, p.ring()}, held: map[string]string{}}
	if p.token == "" || p.from != inEnvironment {
		l.held[inRing] = ""
	}
	if token, err := readToken(tokenPath(at)); err == nil {
		l.held[inFile] = token
	}
	if p.token != "" {
		l.held[p.from] = p.token
	}
	return l
}

// all returns every token that is kept now.
func (l *lookout) all(ctx context.Context, now time.Time) (all []offer) {
	note := func(token, in string) {
		was, known := l.held[in]
		l.held[in] = token
		if token != "" {
			all = append(all, offer{kept{token, in}, known && was != token})
		}
	}
	if !now.Before(l.next) {
		token, err := l.ring.look(ctx, l.at, lookWithin)
		switch {
		case err == nil || errors.Is(err, errNotKept):
			l.pause = 0
			note(token, inRing)
		case !errors.Is(err, errNoRing):
			l.pause = min(max(firstPause, 2*l.pause), longestPause)
			l.next = now.Add(l.pause)
		}
	}
	if token, err := readToken(tokenPath(l.at)); err == nil {
		note(token, inFile)
	}
	return all
}

// forget has a token be another one the next time, too.
func (l *lookout) forget(o offer) { l.held[o.in] = "" }

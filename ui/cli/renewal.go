package cli

import (
	"context"
	"errors"
	"time"

	"docket/forge/gitea"
	"docket/model"
)

// renewal returns how a board that has no token, or whose token the forge does
// not know, finds another one. Each is tried once: a token that the forge did
// not know is not sent to it over and over. Only one goroutine may call it.
func (p *program) renewal(at address, remote *gitea.Forge) func(context.Context) (model.Person, string, bool) {
	from, tried := lookout{tokens: tokens{at, p.ring()}}, map[string]bool{p.token: true}
	return func(ctx context.Context) (model.Person, string, bool) {
		for _, token := range from.all(ctx, time.Now()) {
			if tried[token] {
				continue
			}
			p.secrets.add(token)
			asking, cancel := context.WithTimeout(ctx, contactWithin)
			me, err := remote.Adopt(asking, token)
			cancel()
			if err == nil || !passes(err) {
				tried[token] = true
			}
			if err == nil {
				return me, mark(at.String(), token), true
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
	next  time.Time     // when the keyring may be asked again
	pause time.Duration // since it last refused
}

const (
	firstPause   = time.Minute
	longestPause = time.Hour
)

// all returns every token that is kept now.
func (l *lookout) all(ctx context.Context, now time.Time) (all []string) {
	if !now.Before(l.next) {
		token, err := l.ring.look(ctx, l.at, lookWithin)
		switch {
		case err == nil || errors.Is(err, errNotKept):
			l.pause = 0
		case !errors.Is(err, errNoRing):
			l.pause = min(max(firstPause, 2*l.pause), longestPause)
			l.next = now.Add(l.pause)
		}
		if token != "" {
			all = append(all, token)
		}
	}
	if token, err := readToken(tokenPath(l.at)); err == nil && token != "" {
		all = append(all, token)
	}
	return all
}

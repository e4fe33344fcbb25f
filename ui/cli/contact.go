package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"docket/forge"
	"docket/forge/gitea"
	"docket/model"
)

// contactWithin is how long a forge may take to answer the first questions of a
// command that prints and ends, opensWithin how long before a board opens
// without the answers: it tells in its status bar that it waits for them.
const (
	contactWithin = 20 * time.Second
	opensWithin   = 2 * time.Second
)

// meet asks the forge about repositories that the store knows nothing of, so
// that a misspelt name or a wrong token is told in words and not shown as an
// empty board. When all are known it asks nobody.
func (s *session) meet(ctx context.Context) error {
	strangers, err := s.strangers(ctx)
	if err != nil || len(strangers) == 0 {
		return err
	}
	asking, cancel := context.WithTimeout(ctx, contactWithin)
	defer cancel()
	return s.introduce(ctx, asking, strangers)
}

// meetSoon is meet for a board: a forge that takes its time, asks for a pause or
// has its troubles is waited for on the screen, which can be left.
func (s *session) meetSoon(ctx context.Context) error {
	strangers, err := s.strangers(ctx)
	if err != nil || len(strangers) == 0 {
		return err
	}
	asking, cancel := context.WithTimeout(ctx, opensWithin)
	defer cancel()
	err = s.introduce(ctx, asking, strangers)
	if ctx.Err() == nil && errors.Is(asking.Err(), context.DeadlineExceeded) {
		s.log.Info("the forge takes its time", "problem", err)
		return nil
	}
	if p, ok := errors.AsType[*model.Problem](err); ok && (p.Kind == model.RateLimited || p.Kind == model.Struggling) {
		s.log.Info("the forge can't tell yet", "problem", err)
		return nil
	}
	return err
}

// introduce asks who we are and about repositories, as long as asking lasts.
func (s *session) introduce(ctx, asking context.Context, strangers []string) error {
	at := s.place.forge
	if s.token != "" {
		me, err := s.forge.Me(asking)
		if err != nil {
			return unmet(asking, at, "your account", err)
		}
		if err := s.kept.SaveMe(ctx, s.mark, me); err != nil {
			return err
		}
		if err := mayRead(asking, s.forge); err != nil {
			return unmet(asking, at, "tickets", err)
		}
	}
	for _, repo := range strangers {
		if _, err := s.forge.Repo(asking, repo); err != nil {
			return unmet(asking, at, repo, err)
		}
	}
	return nil
}

// mayRead returns a problem if the forge says that its token may not read
// tickets.
func mayRead(ctx context.Context, f *gitea.Forge) error { return scopeAlone(f.MayRead(ctx)) }

// mayWrite returns a problem if the forge says that its token may not change
// tickets.
func mayWrite(ctx context.Context, f *gitea.Forge) error { return scopeAlone(f.MayWrite(ctx)) }

// scopeAlone returns an error if it says that the token lacks a scope. Whatever
// else goes wrong with the question says nothing about that.
func scopeAlone(err error) error {
	if p, ok := errors.AsType[*model.Problem](err); ok && p.Kind == model.MissingScope {
		return err
	}
	return nil
}

// strangers returns the board's repositories of which the store knows nothing.
func (s *session) strangers(ctx context.Context) ([]string, error) {
	var strangers []string
	for _, repo := range s.place.repos {
		known, err := s.kept.Repo(ctx, repo)
		if err != nil {
			return nil, err
		}
		if stranger(known) {
			strangers = append(strangers, repo)
		}
	}
	return strangers, nil
}

func stranger(r forge.RepoState) bool { return r.FactsAt.IsZero() && r.Synced.IsZero() }

// unmet makes of a failed first contact what a person can act on: about which
// thing, and at which host.
func unmet(asking context.Context, at address, about string, err error) error {
	found, ok := errors.AsType[*model.Problem](err)
	if !ok {
		return err
	}
	p := *found
	p.Op = about
	if p.Place.Empty() {
		p.Place = model.NewLine(at.Host)
	}
	if errors.Is(asking.Err(), context.DeadlineExceeded) {
		p.Kind, p.Detail = model.Unreachable, model.NewLine(fmt.Sprintf("no answer within %d s", contactWithin/time.Second))
	}
	return &p
}

package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"docket/forge"
	"docket/model"
)

// contactWithin is how long a forge may take to answer the first questions.
const contactWithin = 20 * time.Second

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
	if s.token != "" {
		me, err := s.forge.Me(asking)
		if err != nil {
			return unmet(asking, s.place.forge, "your account", err)
		}
		if err := s.kept.SaveMe(ctx, s.mark, me); err != nil {
			return err
		}
	}
	for _, repo := range strangers {
		if _, err := s.forge.Repo(asking, repo); err != nil {
			return unmet(asking, s.place.forge, repo, err)
		}
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

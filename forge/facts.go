package forge

import (
	"context"
	"slices"

	"docket/model"
)

// learned is what came of asking for facts.
type learned struct {
	renamed bool // labels or milestones were renamed or deleted
	err     error
}

// learn asks who we are, what we may do, and for labels and people. What one
// request brings is kept even if another fails: not every token may see all.
func (v *visit) learn(ctx context.Context, before []model.Label) (l learned) {
	note := func(err error) bool {
		if l.err == nil {
			l.err = err
		}
		return err == nil
	}
	if v.greet && !v.d.readOnly.Load() {
		note(v.d.learnMe(ctx))
	}
	facts, err := v.d.forge.Repo(ctx, v.repo)
	gotFacts := note(err)
	labels, err := v.d.forge.Labels(ctx, v.repo)
	gotLabels := note(err)
	milestones, err := v.d.forge.Milestones(ctx, v.repo)
	gotMilestones := note(err)
	var people []model.Person
	gotPeople := false
	if !v.d.readOnly.Load() { // forges tell nobody else who can be assigned, nor is it of any use then
		people, err = v.d.forge.People(ctx, v.repo)
		gotPeople = note(err)
	}
	if ctx.Err() != nil || !gotFacts && !gotLabels && !gotMilestones && !gotPeople {
		return l
	}
	l.renamed = gotLabels && renamed(before, labels)
	note(v.d.noteRepo(ctx, v.repo, func(s *RepoState) {
		if gotFacts {
			s.Facts = facts
		}
		if gotPeople {
			s.People = people
		}
		if gotMilestones {
			l.renamed = l.renamed || retitled(s.Milestones, milestones)
			s.Milestones = append([]model.Milestone{}, milestones...)
		}
		if gotLabels {
			s.Labels, s.FactsAt = labels, v.d.clock.Now()
		}
	}))
	if gotPeople {
		_, err := v.d.keep(ctx, false, func(ctx context.Context) ([]model.Ticket, error) {
			return v.d.store.SavePeople(ctx, v.repo, people)
		})
		note(err)
	}
	return l
}

func (d *Desk) learnMe(ctx context.Context) error {
	mark, _ := d.tokenMark()
	me, err := d.forge.Me(ctx)
	if err != nil {
		return err
	}
	if now, changing := d.tokenMark(); changing || now != mark { // whose of the two was asked for?
		return &model.Problem{Op: "ask whose token it is", Kind: model.Struggling, Detail: model.NewLine("the token was changed meanwhile")}
	}
	return d.know(ctx, me, mark)
}

// tokenMark returns what stands for the token, and whether another one is being
// looked for.
func (d *Desk) tokenMark() (mark string, changing bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.mark, d.dispatch.changing
}

// know keeps whose token it is.
func (d *Desk) know(ctx context.Context, me model.Person, mark string) error {
	err := d.store.SaveMe(ctx, mark, me)
	d.stored(err)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.picture.me, d.picture.stale, d.mark = me, true, mark
	d.become(me.Login)
	d.publish()
	return err
}

// become notes whose token it is. What was made while that was not known is
// that person's. mu is held.
func (d *Desk) become(login model.Line) {
	if d.dispatch.as != login {
		d.dispatch.as, d.dispatch.lead = login, false
	}
	for _, e := range d.picture.outbox {
		if e.By.Empty() && e.Status != model.Sending {
			e.By = login
			d.rewrite(e)
		}
	}
	nudge(d.wakeSender)
}

// renamed reports whether a label that was there has another name or is gone.
// Forges do not tell so at the tickets that carry it.
func renamed(before, now []model.Label) bool {
	return slices.ContainsFunc(before, func(was model.Label) bool {
		return !slices.ContainsFunc(now, func(is model.Label) bool { return is.ID == was.ID && is.Name == was.Name })
	})
}

// retitled reports whether a milestone that was there has another title or is
// gone; it may have been closed only.
func retitled(before, now []model.Milestone) bool {
	return slices.ContainsFunc(before, func(was model.Milestone) bool { return !slices.Contains(now, was) })
}

// labels returns a repository's labels as last known, asking if they never were.
func (d *Desk) labels(ctx context.Context, repo string) ([]model.Label, error) {
	s, err := d.store.Repo(ctx, repo)
	if err != nil {
		return nil, asProblem("read the store", err)
	}
	if !s.FactsAt.IsZero() {
		return s.Labels, nil
	}
	return d.askLabels(ctx, repo)
}

// askLabels asks for a repository's labels and keeps them.
func (d *Desk) askLabels(ctx context.Context, repo string) ([]model.Label, error) {
	labels, err := d.forge.Labels(ctx, repo)
	if err != nil {
		return nil, err
	}
	return labels, d.noteRepo(ctx, repo, func(s *RepoState) { s.Labels, s.FactsAt = labels, d.clock.Now() })
}

package gitea

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"

	sdk "code.gitea.io/sdk/gitea"

	"docket/model"
)

// While somebody else changes the same field at the same moment, a label is set
// up to so many times, with pauses of random length in between, so that two who
// do the same don't keep step.
const (
	rounds  = 4
	pauseOf = 50 * time.Millisecond
)

// setField gives the ticket the label of a meaning and takes off every other of
// the same field. The label goes on first, so that the ticket never is without;
// what comes off is what the ticket carries then, not what anybody remembers.
//
// Two people who set labels that don't exclude each other can each take off the
// other's. The field is empty then, which neither wanted, and this one's label
// is set again.
func (c *call) setField(labels []model.Label, want model.Meaning) error {
	picked, ok := c.forge.scheme.Pick(labels, want)
	if !ok {
		return c.noLabel(want.Default().Name)
	}
	for round := range rounds {
		if err := c.pause(round); err != nil {
			return err
		}
		on, err := c.putOn(picked)
		if err != nil {
			return err
		}
		others := slices.DeleteFunc(c.ofField(on, want.Field), func(l model.Label) bool { return l.ID == picked.ID })
		if len(others) == 0 {
			return nil
		}
		left, err := c.takeOff(others)
		if err != nil {
			return err
		}
		if len(c.ofField(left, want.Field)) > 0 {
			return nil
		}
	}
	return c.trouble(model.Clash)
}

// clearField takes every label of a field off the ticket but those that stand
// for the value wanted, as a 'needs review' of a team that has such a label.
func (c *call) clearField(want model.Meaning) error {
	on, err := c.ticketLabels()
	if err != nil {
		return err
	}
	_, err = c.takeOff(slices.DeleteFunc(c.ofField(on, want.Field), func(l model.Label) bool {
		m, _ := c.forge.scheme.Read(l.Name.Raw())
		return m == want
	}))
	return err
}

// ofField returns the labels that stand for some value of a field.
func (c *call) ofField(labels []model.Label, field model.Field) []model.Label {
	var of []model.Label
	for _, l := range labels {
		if m, ok := c.forge.scheme.Read(l.Name.Raw()); ok && m.Field == field {
			of = append(of, l)
		}
	}
	return of
}

func (c *call) addLabel(labels []model.Label, name model.Line) error {
	i := slices.IndexFunc(labels, func(l model.Label) bool { return l.Name == name })
	if i < 0 {
		return c.noLabel(name)
	}
	_, err := c.putOn(labels[i])
	return err
}

func (c *call) removeLabel(name model.Line) error {
	on, err := c.ticketLabels()
	if err != nil {
		return err
	}
	_, err = c.takeOff(slices.DeleteFunc(on, func(l model.Label) bool { return l.Name != name }))
	return err
}

// putOn puts a label on the ticket and returns all that it carries then. An id
// that the forge does not know is ignored with a yes, so the answer is checked;
// but somebody else may have replaced the label before the forge answered.
func (c *call) putOn(l model.Label) ([]model.Label, error) {
	for round := range rounds {
		if err := c.pause(round); err != nil {
			return nil, err
		}
		list, _, err := c.api().AddIssueLabels(c.owner, c.name, c.ref.Number, sdk.IssueLabelsOption{Labels: []int64{l.ID}})
		if err != nil {
			return nil, c.failOnTicket(err)
		}
		on, err := c.asLabels(list)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(on, func(o model.Label) bool { return o.ID == l.ID }) {
			return on, nil
		}
	}
	return nil, c.ignored(l.Name)
}

// pause waits before a round that is not the first, for longer each time.
func (c *call) pause(round int) error {
	if round == 0 {
		return nil
	}
	timer := time.NewTimer(rand.N(time.Duration(round) * pauseOf))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-c.ctx.Done():
		c.last = answer{}
		return c.fail(c.ctx.Err())
	}
}

// takeOff takes labels off the ticket and returns what it carries afterwards. A
// label that somebody else took off, or deleted, meanwhile is no problem.
func (c *call) takeOff(off []model.Label) (left []model.Label, err error) {
	if len(off) == 0 {
		return nil, nil
	}
	var refused error
	for _, l := range off {
		_, err := c.api().DeleteIssueLabel(c.owner, c.name, c.ref.Number, l.ID)
		if err == nil && c.last.status != http.StatusNoContent {
			return nil, c.nonsense("a yes that is not a forge's")
		}
		if err = c.failOnTicket(err); err == nil {
			continue
		}
		if p, ok := errors.AsType[*model.Problem](err); !ok || p.Kind != model.NotFound && p.Kind != model.Refused {
			return nil, err
		}
		refused = err
	}
	if left, err = c.ticketLabels(); err != nil {
		return nil, err
	}
	for _, l := range off {
		if slices.ContainsFunc(left, func(o model.Label) bool { return o.ID == l.ID }) {
			if refused != nil {
				return nil, refused
			}
			return nil, c.ignored(l.Name)
		}
	}
	return left, nil
}

// ticketLabels returns the labels on the ticket now, with their ids.
func (c *call) ticketLabels() ([]model.Label, error) {
	list, _, err := c.api().GetIssueLabels(c.owner, c.name, c.ref.Number, sdk.ListLabelsOptions{})
	if err != nil {
		return nil, c.fail(err)
	}
	return c.asLabels(list)
}

func (c *call) noLabel(name model.Line) *model.Problem {
	p := c.trouble(model.NoLabel)
	p.Place = name
	return p
}

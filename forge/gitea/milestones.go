package gitea

import (
	"context"
	"net/http"
	"slices"

	sdk "code.gitea.io/sdk/gitea"

	"docket/model"
)

// Milestones implements forge.Forge.
func (f *Forge) Milestones(ctx context.Context, repo string) ([]model.Milestone, error) {
	c, err := f.on(ctx, "read the milestones of", repo)
	if err != nil {
		return nil, err
	}
	return c.milestones(sdk.StateOpen)
}

func (c *call) milestones(state sdk.StateType) ([]model.Milestone, error) {
	return walk(func(page int) ([]model.Milestone, bool, error) {
		list, resp, err := c.api().ListRepoMilestones(c.owner, c.name, sdk.ListMilestoneOption{
			ListOptions: sdk.ListOptions{Page: page, PageSize: pageSize}, State: state})
		if err != nil {
			return nil, false, c.fail(err)
		}
		rows := make([]model.Milestone, len(list))
		for i, w := range list {
			if w == nil || w.ID <= 0 {
				return nil, false, c.nonsense("a list of milestones with something else in it")
			}
			rows[i] = milestone(w)
		}
		return rows, pageFacts[model.Milestone](resp, page, len(list)).More, nil
	}, func(m model.Milestone) int64 { return m.ID })
}

func milestone(m *sdk.Milestone) model.Milestone {
	return model.Milestone{ID: m.ID, Title: model.NewLine(m.Title)}
}

// setMilestone puts the ticket into a milestone, or takes it out of its own:
// that is milestone 0 to a forge.
func (c *call) setMilestone(to model.Milestone) error {
	if !to.None() && to.ID == 0 {
		all, err := c.milestones(sdk.StateAll)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, to.Same)
		if i < 0 {
			return c.noMilestone(to)
		}
		to = all[i]
	}
	r, err := c.edit(sdk.EditIssueOption{Milestone: &to.ID})
	if err != nil {
		return c.goneMilestone(to, err)
	}
	if !r.Ticket.Milestone.Same(to) {
		return c.ignored(to.Title)
	}
	return nil
}

// goneMilestone explains the 500 that comes of a milestone that was deleted:
// trying again would not help.
func (c *call) goneMilestone(to model.Milestone, problem error) error {
	if to.None() || c.last.status != http.StatusInternalServerError {
		return problem
	}
	look, err := c.aside()
	if err != nil {
		return problem
	}
	if _, _, err := look.api().GetMilestone(c.owner, c.name, to.ID); err == nil || look.last.status != http.StatusNotFound {
		return problem
	}
	return c.noMilestone(to)
}

func (c *call) noMilestone(to model.Milestone) error {
	p := c.trouble(model.Refused)
	p.Place, p.Detail = to.Title, model.NewLine("there is no milestone "+to.Title.String()+" any more")
	return p
}

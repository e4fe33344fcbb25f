package gitea

import (
	"context"
	"slices"
	"strings"

	sdk "code.gitea.io/sdk/gitea"

	"docket/model"
)

// Labels implements forge.Forge. The organisation's labels are not among the
// repository's; where the token may not see them, or the owner is a person,
// there are none.
func (f *Forge) Labels(ctx context.Context, repo string) ([]model.Label, error) {
	c, err := f.on(ctx, "read labels of", repo)
	if err != nil {
		return nil, err
	}
	own, err := c.labels(func(o sdk.ListOptions) ([]*sdk.Label, *sdk.Response, error) {
		return c.api().ListRepoLabels(c.owner, c.name, sdk.ListLabelsOptions{ListOptions: o})
	})
	if err != nil {
		return nil, err
	}
	shared, err := c.labels(func(o sdk.ListOptions) ([]*sdk.Label, *sdk.Response, error) {
		return c.api().ListOrgLabels(c.owner, sdk.ListOrgLabelsOptions{ListOptions: o})
	})
	if err != nil && !notForUs(err) {
		return nil, err
	}
	return append(own, shared...), nil
}

func (c *call) labels(list func(sdk.ListOptions) ([]*sdk.Label, *sdk.Response, error)) ([]model.Label, error) {
	return walk(func(page int) ([]model.Label, bool, error) {
		came, resp, err := list(sdk.ListOptions{Page: page, PageSize: pageSize})
		if err != nil {
			return nil, false, c.fail(err)
		}
		rows, err := c.asLabels(came)
		return rows, pageFacts[model.Label](resp, page, len(came)).More, err
	}, func(l model.Label) int64 { return l.ID })
}

func (c *call) asLabels(list []*sdk.Label) ([]model.Label, error) {
	if list == nil { // null; an empty list is []
		return nil, c.nonsense("no list of labels")
	}
	out := make([]model.Label, 0, len(list))
	for _, w := range list {
		l, ok := label(w)
		if !ok {
			return nil, c.nonsense("a list of labels with something else in it")
		}
		out = append(out, l)
	}
	return out, nil
}

// plainColor is for a label that asks for none; forges insist on one.
const plainColor = "8a8f98"

// CreateLabels implements forge.Forge. Forges let labels of one name exist side
// by side, so it looks first which are there.
func (f *Forge) CreateLabels(ctx context.Context, repo string, labels []model.Label) error {
	c, err := f.on(ctx, "create labels in", repo)
	if err != nil {
		return err
	}
	if c.token == "" {
		return c.trouble(model.NoToken)
	}
	there, err := f.Labels(ctx, repo)
	if err != nil {
		return err
	}
	for _, l := range labels {
		same := func(o model.Label) bool { return strings.EqualFold(o.Name.Raw(), l.Name.Raw()) }
		if slices.ContainsFunc(there, same) {
			continue
		}
		made, err := c.createLabel(l)
		if err != nil {
			return err
		}
		there = append(there, made)
	}
	return nil
}

func (c *call) createLabel(l model.Label) (model.Label, error) {
	color := strings.TrimPrefix(l.Color, "#")
	if color == "" {
		color = plainColor
	}
	w, _, err := c.api().CreateLabel(c.owner, c.name, sdk.CreateLabelOption{
		Name: l.Name.Raw(), Color: "#" + color, Exclusive: l.Exclusive})
	if err != nil {
		return model.Label{}, c.fail(err)
	}
	made, ok := label(w)
	if !ok || made.Name != l.Name {
		return model.Label{}, c.ignored(l.Name)
	}
	return made, nil
}

// ignored is a yes on which nothing followed; place is what was to be there.
func (c *call) ignored(place model.Line) *model.Problem {
	p := c.trouble(model.Ignored)
	p.Place = place
	return p
}

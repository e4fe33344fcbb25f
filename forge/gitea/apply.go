package gitea

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	sdk "code.gitea.io/sdk/gitea"

	"docket/forge"
	"docket/model"
)

// Apply implements forge.Forge.
func (f *Forge) Apply(ctx context.Context, o forge.Order) (forge.Receipt, error) {
	c, err := f.onTicket(ctx, deed(o.Change), o.Now.Ref)
	if err != nil {
		return forge.Receipt{}, err
	}
	if c.token == "" {
		return forge.Receipt{}, c.trouble(model.NoToken)
	}
	var out forge.Receipt
	switch ch := o.Change.(type) {
	case model.SetGain:
		err = c.setLevel(o.Labels, model.FieldGain, ch.To)
	case model.SetPain:
		err = c.setLevel(o.Labels, model.FieldPain, ch.To)
	case model.Move:
		err = c.moveTo(o.Labels, ch.To)
	case model.Resolve:
		err = c.resolve(o.Labels, ch.To)
	case model.AddLabel:
		err = c.addLabel(o.Labels, ch.Name)
	case model.RemoveLabel:
		err = c.removeLabel(ch.Name)
	case model.Assign:
		err = c.assign(ch.To)
	case model.SetDue:
		err = c.setDue(ch.To.Time)
	case model.SetMilestone:
		err = c.setMilestone(ch.To)
	case model.Close:
		err = c.setState(sdk.StateClosed)
	case model.Reopen:
		err = c.setState(sdk.StateOpen)
	case model.AddComment:
		out.Comment, err = c.comment(ch.Text)
	case model.RemoveComment:
		err = c.deleteComment(ch)
	default:
		err = c.trouble(model.Bug)
	}
	if err != nil {
		return forge.Receipt{}, err
	}
	out.Row, err = c.ticket()
	return out, err
}

func (c *call) setLevel(labels []model.Label, field model.Field, to model.Level) error {
	want := model.Meaning{Field: field, Value: to.String()}
	if to == model.None {
		return c.clearField(want)
	}
	return c.setField(labels, want)
}

// moveTo sets the state's label. The state of a ticket that has none is 'needs
// review'.
func (c *call) moveTo(labels []model.Label, to model.State) error {
	want := model.Meaning{Field: model.FieldState, Value: string(to)}
	if to == model.NeedsReview {
		return c.clearField(want)
	}
	return c.setField(labels, want)
}

func (c *call) resolve(labels []model.Label, to model.Resolution) error {
	want := model.Meaning{Field: model.FieldResolution, Value: string(to)}
	if to == model.Unresolved {
		return c.clearField(want)
	}
	return c.setField(labels, want)
}

// deed says a change in the words of a problem's Op, up to the ticket's name.
func deed(ch model.Change) string {
	switch ch := ch.(type) {
	case model.SetGain:
		return "set gain of"
	case model.SetPain:
		return "set pain of"
	case model.Move:
		return "set state of"
	case model.Resolve:
		return "set resolution of"
	case model.AddLabel:
		return "add label " + ch.Name.String() + " to"
	case model.RemoveLabel:
		return "remove label " + ch.Name.String() + " from"
	case model.Assign:
		return "assign"
	case model.SetDue:
		return "set due date of"
	case model.SetMilestone:
		return "set milestone of"
	case model.Close:
		return "close"
	case model.Reopen:
		return "reopen"
	case model.AddComment:
		return "comment on"
	case model.RemoveComment:
		return "delete a comment of"
	}
	return "change"
}

// failOnTicket is fail for what was asked of the ticket's own. Gitea answers 500
// to whoever reads or writes the comments of a ticket that was deleted, or reads
// its timeline, so after one the ticket is looked for.
func (c *call) failOnTicket(err error) error {
	if err == nil {
		return nil
	}
	problem := c.fail(err)
	if c.last.status != http.StatusInternalServerError {
		return problem
	}
	look, err := c.aside()
	if err != nil {
		return problem
	}
	if _, err := look.ticket(); look.last.status == http.StatusNotFound {
		return err
	}
	return problem
}

func (c *call) edit(o sdk.EditIssueOption) (forge.Row, error) {
	i, _, err := c.api().EditIssue(c.owner, c.name, c.ref.Number, o)
	if err != nil {
		return forge.Row{}, c.failOnTicket(err)
	}
	r, ok := row(c.ref.Repo, i, c.forge.scheme.Read)
	if !ok || r.Ticket.Ref != c.ref {
		return forge.Row{}, c.nonsense("an answer without the ticket")
	}
	return r, nil
}

func (c *call) setState(to sdk.StateType) error {
	r, err := c.edit(sdk.EditIssueOption{State: &to})
	if err == nil && r.Ticket.Open() != (to == sdk.StateOpen) {
		err = c.ignored(model.NewLine(string(to)))
	}
	return err
}

// assign replaces the list, for forges know no other way.
func (c *call) assign(to []model.Line) error {
	logins := make([]string, len(to)) // not nil: an empty list clears, none at all means 'leave it'
	for i, l := range to {
		logins[i] = l.Raw()
	}
	r, err := c.edit(sdk.EditIssueOption{Assignees: logins})
	if err != nil {
		return c.strangers(to, err)
	}
	same := func(a, b model.Line) bool { return strings.EqualFold(a.Raw(), b.Raw()) }
	if !slices.EqualFunc(r.Ticket.Assignees, model.Logins(to...), same) {
		return c.ignored(model.NewLine(cmp.Or(strings.Join(logins, ", "), "nobody")))
	}
	return nil
}

// strangers explains the 500 that comes of assigning somebody whom the forge
// does not know or does not let be assigned: trying again would not help.
func (c *call) strangers(to []model.Line, problem error) error {
	if c.last.status != http.StatusInternalServerError {
		return problem
	}
	people, err := c.forge.People(c.ctx, c.ref.Repo)
	if err != nil {
		return problem
	}
	for _, l := range to {
		known := func(p model.Person) bool { return strings.EqualFold(p.Login.Raw(), l.Raw()) }
		if !slices.ContainsFunc(people, known) {
			p := c.trouble(model.Refused)
			p.Place, p.Detail = l, model.NewLine(l.String()+" can't be assigned here")
			return p
		}
	}
	return problem
}

// setDue sets the day. The forge makes it the last second of that day in the
// zone that was sent, and shows it in its own. Where that is another day, the
// answer tells the forge's offset on that date, and the day is sent in that.
func (c *call) setDue(to time.Time) error {
	if to.IsZero() {
		remove := true
		r, err := c.edit(sdk.EditIssueOption{RemoveDeadline: &remove})
		if err == nil && !r.Ticket.Due.IsZero() {
			err = c.ignored(model.NewLine("no date"))
		}
		return err
	}
	y, m, d := to.UTC().Date()
	zone := time.UTC
	for range 2 {
		day := time.Date(y, m, d, 12, 0, 0, 0, zone)
		i, _, err := c.api().EditIssue(c.owner, c.name, c.ref.Number, sdk.EditIssueOption{Deadline: &day})
		if err != nil {
			return c.failOnTicket(err)
		}
		if i.Index != c.ref.Number {
			return c.nonsense("an answer without the ticket")
		}
		if i.Deadline == nil {
			break
		}
		if i.Deadline.Format(time.DateOnly) == day.Format(time.DateOnly) {
			return nil
		}
		_, sent := day.Zone()
		if _, theirs := i.Deadline.Zone(); theirs == sent {
			break // not another zone's day: somebody set another one meanwhile
		}
		zone = i.Deadline.Location()
	}
	return c.ignored(model.NewLine(to.UTC().Format(time.DateOnly)))
}

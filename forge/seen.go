package forge

import (
	"context"
	"slices"
	"strings"
	"time"

	"docket/model"
)

// Forges reject no write that is based on an old value, nor tell two comments
// from one that was sent twice. But they number what happens to a ticket. So
// the sender notes how far it knew the history before it sent a change, and
// looks afterwards at what came behind that.

// contested reports whether two people can give a field different values.
func contested(c model.Change) bool {
	switch c.(type) {
	case model.SetGain, model.SetPain, model.Move, model.Resolve, model.Assign, model.SetDue, model.SetMilestone:
		return true
	}
	return false
}

// clockSlack is what may be wrong about the difference between the forge's
// clock and ours. Only entries of a docket that took no note depend on it.
const clockSlack = 2 * time.Minute

// look returns how far a ticket's history goes. What happens between this and
// reading the ticket is seen twice, so nothing falls between.
//
// Only what others can contest needs it, and a comment that was never sent: the
// place where one began to be looked for must not move.
func (d *Desk) look(ctx context.Context, e model.Entry) (model.Seen, error) {
	_, comment := e.Edit.Change.(model.AddComment)
	if !contested(e.Edit.Change) && (!comment || e.Tries > 0) {
		return e.Theirs.Seen, nil
	}
	d.mu.Lock()
	from := d.picture.confirmed[e.Edit.Ref].Updated
	d.mu.Unlock()
	if from.IsZero() {
		from = time.Unix(1, 0).UTC()
	}
	events, err := d.forge.History(ctx, e.Edit.Ref, from)
	seen := model.Seen{At: from}
	if n := len(events); n > 0 {
		seen.ID = events[n-1].ID
	}
	return seen, err
}

// since returns what happened to an entry's field after it was looked at, and
// which of that is the person's own doing.
func (d *Desk) since(ctx context.Context, e model.Entry) (events []Event, own func(Event) bool, err error) {
	seen := e.Theirs.Seen
	if seen.At.IsZero() {
		seen.At = e.Tried.Add(min(0, d.ahead())).Add(-clockSlack)
	}
	events, err = d.forge.History(ctx, e.Edit.Ref, seen.At)
	if err != nil {
		return nil, nil, err
	}
	field := e.Edit.Change.Field()
	events = slices.DeleteFunc(events, func(o Event) bool {
		return o.ID <= seen.ID || o.Field != field || o.At.Before(seen.At.Truncate(time.Second))
	})
	return events, func(o Event) bool { return o.By.Login == e.By }, nil
}

// plainText is a comment without what forges, or the way there, may change
// about it.
func plainText(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(string([]rune(s)), "\r\n", "\n"))
}

// passedBy tells a change that the forge ignored from one that somebody changed
// again before it answered: the history has that one. It returns the ticket as
// the forge has it then, or the problem.
func (d *Desk) passedBy(ctx context.Context, e model.Entry, problem error) (Row, error) {
	if kindOf(problem) != model.Ignored || !contested(e.Edit.Change) {
		return Row{}, problem
	}
	events, own, err := d.since(ctx, e)
	if err != nil {
		return Row{}, err
	}
	if !slices.ContainsFunc(events, own) {
		return Row{}, problem
	}
	return d.forge.Ticket(ctx, e.Edit.Ref)
}

// yieldAtMost bounds how often something is put back while others go on
// changing the same field.
const yieldAtMost = 4

// yield looks whether somebody else changed the field between our look at the
// ticket and our write. They were first: what they set is put back, and the
// person is asked. It returns the ticket as the forge has it then.
func (d *Desk) yield(ctx context.Context, e *model.Entry, o Order, row Row) (Row, error) {
	change := e.Edit.Change
	undo, ok := change.Inverse()
	if !ok || !contested(change) {
		return row, nil
	}
	for range yieldAtMost {
		events, own, err := d.since(ctx, *e)
		if err != nil {
			return Row{}, err
		}
		now, there, theirs, crossed := retrace(undo.Apply(row.Ticket), events, own)
		if !crossed || !change.Clashes(there) {
			return row, nil // whoever came after us knew what we had set
		}
		_, theirs.Value = change.Value(there)
		if _, is := change.Value(now); is == theirs.Value {
			if row, err = d.forge.Ticket(ctx, e.Edit.Ref); err != nil {
				return Row{}, err
			}
			return row, d.clash(ctx, e, row, theirs)
		}
		o.Now = row.Ticket
		o.Change, _ = change.Onto(there).Inverse()
		receipt, err := d.forge.Apply(ctx, o)
		if err != nil {
			return Row{}, err // tried again: the entry finds its own value there, and yields
		}
		row = receipt.Row
	}
	return Row{}, &model.Problem{Op: "send a change to " + e.Edit.Ref.String(), Kind: model.Struggling,
		Detail: model.NewLine("others change it all the time")}
}

// retrace follows what happened to a ticket as we saw it: now is how it is after
// all of that, there how the others left it, theirs who of them was last, and
// crossed whether we set something after one of them did.
func retrace(was model.Ticket, events []Event, own func(Event) bool) (now, there model.Ticket, theirs model.Theirs, crossed bool) {
	now, there = was, was
	for _, ev := range events {
		now = after(now, ev)
		if own(ev) {
			crossed = crossed || theirs != model.Theirs{}
			continue
		}
		there, theirs = after(there, ev), model.Theirs{By: ev.By, At: ev.At}
	}
	return now, there, theirs, crossed
}

// credit finds out who of the others set what we put back.
func (d *Desk) credit(ctx context.Context, e model.Entry, theirs *model.Theirs) error {
	events, err := d.forge.History(ctx, e.Edit.Ref, time.Time{})
	for _, ev := range events {
		if ev.Field == e.Edit.Change.Field() && ev.Came == theirs.Value && ev.By.Login != e.By {
			theirs.By, theirs.At = ev.By, ev.At
		}
	}
	return err
}

// after returns a ticket as somebody's change of a contested field left it.
func after(t model.Ticket, ev Event) model.Ticket {
	went, came := ev.Went != "", ev.Came != ""
	switch ev.Field {
	case model.FieldGain:
		t.Gain = levelAfter(t.Gain, ev)
	case model.FieldPain:
		t.Pain = levelAfter(t.Pain, ev)
	case model.FieldState:
		if went && string(t.State) == ev.Went {
			t.State = model.NeedsReview
		}
		if came {
			t.State = model.State(ev.Came)
		}
	case model.FieldResolution:
		if went && string(t.ClosedAs) == ev.Went {
			t.ClosedAs = model.Unresolved
		}
		if came {
			t.ClosedAs = model.Resolution(ev.Came)
		}
	case model.FieldDue:
		if went {
			t.Due = time.Time{}
		}
		if day, err := time.Parse(time.DateOnly, ev.Came); err == nil {
			t.Due = day
		}
	case model.FieldMilestone:
		t.Milestone = model.Milestone{Title: model.NewLine(ev.Came)} // without its number: histories tell none
	case model.FieldAssignees:
		t.Assignees = slices.DeleteFunc(slices.Clone(t.Assignees), func(l model.Line) bool { return went && l.Raw() == ev.Went })
		if came {
			t.Assignees = model.Logins(append(t.Assignees, model.NewLine(ev.Came))...)
		}
	}
	return t
}

func levelAfter(was model.Level, ev Event) model.Level {
	for _, l := range model.Levels {
		if ev.Came == l.String() {
			return l
		}
	}
	if ev.Went == was.String() {
		return model.None
	}
	return was
}

package forge

import (
	"context"
	"slices"

	"docket/model"
)

// lookForComment looks on the forge for the comment that an entry is about when
// only the comments themselves can tell whether it is there: one to be written
// whose answer was lost, or one to be deleted whose number is not known. It
// reports whether the forge is as the entry wants it already.
func (d *Desk) lookForComment(ctx context.Context, e *model.Entry) (done bool, err error) {
	switch c := e.Edit.Change.(type) {
	case model.AddComment:
		if e.Tries > 0 {
			e.Comment, err = d.commented(ctx, *e, c.Text)
		}
		return e.Comment != 0, err
	case model.RemoveComment:
		if c.ID != 0 {
			return false, nil
		}
		id := d.commentOf(*e)
		if id == 0 {
			if id, err = d.commented(ctx, *e, c.Text); err != nil || id == 0 {
				return err == nil, err // it never arrived
			}
		}
		return false, d.learnComment(e, model.RemoveComment{ID: id, Text: c.Text})
	}
	return false, nil
}

// learnComment puts into an entry which comment it deletes. It is on disk
// before anything is sent: see begin.
func (d *Desk) learnComment(e *model.Entry, c model.Change) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	now, ok := d.picture.entry(e.ID)
	if !ok || !alike(now, *e) {
		return errChanged
	}
	now.Edit.Change, e.Edit.Change = c, c
	d.picture.enter(now)
	return nil
}

// commentOf returns the number of the comment that an entry, or what it stands
// for, has written; 0 if nobody knows.
func (d *Desk) commentOf(e model.Entry) int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, o := range d.picture.origins(e) {
		if _, ok := o.Edit.Change.(model.AddComment); ok {
			return o.Comment
		}
	}
	return 0
}

// origins returns what an entry reverses or makes again, what that does, and
// so on, as far as it is remembered.
func (p *picture) origins(e model.Entry) (out []model.Entry) {
	for e.Of != 0 {
		if i, ok := place(p.past, e.Of); ok {
			e = p.past[i]
		} else if i, ok := p.place(e.Of); ok {
			e = p.outbox[i]
		} else {
			break
		}
		out = append(out, e)
	}
	return out
}

// commented returns the number of a comment that may have arrived when its
// entry was last tried: by us, with the same text, later than what was known of
// the ticket's history before, and not known to be another's. 0: there is none.
func (d *Desk) commented(ctx context.Context, e model.Entry, text string) (int64, error) {
	events, own, err := d.since(ctx, e)
	if err != nil {
		return 0, err
	}
	others := d.commentsOfOthers(e)
	for _, o := range events {
		if own(o) && plainText(o.Came) == plainText(text) && !slices.Contains(others, o.ID) {
			return o.ID, nil
		}
	}
	return 0, nil
}

// standing returns comments without those that this person has deleted by now:
// the page that brings them may have been on its way since before. inStep is
// held.
func (d *Desk) standing(comments []model.Comment) []model.Comment {
	d.mu.Lock()
	defer d.mu.Unlock()
	deleted := map[int64]bool{}
	for _, e := range d.picture.past {
		if c, ok := e.Edit.Change.(model.RemoveComment); ok && e.Status == model.Sent {
			deleted[c.ID] = true
		}
	}
	if len(deleted) == 0 {
		return comments
	}
	return slices.DeleteFunc(slices.Clone(comments), func(c model.Comment) bool { return deleted[c.ID] })
}

// commentsOfOthers returns the numbers of the comments in an entry's repository
// that others are known to have written which it has nothing to do with.
func (d *Desk) commentsOfOthers(e model.Entry) (ids []int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	own := d.picture.origins(e)
	for _, o := range d.picture.past {
		mine := slices.ContainsFunc(own, func(m model.Entry) bool { return m.ID == o.ID })
		if o.Comment != 0 && o.Edit.Ref.Repo == e.Edit.Ref.Repo && !mine {
			ids = append(ids, o.Comment)
		}
	}
	return ids
}

package forge

import (
	"slices"
	"strings"

	"docket/model"
)

// A repository that was renamed or transferred keeps its tickets' numbers. What
// waits for it under its old name goes on to the new one as soon as a person
// has opened a board with that.

// shown returns the name under which the board shows a repository, if it does.
func (d *Desk) shown(repo model.Line) (name string, ok bool) {
	i := slices.IndexFunc(d.repos, func(name string) bool { return strings.EqualFold(name, repo.Raw()) })
	if i < 0 {
		return "", false
	}
	return d.repos[i], true
}

// readdress has everything that waits for the repository of an entry, of which
// the forge said that it is elsewhere now, go there. It reports whether the
// board shows that place; otherwise it does nothing.
//
// What another hand is about to send stays: it is told the same.
func (d *Desk) readdress(e model.Entry, place model.Line) bool {
	from := e.Edit.Ref
	to, ok := d.shown(place)
	if !ok || to == from.Repo {
		return false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, o := range d.picture.outbox {
		ref := o.Edit.Ref
		switch {
		case ref.Repo != from.Repo, ref != from && d.dispatch.busy[ref] != 0:
			continue
		case o.Status == model.Sending && o.ID != e.ID: // by somebody else's docket
			continue
		case o.Problem != nil && o.Problem.Kind == model.NewerStore: // it is not understood here
			continue
		case o.Status == model.Sending:
			o.Status = model.Pending // nothing was written at the old place
		}
		if o.Problem != nil && o.Problem.Kind == model.Moved {
			o.Problem = nil
		}
		o.Edit.Ref.Repo = to
		d.rewrite(o)
	}
	d.log.Info("readdressed", "from", from.Repo, "to", to)
	d.publish()
	return true
}

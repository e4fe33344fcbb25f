package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

// wornMsg tells which labels the marked tickets have, and which their
// repositories know.
type wornMsg struct {
	to     *labelling
	worn   *worn
	labels []model.Label
	known  bool // at least one repository's are
}

// editLabelsOfMany chooses labels for the marked tickets, once it is counted
// how many have each.
func (a *App) editLabelsOfMany() tea.Cmd {
	d := &labelling{}
	d.picker = newPicker(d.title(a), nil)
	d.waits = "counting who has which" + a.theme.ellipsis
	a.open(d)
	board, set, repos := a.snap.Board, a.columns.marks.set, a.snap.Repos
	work := func() wornMsg {
		msg, cards, in := wornMsg{to: d}, make([]*model.Card, 0, set.Len()), map[string]bool{}
		for _, ref := range set.All() {
			if card, _, _, ok := board.Find(ref); ok {
				cards, in[ref.Repo] = append(cards, card), true
			}
		}
		for _, r := range repos {
			if in[r.Name] {
				msg.labels, msg.known = append(msg.labels, r.Labels...), msg.known || r.Labels != nil
			}
		}
		msg.worn = wornBy(cards...)
		return msg
	}
	if set.Len() <= atOnce {
		return a.takeWorn(work())
	}
	return func() tea.Msg { return work() }
}

// takeWorn fills the list; what was typed meanwhile stays.
func (a *App) takeWorn(msg wornMsg) tea.Cmd {
	d := msg.to
	if !slices.Contains(a.dialogs, dialog(d)) {
		return nil
	}
	typed := d.input
	switch {
	case !msg.known:
		a.drop(d)
		return a.tell("The labels of these repositories are not known yet: connect to the forge first")
	case !d.offer(a, msg.labels, msg.worn):
		a.drop(d)
		return a.tell("The repositories of these tickets have no labels")
	}
	d.input = typed
	return nil
}

// takeMany plans what is marked for all the tickets.
func (d *labelling) takeMany(a *App) tea.Cmd {
	var asked []choice
	for _, c := range d.choices {
		if c.changed() {
			asked = append(asked, c)
		}
	}
	what, parts := "Labels", d.parts()
	if all := strings.Join(parts, ", "); len(all) <= 40 { // the numbers after it must be read
		what += " " + all
	} else {
		what = count(len(parts), "label", "labels")
	}
	labels := map[string][]model.Label{}
	for _, r := range a.snap.Repos {
		labels[r.Name] = r.Labels
	}
	return a.plan(intent{what: what, needs: mayTriage, deed: func(c *model.Card) ([]model.Change, string) {
		for _, o := range asked {
			if why := unfit(c, o, labels[c.Ref.Repo]); why != "" {
				return nil, why
			}
		}
		changes := relabel(c.Ticket, asked)
		if len(changes) == 0 {
			return nil, "its labels are so already"
		}
		return changes, ""
	}})
}

// unfit says why a label can't be put on a ticket; empty when it can, has been,
// or is to come off.
func unfit(c *model.Card, o choice, labels []model.Label) string {
	is := func(l model.Label) bool { return l.Name == o.label }
	switch f := o.meaning.Field; {
	case o.on != onAll || o.wornBy(c.Ticket):
	case f == model.FieldState && !c.Open():
		return "it is closed: reopen it first"
	case f == model.FieldResolution && c.Open():
		return "it is open: close it first"
	case f != "":
	case labels == nil:
		return "the labels of " + c.Ref.Repo + " are not known yet"
	case !slices.ContainsFunc(labels, is):
		return c.Ref.Repo + " has no label " + o.label.String()
	case !slices.ContainsFunc(labels, func(l model.Label) bool { return is(l) && !l.Archived }):
		return "the label " + o.label.String() + " is archived in " + c.Ref.Repo
	}
	return ""
}

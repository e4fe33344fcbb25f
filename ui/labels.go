package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// labelling chooses several labels of a ticket, or of all marked ones: what is marked is added and
// removed as one action. Labels that the workflow gives a meaning are shown as,
// and change, what they mean.
type labelling struct {
	*picker
	ref     model.Ref // zero: the marked tickets
	choices []choice  // by the picker's items
	touched bool      // something was marked or unmarked: what is marked now is what is wanted
}

func (*labelling) scope() keymap.Scope { return keymap.Several }

func (a *App) editLabels() tea.Cmd {
	card, why := a.target(mayTriage)
	if card == nil {
		return why
	}
	labels := a.snap.Repo(card.Ref.Repo).Labels
	if labels == nil {
		return a.tell("The labels of " + card.Ref.Repo + " are not known yet: connect to the forge first")
	}
	d := &labelling{ref: card.Ref}
	if !d.offer(a, labels, wornBy(card)) {
		return a.tell(card.Ref.Repo + " has no labels")
	}
	a.open(d)
	return nil
}

// title says whose labels these are.
func (d *labelling) title(a *App) string {
	if d.ref == (model.Ref{}) {
		return "Labels of " + a.marked()
	}
	return "Labels of " + a.ticketName(d.ref)
}

// offer fills the list, with what the tickets wear first; false when there is
// nothing to choose.
func (d *labelling) offer(a *App, labels []model.Label, w *worn) bool {
	d.choices = append(plainChoices(a.Workflow.Scheme, labels, w), fieldChoices(a.Workflow.Scheme, labels, w)...)
	items := make([]item, len(d.choices))
	for i, c := range d.choices {
		items[i] = item{name: c.label.String(), at: i, now: c.on == onAll, some: c.on == onSome}
		var about []string
		if c.meaning.Field != "" {
			items[i].name = sentence(string(c.meaning.Field)) + " " + c.meaning.Value
			if l, ok := a.Workflow.Scheme.Pick(labels, c.meaning); ok {
				about = append(about, l.Name.String())
			}
		}
		if d.ref == (model.Ref{}) && c.n > 0 {
			about = append(about, fmt.Sprintf("on %s of %s", thousands(c.n), thousands(w.all)))
		}
		items[i].about = strings.Join(about, ", ")
	}
	d.picker = newPicker(d.title(a), items)
	d.at, d.picker.foot = 0, d.foot
	return len(items) > 0
}

func (d *labelling) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	switch id {
	case keymap.Toggle:
		if d.toggle() {
			d.input.SetValue("")
			d.touched = true
		}
		return nil, true
	case keymap.Accept:
		if !d.touched && !d.toggle() { // who marks nothing means the chosen one
			return nil, true
		}
		a.leave()
		if !d.marked() {
			return a.tell("Nothing was changed"), true
		}
		if d.ref == (model.Ref{}) {
			return d.takeMany(a), true
		}
		return d.take(a), true
	}
	return d.picker.do(a, id)
}

// toggle marks or unmarks the chosen entry, and unmarks those that it excludes,
// until it is unmarked itself; false when there is none.
func (d *labelling) toggle() bool {
	match := d.matching()
	if len(match) == 0 {
		return false
	}
	at := match[min(d.at, len(match)-1)].at
	c := &d.choices[at]
	c.on, c.gave = c.next(), false
	for i := range d.choices {
		o := &d.choices[i]
		switch {
		case i == at || c.group == "" || o.group != c.group:
		case c.on == onAll && o.on != onNone:
			o.on, o.gave = onNone, true
		case c.on != onAll && o.gave:
			o.on, o.gave = o.had, false
		}
		d.items[i].now, d.items[i].some = o.on == onAll, o.on == onSome
	}
	d.at = at // where it is once nothing is typed
	return true
}

// marked reports whether anything is to be changed.
func (d *labelling) marked() bool {
	return slices.ContainsFunc(d.choices, choice.changed)
}

// take hands what is marked to the desk, on top of what the ticket has now.
func (d *labelling) take(a *App) tea.Cmd {
	card, _, _, ok := a.snap.Board.Find(d.ref)
	if !ok {
		return a.tell("That ticket is no longer on the board")
	}
	changes := relabel(card.Ticket, d.choices)
	if len(changes) == 0 {
		return a.tell("It has these labels already")
	}
	return a.submit(d.ref, changes...)
}

// relabel returns the changes that make a ticket as it was marked. What comes off
// comes first: so taking it back puts on what excludes others last.
func relabel(t model.Ticket, choices []choice) (out []model.Change) {
	fields := map[model.Field]string{} // that are different, with the value wanted
	for _, c := range choices {
		f, worn := c.meaning.Field, c.wornBy(t)
		switch {
		case !c.changed():
		case f == "" && c.on == onNone && worn:
			out = slices.Insert(out, 0, model.Change(model.RemoveLabel{Name: c.label}))
		case f == "" && c.on == onAll && !worn:
			out = append(out, model.AddLabel{Name: c.label})
		case f != "" && c.on == onAll:
			fields[f] = c.meaning.Value
		case f != "" && worn && fields[f] == "":
			fields[f] = ""
		}
	}
	for _, f := range []model.Field{model.FieldGain, model.FieldPain, model.FieldState, model.FieldResolution} {
		if value, ok := fields[f]; ok {
			if c := setField(t, f, value); c.Validate() == nil {
				out = append(out, c)
			}
		}
	}
	return out
}

// setField is the change that gives a field a value; an empty one clears it.
func setField(t model.Ticket, f model.Field, value string) model.Change {
	level, _ := model.ParseLevel(value)
	switch f {
	case model.FieldGain:
		return model.SetGain{From: t.Gain, To: level}
	case model.FieldPain:
		return model.SetPain{From: t.Pain, To: level}
	case model.FieldResolution:
		return model.Resolve{From: t.ClosedAs, To: model.Resolution(value)}
	}
	if value == "" {
		value = string(model.NeedsReview)
	}
	return model.Move{From: t.State, To: model.State(value)}
}

// foot tells what is marked.
func (d *labelling) foot(a *App, in int) string {
	th := a.theme
	parts := d.parts()
	if len(parts) == 0 {
		several := a.key(keymap.Toggle) + " marks several."
		return th.muted.of(th.fitting(in, "Nothing is marked yet: "+several, sentence(several)))
	}
	if th.words {
		for i, part := range parts {
			parts[i] = map[byte]string{'+': "add ", '-': "take off "}[part[0]] + part[1:]
		}
		return sentence(strings.Join(parts, "; "))
	}
	return th.accent.of(th.cut(strings.Join(parts, "  "), in))
}

// parts are what is to be added and removed.
func (d *labelling) parts() (parts []string) {
	for i, c := range d.choices {
		switch {
		case !c.changed():
		case c.on == onAll:
			parts = append(parts, "+"+d.items[i].name)
		default:
			parts = append(parts, "-"+d.items[i].name)
		}
	}
	return parts
}

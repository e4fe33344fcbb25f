package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// choice is a label that can be marked: a plain one, or the value of a field
// that labels stand for.
type choice struct {
	label   model.Line    // a plain one
	meaning model.Meaning // of the others
	group   string        // of which a ticket has one at most; empty: none
	had, on bool
}

// labelling chooses several labels of a ticket: what is marked is added and
// removed as one action. Labels that the workflow gives a meaning are shown as,
// and change, what they mean.
type labelling struct {
	*picker
	ref     model.Ref
	choices []choice // by the picker's items
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
	d := &labelling{ref: card.Ref, choices: append(plainChoices(a.Workflow.Scheme, labels, card), fieldChoices(a.Workflow.Scheme, labels, card)...)}
	if len(d.choices) == 0 {
		return a.tell(card.Ref.Repo + " has no labels")
	}
	items := make([]item, len(d.choices))
	for i, c := range d.choices {
		items[i] = item{name: c.label.String(), at: i, now: c.on}
		if c.meaning.Field != "" {
			items[i].name = sentence(string(c.meaning.Field)) + " " + c.meaning.Value
			if l, ok := a.Workflow.Scheme.Pick(labels, c.meaning); ok {
				items[i].about = l.Name.String()
			}
		}
	}
	d.picker = newPicker(fmt.Sprintf("Labels of #%d", card.Ref.Number), items)
	d.at, d.picker.foot = 0, d.foot
	a.open(d)
	return nil
}

// plainChoices are the labels without a meaning that are on a ticket, and then
// those that can be put on it, each once.
func plainChoices(s model.Scheme, labels []model.Label, card *model.Card) (out []choice) {
	add := func(l model.Label, on bool) {
		if m, ok := s.Read(l.Name.Raw()); ok && m.Field != model.FieldType {
			return
		}
		if slices.ContainsFunc(out, func(c choice) bool { return c.label == l.Name }) {
			return
		}
		group := ""
		if i := strings.LastIndex(l.Name.Raw(), "/"); l.Exclusive && i > 0 {
			group = l.Name.Raw()[:i+1]
		}
		out = append(out, choice{label: l.Name, group: group, had: on, on: on})
	}
	for _, l := range labels {
		if on := slices.Contains(card.Labels, l.Name); on || !l.Archived {
			add(l, on)
		}
	}
	for _, name := range card.Labels { // the organisation's, where the token may not list them
		add(model.Label{Name: name}, true)
	}
	slices.SortStableFunc(out, func(a, b choice) int {
		switch {
		case a.on == b.on:
			return 0
		case a.on:
			return -1
		}
		return 1
	})
	return out
}

// fieldChoices are the values that labels of the repository stand for.
func fieldChoices(s model.Scheme, labels []model.Label, card *model.Card) (out []choice) {
	add := func(f model.Field, value string, on bool) {
		m := model.Meaning{Field: f, Value: value}
		if _, ok := s.Pick(labels, m); ok || on {
			out = append(out, choice{meaning: m, group: string(f), had: on, on: on})
		}
	}
	for _, l := range model.Levels[:3] {
		add(model.FieldGain, l.String(), card.Gain == l)
	}
	for _, l := range model.Levels[:3] {
		add(model.FieldPain, l.String(), card.Pain == l)
	}
	if card.Open() { // to open a ticket is another action
		for _, st := range []model.State{model.Urgent, model.OnAssignee, model.OnReporter, model.OnExternal, model.NextMeeting} {
			add(model.FieldState, string(st), card.State == st)
		}
		return out
	}
	for _, r := range model.Resolutions { // and so is to close one
		add(model.FieldResolution, string(r), card.ClosedAs == r)
	}
	return out
}

func (d *labelling) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	switch id {
	case keymap.Toggle:
		if d.toggle() {
			d.input.SetValue("")
		}
		return nil, true
	case keymap.Accept:
		if !d.marked() && !d.toggle() {
			return nil, true
		}
		a.leave()
		return d.take(a), true
	}
	return d.picker.do(a, id)
}

// toggle marks or unmarks the chosen entry, and unmarks those that it excludes;
// false when there is none.
func (d *labelling) toggle() bool {
	match := d.matching()
	if len(match) == 0 {
		return false
	}
	at := match[min(d.at, len(match)-1)].at
	c := &d.choices[at]
	c.on = !c.on
	for i := range d.choices {
		if o := &d.choices[i]; i != at && c.on && c.group != "" && o.group == c.group {
			o.on = false
		}
		d.items[i].now = d.choices[i].on
	}
	d.at = at // where it is once nothing is typed
	return true
}

// marked reports whether anything is to be changed.
func (d *labelling) marked() bool {
	return slices.ContainsFunc(d.choices, func(c choice) bool { return c.on != c.had })
}

// take hands what is marked to the desk, on top of what the ticket has now.
func (d *labelling) take(a *App) tea.Cmd {
	card, _, _, ok := a.snap.Board.Find(d.ref)
	if !ok {
		return a.tell("That ticket is no longer on the board")
	}
	changes := d.changes(card.Ticket)
	if len(changes) == 0 {
		return a.tell("It has these labels already")
	}
	return a.submit(d.ref, changes...)
}

// changes are what makes a ticket as it is marked. What comes off comes first:
// so taking it back puts on what excludes others last.
func (d *labelling) changes(t model.Ticket) (out []model.Change) {
	fields := map[model.Field]string{} // that are different, with the value wanted
	for _, c := range d.choices {
		switch f := c.meaning.Field; {
		case c.on == c.had:
		case f == "" && !c.on && slices.Contains(t.Labels, c.label):
			out = slices.Insert(out, 0, model.Change(model.RemoveLabel{Name: c.label}))
		case f == "" && c.on && !slices.Contains(t.Labels, c.label):
			out = append(out, model.AddLabel{Name: c.label})
		case f != "" && (c.on || fields[f] == ""):
			fields[f] = ""
			if c.on {
				fields[f] = c.meaning.Value
			}
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
	var parts []string
	for i, c := range d.choices {
		switch {
		case c.on && !c.had:
			parts = append(parts, "+"+d.items[i].name)
		case !c.on && c.had:
			parts = append(parts, "-"+d.items[i].name)
		}
	}
	if len(parts) == 0 {
		return th.muted.of(th.cut("Nothing is marked yet: "+a.key(keymap.Toggle)+" marks several.", in))
	}
	return th.accent.of(th.cut(strings.Join(parts, "  "), in))
}

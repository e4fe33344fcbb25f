package ui

import (
	"cmp"
	"slices"
	"strings"

	"docket/model"
)

// choice is a label that can be marked: a plain one, or the value of a field
// that labels stand for.
type choice struct {
	label   model.Line    // a plain one
	meaning model.Meaning // of the others
	group   string        // of which a ticket has one at most; empty: none
	n       int           // how many of the tickets have it
	had, on extent
	gave    bool // it made way for another of its group
}

// extent tells which of the tickets have a label.
type extent int

const (
	onNone extent = iota
	onSome        // of several tickets
	onAll
)

// changed reports whether the label is to be added or removed.
func (c choice) changed() bool { return c.on != c.had }

// next is what a label becomes by its key: what some have is for all, then for
// none, then left as it was.
func (c choice) next() extent {
	switch {
	case c.on == onSome:
		return onAll
	case c.on == onAll:
		return onNone
	case c.had == onSome:
		return onSome
	}
	return onAll
}

// wornBy reports whether a ticket has the label.
func (c choice) wornBy(t model.Ticket) bool {
	if c.meaning.Field == "" {
		return slices.Contains(t.Labels, c.label)
	}
	return slices.Contains(meanings(t), c.meaning)
}

// meanings are the fields of a ticket that labels stand for.
func meanings(t model.Ticket) []model.Meaning {
	all := []model.Meaning{{Field: model.FieldGain, Value: t.Gain.String()}, {Field: model.FieldPain, Value: t.Pain.String()}}
	if t.Open() {
		return append(all, model.Meaning{Field: model.FieldState, Value: string(t.State)})
	}
	return append(all, model.Meaning{Field: model.FieldResolution, Value: string(t.ClosedAs)})
}

// worn counts which labels tickets have.
type worn struct {
	all, open int
	labels    map[model.Line]int
	meanings  map[model.Meaning]int
}

func wornBy(cards ...*model.Card) *worn {
	w := &worn{all: len(cards), labels: map[model.Line]int{}, meanings: map[model.Meaning]int{}}
	for _, c := range cards {
		if c.Open() {
			w.open++
		}
		for _, l := range c.Labels {
			w.labels[l]++
		}
		for _, m := range meanings(c.Ticket) {
			w.meanings[m]++
		}
	}
	return w
}

// choice makes a choice that n of the tickets have.
func (w *worn) choice(c choice, n int) choice {
	c.n = n
	switch {
	case n == 0:
	case n < w.all:
		c.had = onSome
	default:
		c.had = onAll
	}
	c.on = c.had
	return c
}

// plainChoices are the labels without a meaning that are on tickets, and then
// those that can be put on them, each once.
func plainChoices(s model.Scheme, labels []model.Label, w *worn) (out []choice) {
	listed := map[model.Line]bool{}
	add := func(l model.Label) {
		if m, ok := s.Read(l.Name.Raw()); ok && m.Field != model.FieldType || listed[l.Name] {
			return
		}
		listed[l.Name] = true
		group := ""
		if i := strings.LastIndex(l.Name.Raw(), "/"); l.Exclusive && i > 0 {
			group = l.Name.Raw()[:i+1]
		}
		out = append(out, w.choice(choice{label: l.Name, group: group}, w.labels[l.Name]))
	}
	for _, l := range labels {
		if w.labels[l.Name] > 0 || !l.Archived {
			add(l)
		}
	}
	var rest []model.Line // the organisation's, where the token may not list them
	for name := range w.labels {
		if !listed[name] {
			rest = append(rest, name)
		}
	}
	slices.SortFunc(rest, func(a, b model.Line) int { return cmp.Compare(a.Raw(), b.Raw()) })
	for _, name := range rest {
		add(model.Label{Name: name})
	}
	slices.SortStableFunc(out, func(a, b choice) int { return cmp.Compare(b.n, a.n) })
	return out
}

// fieldChoices are the values that labels of the repositories stand for.
func fieldChoices(s model.Scheme, labels []model.Label, w *worn) (out []choice) {
	add := func(f model.Field, value string) {
		m := model.Meaning{Field: f, Value: value}
		if _, ok := s.Pick(labels, m); ok || w.meanings[m] > 0 {
			out = append(out, w.choice(choice{meaning: m, group: string(f)}, w.meanings[m]))
		}
	}
	for _, f := range []model.Field{model.FieldGain, model.FieldPain} {
		for _, l := range model.Levels[:3] {
			add(f, l.String())
		}
	}
	if w.open > 0 { // to open a ticket is another action
		for _, st := range []model.State{model.Urgent, model.OnAssignee, model.OnReporter, model.OnExternal, model.NextMeeting} {
			add(model.FieldState, string(st))
		}
	}
	if w.open < w.all { // and so is to close one
		for _, r := range model.Resolutions {
			add(model.FieldResolution, string(r))
		}
	}
	return out
}

package model

import "slices"

// Field names the part of a ticket that a change touches or a label stands for.
type Field string

// The fields.
const (
	FieldGain       Field = "gain"
	FieldPain       Field = "pain"
	FieldState      Field = "state"
	FieldResolution Field = "closed as"
	FieldType       Field = "type"
	FieldAssignees  Field = "assignees"
	FieldDue        Field = "due"
	FieldMilestone  Field = "milestone"
	FieldOpen       Field = "open"
	FieldLabel      Field = "label"
	FieldComment    Field = "comment"

	// What only others, or the forge, change: fields of an Event.
	FieldTitle   Field = "title"
	FieldMention Field = "mention"
	FieldLock    Field = "lock"
	FieldPin     Field = "pin"
	FieldNeeds   Field = "needs" // another ticket that blocks it
)

// Meaning is what a label stands for: a field and its value (a Level's, a
// State's or a Resolution's name; dev or ops for the type).
type Meaning struct {
	Field Field
	Value string
}

// Scheme tells what labels mean. The zero value recognises the names that
// forges of such teams are known to use, without configuration; Own adds to
// and overrides that, and the zero Meaning takes a label's meaning away.
type Scheme struct {
	Own map[string]Meaning // by label name, compared as words
}

// Label is a label of a repository, or of the organisation that owns it.
type Label struct {
	ID        int64
	Name      Line
	Color     string // six hexadecimal digits, without #
	Exclusive bool
	Archived  bool
}

// Default returns the label that Docket offers to create for a meaning: an
// exclusive scoped one, such as gain/high.
func (m Meaning) Default() Label {
	color := map[Field]string{FieldGain: "2f8f6b", FieldPain: "b5651d", FieldState: "4a6fa5", FieldResolution: "6b7280"}[m.Field]
	if m.Field == FieldType {
		return Label{Name: NewLine(m.Value), Color: "8a8f98"}
	}
	return Label{Name: NewLine(string(m.Field) + "/" + m.Value), Color: color, Exclusive: true}
}

// Pick returns the label of a repository to set for a meaning: never an
// archived one; an exclusive one rather than a plain one; of these one that the
// configuration names, or else the one whose name says most of it (pain/low
// rather than points/1, waiting on assignee rather than in progress); and of
// equals the first in the forge's order.
func (s Scheme) Pick(labels []Label, m Meaning) (Label, bool) {
	best, found, most := Label{}, false, 0
	for _, l := range labels {
		if l.Archived {
			continue
		}
		if got, ok := s.Read(l.Name.Raw()); !ok || got != m {
			continue
		}
		if fits := s.fits(l, m); !found || fits > most {
			best, found, most = l, true, fits
		}
	}
	return best, found
}

// fits grades labels of the same meaning for Pick.
func (s Scheme) fits(l Label, m Meaning) int {
	const exclusive, own = 1000, 100
	words, grade := labelWords(l.Name.Raw()), 0
	for _, w := range labelWords(m.Default().Name.Raw()) {
		if slices.Contains(words, w) {
			grade++
		}
	}
	if _, named := s.own(l.Name.Raw(), words); named {
		grade += own
	}
	if l.Exclusive {
		grade += exclusive
	}
	return grade
}

// Missing returns the meanings that no label of a repository can be set for,
// in the workflow's order.
func (s Scheme) Missing(labels []Label) []Meaning {
	var out []Meaning
	for _, m := range s.meanings() {
		if _, ok := s.Pick(labels, m); !ok {
			out = append(out, m)
		}
	}
	return out
}

// meanings lists what a board sets by labels. NeedsReview has none: it is the
// state of a ticket that has no state label.
func (s Scheme) meanings() []Meaning {
	var out []Meaning
	for _, f := range []Field{FieldGain, FieldPain} {
		for _, l := range []Level{Low, Medium, High} {
			out = append(out, Meaning{f, l.String()})
		}
	}
	for _, st := range []State{Urgent, OnAssignee, OnReporter, OnExternal, NextMeeting} {
		out = append(out, Meaning{FieldState, string(st)})
	}
	for _, r := range Resolutions {
		out = append(out, Meaning{FieldResolution, string(r)})
	}
	return out
}

// MeaningOf returns what a label must mean for a change to be carried out; ok
// is false when the change needs no label, as one that only takes one off.
func MeaningOf(c Change) (m Meaning, ok bool) {
	switch c := c.(type) {
	case SetGain:
		return Meaning{FieldGain, c.To.String()}, c.To != None
	case SetPain:
		return Meaning{FieldPain, c.To.String()}, c.To != None
	case Move:
		return Meaning{FieldState, string(c.To)}, c.To != NeedsReview
	case Resolve:
		return Meaning{FieldResolution, string(c.To)}, c.To != Unresolved
	}
	return Meaning{}, false
}

package model

import (
	"slices"
	"strings"
	"unicode"
)

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
	FieldOpen       Field = "open"
	FieldLabel      Field = "label"
	FieldComment    Field = "comment"
)

// Meaning is what a label stands for: a field and its value (a Level's, a
// State's or a Resolution's name; dev or ops for the type).
type Meaning struct {
	Field Field
	Value string
}

// Scheme tells what labels mean. The zero value recognises the names that
// forges of such teams are known to use, without configuration; Own adds to
// and overrides that.
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

// Read tells what a label means. Case, separators (/ : :: - _ . and space),
// emoji and the order of words do not matter; trouble is pain; the misspelling
// asignee occurs.
func (s Scheme) Read(label string) (Meaning, bool) {
	words := labelWords(label)
	if len(words) == 0 {
		return Meaning{}, false
	}
	for name, m := range s.Own {
		if slices.Equal(labelWords(name), words) {
			return m, true
		}
	}
	if m, ok := readLevel(words); ok {
		return m, true
	}
	key := wordKey(words)
	if m, ok := knownLabels[key]; ok {
		return m, true
	}
	scope, rest := words[0], words[1:]
	if scopeOfStates[scope] && len(rest) > 0 {
		if m, ok := knownLabels[wordKey(rest)]; ok && m.Field == FieldState {
			return m, true
		}
		if st, ok := scopedStates[wordKey(rest)]; ok {
			return Meaning{FieldState, string(st)}, true
		}
	}
	if scope == "closed" || scope == "resolution" || scope == "resolved" {
		if len(rest) > 0 && rest[0] == "as" {
			rest = rest[1:]
		}
		if r, ok := resolutions[wordKey(rest)]; ok {
			return Meaning{FieldResolution, string(r)}, true
		}
	}
	return Meaning{}, false
}

// Reading is a Scheme's Read, possibly with a memory.
type Reading func(label string) (Meaning, bool)

// Remember returns Read with a memory, for reading thousands of tickets that
// share a few labels. The result belongs to one goroutine.
func (s Scheme) Remember() Reading {
	type answer struct {
		m  Meaning
		ok bool
	}
	known := map[string]answer{}
	return func(label string) (Meaning, bool) {
		a, hit := known[label]
		if !hit {
			a.m, a.ok = s.Read(label)
			known[label] = a
		}
		return a.m, a.ok
	}
}

// labelWords splits a label into its words, in small letters and without
// decoration.
func labelWords(label string) []string {
	label = strings.ReplaceAll(strings.ToLower(label), "'", "")
	words := strings.FieldsFunc(label, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
	})
	for i, w := range words {
		switch w {
		case "trouble":
			words[i] = "pain"
		case "asignee":
			words[i] = "assignee"
		case "for":
			words[i] = "on" // waiting for the reporter
		}
	}
	return slices.DeleteFunc(words, func(w string) bool { return w == "the" })
}

// wordKey is the words in an order of their own.
func wordKey(words []string) string {
	return strings.Join(slices.Sorted(slices.Values(words)), " ")
}

// readLevel recognises gain and pain, each as a word beside a level, and what
// newer trackers call them: priority for gain, points for pain.
func readLevel(words []string) (Meaning, bool) {
	if len(words) != 2 {
		return Meaning{}, false
	}
	for i, w := range words {
		other := words[1-i]
		level, isLevel := ParseLevel(other)
		if level == None {
			isLevel = false
		}
		switch {
		case (w == "gain" || w == "priority") && isLevel:
			return Meaning{FieldGain, other}, true
		case w == "pain" && isLevel:
			return Meaning{FieldPain, other}, true
		case w == "points" && pointLevels[other] != None:
			return Meaning{FieldPain, pointLevels[other].String()}, true
		}
	}
	return Meaning{}, false
}

// pointLevels reads story points by the glossary's times: under a day, under a
// week, over a week.
var pointLevels = map[string]Level{"1": Low, "2": Low, "3": Medium, "5": Medium, "8": High, "13": High}

var scopeOfStates = map[string]bool{"state": true, "status": true, "priority": true, "workflow": true, "stage": true}

// scopedStates are words too common to mean a state on their own.
var scopedStates = map[string]State{
	"new": NeedsReview, "open": NeedsReview, "review": NeedsReview, "approved": OnAssignee, "ready": OnAssignee,
	"doing": OnAssignee, "blocked": OnExternal, "external": OnExternal, "upstream": OnExternal,
	"reporter": OnReporter, "assignee": OnAssignee, "meeting": NextMeeting,
}

var resolutions = keyed(map[Resolution][]string{
	Done:             {"done", "fixed", "resolved", "completed"},
	Initiative:       {"initiative", "initiative worthy"},
	Invalid:          {"invalid", "not a bug"},
	Duplicate:        {"duplicate"},
	WillNotFix:       {"will not fix", "wont fix", "wontfix", "wont do"},
	InsufficientData: {"insufficient data", "no data", "no answer"},
	Upstream:         {"upstream"},
	WrongTracker:     {"wrong tracker", "moved"},
	Spam:             {"spam"},
})

var knownLabels = func() map[string]Meaning {
	known := map[string]Meaning{
		"dev":       {FieldType, "dev"},
		"ops":       {FieldType, "ops"},
		"duplicate": {FieldResolution, string(Duplicate)},
		"invalid":   {FieldResolution, string(Invalid)},
		"wontfix":   {FieldResolution, string(WillNotFix)},
	}
	for key, st := range keyed(map[State][]string{
		NeedsReview: {"needs review", "needs triage", "untriaged"},
		Urgent:      {"urgent"},
		OnAssignee:  {"waiting on assignee", "waiting assignee", "in progress"},
		OnReporter:  {"waiting on reporter", "waiting reporter", "needs reporter feedback", "needs info", "needinfo"},
		OnExternal:  {"waiting on external", "waiting external", "waiting on upstream", "waiting on vendor"},
		NextMeeting: {"next meeting"},
	}) {
		known[key] = Meaning{FieldState, string(st)}
	}
	return known
}()

func keyed[V comparable](names map[V][]string) map[string]V {
	out := map[string]V{}
	for v, list := range names {
		for _, name := range list {
			out[wordKey(labelWords(name))] = v
		}
	}
	return out
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
// archived one, an exclusive one rather than a plain one, and of equals the
// first in the forge's order.
func (s Scheme) Pick(labels []Label, m Meaning) (Label, bool) {
	best, found := Label{}, false
	for _, l := range labels {
		if l.Archived {
			continue
		}
		if got, ok := s.Read(l.Name.Raw()); !ok || got != m {
			continue
		}
		if !found || l.Exclusive && !best.Exclusive {
			best, found = l, true
		}
	}
	return best, found
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

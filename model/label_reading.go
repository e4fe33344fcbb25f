package model

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Read tells what a label means. Case, separators (/ : :: - _ . and space),
// emoji and the order of words do not matter; trouble is pain; the misspelling
// asignee occurs.
func (s Scheme) Read(label string) (Meaning, bool) {
	words := labelWords(label)
	if m, ok := s.own(label, words); ok {
		return m, m.Field != ""
	}
	if len(words) == 0 {
		return Meaning{}, false
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

// own returns what the configuration says about a label: by its very name, or
// else by the same words.
func (s Scheme) own(label string, words []string) (Meaning, bool) {
	m, ok := s.Own[label]
	if !ok && len(words) > 0 {
		for _, name := range slices.Sorted(maps.Keys(s.Own)) {
			if slices.Equal(labelWords(name), words) {
				m, ok = s.Own[name], true
				break
			}
		}
	}
	if m.Field == FieldState && m.Value == string(InProgress) {
		m.Value = string(OnAssignee) // in progress is only shown: see Ticket.Shown
	}
	return m, ok
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
	label = strings.ToLower(undecorated(label))
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

// undecorated returns a label without what would look like a letter or hang on
// one: apostrophes, invisible characters, and the digits of keycap emoji.
func undecorated(label string) string {
	var out []rune
	for _, r := range norm.NFC.String(label) {
		switch {
		case r == '\'', r == '’', invisible(r), unicode.Is(unicode.Cf, r):
		case r == 0x20e3: // the key around the digit before it
			out = out[:max(0, len(out)-1)]
		default:
			out = append(out, r)
		}
	}
	return string(out)
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
		OnReporter:  {"waiting on reporter", "waiting reporter", "needs reporter feedback", "needs info", "needinfo", "need more info", "needs more info"},
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

package keymap

import (
	"slices"
	"strings"
)

// Typing reports whether plain characters are text in the scope, so that
// what Resolve does not know belongs into the text there.
func (m Map) Typing(scope Scope) bool { return scope.typing() }

// Actions returns every action with the keys in force, in the order of their
// declaration. The slice is the caller's; the slices inside are not.
func (m Map) Actions() []Action { return slices.Clone(m.actions) }

// Action returns the action of that name with the keys in force.
func (m Map) Action(id ID) (Action, bool) {
	if a := m.byID[id]; a != nil {
		return *a, true
	}
	return Action{}, false
}

// Keys returns the keys in force of an action in their canonical form, none
// for an action that has none or does not exist. The slice is the caller's.
func (m Map) Keys(id ID) []string {
	a, _ := m.Action(id)
	return slices.Clone(a.Keys)
}

// A Hint tells of one action and its keys, for a footer or a help.
type Hint struct {
	ID   ID       // the action; in a footer the first of those that share the hint
	Keys []string // the keys in force here, canonical; none is an action without keys
	Name string   // one or two words
	Help string   // a sentence
	Rank int      // in a footer: 1 is the last to be cut
	Pos  int      // the place in the order of declaration, for a footer that is cut by rank and read by place
}

// A Section is a part of the help.
type Section struct {
	Title string
	Hints []Hint
}

// Footer returns the hints for a footer in the scopes, which are those that
// Resolve takes, with the most important first. Only the first key of an
// action is given; actions with one name, such as a state back and a state
// on, share a hint. An action without a key here is left to the help.
func (m Map) Footer(scopes []Scope) []Hint {
	var hints []Hint
	for i := range m.actions {
		a := &m.actions[i]
		if a.Footer == 0 || !a.reaches(scopes) {
			continue
		}
		keys := m.effective(a, scopes)
		if len(keys) == 0 {
			continue
		}
		if n := len(hints) - 1; n >= 0 && hints[n].Name == a.Name {
			hints[n].Keys = append(hints[n].Keys, keys[0])
			continue
		}
		hints = append(hints, Hint{ID: a.ID, Keys: keys[:1:1], Name: a.Name, Help: a.Help, Rank: a.Footer, Pos: i})
	}
	slices.SortStableFunc(hints, func(a, b Hint) int { return a.Rank - b.Rank })
	return hints
}

// After returns what the keys that may come next lead to, when those pressed so
// far are the beginning of sequences: each with the rest of its keys.
func (m Map) After(scopes []Scope, pressed []string) []Hint {
	var hints []Hint
	for i := range m.actions {
		a := &m.actions[i]
		if !a.reaches(scopes) {
			continue
		}
		for _, key := range m.effective(a, scopes) {
			steps := strings.Fields(key)
			if n := len(pressed); len(steps) > n && slices.Equal(steps[:n], pressed) {
				hints = append(hints, Hint{ID: a.ID, Keys: []string{strings.Join(steps[n:], " ")}, Name: a.Name, Help: a.Help, Rank: a.Footer, Pos: i})
			}
		}
	}
	return hints
}

// Help returns what a person can do in the scopes, which are those that
// Resolve takes: the keys are those that work there, and an action whose
// keys were all taken away is listed without keys. One whose keys all mean
// something else there is not at hand there, and is left out.
func (m Map) Help(scopes []Scope) []Section {
	return m.sections(func(a *Action) ([]string, bool) {
		if !a.reaches(scopes) {
			return nil, false
		}
		keys := m.effective(a, scopes)
		return keys, len(keys) > 0 || len(a.Keys) == 0
	})
}

// All returns every action of the program, wherever it lives.
func (m Map) All() []Section {
	return m.sections(func(a *Action) ([]string, bool) { return slices.Clone(a.Keys), true })
}

// sections groups the actions that pick chooses, with the keys it gives.
func (m Map) sections(pick func(*Action) (keys []string, ok bool)) []Section {
	var all []Section
	for i := range m.actions {
		a := &m.actions[i]
		keys, ok := pick(a)
		if !ok {
			continue
		}
		at := slices.IndexFunc(all, func(s Section) bool { return s.Title == a.Group })
		if at < 0 {
			at, all = len(all), append(all, Section{Title: a.Group})
		}
		all[at].Hints = append(all[at].Hints,
			Hint{ID: a.ID, Keys: keys, Name: a.Name, Help: a.Help, Rank: a.Footer, Pos: i})
	}
	return all
}

// reaches reports whether the action lives in one of the scopes or in Global.
func (a *Action) reaches(scopes []Scope) bool {
	return a.In(Global) || slices.ContainsFunc(scopes, a.In)
}

// effective returns those keys of the action that lead to it in the scopes:
// not those that an inner scope uses for something else or takes as text.
func (m Map) effective(a *Action, scopes []Scope) []string {
	var keys []string
	for _, key := range a.Keys {
		if got, match := m.Resolve(scopes, strings.Fields(key)); match == Full && got.ID == a.ID {
			keys = append(keys, key)
		}
	}
	return keys
}

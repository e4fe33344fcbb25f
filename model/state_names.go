package model

import "strings"

// PlainName returns a name in the form in which names are compared: in small
// letters, with - and _ as spaces.
func PlainName(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.NewReplacer("-", " ", "_", " ").Replace(s)), " "))
}

// Called returns the state that a person calls so: by its own name, as the
// workflow calls its column, or as that is usually called.
func (w Workflow) Called(name string) (State, bool) {
	word := PlainName(name)
	for _, s := range defaultSteps {
		if word == string(s.State) {
			return s.State, true
		}
	}
	for _, steps := range [][]Step{w.Steps, defaultSteps} {
		for _, s := range steps {
			if word == PlainName(s.Name) || word == PlainName(s.Short) {
				return s.State, true
			}
		}
	}
	return "", false
}

package keymap

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Map is the set of actions with the keys in force. The zero Map binds
// nothing; make one with [Default] or [New].
type Map struct {
	actions []Action           // in the order of their declaration
	byID    map[ID]*Action     // into actions
	roots   map[Scope]*node    // the key sequences of each scope
	fixed   map[string]*Action // the keys that can't be taken away
}

// Default is the map with the keys that Docket comes with.
func Default() Map {
	m, err := New(nil)
	if err != nil {
		panic("keymap: the declared keys are wrong: " + err.Error()) // a test keeps this from happening
	}
	return m
}

// New is the default map with a person's own keys: for each action named, the
// given keys replace all of its keys, and an empty list takes them away.
//
// Actions of the person's own, such as recipes, come after the declared ones:
// footer, help and everything else that is made of a Map list them, too. They
// need all that a declared action needs but keys.
//
// The error joins every mistake found, each a *Problem, in a steady order:
// misspelt actions and keys with what was probably meant, plain characters
// where characters are text, two actions with the same key in one scope, a
// key that hides a sequence, and a needed action, such as Quit, without keys.
// With an error the Map is zero: nothing is dropped in silence, so a
// half-applied map is not offered.
func New(overrides map[ID][]string, own ...Action) (Map, error) {
	return build(slices.Concat(declared, own), overrides)
}

// build makes a map of any declarations; a scope's keys may not clash with
// each other nor with those of Global, which is beneath every scope.
func build(declarations []Action, overrides map[ID][]string) (Map, error) {
	b := builder{overrides: overrides}
	b.begin(declarations)
	b.override()
	b.reserve()
	for i := range b.actions {
		if b.actions[i].In(Global) {
			b.bind(Global, &b.actions[i])
		}
	}
	for i := range b.actions {
		for _, scope := range b.actions[i].Scopes {
			if scope != Global {
				b.bind(scope, &b.actions[i])
			}
		}
	}
	if len(b.problems) > 0 {
		return Map{}, errors.Join(b.problems...)
	}
	return b.Map, nil
}

// A builder is a map in the making with the problems found so far.
type builder struct {
	Map
	overrides map[ID][]string
	problems  []error
	told      map[mistake]bool // two actions may meet in many scopes; one telling is enough
}

// A mistake is what tells one problem of a binding from another.
type mistake struct {
	kind          Kind
	action, other ID
	key           string
}

// begin copies the declarations, so that maps share nothing that changes.
func (b *builder) begin(declarations []Action) {
	b.actions = slices.Clone(declarations)
	b.byID = make(map[ID]*Action, len(b.actions))
	b.roots = map[Scope]*node{}
	b.fixed = map[string]*Action{}
	b.told = map[mistake]bool{}
	for i := range b.actions {
		a := &b.actions[i]
		a.Scopes, a.Fixed = slices.Clone(a.Scopes), slices.Clone(a.Fixed)
		if p := b.unfit(a); p != nil {
			b.problems = append(b.problems, p)
			continue
		}
		b.byID[a.ID] = a
	}
}

// unfit says why an action can't be declared so; nil if it can.
func (b *builder) unfit(a *Action) *Problem {
	p := &Problem{Kind: BadAction, Action: a.ID}
	elsewhere := func(s Scope) bool {
		return !slices.ContainsFunc(scopes, func(each scopeWords) bool { return each.scope == s })
	}
	switch {
	case a.ID == "":
		p.What = fmt.Sprintf("the action %q has no ID", a.Name)
	case b.byID[a.ID] != nil:
		p.What, p.Hint = "there is another action of this name", "choose another name"
	case a.Name == "" || a.Help == "" || a.Group == "":
		p.What = "it needs a name, a help and a group"
	case len(a.Scopes) == 0 || slices.ContainsFunc(a.Scopes, elsewhere):
		p.What = "it needs places to live in that exist"
	default:
		return nil
	}
	return p
}

// override puts the person's keys in the place of the declared ones and
// writes all keys in their canonical form.
func (b *builder) override() {
	for _, id := range slices.Sorted(maps.Keys(b.overrides)) {
		if a := b.byID[id]; a != nil {
			a.Keys = b.overrides[id]
		} else {
			b.problems = append(b.problems, unknownAction(id, b.actions))
		}
	}
	for i := range b.actions {
		a := &b.actions[i]
		if len(a.Keys) == 0 && a.Needed {
			b.problems = append(b.problems, &Problem{Kind: NoKey, Action: a.ID,
				What: "it can't be without a key, or there would be no way out", Hint: onlyFixed(a)})
		}
		keys := make([]string, 0, len(a.Keys)+len(a.Fixed))
		for _, written := range a.Keys {
			steps, err := Sequence(written)
			if err != nil {
				b.blame(a, err)
				continue
			}
			keys = append(keys, strings.Join(steps, " "))
		}
		a.Keys = distinct(append(keys, a.Fixed...))
	}
}

// onlyFixed tells how to keep an action's fixed keys alone.
func onlyFixed(a *Action) string {
	if len(a.Fixed) == 0 {
		return "name at least one key"
	}
	return fmt.Sprintf("to keep only %s, write %s = [%q]", a.Fixed[0], a.ID, a.Fixed[0])
}

// blame notes whose key a problem of Normalize was.
func (b *builder) blame(a *Action, err error) {
	if p, ok := errors.AsType[*Problem](err); ok {
		p.Action = a.ID
	}
	b.problems = append(b.problems, err)
}

// reserve notes the fixed keys before anything else can be bound to them.
func (b *builder) reserve() {
	for i := range b.actions {
		for _, key := range b.actions[i].Fixed {
			b.fixed[key] = &b.actions[i]
		}
	}
}

// bind gives an action its keys in one scope, unless they are refused.
func (b *builder) bind(scope Scope, a *Action) {
	if b.roots[scope] == nil {
		b.roots[scope] = &node{}
	}
	for _, key := range a.Keys {
		steps := strings.Fields(key)
		if p := b.refusal(scope, a, key, steps); p != nil {
			if same := (mistake{p.Kind, p.Action, p.Other, p.Key}); !b.told[same] {
				b.told[same] = true
				b.problems = append(b.problems, p)
			}
			continue
		}
		b.roots[scope].add(steps, a)
	}
}

// refusal says why the key can't be the action's in the scope; nil if it can.
func (b *builder) refusal(scope Scope, a *Action, key string, steps []string) *Problem {
	for _, step := range steps {
		if owner := b.fixed[step]; owner != nil && owner != a {
			return &Problem{Kind: FixedKey, Action: a.ID, Other: owner.ID, Key: key,
				What: fmt.Sprintf("%s always means %q", step, string(owner.ID)), Hint: "choose another key"}
		}
	}
	if scope.typing() && isText(steps[0]) {
		return &Problem{Kind: TextKey, Action: a.ID, Key: key,
			What: "it is text " + scope.words(), Hint: "choose a key such as ctrl+s, alt+s or f2"}
	}
	for _, root := range []*node{b.roots[scope], b.roots[Global]} {
		if other, theirs := root.meets(steps); other != nil {
			return b.clash(scope, a, other, key, theirs)
		}
	}
	return nil
}

package keymap

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// meets returns the action whose keys the steps would hide or be hidden by,
// and those keys; nil when the steps are free.
func (n *node) meets(steps []string) (*Action, string) {
	for i, step := range steps {
		if n == nil {
			return nil, ""
		}
		if n.action != nil {
			return n.action, strings.Join(steps[:i], " ")
		}
		n = n.next[step]
	}
	rest := slices.Clone(steps)
	for n != nil && n.action == nil {
		// Any sequence that begins so will do; the first one keeps messages steady.
		step := slices.Min(slices.Collect(maps.Keys(n.next)))
		rest, n = append(rest, step), n.next[step]
	}
	if n == nil {
		return nil, ""
	}
	return n.action, strings.Join(rest, " ")
}

// clash tells of two actions that can't both have their keys. It is told of
// the one whose keys the person chose, since those can be mended.
func (b *builder) clash(scope Scope, a, other *Action, mine, theirs string) *Problem {
	_, chosen := b.overrides[a.ID]
	if _, otherChosen := b.overrides[other.ID]; otherChosen && !chosen {
		a, other, mine, theirs = other, a, theirs, mine
	}
	p := &Problem{Kind: Taken, Action: a.ID, Other: other.ID, Key: mine,
		Hint: fmt.Sprintf("give %q or %q another key", string(a.ID), string(other.ID))}
	switch {
	case mine == theirs:
		p.What = fmt.Sprintf("it already means %q %s", string(other.ID), scope.words())
	case len(mine) < len(theirs):
		p.What = fmt.Sprintf("it would hide %q, which means %q %s", theirs, string(other.ID), scope.words())
	default:
		p.What = fmt.Sprintf("it can't be typed, for %q alone already means %q %s", theirs, string(other.ID), scope.words())
	}
	if a == other {
		p.Hint = "keep one of the two"
	}
	return p
}

// distinct drops repeated keys and keeps the order.
func distinct(keys []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(keys, func(key string) bool {
		again := seen[key]
		seen[key] = true
		return again
	})
}

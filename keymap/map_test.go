package keymap

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// everywhere is every scope there is.
func everywhere() []Scope {
	var all []Scope
	for _, each := range scopes {
		all = append(all, each.scope)
	}
	return all
}

// keymapOf makes a map that must be sound.
func keymapOf(t *testing.T, overrides map[ID][]string) Map {
	t.Helper()
	m, err := New(overrides)
	if err != nil {
		t.Fatalf("New(%v): %v", overrides, err)
	}
	return m
}

func TestEveryActionIsDeclaredInFull(t *testing.T) {
	seen := map[ID]bool{}
	for _, a := range declared {
		if seen[a.ID] {
			t.Errorf("%s is declared twice", a.ID)
		}
		seen[a.ID] = true
		if len(a.Scopes) == 0 || len(a.Keys) == 0 || a.Group == "" {
			t.Errorf("%s lacks a scope, a key or a group", a.ID)
		}
		if words := len(strings.Fields(a.Name)); words < 1 || words > 2 {
			t.Errorf("%s: the name %q is not one or two words", a.ID, a.Name)
		}
		if !unicode.IsUpper([]rune(a.Help + " ")[0]) || !strings.HasSuffix(a.Help, ".") {
			t.Errorf("%s: the help %q is not a sentence", a.ID, a.Help)
		}
		if string(a.ID) != strings.ToLower(string(a.ID)) {
			t.Errorf("%s is not in small letters", a.ID)
		}
		for _, scope := range a.Scopes {
			if !slices.Contains(everywhere(), scope) {
				t.Errorf("%s lives in %q, which is nowhere", a.ID, scope)
			}
		}
	}
}

func TestDeclaredKeysAreCanonicalAndResolve(t *testing.T) {
	m := keymapOf(t, nil)
	for _, a := range declared {
		want := append(slices.Clone(a.Keys), a.Fixed...)
		if got := m.Keys(a.ID); !slices.Equal(got, want) {
			t.Errorf("%s: keys in force %q, declared %q", a.ID, got, want)
		}
		for _, scope := range a.Scopes {
			for _, key := range a.Keys {
				got, match := m.Resolve([]Scope{scope}, strings.Fields(key))
				if match != Full || got.ID != a.ID {
					t.Errorf("%q %s: %s (%d), want %s", key, scope.words(), got.ID, match, a.ID)
				}
			}
		}
	}
}

func TestEveryPlaceHasAWayOut(t *testing.T) {
	m := Default()
	for _, scope := range everywhere() {
		if scope == Board || scope == Global {
			continue
		}
		a, match := m.Resolve([]Scope{scope}, []string{"esc"})
		if match != Full || !a.Needed {
			t.Errorf("esc %s: %q (%d), want an action that can't lose its keys", scope.words(), a.ID, match)
		}
	}
}

func TestOwnKeysReplaceTheDefaults(t *testing.T) {
	m := keymapOf(t, map[ID][]string{Gain: {"b"}, Pain: {"Ctrl+Y", "z p"}, Close: {}})
	for _, story := range []struct {
		pressed []string
		want    ID
		match   Match
	}{
		{[]string{"g"}, "", None},
		{[]string{"b"}, Gain, Full},
		{[]string{"ctrl+y"}, Pain, Full},
		{[]string{"z"}, "", Partial},
		{[]string{"z", "p"}, Pain, Full},
		{[]string{"z", "x"}, "", None},
		{[]string{"z", "p", "p"}, "", None},
		{[]string{"x"}, "", None},
		{[]string{"c"}, Comment, Full},
		{nil, "", None},
	} {
		got, match := m.Resolve([]Scope{Board, Global}, story.pressed)
		if got.ID != story.want || match != story.match {
			t.Errorf("%q: %q (%d), want %q (%d)", story.pressed, got.ID, match, story.want, story.match)
		}
	}
	if keys := m.Keys(Pain); !slices.Equal(keys, []string{"ctrl+y", "z p"}) {
		t.Errorf("keys of pain in force: %q", keys)
	}
}

func TestTwoActionsMaySwapTheirKeys(t *testing.T) {
	m := keymapOf(t, map[ID][]string{Gain: {"p"}, Pain: {"g"}})
	if a, _ := m.Resolve([]Scope{Board}, []string{"g"}); a.ID != Pain {
		t.Errorf("g means %q, want pain", a.ID)
	}
}

func TestTheKeysInForceMakeTheSameMapAgain(t *testing.T) {
	first := keymapOf(t, map[ID][]string{Gain: {"b b", "Shift+Tab"}, PrevColumn: {}, Quit: {"ctrl+c"}})
	all := map[ID][]string{}
	for _, a := range first.Actions() {
		all[a.ID] = a.Keys
	}
	again := keymapOf(t, all)
	for id, keys := range all {
		if got := again.Keys(id); !slices.Equal(got, keys) {
			t.Errorf("%s: %q became %q", id, keys, got)
		}
	}
}

func TestOneMapDoesNotTouchAnother(t *testing.T) {
	own := map[ID][]string{Gain: {"Ctrl+G"}}
	keymapOf(t, own)
	if got := Default().Keys(Gain); !slices.Equal(got, []string{"g"}) {
		t.Errorf("the default keys of gain became %q", got)
	}
	if !maps.EqualFunc(own, map[ID][]string{Gain: {"Ctrl+G"}}, slices.Equal[[]string]) {
		t.Errorf("the person's own keys became %q", own)
	}
}

func TestTheZeroMapBindsNothing(t *testing.T) {
	var m Map
	if _, match := m.Resolve([]Scope{Board}, []string{"g"}); match != None {
		t.Errorf("g matches %d", match)
	}
	if m.Keys(Gain) != nil || m.Footer([]Scope{Board}) != nil || m.Help(nil) != nil {
		t.Error("the zero map knows keys")
	}
}

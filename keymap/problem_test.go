package keymap

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// problems are the mistakes that New finds in a person's own keys.
func problems(t *testing.T, overrides map[ID][]string) []*Problem {
	t.Helper()
	m, err := New(overrides)
	if err == nil {
		return nil
	}
	if m.Actions() != nil {
		t.Error("a refused map still has actions")
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		t.Fatalf("%v does not join its mistakes", err)
	}
	var all []*Problem
	for _, each := range joined.Unwrap() {
		p, ok := errors.AsType[*Problem](each)
		if !ok {
			t.Fatalf("%v is not a *Problem", each)
		}
		all = append(all, p)
	}
	return all
}

func TestEachMistakeSaysHowToMendIt(t *testing.T) {
	for _, story := range []struct {
		name string
		own  map[ID][]string
		kind Kind
		says string
	}{
		{"misspelt action", map[ID][]string{"gian": {"v"}}, UnknownAction,
			`keys of "gian": there is no such action; did you mean "gain"?`},
		{"other spelling", map[ID][]string{"NextColumn": {"v"}}, UnknownAction,
			`keys of "NextColumn": there is no such action; did you mean "next-column"?`},
		{"unheard-of action", map[ID][]string{"make coffee": {"v"}}, UnknownAction,
			`keys of "make coffee": there is no such action; the help lists them all`},
		{"misspelt key", map[ID][]string{Gain: {"entre"}}, UnknownKey,
			`keys of "gain": "entre": there is no such key; did you mean "enter"?`},
		{"misspelt modifier", map[ID][]string{Gain: {"crtl+g"}}, UnknownKey,
			`keys of "gain": "crtl+g": there is no such key; did you mean "ctrl+g"?`},
		{"dash for plus", map[ID][]string{Gain: {"ctrl-g"}}, UnknownKey,
			`keys of "gain": "ctrl-g": there is no such key; did you mean "ctrl+g"?`},
		{"keys run together", map[ID][]string{Gain: {"gg"}}, UnknownKey,
			`keys of "gain": "gg": there is no such key; for one key after the other write "g g"`},
		{"no key", map[ID][]string{Gain: {""}}, UnknownKey,
			`keys of "gain": a key is empty; leave it out: an empty list takes all keys away`},
		{"another key in disguise", map[ID][]string{Gain: {"ctrl+i"}}, UnusableKey,
			`keys of "gain": "ctrl+i": many terminals can't tell it from tab; choose another key`},
		{"shift with a digit", map[ID][]string{Gain: {"shift+1"}}, UnusableKey,
			`keys of "gain": "shift+1": what shift types depends on the keyboard; write the character itself, such as "!"`},
		{"endless sequence", map[ID][]string{Gain: {"a b c d e"}}, UnusableKey,
			`keys of "gain": "a b c d e": it is too long; use at most 4 keys, one after the other`},
		{"same key", map[ID][]string{Gain: {"x"}}, Taken,
			`keys of "gain": "x": it already means "close" on the board; give "gain" or "close" another key`},
		{"same key as everywhere", map[ID][]string{ShowHelp: {"g"}}, Taken,
			`keys of "help": "g": it already means "gain" on the board; give "help" or "gain" another key`},
		{"sequence behind a key", map[ID][]string{First: {"g g"}}, Taken,
			`keys of "first": "g g": it can't be typed, for "g" alone already means "gain" on the board; give "first" or "gain" another key`},
		{"key before a sequence", map[ID][]string{First: {"z z"}, Sync: {"z"}}, Taken,
			`keys of "sync": "z": it would hide "z z", which means "first" on the board; give "sync" or "first" another key`},
		{"key before its own sequence", map[ID][]string{Sync: {"z", "z z"}}, Taken,
			`keys of "sync": "z z": it can't be typed, for "z" alone already means "sync" on the board; keep one of the two`},
		{"letter in the editor", map[ID][]string{Send: {"s"}}, TextKey,
			`keys of "send": "s": it is text in the editor; choose a key such as ctrl+s, alt+s or f2`},
		{"space in a list", map[ID][]string{Accept: {"space", "enter"}}, TextKey,
			`keys of "accept": "space": it is text in a list; choose a key such as ctrl+s, alt+s or f2`},
		{"ctrl+c for something else", map[ID][]string{CopyLink: {"ctrl+c"}}, FixedKey,
			`keys of "copy-link": "ctrl+c": ctrl+c always means "quit"; choose another key`},
		{"no way to quit", map[ID][]string{Quit: {}}, NoKey,
			`keys of "quit": it can't be without a key, or there would be no way out; to keep only ctrl+c, write quit = ["ctrl+c"]`},
		{"no way out of the editor", map[ID][]string{Cancel: nil}, NoKey,
			`keys of "cancel": it can't be without a key, or there would be no way out; name at least one key`},
	} {
		t.Run(story.name, func(t *testing.T) {
			found := problems(t, story.own)
			if len(found) == 0 {
				t.Fatal("accepted")
			}
			if p := found[0]; p.Kind != story.kind || p.Error() != story.says {
				t.Errorf("kind %d: %s\nwant kind %d: %s", p.Kind, p, story.kind, story.says)
			}
		})
	}
}

func TestAClashIsToldOnceForThePlacesItIsIn(t *testing.T) {
	// Gain and close meet on the board and in the ticket.
	found := problems(t, map[ID][]string{Gain: {"x"}})
	if len(found) != 1 || found[0].Action != Gain || found[0].Other != Close {
		t.Errorf("told: %v", found)
	}
}

func TestEveryMistakeIsToldInASteadyOrder(t *testing.T) {
	own := map[ID][]string{"gian": {"v"}, Pain: {"entre", "x"}, Send: {"s"}, Quit: {}, Comment: {"x"}}
	var first []string
	for range 20 {
		var told []string
		for _, p := range problems(t, own) {
			told = append(told, p.Error())
		}
		if first == nil {
			first = told
		}
		if !slices.Equal(told, first) {
			t.Fatalf("once:\n%s\nand then:\n%s", strings.Join(first, "\n"), strings.Join(told, "\n"))
		}
	}
	if len(first) < 6 {
		t.Errorf("only these were told:\n%s", strings.Join(first, "\n"))
	}
}

package keymap

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestKeysAreWrittenInOneWay(t *testing.T) {
	for written, want := range map[string]string{
		"g": "g", "H": "H", "?": "?", "+": "+", "-": "-", "ü": "ü", " ": "space",
		"Enter": "enter", "RETURN": "enter", "Escape": "esc", "PageUp": "pgup", "pgdn": "pgdown",
		"Ctrl+S": "ctrl+s", "control+s": "ctrl+s", "ctrl++": "ctrl++", "ctrl+plus": "ctrl++",
		"shift+a": "A", "shift+A": "A", "Shift+Tab": "shift+tab", "alt+H": "alt+shift+h",
		"shift+ctrl+a": "ctrl+shift+a", "super+alt+ctrl+f5": "ctrl+alt+super+f5", "cmd+k": "super+k",
		"↑": "up", "ctrl+←": "ctrl+left", "F12": "f12", "ctrl+ctrl+x": "ctrl+x",
	} {
		if got, err := Normalize(written); err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", written, got, err, want)
		}
	}
}

func TestWhatIsNoKeyIsRefused(t *testing.T) {
	for _, written := range []string{
		"", "ctrl", "ctrl+", "+a", "a+b", "\x1b", "\t", "\u0301", "\u202e", "\xff", "gg", "f25", "f0",
		"ctrl+m", "ctrl+[", "shift+ß", strings.Repeat("x", 10_000), strings.Repeat("ctrl+", 1000),
	} {
		got, err := Normalize(written)
		if p, ok := errors.AsType[*Problem](err); !ok || p.What == "" || p.Hint == "" {
			t.Errorf("%.20q: %q, %v", written, got, err)
		}
	}
}

func TestKeysAreLabelledForPeople(t *testing.T) {
	for key, want := range map[string]string{
		"up": "↑", "ctrl+left": "ctrl+←", "ctrl+s": "ctrl+s", "enter": "enter", "?": "?",
		"g g": "g g", "ctrl+x down": "ctrl+x ↓", "ctrl++": "ctrl++", "+": "+",
	} {
		if got := Label(key); got != want {
			t.Errorf("%q is labelled %q, want %q", key, got, want)
		}
		if got := ASCII(key); got != key {
			t.Errorf("%q in ASCII is %q", key, got)
		}
	}
}

func FuzzNormalize(f *testing.F) {
	for _, seed := range []string{"g", "ctrl+S", "shift+tab", "C-s", "alt+İ", "shift+ǆ", "ctrl++", "+", "", "\xff", "K"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, written string) {
		key, err := Normalize(written)
		if err != nil {
			if p, ok := errors.AsType[*Problem](err); !ok || p.Hint == "" || key != "" {
				t.Fatalf("%q: %q with %v", written, key, err)
			}
			return
		}
		if again, err := Normalize(key); err != nil || again != key {
			t.Fatalf("%q became %q, and that %q, %v", written, key, again, err)
		}
		if strings.ContainsAny(key, " \t\n") || Label(key) == "" {
			t.Fatalf("%q became %q, labelled %q", written, key, Label(key))
		}
	})
}

// FuzzOwnKeys: whatever a person writes, each key is either refused aloud or
// leads to its action.
func FuzzOwnKeys(f *testing.F) {
	f.Add("gain", "v", "pain", "g")
	f.Add("send", "ctrl+x s", "quit", "")
	f.Add("help", "z", "first", "z z")
	f.Add("accept", "space", "no", "ctrl+c")
	f.Add("cancel", "f5", "up", "ctrl+c up")
	f.Fuzz(func(t *testing.T, id, key, otherID, otherKey string) {
		own := map[ID][]string{ID(otherID): {otherKey}}
		own[ID(id)] = append(own[ID(id)], key)
		m, err := New(own)
		if err != nil {
			if _, ok := errors.AsType[*Problem](err); !ok {
				t.Fatalf("%q: %v is not a *Problem", own, err)
			}
			return
		}
		for id, keys := range own {
			a, _ := m.Action(id)
			for _, written := range keys {
				steps, err := Sequence(written)
				if err != nil {
					t.Fatalf("%s took %q, which is %v", id, written, err)
				}
				for _, scope := range a.Scopes {
					if got, match := m.Resolve([]Scope{scope}, steps); match != Full || got.ID != id {
						t.Fatalf("%q %s: %q (%d), want %s", written, scope.words(), got.ID, match, id)
					}
				}
			}
		}
	})
}

func FuzzResolve(f *testing.F) {
	m, err := New(map[ID][]string{First: {"z z z"}, Send: {"ctrl+x ctrl+s"}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add("board ticket", "z z")
	f.Add("editor", "q")
	f.Add("nowhere", "q")
	f.Fuzz(func(t *testing.T, places, keys string) {
		var in []Scope
		for place := range strings.FieldsSeq(places) {
			in = append(in, Scope(place))
		}
		pressed := strings.Fields(keys)
		a, match := m.Resolve(in, pressed)
		if (match == Full) != (a.ID != "") {
			t.Fatalf("match %d with %q", match, a.ID)
		}
		if match == Full && !a.In(Global) && !slices.ContainsFunc(in, a.In) {
			t.Fatalf("%s does not live in %q", a.ID, in)
		}
		if match == Full && len(in) > 0 && m.Typing(in[0]) && isText(pressed[0]) && pressed[len(pressed)-1] != "ctrl+c" {
			t.Fatalf("%q is text %s, not %s", pressed, in[0].words(), a.ID)
		}
	})
}

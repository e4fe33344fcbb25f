package keymap

import (
	"slices"
	"strings"
	"testing"
)

// footer writes a footer as a line, in the order of rank.
func footer(m Map, scopes ...Scope) string {
	var parts []string
	for _, h := range m.Footer(scopes) {
		parts = append(parts, h.Label()+" "+h.Name)
	}
	return strings.Join(parts, "  ")
}

// hintOf finds an action in a help.
func hintOf(help []Section, id ID) (Hint, bool) {
	for _, section := range help {
		for _, hint := range section.Hints {
			if hint.ID == id {
				return hint, true
			}
		}
	}
	return Hint{}, false
}

func TestTheFooterSaysWhatOneCanDoHere(t *testing.T) {
	m := Default()
	for _, story := range []struct {
		scopes []Scope
		want   string
	}{
		{[]Scope{Board}, "? help  g gain  p pain  m move  c comment  enter open  a assign  x close  H L state  / find  : all  q quit  u undo  space mark  e labels  v views  R recipes  d due  s sort  M matrix  w lanes  S numbers"},
		{[]Scope{Level}, "? help  esc cancel  h high  m medium  l low  0 none  q quit"},
		{[]Scope{Editor}, "f1 help  ctrl+s send  esc cancel  ctrl+e editor  ctrl+t templates  ctrl+c quit"},
		{[]Scope{Pick}, "f1 help  enter accept  esc cancel  ↑ ↓ choose  ctrl+c quit"},
		{[]Scope{Outbox}, "? help  r retry  esc back  e edit  y copy text  d discard  : all  q quit"},
		{[]Scope{Matrix}, "? help  enter show  esc back  1-9 put  : all  q quit  u undo"},
		{[]Scope{Numbers}, "? help  - + weeks  esc back  : all  q quit"},
		{[]Scope{Confirm}, "? help  y yes  n no  q quit"},
		{[]Scope{Plan}, "? help  enter go  esc cancel  q quit"},
		{[]Scope{Clash}, "? help  k keep theirs  m use mine  esc cancel  o open ticket  q quit"},
	} {
		if got := footer(m, story.scopes...); got != story.want {
			t.Errorf("%s:\n%s\nwant\n%s", story.scopes[0], got, story.want)
		}
	}
}

func TestAWideFooterReadsInTheOrderOfDeclaration(t *testing.T) {
	hints := Default().Footer([]Scope{Board})
	slices.SortFunc(hints, func(a, b Hint) int { return a.Pos - b.Pos })
	if first, last := hints[0].ID, hints[len(hints)-1].ID; first != Gain || last != Quit {
		t.Errorf("from %s to %s", first, last)
	}
}

func TestTheFooterShowsNothingThatDoesNotWork(t *testing.T) {
	m := keymapOf(t, map[ID][]string{Gain: {}, Pain: {"b b"}, StateBack: {}})
	for _, scope := range everywhere() {
		for _, hint := range m.Footer([]Scope{scope}) {
			for _, key := range hint.Keys {
				a, match := m.Resolve([]Scope{scope}, strings.Fields(key))
				if match != Full || a.Name != hint.Name {
					t.Errorf("%s: %q is %q, not %s", scope, key, a.ID, hint.ID)
				}
			}
		}
	}
	if got := footer(m, Board); strings.Contains(got, "gain") || !strings.Contains(got, "b b pain") || !strings.Contains(got, "  L state") {
		t.Errorf("footer: %s", got)
	}
}

func TestTheHelpListsThePersonsOwnKeys(t *testing.T) {
	m := keymapOf(t, map[ID][]string{Gain: {"b b", "f5"}, Pain: {}})
	help := m.Help([]Scope{Board})
	if h, ok := hintOf(help, Gain); !ok || h.Label() != "b b, f5" {
		t.Errorf("gain: %q, %v", h.Label(), ok)
	}
	if h, ok := hintOf(help, Pain); !ok || h.Label() != "unbound" {
		t.Errorf("pain: %q, %v", h.Label(), ok)
	}
	if h, ok := hintOf(help, Up); !ok || h.Label() != "↑ k" || h.ASCII() != "up k" {
		t.Errorf("up: %q or %q, %v", h.Label(), h.ASCII(), ok)
	}
	if _, ok := hintOf(help, Retry); ok {
		t.Error("the help of the board lists what only the outbox can do")
	}
}

func TestTheHelpLeavesOutWhatAnInnerPlaceCovers(t *testing.T) {
	help := Default().Help([]Scope{Ticket, Board})
	if _, ok := hintOf(help, ClearFilter); ok {
		t.Error("esc goes back from the ticket, yet the help offers it for the filter")
	}
	if h, _ := hintOf(Default().Help([]Scope{Editor}), Quit); h.Label() != "ctrl+c" {
		t.Errorf("quit in the editor: %q; q is text there", h.Label())
	}
}

func TestTheWholeHelpHasEveryActionOnce(t *testing.T) {
	count := 0
	titles := map[string]bool{}
	for _, section := range Default().All() {
		if titles[section.Title] {
			t.Errorf("two sections %q", section.Title)
		}
		titles[section.Title] = true
		count += len(section.Hints)
	}
	if count != len(declared) {
		t.Errorf("%d of %d actions", count, len(declared))
	}
}

func TestTheKeyTableSurvivesEveryKey(t *testing.T) {
	table := keymapOf(t, map[ID][]string{Gain: {"|", "`"}, Pain: {}}).Markdown()
	for _, row := range []string{
		"| `\\|` `` ` `` | Set the gain: then choose low, medium, high or none. | board, ticket | `gain` |\n",
		"| unbound | Set the pain: then choose low, medium, high or none. | board, ticket | `pain` |\n",
		"| `q` `ctrl+c` | Leave the program; changes that wait are kept and sent next time. | everywhere | `quit` |\n",
	} {
		if !strings.Contains(table, row) {
			t.Errorf("no row %sin\n%s", row, table)
		}
	}
	for line := range strings.Lines(table) {
		if strings.HasPrefix(line, "|") && strings.Count(strings.ReplaceAll(line, `\|`, ""), "|") != 5 {
			t.Errorf("a broken row: %s", line)
		}
	}
}

func TestWhatMayFollowTheBeginningOfASequence(t *testing.T) {
	m := keymapOf(t, map[ID][]string{Gain: {"z g"}, Pain: {"z x p"}, Close: {"z c", "x"}})
	said := func(pressed ...string) string {
		var parts []string
		for _, h := range m.After([]Scope{Board}, pressed) {
			parts = append(parts, h.Label()+" "+h.Name)
		}
		return strings.Join(parts, "  ")
	}
	for pressed, want := range map[string]string{"z": "g gain  x p pain  c close", "z x": "p pain", "x": "", "g": ""} {
		if got := said(strings.Fields(pressed)...); got != want {
			t.Errorf("after %s comes %q, not %q", pressed, got, want)
		}
	}
	if got := m.After([]Scope{Matrix}, []string{"z"}); len(got) > 0 {
		t.Errorf("in another place comes %v", got)
	}
}

func TestManyDigitsAreARange(t *testing.T) {
	for _, story := range []struct {
		keys []string
		want string
	}{
		{[]string{"7", "8", "9", "4", "5", "6", "1", "2", "3"}, "1-9"},
		{[]string{"#", "1", "2", "3", "4", "f4"}, "# 1-4 f4"},
		{[]string{"1", "2", "3"}, "1 2 3"},
		{[]string{"1", "2", "4", "5"}, "1 2 4 5"},
	} {
		if got := (Hint{Keys: story.keys}).Label(); got != story.want {
			t.Errorf("%v is written %q, not %q", story.keys, got, story.want)
		}
	}
}

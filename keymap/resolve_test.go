package keymap

import "testing"

func TestTheInnermostPlaceWins(t *testing.T) {
	m := keymapOf(t, map[ID][]string{First: {"z z"}, Send: {"ctrl+x ctrl+s"}})
	for _, story := range []struct {
		name    string
		scopes  []Scope
		pressed []string
		want    ID
		match   Match
	}{
		{"m moves a ticket", []Scope{Board}, []string{"m"}, PickState, Full},
		{"m is medium while a level is chosen", []Scope{Level}, []string{"m"}, LevelMedium, Full},
		{"even with the board beneath", []Scope{Level, Board}, []string{"m"}, LevelMedium, Full},
		{"the board shines through", []Scope{Ticket, Board}, []string{"right"}, Right, Full},
		{"esc closes the ticket first", []Scope{Ticket, Board}, []string{"esc"}, Back, Full},
		{"esc clears the filter on the board", []Scope{Board}, []string{"esc"}, ClearFilter, Full},
		{"everywhere need not be named", []Scope{Board}, []string{"q"}, Quit, Full},
		{"but may be", []Scope{Board, Global}, []string{"q"}, Quit, Full},
		{"a letter is text in the editor", []Scope{Editor, Board, Global}, []string{"q"}, "", None},
		{"so is a space", []Scope{Filter, Board}, []string{"space"}, "", None},
		{"and a letter beyond ASCII", []Scope{Pick, Board}, []string{"ü"}, "", None},
		{"help has a key there too", []Scope{Editor}, []string{"f1"}, ShowHelp, Full},
		{"ctrl+c quits from anywhere", []Scope{Editor}, []string{"ctrl+c"}, Quit, Full},
		{"ctrl+c quits amid a sequence", []Scope{Board}, []string{"z", "ctrl+c"}, Quit, Full},
		{"a sequence begins", []Scope{Board}, []string{"z"}, "", Partial},
		{"a sequence ends", []Scope{Board}, []string{"z", "z"}, First, Full},
		{"a sequence may begin with ctrl in the editor", []Scope{Editor}, []string{"ctrl+x"}, "", Partial},
		{"and sends", []Scope{Editor}, []string{"ctrl+x", "ctrl+s"}, Send, Full},
		{"an unknown place knows what is everywhere", []Scope{"attic"}, []string{"?"}, ShowHelp, Full},
	} {
		t.Run(story.name, func(t *testing.T) {
			got, match := m.Resolve(story.scopes, story.pressed)
			if got.ID != story.want || match != story.match {
				t.Errorf("%q (%d), want %q (%d)", got.ID, match, story.want, story.match)
			}
		})
	}
}

func TestEnterAndEscapeAnswerNo(t *testing.T) {
	for _, key := range []string{"n", "esc", "enter"} {
		if a, _ := Default().Resolve([]Scope{Confirm, Board}, []string{key}); a.ID != No {
			t.Errorf("%s answers %q", key, a.ID)
		}
	}
}

func TestResolveAllocatesNothing(t *testing.T) {
	m := Default()
	in := []Scope{Ticket, Board, Global}
	for _, pressed := range [][]string{{"g"}, {"q"}, {"ctrl+c"}, {"ü"}, {"nothing", "at all"}} {
		if n := testing.AllocsPerRun(100, func() { m.Resolve(in, pressed) }); n != 0 {
			t.Errorf("%q: %v allocations", pressed, n)
		}
	}
}

func BenchmarkResolve(b *testing.B) {
	m := Default()
	in := []Scope{Ticket, Board, Global}
	pressed := []string{"q"} // the longest way: through every scope
	b.ReportAllocs()
	for b.Loop() {
		m.Resolve(in, pressed)
	}
}

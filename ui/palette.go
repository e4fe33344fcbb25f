package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"docket/keymap"
)

// palette finds whatever the program can do by some letters of its name.
type palette struct {
	at      []keymap.Scope // where it was called from
	entries []entry
	names   []string // of the entries, in small letters
	hays    []string // of each entry, what a word may be in, in small letters
	found   []find
	input   textinput.Model
	chosen  int // among those found
}

// entry is one thing that the palette finds: an action, or something to do.
type entry struct {
	kind   string // what it is: action, state, person, view, ticket
	name   string // what letters are typed of
	about  string // more, looked through for whole words
	other  string // another name of it; not shown
	keys   string // how its keys are written
	action keymap.ID
	pick   func(a *App) tea.Cmd // what to do where there is no action
}

// find is an entry that was found.
type find struct {
	entry
	at    []int // bytes of the name that were typed
	score int   // how well they fit
}

func (a *App) openPalette() tea.Cmd {
	p := &palette{at: a.scopes(), input: newInput()}
	for _, from := range paletteSources {
		p.entries = append(p.entries, from(a, p.at)...)
	}
	p.names, p.hays = make([]string, len(p.entries)), make([]string, len(p.entries))
	for i, e := range p.entries {
		p.names[i] = strings.ToLower(e.name)
		p.hays[i] = strings.ToLower(e.kind + " " + e.name + " " + e.other + " " + e.about)
	}
	p.search(a)
	a.open(p)
	return nil
}

func (*palette) scope() keymap.Scope { return keymap.Pick }

// fit gives the field the room that a screen of that size has for it.
func (p *palette) fit(w, _ int) { p.input.SetWidth(paletteWidth(w) - 3) }

func paletteWidth(w int) int { return min(92, w-6) }

// How well an entry was found, the best first.
const (
	begins  = iota // its name begins so
	inName         // every word is in its name
	nearly         // its letters are in its name, at good places
	inHay          // every word is somewhere
	letters        // its letters are in its name, scattered
	grades
)

// search finds entries by what is typed: letters of a name in their order, or
// words in any. A number is a ticket's. What costs time is the number of
// entries, never that of the tickets.
func (p *palette) search(a *App) {
	p.chosen, p.found = 0, nil
	typed := strings.ToLower(strings.TrimSpace(p.input.Value()))
	for _, e := range a.ticketEntries(typed) {
		p.found = append(p.found, find{entry: e})
	}
	words := strings.Fields(typed)
	lit := make([]*fuzzy.Match, len(p.entries))
	scores := fuzzy.FindFromNoSort(typed, entryNames(p.entries))
	for i := range scores {
		lit[scores[i].Index] = &scores[i]
	}
	var by [grades][]find
	for i, e := range p.entries {
		f, name, score := find{entry: e}, p.names[i], 0
		if m := lit[i]; m != nil {
			f.at, score = m.MatchedIndexes, m.Score
		}
		grade := letters
		switch {
		case strings.HasPrefix(name, typed):
			grade = begins
		case hasAll(name, words):
			grade = inName
		case score > 0:
			grade = nearly
		case hasAll(p.hays[i], words):
			grade = inHay
		case lit[i] == nil:
			continue
		}
		f.score = score
		by[grade] = append(by[grade], f)
	}
	for _, grade := range []int{nearly, letters} { // the others keep the order of the list
		slices.SortStableFunc(by[grade], func(x, y find) int { return y.score - x.score })
	}
	p.found = slices.Concat(append([][]find{p.found}, by[:]...)...)
}

// entryNames are entries as fuzzy looks through them.
type entryNames []entry

// String implements fuzzy.Source.
func (n entryNames) String(i int) string { return n[i].name }

// Len implements fuzzy.Source.
func (n entryNames) Len() int { return len(n) }

func hasAll(hay string, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(hay, w) })
}

func (p *palette) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	switch id {
	case keymap.PickUp:
		p.chosen = (p.chosen + len(p.found) - 1) % max(1, len(p.found))
	case keymap.PickDown:
		p.chosen = (p.chosen + 1) % max(1, len(p.found))
	case keymap.Cancel:
		a.leave()
	case keymap.Accept:
		if len(p.found) == 0 {
			return nil, true
		}
		a.leave()
		e := p.found[p.chosen].entry
		if e.pick != nil {
			return e.pick(a), true
		}
		return a.doFrom(p.at, e.action), true
	default:
		return nil, false
	}
	return nil, true
}

// doFrom carries out an action that was found somewhere. One that belongs to
// the board or the ticket closes what floats above them; one of another place
// opens that place and says what does it there.
func (a *App) doFrom(at []keymap.Scope, id keymap.ID) tea.Cmd {
	action, ok := a.Keys.Action(id)
	switch {
	case !ok:
		return nil
	case action.In(keymap.Global), slices.ContainsFunc(at, action.In):
		return a.do(id)
	case action.In(keymap.Ticket) && a.pane != nil:
		a.dialogs = nil
		return a.do(id)
	case action.In(keymap.Board):
		a.dialogs, a.pane = nil, nil
		return a.do(id)
	}
	var enter tea.Cmd
	if door, ok := doors[action.Scopes[0]]; ok {
		a.dialogs = nil
		enter = a.do(door)
	}
	return tea.Batch(enter, a.tell(sentence(action.Scopes[0].Place())+", "+orWord(a.key(id), "a key of your choice")+": "+action.Help))
}

// doors are the actions that lead to the places where others are done.
var doors = map[keymap.Scope]keymap.ID{
	keymap.Outbox: keymap.ShowOutbox, keymap.History: keymap.ShowHistory, keymap.Matrix: keymap.ShowMatrix,
	keymap.Numbers: keymap.ShowNumbers, keymap.Level: keymap.Gain, keymap.Editor: keymap.Comment,
	keymap.Pick: keymap.PickState, keymap.Filter: keymap.StartFilter, keymap.Help: keymap.ShowHelp,
}

func (p *palette) point(entry int) (again bool) {
	again, p.chosen = p.chosen == entry, entry
	return again
}

func (p *palette) typed(a *App, msg tea.Msg) tea.Cmd {
	before := p.input.Value()
	var cmd tea.Cmd
	p.input, cmd = p.input.Update(msg)
	if p.input.Value() != before {
		p.search(a)
	}
	return cmd
}

func (p *palette) draw(a *App, w, h int) drawing {
	th := a.theme
	in := paletteWidth(w)
	rows := min(18, max(3, h-7))
	from := max(0, min(p.chosen-rows/2, len(p.found)-rows))
	lines := append(make([]string, 0, rows+2), th.faint.of("/ ")+p.input.View(), th.faint.of(th.line(in)))
	shown := p.found[from:min(from+rows, len(p.found))]
	names := 0
	for _, f := range shown {
		names = max(names, min(width(f.name), in/2))
	}
	for i, f := range shown {
		lines = append(lines, f.line(th, in, names, from+i == p.chosen))
	}
	if len(p.found) == 0 {
		lines = append(lines, th.muted.of(th.fitting(in, "   nothing is called that; fewer letters find more", "   nothing is called that")))
	}
	for len(lines) < rows+2 {
		lines = append(lines, "")
	}
	cursor := p.input.Cursor()
	if cursor != nil {
		cursor.X += 4
		cursor.Y++
	}
	title := "Find anything"
	if n := len(p.found); p.input.Value() != "" {
		title += ": " + thousands(n) + " found"
	}
	return drawing{
		lines: th.listed(title, lines, in, th.more(from, len(p.found)-from-rows)), cursor: cursor,
		entries: entriesFrom(3, from, len(shown)), at: p.chosen + 1, of: len(p.found),
	}
}

// line is one entry: its name, more about it from a column on, and its keys at
// the right.
func (f find) line(th *theme, in, column int, chosen bool) string {
	if th.words && f.keys != "" {
		f.about, f.keys = strings.TrimSuffix(f.about, "."), "  key "+f.keys
	}
	room := in - 3 - width(f.keys)
	name := th.cut(f.name, max(8, room))
	about := ""
	if at := max(width(name), column) + 2; room-at > 12 && f.about != "" {
		about = blank(at-width(name)) + th.cut(f.about, room-at)
	}
	space := blank(room + 1 - width(name) - width(about))
	if chosen {
		return th.chosen.of(" " + name + about + space + f.keys + " ")
	}
	return " " + f.lit(th, name) + th.muted.of(about) + space + th.key.of(f.keys) + " "
}

// lit is the name with the letters that were typed. Where text may have to be
// put into another order it stays in one piece.
func (f find) lit(th *theme, name string) string {
	if len(f.at) == 0 || name != f.name || strings.ContainsFunc(name, func(r rune) bool { return r > '~' }) {
		return th.text.of(name)
	}
	var b strings.Builder
	next := 0
	for _, at := range f.at {
		b.WriteString(th.text.of(name[next:at]) + th.title.of(name[at:at+1]))
		next = at + 1
	}
	return b.String() + th.text.of(name[next:])
}

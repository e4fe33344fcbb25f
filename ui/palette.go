package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"docket/keymap"
)

// palette finds whatever the program can do by some letters of its name.
type palette struct {
	at      []keymap.Scope // where it was called from
	entries []entry
	names   []string // of the entries, in small letters
	befores []string // the words before them, and
	rests   []string // all words about them, in small letters
	found   []find
	input   textinput.Model
	chosen  int  // among those found
	met     bool // the people whom the board knows besides
}

// entry is one thing that the palette finds: an action, or something to do.
type entry struct {
	kind   string // what it is: action, state, person, view, ticket
	before string // what stands before its name, as before many others
	name   string // what tells it from others: letters are typed of it
	about  string // more; of this, before and kind, the beginnings of words are typed
	other  string // another name of it; not shown
	keys   string // how its keys are written
	action keymap.ID
	pick   func(a *App) tea.Cmd // what to do where there is no action
}

// title is what an entry is called.
func (e entry) title() string { return strings.TrimSpace(e.before + " " + e.name) }

func (a *App) openPalette() tea.Cmd {
	p := &palette{at: a.scopes(), input: newInput()}
	for _, from := range paletteSources {
		p.add(from(a, p.at)...)
	}
	p.search(a)
	a.open(p)
	return a.learn()
}

func (p *palette) add(entries ...entry) {
	p.entries = append(p.entries, entries...)
	for _, e := range entries {
		p.names, p.befores = append(p.names, strings.ToLower(e.name)), append(p.befores, wordly(e.before))
		p.rests = append(p.rests, wordly(e.kind+" "+e.before+" "+e.other+" "+e.about))
	}
}

func (*palette) scope() keymap.Scope { return keymap.Pick }

// fit gives the field the room that a screen of that size has for it.
func (p *palette) fit(w, _ int) { p.input.SetWidth(paletteWidth(w) - 3) }

func paletteWidth(w int) int { return min(92, w-6) }

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
	if cmd, ok := a.fromRoom(id); ok {
		return cmd
	}
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
		if enter, ok = a.fromRoom(door); !ok {
			a.dialogs = nil
			enter = a.do(door)
		}
	}
	if id == keymap.SaveView { // it is about the board, wherever its key is
		return tea.Batch(enter, a.do(id))
	}
	how := a.key(id)
	if len(action.Keys) == 0 {
		how = "by a key of your choice"
	}
	return tea.Batch(enter, a.tell(sentence(action.Scopes[0].Place())+", "+how+": "+action.Help))
}

// doors are the actions that lead to the places where others are done.
var doors = map[keymap.Scope]keymap.ID{
	keymap.Outbox: keymap.ShowOutbox, keymap.History: keymap.ShowHistory, keymap.Matrix: keymap.ShowMatrix,
	keymap.Numbers: keymap.ShowNumbers, keymap.Level: keymap.Gain, keymap.Editor: keymap.Comment,
	keymap.Pick: keymap.PickState, keymap.Filter: keymap.StartFilter, keymap.Views: keymap.PickView, keymap.Several: keymap.Labels, keymap.Help: keymap.ShowHelp,
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
		names = max(names, min(width(f.title()), in/2))
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
	name := th.cut(f.title(), max(8, room))
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

package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"docket/keymap"
)

// item is one entry of a picker.
type item struct {
	name  string
	about string
	now   bool // what holds at present
	some  bool // it holds for some of several
	pick  func(a *App) tea.Cmd
	hay   string // what typing looks through, in small letters
	at    int    // its place in the whole list, where somebody needs it
}

// picker is a list that typing narrows.
type picker struct {
	title string
	items []item
	input textinput.Model
	at    int // among the items that match

	waits string                      // what is under way while the list is empty
	foot  func(a *App, in int) string // what the last line tells; nil: there is none
}

func newPicker(title string, items []item) *picker {
	p := &picker{title: title, items: items, input: newInput()}
	for i, it := range items {
		p.items[i].hay = strings.ToLower(it.name + " " + it.about)
		if it.now {
			p.at = i
		}
	}
	return p
}

// newInput returns a field of one line that the terminal's own cursor is in:
// one that blinks by itself would send bytes while nobody types.
func newInput() textinput.Model {
	in := textinput.New()
	in.Prompt = ""
	in.SetVirtualCursor(false)
	in.SetStyles(textinput.Styles{})
	in.Focus()
	return in
}

func (*picker) scope() keymap.Scope { return keymap.Pick }

// matching returns the items that have every typed word in them.
func (p *picker) matching() []item {
	words := strings.Fields(strings.ToLower(p.input.Value()))
	if len(words) == 0 {
		return p.items
	}
	var out []item
next:
	for _, it := range p.items {
		for _, w := range words {
			if !strings.Contains(it.hay, w) {
				continue next
			}
		}
		out = append(out, it)
	}
	// Whoever types a whole name means that one.
	typed := strings.TrimSpace(p.input.Value())
	if i := slices.IndexFunc(out, func(it item) bool { return strings.EqualFold(it.name, typed) }); i > 0 {
		whole := out[i]
		out = slices.Insert(slices.Delete(out, i, i+1), 0, whole)
	}
	return out
}

func (p *picker) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	match := p.matching()
	switch id {
	case keymap.PickUp:
		p.at = (p.at + len(match) - 1) % max(1, len(match))
	case keymap.PickDown:
		p.at = (p.at + 1) % max(1, len(match))
	case keymap.Cancel:
		a.leave()
	case keymap.Accept:
		if len(match) == 0 {
			return nil, true
		}
		a.leave()
		return match[min(p.at, len(match)-1)].pick(a), true
	default:
		return nil, false
	}
	return nil, true
}

func (p *picker) point(entry int) (again bool) {
	again, p.at = p.at == entry, entry
	return again
}

func (p *picker) typed(_ *App, msg tea.Msg) tea.Cmd {
	before := p.input.Value()
	var cmd tea.Cmd
	p.input, cmd = p.input.Update(msg)
	if p.input.Value() != before {
		p.at = 0
	}
	return cmd
}

// fit gives the field the room that a screen of that size has for it.
func (p *picker) fit(w, _ int) { p.input.SetWidth(min(66, w-6) - 3) }

func (p *picker) draw(a *App, w, h int) drawing {
	th := a.theme
	in := min(66, w-6)
	match := p.matching()
	rows := min(len(p.items), max(3, h-7))
	if p.foot != nil {
		rows = min(rows, max(2, h-9))
	}
	from := max(0, min(p.at-rows/2, len(match)-rows))
	name := 0
	for _, it := range p.items {
		name = max(name, width(it.name))
	}
	name = min(name, in/2)
	lines := append(make([]string, 0, rows+3), th.faint.of("/ ")+p.input.View(), th.faint.of(th.line(in)))
	for i := from; i < min(from+rows, len(match)); i++ {
		it := match[i]
		mark := " "
		switch {
		case it.now:
			mark = th.now
		case it.some:
			mark = th.part
		}
		if i == p.at {
			lines = append(lines, th.chosen.of(th.pad(" "+mark+" "+th.pad(it.name, name)+"  "+it.about, in)))
			continue
		}
		label := it.name
		if width(label) > name {
			label = th.cut(label, name)
		}
		lines = append(lines, " "+th.good.of(mark)+" "+label+blank(name-width(label)+2)+th.muted.of(th.cut(it.about, in-name-5)))
	}
	if len(match) == 0 {
		why := "nothing matches"
		if p.waits != "" && len(p.items) == 0 {
			why = p.waits
		}
		lines = append(lines, th.muted.of("   "+why))
	}
	for len(lines) < rows+2 {
		lines = append(lines, "")
	}
	aside := ""
	switch {
	case p.foot != nil && th.words:
		aside = p.foot(a, in)
	case p.foot != nil:
		lines = append(lines, th.faint.of(th.line(in)), p.foot(a, in))
	}
	box := th.listed(p.title, lines, in, th.more(from, len(match)-from-rows))
	cursor := p.input.Cursor()
	if cursor != nil {
		cursor.X += 4
		cursor.Y++
	}
	return drawing{
		lines: box, cursor: cursor, entries: entriesFrom(3, from, min(rows, len(match)-from)),
		at: min(p.at+1, len(match)), of: len(match), aside: aside,
	}
}

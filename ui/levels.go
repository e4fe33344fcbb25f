package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// levels chooses a level of gain or pain, with the glossary's definitions on
// the screen: people argue about levels, and the definition settles it.
type levels struct {
	ref   model.Ref                            // zero: the marked tickets
	field model.Field                          // FieldGain or FieldPain
	give  func(a *App, to model.Level) tea.Cmd // takes the level; nil: the ticket gets it
	at    int                                  // which of Levels was clicked
}

func (*levels) scope() keymap.Scope { return keymap.Level }

func (d *levels) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	chosen, ok := map[keymap.ID]model.Level{
		keymap.LevelHigh: model.High, keymap.LevelMedium: model.Medium,
		keymap.LevelLow: model.Low, keymap.LevelNone: model.None,
	}[id]
	if id == keymap.Accept {
		chosen, ok = model.Levels[d.at], true
	}
	switch {
	case ok && d.give != nil:
		a.leave()
		return d.give(a, chosen), true
	case ok && d.ref == model.Ref{}:
		a.leave()
		return a.setLevelOfMany(d.field, chosen), true
	case ok:
		a.leave()
		return a.setLevel(d.ref, d.field, chosen), true
	case id == keymap.Cancel:
		a.leave()
		return nil, true
	}
	return nil, false
}

// point takes a level at once, as its key does.
func (d *levels) point(entry int) (again bool) {
	d.at = entry
	return true
}

func (d *levels) draw(a *App, w, _ int) drawing {
	th := a.theme
	title, now, ok := d.now(a)
	if !ok {
		return drawing{}
	}
	k, meaning := th.gain, model.GainMeaning
	if d.field == model.FieldPain {
		k, meaning = th.pain, model.PainMeaning
	}
	ids := map[model.Level]keymap.ID{
		model.High: keymap.LevelHigh, model.Medium: keymap.LevelMedium, model.Low: keymap.LevelLow, model.None: keymap.LevelNone,
	}
	in := min(78, w-6)
	keys := 3 // and what parts them from the bar
	for _, id := range ids {
		keys = max(keys, min(width(a.key(id)), longestKey)+1)
	}
	before, named := keys+17, in >= 56 // key, bar and name
	if !named {
		before = keys + 5 // the name gives way: key and bar say the same
	}
	var lines []string
	entries := []int{0} // the border is of none
	for i, l := range model.Levels {
		text := th.wrap(meaning(l), in-before, 4)
		head := th.key.of(th.pad(a.key(ids[l]), keys-1)+" ") + k.of(th.level(l)) + "  "
		if named {
			head = th.pad(head, keys+7) + d.name(th, l, now)
		}
		lines = append(lines, head+first(text))
		for _, more := range text[min(1, len(text)):] {
			lines = append(lines, blank(before)+more)
		}
		for len(entries) <= len(lines) {
			entries = append(entries, i+1)
		}
	}
	return drawing{lines: th.boxed(title, lines, in), entries: entries}
}

// longestKey is how much of a person's own key is told where there is little
// room: the help tells all of it.
const longestKey = 14

// noLevel is the present level of tickets that may have several.
const noLevel = model.High + 1

// now says whose level is chosen, and which it is at present.
func (d *levels) now(a *App) (title string, l model.Level, ok bool) {
	if d.ref == (model.Ref{}) {
		return fieldName(d.field) + " of " + a.marked(), noLevel, true
	}
	card, _, _, ok := a.snap.Board.Find(d.ref)
	if !ok {
		return "", noLevel, false
	}
	if l = card.Gain; d.field == model.FieldPain {
		l = card.Pain
	}
	return fmt.Sprintf("%s of %s, now %s", fieldName(d.field), a.ticketName(d.ref), l), l, true
}

// name is a level's name, with a sign at the present one.
func (*levels) name(th *theme, l, now model.Level) string {
	if l == now {
		return th.strong.of(th.pad(l.String(), 7)) + th.left + "  "
	}
	return th.pad(l.String(), 10)
}

package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
)

// dialog is something that floats above the board and takes the keys.
type dialog interface {
	// scope is the place whose keys it takes.
	scope() keymap.Scope
	// do carries out an action of that place; false when it has no such thing.
	do(a *App, id keymap.ID) (tea.Cmd, bool)
	// draw returns what to show on a screen of that size.
	draw(a *App, w, h int) drawing
}

// typist is a dialog that text is typed or pasted into.
type typist interface {
	typed(a *App, msg tea.Msg) tea.Cmd
}

// question is a dialog that tells its keys itself, beside what it asks: they
// need not stand below as well.
type question interface{ asks() }

func (*clash) asks() {}
func (*plan) asks()  {}

// watcher is a dialog that shows what it counted of a picture, and counts again
// when there is another one.
type watcher interface {
	renewed(a *App) tea.Cmd
}

// drawing is a dialog's lines, all of one width, and where its cursor is
// within them.
type drawing struct {
	lines  []string
	cursor *tea.Cursor
	low    bool // at the bottom of the screen instead of its middle

	entries []int  // of a list: which entry, counted from 1, each line is of; 0: none
	spots   []area // of a picture: where its entries are
	at, of  int    // of a list: the place of the chosen entry, counted from 1, and how many there are
	hints   int    // the line with the keys of a question; 0: there is none
	written int    // from this line on stands what is being written; 0: nothing is
	aside   string // for who hears: what a list tells beside its entries
}

// sized is a dialog that must know the size of the screen before it is drawn.
type sized interface {
	fit(w, h int)
}

// open shows a dialog on top. Its keys come before what was told.
func (a *App) open(d dialog) {
	a.unsay()
	a.dialogs = append(a.dialogs, d)
	a.fit()
}

// fit tells everything open how large the screen is.
func (a *App) fit() {
	for _, d := range a.dialogs {
		if s, ok := d.(sized); ok {
			s.fit(a.width, a.height)
		}
	}
	a.filter.fit(a.width)
}

// leave closes the dialog on top.
func (a *App) leave() {
	if n := len(a.dialogs); n > 0 {
		a.dialogs = a.dialogs[:n-1]
	}
}

// typist returns what text goes to now.
func (a *App) typist() (typist, bool) {
	if n := len(a.dialogs); n > 0 {
		t, ok := a.dialogs[n-1].(typist)
		return t, ok
	}
	if a.filter.typing {
		return &a.filter, true
	}
	return nil, false
}

// boxIndent is what is left of a box that is told: the cursor's column counts
// its border.
const boxIndent = "  "

// boxed puts a border with a title around lines. w is the width within.
func (th *theme) boxed(title string, lines []string, w int) []string {
	if th.words {
		out := append(make([]string, 0, len(lines)+1), title)
		for _, line := range lines {
			out = append(out, boxIndent+line)
		}
		return out
	}
	title = th.cut(title, w-2)
	top := th.faint.of(th.corners[0]+th.top) + " " + th.strong.of(title) + " " +
		th.faint.of(th.line(w-width(title)-1)+th.corners[1])
	out := append(make([]string, 0, len(lines)+2), top)
	side := th.faint.of(th.side)
	for _, line := range lines {
		have := width(line)
		if have > w {
			line = th.cut(line, w)
			have = width(line)
		}
		out = append(out, side+" "+line+blank(w-have)+" "+side)
	}
	return append(out, th.faint.of(th.corners[2]+th.line(w+2)+th.corners[3]))
}

// confirm asks a question whose default is No.
type confirm struct {
	title string
	text  string
	yes   func(a *App) tea.Cmd
	no    func(a *App) tea.Cmd // nil: nothing happens
}

func (*confirm) asks() {}

func (*confirm) scope() keymap.Scope { return keymap.Confirm }

func (c *confirm) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	then := c.no
	switch id {
	case keymap.Yes:
		then = c.yes
	case keymap.No:
	default:
		return nil, false
	}
	a.leave()
	if then == nil {
		return nil, true
	}
	return then(a), true
}

func (c *confirm) draw(a *App, w, _ int) drawing {
	in := min(64, w-6)
	lines := a.theme.wrap(c.text, in, 8)
	lines = append(lines, "", a.hints(scopesOf[keymap.Confirm], in))
	return drawing{lines: a.theme.boxed(c.title, lines, in), hints: len(lines)}
}

// working shows what is being handed over beside the screen. It keeps the keys
// from the board until that is done, so that nothing can overtake it.
type working struct{ what string }

func (*working) asks() {} // no key does anything

func (*working) scope() keymap.Scope { return keymap.Plan }

func (*working) do(_ *App, id keymap.ID) (tea.Cmd, bool) { return nil, id != keymap.Quit }

func (d *working) draw(a *App, w, _ int) drawing {
	in := min(64, w-6)
	return drawing{lines: a.theme.boxed("A moment", a.theme.wrap(d.what+a.theme.ellipsis, in, 3), in)}
}

// drop closes a dialog wherever it is; nil is none.
func (a *App) drop(d dialog) {
	a.dialogs = slices.DeleteFunc(a.dialogs, func(o dialog) bool { return o == d })
}

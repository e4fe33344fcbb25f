package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
)

// help lists the person's own keys: those of the place that it was called from
// first, then every action of the program.
type help struct {
	of   []keymap.Scope // the place
	top  int
	rows int // that are shown at once
}

func (a *App) openHelp() tea.Cmd {
	a.open(&help{of: a.scopes()})
	return nil
}

func (*help) scope() keymap.Scope { return keymap.Help }

func (d *help) fit(_, h int) { d.rows = max(1, h-6) }

func (d *help) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	last := max(0, len(a.helpText(d.of, helpWidth(a.width)))-d.rows)
	if id == keymap.Back || id == keymap.ShowHelp {
		a.leave()
		return nil, true
	}
	var ok bool
	d.top, ok = stepped(id, d.top, d.rows, last)
	return nil, ok
}

func helpWidth(w int) int { return min(88, w-6) }

// helpText is all of the help, a line each.
func (a *App) helpText(of []keymap.Scope, in int) []string {
	th := a.theme
	lines := []string{th.title.of("Here")}
	for _, s := range a.Keys.Help(of) {
		for _, h := range s.Hints {
			lines = append(lines, a.helpLines(h, in)...)
		}
	}
	if !th.words {
		lines = append(lines, "", th.title.of("Signs"))
		lines = append(lines, th.legend(in)...)
	}
	lines = append(lines, "", th.muted.of("Everywhere"))
	for _, s := range a.Keys.All() {
		lines = append(lines, "", th.title.of(s.Title))
		for _, h := range s.Hints {
			lines = append(lines, a.helpLines(h, in)...)
		}
	}
	return lines
}

// helpLines is one action with its keys.
func (a *App) helpLines(h keymap.Hint, in int) []string {
	keys := 16
	if in < 60 {
		keys = 10
	}
	lines := a.theme.wrap(h.Help, in-keys-2, 4)
	for i, line := range lines {
		label := ""
		if i == 0 {
			if label = a.label(h); label == "" {
				label = a.key(keymap.Recipes) + a.theme.ellipsis // they are chosen from there
			}
		}
		lines[i] = a.theme.key.of(a.theme.pad(label, keys)) + "  " + line
	}
	return lines
}

// legend explains the signs on the cards.
func (th *theme) legend(in int) []string {
	all := []string{
		th.gain.of("G"+th.level(3)) + " gain", th.pain.of("P"+th.level(1)) + " pain",
		th.accent.of(th.pending) + " pending", th.alarm.of(th.stuck) + " parked", th.good.of(th.answered) + " reporter answered",
		th.warn.of(th.due) + " due", th.warn.of(th.stale) + " stale", th.comments + "3 comments",
		th.accent.of(th.mark) + " marked",
	}
	return packed(all, "   ", in)
}

// packed puts things side by side into lines of a width, each of them whole.
func packed(all []string, gap string, w int) (lines []string) {
	line, used := "", 0
	for _, s := range all {
		if used > 0 && used+len(gap)+width(s) > w {
			lines, line, used = append(lines, line), "", 0
		}
		if used > 0 {
			line, used = line+gap, used+len(gap)
		}
		line, used = line+s, used+width(s)
	}
	return append(lines, line)
}

func (d *help) draw(a *App, w, h int) drawing {
	in := helpWidth(w)
	all := a.helpText(d.of, in)
	rows := max(1, h-6)
	top := min(d.top, max(0, len(all)-rows))
	lines := slices.Clone(all[top:min(len(all), top+rows)])
	more := ""
	if left := len(all) - top - rows; left > 0 {
		more = a.theme.muted.of(a.theme.down + " " + count(left, "more line", "more lines"))
	}
	return drawing{lines: a.theme.boxed("Keys", append(lines, more), in)}
}

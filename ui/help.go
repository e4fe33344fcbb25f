package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
)

// help lists every action with the person's own keys.
type help struct {
	top   int
	lines int // of the last layout, for paging
}

func (*help) scope() keymap.Scope { return keymap.Help }

func (d *help) fit(_, h int) { d.lines = max(1, h-6) }

func (d *help) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	last := max(0, len(a.helpText(a.width))-d.lines)
	switch id {
	case keymap.Back, keymap.ShowHelp:
		a.leave()
	case keymap.Up:
		d.top--
	case keymap.Down:
		d.top++
	case keymap.PageUp:
		d.top -= d.lines
	case keymap.PageDown:
		d.top += d.lines
	case keymap.First:
		d.top = 0
	case keymap.Last:
		d.top = last
	default:
		return nil, false
	}
	d.top = min(max(0, d.top), last)
	return nil, true
}

func helpWidth(w int) int { return min(88, w-6) }

// helpText is all of the help, a line each.
func (a *App) helpText(w int) []string {
	th := a.theme
	in := helpWidth(w)
	keys := 16
	if in < 60 {
		keys = 10
	}
	var lines []string
	for _, s := range a.Keys.All() {
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, th.title.of(s.Title))
		for _, h := range s.Hints {
			label := h.Label()
			if a.ASCII {
				label = h.ASCII()
			}
			text := th.wrap(h.Help, in-keys-2, 4)
			lines = append(lines, th.key.of(th.pad(label, keys))+"  "+first(text))
			for _, more := range text[min(1, len(text)):] {
				lines = append(lines, blank(keys+2)+more)
			}
		}
	}
	return append(lines, "", th.title.of("Signs"), a.legend(in))
}

// legend explains the signs on the cards.
func (a *App) legend(in int) string {
	th := a.theme
	all := []string{
		th.gain.of("G"+th.full+th.full+th.full) + " gain", th.pain.of("P"+th.full+th.empty+th.empty) + " pain",
		th.accent.of(th.pending) + " pending", th.alarm.of(th.stuck) + " parked", th.good.of(th.answered) + " reporter answered",
		th.warn.of(th.due) + " due", th.warn.of(th.stale) + " stale", th.comments + "3 comments",
	}
	line, w := "", 0
	var lines []string
	for _, s := range all {
		if w > 0 && w+3+width(s) > in {
			lines, line, w = append(lines, line), "", 0
		}
		if w > 0 {
			line, w = line+"   ", w+3
		}
		line, w = line+s, w+width(s)
	}
	return strings.Join(append(lines, line), "\n")
}

func (d *help) draw(a *App, w, h int) drawing {
	all := strings.Split(strings.Join(a.helpText(w), "\n"), "\n")
	rows := max(1, h-6)
	top := min(d.top, max(0, len(all)-rows))
	lines := append([]string{}, all[top:min(len(all), top+rows)]...)
	for len(lines) < min(rows, len(all)) {
		lines = append(lines, "")
	}
	if more := len(all) - top - rows; more > 0 {
		lines = append(lines, a.theme.muted.of(a.theme.down+" "+count(more, "more line", "more lines")))
	} else {
		lines = append(lines, "")
	}
	return drawing{lines: a.theme.boxed("What you can do here", lines, helpWidth(w))}
}

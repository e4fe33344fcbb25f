package ui

import (
	"errors"
	"strings"

	"docket/model"
)

// inset moves lines out of the column in which the headings begin: what stands
// further right may be anybody's words, and must not pass for one.
func inset(lines ...string) []string {
	for i, line := range lines {
		lines[i] = indent(line)
	}
	return lines
}

func indent(line string) string { return " " + line }

// draw returns the rows of the open ticket, each exactly w wide.
func (p *pane) draw(a *App, w, rows int, beside bool) []string {
	th := a.theme
	in := w - 4
	lines := a.paneHead(in)
	more := 0 // lines below those on the screen
	switch {
	case p.thread == nil && p.err != nil:
		lines = append(lines, inset(th.wrap(p.failed(a), in, 4)...)...)
	case p.width == 0 && p.lines == nil:
		lines = append(lines, indent(th.muted.of("Fetching the text"+th.ellipsis)))
	default:
		rest := p.lines[min(p.top, len(p.lines)):]
		more = len(lines) + len(rest) - rows
		for _, line := range rest[:min(len(rest), max(0, rows-len(lines)))] {
			switch {
			case line.by != nil:
				line.text = th.by(line.by, p.author(), in+1, a.now)
			case line.told:
				line.text = th.told(line, in+1, a.now)
			default:
				line.text = indent(line.text)
			}
			lines = append(lines, th.text.of(line.text))
		}
		if more <= 0 && !p.thread.Complete {
			lines = append(lines, "", indent(th.muted.of("More comments are on their way.")))
		}
	}
	more = max(more, len(lines)-rows)
	edge := " "
	if beside {
		edge = th.faint.of(th.side)
	}
	out := splitLines(strings.Join(lines, "\n"), rows)
	if more > 0 && rows > 0 {
		sign := th.down + " " + count(more+1, "more line", "more lines")
		if p.wants != 0 {
			sign += th.ellipsis
		}
		out[rows-1] = indent(th.muted.of(sign))
	}
	for i, line := range out {
		out[i] = edge + th.pad(line, in+1) + blank(2)
	}
	return out
}

// failed says why there is nothing to read.
func (p *pane) failed(a *App) string {
	what, hint := WordsOf(p.err, a.now)
	if wrong, ok := errors.AsType[*model.Problem](p.err); ok && wrong.Kind == model.NotFound {
		hint = "no ticket of the repository has this number now"
	}
	return what + "; " + hint
}

// author returns who opened the ticket.
func (p *pane) author() model.Line {
	if p.card == nil {
		return model.Line{}
	}
	return p.card.Author.Login
}

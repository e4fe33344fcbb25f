package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
	"docket/model/query"
)

// numbers is what a team counts of its tickets, from the store: how many came
// and went, how long it took, and of what kind they are.
type numbers struct {
	n       *model.Numbers // nil while they are counted for the first time
	err     error
	gen     int         // of the latest count: answers to earlier ones are late
	waiting bool        // a count is under way
	counted time.Time   // when the one that is shown was asked for
	of      query.Query // the filter that it is counted under
	span    int         // which of spans
	shown   int         // the one that was counted
	top     int
	rows    int
}

// spans are how many weeks can be looked at; 0 is all that there are.
var spans = []int{4, 12, 26, 52, 0}

// numbersMsg brings a count.
type numbersMsg struct {
	gen  int
	span int
	n    model.Numbers
	err  error
}

func (a *App) openNumbers() tea.Cmd {
	d := &numbers{of: a.filter.query, span: 1}
	a.open(d)
	return d.ask(a)
}

// ask counts anew, beside the screen: all that was ever kept is read.
func (d *numbers) ask(a *App) tea.Cmd {
	d.gen++
	d.waiting, d.counted = true, a.now
	ctx, desk, gen, now, span, read := a.ctx, a.Desk, d.gen, a.now, d.span, a.Workflow.Scheme.Remember()
	meaning := a.meaning(d.of)
	return func() tea.Msg {
		all, err := desk.All(ctx)
		if err != nil {
			return numbersMsg{gen: gen, span: span, err: err}
		}
		means, err := meaning()
		keep := func(t model.Ticket) bool { return means(&model.Card{Ticket: t}) }
		return numbersMsg{gen, span, model.CountNumbers(all, keep, read, model.WeeksBack(now, spans[span]), now), err}
	}
}

// restBetween is how long numbers stay as they are while the board changes:
// they are for looking at, and cost a walk through everything.
const restBetween = 10 * time.Second

func (d *numbers) renewed(a *App) tea.Cmd {
	rest := restBetween
	if a.voice != nil { // nobody listens to numbers that fast
		rest = quietFor
	}
	if d.waiting || a.now.Sub(d.counted) < rest {
		return nil
	}
	return d.ask(a)
}

func (a *App) takeNumbers(msg numbersMsg) tea.Cmd {
	for _, open := range a.dialogs {
		if d, ok := open.(*numbers); ok && d.gen == msg.gen {
			d.waiting, d.err = false, msg.err
			if msg.err == nil {
				d.n, d.shown = &msg.n, msg.span
			}
		}
	}
	return nil
}

func (*numbers) scope() keymap.Scope { return keymap.Numbers }

func (d *numbers) fit(_, h int) { d.rows = max(1, h-6) }

func (d *numbers) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	switch id {
	case keymap.Back:
		a.leave()
		return nil, true
	case keymap.ShorterTime:
		return d.look(a, d.span-1), true
	case keymap.LongerTime:
		return d.look(a, d.span+1), true
	}
	last := max(0, len(d.lines(a.theme, numbersWidth(a.width), a))-d.rows)
	var ok bool
	d.top, ok = stepped(id, d.top, d.rows, last)
	return nil, ok
}

// look counts another number of weeks.
func (d *numbers) look(a *App, span int) tea.Cmd {
	if span < 0 || span >= len(spans) {
		return nil
	}
	d.span = span
	return d.ask(a)
}

func numbersWidth(w int) int { return min(120, w-6) }

// lines is all that there is to show.
func (d *numbers) lines(th *theme, in int, a *App) []string {
	switch {
	case d.err != nil:
		what, hint := WordsOf(d.err, a.now)
		return append(th.wrap(sentence(what), in, 3), th.wrap(hint, in, 3)...)
	case d.n == nil, th.words && d.shown != d.span: // what was told is not told again
		return []string{"", th.muted.of("Counting " + th.ellipsis), ""}
	}
	return numbersPainter{th, *d.n}.paint(in)
}

func (d *numbers) draw(a *App, w, h int) drawing {
	in := numbersWidth(w)
	all := d.lines(a.theme, in, a)
	rows := max(1, h-6)
	top := min(d.top, max(0, len(all)-rows))
	lines := slices.Clone(all[top:min(len(all), top+rows)])
	more := ""
	if left := len(all) - top - rows; left > 0 {
		more = a.theme.muted.of(a.theme.down + " " + count(left, "more line", "more lines"))
	}
	return drawing{lines: a.theme.boxed("Numbers: "+spanWords(spans[d.span])+matching(d.of), append(lines, more), in)}
}

// matching tells the filter that something is counted under.
func matching(q query.Query) string {
	of := q.String()
	if of == "" {
		return ""
	}
	return ", matching " + model.NewLine(of).String()
}

// spanWords names a number of weeks.
func spanWords(weeks int) string {
	if weeks == 0 {
		return "from the beginning"
	}
	return "the last " + count(weeks, "week", "weeks")
}

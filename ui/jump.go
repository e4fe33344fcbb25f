package ui

import (
	"fmt"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// jump asks for a ticket's number and goes there. On a board of several
// repositories a number may be of several tickets.
type jump struct {
	input textinput.Model
	at    int // among the tickets of that number
}

func (a *App) askNumber() tea.Cmd {
	j := &jump{input: newInput()}
	if k := a.lastKey; len(k) == 1 && k >= "1" && k <= "9" { // it was typed already
		j.input.SetValue(k)
		j.input.CursorEnd()
	}
	a.open(j)
	return nil
}

func (*jump) scope() keymap.Scope { return keymap.Pick }

// number is what was typed so far; 0 when that is no number.
func (j *jump) number() int64 {
	n, _ := strconv.ParseInt(j.input.Value(), 10, 64)
	return n
}

// numbered returns the board's tickets of a number, in the order of its
// repositories.
func (a *App) numbered(n int64) []*model.Card {
	var out []*model.Card
	for _, r := range a.snap.Repos {
		if card, _, _, ok := a.snap.Board.Find(model.Ref{Repo: r.Name, Number: n}); ok {
			out = append(out, card)
		}
	}
	return out
}

func (j *jump) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	match := a.numbered(j.number())
	switch id {
	case keymap.PickUp:
		j.at = (j.at + len(match) - 1) % max(1, len(match))
	case keymap.PickDown:
		j.at = (j.at + 1) % max(1, len(match))
	case keymap.Cancel:
		a.leave()
	case keymap.Accept:
		a.leave()
		switch {
		case len(match) > 0:
			return a.goTo(match[min(j.at, len(match)-1)].Ref), true
		case j.input.Value() != "":
			return a.tell(fmt.Sprintf("#%s is not on the board: open tickets are, and those closed lately", j.input.Value())), true
		}
	default:
		return nil, false
	}
	return nil, true
}

// goTo goes to a ticket of the board, and opens it where one is open. When the
// query in force hides it, all tickets are shown.
func (a *App) goTo(ref model.Ref) tea.Cmd {
	var cmds []tea.Cmd
	if _, _, _, ok := a.columns.board.Find(ref); !ok {
		a.filter.goal = ref // the board may take a moment
		cmds = append(cmds, a.clearFilter(), a.tell(fmt.Sprintf("The query leaves out #%d: all tickets are shown", ref.Number)))
	}
	a.columns.ref = ref
	a.columns.show(a.columns.board)
	if a.pane != nil {
		cmds = append(cmds, a.openTicket(ref))
	}
	return tea.Batch(cmds...)
}

// longestNumber is how many digits make sense.
const longestNumber = 12

func (j *jump) typed(_ *App, msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	j.input, cmd = j.input.Update(msg)
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, j.input.Value())
	if digits = digits[:min(len(digits), longestNumber)]; digits != j.input.Value() {
		j.input.SetValue(digits)
	}
	j.at = 0
	return cmd
}

func (j *jump) point(entry int) (again bool) {
	again, j.at = j.at == entry, entry
	return again
}

func (j *jump) fit(w, _ int) { j.input.SetWidth(min(66, w-6) - 3) }

func (j *jump) draw(a *App, w, _ int) drawing {
	th := a.theme
	in := min(66, w-6)
	lines := []string{th.faint.of("# ") + j.input.View(), th.faint.of(th.line(in))}
	match := a.numbered(j.number())
	for i, c := range match {
		line := fmt.Sprintf("%s, %s", c.Title, c.Shown())
		if len(a.snap.Repos) > 1 {
			line = model.NewLine(c.Ref.Repo).String() + "  " + line
		}
		if i == min(j.at, len(match)-1) {
			lines = append(lines, th.chosen.of(th.pad(" "+line, in)))
		} else {
			lines = append(lines, " "+th.text.of(th.cut(line, in-1)))
		}
	}
	switch {
	case len(match) == 0 && j.input.Value() == "":
		lines = append(lines, th.muted.of(th.cut(" a ticket's number", in)))
	case len(match) == 0:
		lines = append(lines, th.muted.of(th.cut(" not on the board", in)))
	}
	cursor := j.input.Cursor()
	if cursor != nil {
		cursor.X += 4
		cursor.Y++
	}
	return drawing{
		lines: th.boxed("Go to a ticket", lines, in), cursor: cursor,
		entries: entriesFrom(3, 0, len(match)), at: min(j.at+1, len(match)), of: len(match),
	}
}

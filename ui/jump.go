package ui

import (
	"fmt"
	"slices"
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
	at    int // among the tickets of that number, and those that begin with it; -1: on none
}

func (a *App) askNumber() tea.Cmd {
	j := &jump{input: newInput()}
	if k := a.lastKey; len(k) == 1 && k >= "1" && k <= "9" { // it was typed already
		j.input.SetValue(k)
		j.input.CursorEnd()
	}
	j.choose(a)
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

// beginning returns the first few of the board's tickets whose number goes on
// after n. It costs searches in an ordered list, not a walk.
func (a *App) beginning(n int64, most int) []*model.Card {
	var out []*model.Card
	if n <= 0 {
		return nil
	}
	all := a.snap.Board.All()
	for _, r := range a.snap.Repos {
		for from, to := n*10, n*10+9; from < highestNumber; from, to = from*10, to*10+9 {
			i, _ := slices.BinarySearchFunc(all, model.Ref{Repo: r.Name, Number: from}, func(c *model.Card, ref model.Ref) int { return c.Ref.Compare(ref) })
			for ; i < len(all) && all[i].Ref.Repo == r.Name && all[i].Ref.Number <= to; i++ {
				if len(out) == most {
					return out
				}
				out = append(out, all[i])
			}
		}
	}
	return out
}

// mostBeginning is how many tickets are shown that a number may become.
const mostBeginning = 6

// offered are the tickets that can be gone to: those of the number, and those
// that it may become.
func (j *jump) offered(a *App) (all []*model.Card, exact int) {
	match := a.numbered(j.number())
	return append(match, a.beginning(j.number(), mostBeginning)...), len(match)
}

// choose chooses the ticket of the number; none while there is none, so that
// enter never leads to another one than was typed.
func (j *jump) choose(a *App) {
	j.at = -1
	if len(a.numbered(j.number())) > 0 {
		j.at = 0
	}
}

func (j *jump) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	all, _ := j.offered(a)
	switch id {
	case keymap.PickUp:
		j.at = (max(j.at, 0) + len(all) - 1) % max(1, len(all))
	case keymap.PickDown:
		j.at = (j.at + 1) % max(1, len(all))
	case keymap.Cancel:
		a.leave()
	case keymap.Accept:
		a.leave()
		switch {
		case j.at >= 0 && len(all) > 0:
			return a.goTo(all[min(j.at, len(all)-1)].Ref), true
		case j.number() > 0:
			return a.lookUpElsewhere(j.number()), true
		}
	default:
		return nil, false
	}
	return nil, true
}

// lookUpElsewhere offers to read a ticket that the board does not show: one that
// was closed long ago, or came a moment ago.
func (a *App) lookUpElsewhere(n int64) tea.Cmd {
	items := make([]item, len(a.snap.Repos))
	for i, r := range a.snap.Repos {
		ref := model.Ref{Repo: r.Name, Number: n}
		items[i] = item{name: "Look up " + plainLine(ref.String()), about: "to read it here", pick: func(a *App) tea.Cmd { return a.followTo(ref) }}
	}
	a.open(newPicker(fmt.Sprintf("#%d is not on the board: closed long ago?", n), items))
	return nil
}

// goTo goes to a ticket of the board, and opens it where one is open. When the
// query in force hides it, all tickets are shown.
func (a *App) goTo(ref model.Ref) tea.Cmd {
	var cmds []tea.Cmd
	if _, _, _, ok := a.columns.board.Find(ref); !ok {
		a.filter.goal = ref // the board may take a moment
		cmds = append(cmds, a.clearFilter(), a.tell("The query leaves out "+a.ticketName(ref)+": all tickets are shown"))
	}
	a.columns.ref = ref
	a.columns.show(a.columns.board)
	if a.pane != nil {
		cmds = append(cmds, a.openTicket(ref))
	}
	return tea.Batch(cmds...)
}

// longestNumber is how many digits make sense, and highestNumber what they can't
// reach.
const longestNumber, highestNumber = 12, 1e12

func (j *jump) typed(a *App, msg tea.Msg) tea.Cmd {
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
	j.choose(a)
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
	all, exact := j.offered(a)
	for i, c := range all {
		line := fmt.Sprintf("%s, %s", c.Title, c.Shown())
		if i >= exact {
			line = fmt.Sprintf("%d  %s", c.Ref.Number, line)
		}
		if len(a.snap.Repos) > 1 {
			line = model.NewLine(c.Ref.Repo).String() + "  " + line
		}
		switch {
		case i == min(j.at, len(all)-1):
			lines = append(lines, th.chosen.of(th.pad(" "+line, in)))
		case i >= exact:
			lines = append(lines, " "+th.muted.of(th.cut(line, in-1)))
		default:
			lines = append(lines, " "+th.text.of(th.cut(line, in-1)))
		}
	}
	if len(all) == 0 {
		words := "a ticket's number"
		if j.number() > 0 {
			words = "not on the board; " + a.key(keymap.Accept) + " looks further"
		}
		lines = append(lines, th.muted.of(th.cut(" "+words, in)))
	}
	cursor := j.input.Cursor()
	if cursor != nil {
		cursor.X += 4
		cursor.Y++
	}
	return drawing{
		lines: th.boxed("Go to a ticket", lines, in), cursor: cursor,
		entries: entriesFrom(3, 0, len(all)), at: min(j.at+1, len(all)), of: len(all),
	}
}

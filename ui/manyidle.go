package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

// idleMsg tells which of the marked tickets somebody must be found for before
// they can be moved.
type idleMsg struct {
	move intent
	to   model.Step
	idle []model.Ref
	all  int
}

// findIdle looks for marked tickets that nobody has, and has the person say who
// works on those.
func (a *App) findIdle(move intent, to model.Step) tea.Cmd {
	board, set := a.snap.Board, a.columns.marks.set
	give := a.permitted(intent{needs: move.needs, deed: func(c *model.Card) ([]model.Change, string) {
		if len(c.Assignees) > 0 {
			return nil, "somebody has it"
		}
		return model.Moves(c.Ticket, to.State), ""
	}})
	look := func() idleMsg {
		msg := idleMsg{move: move, to: to, all: set.Len()}
		for _, ref := range set.All() {
			if card, _, _, there := board.Find(ref); there {
				if _, why := give(card); why == "" {
					msg.idle = append(msg.idle, ref)
				}
			}
		}
		return msg
	}
	if set.Len() <= atOnce {
		return a.takeIdle(look())
	}
	d := &working{what: "Looking for tickets that nobody has"}
	a.open(d)
	return func() tea.Msg { return lookedMsg{d, look()} }
}

// lookedMsg brings what was looked for beside the screen.
type lookedMsg struct {
	from *working
	idleMsg
}

// takeIdle asks who works on the tickets that nobody has, and on no others:
// those keep whoever has them.
func (a *App) takeIdle(msg idleMsg) tea.Cmd {
	move, n := msg.move, len(msg.idle)
	if n == 0 {
		return a.plan(move)
	}
	title := "Who works on " + count(n, "ticket", "tickets")
	switch {
	case n == msg.all:
	case n <= namedAtMost:
		names := make([]string, n)
		for i, ref := range msg.idle {
			names[i] = a.ticketName(ref)
		}
		title = fmt.Sprintf("Who works on %s? The others have somebody", strings.Join(names, ", "))
	default:
		title = fmt.Sprintf("Who works on the %s of %s that nobody has", thousands(n), thousands(msg.all))
	}
	return a.pickPersonOfMany(title, func(who model.Line) tea.Cmd {
		can := a.assignable(who)
		deed := move.deed
		move.deed = func(c *model.Card) ([]model.Change, string) {
			switch {
			case len(c.Assignees) > 0:
				return deed(c)
			case !can(c.Ref.Repo):
				return nil, who.String() + " can't be assigned in " + c.Ref.Repo
			}
			return append(model.Moves(c.Ticket, msg.to.State), model.Assign{To: []model.Line{who}}), ""
		}
		return a.plan(move)
	}, false)
}

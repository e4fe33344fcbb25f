package ui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// clash asks whose value to keep when somebody changed the same field.
type clash struct {
	entry model.Entry
	since time.Time
}

// grace is how long a question that opened by itself ignores keys: they were
// meant for what lay beneath.
const grace = 400 * time.Millisecond

func (*clash) scope() keymap.Scope { return keymap.Clash }

// putClash asks about the first clash that was not asked about yet, unless the
// person is busy with something else.
func (a *App) putClash() {
	if a.tally.stuck == 0 || len(a.dialogs) > 0 || a.filter.typing || a.drag != nil {
		return
	}
	for _, e := range a.snap.Outbox {
		if e.Status == model.Clashed && !a.asked[e.ID] {
			a.asked[e.ID] = true
			a.open(&clash{e, a.now})
			return
		}
	}
}

func (d *clash) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	if a.now.Sub(d.since) < grace {
		return nil, true
	}
	switch id {
	case keymap.KeepTheirs:
		return d.settle(a, model.Discard), true
	case keymap.UseMine:
		return d.settle(a, model.UseMine), true
	case keymap.OpenTicket:
		a.leave()
		return tea.Batch(a.openTicket(d.entry.Edit.Ref), a.tell("Decide in the outbox: "+a.key(keymap.ShowOutbox))), true
	case keymap.Cancel:
		a.leave()
		return a.tell("It waits in the outbox: " + a.key(keymap.ShowOutbox)), true
	}
	return nil, false
}

func (d *clash) settle(a *App, how model.Settlement) tea.Cmd {
	a.leave()
	return a.take(a.Desk.Settle(d.entry.ID, how))
}

func (d *clash) draw(a *App, w, _ int) drawing {
	th := a.theme
	in := min(70, w-6)
	field := d.entry.Edit.Change.Field()
	mine, _ := d.entry.Edit.Change.Value(model.Ticket{})
	theirs := d.entry.Theirs
	who := "by somebody"
	if !theirs.By.Login.Empty() {
		who = "by " + theirs.By.Login.String()
	}
	when := ""
	if !theirs.At.IsZero() {
		when = ", " + Ago(a.now.Sub(theirs.At))
	}
	text := fmt.Sprintf("%s was set to %s %s%s. You chose %s.", fieldName(field), theirs.Value, who, when, mine)
	lines := append(th.wrap(text, in, 4), "", a.hints(scopesOf[keymap.Clash], in))
	return drawing{lines: th.boxed(a.ticketName(d.entry.Edit.Ref)+": somebody was faster", lines, in), hints: len(lines)}
}

package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// outbox lists the changes that have not reached the forge, and what to do
// about those that can't go on by themselves.
type outbox struct {
	at int
}

func (*outbox) scope() keymap.Scope { return keymap.Outbox }

// entry is the one that the keys are about.
func (d *outbox) entry(a *App) (model.Entry, bool) {
	if len(a.snap.Outbox) == 0 {
		return model.Entry{}, false
	}
	return a.snap.Outbox[min(d.at, len(a.snap.Outbox)-1)], true
}

func (d *outbox) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	e, some := d.entry(a)
	last := max(0, len(a.snap.Outbox)-1)
	switch id {
	case keymap.Back:
		a.leave()
		return nil, true
	case keymap.Retry, keymap.EditChange, keymap.CopyText, keymap.Discard:
		if !some {
			return a.tell("Nothing waits here"), true
		}
		return d.act(a, id, e), true
	}
	var ok bool
	d.at, ok = stepped(id, min(d.at, last), max(1, (a.height-6)/2), last) // an entry has two lines, mostly
	return nil, ok
}

// act does something about one entry.
func (d *outbox) act(a *App, id keymap.ID, e model.Entry) tea.Cmd {
	switch id {
	case keymap.Retry:
		if e.Status == model.Clashed {
			return a.decide(e, model.UseMine)
		}
		if e.Problem != nil && e.Problem.Kind == model.NoLabel {
			return a.askLabels(e.Edit.Ref.Repo, func(a *App) tea.Cmd { return a.take(a.Desk.Settle(e.ID, model.Retry)) }, nil)
		}
		return a.take(a.Desk.Settle(e.ID, model.Retry))
	case keymap.CopyText:
		text := sayChange(e.Edit.Change)
		if c, ok := e.Edit.Change.(model.AddComment); ok {
			text = c.Text
		}
		return tea.Batch(tea.SetClipboard(text), a.tell("Copied"))
	case keymap.EditChange:
		return d.edit(a, e)
	}
	return d.discard(a, e)
}

// discard takes out all that an action does to an entry's ticket: one closed
// without its explanation is not what anybody decided. What the action does to
// other tickets stays.
func (*outbox) discard(a *App, e model.Entry) tea.Cmd {
	var what []string
	var ids []int64
	for _, o := range a.snap.Outbox {
		if o.Group != e.Group || o.Edit.Ref != e.Edit.Ref {
			continue
		}
		if o.Status == model.Sending {
			return a.tell("It is on its way; wait a moment")
		}
		ids = append(ids, o.ID)
		what = append(what, a.theme.cut(sayEntry(o), 120))
	}
	slices.Reverse(ids) // so that none is sent because the one before it went
	title, text := "Discard the change to "+a.ticketName(e.Edit.Ref)+"?", strings.Join(what, "; ")
	if e.Status == model.Clashed {
		title = "Keep theirs for " + a.ticketName(e.Edit.Ref) + "?"
		text = fmt.Sprintf("%s stays %s. Yours is discarded: %s", fieldName(e.Edit.Change.Field()), e.Theirs.Value, text)
	}
	a.open(&confirm{
		title: title,
		text:  text,
		yes: func(a *App) tea.Cmd {
			var cmds []tea.Cmd
			for _, id := range ids {
				if id == e.ID && e.Status == model.Clashed {
					cmds = append(cmds, a.decide(e, model.Discard))
					continue
				}
				cmds = append(cmds, a.take(a.Desk.Settle(id, model.Discard)))
			}
			return tea.Batch(cmds...)
		},
	})
	return nil
}

func (d *outbox) draw(a *App, w, h int) drawing {
	th := a.theme
	in := min(100, w-6)
	rows := max(2, h-6)
	all := a.snap.Outbox
	at := min(d.at, max(0, len(all)-1))
	var lines []string
	if len(all) == 0 {
		lines = append(lines, "", th.muted.of("Nothing waits here."), "")
	}
	from := max(0, min(at-rows/4, len(all)-rows/2))
	next, entries := from, []int{0} // the border is of none
	for ; next < len(all) && len(lines)+2 <= rows; next++ {
		lines = append(lines, d.lines(a, all[next], in, next == at)...)
		for len(entries) <= len(lines) {
			entries = append(entries, next+1)
		}
	}
	title := "Outbox: " + count(len(all), "change", "changes")
	return drawing{lines: th.listed(title, lines, in, th.more(from, len(all)-next)), entries: entries, at: at + 1, of: len(all)}
}

func (d *outbox) point(entry int) (again bool) {
	again, d.at = d.at == entry, entry
	return again
}

// lines are one entry: what it does, and why it waits.
func (d *outbox) lines(a *App, e model.Entry, in int, chosen bool) []string {
	th := a.theme
	sign, k, status := th.pending, th.accent, e.Status.String()
	switch e.Status {
	case model.Saving:
		sign, k = th.saving, th.muted
	case model.Clashed, model.Parked:
		sign, k = th.stuck, th.alarm
	}
	number := a.ticketName(e.Edit.Ref)
	edge := "  "
	if chosen {
		edge = th.accent.of(th.bar) + " "
	}
	right := status + "  " + Age(a.now.Sub(e.Made))
	room := in - 2 - width(sign) - 1 - width(number) - 2 - width(right) - 1
	lines := []string{edge + k.of(sign) + " " + th.strong.of(number) + "  " +
		th.pad(sayEntry(e), room) + " " + th.muted.of(right)}
	if why := whyStuck(e, a); why != "" {
		for _, line := range th.wrap(why, in-4, 2) {
			lines = append(lines, edge+"  "+th.muted.of(line))
		}
	}
	return lines
}

// sayEntry writes what an entry does. What a clash would be put over is what
// somebody else chose, not what the person saw: whyStuck tells that.
func sayEntry(e model.Entry) string {
	if e.Status == model.Clashed {
		return sayWish(e.Edit.Change)
	}
	return sayChange(e.Edit.Change)
}

// whyStuck tells why an entry does not go on, and what to do.
func whyStuck(e model.Entry, a *App) string {
	switch {
	case e.Status == model.Clashed:
		mine, _ := e.Edit.Change.Value(model.Ticket{})
		who := e.Theirs.By.Login.String()
		if who == "" {
			who = "somebody"
		}
		return fmt.Sprintf("%s set %s meanwhile; %s uses your %s, %s keeps theirs",
			who, e.Theirs.Value, a.key(keymap.Retry), mine, a.key(keymap.Discard))
	case e.Shown() && !e.By.Empty() && e.By != a.snap.Me.Login && !a.snap.Me.Login.Empty():
		return fmt.Sprintf("made by %s, whose docket sends it; %s sends it as you", e.By, a.key(keymap.Retry))
	case e.Problem != nil:
		what, hint := Words(e.Problem, a.now)
		if hint != "" {
			what += "; " + hint
		}
		return what
	}
	return ""
}

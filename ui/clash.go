package ui

import (
	"fmt"
	"slices"
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

// lull is how long nothing was pressed when a question opens by itself, and
// again before it listens: what is typed without looking at it is meant for what
// lies beneath, and must neither decide it nor be lost to it. Who hears needs
// longer to know that there is one, for what came before is told to its end.
const lull, lullByEar = time.Second, 4 * time.Second

func (a *App) lull() time.Duration {
	if a.voice != nil {
		return lullByEar
	}
	return lull
}

// lullMsg comes when it may have been quiet for a lull.
type lullMsg struct{}

func (*clash) scope() keymap.Scope { return keymap.Clash }

// attend puts the first clash to the person that was not yet, in a quiet moment:
// until then its card and the status bar tell of it. It returns what wakes the
// board when that moment may have come, or when the question listens.
func (a *App) attend() tea.Cmd {
	d, open := a.clashOnTop()
	if !open {
		if !a.free() {
			return nil
		}
		i := slices.IndexFunc(a.tally.clashes, func(id int64) bool { return !a.asked[id] })
		if i < 0 {
			return nil
		}
		if !a.now.Before(a.struck.Add(a.lull())) {
			d = &clash{since: a.now}
			d.entry, _ = a.clashed(a.tally.clashes[i])
			a.asked[d.entry.ID] = true
			a.dialogs = append(a.dialogs, d) // what was told may stay: the question has its keys within
		}
	}
	next := a.struck.Add(a.lull())
	if d != nil {
		next = d.listens(a)
	}
	if !next.After(a.now) || a.waking.After(a.now) {
		return nil
	}
	a.waking = next
	return tea.Tick(next.Sub(a.now), func(time.Time) tea.Msg { return lullMsg{} })
}

// free reports that the person is in the middle of nothing.
func (a *App) free() bool {
	return len(a.tally.clashes) > 0 && len(a.dialogs) == 0 && len(a.pressed) == 0 && !a.filter.typing && a.drag == nil && a.width > 0
}

// clashOnTop returns the question that has the keys, if one has.
func (a *App) clashOnTop() (*clash, bool) {
	if len(a.dialogs) == 0 {
		return nil, false
	}
	d, ok := a.dialogs[len(a.dialogs)-1].(*clash)
	return d, ok
}

// clashed returns an entry that waits for a decision.
func (a *App) clashed(id int64) (model.Entry, bool) {
	i := slices.IndexFunc(a.snap.Outbox, func(e model.Entry) bool { return e.ID == id && e.Status == model.Clashed })
	if i < 0 {
		return model.Entry{}, false
	}
	return a.snap.Outbox[i], true
}

// listens is when the question takes keys, unless one comes before.
func (d *clash) listens(a *App) time.Time {
	if a.struck.After(d.since) {
		return a.struck.Add(a.lull())
	}
	return d.since.Add(a.lull())
}

// hasty reports whether something was pressed that came too soon for the
// question on the screen; it then makes that wait once more. ctrl+c, which
// nobody types by the way, leaves the program at any time.
func (a *App) hasty(msg tea.Msg) bool {
	leaves := false
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		leaves = msg.Mod.Contains(tea.ModCtrl) && a.means(msg) == keymap.Quit
	case tea.PasteMsg, tea.MouseClickMsg, tea.MouseReleaseMsg, tea.MouseWheelMsg:
	default:
		return false
	}
	d, open := a.clashOnTop()
	early := open && len(a.pressed) == 0 && a.now.Before(d.listens(a))
	a.struck = a.now
	return early && !leaves
}

// means returns what a key would do by itself in this place.
func (a *App) means(msg tea.KeyPressMsg) keymap.ID {
	action, match := a.Keys.Resolve(a.scopes(), []string{msg.String()})
	if match != keymap.Full {
		return ""
	}
	return action.ID
}

// renewed closes the question if somebody else has answered it meanwhile, on
// another screen of the same person, and else asks about what there is now.
func (d *clash) renewed(a *App) tea.Cmd {
	e, waits := a.clashed(d.entry.ID)
	if waits {
		d.entry = e
		return nil
	}
	a.drop(d)
	return a.tell(a.contested(d.entry) + " was decided elsewhere meanwhile")
}

func (d *clash) do(a *App, id keymap.ID) (tea.Cmd, bool) {
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

// settle carries out an answer, unless the question has just gone.
func (d *clash) settle(a *App, how model.Settlement) tea.Cmd {
	cmd := a.take(a.Desk.Snapshot())
	if !slices.Contains(a.dialogs, dialog(d)) {
		return cmd
	}
	a.drop(d)
	return tea.Batch(cmd, a.decide(d.entry, how))
}

// decide settles a clash and tells how.
func (a *App) decide(e model.Entry, how model.Settlement) tea.Cmd {
	cmd := a.take(a.Desk.Settle(e.ID, how))
	if how == model.UseMine {
		return tea.Batch(cmd, a.tell("Yours is sent: "+a.ticketName(e.Edit.Ref)+" "+sayWish(e.Edit.Change)))
	}
	return tea.Batch(cmd, a.tell(fmt.Sprintf("%s stays %s, set %s; yours was dropped: %s",
		a.contested(e), e.Theirs.Value, byWhom(e.Theirs), sayWish(e.Edit.Change))))
}

// contested names what a clash is about.
func (a *App) contested(e model.Entry) string {
	return fieldName(e.Edit.Change.Field()) + " of " + a.ticketName(e.Edit.Ref)
}

// byWhom tells who chose the other value.
func byWhom(t model.Theirs) string {
	if t.By.Login.Empty() {
		return "by somebody"
	}
	return "by " + t.By.Login.String()
}

func (d *clash) draw(a *App, w, _ int) drawing {
	th := a.theme
	in := min(70, w-6)
	field := d.entry.Edit.Change.Field()
	mine, _ := d.entry.Edit.Change.Value(model.Ticket{})
	theirs := d.entry.Theirs
	when := ""
	if !theirs.At.IsZero() {
		when = ", " + Ago(a.now.Sub(theirs.At))
	}
	text := fmt.Sprintf("%s was set to %s %s%s. You chose %s.", fieldName(field), theirs.Value, byWhom(theirs), when, mine)
	keys := a.hints(scopesOf[keymap.Clash], in)
	if a.now.Before(d.listens(a)) {
		keys = th.muted.of("A moment: it takes keys once you have paused")
	}
	lines := append(th.wrap(text, in, 4), "", keys)
	return drawing{lines: th.boxed(a.ticketName(d.entry.Edit.Ref)+": somebody was faster", lines, in), hints: len(lines)}
}

package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

func (a *App) undo() tea.Cmd { return a.reverse(a.snap.Undo, "Nothing is left to undo") }
func (a *App) redo() tea.Cmd { return a.reverse(a.snap.Redo, "Nothing was taken back") }

// reverse takes an action back or brings it back as a whole. A comment that is
// on the forge is deleted only after a Yes.
func (a *App) reverse(r *model.Reversal, none string) tea.Cmd {
	switch {
	case a.snap.ReadOnly, r == nil:
		return a.tell(none)
	case len(r.Deletes()) == 0:
		return a.reverseNow(r)
	}
	all := r.Deletes()
	title := "Delete your " + commentsOf(len(all)) + " on the forge?"
	if len(all) == 1 {
		i := slices.IndexFunc(r.Enter, func(e model.Entry) bool { _, ok := e.Edit.Change.(model.RemoveComment); return ok })
		title = "Delete your comment on " + a.ticketName(r.Enter[i].Edit.Ref) + "?"
	}
	texts := make([]string, 0, namedAtMost+1)
	for _, text := range all[:min(len(all), namedAtMost)] {
		texts = append(texts, a.theme.cut(model.NewLine(text).String(), 160))
	}
	if more := len(all) - len(texts); more > 0 {
		texts = append(texts, thousands(more)+" more")
	}
	text := strings.Join(texts, " / ")
	if stillSending(r) { // or no answer would come in time to take back what many are told
		agreed := *r
		agreed.Meanwhile, r = true, &agreed
		text += ". More are on their way: what arrives before you answer is deleted, too."
	}
	a.open(&confirm{title: title, text: text, yes: func(a *App) tea.Cmd { return a.reverseNow(r) }})
	return nil
}

// stillSending reports whether some of the comments that a reversal takes back
// have not arrived yet.
func stillSending(r *model.Reversal) bool {
	return slices.ContainsFunc(r.Leave, func(e model.Entry) bool {
		_, comment := e.Edit.Change.(model.AddComment)
		return comment && !e.Stuck()
	})
}

func commentsOf(n int) string {
	if n > namedAtMost {
		return thousands(n) + " comments"
	}
	return plural(n, "comment", "comments")
}

// reversedMsg brings the picture after a reversal that took a while.
type reversedMsg struct {
	from *working
	r    *model.Reversal
	what string
	snap *model.Snapshot
	ok   bool
}

func (a *App) reverseNow(r *model.Reversal) tea.Cmd {
	desk, what := a.Desk, a.actionWords(r.Action)
	a.voice.did("")
	if len(r.Leave)+len(r.Enter) <= atOnce {
		snap, ok := desk.Reverse(r)
		return a.takeReversed(reversedMsg{nil, r, what, snap, ok})
	}
	d := &working{what: "Taking back: " + what}
	if r.Brings {
		d.what = "Bringing back: " + what
	}
	a.open(d)
	return func() tea.Msg {
		snap, ok := desk.Reverse(r)
		return reversedMsg{d, r, what, snap, ok}
	}
}

func (a *App) takeReversed(msg reversedMsg) tea.Cmd {
	a.drop(msg.from)
	cmd := a.take(msg.snap)
	switch {
	case !msg.ok:
		return tea.Batch(cmd, a.tell("Something changed meanwhile; look, and try again"))
	case msg.r.Brings:
		return tea.Batch(cmd, a.tell("Brought back: "+msg.what))
	}
	if len(msg.r.Deletes()) > 0 { // the forge has them still, and somebody may have edited one
		return tea.Batch(cmd, a.tell("Taking back: "+msg.what))
	}
	return tea.Batch(cmd, a.tell("Taken back: "+msg.what))
}

// actionWords tells what an action of the history did.
func (a *App) actionWords(id int64) string {
	for _, act := range a.snap.History {
		if act.ID == id {
			return a.sayAction(act)
		}
	}
	return "your last change"
}

// history lists what the person did, when, and whether it arrived.
type history struct {
	at int
}

func (*history) scope() keymap.Scope { return keymap.History }

func (d *history) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	switch id {
	case keymap.Back:
		a.leave()
		return nil, true
	case keymap.Undo:
		return a.undo(), true
	case keymap.Redo:
		return a.redo(), true
	}
	last := max(0, len(a.snap.History)-1)
	var ok bool
	d.at, ok = stepped(id, min(d.at, last), max(1, a.height-7), last)
	return nil, ok
}

func (d *history) draw(a *App, w, h int) drawing {
	th := a.theme
	in := min(100, w-6)
	rows := max(2, h-6)
	all := a.snap.History
	at := min(d.at, max(0, len(all)-1))
	var lines []string
	if len(all) == 0 {
		lines = append(lines, "", th.muted.of("You have not changed anything yet."), "")
	}
	listed := rows - 1 // the last row says why an action can't be taken back
	from := max(0, min(at-listed/2, len(all)-listed))
	for i := from; i < min(len(all), from+listed); i++ {
		lines = append(lines, a.historyLine(all[i], in, i == at))
	}
	if len(all) > 0 && all[at].Why != "" && !all[at].Undo && !all[at].Redo {
		lines = append(lines, th.muted.of(th.cut("  "+all[at].Why, in)))
	} else if len(all) > 0 {
		lines = append(lines, "")
	}
	shown := min(listed, len(all)-from)
	return drawing{
		lines:   th.listed("History: "+count(len(all), "action", "actions"), lines, in, th.more(from, len(all)-from-shown)),
		entries: entriesFrom(1, from, shown), at: at + 1, of: len(all),
	}
}

func (d *history) point(entry int) (again bool) {
	again, d.at = d.at == entry, entry
	return again
}

// historyLine is one action: how it stands, what it did, and when.
func (a *App) historyLine(act model.Action, in int, chosen bool) string {
	th := a.theme
	edge := "  "
	if chosen {
		edge = th.accent.of(th.bar) + " "
	}
	sign, k := th.pending, th.accent
	switch act.Status {
	case model.Sent:
		sign, k = th.done, th.good
	case model.TakenBack, model.Dropped:
		sign, k = th.declined, th.muted
	case model.Clashed, model.Parked:
		sign, k = th.stuck, th.alarm
	case model.Saving, model.Pending, model.Sending:
	}
	right := act.Status.String()
	if act.Discarded > 0 {
		right += ", " + thousands(act.Discarded) + " discarded"
	}
	right += "  " + Age(a.now.Sub(act.When))
	room := in - 2 - width(sign) - 1 - width(right) - 1
	return edge + k.of(sign) + " " + th.text.of(th.pad(a.sayAction(act), room)) + " " + th.muted.of(right)
}

package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"docket/keymap"
	"docket/model"
)

// intent is an action on all marked tickets, before it is known what it does to
// each of them.
type intent struct {
	what  string // as "Gain high"
	needs func(model.Rights) bool
	deed  model.Deed
	draft string // the key of the text that it sends; empty: none
}

// plan shows what an action will do to many tickets, and which it skips and
// why, before it is done.
type plan struct {
	intent
	model.Plan
	lacking []string // repositories without the labels that are needed
	hidden  int      // of the tickets, those that the filter hides
	top     int
	ready   bool // it is known what will be done
	going   bool // it is being handed over
}

type (
	// plannedMsg brings a plan that took a while.
	plannedMsg struct {
		to      *plan
		plan    model.Plan
		lacking []string
	}
	// handedMsg brings the picture with what was handed over.
	handedMsg struct {
		from *plan
		snap *model.Snapshot
	}
)

// plan works out what an intent does to the marked tickets, and shows that.
func (a *App) plan(in intent) tea.Cmd {
	d := &plan{intent: in, hidden: a.columns.marks.hidden}
	a.open(d)
	board, set, deed := a.snap.Board, a.columns.marks.set, a.permitted(in)
	repos := a.snap.Repos
	missing := func(name string) []model.Meaning {
		for _, r := range repos {
			if r.Name == name && !r.Consent {
				return r.Missing
			}
		}
		return nil
	}
	work := func() plannedMsg {
		p := model.PlanFor(board, set.All(), deed)
		return plannedMsg{d, p, p.Lacking(missing)}
	}
	if set.Len() <= atOnce {
		return a.takePlanned(work())
	}
	return func() tea.Msg { return work() }
}

// permitted is an intent's deed for the tickets that the person may change.
func (a *App) permitted(in intent) model.Deed {
	refused := map[string]string{}
	for _, r := range a.snap.Repos {
		switch {
		case r.Archived:
			refused[r.Name] = r.Name + " is archived"
		case r.Rights.Known && !in.needs(r.Rights):
			refused[r.Name] = "you may not change this in " + r.Name
		}
	}
	deed := in.deed
	return func(c *model.Card) ([]model.Change, string) {
		if why := refused[c.Ref.Repo]; why != "" {
			return nil, why
		}
		return deed(c)
	}
}

func (a *App) takePlanned(msg plannedMsg) tea.Cmd {
	msg.to.Plan, msg.to.lacking, msg.to.ready = msg.plan, msg.lacking, true
	return nil
}

func (*plan) scope() keymap.Scope { return keymap.Plan }

func (d *plan) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	if d.going && id != keymap.Quit {
		return nil, true
	}
	switch id {
	case keymap.Go:
		return d.start(a), true
	case keymap.Cancel:
		a.leave()
		if d.draft != "" {
			return a.tell("Nothing was changed; the draft is kept for next time"), true
		}
		return a.tell("Nothing was changed"), true
	case keymap.Up:
		d.top--
	case keymap.Down:
		d.top++
	case keymap.PageUp:
		d.top -= d.rows(a.height)
	case keymap.PageDown:
		d.top += d.rows(a.height)
	case keymap.First:
		d.top = 0
	case keymap.Last:
		d.top = d.len()
	default:
		return nil, false
	}
	d.top = min(max(0, d.top), max(0, d.len()-d.rows(a.height)))
	return nil, true
}

// start hands the plan over, once all labels that it needs may be created.
func (d *plan) start(a *App) tea.Cmd {
	switch {
	case !d.ready:
		return a.tell("Still looking at the tickets; a moment")
	case len(d.Doings) == 0:
		a.leave()
		return nil
	case len(d.lacking) > 0:
		repo := d.lacking[0]
		return a.askLabels(repo, func(a *App) tea.Cmd { d.lacking = d.lacking[1:]; return d.start(a) }, nil)
	}
	d.going = true
	desk, edits := a.Desk, d.Edits
	if d.Changes <= atOnce {
		return a.takeHanded(handedMsg{d, desk.Submit(edits()...)})
	}
	// Other edits can't overtake this one: meanwhile no key reaches the board.
	return func() tea.Msg { return handedMsg{d, desk.Submit(edits()...)} }
}

func (a *App) takeHanded(msg handedMsg) tea.Cmd {
	a.drop(msg.from)
	if msg.from.draft != "" {
		a.Desk.SaveDraft(msg.from.draft, "")
	}
	n := len(msg.from.Doings)
	return tea.Batch(a.take(msg.snap), a.tell(msg.from.what+": "+count(n, "ticket", "tickets")+a.undoWords()))
}

// len is how many lines there are to scroll through: the skipped tickets come
// first, for they are what a person may not expect.
func (d *plan) len() int {
	n := len(d.Doings)
	if len(d.Skipped) > 0 {
		n += len(d.Skipped) + 2 // their heading, and a blank line
	}
	return n
}

// rows is how many of these are shown at once.
func (d *plan) rows(h int) int { return max(1, min(d.len(), h-10)) }

func (d *plan) draw(a *App, w, h int) drawing {
	th := a.theme
	in := min(96, w-6)
	title, head := d.what, count(d.Changes, "change", "changes")+" as one action."
	switch {
	case !d.ready:
		head = "Looking at " + count(a.columns.marks.set.Len(), "ticket", "tickets") + th.ellipsis
	case d.going:
		head = "Handing over " + count(d.Changes, "change", "changes") + th.ellipsis
	case len(d.Doings) == 0:
		title, head = d.what+": nothing to do", "All of the marked tickets are skipped."
	default:
		title = d.what + ": " + count(len(d.Doings), "ticket", "tickets")
		if n := len(d.Skipped); n > 0 {
			title += ", " + thousands(n) + " skipped"
		}
		if d.hidden > 0 {
			head += " The filter hides " + count(d.hidden, "marked ticket", "marked tickets") + "; they are included."
		}
	}
	lines := []string{th.muted.of(th.cut(head, in)), ""}
	if d.ready && !d.going {
		rows := d.rows(h)
		top := min(d.top, max(0, d.len()-rows))
		for i := top; i < min(d.len(), top+rows); i++ {
			lines = append(lines, d.line(a, i, in))
		}
		more := ""
		if left := d.len() - top - rows; left > 0 {
			more = th.muted.of(th.down + " " + count(left, "more line", "more lines"))
		}
		lines = append(lines, more)
	}
	lines = append(lines, a.hints(scopesOf[keymap.Plan], in))
	return drawing{lines: th.boxed(title, lines, in), hints: len(lines)}
}

// line is one of the lines to scroll through.
func (d *plan) line(a *App, i, in int) string {
	th := a.theme
	if len(d.Skipped) > 0 {
		switch {
		case i == 0:
			return th.warn.of(th.cut("Skipped", in))
		case i <= len(d.Skipped):
			s := d.Skipped[i-1]
			return d.row(a, s.Ref, s.Title.String(), th.warn.of(th.declined), s.Why, in)
		case i == len(d.Skipped)+1:
			return ""
		}
		i -= len(d.Skipped) + 2
	}
	doing := d.Doings[i]
	var words, texts []string // what is long comes last: the rest must be read
	for _, c := range doing.Changes {
		if _, long := c.(model.AddComment); long {
			texts = append(texts, sayChange(c))
			continue
		}
		words = append(words, sayChange(c))
	}
	what := strings.Join(append(words, texts...), "; ")
	return d.row(a, doing.Card.Ref, doing.Card.Title.String(), th.good.of(th.done), what, in)
}

// enoughToHear is how much is told of what becomes of one of many tickets.
const enoughToHear = 120

// row is a ticket with what becomes of it; the title gives way.
func (*plan) row(a *App, ref model.Ref, title, sign, what string, in int) string {
	th := a.theme
	number := fmt.Sprintf("#%d", ref.Number)
	if len(a.snap.Repos) > 1 {
		number = shortRepo(ref.Repo) + number
	}
	if th.words {
		what = ansi.Truncate(what, enoughToHear, th.ellipsis)
	}
	room := in - width(sign) - 1 - width(number) - 2
	say := min(width(what), room)
	if beside := min(width(title), room/3); beside >= 8 { // with less the title says nothing
		say = min(width(what), room-beside-2)
	}
	line := sign + " " + th.muted.of(th.cut(number, in-4)) + "  " + th.text.of(th.pad(what, say))
	if rest := room - say - 2; rest >= 8 {
		line += "  " + th.muted.of(th.cut(title, rest))
	}
	return line
}

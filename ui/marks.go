package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// marking is what the person has marked, and the range that they are marking.
// Marks stay while the board syncs, is filtered or changes its size.
type marking struct {
	set    model.Marks
	anchor model.Ref   // where the range begins that follows the person; zero: none
	before model.Marks // what was marked when it began
	to     model.Ref   // where it ends as it is marked now
	hidden int         // how many of the marked tickets the filter hides
	job    int         // of the latest marking: earlier ones are late
	busy   bool        // a marking is under way beside the screen
	count  int         // of the latest census: earlier ones are late
}

// atOnce is up to how many tickets are worked on while a key is pressed. More
// would make it wait, so that is done beside the screen.
const atOnce = 500

type (
	// markedMsg brings marks that took a while.
	markedMsg struct {
		job int
		set model.Marks
	}
	// censusMsg tells what has become of the marked tickets.
	censusMsg struct {
		count  int
		gone   []model.Ref
		hidden int
	}
)

const stillMarking = "Still marking; a moment"

// many reports whether actions are about the marked tickets. An open ticket is
// acted on alone.
func (a *App) many() bool {
	return a.pane == nil && (a.columns.marks.set.Len() > 0 || a.columns.marks.busy)
}

// either makes a handler of two: for one ticket, and for the marked ones.
func either(one, many func(*App) tea.Cmd) func(*App) tea.Cmd {
	return eitherRead(one, func(a *App) tea.Cmd {
		if a.snap.ReadOnly {
			return a.tell(readOnlyWords)
		}
		return many(a)
	})
}

// eitherRead is either for what changes nothing.
func eitherRead(one, many func(*App) tea.Cmd) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		switch {
		case !a.many():
			return one(a)
		case a.columns.marks.busy:
			return a.tell(stillMarking)
		}
		return many(a)
	}
}

// mark marks the ticket or unmarks it, and goes on to the next. While a range
// is being marked it ends that.
func (a *App) mark() tea.Cmd {
	ref := a.columns.ref
	if a.pane != nil {
		ref = a.pane.ref
	}
	_, _, _, there := a.snap.Board.Find(ref)
	switch {
	case a.columns.marks.busy:
		return a.tell(stillMarking)
	case !there:
		return a.tell("No ticket is selected")
	case a.columns.marks.anchor != model.Ref{}:
		a.endRange()
		return a.tell(a.marked() + " marked")
	case a.columns.marks.set.Has(ref):
		a.columns.marks.set = a.columns.marks.set.Without(ref)
		a.voice.say(fmt.Sprintf("Ticket %d is not marked any more, %s in all", ref.Number, thousands(a.columns.marks.set.Len())))
	default:
		a.columns.marks.set = a.columns.marks.set.With(ref)
		a.voice.say(fmt.Sprintf("Ticket %d marked, %s in all", ref.Number, thousands(a.columns.marks.set.Len())))
	}
	if a.pane == nil {
		a.columns.move(+1)
	}
	return nil
}

// markRange begins a range that ends where the person goes, or ends it.
func (a *App) markRange() tea.Cmd {
	switch {
	case a.columns.marks.busy:
		return a.tell(stillMarking)
	case a.columns.marks.anchor != model.Ref{}:
		a.endRange()
		return a.tell(a.marked() + " marked")
	case a.columns.selected() == nil:
		return a.tell("No ticket is selected")
	}
	a.columns.marks.anchor, a.columns.marks.before = a.columns.ref, a.columns.marks.set
	return tea.Batch(a.extendRange(), a.tell("Marking from here to where you go; "+a.endsRange()))
}

// endsRange tells with which key a range ends.
func (a *App) endsRange() string {
	id := keymap.MarkRange
	if len(a.Keys.Keys(id)) == 0 {
		id = keymap.Mark
	}
	return a.key(id) + " ends the range"
}

func (a *App) endRange() {
	a.columns.marks.anchor, a.columns.marks.to, a.columns.marks.before = model.Ref{}, model.Ref{}, model.Marks{}
}

// extendRange brings the marks up to where the person is. To go to another
// column, to open a ticket, or to lose the one that it began at, ends a range
// with what it has.
func (a *App) extendRange() tea.Cmd {
	m := &a.columns.marks
	if m.anchor == (model.Ref{}) || m.to == a.columns.ref && a.pane == nil {
		return nil
	}
	_, col, from, ok := a.columns.board.Find(m.anchor)
	switch {
	case a.pane != nil:
		return a.breakRange("The range ends where a ticket is opened")
	case !ok:
		return a.breakRange("The range ends, for the ticket that it began at is not shown any more")
	case col != a.columns.col:
		return a.breakRange("The range ends with its column")
	}
	m.to = a.columns.ref
	from, to := min(from, a.columns.row), max(from, a.columns.row)
	cards, before := a.columns.board.Columns[col].Cards[from:to+1], m.before
	return a.remark(len(cards), func() model.Marks { return before.With(refsOf(cards)...) })
}

// breakRange ends a range that the person has not ended, and says so, unless
// they must be told something else of what they did.
func (a *App) breakRange(why string) tea.Cmd {
	a.endRange()
	why += ": " + thousands(a.columns.marks.set.Len()) + " marked"
	if a.notice.text != "" {
		a.voice.say(why)
		return nil
	}
	return a.tell(why)
}

// markAll marks everything that the board shows.
func (a *App) markAll() tea.Cmd {
	a.endRange()
	cards, set := a.columns.board.All(), a.columns.marks.set
	return a.remark(len(cards), func() model.Marks { return set.With(refsOf(cards)...) })
}

func refsOf(cards []*model.Card) []model.Ref {
	refs := make([]model.Ref, len(cards))
	for i, c := range cards {
		refs[i] = c.Ref
	}
	return refs
}

// remark puts other marks in place, which are found by looking at n tickets.
func (a *App) remark(n int, find func() model.Marks) tea.Cmd {
	a.columns.marks.job++
	if n <= atOnce {
		a.columns.marks.set, a.columns.marks.busy = find(), false
		a.sayMarks()
		return nil
	}
	a.columns.marks.busy = true
	job := a.columns.marks.job
	return func() tea.Msg { return markedMsg{job, find()} }
}

func (a *App) takeMarked(msg markedMsg) tea.Cmd {
	if msg.job != a.columns.marks.job {
		return nil
	}
	a.columns.marks.set, a.columns.marks.busy = msg.set, false
	a.sayMarks()
	return a.census() // the board went on meanwhile
}

// sayMarks tells who hears how many tickets are marked now.
func (a *App) sayMarks() {
	a.voice.say(count(a.columns.marks.set.Len(), "ticket", "tickets") + " marked")
}

// unmark takes all marks off.
func (a *App) unmark() {
	a.columns.marks = marking{job: a.columns.marks.job + 1, count: a.columns.marks.count + 1}
}

// clear takes the marks off, or else the filter.
func (a *App) clear() tea.Cmd {
	if a.columns.marks.set.Len() == 0 && !a.columns.marks.busy {
		return a.clearFilter()
	}
	a.unmark()
	a.voice.say("No ticket is marked any more")
	return nil
}

// census finds out, after the board has changed, which of the marked tickets
// are gone and how many are hidden.
func (a *App) census() tea.Cmd {
	a.columns.marks.count++
	set, count := a.columns.marks.set, a.columns.marks.count
	if set.Len() == 0 {
		a.columns.marks.hidden = 0
		return nil
	}
	all, shown := a.snap.Board, a.columns.board
	look := func() censusMsg {
		msg := censusMsg{count: count}
		for _, ref := range set.All() {
			if _, _, _, there := all.Find(ref); !there {
				msg.gone = append(msg.gone, ref)
			} else if _, _, _, seen := shown.Find(ref); !seen {
				msg.hidden++
			}
		}
		return msg
	}
	if set.Len() <= atOnce {
		return a.takeCensus(look())
	}
	return func() tea.Msg { return look() }
}

// takeCensus takes the marks off tickets that are no longer there, and says so:
// nobody shall act on less than they think.
func (a *App) takeCensus(msg censusMsg) tea.Cmd {
	if msg.count != a.columns.marks.count {
		return nil
	}
	a.columns.marks.hidden = msg.hidden
	if len(msg.gone) == 0 {
		return nil
	}
	a.columns.marks.set = a.columns.marks.set.Without(msg.gone...)
	a.columns.marks.before = a.columns.marks.before.Without(msg.gone...)
	what := count(len(msg.gone), "marked ticket is", "marked tickets are") + " no longer on the board"
	if len(msg.gone) <= namedAtMost {
		names := make([]string, len(msg.gone))
		for i, ref := range msg.gone {
			names[i] = a.ticketName(ref)
		}
		what += ": " + strings.Join(names, ", ")
	}
	return a.tell(what)
}

// namedAtMost is how many tickets a sentence names.
const namedAtMost = 3

// markWords tell how many tickets are marked, for the first line.
func (a *App) markWords() string {
	n := a.columns.marks.set.Len()
	if n == 0 {
		return ""
	}
	words := a.theme.mark + " " + thousands(n) + " marked"
	if a.columns.marks.hidden > 0 {
		words += ", " + thousands(a.columns.marks.hidden) + " hidden"
	}
	if a.columns.marks.anchor != (model.Ref{}) {
		words += ", " + a.endsRange()
	}
	return words
}

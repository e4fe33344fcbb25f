package ui

import (
	"strings"

	"docket/model"
)

// ticket is what becomes of a ticket: beside its number if that leaves room for
// some of the title, and otherwise below both.
func (d *plan) ticket(a *App, doing model.Doing, in int) []string {
	th := a.theme
	number := a.shortName(doing.Card.Ref, in-4)
	title, what := doing.Card.Title.String(), d.sayDoing(a, doing)
	if d.differ[doing.Card.Ref] {
		what = "changed: " + what
	}
	head, hang := th.good.of(th.done)+" "+th.muted.of(number)+"  ", width(th.done)+1+width(number)+2
	room := in - hang
	if th.words || width(what)+2+min(width(title), titleAtLeast) <= room {
		line := head + th.text.of(what)
		if title != "" {
			line += "  " + th.muted.of(th.cut(title, max(titleAtLeast, room-width(what)-2)))
		}
		return []string{line}
	}
	lines := []string{head + th.muted.of(th.cut(title, room))}
	if room < wrapsBadly {
		hang = width(th.done) + 1
	}
	for _, line := range th.wrap(what, in-hang, unabridged) {
		lines = append(lines, blank(hang)+th.text.of(line))
	}
	return lines
}

const (
	titleAtLeast = 16 // cells of a title that say something
	wrapsBadly   = 24 // cells: text below a number begins further to the left instead
)

// sayDoing writes all that is done to a ticket, a comment last, for that may be
// long, and where the ticket goes if the changes themselves do not say it.
func (d *plan) sayDoing(a *App, doing model.Doing) string {
	before, after := doing.Card.Shown(), doing.After(a.snap.Me.Login, a.now).Shown()
	told := before == after
	var changes []model.Edit
	for _, c := range doing.Changes {
		switch c := c.(type) {
		case model.AddComment:
			continue // it may be long: it comes last
		case model.Move:
			told = told || c.To == after
		case model.Close:
			told = true
		}
		changes = append(changes, model.Edit{Ref: doing.Card.Ref, Change: c})
	}
	words := sayAll(changes, func(c model.Change) string { return a.sayOver(c, doing.Card.Ticket) })
	if !told {
		words = append(words, "goes to "+a.Workflow.Step(after).Name)
	}
	if text := doing.Comment(); text != "" {
		words = append(words, d.sayComment(a, text))
	}
	return strings.Join(words, "; ")
}

// sayRefrain writes the comment that all get.
func (d *plan) sayRefrain(a *App) string {
	const all = "Each of them gets this comment"
	if d.end == "" && d.begin == d.Doings[0].Comment() {
		return all + ": " + d.begin
	}
	return all + ", where " + a.theme.ellipsis + " stands for what is told of each: " + d.begin + a.theme.ellipsis + d.end
}

// sayComment writes a comment, but for what is told above all tickets.
func (d *plan) sayComment(a *App, text string) string {
	own := text[len(d.begin) : len(text)-len(d.end)]
	switch {
	case d.begin+d.end == "":
		return "comment: " + own
	case own == "":
		return "comment"
	}
	return "comment " + a.theme.ellipsis + " " + strings.TrimSpace(own)
}

// sayOver writes what a change does to a ticket, and what it takes away. States
// are called as the columns are in which the person sees the tickets.
func (a *App) sayOver(c model.Change, t model.Ticket) string {
	_, was := c.Value(t)
	switch c := c.(type) {
	case model.Assign:
		if len(c.From) > 0 {
			return sayChange(c) + ", was " + was
		}
	case model.SetDue:
		if !c.From.IsZero() {
			return sayChange(c) + ", was " + was
		}
	case model.SetMilestone:
		if !c.From.None() && !c.To.None() {
			return sayChange(c) + ", was " + was
		}
	case model.Move:
		from := c.From
		if t.Shown() == model.InProgress {
			from = model.InProgress
		}
		words := "move to " + a.Workflow.Step(c.To).Name + ", was " + a.Workflow.Step(from).Name
		if t.Answered() {
			words += " and answered"
		}
		return words
	}
	return sayChange(c)
}

// reason is why some tickets are skipped, and which, as long as they are few
// enough to be looked for.
func (*plan) reason(a *App, r model.Reason, in int) []string {
	th, hang := a.theme, width(a.theme.declined)+1
	numbers := make([]string, 0, skippedAtMost+1)
	for _, ref := range r.Refs[:min(len(r.Refs), skippedAtMost)] {
		numbers = append(numbers, a.shortName(ref, in-hang))
	}
	if more := len(r.Refs) - len(numbers); more > 0 {
		numbers = append(numbers, "and "+thousands(more)+" more")
	}
	lines := th.wrap(sayReason(r)+"  "+strings.Join(numbers, " "), max(1, in-hang), unabridged)
	for i, line := range lines {
		lines[i] = blank(hang) + th.text.of(line)
		if i == 0 {
			lines[i] = th.warn.of(th.declined) + " " + th.text.of(line)
		}
	}
	return lines
}

// skippedAtMost is how many tickets are named that are skipped for one reason.
const skippedAtMost = 24

// sayReason is how many tickets are skipped and why. The clause is about one
// ticket; here it tells of several.
func sayReason(r model.Reason) string {
	why := strings.TrimPrefix(strings.TrimPrefix(r.Why, "it is "), "it has ")
	why = strings.Replace(why, ": ", ", ", 1)
	return thousands(len(r.Refs)) + " skipped: " + why
}

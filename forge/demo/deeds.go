package demo

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"
)

// The deeds are everything that can happen to a ticket. HTTP requests, the sample board and the
// teammates all come through here, with the forge locked, so they leave the same traces: a line in the
// timeline and, where Gitea does so, a new updated_at.

// deed is who did something and when.
type deed struct {
	by *account
	at time.Time
}

var errStillBlocked = errors.New("an open ticket blocks this one")

// openTicket adds a ticket. Labels are taken as they come: Gitea keeps exclusive siblings here.
func (f *Forge) openTicket(r *repository, d deed, title, body string, labels []*label, assignees []*account) *ticket {
	f.lastID.ticket++
	r.lastNumber++
	t := &ticket{
		id: f.lastID.ticket, number: r.lastNumber, repo: r, by: d.by,
		title: fit(strings.TrimSpace(title)), body: body, created: d.at, updated: d.at,
	}
	r.tickets = append(r.tickets, t)
	r.byNumber[t.number] = t
	for _, l := range labels {
		f.hang(t, d, l)
	}
	f.assign(t, d, assignees)
	f.refer(t, nil, d, title+"\n"+body)
	return t
}

// note adds a line to the timeline and marks the ticket as updated.
func (f *Forge) note(t *ticket, d deed, e event) *event {
	f.lastID.event++
	e.id, e.on, e.by, e.at, e.updated = f.lastID.event, t, d.by, d.at, d.at
	t.events = append(t.events, &e)
	t.updated = d.at
	return &e
}

func (f *Forge) comment(t *ticket, d deed, body string) *event {
	e := f.note(t, d, event{kind: "comment", body: body})
	t.comments++
	t.repo.keep(e)
	f.refer(t, e, d, body)
	return e
}

// editComment does not touch the ticket: Gitea's updated_at doesn't move either.
func (f *Forge) editComment(e *event, d deed, body string) {
	if e.body != body {
		e.body, e.updated = body, d.at
		f.refer(e.on, e, d, body)
	}
}

func (f *Forge) deleteComment(e *event) {
	same := func(other *event) bool { return other == e }
	e.on.events = slices.DeleteFunc(e.on.events, same)
	e.on.repo.comments = slices.DeleteFunc(e.on.repo.comments, same)
	e.on.comments--
	f.unsay(e)
}

func (f *Forge) hang(t *ticket, d deed, l *label) {
	t.labels = append(t.labels, l)
	f.note(t, d, event{kind: "label", label: l, body: "1"})
}

// addLabel hangs a label on the ticket and takes the siblings of its exclusive scope away.
func (f *Forge) addLabel(t *ticket, d deed, l *label) {
	if slices.Contains(t.labels, l) {
		return
	}
	if scope := l.scope(); scope != "" {
		for _, sibling := range slices.Clone(t.labels) {
			if sibling.scope() == scope {
				f.removeLabel(t, d, sibling)
			}
		}
	}
	f.hang(t, d, l)
}

func (f *Forge) removeLabel(t *ticket, d deed, l *label) {
	if at := slices.Index(t.labels, l); at >= 0 {
		t.labels = slices.Delete(t.labels, at, at+1)
		f.note(t, d, event{kind: "label", label: l})
	}
}

// replaceLabels makes labels the only ones. Of exclusive siblings the last one stays.
func (f *Forge) replaceLabels(t *ticket, d deed, labels []*label) {
	var wanted []*label
	for i, l := range labels {
		rival := func(later *label) bool { return later.scope() == l.scope() }
		if l.scope() == "" || !slices.ContainsFunc(labels[i+1:], rival) {
			wanted = append(wanted, l)
		}
	}
	for _, l := range wanted {
		f.addLabel(t, d, l)
	}
	for _, l := range slices.Clone(t.labels) {
		if !slices.Contains(wanted, l) {
			f.removeLabel(t, d, l)
		}
	}
}

// assign makes people the ticket's only assignees.
func (f *Forge) assign(t *ticket, d deed, people []*account) {
	for _, who := range slices.Clone(t.assignees) {
		if !slices.Contains(people, who) {
			t.assignees = slices.DeleteFunc(t.assignees, func(a *account) bool { return a == who })
			f.note(t, d, event{kind: "assignees", assignee: who, removed: true})
		}
	}
	for _, who := range people {
		if !slices.Contains(t.assignees, who) {
			t.assignees = append(t.assignees, who)
			f.note(t, d, event{kind: "assignees", assignee: who})
		}
	}
}

func (f *Forge) retitle(t *ticket, d deed, title string) {
	if title == t.title {
		return
	}
	old := t.title
	t.title = fit(title)
	f.note(t, d, event{kind: "change_title", oldTitle: old, newTitle: t.title})
}

func (f *Forge) rewrite(t *ticket, d deed, body string) {
	t.body, t.updated = body, d.at
	t.version++
	f.refer(t, nil, d, t.title+"\n"+body)
}

// setDue sets the due date, or takes it away when it is zero.
func (f *Forge) setDue(t *ticket, d deed, due time.Time) {
	if t.due.Equal(due) {
		return
	}
	old, day := t.due, func(at time.Time) string { return at.Format(time.DateOnly) }
	t.due = due
	switch {
	case due.IsZero():
		f.note(t, d, event{kind: "removed_deadline", body: day(old)})
	case old.IsZero():
		f.note(t, d, event{kind: "added_deadline", body: day(due)})
	default:
		f.note(t, d, event{kind: "modified_deadline", body: day(due) + "|" + day(old)})
	}
}

// closeTicket fails with errStillBlocked while a ticket that this one needs is open.
func (f *Forge) closeTicket(t *ticket, d deed) error {
	if !t.open() {
		return nil
	}
	if slices.ContainsFunc(t.needs, (*ticket).open) {
		return errStillBlocked
	}
	t.closed = d.at
	if t.milestone != nil {
		t.milestone.done++
	}
	f.note(t, d, event{kind: "close"})
	return nil
}

func (f *Forge) reopen(t *ticket, d deed) {
	if !t.open() {
		t.closed = time.Time{}
		if t.milestone != nil {
			t.milestone.done--
		}
		f.note(t, d, event{kind: "reopen"})
	}
}

// fit cuts a title that is wider than the 255 columns that Gitea stores. Letters beyond Latin count
// double there, accents and invisible marks once.
func fit(title string) string {
	const room = 255
	if len(title) <= room {
		return title
	}
	used, cut := 0, -1
	for i, r := range title {
		width := 2
		if r <= 255 || unicode.In(r, unicode.M, unicode.Cf, unicode.Zs) {
			width = 1
		}
		if cut < 0 && used+width > room-3 {
			cut = i
		}
		if used += width; used > room {
			return title[:cut] + "…"
		}
	}
	return title
}

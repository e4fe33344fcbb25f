package model

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Deed says what an action does to a ticket: its changes in order, or, where
// there are none, why the ticket is left out, as a clause for a person. Deeds
// are called beside the screen, so they hold values only.
type Deed func(*Card) (changes []Change, why string)

// Plan is what an action will do to many tickets, to be shown before it is
// done: every ticket is in it once, as one that changes or as one that is
// skipped.
type Plan struct {
	Doings  []Doing
	Skipped []Skip
	Changes int // in all doings
}

// Doing is what will be done to one ticket.
type Doing struct {
	Card    *Card // as it is now
	Changes []Change
}

// Skip is a ticket that the action leaves as it is, and why.
type Skip struct {
	Ref   Ref
	Title Line
	Why   string
}

// Reason is why some tickets are skipped, and which.
type Reason struct {
	Why  string
	Refs []Ref
}

// Reasons returns why tickets are skipped, what holds for most of them first.
func (p Plan) Reasons() []Reason {
	var all []Reason
	at := map[string]int{}
	for _, s := range p.Skipped {
		i, known := at[s.Why]
		if !known {
			i, at[s.Why] = len(all), len(all)
			all = append(all, Reason{Why: s.Why})
		}
		all[i].Refs = append(all[i].Refs, s.Ref)
	}
	slices.SortStableFunc(all, func(a, b Reason) int { return cmp.Compare(len(b.Refs), len(a.Refs)) })
	return all
}

// Reopens returns how many closed tickets the action opens again.
func (p Plan) Reopens() (n int) {
	for _, d := range p.Doings {
		if slices.ContainsFunc(d.Changes, func(c Change) bool { _, ok := c.(Reopen); return ok }) {
			n++
		}
	}
	return n
}

// Refrain returns with what words the comments of all tickets begin and end, in
// one line each, so that they need to be read once only; of equal comments end
// is empty. Both are empty where the comments have little in common.
func (p Plan) Refrain() (begin, end string) {
	if len(p.Doings) < 2 {
		return "", ""
	}
	first := p.Doings[0].Comment()
	begin, end = first, first
	alike := first != ""
	for _, d := range p.Doings[1:] {
		text := d.Comment()
		alike = alike && text == first
		begin, end = text[:common(begin, text)], text[len(text)-commonEnd(end, text):]
	}
	if alike {
		return first, ""
	}
	begin = begin[:strings.LastIndex(begin, " ")+1]
	for _, d := range p.Doings { // what both could be is the beginning
		end = end[max(0, len(begin)+len(end)-len(d.Comment())):]
	}
	if i := strings.Index(end, " "); i >= 0 {
		for i > 0 && strings.IndexByte(",;:.!?", end[i-1]) >= 0 { // so that no name is told with a comma
			i--
		}
		end = end[i:]
	} else {
		end = ""
	}
	const worthwhile = 60 // letters
	if len(begin)+len(end) < worthwhile {
		return "", ""
	}
	return begin, end
}

// common is how many bytes two texts begin with alike, commonEnd how many they
// end with. They are whole letters where both are cut at a space.
func common(a, b string) (n int) {
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

func commonEnd(a, b string) (n int) {
	for n < min(len(a), len(b)) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

// Comment is what a ticket is told, in one line; empty when nothing is.
func (d Doing) Comment() string {
	for _, c := range d.Changes {
		if c, ok := c.(AddComment); ok {
			return NewLine(c.Text).String()
		}
	}
	return ""
}

// After returns the ticket as the board shows it once the person has done this:
// not only what is changed decides that, but also who spoke last.
func (d Doing) After(me Line, now time.Time) Ticket {
	entries := make([]Entry, len(d.Changes))
	for i, c := range d.Changes {
		entries[i] = Entry{Edit: Edit{d.Card.Ref, c}, Made: now, By: me, Status: Pending}
	}
	return Replay(d.Card.Ticket, entries)
}

// Differs returns the tickets to which another plan does something else, or
// which only one of the two leaves as they are.
func (p Plan) Differs(o Plan) []Ref {
	mine := make(map[Ref][]Change, len(p.Doings))
	for _, d := range p.Doings {
		mine[d.Card.Ref] = d.Changes
	}
	var refs []Ref
	for _, d := range o.Doings {
		changes, both := mine[d.Card.Ref]
		if !both || !slices.EqualFunc(changes, d.Changes, func(a, b Change) bool { return reflect.DeepEqual(a, b) }) {
			refs = append(refs, d.Card.Ref)
		}
		delete(mine, d.Card.Ref)
	}
	for _, d := range p.Doings { // in order
		if _, only := mine[d.Card.Ref]; only {
			refs = append(refs, d.Card.Ref)
		}
	}
	return refs
}

// PlanFor plans a deed for tickets of a board, in the order given. What would
// make no sense (see Change's Validate) is skipped as well.
func PlanFor(b Board, refs []Ref, deed Deed) Plan {
	p := Plan{Doings: make([]Doing, 0, len(refs))}
	for _, ref := range refs {
		card, _, _, ok := b.Find(ref)
		if !ok {
			p.Skipped = append(p.Skipped, Skip{Ref: ref, Why: "it is no longer on the board"})
			continue
		}
		changes, why := deed(card)
		for _, c := range changes {
			if err := c.Validate(); err != nil && why == "" {
				why = err.Error()
			}
		}
		if len(changes) == 0 && why == "" {
			why = "nothing would change"
		}
		if why != "" {
			p.Skipped = append(p.Skipped, Skip{ref, card.Title, why})
			continue
		}
		p.Doings = append(p.Doings, Doing{card, changes})
		p.Changes += len(changes)
	}
	return p
}

// Edits returns all edits of the plan, each ticket's side by side.
func (p Plan) Edits() []Edit {
	edits := make([]Edit, 0, p.Changes)
	for _, d := range p.Doings {
		for _, c := range d.Changes {
			edits = append(edits, Edit{d.Card.Ref, c})
		}
	}
	return edits
}

// Lacking returns the repositories whose labels do not suffice for the plan, in
// its order; missing tells what a repository has no label for.
func (p Plan) Lacking(missing func(repo string) []Meaning) []string {
	var repos []string
	known, lacks := map[string][]Meaning{}, map[string]bool{}
	for _, d := range p.Doings {
		repo := d.Card.Ref.Repo
		if lacks[repo] {
			continue
		}
		none, asked := known[repo]
		if !asked {
			none = missing(repo)
			known[repo] = none
		}
		for _, c := range d.Changes {
			if !lacks[repo] && Lacks(none, c) {
				lacks[repo] = true
				repos = append(repos, repo)
			}
		}
	}
	return repos
}

// TicketsOf counts how many tickets edits are about, if each ticket's lie side by
// side, as those of one action do.
func TicketsOf(edits []Edit) int {
	n := 0
	for i := range edits {
		if i == 0 || edits[i].Ref != edits[i-1].Ref {
			n++
		}
	}
	return n
}

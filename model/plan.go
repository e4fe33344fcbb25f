package model

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

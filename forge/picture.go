package forge

import (
	"maps"
	"slices"
	"time"

	"docket/model"
)

// picture is the board in memory: what the forge confirmed, what the person
// wants, and the cards made of both. The Desk's mu guards it.
type picture struct {
	confirmed map[model.Ref]model.Ticket
	outbox    []model.Entry // by ID; written to by way of own
	lent      bool          // a snapshot has the outbox, too
	board     model.Board
	noticed   map[model.Ref]time.Time // when somebody else's change came in
	repos     []model.Repo
	me        model.Person
	host      string
	readOnly  bool
	trouble   trouble
	past      []model.Entry // what left the outbox, by ID; nobody shares it
	chronicle chronicle
	stale     bool // chronicle is not of the present outbox and past
	now       time.Time
	policy    model.Policy

	// redo lists the tickets that were shown while the board is worked out
	// anew for another minute; nil while it is not.
	redo map[model.Ref]bool
}

func newPicture(o DeskOptions, now time.Time) picture {
	p := picture{
		confirmed: map[model.Ref]model.Ticket{}, noticed: map[model.Ref]time.Time{},
		board: model.NewBoard(o.Workflow, o.Policy, now),
		host:  o.ForgeName, readOnly: o.ReadOnly, now: now, policy: o.Policy,
	}
	for _, name := range o.Repos {
		p.repos = append(p.repos, model.Repo{Name: name})
	}
	return p
}

// kept is what the store held when the board was opened.
type kept struct {
	tickets []model.Ticket
	outbox  []model.Entry
	past    []model.Entry
	me      model.Person
	states  []RepoState
	missing [][]model.Meaning // by state
	drafts  map[string]string
}

// load puts what the store held into an empty picture.
func (p *picture) load(k kept) {
	p.me, p.outbox, p.past, p.stale = k.me, k.outbox, k.past, true
	for i, s := range k.states {
		p.know(s, k.missing[i])
		p.repo(s.Name, func(r *model.Repo) { r.Unasked = !r.Synced.IsZero() })
	}
	p.put(k.tickets, time.Time{})
}

func (p *picture) snapshot(rev uint64) *model.Snapshot {
	p.recount()
	p.lent = true
	return &model.Snapshot{
		Rev: rev, Board: p.board, Outbox: p.outbox, Repos: slices.Clone(p.repos),
		Me: p.me, Forge: p.host, ReadOnly: p.readOnly, Problem: p.trouble.worst(),
		History: p.chronicle.actions, Undo: p.chronicle.undo, Redo: p.chronicle.redo,
	}
}

// put takes tickets as the forge confirmed them and shows those that are
// different now. A time marks them as somebody else's doing; the zero time does
// not. It reports whether anything is different.
func (p *picture) put(tickets []model.Ticket, noticed time.Time) bool {
	var refs []model.Ref
	for _, t := range tickets {
		old, known := p.confirmed[t.Ref]
		if !known && !p.wants(t) {
			continue // the store has it for search
		}
		if known && same(old, t) {
			continue
		}
		p.confirmed[t.Ref] = t
		refs = append(refs, t.Ref)
		// Who spoke when follows from comments, which are counted as well.
		old.Updated, old.ReporterSpoke, old.TeamSpoke = t.Updated, t.ReporterSpoke, t.TeamSpoke
		if !noticed.IsZero() && !same(old, t) && !p.sending(t.Ref) {
			p.noticed[t.Ref] = noticed
		}
	}
	p.show(refs)
	return len(refs) > 0
}

// wants reports whether the board shows a ticket that it does not have yet. A
// store may be shared with boards of other repositories.
func (p *picture) wants(t model.Ticket) bool {
	return p.policy.OnBoard(t, p.now) && slices.ContainsFunc(p.repos, func(r model.Repo) bool { return r.Name == t.Ref.Repo })
}

// drop forgets tickets that the forge no longer has.
func (p *picture) drop(refs []model.Ref) {
	for _, ref := range refs {
		delete(p.confirmed, ref)
		delete(p.noticed, ref)
	}
	p.show(refs)
}

// show makes fresh cards of tickets and puts them on the board.
func (p *picture) show(refs []model.Ref) {
	if len(refs) == 0 {
		return
	}
	mine := p.entriesOf(refs)
	var put []*model.Card
	var gone []model.Ref
	for _, ref := range refs {
		if p.redo != nil {
			p.redo[ref] = true
		}
		t, ok := p.confirmed[ref]
		if !ok {
			gone = append(gone, ref)
			continue
		}
		put = append(put, newCard(t, mine[ref], p.noticed[ref]))
	}
	p.board = p.board.With(put, gone...)
}

func newCard(t model.Ticket, entries []model.Entry, noticed time.Time) *model.Card {
	c := &model.Card{Ticket: model.Replay(t, entries), Changed: noticed}
	for _, e := range entries {
		switch e.Status {
		case model.Saving:
			c.Saving++
		case model.Pending, model.Sending:
			c.Pending++
		case model.Clashed, model.Parked:
			c.Stuck++
		}
	}
	return c
}

// age brings a board that was worked out for another time up to date with what
// was shown meanwhile, makes it the board, and forgets tickets that it no
// longer shows.
func (p *picture) age(board model.Board, now time.Time) {
	refs := slices.Collect(maps.Keys(p.redo))
	p.board, p.now, p.redo = board, now, nil
	p.show(refs)
	mine := p.entriesOf(nil)
	for ref, t := range p.confirmed {
		if !p.policy.OnBoard(t, now) && mine[ref] == nil {
			delete(p.confirmed, ref)
			delete(p.noticed, ref)
		}
	}
}

// repo changes where a repository stands.
func (p *picture) repo(name string, change func(*model.Repo)) {
	for i := range p.repos {
		if p.repos[i].Name == name {
			change(&p.repos[i])
		}
	}
}

// know takes what the store keeps about a repository.
func (p *picture) know(s RepoState, missing []model.Meaning) {
	p.repo(s.Name, func(r *model.Repo) {
		r.Rights, r.Archived, r.Private = s.Facts.Rights, s.Facts.Archived, s.Facts.Private
		r.People, r.Missing, r.Consent = s.People, missing, s.Consent
		r.Labels, r.Milestones = s.Labels, s.Milestones
		if r.Labels == nil && !s.FactsAt.IsZero() {
			r.Labels = []model.Label{}
		}
		if s.Synced.After(r.Synced) {
			r.Synced, r.Unasked = s.Synced, false
		}
	})
}

// same reports whether two tickets are the same in everything kept.
func same(a, b model.Ticket) bool {
	return a.Ref == b.Ref && a.Title == b.Title && a.URL == b.URL && a.Author == b.Author &&
		slices.Equal(a.Assignees, b.Assignees) && slices.Equal(a.Labels, b.Labels) &&
		a.Milestone == b.Milestone && a.Comments == b.Comments && a.Locked == b.Locked &&
		a.Gain == b.Gain && a.Pain == b.Pain && a.State == b.State && a.ClosedAs == b.ClosedAs &&
		a.Created.Equal(b.Created) && a.Updated.Equal(b.Updated) && a.Due.Equal(b.Due) &&
		a.ClosedAt.Equal(b.ClosedAt) && a.ReporterSpoke.Equal(b.ReporterSpoke) && a.TeamSpoke.Equal(b.TeamSpoke)
}

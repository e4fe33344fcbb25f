package ui

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"docket/model"
	"docket/model/query"
)

// memoryDesk is a desk without disk and network: what is submitted is pending
// until the test lets it arrive.
type memoryDesk struct {
	mu        sync.Mutex
	snap      model.Snapshot
	confirmed map[model.Ref]model.Ticket
	threads   map[model.Ref]model.Thread
	drafts    map[string]string
	changed   chan struct{}
	nextID    int64
	syncs     int
	focused   bool
	silent    error // why the forge does not tell what happened
	threadErr error // why it does not tell of tickets that are not known
	now       time.Time
	searches  []query.Text // all that were asked for
	refuse    error        // what every search fails with; nil: none does
	triaged   map[model.Ref]time.Time
	coming    bool          // old tickets are on their way
	broken    error         // what All answers
	remembers bool          // it keeps a history: see arrive
	past      []model.Entry // what has left the outbox
}

var noon = time.Date(2026, 5, 6, 12, 0, 0, 0, time.UTC)

func newMemoryDesk(tickets ...model.Ticket) *memoryDesk {
	d := &memoryDesk{
		confirmed: map[model.Ref]model.Ticket{}, threads: map[model.Ref]model.Thread{}, drafts: map[string]string{},
		changed: make(chan struct{}, 1), nextID: 100, now: noon,
	}
	d.snap = model.Snapshot{
		Board: model.NewBoard(model.DefaultWorkflow(), model.DefaultPolicy(), noon),
		Me:    model.Person{Login: model.NewLine("anna"), Name: model.NewLine("Anna Lindqvist")}, Forge: "forge.example.org",
		Repos: []model.Repo{{
			Name: "infra/tickets", Synced: noon.Add(-12 * time.Second),
			Rights: model.Rights{Known: true, Comment: true, Triage: true}, Missing: []model.Meaning{}, Labels: labelsOfTests(),
			Milestones: []model.Milestone{{ID: 1, Title: model.NewLine("spring")}, {ID: 2, Title: model.NewLine("autumn")}},
			People: []model.Person{
				{Login: model.NewLine("anna"), Name: model.NewLine("Anna Lindqvist")},
				{Login: model.NewLine("jonas"), Name: model.NewLine("Jonas Weiß")},
				{Login: model.NewLine("kira"), Name: model.NewLine("Kira Ōta")},
			},
		}},
	}
	d.put(tickets...)
	return d
}

// put makes tickets be as the forge has them now.
func (d *memoryDesk) put(tickets ...model.Ticket) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, t := range tickets {
		d.confirmed[t.Ref] = t
	}
	refs := make([]model.Ref, len(tickets))
	for i, t := range tickets {
		refs[i] = t.Ref
	}
	d.publish(refs...)
}

// alter changes the picture as the desk would by itself.
func (d *memoryDesk) alter(change func(s *model.Snapshot)) *model.Snapshot {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.snap
	s.Outbox, s.Repos = slices.Clone(s.Outbox), slices.Clone(s.Repos)
	change(&s)
	d.snap = s
	return d.publish()
}

func (d *memoryDesk) publish(refs ...model.Ref) *model.Snapshot {
	var cards []*model.Card
	for _, ref := range refs {
		var mine []model.Entry
		for _, e := range d.snap.Outbox {
			if e.Edit.Ref == ref {
				mine = append(mine, e)
			}
		}
		c := &model.Card{Ticket: model.Replay(d.confirmed[ref], mine)}
		for _, e := range mine {
			if e.Shown() {
				c.Pending++
			} else {
				c.Stuck++
			}
		}
		cards = append(cards, c)
	}
	d.snap.Board = d.snap.Board.With(cards)
	d.snap.Rev++
	if d.remembers {
		var all []*model.Entry
		for _, list := range [][]model.Entry{d.past, d.snap.Outbox} {
			for i := range list {
				all = append(all, &list[i])
			}
		}
		slices.SortFunc(all, func(a, b *model.Entry) int { return int(a.ID - b.ID) })
		d.snap.History, d.snap.Undo, d.snap.Redo = model.Chronicle(all, d.snap.Me.Login)
	}
	s := d.snap
	select {
	case d.changed <- struct{}{}:
	default:
	}
	return &s
}

func (d *memoryDesk) Snapshot() *model.Snapshot {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.snap
	return &s
}

func (d *memoryDesk) Changed() <-chan struct{} { return d.changed }

func (d *memoryDesk) Submit(edits ...model.Edit) *model.Snapshot {
	d.mu.Lock()
	defer d.mu.Unlock()
	group := d.nextID
	var refs []model.Ref
	for _, e := range edits {
		d.snap.Outbox = append(slices.Clip(d.snap.Outbox), model.Entry{ID: d.nextID, Group: group, Edit: e, Made: d.now, By: d.snap.Me.Login, Status: model.Pending})
		d.nextID++
		refs = append(refs, e.Ref)
	}
	return d.publish(refs...)
}

func (d *memoryDesk) Settle(id int64, how model.Settlement) *model.Snapshot {
	return d.entry(id, func(e *model.Entry) bool {
		e.Status, e.Problem = model.Pending, nil
		return how != model.Discard
	})
}

func (d *memoryDesk) Amend(id int64, c model.Change) *model.Snapshot {
	return d.entry(id, func(e *model.Entry) bool { e.Edit.Change = c; return true })
}

// entry changes one entry of the outbox, or drops it when change says so.
func (d *memoryDesk) entry(id int64, change func(*model.Entry) (keep bool)) *model.Snapshot {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.snap.Outbox = slices.Clone(d.snap.Outbox)
	for i := range d.snap.Outbox {
		if d.snap.Outbox[i].ID != id {
			continue
		}
		ref := d.snap.Outbox[i].Edit.Ref
		if !change(&d.snap.Outbox[i]) {
			d.snap.Outbox = slices.Delete(d.snap.Outbox, i, i+1)
		}
		return d.publish(ref)
	}
	return d.publish()
}

// Reverse takes the entries that leave out of the outbox and puts those that
// enter into it, and forgets what was next.
func (d *memoryDesk) Reverse(r *model.Reversal) (*model.Snapshot, bool) {
	d.mu.Lock()
	next := d.snap.Undo
	if r.Brings {
		next = d.snap.Redo
	}
	if next == nil || next.Takes != r.Takes || len(next.Deletes()) > len(r.Deletes()) && !r.Meanwhile {
		defer d.mu.Unlock()
		s := d.snap
		return &s, false
	}
	r = next
	d.snap.Undo, d.snap.Redo = nil, nil
	group := d.nextID
	for _, e := range r.Leave {
		e.Status, e.Gone = model.TakenBack, group
		d.past = append(d.past, e)
	}
	d.mu.Unlock()
	for _, e := range r.Leave {
		d.entry(e.ID, func(*model.Entry) bool { return false })
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.nextID++
	refs := []model.Ref{}
	for _, e := range r.Enter {
		e.ID, e.Group, e.Back, e.Made, e.Status = d.nextID, group, r.Takes, d.now, model.Pending
		d.nextID++
		d.snap.Outbox = append(slices.Clip(d.snap.Outbox), e)
		refs = append(refs, e.Edit.Ref)
	}
	return d.publish(refs...), true
}

// arrive lets the first n changes arrive at the forge.
func (d *memoryDesk) arrive(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var refs []model.Ref
	for _, e := range d.snap.Outbox[:n] {
		e.Status = model.Sent
		d.past = append(d.past, e)
		d.confirmed[e.Edit.Ref] = e.Edit.Change.Apply(d.confirmed[e.Edit.Ref])
		refs = append(refs, e.Edit.Ref)
	}
	d.snap.Outbox = slices.Clone(d.snap.Outbox[n:])
	d.publish(refs...)
}

// vanish lets the forge forget a ticket.
func (d *memoryDesk) vanish(ref model.Ref) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.confirmed, ref)
	d.snap.Board = d.snap.Board.With(nil, ref)
	d.publish()
}

func (d *memoryDesk) Consent(repo string) *model.Snapshot {
	return d.alter(func(s *model.Snapshot) {
		for i := range s.Repos {
			if s.Repos[i].Name == repo {
				s.Repos[i].Consent = true
			}
		}
	})
}

func (d *memoryDesk) Thread(_ context.Context, ref model.Ref) (model.Thread, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	t, ok := d.threads[ref]
	if !ok {
		return model.Thread{Ref: ref, Complete: d.threadErr == nil}, d.threadErr
	}
	return t, nil
}

// Search looks through every ticket.
func (d *memoryDesk) Search(_ context.Context, texts []query.Text) (query.Found, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.searches = append(d.searches, texts...)
	if d.refuse != nil {
		return nil, d.refuse
	}
	found := query.Found{}
	for _, t := range texts {
		found[t] = query.Places{}
		for ref, ticket := range d.confirmed {
			all := []string{ticket.Title.String(), d.threads[ref].Body.String()}
			for _, c := range d.threads[ref].Comments {
				all = append(all, c.Body.String())
			}
			if t.In(query.Document(all...)) {
				found[t][ref.Repo] = append(found[t][ref.Repo], ref.Number)
			}
		}
		for _, numbers := range found[t] {
			slices.Sort(numbers)
		}
	}
	return found, nil
}

func (d *memoryDesk) All(context.Context) (model.Archive, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.broken != nil {
		return model.Archive{}, d.broken
	}
	a := model.Archive{Triaged: d.triaged, Complete: !d.coming}
	for _, ref := range slices.SortedFunc(maps.Keys(d.confirmed), model.Ref.Compare) {
		a.Tickets = append(a.Tickets, d.confirmed[ref])
	}
	return a, nil
}

// Timeline tells what the thread has, unless the forge can't be asked.
func (d *memoryDesk) Timeline(ctx context.Context, ref model.Ref) (model.Thread, error) {
	t, err := d.Thread(ctx, ref)
	t.Told = true
	return t, cmp.Or(err, d.silent)
}

func (d *memoryDesk) Sync() { d.mu.Lock(); d.syncs++; d.mu.Unlock() }

func (d *memoryDesk) Focus(f bool) { d.mu.Lock(); d.focused = f; d.mu.Unlock() }

func (d *memoryDesk) Draft(key string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.drafts[key]
}

func (d *memoryDesk) Drafts(begin string) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var keys []string
	for key := range d.drafts {
		if strings.HasPrefix(key, begin) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

func (d *memoryDesk) SaveDraft(key, text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.drafts[key] = text
	if text == "" {
		delete(d.drafts, key)
	}
}

// changes returns what is in the outbox, in words.
func (d *memoryDesk) changes() []string {
	var out []string
	for _, e := range d.Snapshot().Outbox {
		out = append(out, fmt.Sprintf("#%d %s", e.Edit.Ref.Number, sayChange(e.Edit.Change)))
	}
	return out
}

// forgetOutbox makes all changes have arrived.
func (d *memoryDesk) forgetOutbox() {
	d.mu.Lock()
	defer d.mu.Unlock()
	var refs []model.Ref
	for _, e := range d.snap.Outbox {
		d.confirmed[e.Edit.Ref] = e.Edit.Change.Apply(d.confirmed[e.Edit.Ref])
		refs = append(refs, e.Edit.Ref)
	}
	d.snap.Outbox = nil
	d.publish(refs...)
}

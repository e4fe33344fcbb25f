package ui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"docket/model"
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
		d.snap.Outbox = append(slices.Clip(d.snap.Outbox), model.Entry{ID: d.nextID, Group: group, Edit: e, Made: d.now, Status: model.Pending})
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
	if d.snap.Undo != r && d.snap.Redo != r {
		defer d.mu.Unlock()
		s := d.snap
		return &s, false
	}
	d.snap.Undo, d.snap.Redo = nil, nil
	d.mu.Unlock()
	for _, e := range r.Leave {
		d.entry(e.ID, func(*model.Entry) bool { return false })
	}
	for _, e := range r.Enter {
		d.Submit(e.Edit)
	}
	return d.Snapshot(), true
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

func (d *memoryDesk) SaveDraft(key, text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.drafts[key] = text
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

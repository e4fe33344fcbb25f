package forge_test

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"docket/forge"
	"docket/model"
	"docket/model/query"
)

// disk is what several processes share: a store in memory. Each process has
// its own memStore on it.
type disk struct {
	mu       sync.Mutex
	tickets  map[model.Ref]keptTicket
	gone     map[model.Ref]int64
	comments map[int64]model.Comment
	complete map[model.Ref]bool
	triage   map[model.Ref]time.Time
	told     map[model.Ref]told
	repos    map[string]forge.RepoState
	outbox   map[int64]model.Entry // and what left it
	settled  map[int64]int64       // by entry that left the outbox: as the how manieth
	drafts   map[string]string
	me       map[string]model.Person // by the token's mark
	rev      int64
	writes   int64
	leaders  map[string]*memStore // by login
	refuse   error                // what every write fails with; nil: none does
}

type keptTicket struct {
	ticket model.Ticket
	body   model.Prose
	rev    int64
}

type told struct {
	events []model.Event
	upto   time.Time
}

// memStore is one process's view of a disk.
type memStore struct {
	*disk
	own  int64 // writes of this process
	dead bool
}

var _ forge.Store = (*memStore)(nil)

func newDisk() *disk {
	return &disk{
		tickets: map[model.Ref]keptTicket{}, gone: map[model.Ref]int64{}, comments: map[int64]model.Comment{},
		complete: map[model.Ref]bool{}, told: map[model.Ref]told{}, triage: map[model.Ref]time.Time{}, repos: map[string]forge.RepoState{}, outbox: map[int64]model.Entry{}, settled: map[int64]int64{}, drafts: map[string]string{},
		me: map[string]model.Person{}, leaders: map[string]*memStore{},
	}
}

func (d *disk) process() *memStore { return &memStore{disk: d} }

// kill ends a process as kill -9 does: nothing that it does from now on reaches
// the disk, and its lead ends.
func (s *memStore) kill() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dead = true
	maps.DeleteFunc(s.leaders, func(_ string, leader *memStore) bool { return leader == s })
}

func (d *disk) refuseWrites(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.refuse = err
}

// waiting returns the outbox as it is on disk.
func (d *disk) waiting() []model.Entry {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.entries(func(e model.Entry) bool { return d.settled[e.ID] == 0 })
}

func (s *memStore) write(ctx context.Context, do func() error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case s.dead:
		return errors.New("this process is dead")
	case s.refuse != nil:
		return s.refuse
	}
	s.writes++
	s.own++
	return do()
}

func read[T any](s *memStore, do func() T) (T, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return do(), nil
}

func (s *memStore) Load(_ context.Context, repos []string, closedAfter time.Time) ([]model.Ticket, error) {
	return read(s, func() (out []model.Ticket) {
		for ref, k := range s.tickets {
			if slices.Contains(repos, ref.Repo) && (k.ticket.Open() || k.ticket.ClosedAt.After(closedAfter)) {
				out = append(out, k.ticket)
			}
		}
		return out
	})
}

func (s *memStore) Changes(_ context.Context, repos []string, after int64) (put []model.Ticket, gone []model.Ref, rev int64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for ref, k := range s.tickets {
		if k.rev > after && slices.Contains(repos, ref.Repo) {
			put = append(put, k.ticket)
		}
	}
	for ref, rev := range s.gone {
		if rev > after {
			gone = append(gone, ref)
		}
	}
	return put, gone, s.rev, nil
}

func (s *memStore) Revision(context.Context) (int64, error) {
	return read(s, func() int64 { return s.rev })
}

func (s *memStore) Version(context.Context) (int64, error) {
	return read(s, func() int64 { return s.writes - s.own })
}

func (s *memStore) SaveTickets(ctx context.Context, repo string, rows []forge.Row) (out []model.Ticket, err error) {
	err = s.write(ctx, func() error { out = s.put(rows); return nil })
	return out, err
}

func (s *memStore) put(rows []forge.Row) (out []model.Ticket) {
	for _, r := range rows {
		t := r.Ticket
		old, ok := s.tickets[t.Ref]
		if ok && old.ticket.Updated.After(t.Updated) {
			continue
		}
		s.keep(t, r.Body)
		if now := s.tickets[t.Ref]; now.rev != old.rev {
			out = append(out, now.ticket)
		}
	}
	return out
}

// keep keeps a ticket under a new revision if it is different.
func (s *memStore) keep(t model.Ticket, body model.Prose) {
	t.ReporterSpoke, t.TeamSpoke = s.spoke(t)
	old, ok := s.tickets[t.Ref]
	if ok && forge.Same(old.ticket, t) {
		return
	}
	s.rev++
	s.tickets[t.Ref] = keptTicket{t, body, s.rev}
	delete(s.gone, t.Ref)
}

func (s *memStore) spoke(t model.Ticket) (reporter, team time.Time) {
	for _, c := range s.comments {
		isTeam := slices.ContainsFunc(s.repos[t.Ref.Repo].People, func(p model.Person) bool { return p.Login == c.Author.Login })
		switch {
		case c.Ref != t.Ref:
		case c.Author.Login == t.Author.Login && c.Created.After(reporter):
			reporter = c.Created
		case isTeam && c.Created.After(team):
			team = c.Created
		}
	}
	return reporter, team
}

// hear brings every ticket to what its comments say.
func (s *memStore) hear() (out []model.Ticket) {
	for ref, k := range s.tickets {
		s.keep(k.ticket, k.body)
		if now := s.tickets[ref]; now.rev != k.rev {
			out = append(out, now.ticket)
		}
	}
	return out
}

func (s *memStore) SaveComments(ctx context.Context, _ string, comments []model.Comment) (out []model.Ticket, err error) {
	err = s.write(ctx, func() error {
		for _, c := range comments {
			s.comments[c.ID] = c
		}
		out = s.hear()
		return nil
	})
	return out, err
}

func (s *memStore) SaveThread(ctx context.Context, ref model.Ref, comments []model.Comment) (out []model.Ticket, err error) {
	err = s.write(ctx, func() error {
		maps.DeleteFunc(s.comments, func(_ int64, c model.Comment) bool { return c.Ref == ref })
		for _, c := range comments {
			s.comments[c.ID] = c
		}
		s.complete[ref] = true
		out = s.hear()
		return nil
	})
	return out, err
}

func (s *memStore) SavePeople(ctx context.Context, repo string, people []model.Person) (out []model.Ticket, err error) {
	err = s.write(ctx, func() error {
		state := s.repos[repo]
		state.Name, state.People = repo, people
		s.repos[repo] = state
		out = s.hear()
		return nil
	})
	return out, err
}

func (s *memStore) DropTickets(ctx context.Context, refs []model.Ref) error {
	return s.write(ctx, func() error {
		for _, ref := range refs {
			s.rev++
			s.gone[ref] = s.rev
			delete(s.tickets, ref)
		}
		return nil
	})
}

func (s *memStore) Numbers(_ context.Context, repo string) ([]int64, error) {
	return read(s, func() (out []int64) {
		for ref := range s.tickets {
			if ref.Repo == repo {
				out = append(out, ref.Number)
			}
		}
		slices.Sort(out)
		return out
	})
}

func (s *memStore) Untimed(_ context.Context, repo string, after time.Time, most int) ([]int64, error) {
	return read(s, func() (out []int64) {
		for ref, k := range s.tickets {
			if _, asked := s.triage[ref]; ref.Repo == repo && !asked && k.ticket.Judged() && !k.ticket.Created.Before(after) {
				out = append(out, ref.Number)
			}
		}
		slices.SortFunc(out, func(a, b int64) int { return cmp.Compare(b, a) })
		return out[:min(most, len(out))]
	})
}

func (s *memStore) SaveTriage(ctx context.Context, ref model.Ref, at time.Time) error {
	return s.write(ctx, func() error { s.triage[ref] = at; return nil })
}

func (s *memStore) Triaged(context.Context, []string) (map[model.Ref]time.Time, error) {
	return read(s, func() map[model.Ref]time.Time {
		out := maps.Clone(s.triage)
		maps.DeleteFunc(out, func(_ model.Ref, at time.Time) bool { return at.IsZero() })
		return out
	})
}

func (s *memStore) Thread(_ context.Context, ref model.Ref) (model.Thread, error) {
	return read(s, func() model.Thread {
		k := s.tickets[ref]
		out := model.Thread{Ref: ref, Ticket: k.ticket, Body: k.body, Events: s.told[ref].events}
		out.Told = k.rev > 0 && s.told[ref].upto.Unix() >= k.ticket.Updated.Unix()
		for _, c := range s.comments {
			if c.Ref == ref {
				out.Comments = append(out.Comments, c)
			}
		}
		slices.SortFunc(out.Comments, func(a, b model.Comment) int { return cmp.Compare(a.ID, b.ID) })
		out.Complete = s.complete[ref] || k.rev > 0 && len(out.Comments) >= k.ticket.Comments
		return out
	})
}

func (s *memStore) Index(context.Context, int) (bool, error) { return false, nil }

func (s *memStore) Search(_ context.Context, repos []string, texts []query.Text) (query.Found, error) {
	return read(s, func() query.Found {
		found := query.Found{}
		for _, t := range texts {
			found[t] = query.Places{}
			for ref, k := range s.tickets {
				all := []string{k.ticket.Title.String(), k.body.Raw()}
				for _, c := range s.comments {
					if c.Ref == ref {
						all = append(all, c.Body.Raw())
					}
				}
				if slices.Contains(repos, ref.Repo) && t.In(query.Document(all...)) {
					found[t][ref.Repo] = append(found[t][ref.Repo], ref.Number)
				}
			}
			for _, numbers := range found[t] {
				slices.Sort(numbers)
			}
		}
		return found
	})
}

func (s *memStore) SaveTimeline(ctx context.Context, ref model.Ref, events []model.Event, upto time.Time) error {
	return s.write(ctx, func() error { s.told[ref] = told{events, upto}; return nil })
}

func (s *memStore) Tickets(_ context.Context, refs []model.Ref) ([]model.Ticket, error) {
	return read(s, func() (out []model.Ticket) {
		for _, ref := range refs {
			if k, ok := s.tickets[ref]; ok {
				out = append(out, k.ticket)
			}
		}
		return out
	})
}

func (s *memStore) Repo(_ context.Context, repo string) (forge.RepoState, error) {
	return read(s, func() forge.RepoState {
		state := s.repos[repo]
		state.Name = repo
		return state
	})
}

func (s *memStore) SaveRepo(ctx context.Context, state forge.RepoState) error {
	return s.write(ctx, func() error { s.repos[state.Name] = state; return nil })
}

func (s *memStore) Me(_ context.Context, mark string) (model.Person, error) {
	return read(s, func() model.Person { return s.me[mark] })
}

func (s *memStore) SaveMe(ctx context.Context, mark string, p model.Person) error {
	return s.write(ctx, func() error { s.me[mark] = p; return nil })
}

func (s *memStore) Outbox(context.Context) ([]model.Entry, error) { return s.waiting(), nil }

func (s *memStore) Lead(login string) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.leaders[login] == nil && !s.dead {
		s.leaders[login] = s
	}
	return s.leaders[login] == s, nil
}

func (s *memStore) SaveDraft(ctx context.Context, key, text string) error {
	return s.write(ctx, func() error {
		if s.drafts[key] = text; text == "" {
			delete(s.drafts, key)
		}
		return nil
	})
}

func (s *memStore) Drafts(context.Context) (map[string]string, error) {
	return read(s, func() map[string]string { return maps.Clone(s.drafts) })
}

func (s *memStore) Close() error { s.kill(); return nil }

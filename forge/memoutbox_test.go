package forge_test

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"docket/forge"
	"docket/model"
)

// The outbox and the history of a disk in memory.

func (d *disk) entries(which func(model.Entry) bool) []model.Entry {
	out := slices.SortedFunc(maps.Values(d.outbox), func(a, b model.Entry) int { return cmp.Compare(a.ID, b.ID) })
	return slices.DeleteFunc(out, func(e model.Entry) bool { return !which(e) })
}

// mark is how many departures there were.
func (d *disk) mark() (n int64) {
	for _, at := range d.settled {
		n = max(n, at)
	}
	return n
}

// settle has an entry leave the outbox.
func (d *disk) settle(e model.Entry, status model.Status, gone int64) {
	e.Status, e.Gone = status, gone
	d.outbox[e.ID] = e
	d.settled[e.ID] = d.mark() + 1
}

func (s *memStore) Append(ctx context.Context, entries []model.Entry) error {
	return s.write(ctx, func() error {
		for _, e := range entries {
			s.outbox[e.ID] = e
		}
		return nil
	})
}

func (s *memStore) Update(ctx context.Context, e model.Entry) (kept bool, err error) {
	err = s.write(ctx, func() error {
		was, ok := s.outbox[e.ID]
		if kept = ok && !was.Settled(); kept {
			s.outbox[e.ID] = e
		}
		return nil
	})
	return kept, err
}

func (s *memStore) Remove(ctx context.Context, ids ...int64) error {
	return s.write(ctx, func() error {
		for _, id := range ids {
			if e, ok := s.outbox[id]; ok && !e.Settled() {
				s.settle(e, model.Dropped, 0)
			}
		}
		return nil
	})
}

func (s *memStore) TakeBack(ctx context.Context, group int64, leave, enter []model.Entry) error {
	return s.write(ctx, func() error {
		for _, e := range leave {
			now := s.outbox[e.ID]
			if !e.Unsure() && (now.ID == 0 || now.Settled() || now.Tries != e.Tries || now.Status == model.Sending) {
				return problem(model.Clash, "")
			}
		}
		for _, e := range leave {
			if now := s.outbox[e.ID]; !now.Settled() {
				s.settle(now, model.TakenBack, group)
			}
		}
		for _, e := range enter {
			s.outbox[e.ID] = e
		}
		return nil
	})
}

func (s *memStore) Arrived(ctx context.Context, e model.Entry, row forge.Row) (out []model.Ticket, err error) {
	err = s.write(ctx, func() error {
		s.settle(e, model.Sent, 0)
		out = s.put([]forge.Row{row})
		if c, ok := e.Edit.Change.(model.RemoveComment); ok {
			delete(s.comments, c.ID)
			out = append(out, s.hear()...)
		}
		return nil
	})
	return out, err
}

func (s *memStore) Past(_ context.Context, after int64) (entries []model.Entry, mark int64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.entries(func(e model.Entry) bool { return s.settled[e.ID] > after }), s.mark(), nil
}

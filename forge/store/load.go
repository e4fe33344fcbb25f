package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"sync"
	"time"

	"docket/model"
)

// portion is how many cards one goroutine reads: enough to be worth starting
// one, few enough that all processors have something to do.
const portion = 512

// Load implements forge.Store. Tickets come by repository, as asked for.
// Reading the text of thousands of cards costs more than fetching them, so
// that is done side by side while more are fetched.
func (s *Store) Load(ctx context.Context, repos []string, closedAfter time.Time) ([]model.Ticket, error) {
	var all portions
	err := s.reading(ctx, "load the board", func(w *work) error {
		for _, repo := range repos {
			id, err := w.repo(repo)
			if err != nil {
				return err
			}
			var card sql.RawBytes
			batch := make([]string, 0, portion)
			err = w.each(`SELECT card FROM tickets WHERE repo = ?1 AND closed = 0
				UNION ALL SELECT card FROM tickets WHERE repo = ?1 AND closed > ?2`,
				[]any{id, max(0, closedAfter.Unix())}, []any{&card}, func() error {
					if batch = append(batch, string(card)); len(batch) == portion {
						all.read(s, repo, batch)
						batch = make([]string, 0, portion)
					}
					return nil
				})
			if err != nil {
				return err
			}
			all.read(s, repo, batch)
		}
		return nil
	})
	out, damage := all.wait()
	if err = cmp.Or(err, s.failed("load the board", damage)); err != nil {
		return nil, err
	}
	return out, nil
}

// portions are cards that are being read, in the order in which they came.
type portions struct {
	busy sync.WaitGroup
	done []*part
}

type part struct {
	tickets []model.Ticket
	err     error
}

// read reads cards in a goroutine of their own.
func (p *portions) read(s *Store, repo string, batch []string) {
	out := &part{tickets: make([]model.Ticket, len(batch))}
	p.done = append(p.done, out)
	p.busy.Go(func() {
		read := s.cards()
		for i, card := range batch {
			t, err := read.ticket(repo, card)
			out.tickets[i], out.err = t, cmp.Or(out.err, err)
		}
	})
}

// wait returns all tickets once they are read.
func (p *portions) wait() ([]model.Ticket, error) {
	p.busy.Wait()
	var lists [][]model.Ticket
	var err error
	for _, part := range p.done {
		lists = append(lists, part.tickets)
		err = cmp.Or(err, part.err)
	}
	return slices.Concat(lists...), err
}

// Changes implements forge.Store.
func (s *Store) Changes(ctx context.Context, repos []string, after int64) (put []model.Ticket, gone []model.Ref, rev int64, err error) {
	err = s.reading(ctx, "read what changed", func(w *work) error {
		if rev, err = w.revision(); err != nil || rev <= after {
			return err
		}
		var repo string
		var card sql.RawBytes
		read := s.cards()
		err := w.each(`SELECT repos.name, card FROM tickets JOIN repos ON repos.id = repo WHERE rev > ? ORDER BY rev`,
			[]any{after}, []any{&repo, &card}, func() error {
				if !slices.Contains(repos, repo) {
					return nil
				}
				t, err := read.ticket(repo, string(card))
				put = append(put, t)
				return err
			})
		if err != nil {
			return err
		}
		var ref model.Ref
		return w.each(`SELECT repos.name, number FROM gone JOIN repos ON repos.id = repo WHERE rev > ? ORDER BY rev`,
			[]any{after}, []any{&ref.Repo, &ref.Number}, func() error {
				if slices.Contains(repos, ref.Repo) {
					gone = append(gone, ref)
				}
				return nil
			})
	})
	if err != nil {
		return nil, nil, 0, err
	}
	return put, gone, rev, nil
}

// Revision implements forge.Store.
func (s *Store) Revision(ctx context.Context) (rev int64, err error) {
	err = s.reading(ctx, "read the revision", func(w *work) error {
		rev, err = w.revision()
		return err
	})
	return rev, err
}

// Version implements forge.Store. It asks the connection that writes, for
// which its own writes do not count.
func (s *Store) Version(ctx context.Context) (n int64, err error) {
	conn, err := s.writer.Conn(ctx)
	if err == nil {
		defer conn.Close()
		err = conn.QueryRowContext(context.WithoutCancel(ctx), "PRAGMA data_version").Scan(&n)
	}
	return n, s.failed("look for others' writes", err)
}

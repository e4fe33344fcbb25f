package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"docket/model"
)

// Load implements forge.Store. Tickets come by repository, as asked for.
func (s *Store) Load(ctx context.Context, repos []string, closedAfter time.Time) ([]model.Ticket, error) {
	var out []model.Ticket
	err := s.reading(ctx, "load the board", func(w *work) error {
		read := s.cards()
		for _, repo := range repos {
			id, err := w.repo(repo)
			if err != nil {
				return err
			}
			var card sql.RawBytes
			err = w.each(`SELECT card FROM tickets WHERE repo = ?1 AND closed = 0
				UNION ALL SELECT card FROM tickets WHERE repo = ?1 AND closed > ?2`,
				[]any{id, max(0, closedAfter.Unix())}, []any{&card}, func() error {
					t, err := read.ticket(repo, string(card))
					out = append(out, t)
					return err
				})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
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

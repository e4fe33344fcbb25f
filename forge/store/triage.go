package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"docket/model"
)

// errEnough ends a walk through rows that has found what it looked for.
var errEnough = errors.New("enough")

// Untimed implements forge.Store. It reads the latest tickets first and stops
// at the first that is too old.
func (s *Store) Untimed(ctx context.Context, repo string, createdAfter time.Time, most int) ([]int64, error) {
	var out []int64
	err := s.reading(ctx, "look for tickets of "+repo, func(w *work) error {
		id, err := w.repo(repo)
		if id == 0 || err != nil {
			return err
		}
		read := s.cards()
		var card sql.RawBytes
		err = w.each(`SELECT card FROM tickets AS t WHERE repo = ?
			AND NOT EXISTS (SELECT 1 FROM triage WHERE repo = t.repo AND number = t.number) ORDER BY number DESC`,
			[]any{id}, []any{&card}, func() error {
				t, err := read.ticket(repo, string(card))
				switch {
				case err != nil:
					return err
				case len(out) == most, t.Created.Before(createdAfter):
					return errEnough
				case t.Judged():
					out = append(out, t.Ref.Number)
				}
				return nil
			})
		if errors.Is(err, errEnough) {
			return nil
		}
		return err
	})
	return out, err
}

// SaveTriage implements forge.Store.
func (s *Store) SaveTriage(ctx context.Context, ref model.Ref, at time.Time) error {
	return s.writing(ctx, "save when "+ref.String()+" was triaged", func(w *work) error {
		id, err := w.makeRepo(ref.Repo)
		if err == nil {
			_, err = w.exec("INSERT OR REPLACE INTO triage (repo, number, at) VALUES (?, ?, ?)", id, ref.Number, seconds(at))
		}
		return err
	})
}

// Triaged implements forge.Store.
func (s *Store) Triaged(ctx context.Context, repos []string) (map[model.Ref]time.Time, error) {
	out := map[model.Ref]time.Time{}
	err := s.reading(ctx, "read when tickets were triaged", func(w *work) error {
		for _, repo := range repos {
			id, err := w.repo(repo)
			if err != nil {
				return err
			}
			var number, at int64
			err = w.each("SELECT number, at FROM triage WHERE repo = ? AND at > 0", []any{id}, []any{&number, &at}, func() error {
				out[model.Ref{Repo: repo, Number: number}] = fromSeconds(at)
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

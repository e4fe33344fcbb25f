package store

import (
	"bytes"
	"context"

	"docket/forge"
	"docket/model"
)

// SaveTickets implements forge.Store.
func (s *Store) SaveTickets(ctx context.Context, repo string, rows []forge.Row) ([]model.Ticket, error) {
	var put []model.Ticket
	err := s.writing(ctx, "save tickets of "+repo, func(w *work) error {
		var err error
		put, err = w.saveTickets(repo, rows)
		return err
	})
	if err != nil {
		return nil, err
	}
	return put, nil
}

func (w *work) saveTickets(repo string, rows []forge.Row) ([]model.Ticket, error) {
	id, err := w.makeRepo(repo)
	if err != nil {
		return nil, err
	}
	team, err := w.team(id)
	if err != nil {
		return nil, err
	}
	var put []model.Ticket
	read := w.store.cards()
	for _, row := range rows {
		t, changed, err := w.saveTicket(read, keeper{id, repo, team}, row)
		if err != nil {
			return nil, err
		}
		if changed {
			put = append(put, t)
		}
	}
	return put, nil
}

// keeper is a repository while its tickets are being written.
type keeper struct {
	id   int64
	name string
	team map[string]bool
}

// saveTicket keeps one row and returns the ticket when it is different now.
func (w *work) saveTicket(read *cards, repo keeper, row forge.Row) (t model.Ticket, changed bool, err error) {
	t = row.Ticket
	t.Ref.Repo = repo.name
	kept, old, err := w.kept(read, repo, t.Ref.Number)
	if err != nil {
		return t, false, err
	}
	if kept != nil && seconds(old.Updated) > seconds(t.Updated) {
		return t, false, nil
	}
	if kept != nil && old.Author.Login == t.Author.Login {
		t.ReporterSpoke, t.TeamSpoke = old.ReporterSpoke, old.TeamSpoke
	} else if t.ReporterSpoke, t.TeamSpoke, err = w.spoke(repo, t); err != nil {
		return t, false, err
	}
	n, err := w.exec(`INSERT INTO bodies (repo, number, body) VALUES (?, ?, ?)
		ON CONFLICT (repo, number) DO UPDATE SET body = excluded.body WHERE body <> excluded.body`,
		repo.id, t.Ref.Number, row.Body.Raw())
	if err != nil {
		return t, false, err
	}
	if n > 0 || kept == nil || old.Title != t.Title {
		w.reword(repo.id, t.Ref.Number)
	}
	return w.writeCard(read, repo, kept, t)
}

// kept returns the card of a ticket and what it says; nil when there is none.
func (w *work) kept(read *cards, repo keeper, number int64) (card []byte, t model.Ticket, err error) {
	ok, err := w.get("SELECT card FROM tickets WHERE repo = ? AND number = ?", []any{repo.id, number}, []any{&card})
	if err != nil || !ok {
		return nil, t, err
	}
	t, err = read.plain(repo.name, string(card))
	return card, t, err
}

// writeCard puts a ticket in place of the card kept, which may be nil, and
// reports whether that changed anything. It returns the ticket as Load would.
func (w *work) writeCard(read *cards, repo keeper, kept []byte, t model.Ticket) (model.Ticket, bool, error) {
	card := encodeCard(t)
	if bytes.Equal(card, kept) {
		return t, false, nil
	}
	rev, err := w.nextRevision()
	if err != nil {
		return t, false, err
	}
	closed, number := seconds(t.ClosedAt), t.Ref.Number
	if kept != nil {
		_, err = w.exec("UPDATE tickets SET closed = ?, rev = ?, card = ? WHERE repo = ? AND number = ?", closed, rev, card, repo.id, number)
	} else {
		_, err = w.exec("INSERT INTO tickets (repo, closed, number, rev, card) VALUES (?, ?, ?, ?, ?)", repo.id, closed, number, rev, card)
		if err == nil {
			_, err = w.exec("DELETE FROM gone WHERE repo = ? AND number = ?", repo.id, number)
		}
	}
	if err != nil {
		return t, false, err
	}
	t, err = read.ticket(repo.name, string(card))
	return t, true, err
}

// DropTickets implements forge.Store.
func (s *Store) DropTickets(ctx context.Context, refs []model.Ref) error {
	return s.writing(ctx, "drop tickets", func(w *work) error {
		for _, ref := range refs {
			if err := w.drop(ref); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *work) drop(ref model.Ref) error {
	id, err := w.repo(ref.Repo)
	if id == 0 || err != nil {
		return err
	}
	w.reword(id, ref.Number)
	for _, query := range []string{
		"DELETE FROM bodies WHERE repo = ? AND number = ?",
		"DELETE FROM comments WHERE repo = ? AND number = ?",
		"DELETE FROM threads WHERE repo = ? AND number = ?",
	} {
		if _, err := w.exec(query, id, ref.Number); err != nil {
			return err
		}
	}
	n, err := w.exec("DELETE FROM tickets WHERE repo = ? AND number = ?", id, ref.Number)
	if n == 0 || err != nil {
		return err
	}
	rev, err := w.nextRevision()
	if err != nil {
		return err
	}
	_, err = w.exec("INSERT OR REPLACE INTO gone (repo, number, rev) VALUES (?, ?, ?)", id, ref.Number, rev)
	return err
}

// Numbers implements forge.Store.
func (s *Store) Numbers(ctx context.Context, repo string) ([]int64, error) {
	var out []int64
	err := s.reading(ctx, "list tickets of "+repo, func(w *work) error {
		var n int64
		return w.each(`SELECT number FROM tickets WHERE repo = (SELECT id FROM repos WHERE name = ?) ORDER BY number`,
			[]any{repo}, []any{&n}, func() error { out = append(out, n); return nil })
	})
	return out, err
}

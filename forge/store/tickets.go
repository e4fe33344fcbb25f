package store

import (
	"bytes"
	"context"
	"strconv"

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

// saveTickets reads in three statements what is kept of all rows, for a first
// sync brings thousands.
func (w *work) saveTickets(repo string, rows []forge.Row) ([]model.Ticket, error) {
	id, err := w.makeRepo(repo)
	if err != nil {
		return nil, err
	}
	team, err := w.team(id)
	if err != nil {
		return nil, err
	}
	k := keeper{id: id, name: repo, team: team, read: w.store.cards()}
	numbers := make([]int64, len(rows))
	for i, row := range rows {
		numbers[i] = row.Ticket.Ref.Number
	}
	kept, err := w.kept(k, numbers)
	if err != nil {
		return nil, err
	}
	var fresh, heard []int64 // what is not kept yet, and whose voices have to be sorted
	for _, row := range rows {
		n := row.Ticket.Ref.Number
		old, ok := kept[n]
		if !ok {
			fresh = append(fresh, n)
		}
		if !ok || old.ticket.Author.Login != row.Ticket.Author.Login {
			heard = append(heard, n)
		}
	}
	if k.voices, err = w.voices(id, heard); err != nil {
		return nil, err
	}
	if err := w.restore(id, fresh); err != nil {
		return nil, err
	}
	var put []model.Ticket
	for _, row := range rows {
		t, changed, err := w.saveTicket(k, kept, row)
		if err != nil {
			return nil, err
		}
		if changed {
			if put == nil {
				put = make([]model.Ticket, 0, len(rows))
			}
			put = append(put, t)
		}
	}
	return put, nil
}

// keeper is a repository while its tickets are being written.
type keeper struct {
	id     int64
	name   string
	team   map[string]bool
	read   *cards
	voices map[int64][]voice // by ticket, of those that were asked for
}

// shown is a ticket as it is kept, and its card.
type shown struct {
	card   []byte
	ticket model.Ticket
}

// saveTicket keeps one row and returns the ticket when it is different now.
func (w *work) saveTicket(repo keeper, kept map[int64]shown, row forge.Row) (t model.Ticket, changed bool, err error) {
	t = row.Ticket
	t.Ref.Repo = repo.name
	old, known := kept[t.Ref.Number]
	switch {
	case known && seconds(old.ticket.Updated) > seconds(t.Updated):
		return t, false, nil
	case known && old.ticket.Author.Login == t.Author.Login:
		t.ReporterSpoke, t.TeamSpoke = old.ticket.ReporterSpoke, old.ticket.TeamSpoke
	default:
		t.ReporterSpoke, t.TeamSpoke = repo.spoke(t)
	}
	n, err := w.exec(`INSERT INTO bodies (repo, number, body) VALUES (?, ?, ?)
		ON CONFLICT (repo, number) DO UPDATE SET body = excluded.body WHERE body <> excluded.body`,
		repo.id, t.Ref.Number, row.Body.Raw())
	if err != nil {
		return t, false, err
	}
	if n > 0 || !known || old.ticket.Title != t.Title {
		w.reword(repo.id, t.Ref.Number)
	}
	t, card, err := w.writeCard(repo, old.card, t)
	if err != nil || card == nil {
		return t, false, err
	}
	kept[t.Ref.Number] = shown{card, t} // the same ticket may come twice
	return t, true, nil
}

// kept returns those of some tickets that are kept.
func (w *work) kept(repo keeper, numbers []int64) (map[int64]shown, error) {
	out := make(map[int64]shown, len(numbers))
	var number int64
	var card []byte
	err := w.each(`SELECT number, card FROM tickets INDEXED BY tickets_by_number
		WHERE repo = ? AND number IN (SELECT value FROM json_each(?))`,
		[]any{repo.id, jsonList(numbers)}, []any{&number, &card}, func() error {
			t, err := repo.read.plain(repo.name, string(card))
			out[number] = shown{card, t}
			return err
		})
	return out, err
}

// jsonList writes numbers so that one parameter holds them all.
func jsonList(numbers []int64) string {
	b := []byte{'['}
	for i, n := range numbers {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, n, 10)
	}
	return string(append(b, ']'))
}

// restore forgets that tickets were dropped.
func (w *work) restore(repo int64, numbers []int64) error {
	if len(numbers) == 0 {
		return nil
	}
	_, err := w.exec("DELETE FROM gone WHERE repo = ? AND number IN (SELECT value FROM json_each(?))", repo, jsonList(numbers))
	return err
}

// writeCard puts a ticket in place of the card kept, which may be nil. It
// returns the ticket as Load would, and the new card; nil when it is the same.
func (w *work) writeCard(repo keeper, kept []byte, t model.Ticket) (model.Ticket, []byte, error) {
	card := encodeCard(t)
	if bytes.Equal(card, kept) {
		return t, nil, nil
	}
	rev, err := w.nextRevision()
	if err != nil {
		return t, nil, err
	}
	closed, number := seconds(t.ClosedAt), t.Ref.Number
	if kept != nil {
		_, err = w.exec("UPDATE tickets SET closed = ?, rev = ?, card = ? WHERE repo = ? AND number = ?", closed, rev, card, repo.id, number)
	} else {
		_, err = w.exec("INSERT INTO tickets (repo, closed, number, rev, card) VALUES (?, ?, ?, ?, ?)", repo.id, closed, number, rev, card)
	}
	if err != nil {
		return t, nil, err
	}
	t, err = repo.read.ticket(repo.name, string(card))
	return t, card, err
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
		"DELETE FROM triage WHERE repo = ? AND number = ?",
		"DELETE FROM timelines WHERE repo = ? AND number = ?",
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

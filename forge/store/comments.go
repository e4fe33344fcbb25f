package store

import (
	"context"
	"time"

	"docket/model"
)

// SaveComments implements forge.Store. A comment older than the one kept is
// ignored.
func (s *Store) SaveComments(ctx context.Context, repo string, comments []model.Comment) ([]model.Ticket, error) {
	var put []model.Ticket
	err := s.writing(ctx, "save comments of "+repo, func(w *work) error {
		id, err := w.makeRepo(repo)
		if err != nil {
			return err
		}
		touched := map[int64]bool{}
		for _, c := range comments {
			if err := w.saveComment(id, c); err != nil {
				return err
			}
			touched[c.Ref.Number] = true
		}
		put, err = w.hear(id, repo, touched)
		return err
	})
	if err != nil {
		return nil, err
	}
	return put, nil
}

func (w *work) saveComment(repo int64, c model.Comment) error {
	w.reword(repo, c.Ref.Number)
	_, err := w.exec(`INSERT INTO comments (repo, id, number, login, name, created, updated, body)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (repo, id) DO UPDATE SET number = excluded.number, login = excluded.login, name = excluded.name,
			created = excluded.created, updated = excluded.updated, body = excluded.body
		WHERE excluded.updated >= updated`,
		repo, c.ID, c.Ref.Number, c.Author.Login.Raw(), c.Author.Name.Raw(), seconds(c.Created), seconds(c.Updated), c.Body.Raw())
	return err
}

// SaveThread implements forge.Store.
func (s *Store) SaveThread(ctx context.Context, ref model.Ref, comments []model.Comment) ([]model.Ticket, error) {
	var put []model.Ticket
	err := s.writing(ctx, "save the comments of "+ref.String(), func(w *work) error {
		id, err := w.makeRepo(ref.Repo)
		if err != nil {
			return err
		}
		if _, err := w.exec("DELETE FROM comments WHERE repo = ? AND number = ?", id, ref.Number); err != nil {
			return err
		}
		w.reword(id, ref.Number)
		for _, c := range comments {
			c.Ref = ref
			if err := w.saveComment(id, c); err != nil {
				return err
			}
		}
		if _, err := w.exec("INSERT OR IGNORE INTO threads (repo, number) VALUES (?, ?)", id, ref.Number); err != nil {
			return err
		}
		put, err = w.hear(id, ref.Repo, map[int64]bool{ref.Number: true})
		return err
	})
	if err != nil {
		return nil, err
	}
	return put, nil
}

// Thread implements forge.Store. It is complete when SaveThread was called for
// the ticket, or when no fewer comments are kept than the ticket has. A ticket
// that is not kept has an empty, incomplete thread. Links are not kept.
func (s *Store) Thread(ctx context.Context, ref model.Ref) (model.Thread, error) {
	out := model.Thread{Ref: ref}
	err := s.reading(ctx, "read "+ref.String(), func(w *work) error {
		id, err := w.repo(ref.Repo)
		if id == 0 || err != nil {
			return err
		}
		at := []any{id, ref.Number}
		var body string
		if _, err := w.get("SELECT body FROM bodies WHERE repo = ? AND number = ?", at, []any{&body}); err != nil {
			return err
		}
		out.Body = model.NewProse(body)
		if out.Comments, err = w.comments(id, ref); err != nil {
			return err
		}
		k := keeper{id: id, name: ref.Repo, read: s.cards()}
		kept, err := w.kept(k, []int64{ref.Number})
		if err != nil {
			return err
		}
		t, ok := kept[ref.Number]
		if ok {
			out.Ticket = t.ticket.Interpret(k.read.read)
		}
		var upto time.Time
		if out.Events, upto, err = w.timeline(id, ref); err != nil {
			return err
		}
		out.Told = ok && !upto.IsZero() && !upto.Before(t.ticket.Updated)
		whole, err := w.get("SELECT 1 FROM threads WHERE repo = ? AND number = ?", at, []any{new(int)})
		out.Complete = whole || ok && len(out.Comments) >= t.ticket.Comments
		return err
	})
	return out, err
}

// comments returns a ticket's comments, oldest first.
func (w *work) comments(repo int64, ref model.Ref) ([]model.Comment, error) {
	var out []model.Comment
	var id, created, updated int64
	var login, name, body string
	err := w.each(`SELECT id, login, name, created, updated, body FROM comments
		WHERE repo = ? AND number = ? ORDER BY created, id`,
		[]any{repo, ref.Number}, []any{&id, &login, &name, &created, &updated, &body}, func() error {
			out = append(out, model.Comment{
				Ref: ref, ID: id, Body: model.NewProse(body),
				Author:  model.Person{Login: model.NewLine(login), Name: model.NewLine(name)},
				Created: fromSeconds(created), Updated: fromSeconds(updated),
			})
			return nil
		})
	return out, err
}

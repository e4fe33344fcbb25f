package store

import (
	"context"
	"fmt"

	"docket/model"
)

// Past implements forge.Store.
func (s *Store) Past(ctx context.Context, after int64) (entries []model.Entry, mark int64, err error) {
	err = s.reading(ctx, "read the history", func(w *work) error {
		if mark, err = w.settled(); err != nil || mark <= after {
			return err
		}
		// What takes an action back has a larger ID than the action has.
		entries, err = w.entries(`settled > ? AND id >= (SELECT coalesce(min(action), 0) FROM
			(SELECT DISTINCT action FROM outbox WHERE back = 0 ORDER BY action DESC LIMIT ?))`, after, model.HistoryLength)
		return err
	})
	if err != nil {
		return nil, 0, err
	}
	return entries, mark, nil
}

// settled returns the number of the latest departure from the outbox.
func (w *work) settled() (n int64, err error) {
	_, err = w.get("SELECT value FROM facts WHERE name = 'settled'", nil, []any{&n})
	return n, err
}

// settle has an entry leave the outbox; status is a word of ours.
func (w *work) settle(id int64, status model.Status, gone int64) error {
	n, err := w.settled()
	if err != nil {
		return err
	}
	if _, err := w.exec("UPDATE facts SET value = ? WHERE name = 'settled'", n+1); err != nil {
		return err
	}
	_, err = w.exec("UPDATE outbox SET status = ?, gone = ?, settled = ? WHERE id = ?", status.String(), gone, n+1, id)
	return err
}

// waiting returns where an entry of the outbox stands; ok is false when it is
// not in there.
func (w *work) waiting(id int64) (status string, tries int, ok bool, err error) {
	ok, err = w.get("SELECT status, tries FROM outbox WHERE id = ? AND settled = 0", []any{id}, []any{&status, &tries})
	return status, tries, ok, err
}

// Remove implements forge.Store.
func (s *Store) Remove(ctx context.Context, ids ...int64) error {
	return s.writing(ctx, "take out of the outbox", func(w *work) error {
		for _, id := range ids {
			_, _, ok, err := w.waiting(id)
			if ok && err == nil {
				err = w.settle(id, model.Dropped, 0)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// TakeBack implements forge.Store. It may be repeated, as after an answer that
// got lost.
func (s *Store) TakeBack(ctx context.Context, group int64, leave, enter []model.Entry) error {
	return s.writing(ctx, "take back", func(w *work) error {
		for _, e := range leave {
			if err := w.leave(e, group); err != nil {
				return err
			}
		}
		for _, e := range enter {
			if err := w.appendEntry(e); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *work) leave(e model.Entry, group int64) error {
	status, tries, ok, err := w.waiting(e.ID)
	if err != nil {
		return err
	}
	sure := !e.Unsure()
	if begun := tries != e.Tries || status == model.Sending.String(); ok && !(sure && begun) {
		return w.settle(e.ID, model.TakenBack, group)
	}
	again, err := w.get("SELECT 1 FROM outbox WHERE id = ? AND gone = ?", []any{e.ID, group}, []any{new(int)})
	if err == nil && sure && !again {
		err = &model.Problem{Op: "take back", Kind: model.Clash, Place: model.NewLine(w.store.path),
			Err: fmt.Errorf("entry %d was sent or taken out meanwhile", e.ID)}
	}
	return err
}

// arrive marks an entry as sent that is in the outbox, or was taken back while
// it was on its way.
func (w *work) arrive(e model.Entry) error {
	change, fate, err := encodeEntry(e)
	if err != nil {
		return err
	}
	n, err := w.exec(`UPDATE outbox SET change = ?, by = ?, status = ?, tries = ?, tried = ?, problem = ?, theirs = ?, comment = ?, sent = ?
		WHERE id = ? AND status <> 'sent'`, append(append([]any{change, e.By.Raw()}, fate...), seconds(w.store.opt.Clock()), e.ID)...)
	if n == 0 || err != nil {
		return err
	}
	return w.settle(e.ID, model.Sent, 0)
}

// forgetComment forgets the comment that an entry deleted: no poll tells that
// it is gone. It returns the ticket if it is different by that.
func (w *work) forgetComment(e model.Entry) ([]model.Ticket, error) {
	c, ok := e.Edit.Change.(model.RemoveComment)
	if !ok || c.ID == 0 {
		return nil, nil
	}
	ref := e.Edit.Ref
	id, err := w.repo(ref.Repo)
	if id == 0 || err != nil {
		return nil, err
	}
	w.reword(id, ref.Number)
	if _, err := w.exec("DELETE FROM comments WHERE repo = ? AND id = ?", id, c.ID); err != nil {
		return nil, err
	}
	return w.hear(id, ref.Repo, map[int64]bool{ref.Number: true})
}

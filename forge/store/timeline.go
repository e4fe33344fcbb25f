package store

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"docket/model"
)

// SaveTimeline implements forge.Store.
func (s *Store) SaveTimeline(ctx context.Context, ref model.Ref, events []model.Event, upto time.Time) error {
	text, err := json.Marshal(events)
	if err != nil {
		return s.failed("save the history of "+ref.String(), err)
	}
	return s.writing(ctx, "save the history of "+ref.String(), func(w *work) error {
		id, err := w.makeRepo(ref.Repo)
		if err != nil {
			return err
		}
		_, err = w.exec("INSERT OR REPLACE INTO timelines (repo, number, upto, events) VALUES (?, ?, ?, ?)",
			id, ref.Number, seconds(upto), string(text))
		return err
	})
}

// timeline reads what happened to a ticket, and up to which update; the zero
// time when nobody asked.
func (w *work) timeline(repo int64, ref model.Ref) (events []model.Event, upto time.Time, err error) {
	var text string
	var at int64
	ok, err := w.get("SELECT upto, events FROM timelines WHERE repo = ? AND number = ?", []any{repo, ref.Number}, []any{&at, &text})
	if !ok || err != nil {
		return nil, upto, err
	}
	if err := json.Unmarshal([]byte(text), &events); err != nil {
		return nil, upto, errors.Join(errDamaged, err)
	}
	for i := range events {
		events[i].At = events[i].At.UTC()
	}
	return events, fromSeconds(at), nil
}

// Tickets implements forge.Store.
func (s *Store) Tickets(ctx context.Context, refs []model.Ref) ([]model.Ticket, error) {
	var out []model.Ticket
	err := s.reading(ctx, "look for tickets", func(w *work) error {
		read := s.cards()
		for _, ref := range refs {
			id, err := w.repo(ref.Repo)
			if err != nil {
				return err
			}
			kept, err := w.kept(keeper{id: id, name: ref.Repo, read: read}, []int64{ref.Number})
			if err != nil {
				return err
			}
			if t, ok := kept[ref.Number]; ok {
				out = append(out, t.ticket.Interpret(read.read))
			}
		}
		return nil
	})
	return out, err
}

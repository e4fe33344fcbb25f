package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"docket/forge"
	"docket/model"
)

// Append implements forge.Store. An entry that is there already, as after an
// answer that got lost, is left; another entry with the same ID fails all with
// model.Clash.
func (s *Store) Append(ctx context.Context, entries []model.Entry) error {
	return s.writing(ctx, "write to the outbox", func(w *work) error {
		for _, e := range entries {
			if err := w.appendEntry(e); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *work) appendEntry(e model.Entry) error {
	change, fate, err := encodeEntry(e)
	if err != nil {
		return err
	}
	n, err := w.exec(`INSERT INTO outbox (id, action, back, of, repo, number, change, made, by, status, tries, tried, problem, theirs, comment)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
		append([]any{e.ID, e.Group, e.Back, e.Of, e.Edit.Ref.Repo, e.Edit.Ref.Number, change, nanos(e.Made), e.By.Raw()}, fate...)...)
	if n == 1 || err != nil {
		return err
	}
	same, err := w.get("SELECT 1 FROM outbox WHERE id = ? AND repo = ? AND number = ? AND change = ? AND made = ?",
		[]any{e.ID, e.Edit.Ref.Repo, e.Edit.Ref.Number, change, nanos(e.Made)}, []any{new(int)})
	if err == nil && !same {
		err = &model.Problem{Op: "write to the outbox", Kind: model.Clash, Place: model.NewLine(w.store.path),
			Err: fmt.Errorf("entry %d is another one", e.ID)}
	}
	return err
}

// Update implements forge.Store. An entry that is no longer in the outbox is
// left out: another process may have sent or discarded it.
func (s *Store) Update(ctx context.Context, e model.Entry) (kept bool, err error) {
	err = s.writing(ctx, "update the outbox", func(w *work) error {
		change, fate, err := encodeEntry(e)
		if err != nil {
			return err
		}
		n, err := w.exec(`UPDATE outbox SET repo = ?, change = ?, by = ?, status = ?, tries = ?, tried = ?, problem = ?, theirs = ?, comment = ?
			WHERE id = ? AND settled = 0`, append(append([]any{e.Edit.Ref.Repo, change, e.By.Raw()}, fate...), e.ID)...)
		kept = n > 0
		return err
	})
	return kept, err
}

// Arrived implements forge.Store. The entry stays in the file as history. A
// row without a number keeps no ticket.
func (s *Store) Arrived(ctx context.Context, e model.Entry, row forge.Row) ([]model.Ticket, error) {
	var put []model.Ticket
	err := s.writing(ctx, "mark an edit as sent", func(w *work) error {
		if err := w.arrive(e); err != nil || row.Ticket.Ref.Number == 0 {
			return err
		}
		saved, err := w.saveTickets(row.Ticket.Ref.Repo, []forge.Row{row})
		if err != nil {
			return err
		}
		if put, err = w.forgetComment(e); len(put) == 0 {
			put = saved
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return put, nil
}

// Outbox implements forge.Store. An entry whose change this docket can't read
// comes as Parked, with a Problem that says so and an Unreadable change; on
// disk it stays as it is.
func (s *Store) Outbox(ctx context.Context) ([]model.Entry, error) {
	var out []model.Entry
	err := s.reading(ctx, "read the outbox", func(w *work) error {
		var err error
		out, err = w.entries("settled = 0")
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// entries returns those for which a condition holds, by ID.
func (w *work) entries(where string, args ...any) (out []model.Entry, err error) {
	var e model.Entry
	var change, by, status string
	var made, tried int64
	var problem, theirs *string
	err = w.each(`SELECT id, action, back, of, gone, repo, number, change, made, by, status, tries, tried, problem, theirs, comment
		FROM outbox WHERE `+where+` ORDER BY id`, args,
		[]any{&e.ID, &e.Group, &e.Back, &e.Of, &e.Gone, &e.Edit.Ref.Repo, &e.Edit.Ref.Number, &change, &made, &by, &status,
			&e.Tries, &tried, &problem, &theirs, &e.Comment},
		func() error {
			e.Made, e.Tried = fromNanos(made), fromNanos(tried)
			e.By = model.NewLine(by)
			out = append(out, w.store.decodeEntry(e, change, status, problem, theirs))
			return nil
		})
	return out, err
}

// encodeEntry returns what an entry wants and, in the columns' order, where it
// stands. An entry that is being saved is pending once it is on disk.
func encodeEntry(e model.Entry) (change string, fate []any, err error) {
	if u, ok := e.Edit.Change.(Unreadable); ok {
		change = u.raw
	} else {
		b, err := model.EncodeChange(e.Edit.Change)
		if err != nil {
			return "", nil, err
		}
		change = string(b)
	}
	var problem, theirs *string
	if e.Problem != nil {
		p := *e.Problem
		p.Err, p.Until = nil, p.Until.UTC()
		if problem, err = text(p); err != nil {
			return "", nil, err
		}
	}
	if e.Theirs != (model.Theirs{}) {
		e.Theirs.At = e.Theirs.At.UTC()
		if theirs, err = text(e.Theirs); err != nil {
			return "", nil, err
		}
	}
	status := max(e.Status, model.Pending)
	return change, []any{status.String(), e.Tries, nanos(e.Tried), problem, theirs, e.Comment}, nil
}

func (s *Store) decodeEntry(e model.Entry, change, status string, problem, theirs *string) model.Entry {
	var errs [4]error
	e.Problem, e.Theirs = nil, model.Theirs{}
	if problem != nil {
		errs[0] = json.Unmarshal([]byte(*problem), &e.Problem)
	}
	if theirs != nil {
		errs[1] = json.Unmarshal([]byte(*theirs), &e.Theirs)
	}
	e.Status, errs[2] = parseStatus(status)
	e.Edit.Change, errs[3] = model.DecodeChange([]byte(change))
	if err := errors.Join(errs[:]...); err != nil {
		e.Edit.Change = Unreadable{raw: change}
		e.Status = max(e.Status, model.Parked)
		e.Problem = &model.Problem{Op: "read the outbox", Kind: model.NewerStore, Place: model.NewLine(s.path),
			Detail: model.NewLine(err.Error()), Err: err}
	}
	return e
}

func parseStatus(name string) (model.Status, error) {
	for s := model.Pending; s <= model.Dropped; s++ {
		if s.String() == name {
			return s, nil
		}
	}
	return model.Parked, fmt.Errorf("status: %q is none that this docket knows", name)
}

func text(v any) (*string, error) {
	b, err := json.Marshal(v)
	s := string(b)
	return &s, err
}

// nanos is how the outbox keeps times: as exactly as the clock tells them.
func nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

func fromNanos(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(0, n).UTC()
}

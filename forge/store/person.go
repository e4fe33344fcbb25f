package store

import (
	"context"
	"encoding/json"
	"errors"

	"docket/model"
)

// aboutMe begins the names of the facts that tell whose a token is.
const aboutMe = "me "

// Me implements forge.Store.
func (s *Store) Me(ctx context.Context, mark string) (p model.Person, err error) {
	err = s.reading(ctx, "read whose board it is", func(w *work) error {
		var text string
		ok, err := w.get("SELECT value FROM facts WHERE name = ?", []any{aboutMe + mark}, []any{&text})
		if !ok || err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(text), &p); err != nil {
			return errors.Join(errDamaged, err)
		}
		return nil
	})
	return p, err
}

// SaveMe implements forge.Store.
func (s *Store) SaveMe(ctx context.Context, mark string, p model.Person) error {
	return s.writing(ctx, "save whose board it is", func(w *work) error {
		text, err := json.Marshal(p)
		if err != nil {
			return err
		}
		_, err = w.exec("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", aboutMe+mark, string(text))
		return err
	})
}

// SaveDraft implements forge.Store.
func (s *Store) SaveDraft(ctx context.Context, key, text string) error {
	return s.writing(ctx, "save a draft", func(w *work) (err error) {
		if text == "" {
			_, err = w.exec("DELETE FROM drafts WHERE key = ?", key)
		} else {
			_, err = w.exec("INSERT OR REPLACE INTO drafts (key, text) VALUES (?, ?)", key, text)
		}
		return err
	})
}

// Drafts implements forge.Store.
func (s *Store) Drafts(ctx context.Context) (map[string]string, error) {
	out := map[string]string{}
	err := s.reading(ctx, "read the drafts", func(w *work) error {
		var key, text string
		return w.each("SELECT key, text FROM drafts", nil, []any{&key, &text}, func() error { out[key] = text; return nil })
	})
	return out, err
}

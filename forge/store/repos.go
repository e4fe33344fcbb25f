package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"docket/forge"
	"docket/model"
)

// Repo implements forge.Store.
func (s *Store) Repo(ctx context.Context, repo string) (forge.RepoState, error) {
	out := forge.RepoState{Name: repo}
	err := s.reading(ctx, "read about "+repo, func(w *work) error {
		var err error
		out, err = w.state(repo)
		return err
	})
	return out, err
}

func (w *work) state(repo string) (forge.RepoState, error) {
	out := forge.RepoState{Name: repo}
	var text string
	ok, err := w.get("SELECT state FROM repos WHERE name = ?", []any{repo}, []any{&text})
	if !ok || err != nil {
		return out, err
	}
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		return out, errors.Join(errDamaged, err)
	}
	out.Name = repo
	return out, nil
}

// SaveRepo implements forge.Store. Whose comments are the team's stays as
// SavePeople said.
func (s *Store) SaveRepo(ctx context.Context, state forge.RepoState) error {
	return s.writing(ctx, "save about "+state.Name, func(w *work) error { return w.saveState(state) })
}

func (w *work) saveState(state forge.RepoState) error {
	for _, at := range []*time.Time{&state.FactsAt, &state.Since, &state.CommentsSince, &state.Synced, &state.Reconciled} {
		*at = at.UTC() // a time reads back as it was written
	}
	id, err := w.makeRepo(state.Name)
	if err != nil {
		return err
	}
	text, err := json.Marshal(state)
	if err != nil {
		return err
	}
	_, err = w.exec("UPDATE repos SET state = ? WHERE id = ?", string(text), id)
	return err
}

// SavePeople implements forge.Store. Repo returns them, too.
func (s *Store) SavePeople(ctx context.Context, repo string, people []model.Person) ([]model.Ticket, error) {
	var put []model.Ticket
	err := s.writing(ctx, "save the people of "+repo, func(w *work) error {
		state, err := w.state(repo)
		if err != nil {
			return err
		}
		state.People = people
		if err := w.saveState(state); err != nil {
			return err
		}
		put, err = w.saveTeam(repo, people)
		return err
	})
	if err != nil {
		return nil, err
	}
	return put, nil
}

func (w *work) saveTeam(repo string, people []model.Person) ([]model.Ticket, error) {
	logins := make([]string, 0, len(people))
	for _, p := range people {
		logins = append(logins, p.Login.Raw())
	}
	slices.Sort(logins)
	text, err := json.Marshal(slices.Compact(logins))
	if err != nil {
		return nil, err
	}
	id, err := w.repo(repo)
	if err != nil {
		return nil, err
	}
	if n, err := w.exec("UPDATE repos SET team = ?1 WHERE id = ?2 AND team <> ?1", string(text), id); n == 0 || err != nil {
		return nil, err
	}
	spokenOn := map[int64]bool{}
	var number int64
	err = w.each("SELECT DISTINCT number FROM comments WHERE repo = ?", []any{id}, []any{&number},
		func() error { spokenOn[number] = true; return nil })
	if err != nil {
		return nil, err
	}
	return w.hear(id, repo, spokenOn)
}

package store

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"docket/model"
)

// team returns the logins whose comments count as the team's; none when nobody
// has told yet.
func (w *work) team(repo int64) (map[string]bool, error) {
	var text string
	if _, err := w.get("SELECT team FROM repos WHERE id = ?", []any{repo}, []any{&text}); err != nil {
		return nil, err
	}
	var logins []string
	if err := json.Unmarshal([]byte(text), &logins); err != nil {
		return nil, fmt.Errorf("the team: %w", errDamaged)
	}
	team := make(map[string]bool, len(logins))
	for _, login := range logins {
		team[login] = true
	}
	return team, nil
}

// spoke returns when a ticket's author, and anybody of the team who is not the
// author, last commented. While nobody knows who the team is, everybody else
// counts.
func (w *work) spoke(repo keeper, t model.Ticket) (reporter, team time.Time, err error) {
	var login string
	var at int64
	err = w.each("SELECT login, max(created) FROM comments WHERE repo = ? AND number = ? GROUP BY login",
		[]any{repo.id, t.Ref.Number}, []any{&login, &at}, func() error {
			switch when := fromSeconds(at); {
			case login == t.Author.Login.Raw():
				reporter = when
			case (len(repo.team) == 0 || repo.team[login]) && when.After(team):
				team = when
			}
			return nil
		})
	return reporter, team, err
}

// hear brings up to date who spoke last on tickets whose comments, or whose
// team, changed. It returns the tickets that are different now.
func (w *work) hear(id int64, name string, numbers map[int64]bool) ([]model.Ticket, error) {
	team, err := w.team(id)
	if err != nil {
		return nil, err
	}
	repo, read := keeper{id, name, team}, w.store.cards()
	var put []model.Ticket
	for _, number := range slices.Sorted(maps.Keys(numbers)) {
		kept, t, err := w.kept(read, repo, number)
		if err != nil {
			return nil, err
		}
		if kept == nil {
			continue // its comments came first
		}
		if t.ReporterSpoke, t.TeamSpoke, err = w.spoke(repo, t); err != nil {
			return nil, err
		}
		t, changed, err := w.writeCard(read, repo, kept, t)
		if err != nil {
			return nil, err
		}
		if changed {
			put = append(put, t)
		}
	}
	return put, nil
}

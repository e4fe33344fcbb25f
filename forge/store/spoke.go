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

// voice is when somebody last commented on a ticket.
type voice struct {
	login string
	at    time.Time
}

// voices returns who commented on tickets, by ticket.
func (w *work) voices(repo int64, numbers []int64) (map[int64][]voice, error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	out := map[int64][]voice{}
	var number, at int64
	var login string
	err := w.each(`SELECT number, login, max(created) FROM comments INDEXED BY comments_by_ticket
		WHERE repo = ? AND number IN (SELECT value FROM json_each(?)) GROUP BY number, login`,
		[]any{repo, jsonList(numbers)}, []any{&number, &login, &at}, func() error {
			out[number] = append(out[number], voice{login, fromSeconds(at)})
			return nil
		})
	return out, err
}

// spoke returns when a ticket's author, and anybody of the team who is not the
// author, last commented. While nobody knows who the team is, everybody else
// counts.
func (k keeper) spoke(t model.Ticket) (reporter, team time.Time) {
	for _, v := range k.voices[t.Ref.Number] {
		switch {
		case v.login == t.Author.Login.Raw():
			reporter = v.at
		case (len(k.team) == 0 || k.team[v.login]) && v.at.After(team):
			team = v.at
		}
	}
	return reporter, team
}

// hear brings up to date who spoke last on tickets whose comments, or whose
// team, changed. It returns the tickets that are different now.
func (w *work) hear(id int64, name string, touched map[int64]bool) ([]model.Ticket, error) {
	team, err := w.team(id)
	if err != nil {
		return nil, err
	}
	numbers := slices.Sorted(maps.Keys(touched))
	k := keeper{id: id, name: name, team: team, read: w.store.cards()}
	if k.voices, err = w.voices(id, numbers); err != nil {
		return nil, err
	}
	kept, err := w.kept(k, numbers)
	if err != nil {
		return nil, err
	}
	var put []model.Ticket
	for _, number := range numbers {
		old, ok := kept[number]
		if !ok {
			continue // its comments came first
		}
		t := old.ticket
		t.ReporterSpoke, t.TeamSpoke = k.spoke(t)
		t, card, err := w.writeCard(k, old.card, t)
		if err != nil {
			return nil, err
		}
		if card != nil {
			put = append(put, t)
		}
	}
	return put, nil
}

package store

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"docket/model"
	"docket/model/query"
)

// Search implements forge.Store.
func (s *Store) Search(ctx context.Context, repos []string, texts []query.Text) (query.Found, error) {
	found := make(query.Found, len(texts))
	if len(texts) == 0 {
		return found, nil
	}
	err := s.reading(ctx, "search", func(w *work) error {
		ids := map[string]int64{}
		for _, repo := range repos {
			id, err := w.repo(repo)
			if err != nil {
				return err
			}
			ids[repo] = id
		}
		for _, t := range texts {
			places := query.Places{}
			for repo, id := range ids {
				var err error
				if places[repo], err = w.search(id, t); err != nil {
					return err
				}
			}
			found[t] = places
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// search returns the numbers of a repository's tickets that hold a text. They
// come as one value: fetching thousands of rows would cost more than finding
// them.
func (w *work) search(repo int64, t query.Text) ([]int64, error) {
	phrase, ok := phrase(t)
	if repo == 0 || !ok {
		return nil, nil
	}
	var list string
	_, err := w.get(`SELECT coalesce(group_concat(rowid - ?1), '') FROM search WHERE search MATCH ?2 AND rowid BETWEEN ?1 AND ?3`,
		[]any{document(repo, 0), phrase, document(repo+1, 0) - 1}, []any{&list})
	if err != nil || list == "" {
		return nil, err
	}
	numbers := make([]int64, 0, strings.Count(list, ",")+1)
	for text := range strings.SplitSeq(list, ",") {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, n)
	}
	if !slices.IsSorted(numbers) {
		slices.Sort(numbers)
	}
	return numbers, nil
}

// phrase writes a text so that the index takes every part of it as a word to
// look for. ok is false for what no document can hold.
func phrase(t query.Text) (phrase string, ok bool) {
	if t.Words == "" || strings.ContainsAny(t.Words, "\"\x00") {
		return "", false
	}
	phrase = `"` + t.Words + `"`
	if !t.Whole {
		phrase += " *"
	}
	return phrase, true
}

// document returns which row of the index is a ticket's. Numbers of tickets
// have room: a forge would have to give out a million a second for days.
func document(repo, number int64) int64 {
	const numberBits = 40
	return repo<<numberBits + number
}

// spot is a ticket, by its repository's key.
type spot struct{ repo, number int64 }

// reword notes that a ticket is to be searched by other words at the end of
// this transaction.
func (w *work) reword(repo, number int64) {
	if w.reworded == nil {
		w.reworded = map[spot]bool{}
	}
	w.reworded[spot{repo, number}] = true
}

// index brings the index up to date with what was written.
func (w *work) index() error {
	read := &cards{lines: map[string]model.Line{}, lists: map[string][]model.Line{}}
	spots := make([]spot, 0, len(w.reworded))
	for at := range w.reworded {
		spots = append(spots, at)
	}
	slices.SortFunc(spots, func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.repo, b.repo), cmp.Compare(a.number, b.number))
	})
	for _, at := range spots {
		if err := w.indexOne(read, at); err != nil {
			return err
		}
	}
	return nil
}

func (w *work) indexOne(read *cards, at spot) error {
	card, t, err := w.kept(read, keeper{id: at.repo}, at.number)
	if err != nil {
		return err
	}
	row := document(at.repo, at.number)
	if card == nil { // a comment may come before its ticket
		_, err = w.exec("DELETE FROM search WHERE rowid = ?", row)
		return err
	}
	texts := []string{t.Title.String()}
	var text string
	err = w.each(`SELECT body FROM bodies WHERE repo = ?1 AND number = ?2
		UNION ALL SELECT body FROM comments WHERE repo = ?1 AND number = ?2`,
		[]any{at.repo, at.number}, []any{&text}, func() error { texts = append(texts, text); return nil })
	if err != nil {
		return err
	}
	_, err = w.exec("INSERT OR REPLACE INTO search (rowid, document) VALUES (?, ?)", row, query.Document(texts...))
	return err
}

// indexAll fills the index of a store that was made without one.
func (w *work) indexAll() error {
	var at spot
	err := w.each("SELECT repo, number FROM tickets", nil, []any{&at.repo, &at.number},
		func() error { w.reword(at.repo, at.number); return nil })
	if err != nil {
		return err
	}
	return w.index()
}

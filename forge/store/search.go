package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"docket/model"
	"docket/model/query"
)

// searchers is how many texts are looked for side by side: somebody waits for
// all of them. One of the store's readers is left for whoever else reads.
const searchers = 2

// Search implements forge.Store.
func (s *Store) Search(ctx context.Context, repos []string, texts []query.Text) (query.Found, error) {
	places := make([]query.Places, len(texts))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(searchers)
	for i, t := range texts {
		group.Go(func() error {
			return s.reading(ctx, "search", func(w *work) (err error) {
				places[i], err = w.places(repos, t)
				return err
			})
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	found := make(query.Found, len(texts))
	for i, t := range texts {
		found[t] = places[i]
	}
	return found, nil
}

// places returns where a text occurs.
func (w *work) places(repos []string, t query.Text) (query.Places, error) {
	places := query.Places{}
	for _, repo := range repos {
		id, err := w.repo(repo)
		if err != nil {
			return nil, err
		}
		if places[repo], err = w.search(id, t); err != nil {
			return nil, err
		}
	}
	return places, nil
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

// reword notes that a ticket is to be searched by other words.
func (w *work) reword(repo, number int64) {
	if w.reworded == nil {
		w.reworded = map[int64][]int64{}
	}
	w.reworded[repo] = append(w.reworded[repo], number)
}

// noteReworded keeps, with what was written, which tickets the index is behind
// with.
func (w *work) noteReworded() error {
	for repo, numbers := range w.reworded {
		_, err := w.exec("INSERT OR IGNORE INTO reworded (repo, number) SELECT ?, value FROM json_each(?)", repo, jsonList(numbers))
		if err != nil {
			return err
		}
	}
	return nil
}

// Index implements forge.Store.
func (s *Store) Index(ctx context.Context, most int) (left bool, err error) {
	err = s.reading(ctx, "look what is to be indexed", func(w *work) error {
		var n int
		left, err = w.get("SELECT 1 FROM reworded LIMIT 1", nil, []any{&n})
		return err
	})
	if !left || err != nil {
		return false, err
	}
	err = s.writing(ctx, "index", func(w *work) error {
		behind, n := map[int64][]int64{}, 0
		var repo, number int64
		err := w.each("SELECT repo, number FROM reworded ORDER BY repo, number LIMIT ?", []any{most}, []any{&repo, &number}, func() error {
			behind[repo] = append(behind[repo], number)
			n++
			return nil
		})
		left = n == most
		for repo, numbers := range behind {
			if err == nil {
				err = w.index(repo, numbers)
			}
		}
		return err
	})
	return left && err == nil, err
}

// index brings the index up to date with some tickets of a repository.
func (w *work) index(repo int64, numbers []int64) error {
	read := &cards{lines: map[string]model.Line{}, lists: map[string][]model.Line{}}
	kept, err := w.kept(keeper{id: repo, read: read}, numbers)
	if err != nil {
		return err
	}
	for _, n := range numbers {
		t, known := kept[n]
		if err := w.indexOne(repo, n, t.ticket.Title, known); err != nil {
			return err
		}
	}
	_, err = w.exec("DELETE FROM reworded WHERE repo = ? AND number IN (SELECT value FROM json_each(?))", repo, jsonList(numbers))
	return err
}

// indexOne indexes a ticket; a comment may come before its ticket is known.
func (w *work) indexOne(repo, number int64, title model.Line, known bool) error {
	row := document(repo, number)
	if !known {
		_, err := w.exec("DELETE FROM search WHERE rowid = ?", row)
		return err
	}
	texts := []string{title.String()}
	var text string
	err := w.each(`SELECT body FROM bodies WHERE repo = ?1 AND number = ?2
		UNION ALL SELECT body FROM comments WHERE repo = ?1 AND number = ?2`,
		[]any{repo, number}, []any{&text}, func() error { texts = append(texts, text); return nil })
	if err != nil {
		return err
	}
	_, err = w.exec("INSERT OR REPLACE INTO search (rowid, document) VALUES (?, ?)", row, query.Document(texts...))
	return err
}

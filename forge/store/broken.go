package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"docket/model"
)

// suspect has the next Open check every page of a file that a read found to be
// damaged. It is a file so that it outlives this process.
func suspect(path string) {
	f, err := os.OpenFile(path+".suspect", os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		f.Close()
	}
}

func suspected(path string) bool {
	_, err := os.Stat(path + ".suspect")
	return err == nil
}

// check reads every page and every record that is not plain text, and clears
// the file of suspicion when all is whole.
func (s *Store) check(ctx context.Context) error {
	var verdict string
	if err := s.reader.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("%s: %w", verdict, errDamaged)
	}
	if err := s.reading(ctx, "check the store", (*work).check); err != nil {
		return err
	}
	return s.acquit()
}

// acquit ends a suspicion.
func (s *Store) acquit() error {
	err := os.Remove(s.path + ".suspect")
	if errors.Is(err, fs.ErrNotExist) {
		return nil // another process was faster
	}
	return err
}

func (w *work) check() error {
	repos := map[int64]string{}
	var id int64
	var name, card string
	err := w.each("SELECT id, name FROM repos", nil, []any{&id, &name}, func() error { repos[id] = name; return nil })
	if err != nil {
		return err
	}
	for id, name := range repos {
		if _, err := w.state(name); err != nil {
			return err
		}
		if _, err := w.team(id); err != nil {
			return err
		}
	}
	read := w.store.cards()
	return w.each("SELECT repo, card FROM tickets", nil, []any{&id, &card}, func() error {
		_, err := read.plain(repos[id], card)
		return err
	})
}

// settle makes a usable store of whatever the file is: it migrates an old one
// and replaces a broken one. Of several processes that find the same file, one
// does so at a time, and the others find it done.
func (s *Store) settle(ctx context.Context) error {
	turn, err := s.take(".turn", alone)
	if err != nil {
		return err
	}
	defer turn.Close()
	s.dial()
	err = s.migrate(ctx)
	if err == nil && suspected(s.path) {
		err = s.check(ctx)
	}
	if broken(err) {
		return s.replace(ctx)
	}
	return err
}

// replace sets a broken file aside and begins a fresh one, with what could be
// read of the outbox and the drafts.
func (s *Store) replace(ctx context.Context) error {
	wanted := s.salvage(ctx)
	_ = s.disconnect() // nobody trusts it any more
	if err := s.setAside(); err != nil {
		return err
	}
	if err := prepare(s.path); err != nil {
		return err
	}
	s.dial()
	if err := s.migrate(ctx); err != nil {
		return err
	}
	return s.restore(ctx, wanted)
}

// setAside renames the file and its companions. The log goes first: a fresh
// store beside an old log would take it for its own.
func (s *Store) setAside() error {
	stamp := s.path + ".broken-" + s.opt.Clock().Format("20060102-150405")
	aside := stamp
	for n := 2; exists(aside); n++ {
		aside = fmt.Sprintf("%s-%d", stamp, n)
	}
	for _, part := range []string{"-wal", "-shm", ""} {
		if err := os.Rename(s.path+part, aside+part); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	s.aside = aside
	return s.acquit()
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// precious are the tables that hold what no forge can tell again.
var precious = []struct {
	read    []string // of today's schema, and of earlier ones
	write   string
	columns int
}{
	{[]string{`SELECT id, action, back, of, gone, repo, number, change, made, by, status, tries, tried, problem, theirs, comment, sent, settled FROM outbox`,
		`SELECT id, action, 0, 0, 0, repo, number, change, made, by, status, tries, tried, problem, theirs, 0, sent, status = 'sent' FROM outbox`},
		`INSERT OR IGNORE INTO outbox (id, action, back, of, gone, repo, number, change, made, by, status, tries, tried, problem, theirs, comment, sent, settled)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, 18},
	{[]string{`SELECT key, text FROM drafts`}, `INSERT OR IGNORE INTO drafts (key, text) VALUES (?, ?)`, 2},
}

// salvage reads what it can of the precious tables; each until its first error.
func (s *Store) salvage(ctx context.Context) [][][]any {
	wanted := make([][][]any, len(precious))
	for i, table := range precious {
		var rows *sql.Rows
		err := errDamaged
		for _, read := range table.read {
			if rows, err = s.reader.QueryContext(ctx, read); err == nil {
				break
			}
		}
		if err != nil {
			continue
		}
		for rows.Next() {
			row, into := make([]any, table.columns), make([]any, table.columns)
			for c := range row {
				into[c] = &row[c]
			}
			if rows.Scan(into...) != nil {
				break
			}
			wanted[i] = append(wanted[i], row)
		}
		rows.Close()
	}
	return wanted
}

// restore writes what salvage read into the fresh store. A row that the damage
// made impossible is left out.
func (s *Store) restore(ctx context.Context, wanted [][][]any) error {
	return s.writing(ctx, "keep what the person wrote", func(w *work) error {
		for i, table := range precious {
			for _, row := range wanted[i] {
				if _, err := w.exec(table.write, row...); kind(err) == model.DiskFull {
					return err
				}
			}
		}
		_, err := w.exec(`UPDATE facts SET value = max(value, (SELECT coalesce(max(settled), 0) FROM outbox)) WHERE name = 'settled'`)
		return err
	})
}

package store

import (
	"cmp"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"docket/model"
)

//go:embed schema/*.sql
var schema embed.FS

// ours marks the file as Docket's: SQLite's application_id, "Dckt".
const ours = 0x446b7430

// migrations are the steps from an empty file to today's schema, in order. A
// step that was released is never changed.
func migrations() []string {
	names, err := fs.Glob(schema, "schema/*.sql")
	if err != nil {
		panic(err) // the pattern is right
	}
	return names // sorted
}

// filling is what a step needs done beyond its SQL.
var filling = map[string]func(*work) error{"schema/0003_search.sql": (*work).indexAll}

// connect opens the file, and reports whether it can be used as it is: not
// empty, of today's schema, and not suspected of damage. Almost every start
// ends here. If not it leaves the file closed.
//
// Nobody may replace the file meanwhile: SQLite finds the journal by the
// file's name, and would take that of the fresh file for the old one's.
func (s *Store) connect(ctx context.Context) (bool, error) {
	turn, err := s.take(".turn", together)
	if err != nil {
		return false, err
	}
	defer turn.Close()
	s.dial()
	ready, err := s.ready(ctx)
	if !ready || err != nil {
		_ = s.disconnect() // not this one, then; settle dials again
	}
	return ready, err
}

func (s *Store) ready(ctx context.Context) (bool, error) {
	at, err := os.Stat(s.path)
	if err != nil || at.Mode().IsRegular() && at.Size() == 0 || suspected(s.path) {
		return false, err
	}
	version, err := s.version(ctx, s.writer)
	switch {
	case broken(err):
		return false, nil
	case err != nil:
		return false, err
	}
	return version == len(migrations()), s.writable(ctx)
}

// migrate brings the schema up to date. It changes nothing in a file that a
// newer docket or another program wrote. One process at a time does this:
// SQLite turns others away while it changes the log's mode.
func (s *Store) migrate(ctx context.Context) error {
	steps := migrations()
	at, err := s.version(ctx, s.writer)
	if err != nil || at == len(steps) {
		return err
	}
	// The log's mode is a property of the file, so it is set once.
	if _, err := s.writer.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
		return err
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, name := range steps[at:] {
		text, err := schema.ReadFile(name)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, string(text)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if fill := filling[name]; fill != nil {
			if err := fill(&work{ctx: ctx, tx: tx, store: s, stmts: map[string]*sql.Stmt{}}); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	// PRAGMA takes no parameters; both numbers are our own.
	stamp := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", ours, len(steps))
	if _, err := tx.ExecContext(ctx, stamp); err != nil {
		return err
	}
	return tx.Commit()
}

// version returns how many migrations the file has seen, and an error when it
// is a newer docket's or another program's.
func (s *Store) version(ctx context.Context, db *sql.DB) (int, error) {
	var at, id, tables int
	err := db.QueryRowContext(ctx, `SELECT user_version, application_id, EXISTS (SELECT 1 FROM sqlite_schema)
		FROM pragma_user_version, pragma_application_id`).Scan(&at, &id, &tables)
	if err != nil {
		return 0, err
	}
	if id != ours && cmp.Or(at, id, tables) != 0 {
		return 0, &model.Problem{Op: "open the store", Kind: model.BrokenStore, Place: model.NewLine(s.path),
			Detail: model.NewLine("it is another program's database")}
	}
	if at > len(migrations()) {
		return 0, &model.Problem{Op: "open the store", Kind: model.NewerStore, Place: model.NewLine(s.path)}
	}
	return at, nil
}

// writable returns an error when SQLite could open the file for reading only.
func (s *Store) writable(ctx context.Context) error {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(driver any) error {
		//nolint:forcetypeassert // the driver is the one that this package registers
		only, err := driver.(interface{ IsReadOnly(string) (bool, error) }).IsReadOnly("main")
		if err == nil && only {
			err = &fs.PathError{Op: "write", Err: errors.New("the file is read-only")}
		}
		return err
	})
}

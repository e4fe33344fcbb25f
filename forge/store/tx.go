package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"sync"

	"docket/model"
)

// work is one transaction. Its statements are prepared once each.
type work struct {
	ctx     context.Context
	tx      *sql.Tx
	store   *Store
	stmts   map[string]*sql.Stmt
	lasting *lasting // nil while reading
	rev     int64    // the latest write of tickets; 0: not read yet
	dirty   bool     // rev was raised

	reworded map[int64][]int64 // tickets to be searched by other words, by repository
}

// lasting are prepared statements of the connection that writes. They outlive
// transactions: to prepare those that save a page of tickets takes as long as
// to save five of them.
type lasting struct {
	mu    sync.Mutex
	stmts map[string]*sql.Stmt
}

func (l *lasting) get(query string) *sql.Stmt {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.stmts[query]
}

// add keeps the statements that a transaction used, once it has left the
// connection. One that can't be prepared is prepared by the next transaction
// again, which tells why not.
func (l *lasting) add(ctx context.Context, writer *sql.DB, w *work) {
	for query := range w.stmts {
		if l.get(query) != nil {
			continue
		}
		st, err := writer.PrepareContext(ctx, query) // may wait for a transaction that waits for mu
		if err != nil {
			return
		}
		l.mu.Lock()
		if l.stmts[query] != nil {
			_ = st.Close() // another goroutine was faster
		} else {
			l.stmts[query] = st
		}
		l.mu.Unlock()
	}
}

// reading runs do in a transaction that sees one state of the store.
func (s *Store) reading(ctx context.Context, op string, do func(*work) error) error {
	tx, err := s.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return s.failed(op, err)
	}
	defer tx.Rollback()
	return s.failed(op, do(&work{ctx: ctx, tx: tx, store: s, stmts: map[string]*sql.Stmt{}}))
}

// writing runs do in a transaction that is on disk when writing returns nil,
// and of which nothing is when it returns an error. Once begun it does not end
// with its context: it takes milliseconds, and interrupting SQLite would cost
// the connection that Version relies upon.
func (s *Store) writing(ctx context.Context, op string, do func(*work) error) error {
	if err := s.unmoved(); err != nil {
		return s.failed(op, err)
	}
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return s.failed(op, err)
	}
	ctx = context.WithoutCancel(ctx)
	w := &work{ctx: ctx, store: s, stmts: map[string]*sql.Stmt{}}
	defer s.lasting.add(ctx, s.writer, w) // once the connection is free
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return s.failed(op, err)
	}
	defer tx.Rollback()
	w.tx, w.lasting = tx, s.lasting
	if err := do(w); err != nil {
		return s.failed(op, err)
	}
	if err := w.noteReworded(); err != nil {
		return s.failed(op, err)
	}
	if w.dirty {
		if _, err := w.exec("UPDATE facts SET value = ? WHERE name = 'rev'", w.rev); err != nil {
			return s.failed(op, err)
		}
	}
	return s.failed(op, tx.Commit())
}

// unmoved returns an error when another process found the file broken, or
// somebody moved it: what is written there now nobody would see again.
func (s *Store) unmoved() error {
	now, err := os.Stat(s.path)
	if err == nil && s.file != nil && !os.SameFile(now, s.file) {
		err = &model.Problem{Op: "write to the store", Kind: model.BrokenStore, Place: model.NewLine(s.path),
			Detail: model.NewLine("the file was replaced by another one")}
	}
	return err
}

// failed turns an error into a Problem, and has the next Open look closely at
// a file that turned out to be damaged.
func (s *Store) failed(op string, err error) error {
	if broken(err) {
		suspect(s.path)
	}
	return problem(op, s.path, err)
}

func (w *work) prepare(query string) (*sql.Stmt, error) {
	if st, ok := w.stmts[query]; ok {
		return st, nil
	}
	if st := w.lasting.get(query); st != nil {
		st = w.tx.StmtContext(w.ctx, st)
		w.stmts[query] = st
		return st, nil
	}
	st, err := w.tx.PrepareContext(w.ctx, query)
	if err == nil {
		w.stmts[query] = st
	}
	return st, err
}

// exec runs a statement and returns how many rows it changed.
func (w *work) exec(query string, args ...any) (int64, error) {
	st, err := w.prepare(query)
	if err != nil {
		return 0, err
	}
	res, err := st.ExecContext(w.ctx, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// get reads one row; ok is false when there is none.
func (w *work) get(query string, args, into []any) (ok bool, err error) {
	st, err := w.prepare(query)
	if err != nil {
		return false, err
	}
	err = st.QueryRowContext(w.ctx, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each reads rows into the same variables, and calls row after each.
func (w *work) each(query string, args, into []any, row func() error) error {
	st, err := w.prepare(query)
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(w.ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if err := row(); err != nil {
			return err
		}
	}
	return rows.Err()
}

// revision returns the number of the latest write of tickets.
func (w *work) revision() (int64, error) {
	if w.rev > 0 {
		return w.rev, nil
	}
	_, err := w.get("SELECT value FROM facts WHERE name = 'rev'", nil, []any{&w.rev})
	return w.rev, err
}

// nextRevision numbers one more write of a ticket.
func (w *work) nextRevision() (int64, error) {
	if _, err := w.revision(); err != nil {
		return 0, err
	}
	w.rev, w.dirty = w.rev+1, true
	return w.rev, nil
}

// repo returns a repository's key; 0 when nothing is kept of it.
func (w *work) repo(name string) (id int64, err error) {
	_, err = w.get("SELECT id FROM repos WHERE name = ?", []any{name}, []any{&id})
	return id, err
}

// makeRepo returns a repository's key, and makes it if there is none.
func (w *work) makeRepo(name string) (int64, error) {
	id, err := w.repo(name)
	if id != 0 || err != nil {
		return id, err
	}
	if _, err := w.exec("INSERT INTO repos (name, state, team) VALUES (?, '{}', '[]')", name); err != nil {
		return 0, err
	}
	return w.repo(name)
}

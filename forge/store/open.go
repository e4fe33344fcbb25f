package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"docket/forge"
	"docket/model"
)

// Options are what a Store needs to know beside its file.
type Options struct {
	// Scheme tells what labels mean.
	Scheme model.Scheme
	// Clock tells the time; time.Now when nil.
	Clock func() time.Time

	pragmas []string // for tests
}

// Store is a board's file. It implements forge.Store and is safe for
// concurrent use.
type Store struct {
	path    string
	opt     Options
	writer  *sql.DB // one connection
	reader  *sql.DB
	lasting *lasting    // of writer
	file    fs.FileInfo // to notice that another process replaced it
	aside   string

	mu    sync.Mutex          // guards leads
	leads map[string]*os.File // by login
}

var _ forge.Store = (*Store)(nil)

// Open opens the store at path and makes it if there is none: a new folder
// with mode 0700, the file with mode 0600. A folder that exists keeps its mode.
//
// A file that is broken is set aside, and a fresh one opened: see SetAside.
// Open fails with model.NewerStore when a newer docket wrote the file, with
// model.DiskFull, or with model.ClosedStore when the place can't be written or
// holds another program's database; it leaves such a file as it is.
func Open(ctx context.Context, path string, opt Options) (*Store, error) {
	const op = "open the store"
	if opt.Clock == nil {
		opt.Clock = time.Now
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, problem(op, path, err)
	}
	if err := prepare(path); err != nil {
		return nil, problem(op, path, err)
	}
	s := &Store{path: path, opt: opt, leads: map[string]*os.File{}}
	ready, err := s.connect(ctx)
	if err == nil && !ready {
		err = s.settle(ctx)
	}
	if err == nil {
		err = hide(path)
	}
	if err == nil {
		s.file, err = os.Stat(path)
	}
	if err != nil {
		_ = s.disconnect() // why it can't be opened says more
		return nil, problem(op, path, err)
	}
	return s, nil
}

// prepare sees to it that the file exists. SQLite gives its companions the
// same mode.
func prepare(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	// A file that exists is never opened here: closing it again would take away
	// the locks that another Store of this process holds on it.
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil // another process was faster
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// hide sees to it that nobody else can read a store that was made readable,
// as by a copy.
func hide(path string) error {
	for _, part := range []string{"", "-wal", "-shm"} {
		at, err := os.Stat(path + part)
		if err == nil && at.Mode().Perm()&0o077 != 0 {
			err = os.Chmod(path+part, at.Mode().Perm()&0o700)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// dial makes the pools of connections; SQLite opens the file when one is used.
func (s *Store) dial() {
	s.writer = s.pool("immediate", 1)
	s.reader = s.pool("deferred", 3)
	s.lasting = &lasting{stmts: map[string]*sql.Stmt{}}
}

func (s *Store) pool(begin string, connections int) *sql.DB {
	at := filepath.ToSlash(s.path)
	if !strings.HasPrefix(at, "/") {
		at = "/" + at // a drive's letter
	}
	q := url.Values{"_txlock": {begin}, "_pragma": append([]string{
		"busy_timeout(5000)", "foreign_keys(1)", "synchronous(FULL)",
	}, s.opt.pragmas...)}
	db, err := sql.Open("sqlite", "file://"+(&url.URL{Path: at}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		panic(err) // the driver is linked in, and opens nothing yet
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db
}

// SetAside returns where Open moved a broken file; empty when it did not.
func (s *Store) SetAside() string { return s.aside }

// Path returns the store's file.
func (s *Store) Path() string { return s.path }

func (s *Store) disconnect() error {
	if s.writer == nil {
		return nil
	}
	return errors.Join(s.reader.Close(), s.writer.Close())
}

// Close implements forge.Store. It gives up the lead.
func (s *Store) Close() error {
	err := s.disconnect()
	s.mu.Lock()
	defer s.mu.Unlock()
	for login, f := range s.leads {
		err = errors.Join(err, f.Close())
		delete(s.leads, login)
	}
	return problem("close the store", s.path, err)
}

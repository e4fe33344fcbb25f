package store

import (
	"context"
	"errors"
	"io/fs"
	"syscall"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"docket/model"
)

// errDamaged is for a record that SQLite returned whole and that still can't
// be read.
var errDamaged = errors.New("a record is damaged")

// code returns SQLite's primary result code of an error, or 0.
func code(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() & 0xff
	}
	return 0
}

// broken reports whether an error says that the file itself is no good, rather
// than that it can't be reached.
func broken(err error) bool {
	c := code(err)
	return c == lib.SQLITE_CORRUPT || c == lib.SQLITE_NOTADB || errors.Is(err, errDamaged)
}

// problem returns an error as a Problem of an operation on the file at path;
// one that is a Problem already stays as it is.
func problem(op, path string, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*model.Problem](err); ok {
		return err
	}
	return &model.Problem{Op: op, Kind: kind(err), Detail: model.NewLine(detail(err)), Place: model.NewLine(path), Err: err}
}

// detail is the reason in a few words, where it helps.
func detail(err error) string {
	switch code(err) {
	case lib.SQLITE_BUSY:
		return "another docket is busy writing to it"
	case lib.SQLITE_READONLY, lib.SQLITE_PERM:
		return "it can't be written"
	case lib.SQLITE_CANTOPEN:
		return "it can't be opened for writing"
	case lib.SQLITE_IOERR:
		return "the disk reports an error"
	}
	if file, ok := errors.AsType[*fs.PathError](err); ok {
		return file.Err.Error()
	}
	return ""
}

func kind(err error) model.ProblemKind {
	switch code(err) {
	case lib.SQLITE_FULL:
		return model.DiskFull
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return model.Struggling // passes by itself
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return model.BrokenStore
	case lib.SQLITE_CANTOPEN, lib.SQLITE_READONLY, lib.SQLITE_IOERR, lib.SQLITE_PERM, lib.SQLITE_PROTOCOL:
		if e, ok := errors.AsType[*sqlite.Error](err); ok && e.Code() == lib.SQLITE_IOERR_SHMSIZE {
			return model.DiskFull // the shared index of the log can't grow
		}
		return model.ClosedStore
	}
	_, file := errors.AsType[*fs.PathError](err)
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return model.DiskFull
	case errors.Is(err, errDamaged):
		return model.BrokenStore
	case file:
		return model.ClosedStore
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return model.Struggling
	}
	return model.Bug
}

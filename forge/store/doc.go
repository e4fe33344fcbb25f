// Package store keeps a board in one SQLite file: the tickets that the forge
// confirmed, their bodies and comments, the outbox of what the person wants,
// and unfinished texts. It implements forge.Store.
//
// Durable. Every write is one transaction that has reached the disk when the
// method returns nil (write-ahead log, synchronous=FULL). NORMAL would survive
// a killed process, too, but lose the last edits when the power fails; FULL
// costs one flush per write, which nobody feels: a person edits a few times a
// second, and tickets come by the page. A write whose context ends is either
// whole or was never begun.
//
// Shared. Several processes, and several Stores in one process, may use one
// file. Each Store writes through one connection, so that SQLite itself tells
// it when somebody else has written (Version), and reads through others, so
// that a long write does not hold up the screen. The process that sends the
// outbox holds a lock on a file beside the store (Lead).
//
// Uninterpreted. Text is kept as the forge sent it, and cleaned when it is
// read; what labels mean is decided when tickets are read. So neither a better
// cleaning nor another label map needs a migration.
//
// Broken files. Every page is not checked at every start; that would take
// longer than all the rest. Open notices what is no database, what is cut
// short, and what can't be migrated. Damage that a later read finds is
// reported as model.BrokenStore and remembered in a file beside the store, so
// that the next Open checks every page. A broken file is renamed, never
// deleted, and what can still be read of the outbox and the unfinished texts
// moves into the fresh store that takes its place: see SetAside.
//
// Beside the file lie SQLite's own companions (-wal, -shm), .lead-… and .turn,
// which are only ever locked, .suspect while damage waits for a closer look,
// and what was set aside as .broken-DATE-TIME.
package store

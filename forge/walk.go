package forge

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"docket/model"
)

// walk asks for page after page until the forge says that there is no more. It
// trusts no page size, and keeps each row once: rows move to later pages while
// others work.
type walk[T any] struct {
	op   string
	ask  func(ctx context.Context, page int) (Page[T], error)
	id   func(T) int64
	keep func(ctx context.Context, rows []T, asked time.Time) error
	came func(done, total int) // after each page that was kept; may be nil
	now  func() time.Time

	mu    sync.Mutex // guards what follows while pages come side by side
	page  int        // the last page asked for in order
	pages int        // the number of the last page, if the forge tells
	total int        // rows in all; -1: not known
	at    time.Time  // the forge's clock before the first page; zero if it does not tell
	first []T        // the rows of the first page
	seen  map[int64]bool
	done  int // rows that were kept
	idle  int // pages in a row that brought nothing new
}

// idleAtMost ends a walk through a forge that never says that a page is the
// last one. Many tickets made meanwhile can fill some pages with repeats.
const idleAtMost = 20

// step takes the next page and reports whether another follows.
func (w *walk[T]) step(ctx context.Context) (more bool, err error) {
	w.page++
	p, err := w.take(ctx, w.page)
	if err != nil {
		w.page-- // it is asked for again
		return true, err
	}
	if w.idle > idleAtMost {
		return false, &model.Problem{Op: w.op, Kind: model.Struggling, Detail: model.NewLine("the forge repeats the same pages")}
	}
	return p.More, nil
}

// all takes every page, one after the other.
func (w *walk[T]) all(ctx context.Context) error {
	for {
		if more, err := w.step(ctx); err != nil || !more {
			return err
		}
	}
}

// wide takes every page, side by side where the forge tells how many there are.
// It is for speed: rows may be missed while others work.
func (w *walk[T]) wide(ctx context.Context) error {
	more, err := w.step(ctx)
	if err != nil || !more {
		return err
	}
	pages := w.pages
	more = pages == 0
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(2 * readsAtMost) // the forge must not wait while pages that came are being kept
	for page := 2; page <= pages; page++ {
		g.Go(func() error {
			p, err := w.take(gctx, page)
			if page == pages && p.More {
				more = true // only this goroutine writes it; Wait orders the read
			}
			return err
		})
	}
	if err := g.Wait(); err != nil || !more {
		return err
	}
	w.page = max(w.page, pages)
	return w.all(ctx)
}

// take asks for a page and keeps what is new of it.
func (w *walk[T]) take(ctx context.Context, page int) (Page[T], error) {
	asked := w.now()
	p, err := w.ask(ctx, page)
	if err != nil {
		return p, err
	}
	fresh := w.fresh(page, p)
	if err := w.keep(ctx, fresh, asked); err != nil {
		w.unsee(fresh)
		return p, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done += len(fresh)
	if w.came != nil {
		w.came(w.done, max(w.total, w.done)) // under the lock: it must not count back
	}
	return p, nil
}

// fresh returns the rows of a page that did not come before.
func (w *walk[T]) fresh(page int, p Page[T]) (rows []T) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if page == 1 {
		w.at, w.first, w.pages = p.At, p.Rows, p.Pages
		w.total = p.Total
		w.seen = map[int64]bool{}
	}
	rows = make([]T, 0, len(p.Rows))
	for _, r := range p.Rows {
		if id := w.id(r); !w.seen[id] {
			w.seen[id] = true
			rows = append(rows, r)
		}
	}
	w.idle++
	if len(rows) > 0 {
		w.idle = 0
	}
	return rows
}

func (w *walk[T]) unsee(rows []T) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range rows {
		delete(w.seen, w.id(r))
	}
}

// since returns from when the next walk has to ask so that nothing is missed:
// some time before the forge's clock at this one's beginning. Our own clock
// does not count. A forge that does not tell its clock had at least reached the
// newest time on the first page; ok is false when there is not even that.
func (w *walk[T]) since(updated func(T) time.Time) (t time.Time, ok bool) {
	t = w.at
	if t.IsZero() {
		for _, r := range w.first {
			if u := updated(r); u.After(t) {
				t = u
			}
		}
	}
	if t.IsZero() {
		return t, false
	}
	return t.Add(-overlap), true
}

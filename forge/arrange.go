package forge

import (
	"context"
	"time"

	"docket/model"
)

// Arrange gives the board the columns of another workflow, and another policy,
// without a restart. It may wait for the store, so the screen does not call it.
// What labels mean stays as it was: tickets would have to be read anew.
func (d *Desk) Arrange(ctx context.Context, w model.Workflow, p model.Policy) error {
	d.inStep.Lock()
	defer d.inStep.Unlock()
	// Closed tickets that were too old for the board may be on it now.
	tickets, err := d.store.Load(ctx, d.repos, d.clock.Now().Add(-p.ClosedFor))
	if err != nil {
		return asProblem("arrange the board", err)
	}
	d.rework(func(b model.Board) model.Board { return b.Arranged(w, p) }, func(pic *picture, b model.Board) {
		pic.policy = p
		pic.age(b, pic.now)
		pic.put(tickets, time.Time{})
	})
	return nil
}

// tick has the board work out every minute what has become stale, due or too
// old to be shown.
func (d *Desk) tick(ctx context.Context) {
	for d.wait(ctx, d.pace.Minute, nil) {
		now := d.clock.Now()
		d.rework(func(b model.Board) model.Board { return b.At(now) }, func(p *picture, b model.Board) { p.age(b, now) })
	}
}

// rework makes another board of the present one and takes it. The work is done
// aside: it takes longer than a key press may wait. What was shown meanwhile is
// listed in the picture's redo.
func (d *Desk) rework(work func(model.Board) model.Board, take func(*picture, model.Board)) {
	d.reworking.Lock()
	defer d.reworking.Unlock()
	d.mu.Lock()
	board := d.picture.board
	d.picture.redo = map[model.Ref]bool{}
	d.mu.Unlock()
	board = work(board)
	d.update(func(p *picture) { take(p, board) })
}

// closedFor is how long closed tickets stay on the board.
func (d *Desk) closedFor() time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.picture.policy.ClosedFor
}

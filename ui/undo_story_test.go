package ui

import (
	"strconv"
	"testing"
	"time"

	"docket/model"
)

// next lets the desk say what undo and redo would do.
func (d *memoryDesk) next(undo, redo *model.Reversal, past ...model.Action) {
	d.alter(func(s *model.Snapshot) { s.Undo, s.Redo, s.History = undo, redo, past })
}

func did(id, n int64, changes ...model.Change) model.Action {
	a := model.Action{ID: id, When: noon.Add(-time.Minute), Status: model.Sent, Undo: true}
	for _, c := range changes {
		a.Edits = append(a.Edits, model.Edit{Ref: model.Ref{Repo: "infra/tickets", Number: n}, Change: c})
	}
	return a
}

func TestUndoTakesBackTheLastActionAndSaysWhich(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("u")
		p.sees("Nothing is left to undo")
		p.press("U")
		p.sees("Nothing was taken back")
		p.press("g", "h")
		e := p.desk.Snapshot().Outbox[0]
		p.desk.next(&model.Reversal{Action: 7, Leave: []model.Entry{e}}, nil, did(7, 13466, e.Edit.Change))
		p.send(nil)
		p.press("u")
		p.sees("Taken back: #13466 gain high, was none")
		p.sent()
		p.desk.next(nil, &model.Reversal{Action: 7, Brings: true, Enter: []model.Entry{e}}, did(7, 13466, e.Edit.Change))
		p.send(nil)
		p.press("U")
		p.sees("Brought back: #13466 gain high, was none")
		p.sent("#13466 gain high, was none")
	})
}

func TestACommentOnTheForgeIsDeletedOnlyAfterAYes(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		ref := model.Ref{Repo: "infra/tickets", Number: 13466}
		r := &model.Reversal{Action: 7, Enter: []model.Entry{{Edit: model.Edit{Ref: ref, Change: model.RemoveComment{ID: 5, Text: "Too fast."}}}}}
		p.desk.next(r, nil, did(7, 13466, model.AddComment{Text: "Too fast."}))
		p.send(nil)
		p.press("u")
		p.sees("Delete your comment on #13466?", "Too fast.")
		p.press("enter")
		p.sent()
		p.press("u", "y")
		p.sent("#13466 delete the comment: Too fast.")
		p.sees("Taking back: #13466 comment: Too fast.")
		p.misses("Taken back")
	})
}

func TestACommentThatDocketDidNotDeleteSaysSo(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		e := model.Entry{ID: 5, Group: 5, Status: model.Parked, Made: noon,
			Edit:    model.Edit{Ref: model.Ref{Repo: "infra/tickets", Number: 13466}, Change: model.RemoveComment{ID: 5, Text: "Too fast."}},
			Problem: &model.Problem{Kind: model.Withheld, Detail: model.NewLine("the comment was edited since it was written")}}
		p.desk.alter(func(s *model.Snapshot) { s.Outbox = append(s.Outbox, e) })
		p.send(nil)
		p.press("O")
		p.sees("docket left it as it is: the comment was edited since it was written; discard this")
		p.misses("the forge")
	})
}

func TestAnUndoThatIsLateIsTold(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		late := &model.Reversal{Action: 7}
		p.desk.next(late, nil)
		p.send(nil)
		p.desk.mu.Lock()
		p.desk.snap.Undo = nil // the board has not heard of it yet
		p.desk.mu.Unlock()
		p.press("u")
		p.sees("Something changed meanwhile")
	})
}

func TestTheHistoryTellsWhatWasDoneAndWhetherItArrived(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("ctrl+u")
		p.sees("You have not changed anything yet.")
		p.press("esc")
		old := did(6, 13510, model.SetPain{To: model.Low}, model.Move{From: model.NeedsReview, To: model.Urgent})
		old.Undo, old.Why, old.When = false, "what was done after it comes first", noon.Add(-3*time.Hour)
		old.Discarded = 1
		p.desk.next(nil, nil, did(7, 13466, model.SetGain{To: model.High}), old)
		p.send(nil)
		p.press("ctrl+u")
		p.sees("History: 2 actions", "#13466 gain high, was none", "#13510 pain low, was none; move to urgent", "sent, 1 discarded  3h")
		p.press("j")
		p.sees("what was done after it comes first")
	})
}

func TestTheHistoryShowsTheActionThatOneIsOn(t *testing.T) {
	sit(t, 80, 24, sample(), func(p *person) {
		var past []model.Action
		for i := range int64(100) {
			past = append(past, did(100-i, 20000-i, model.SetGain{To: model.High}))
		}
		p.desk.next(nil, nil, past...)
		p.send(nil)
		p.press("ctrl+u", "end")
		p.sees("#19901 gain high")
		p.press("home")
		p.sees("#20000 gain high")
	})
}

// On a board of several repositories a number alone may be of several tickets.
func TestTheHistoryAndTheClashNameTheRepository(t *testing.T) {
	sitBeforeTwo(t, func(p *person) {
		p.desk.remembers = false // the history is ours to tell
		act := did(7, 1, model.SetGain{To: model.Low}, model.SetGain{To: model.Low})
		act.Edits[1].Ref = model.Ref{Repo: "infra/web", Number: 3}
		p.desk.next(nil, nil, act)
		p.send(nil)
		p.press("ctrl+u")
		p.sees("tickets#1, web#3: gain low")
		p.press("esc", "esc", "esc", "p", "l")
		on := p.app.columns.ref
		p.desk.entry(p.desk.Snapshot().Outbox[0].ID, func(e *model.Entry) bool { e.Status = model.Clashed; return true })
		p.rest()
		p.sees(shortRepo(on.Repo) + "#" + strconv.FormatInt(on.Number, 10) + ": somebody was faster")
	})
}

// What is cut of an action on several tickets never makes it one of one ticket.
func TestTheHistoryBeginsWithHowManyTickets(t *testing.T) {
	sit(t, 50, 15, sample(), func(p *person) {
		act := did(7, 13466, model.RemoveLabel{Name: model.NewLine("mail")}, model.AddLabel{Name: model.NewLine("ops")}, model.AddLabel{Name: model.NewLine("ops")})
		act.Edits[2].Ref.Number = 13507
		p.desk.next(nil, nil, act)
		p.send(nil)
		p.press("ctrl+u")
		p.sees("2 tickets: remove la")
		p.misses("#13466 ")
	})
}

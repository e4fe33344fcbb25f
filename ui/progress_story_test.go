package ui

import (
	"testing"

	"docket/model"
)

// refuse has the forge refuse a ticket's changes that wait.
func (p *person) refuse(number int64) {
	p.desk.alter(func(s *model.Snapshot) {
		for i := range s.Outbox {
			if s.Outbox[i].Edit.Ref.Number == number {
				s.Outbox[i].Status, s.Outbox[i].Problem = model.Parked, &model.Problem{Kind: model.Refused}
			}
		}
	})
	p.send(nil)
}

func TestTheProgressCountsAllActionsOnMany(t *testing.T) {
	sit(t, 140, 35, sample(), func(p *person) {
		p.desk.remembers = true
		p.press("j", " ", " ", " ", "g", "h", "enter")
		p.sees("0 of 3 tickets sent")
		p.press("p", "l", "enter")
		p.sees("0 of 6 tickets sent")
		p.desk.arrive(2)
		p.send(nil)
		p.sees("2 of 6 tickets sent")
		p.desk.arrive(1)
		p.send(nil)
		p.sees("0 of 3 tickets sent")
		p.desk.arrive(3)
		p.send(nil)
		p.misses("sent", "pending")
	})
}

// To bring back is to send once more, and is told so.
func TestTheProgressOfARedoIsThatOfSending(t *testing.T) {
	sit(t, 140, 35, sample(), func(p *person) {
		p.desk.remembers = true
		p.press("j", " ", " ", " ", "g", "h", "enter")
		p.desk.arrive(3)
		p.send(nil)
		p.press("u")
		p.sees("3 tickets to take back")
		p.desk.arrive(2)
		p.send(nil)
		p.press("U")
		p.sees("Brought back: #13507, #13510, #13512: gain high", "1 of 3 tickets sent")
		p.misses("to take back")
		p.desk.arrive(1)
		p.send(nil)
		p.sees("2 of 3 tickets sent")
		p.desk.arrive(1)
		p.send(nil)
		p.misses("tickets sent", "pending")
		p.press("u", "p", "l", "enter")
		p.sees("0 of 3 tickets sent") // that of the gain is behind it
	})
}

// What waits for the person is no progress and holds up none.
func TestTheProgressEndsThoughSomethingIsParked(t *testing.T) {
	sit(t, 140, 35, sample(), func(p *person) {
		p.desk.remembers = true
		p.press("j", " ", " ", " ")
		p.follow([]string{"x", "enter", "text:Thanks.", "ctrl+s", "enter"})
		p.sees("0 of 3 tickets sent")
		p.refuse(13512)
		p.sees("0 of 3 tickets sent", "3 parked")
		p.desk.arrive(3)
		p.send(nil)
		p.sees("1 of 3 tickets sent")
		p.desk.arrive(3)
		p.send(nil)
		p.misses("tickets sent")
		p.sees("3 parked")
	})
}

func TestTheUndoOfCommentsUnderWayIsAskedOnce(t *testing.T) {
	sit(t, 140, 35, sample(), func(p *person) {
		p.desk.remembers = true
		p.press("j", " ", " ", " ")
		p.follow([]string{"c", "text:Still?", "ctrl+s", "enter"})
		p.desk.arrive(1)
		p.send(nil)
		p.press("u")
		p.sees("Delete your comment on #13507?", "what arrives before you answer is", "deleted, too")
		p.desk.arrive(1)
		p.send(nil)
		p.press("y")
		p.misses("Something changed meanwhile")
		p.sees("Taking back: #13507, #13510, #13512: comment")
		p.sent("#13510 delete the comment: Still?", "#13507 delete the comment: Still?")
		p.press("u") // once more: what was done before that
		p.sees("Nothing is left to undo")
	})
}

func TestAPlanForNoTicketSaysSo(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press(" ", "m")
		p.desk.vanish(model.Ref{Repo: "infra/tickets", Number: 13466})
		p.send(nil)
		p.write("urgent")
		p.press("enter")
		p.sees("nothing to do", "No ticket is marked any more.", "enter close")
		p.misses("enter go")
		p.press("enter")
		p.sees("Nothing was changed")
		p.sent()
		p.press(" ", "g", "h")
		p.sees("enter go")
	})
}

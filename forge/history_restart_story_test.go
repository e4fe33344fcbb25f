package forge_test

import (
	"slices"
	"testing"
	"time"

	"docket/model"
)

// again ends the process as kill -9 does, and starts another.
func (s *scene) again() {
	s.Helper()
	s.kill()
	s.open()
	s.run()
	s.after(time.Second)
}

func TestHistorySurvivesAKill(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.submit(1, gain(model.None, model.Low))
		s.submit(1, triage()[1:]...)
		s.after(time.Second)
		s.again()
		s.history("sent", "sent")
		s.undo()
		s.after(time.Second)
		s.again()
		s.history("taken back", "sent")
		s.holds(model.Low, model.None)
		s.undo()
		s.after(time.Second)
		s.again()
		s.holds(model.None, model.None)
		s.redo()
		s.after(time.Second)
		s.again()
		s.redo()
		s.after(time.Second)
		s.holds(model.Low, model.Low, "anna: Which host?")
		s.again()
		s.history("sent", "sent")
		if snap := s.desk.Snapshot(); snap.Redo != nil || snap.Undo.Action != snap.History[0].ID {
			t.Errorf("undo is %+v, redo %+v", snap.Undo, snap.Redo)
		}
	})
}

func TestAKillDuringUndoLeavesAllOrNothing(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.submit(1, triage()...)
		s.after(time.Second)
		s.disk.refuseWrites(problem(model.DiskFull, ""))
		s.undo()
		s.after(time.Second)
		s.kill()
		s.disk.refuseWrites(nil)
		s.open()
		s.run()
		s.after(time.Second)
		s.history("sent")
		s.holds(model.High, model.Low, "anna: Which host?")

		s.unreachable(true)
		s.undo()
		s.after(time.Second)
		s.again()
		s.history("pending")
		s.unreachable(false)
		s.after(5 * time.Minute)
		s.holds(model.None, model.None)
		s.history("taken back")
	})
}

func TestAKillWhileACommentIsDeletedOrWrittenAgain(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.submit(1, say("so"))
		s.after(time.Second)
		hang := func() { s.world.do(func() { s.world.lost = slow("apply", time.Hour) }) }
		hang()
		s.undo()
		s.after(time.Second)
		s.entries(model.Sending)
		s.kill() // it is deleted, and nobody has heard of it
		s.world.do(func() { s.world.lost = nil })
		s.open()
		s.redo()
		s.run()
		s.after(time.Minute)
		s.holds(model.None, model.None, "anna: so")

		s.undo()
		s.after(time.Second)
		s.holds(model.None, model.None)
		hang()
		s.redo()
		s.after(time.Second)
		s.kill() // it is written again, and nobody has heard of it
		s.world.do(func() { s.world.lost = nil })
		s.open()
		s.undo()
		s.run()
		s.after(time.Minute)
		s.holds(model.None, model.None)
		s.history("taken back")
	})
}

// Nothing was deleted when the answer got lost, and so nothing is to be written
// again.
func TestACommentThatWasNotDeletedAfterAllIsNotWrittenTwice(t *testing.T) {
	story(t, 1, func(s *scene) {
		lose := func() {
			s.world.do(func() { s.world.before = times(1, failing("apply", problem(model.Unreachable, ""))) })
		}
		s.submit(1, say("so"))
		s.after(time.Second)
		lose()
		s.undo()
		s.after(20 * time.Millisecond)
		if e := s.entries(model.Pending)[0]; e.Tries != 1 {
			t.Fatalf("%+v", e)
		}
		s.redo()
		s.after(time.Minute)
		s.holds(model.None, model.None, "anna: so")
		s.undo()
		s.after(time.Minute)
		s.holds(model.None, model.None)
	})
}

func TestUndoRedoUndoWhileACommentIsOnItsWay(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.world.do(func() { s.world.before = slow("apply", 10*time.Second) })
		s.submit(1, say("so"))
		s.after(time.Second)
		s.undo()
		s.redo()
		s.undo()
		s.after(time.Minute)
		s.entries()
		s.holds(model.None, model.None)
		s.redo()
		s.undo()
		s.redo()
		s.after(time.Minute)
		s.holds(model.None, model.None, "anna: so")
	})
}

func TestAHundredActionsCanBeTakenBack(t *testing.T) {
	story(t, 1, func(s *scene) {
		levels := []model.Level{model.None, model.Low, model.Medium, model.High}
		for i := range model.HistoryLength + 7 {
			s.submit(1, gain(levels[i%4], levels[(i+1)%4]))
			s.after(time.Second)
		}
		s.again()
		if n := len(s.desk.Snapshot().History); n != model.HistoryLength {
			t.Fatalf("%d actions", n)
		}
		for range model.HistoryLength {
			s.undo()
			s.after(time.Second)
		}
		s.entries()
		if got := s.world.at(1).Gain; got != levels[7%4] || s.desk.Snapshot().Undo != nil {
			t.Fatalf("gain is %v, and next is %+v", got, s.desk.Snapshot().Undo)
		}
		for range model.HistoryLength {
			s.redo()
		}
		s.after(time.Minute)
		if got := s.world.at(1).Gain; got != levels[107%4] || s.desk.Snapshot().Redo != nil {
			t.Fatalf("gain is %v", got)
		}
	})
}

func TestTwoProcessesHaveOneHistory(t *testing.T) {
	story(t, 2, func(s *scene) {
		s.submit(1, gain(model.None, model.Low))
		s.after(time.Second) // the first one leads
		other := s.second()
		other.submit(1, pain(model.None, model.High))
		s.after(2 * time.Second)
		for _, p := range []*scene{s, other} {
			p.history("sent", "sent")
		}
		s.undo() // what the other one did
		s.after(2 * time.Second)
		other.history("taken back", "sent")
		other.holds(model.Low, model.None)
		other.redo()
		s.after(2 * time.Second)
		s.history("sent", "sent")
		s.holds(model.Low, model.High)
		other.stop()
	})
}

func TestAProcessThatWasOvertakenLooksAgain(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.pace.Follow = 10 * time.Second
		s.submit(1, gain(model.None, model.Low))
		s.after(time.Second)
		other := &scene{T: s.T, world: s.world, disk: s.disk, pace: s.pace}
		other.open()
		other.run()
		other.submit(1, pain(model.None, model.High))
		s.after(5 * time.Second) // the first one sent it, and the second has not heard
		if e := other.entries(model.Pending)[0]; e.Tries != 0 || s.world.at(1).Pain != model.High {
			t.Fatalf("%+v", e)
		}
		other.undo()
		s.after(30 * time.Second)
		other.history("taken back", "sent")
		other.holds(model.Low, model.None)
		s.holds(model.Low, model.None)

		other.submit(1, say("so"))
		s.after(2 * time.Second)
		other.entries(model.Pending)
		other.undo() // without a question, for it seemed not to be sent
		s.after(30 * time.Second)
		other.history("sent", "taken back", "sent")
		other.holds(model.Low, model.None, "anna: so")
		if got := other.desk.Snapshot().Undo.Deletes(); !slices.Equal(got, []string{"so"}) {
			t.Errorf("now it asks about %q", got)
		}
		other.stop()
	})
}

func TestTheSenderHeedsWhatAnotherProcessTookBack(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.unreachable(true)
		s.submit(1, gain(model.None, model.Low))
		s.after(time.Second)
		other := &scene{T: s.T, world: s.world, disk: s.disk, pace: s.pace}
		other.open()
		other.run()
		s.world.do(func() { s.world.before = slow("ticket", 100*time.Millisecond) })
		s.desk.Sync()
		s.after(50 * time.Millisecond) // the first one is looking at the ticket
		other.undo()
		s.after(time.Minute)
		if got := s.world.requests("apply"); len(got) != 0 {
			t.Errorf("sent %q", got)
		}
		s.entries()
		s.history("taken back")
		s.holds(model.None, model.None)
		other.stop()
	})
}

func TestPeopleWhoShareAStoreHaveAHistoryEach(t *testing.T) {
	story(t, 1, func(s *scene) {
		s.submit(1, gain(model.None, model.Low))
		s.after(time.Second)
		kira := s.with("kira")
		s.after(time.Minute)
		kira.submit(1, pain(model.None, model.High))
		s.after(2 * time.Second)
		s.history("sent")
		kira.history("sent")
		s.undo()
		s.after(2 * time.Second)
		s.holds(model.None, model.High)
		kira.history("sent")
		kira.stop()
	})
}

package forge_test

import (
	"slices"
	"testing"
	"time"

	"docket/model"
)

// Columns and policy change under the person's hands: nothing pending is lost,
// and closed tickets that were too old for the board come back from the disk.
func TestABoardIsArrangedAnewWithoutARestart(t *testing.T) {
	story(t, 6, func(s *scene) {
		w, p := model.DefaultWorkflow(), model.DefaultPolicy()
		p.ClosedFor = time.Minute
		if err := s.desk.Arrange(t.Context(), w, p); err != nil {
			t.Fatal(err)
		}
		s.world.as("kira", 2, model.Close{At: model.StampOf(s.world.now())})
		s.after(time.Hour)
		if _, _, _, ok := s.desk.Snapshot().Board.Find(ref(2)); ok {
			t.Fatal("closed an hour ago, and still shown")
		}
		s.unreachable(true)
		s.submit(3, gain(model.None, model.High))
		s.after(time.Second)

		slices.Reverse(w.Steps)
		p.ClosedFor = 30 * 24 * time.Hour
		if err := s.desk.Arrange(t.Context(), w, p); err != nil {
			t.Fatal(err)
		}
		board := s.desk.Snapshot().Board
		if board.Columns[0].State != model.Closed || len(board.Columns[0].Cards) != 1 || board.Policy().ClosedFor != p.ClosedFor {
			t.Errorf("the first column is %+v", board.Columns[0])
		}
		if c := s.card(3); c.Gain != model.High || c.Pending != 1 {
			t.Errorf("#3 is %+v", c)
		}

		s.unreachable(false)
		s.after(time.Hour)
		if c := s.card(3); s.world.at(3).Gain != model.High || c.Pending != 0 {
			t.Errorf("#3 is %+v", c)
		}
		s.card(2) // a minute's work keeps it

		p.ClosedFor = 0
		if err := s.desk.Arrange(t.Context(), w, p); err != nil {
			t.Fatal(err)
		}
		if n := s.desk.Snapshot().Board.Len(); n != 5 {
			t.Errorf("%d tickets are shown, not the five open ones", n)
		}
	})
}

package forge_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"docket/model"
)

func TestAnotherTokenRevivesAPausedBoardAtOnce(t *testing.T) {
	story(t, 3, func(s *scene) {
		s.stop()
		var given atomic.Value
		var looks atomic.Int64
		s.renew = func(context.Context, bool) (model.Person, string, bool) {
			looks.Add(1)
			login, _ := given.Load().(string)
			if login == "" {
				return model.Person{}, "", false
			}
			s.world.do(func() { s.world.before = nil })
			return model.Person{Login: model.NewLine(login)}, "the other", true
		}
		s.open()
		s.run()
		s.after(time.Minute)
		if looks.Load() > 0 {
			t.Fatal("it looks for a token where none is needed")
		}
		s.world.do(func() { s.world.before = failing("", problem(model.BadToken, "")) })
		s.submit(1, gain(model.None, model.High), say("hello"))
		s.submit(2, gain(model.None, model.High))
		s.after(10 * time.Minute)
		s.entries(model.Pending, model.Pending, model.Pending)
		if got := s.world.requests("ticket ", "apply"); len(got) > 2 {
			t.Errorf("asked over and over: %q", got)
		}
		given.Store("anna")
		s.after(4 * time.Second)
		s.entries()
		if p := s.desk.Snapshot().Problem; p != nil || s.world.at(1).Gain != model.High || len(s.world.comments) != 1 {
			t.Errorf("the problem is %v", p)
		}
		before := looks.Load()
		s.after(time.Minute)
		if looks.Load() != before {
			t.Error("it goes on looking")
		}
	})
}

// The other person can go on working; what the first made waits for its maker.
func TestAnotherPersonsTokenSendsNothingOfMine(t *testing.T) {
	story(t, 2, func(s *scene) {
		s.stop()
		s.renew = func(context.Context, bool) (model.Person, string, bool) {
			s.world.do(func() { s.world.me, s.world.before = "kira", nil })
			return model.Person{Login: model.NewLine("kira")}, "kira's", true
		}
		s.open()
		s.run()
		s.after(time.Minute)
		s.world.do(func() { s.world.before = failing("", problem(model.BadToken, "")) })
		s.submit(1, gain(model.None, model.High))
		s.after(time.Minute)
		s.entries(model.Pending)
		s.submit(2, gain(model.None, model.High))
		s.after(time.Minute)
		s.entries(model.Pending)
		if s.world.at(1).Gain != model.None || s.world.at(2).Gain != model.High {
			t.Errorf("the forge has %v and %v", s.world.at(1).Gain, s.world.at(2).Gain)
		}
		if me := s.desk.Snapshot().Me.Login.String(); me != "kira" {
			t.Errorf("the board is %s's", me)
		}
		if me, err := s.store.Me(t.Context(), "kira's"); err != nil || me.Login.String() != "kira" {
			t.Errorf("kept is %v (%v)", me, err)
		}
	})
}

// A board that was started without any token is read-only until there is one.
func TestAFirstTokenMakesAReadOnlyBoardMine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &scene{T: t, world: newWorld(2), disk: newDisk(), as: "anna"}
		s.open()
		s.world.do(func() { s.world.before = failing("", problem(model.Unreachable, "")) })
		s.run()
		s.submit(1, pain(model.None, model.Low)) // left by an earlier day
		s.after(time.Second)
		s.stop()
		s.world.do(func() { s.world.before = nil })
		s.world.requests()

		given := make(chan string, 1)
		s.renew = func(context.Context, bool) (model.Person, string, bool) {
			select {
			case login := <-given:
				return model.Person{Login: model.NewLine(login)}, "the token of anna", true
			default:
				return model.Person{}, "", false
			}
		}
		s.store = s.disk.process()
		o := s.options()
		o.ReadOnly = true
		s.desk = desk(t, o)
		s.run()
		s.after(time.Hour)
		if snap := s.submit(1, gain(model.None, model.High)); len(snap.Outbox) != 1 || !snap.ReadOnly {
			t.Errorf("accepted %+v", snap.Outbox)
		}
		if got := s.world.requests("me", "people", "apply"); len(got) != 0 {
			t.Errorf("asked %q", got)
		}
		s.world.do(func() { s.world.before = failing("repo", problem(model.Unreachable, "")) })
		given <- "anna"
		s.after(4 * time.Second)
		if r := s.desk.Snapshot().Repos[0].Rights; r.Known {
			t.Errorf("without an answer, the rights are said to be %+v", r)
		}
		s.world.do(func() { s.world.before = nil })
		if snap := s.desk.Snapshot(); snap.ReadOnly || snap.Me.Login.String() != "anna" {
			t.Errorf("read-only: %v, for %q", snap.ReadOnly, snap.Me.Login)
		}
		if got := s.world.requests("people"); len(got) != 1 {
			t.Errorf("rights and people were asked for %d times", len(got))
		}
		s.submit(1, gain(model.None, model.High))
		s.after(time.Second)
		s.entries()
		if now := s.world.at(1); now.Gain != model.High || now.Pain != model.Low {
			t.Errorf("the forge has %v and %v", now.Gain, now.Pain)
		}
		s.stop()
	})
}

// What a token may not do waits for one that may, and then goes on by itself.
func TestATokenThatIsTooWeakIsReplacedWithoutARestart(t *testing.T) {
	for _, kind := range []model.ProblemKind{model.MissingScope, model.Forbidden} {
		story(t, 2, func(s *scene) {
			s.stop()
			var given atomic.Bool
			var looks atomic.Int64
			s.renew = func(_ context.Context, refused bool) (model.Person, string, bool) {
				if looks.Add(1); refused {
					t.Error("it says that the forge does not know the token")
				}
				if given.Load() {
					s.world.do(func() { s.world.before = nil })
				}
				return model.Person{Login: model.NewLine("anna")}, "the strong", given.Load()
			}
			s.open()
			s.run()
			s.world.do(func() { s.world.before = failing("apply", problem(kind, "")) })
			s.submit(1, gain(model.None, model.High), say("hello"))
			s.after(time.Minute)
			s.entries(model.Parked, model.Pending) // the comment waits for its action
			given.Store(true)
			s.after(4 * time.Second)
			s.entries()
			if s.world.at(1).Gain != model.High || len(s.world.comments) != 1 {
				t.Errorf("the forge has %+v", s.world.at(1))
			}
			before := looks.Load()
			s.after(time.Minute)
			if looks.Load() != before {
				t.Error("it goes on looking")
			}
		})
	}
}

// Who logged in as somebody else, and then as themselves again, is so on the
// board, too: when asked, and without being asked while something waits.
func TestTheRightPersonsTokenAfterAWrongOnesIsTakenUp(t *testing.T) {
	story(t, 2, func(s *scene) {
		s.stop()
		var given atomic.Value
		given.Store("")
		s.renew = func(context.Context, bool) (model.Person, string, bool) {
			login := given.Swap("").(string)
			s.world.do(func() {
				if login != "" {
					s.world.me = login
				}
			})
			return model.Person{Login: model.NewLine(login)}, "that of " + login, login != ""
		}
		s.open()
		s.run()
		given.Store("kira")
		s.after(time.Minute)
		if me := s.desk.Snapshot().Me.Login.String(); me != "anna" {
			t.Fatalf("unasked, the board is %s's", me)
		}
		s.world.do(func() { s.world.before = failing("apply", problem(model.Unreachable, "")) })
		s.submit(1, gain(model.None, model.High))
		s.after(500 * time.Millisecond)
		s.desk.Sync()
		s.after(4 * time.Second) // something is on its way first
		if me := s.desk.Snapshot().Me.Login.String(); me != "kira" {
			t.Fatalf("asked, the board is %s's", me)
		}
		s.world.do(func() { s.world.before = nil })
		s.after(time.Minute)
		s.entries(model.Pending) // anna's
		given.Store("anna")
		s.after(4 * time.Second)
		s.entries()
		if me := s.desk.Snapshot().Me.Login.String(); me != "anna" || s.world.at(1).Gain != model.High {
			t.Errorf("the board is %s's, and the forge has %+v", me, s.world.at(1))
		}
	})
}

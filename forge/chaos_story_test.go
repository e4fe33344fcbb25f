package forge_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"docket/model"
)

// Whatever fails, gets lost or is killed, in whatever order: in the end all
// that was pending has arrived, each comment once, and the board shows what the
// forge has.
func TestWhateverHappensNothingIsLostOrDoubled(t *testing.T) {
	for seed := range uint64(30) {
		synctest.Test(t, func(t *testing.T) { chaos(t, rand.New(rand.NewPCG(seed, 1)), seed) })
	}
}

func chaos(t *testing.T, dice *rand.Rand, seed uint64) {
	s := &scene{T: t, world: newWorld(12), disk: newDisk()}
	s.open()
	s.run()
	s.after(time.Minute)
	s.weather(dice.Uint64())
	said := map[string]bool{}
	for i := range 60 {
		n := dice.Int64N(12) + 1
		switch dice.IntN(10) {
		case 0, 1, 2:
			s.submit(n, gain(s.card(n).Gain, model.Levels[dice.IntN(4)]))
		case 3:
			now := s.card(n).Pain
			s.submit(n, pain(now, model.Levels[dice.IntN(4)]), gain(s.card(n).Gain, model.Levels[dice.IntN(4)]))
		case 4, 5:
			text := fmt.Sprintf("comment %d", i)
			said[text] = true
			s.submit(n, say(text))
		case 6:
			s.world.as("kira", n, pain(model.None, model.Levels[dice.IntN(4)]))
		case 7:
			s.world.as("rita", n, say("hello?"))
		case 8:
			s.after(time.Second) // what was submitted is pending
			s.kill()
			s.open()
			s.run()
		case 9:
			s.desk.Sync()
		}
		s.after(time.Duration(dice.IntN(20_000)) * time.Millisecond)
	}
	s.world.do(func() { s.world.before, s.world.lost = nil, nil })
	for i := 0; i < 100 && (i == 0 || len(s.desk.Snapshot().Outbox) > 0); i++ { // several may clash one after the other
		s.desk.Sync()
		s.after(6 * time.Minute)
		for _, e := range s.desk.Snapshot().Outbox {
			s.desk.Settle(e.ID, model.UseMine)
		}
	}
	s.entries()
	if len(s.disk.waiting()) != 0 {
		t.Errorf("seed %d: the disk has %+v", seed, s.disk.waiting())
	}
	arrived := map[string]int{}
	for _, c := range s.world.comments {
		arrived[c.Body.Raw()]++
	}
	for text := range said {
		if arrived[text] != 1 {
			t.Errorf("seed %d: %q is there %d times", seed, text, arrived[text])
		}
	}
	for n := int64(1); n <= 12; n++ {
		if a, b := s.card(n).Ticket, s.world.at(n); a.Gain != b.Gain || a.Pain != b.Pain || a.Comments != b.Comments {
			t.Errorf("seed %d: #%d is %+v on the board and %+v on the forge", seed, n, a, b)
		}
		if thread, _ := s.desk.Thread(t.Context(), ref(n)); len(thread.Comments) != s.world.at(n).Comments {
			t.Errorf("seed %d: #%d has %d of %d comments", seed, n, len(thread.Comments), s.world.at(n).Comments)
		}
	}
	s.stop()
}

// weather lets a fifth of the requests fail, a fifth of the answers get lost,
// and some take long.
func (s *scene) weather(seed uint64) {
	dice := rand.New(rand.NewPCG(seed, 2))
	var mu sync.Mutex
	roll := func(n int) int {
		mu.Lock()
		defer mu.Unlock()
		return dice.IntN(n)
	}
	kinds := []model.ProblemKind{model.Unreachable, model.Struggling, model.RateLimited}
	storm := func(ctx context.Context, request string) error {
		switch roll(10) {
		case 0, 1:
			return problem(kinds[roll(len(kinds))], "")
		case 2:
			return slow("", time.Duration(roll(8))*time.Second)(ctx, request)
		}
		return nil
	}
	s.world.do(func() { s.world.before, s.world.lost = storm, storm })
}

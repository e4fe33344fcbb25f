package forge_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"docket/forge"
)

// Fifty boards that are opened in the same moment, as in a meeting, do not come
// to the forge in a crowd every fifteen seconds.
func TestBoardsThatOpenTogetherPollApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const boards = 50
		s := &scene{T: t, world: newWorld(3)}
		var all []*scene
		for i := range uint64(boards) {
			one := &scene{T: t, world: s.world, disk: newDisk()}
			one.store = one.disk.process()
			o := one.options()
			o.Jitter = rand.New(rand.NewPCG(1, i)).Float64 // with one repository only one goroutine asks
			one.desk = forge.NewDesk(o)
			if err := one.desk.Open(t.Context()); err != nil {
				t.Fatal(err)
			}
			all = append(all, one)
			one.run()
		}
		s.after(30 * time.Second)
		s.world.requests()
		var seconds []int
		for range 15 {
			s.after(time.Second)
			seconds = append(seconds, len(s.world.requests("tickets")))
		}
		// On average it is 50 in 15 seconds.
		if most := slices.Max(seconds); most > 12 {
			t.Errorf("%d polls came in one second: %v", most, seconds)
		}
		for _, one := range all {
			one.stop()
		}
	})
}

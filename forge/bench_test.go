package forge_test

import (
	"slices"
	"testing"
	"time"

	"docket/forge"
	"docket/model"
)

// large returns an opened Desk with 5,000 tickets and no process around it.
func large(t testing.TB) *forge.Desk {
	t.Helper()
	w, d := newWorld(5000), newDisk()
	store := d.process()
	var rows []forge.Row
	for _, r := range w.tickets {
		rows = append(rows, r)
	}
	if _, err := store.SaveTickets(t.Context(), repo, rows); err != nil {
		t.Fatal(err)
	}
	return desk(t, forge.DeskOptions{
		Forge: w, Store: store, Repos: []string{repo}, Workflow: model.DefaultWorkflow(), Policy: model.DefaultPolicy(),
	})
}

// What a key press costs at 5,000 tickets: tens of microseconds.
func BenchmarkSubmit(b *testing.B) {
	d := large(b)
	levels := []model.Level{model.Low, model.Medium, model.High}
	n := 0
	for b.Loop() {
		n++
		snap := d.Submit(model.Edit{Ref: ref(int64(n%5000) + 1), Change: model.SetGain{To: levels[n%3]}})
		if n%100 == 0 { // a person does not let the outbox grow to thousands
			b.StopTimer()
			for _, e := range snap.Outbox {
				d.Settle(e.ID, model.Discard)
			}
			b.StartTimer()
		}
	}
}

func BenchmarkSnapshot(b *testing.B) {
	d := large(b)
	for b.Loop() {
		d.Snapshot()
	}
}

// A key press has 2 ms in all. The bound here is generous, for a busy machine;
// the median counts, for one garbage collection is not the Desk's doing.
func TestSubmitIsCheapAtFiveThousandTickets(t *testing.T) {
	d := large(t)
	var took []time.Duration
	for n := range int64(201) {
		start := time.Now()
		d.Submit(model.Edit{Ref: ref(n + 1), Change: model.SetGain{To: model.High}})
		took = append(took, time.Since(start))
	}
	if m := median(took); m > 2*time.Millisecond {
		t.Errorf("a key press costs %v", m)
	}
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

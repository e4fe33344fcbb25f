package forge_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"docket/forge"
	"docket/model"
)

// large returns an opened Desk with 5,000 tickets and no process around it.
func large(t testing.TB) *forge.Desk { return deskOf(t, 5000) }

// deskOf returns an opened Desk with n tickets and no process around it.
func deskOf(t testing.TB, n int) *forge.Desk {
	t.Helper()
	w, d := newWorld(n), newDisk()
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

// everyTicket is an action on all of n tickets.
func everyTicket(n int) []model.Edit {
	edits := make([]model.Edit, n)
	for i := range edits {
		edits[i] = model.Edit{Ref: ref(int64(i) + 1), Change: model.SetGain{To: model.High}}
	}
	return edits
}

// What an action on 15,000 tickets costs, and taking it back as a whole. The
// board does both beside the screen.
func BenchmarkManySubmitAndReverse(b *testing.B) {
	const n = 15000
	d, edits := deskOf(b, n), everyTicket(n)
	var submit, reverse time.Duration
	for b.Loop() {
		start := time.Now()
		snap := d.Submit(edits...)
		submit += time.Since(start)
		start = time.Now()
		if _, ok := d.Reverse(snap.Undo); !ok {
			b.Fatal("it can't be taken back")
		}
		reverse += time.Since(start)
	}
	b.ReportMetric(float64(submit.Milliseconds())/float64(b.N), "ms/submit")
	b.ReportMetric(float64(reverse.Milliseconds())/float64(b.N), "ms/reverse")
}

// To take back 15,000 edits takes time that grows with their number, not with
// its square: that would be minutes.
func TestManyEditsAreTakenBackInOneGo(t *testing.T) {
	const n = 15000
	d := deskOf(t, n)
	snap := d.Submit(everyTicket(n)...)
	start := time.Now()
	snap, ok := d.Reverse(snap.Undo)
	if took := time.Since(start); !ok || len(snap.Outbox) != 0 || took > 3*time.Second {
		t.Errorf("taken back: %t, %d are left, in %v", ok, len(snap.Outbox), took)
	}
}

// What a key press costs while the changes of an action on many tickets wait.
func BenchmarkSubmitBehindMany(b *testing.B) {
	for _, n := range []int{100, 1000, 15000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			d := deskOf(b, 15000)
			d.Submit(everyTicket(n)...)
			for b.Loop() {
				snap := d.Submit(model.Edit{Ref: ref(1), Change: model.SetPain{To: model.High}})
				d.Settle(snap.Outbox[len(snap.Outbox)-1].ID, model.Discard)
			}
		})
	}
}

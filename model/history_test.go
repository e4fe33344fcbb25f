package model

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// diary is an outbox with its past, and the forge's ticket, without anything
// around them.
type diary struct {
	entries []*Entry
	forge   Ticket
	said    []int64 // comments on the forge, by number
	last    int64
}

func (d *diary) history() ([]Action, *Reversal, *Reversal) { return Chronicle(d.entries, Line{}) }

// add enters edits of one step and returns its group.
func (d *diary) add(back int64, entries ...Entry) int64 {
	d.last++
	group := d.last
	for _, e := range entries {
		e.ID, e.Group, e.Back, e.Status, e.Made = d.last, group, back, Pending, epoch
		d.entries = append(d.entries, &e)
		d.last++
	}
	return group
}

func (d *diary) do(changes ...Change) {
	var entries []Entry
	for _, c := range changes {
		entries = append(entries, Entry{Edit: Edit{Change: c}})
	}
	d.add(0, entries...)
}

func (d *diary) reverse(r *Reversal) {
	group := d.add(r.Takes, r.Enter...)
	for _, gone := range r.Leave {
		e := d.entries[slices.IndexFunc(d.entries, func(e *Entry) bool { return e.ID == gone.ID })]
		e.Status, e.Gone = TakenBack, group
	}
}

// send lets the next entry arrive; or, with an answer lost, only maybe.
func (d *diary) send(lost, arrives bool) bool {
	for _, e := range d.entries {
		if e.Settled() {
			continue
		}
		if e.Tries++; !lost || arrives {
			d.carryOut(e)
		}
		if !lost {
			e.Status = Sent
		}
		return true
	}
	return false
}

// carryOut does what the forge does, and looks for comments like the desk.
func (d *diary) carryOut(e *Entry) {
	first := e
	for first.Of != 0 {
		first = d.entries[slices.IndexFunc(d.entries, func(o *Entry) bool { return o.ID == first.Of })]
	}
	switch c := e.Edit.Change.(type) {
	case AddComment:
		if e.Tries > 1 && slices.Contains(d.said, first.ID) {
			return
		}
		d.said = append(d.said, first.ID)
		d.forge = c.Apply(d.forge)
	case RemoveComment:
		if i := slices.Index(d.said, first.ID); i >= 0 {
			d.said = slices.Delete(d.said, i, i+1)
			d.forge = c.Apply(d.forge)
		}
	default:
		if !c.Done(d.forge) {
			d.forge = c.Apply(d.forge)
		}
	}
}

func (d *diary) shown() Ticket {
	var waiting []Entry
	for _, e := range d.entries {
		if !e.Settled() {
			waiting = append(waiting, *e)
		}
	}
	return Replay(d.forge, waiting)
}

// Whatever is done, taken back and brought back, and whatever is sent, lost or
// may have arrived meanwhile: the board shows what the person wants now, and in
// the end the forge has that, each comment once.
func TestUndoAndRedoLeadWhereThePersonWants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := &diary{}
		wanted := []Ticket{{}} // by step: what the person wants
		at := 0
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			_, undo, redo := d.history()
			if (undo != nil) != (at > 0) || (redo != nil) != (at < len(wanted)-1) {
				t.Fatalf("at step %d of %d undo is %v and redo %v", at, len(wanted)-1, undo, redo)
			}
			switch rapid.SampledFrom([]string{"do", "undo", "undo", "redo", "send", "lose", "arrive unheard"}).Draw(t, "step") {
			case "do":
				now := wanted[at]
				gain, pain := (now.Gain+1)%4, (now.Pain+3)%4
				changes := []Change{SetGain{now.Gain, gain}, SetPain{now.Pain, pain}, AddComment{"so"}}
				changes = changes[rapid.IntRange(0, 2).Draw(t, "edits"):]
				for _, c := range changes {
					now = c.Apply(now)
				}
				d.do(changes...)
				at++
				wanted = append(wanted[:at:at], now)
			case "undo":
				if undo != nil {
					d.reverse(undo)
					at--
				}
			case "redo":
				if redo != nil {
					d.reverse(redo)
					at++
				}
			case "send":
				d.send(false, true)
			case "lose":
				d.send(true, false)
			case "arrive unheard":
				d.send(true, true)
			}
			shown, want := d.shown(), wanted[at]
			if shown.Gain != want.Gain || shown.Pain != want.Pain {
				t.Fatalf("the board shows %v and %v, wanted are %v and %v", shown.Gain, shown.Pain, want.Gain, want.Pain)
			}
		}
		for d.send(false, true) {
		}
		if diff := cmp.Diff(wanted[at], d.forge, same); diff != "" {
			t.Fatalf("the forge has something else:\n%s", diff)
		}
	})
}

func TestHistoryTellsWhatIsNextAndWhyNot(t *testing.T) {
	d := &diary{}
	for i := range Level(3) {
		d.do(SetGain{i, i + 1})
	}
	d.send(false, true)
	why := func() string {
		var out []string
		history, _, _ := d.history()
		for _, a := range history {
			switch {
			case a.Undo:
				out = append(out, a.Status.String()+": undo")
			case a.Redo:
				out = append(out, a.Status.String()+": redo")
			default:
				out = append(out, a.Status.String()+": "+a.Why)
			}
		}
		return strings.Join(out, "; ")
	}
	want := func(want string) {
		t.Helper()
		if got := why(); got != want {
			t.Fatalf("history tells\n%s\nnot\n%s", got, want)
		}
	}
	undo := func() { _, r, _ := d.history(); d.reverse(r) }
	want("pending: undo; pending: what was done after it comes first; sent: what was done after it comes first")
	undo()
	undo()
	want("taken back: what was taken back after it comes first; taken back: redo; sent: undo")
	undo()
	want("taken back: what was taken back after it comes first; taken back: what was taken back after it comes first; pending: redo")
	d.do(SetPain{None, Low})
	want("pending: undo; taken back: something new was done since it was taken back; " +
		"taken back: something new was done since it was taken back; pending: something new was done since it was taken back")
	d.entries[len(d.entries)-1].Status = Dropped
	want("discarded: it was discarded; taken back: something new was done since it was taken back; " +
		"taken back: something new was done since it was taken back; pending: something new was done since it was taken back")
}

func TestAReversalTellsWhatItDeletes(t *testing.T) {
	d := &diary{}
	d.do(SetGain{None, High}, AddComment{"Which host?"})
	if _, undo, _ := d.history(); len(undo.Deletes()) != 0 || len(undo.Leave) != 2 || len(undo.Enter) != 0 {
		t.Errorf("not sent: %+v", undo)
	}
	d.send(false, true)
	d.send(false, true)
	d.entries[1].Comment = 77
	_, undo, _ := d.history()
	want := []Change{RemoveComment{77, "Which host?"}, SetGain{High, None}}
	for i, e := range undo.Enter {
		if e.Edit.Change != want[i] {
			t.Errorf("sent: %d. is %#v", i+1, e.Edit.Change)
		}
	}
	if got := undo.Deletes(); len(undo.Enter) != 2 || len(got) != 1 || got[0] != "Which host?" {
		t.Errorf("deletes %q", got)
	}
	d.reverse(undo)
	if _, _, redo := d.history(); len(redo.Deletes()) != 0 || !redo.Brings || len(redo.Leave) != 2 {
		t.Errorf("brought back before it was sent: %+v", redo)
	}
}

func TestHistoryIsOfOnePersonAndHasAnEnd(t *testing.T) {
	d := &diary{}
	for range HistoryLength + 5 {
		d.do(SetGain{None, Low})
	}
	d.entries[len(d.entries)-1].By = NewLine("kira")
	history, undo, _ := Chronicle(d.entries, NewLine("anna"))
	if len(history) != HistoryLength || undo.Action != history[0].ID || history[0].ID == d.entries[len(d.entries)-1].ID {
		t.Fatalf("%d actions, the next is %d", len(history), undo.Action)
	}
	for n := range HistoryLength {
		_, undo, _ = Chronicle(d.entries, NewLine("anna"))
		if undo == nil {
			t.Fatalf("only %d can be taken back", n)
		}
		d.reverse(undo)
	}
	if _, undo, _ = Chronicle(d.entries, NewLine("anna")); undo != nil {
		t.Error("there is no end")
	}
	d.entries = d.entries[HistoryLength/2:]
	if history, _, redo := Chronicle(d.entries, NewLine("anna")); redo == nil || len(history) == HistoryLength {
		t.Errorf("of a part that is left: %d, %v", len(history), redo)
	}
}

// It is worked out anew whenever the outbox changes, which a key press may do.
func BenchmarkChronicle(b *testing.B) {
	d := &diary{}
	for i := range HistoryLength {
		d.do(SetGain{None, High}, SetPain{None, Low}, AddComment{"so"})
		if i%4 == 0 {
			_, undo, _ := d.history()
			d.reverse(undo)
		}
		for d.send(false, true) {
		}
	}
	for b.Loop() {
		d.history()
	}
}

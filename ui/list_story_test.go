package ui

import (
	"os"
	"testing"

	"docket/model"
)

// clicks clicks on a text on the screen.
func (p *person) clicks(text string) {
	p.t.Helper()
	p.grab(text)
	p.drop()
}

func TestAClickChoosesFromAListAndASecondOneTakesIt(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("m")
		p.clicks("parked for the weekly")
		p.sees("Move #13466 to")
		p.sent()
		p.clicks("Move #13466 to") // the border is no entry
		p.sent()
		p.clicks("parked for the weekly")
		p.misses("Move #13466 to")
		p.sent("#13466 move to next meeting, was waiting on reporter")
		p.press("j", "g", "h", "O")
		p.clicks("gain high")
		p.press("d", "y")
		p.sent("#13466 move to next meeting, was waiting on reporter")
	})
}

func TestAClickMarksALabel(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("e")
		first := p.app.dialogs[0].(*labelling)
		name := first.items[1].name
		p.clicks(name)
		if first.choices[1].on != first.choices[1].had {
			t.Fatal("the first click marks already")
		}
		p.clicks(name)
		if first.choices[1].on == first.choices[1].had {
			t.Fatalf("the second click does not mark %s", name)
		}
		p.sees("Labels of #13466")
	})
}

func TestALongListTellsHowMuchMoreThereIs(t *testing.T) {
	sit(t, 40, 12, sample(), func(p *person) {
		p.press("m")
		p.sees("↓ 3 more")
		p.press("up")
		p.sees("↑ 3 more")
		p.press("esc", "m")
		p.write("meet")
		p.misses("more")
		p.press("esc", "esc")
		var past []model.Action
		for i := range int64(20) {
			past = append(past, did(100-i, 20000-i, model.SetGain{To: model.High}))
		}
		p.desk.next(nil, nil, past...)
		p.send(nil)
		p.press("ctrl+u")
		p.sees("↓ 15 more")
		p.press("j", "j", "j", "j")
		p.sees("↑ 2  ↓ 13 more")
	})
}

func TestAClashInTheOutboxNamesWhatIsThrownAway(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("g", "h")
		p.desk.entry(p.desk.Snapshot().Outbox[0].ID, func(e *model.Entry) bool {
			// As the desk leaves it: on top of theirs.
			e.Status, e.Edit.Change = model.Clashed, model.SetGain{From: model.Low, To: model.High}
			e.Theirs = model.Theirs{Value: "low", By: model.Person{Login: model.NewLine("kira")}}
			return true
		})
		p.send(nil)
		p.press("O")
		p.sees("gain high", "kira set low meanwhile")
		p.misses("was low")
		p.press("d")
		p.sees("Keep theirs for #13466?", "Gain stays low. Yours is discarded: gain high")
		p.press("y")
		p.sees("Nothing waits here.", "Gain of #13466 stays low, set by kira; yours was dropped: gain high")
	})
}

func TestTheTabStripKeepsItsDistance(t *testing.T) {
	sit(t, 50, 15, sample(), func(p *person) {
		for range 4 {
			p.press("tab")
		}
		p.sees("\n‹ ")
	})
}

func TestADraftsFileEndsAsFilesDo(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	sit(t, 120, 35, sample(), func(p *person) {
		for text, want := range map[string]string{"": "", "all fine": "all fine\n"} {
			msg, ok := p.app.writeDraftFile(text)().(draftFileMsg)
			if got, err := os.ReadFile(msg.path); !ok || err != nil || string(got) != want {
				t.Errorf("the file of %q holds %q: %v", text, got, err)
			}
		}
	})
}

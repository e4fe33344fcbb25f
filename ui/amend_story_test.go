package ui

import (
	"testing"

	"docket/model"
)

// park parks the last change for good.
func (p *person) park() model.Entry {
	all := p.desk.Snapshot().Outbox
	e := all[len(all)-1]
	p.desk.entry(e.ID, func(e *model.Entry) bool {
		e.Status, e.Problem = model.Parked, &model.Problem{Kind: model.Forbidden}
		return true
	})
	p.send(nil)
	return e
}

func TestWhatEachChangeChoseIsChosenAgainInTheOutbox(t *testing.T) {
	for name, c := range map[string]struct {
		made, again []string
		sees, sent  string
	}{
		"a level":      {[]string{"g", "h"}, []string{"l"}, "Gain of #13466", "#13466 gain low, was none"},
		"a state":      {[]string{"m", "u", "r", "g", "enter"}, []string{"m", "e", "e", "t", "enter"}, "Move #13466 to", "#13466 move to next meeting, was waiting on reporter"},
		"an assignee":  {[]string{"a", "enter"}, []string{"j", "o", "n", "enter"}, "Assign #13466", "#13466 assign jonas"},
		"a due date":   {[]string{"d", "2", "0", "2", "7", "-", "0", "1", "-", "0", "2", "enter"}, []string{"2", "0", "2", "7", "-", "0", "3", "-", "0", "4", "enter"}, "Due date of #13466", "#13466 due 2027-03-04"},
		"a milestone":  {[]string{"I", "s", "p", "enter"}, []string{"a", "u", "t", "enter"}, "Milestone of #13466", "#13466 milestone autumn"},
		"back to that": {[]string{"g", "h"}, []string{"0"}, "d discards it instead", "#13466 gain high, was none"},
	} {
		for _, parked := range []bool{false, true} {
			sit(t, 120, 35, sample(), func(p *person) {
				p.press(c.made...)
				if parked {
					p.park()
				}
				p.press("O", "e")
				if name != "back to that" {
					p.sees(c.sees)
				}
				p.press(c.again...)
				if name == "back to that" {
					p.sees(c.sees)
				}
				p.sent(c.sent)
				if e := p.desk.Snapshot().Outbox[0]; e.Stuck() && name != "back to that" {
					t.Errorf("%s stays %s", name, e.Status)
				}
			})
		}
	}
}

func TestWhatCanNotBeChosenAgainIsToldKindly(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("g", "h", "g", "l", "O", "home", "e")
		p.sees("A later change of the same waits, too")
		p.press("j", "e", "m")
		p.sent("#13466 gain high, was none", "#13466 gain medium, was high")
		p.desk.entry(p.desk.Snapshot().Outbox[0].ID, func(e *model.Entry) bool { e.Edit.Change = model.AddLabel{Name: model.NewLine("dns")}; return true })
		p.send(nil)
		p.press("home", "e")
		p.sees("A label is on or off")
	})
}

package ui

import "testing"

func TestAWholeNameIsMeantBeforeWhatOnlyMentionsIt(t *testing.T) {
	p := newPicker("Views", []item{{name: "Quick wins", about: "gain:high"}, {name: "Hi"}, {name: "Old"}})
	p.input.SetValue("hi")
	if got := p.matching(); len(got) != 2 || got[0].name != "Hi" {
		t.Errorf("hi finds %+v", got)
	}
}

package ui

import (
	"strings"
	"testing"

	"docket/model"
)

func TestANoticeGoesWithTheNextThingDone(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("c", "ctrl+s")
		p.sees("Write something first")
		p.write("t")
		p.misses("Write something first")
		p.press("esc")
		p.sees("The draft is kept for next time")
		p.press("c")
		p.misses("The draft is kept")
		p.sees("ctrl+s send")
		p.press("ctrl+s")
		p.sent("#13466 comment: t")
		p.press("r")
		p.sees("Syncing now")
		p.press("j")
		p.misses("Syncing now")
	})
}

func TestANoToNewLabelsTellsNoMoreThanIsTrue(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.desk.alter(func(s *model.Snapshot) {
			s.Repos[0].Missing = (model.Scheme{}).Missing(nil)
		})
		p.send(nil)
		p.press("g", "h", "n")
		p.sees("Nothing was changed")
		p.misses("draft")
		p.press("g", "h")
		p.misses("Nothing was changed")
		p.press("y")
		p.misses("Nothing was changed")
		p.sent("#13466 gain high, was none")
	})
}

func TestAQuestionTellsItsKeysOnce(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.press("g", "h", "O", "d")
		if n := strings.Count(p.screen(), "y yes"); n != 1 {
			t.Errorf("the keys are told %d times:\n%s", n, p.screen())
		}
	})
}

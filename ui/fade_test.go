package ui

import (
	"runtime"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

// Many pictures in a second, each with news, and a notice now and then: that
// leaves no timer behind for each, and everything fades in its time.
func TestNewsLeaveNoTimersBehind(t *testing.T) {
	sit(t, 200, 50, sample(), func(p *person) {
		card := p.app.columns.selected()
		before, most := runtime.NumGoroutine(), 0
		for n := range 400 {
			p.desk.alter(func(s *model.Snapshot) {
				news := *card
				news.Changed = p.app.Now()
				s.Board = s.Board.With([]*model.Card{&news})
			})
			p.send(tea.FocusMsg{}) // all that is there
			if n%7 == 0 {
				p.send(noticeMsg{"News"})
			}
			most = max(most, runtime.NumGoroutine()-before)
			time.Sleep(50 * time.Millisecond)
		}
		if most > 8 || most == 0 {
			t.Errorf("there were %d goroutines more than at rest", most)
		}
		p.sees("News")
		time.Sleep(noticeFor)
		p.send(tea.FocusMsg{})
		p.misses("News")
		time.Sleep(freshFor)
		p.send(tea.FocusMsg{})
		if now := runtime.NumGoroutine(); now > before {
			t.Errorf("%d goroutines have nothing to do any more", now-before)
		}
	})
}

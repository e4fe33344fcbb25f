package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// fadeMsg comes when a mark or a notice has been shown long enough.
type fadeMsg struct{ at time.Time }

// fade wakes the board when the next mark or notice has been shown long enough.
// A timer that rings no later serves for it, too: while colleagues work there
// are many pictures in a second, and each would leave its own behind.
func (a *App) fade() tea.Cmd {
	next := a.nextFade()
	if next.IsZero() || a.fading.After(a.now) && !next.Before(a.fading) {
		return nil
	}
	a.fading = next
	return tea.Tick(next.Sub(a.now), func(time.Time) tea.Msg { return fadeMsg{next} })
}

// faded goes on to what fades next. For the rest, now has moved on, and View
// draws by it.
func (a *App) faded(m fadeMsg) tea.Cmd {
	if m.at.Equal(a.fading) {
		a.fading = time.Time{}
	}
	return a.fade()
}

// nextFade returns when the next thing on the screen will have been shown long
// enough; zero when there is none.
func (a *App) nextFade() (next time.Time) {
	sooner := func(until time.Time) {
		if until.After(a.now) && (next.IsZero() || until.Before(next)) {
			next = until
		}
	}
	if a.notice.text != "" {
		sooner(a.notice.until)
	}
	for i := range a.columns.board.Columns {
		for _, c := range a.columns.onScreen(i) {
			sooner(c.Changed.Add(freshFor))
		}
	}
	return next
}

package ui

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// BenchmarkKey measures what a key press costs: Update and View together, on a
// screen of 200 columns and 50 rows. It must not grow with the number of
// tickets: compare the sizes.
func BenchmarkKey(b *testing.B) {
	for _, n := range []int{500, 5000, 15000} {
		tickets := many(n)
		for _, story := range []struct {
			name string
			keys []string
		}{
			{"move", []string{"j", "j", "l", "k", "k", "h"}},
			{"page", []string{"pgdown", "pgup"}},
			{"level", []string{"g", "h", "g", "l"}},
			{"dialog", []string{"m", "down", "up", "esc"}},
			{"query", []string{"/", "r", "e", "g", " ", "g", "a", "i", "n", ":", "h", "i", "g", "h", "esc"}},
			{"palette", []string{":", "m", "o", "down", "esc"}},
		} {
			b.Run(fmt.Sprintf("%s/%d", story.name, n), func(b *testing.B) {
				desk := newMemoryDesk(tickets...)
				a := New(b.Context(), Options{Desk: desk, Settings: DefaultSettings(), Now: func() time.Time { return noon }, Dark: true})
				a.Update(tea.WindowSizeMsg{Width: 200, Height: 50})
				keys := make([]tea.KeyPressMsg, len(story.keys))
				for i, k := range story.keys {
					keys[i] = keyPress(k)
				}
				a.View()
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					a.Update(keys[i%len(keys)])
					a.View()
					if i++; i%1000 == 0 {
						desk.forgetOutbox()
						a.take(desk.Snapshot())
					}
				}
			})
		}
	}
}

// BenchmarkOverviewKey measures the same within the matrix and the numbers, once
// they are counted.
func BenchmarkOverviewKey(b *testing.B) {
	for _, n := range []int{500, 5000, 15000} {
		tickets := many(n)
		for _, story := range []struct {
			name, open string
			keys       []string
		}{
			{"matrix", "M", []string{"down", "right", "right", "right", "down", "pgdown", "left", "up"}},
			{"put", "M", []string{"7", "1", "6"}},
			{"numbers", "S", []string{"down", "pgdown", "up", "end", "home"}},
		} {
			b.Run(fmt.Sprintf("%s/%d", story.name, n), func(b *testing.B) {
				desk := newMemoryDesk(tickets...)
				a := New(b.Context(), Options{Desk: desk, Settings: DefaultSettings(), Now: func() time.Time { return noon }, Dark: true})
				a.Update(tea.WindowSizeMsg{Width: 200, Height: 50})
				_, cmd := a.Update(keyPress(story.open))
				switch d := a.dialogs[0].(type) {
				case *matrix:
					a.Update(d.renewed(a)())
				case *numbers:
					a.Update(d.ask(a)())
				default:
					b.Fatal(cmd)
				}
				keys := make([]tea.KeyPressMsg, len(story.keys))
				for i, k := range story.keys {
					keys[i] = keyPress(k)
				}
				a.View()
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					a.Update(keys[i%len(keys)])
					a.View()
					if i++; i%100 == 0 && story.name == "put" { // the outbox of a test is not made for more
						b.StopTimer()
						desk.forgetOutbox()
						a.take(desk.Snapshot())
						b.StartTimer()
					}
				}
			})
		}
	}
}

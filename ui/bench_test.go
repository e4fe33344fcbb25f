package ui

import (
	"fmt"
	"io"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
)

// BenchmarkKey measures what a key press costs: Update and View together, on a
// screen of 200 columns and 50 rows. It must not grow with the number of
// tickets: compare the sizes.
func BenchmarkKey(b *testing.B) {
	for _, n := range []int{500, 5000} {
		tickets := many(n)
		for _, story := range []struct {
			name string
			keys []string
		}{
			{"move", []string{"j", "j", "l", "k", "k", "h"}},
			{"page", []string{"pgdown", "pgup"}},
			{"level", []string{"g", "h", "g", "l"}},
			{"dialog", []string{"m", "down", "up", "esc"}},
		} {
			b.Run(fmt.Sprintf("%s/%d", story.name, n), func(b *testing.B) {
				desk := newMemoryDesk(tickets...)
				a := New(b.Context(), Options{Desk: desk, Keys: keymap.Default(), Workflow: model.DefaultWorkflow(), Now: func() time.Time { return noon }, Dark: true})
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

// BenchmarkTold measures the same for a board that is told.
func BenchmarkTold(b *testing.B) {
	for _, n := range []int{500, 5000} {
		b.Run(fmt.Sprintf("move/%d", n), func(b *testing.B) {
			a := New(b.Context(), Options{
				Desk: newMemoryDesk(many(n)...), Keys: keymap.Default(), Workflow: model.DefaultWorkflow(),
				Now: func() time.Time { return noon }, Accessible: true, transcript: io.Discard,
			})
			a.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
			keys := []tea.KeyPressMsg{keyPress("j"), keyPress("l"), keyPress("k"), keyPress("h")}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				a.Update(keys[i%len(keys)])
				a.voice.pending.Reset()
			}
		})
	}
}

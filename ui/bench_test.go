package ui

import (
	"fmt"
	"io"
	"strings"
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
	for _, n := range []int{500, 5000, 15000} {
		tickets := many(n)
		inLanes := func(a *App) { a.sort, a.lanes = "-updated", model.ByAssignee }
		for _, story := range []struct {
			name string
			keys []string
			as   func(a *App)
		}{
			{"move", []string{"j", "j", "l", "k", "k", "h"}, nil},
			{"page", []string{"pgdown", "pgup"}, nil},
			{"level", []string{"g", "h", "g", "l"}, nil},
			{"dialog", []string{"m", "down", "up", "esc"}, nil},
			{"lanes-move", []string{"j", "j", "l", "k", "k", "h"}, inLanes},
			{"lanes-page", []string{"pgdown", "pgup"}, inLanes},
			{"lanes-ends", []string{"end", "home"}, inLanes},
			{"lanes-level", []string{"g", "h", "g", "l"}, inLanes},
			{"query", []string{"/", "r", "e", "g", " ", "g", "a", "i", "n", ":", "h", "i", "g", "h", "esc"}, nil},
			{"palette", []string{":", "m", "o", "down", "esc"}, nil},
		} {
			b.Run(fmt.Sprintf("%s/%d", story.name, n), func(b *testing.B) {
				desk := newMemoryDesk(tickets...)
				a := New(b.Context(), Options{Desk: desk, Settings: DefaultSettings(), Now: func() time.Time { return noon }, Dark: true})
				if story.as != nil {
					story.as(a)
					a.rearrange()
					findNow(a)
				}
				a.Update(tea.WindowSizeMsg{Width: 200, Height: 50})
				typing(b, a, story.keys, func(done int) {
					if done%1000 == 0 {
						desk.forgetOutbox()
						a.take(desk.Snapshot())
					}
				})
			})
		}
	}
}

// typing presses keys over and over, and draws after each; between is called with
// how many were pressed.
func typing(b *testing.B, a *App, names []string, between func(done int)) {
	keys := make([]tea.KeyPressMsg, len(names))
	for i, k := range names {
		keys[i] = keyPress(k)
	}
	a.View()
	b.ReportAllocs()
	done := 0
	for b.Loop() {
		a.Update(keys[done%len(keys)])
		a.View()
		done++
		between(done)
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
				typing(b, a, story.keys, func(done int) {
					if done%100 == 0 && story.name == "put" { // the outbox of a test is not made for more
						b.StopTimer()
						desk.forgetOutbox()
						a.take(desk.Snapshot())
						b.StartTimer()
					}
				})
			})
		}
	}
}

// BenchmarkKeyWithMarks is BenchmarkKey while all tickets are marked. What
// grows with their number is made in Cmds, which are not run here:
// BenchmarkPlan measures the largest.
func BenchmarkKeyWithMarks(b *testing.B) {
	for _, n := range []int{1000, 15000} {
		tickets := many(n)
		for _, story := range []struct {
			name string
			keys []string
		}{
			{"move", []string{"j", "j", "l", "k", "k", "h"}},
			{"mark", []string{" ", "k", " ", "k"}},
			{"range", []string{"V", "j", "j", "V", "k", "k"}},
			{"plan", []string{"g", "h", "esc"}},
			{"all", []string{"ctrl+a"}},
		} {
			b.Run(fmt.Sprintf("%s/%d", story.name, n), func(b *testing.B) {
				a := New(b.Context(), Options{Desk: newMemoryDesk(tickets...), Settings: DefaultSettings(), Now: func() time.Time { return noon }, Dark: true})
				a.Update(tea.WindowSizeMsg{Width: 200, Height: 50})
				a.columns.marks.set = a.columns.marks.set.With(refsOf(a.snap.Board.All())...)
				typing(b, a, story.keys, func(int) {})
			})
		}
	}
}

// BenchmarkFrameBehindMany measures a frame while the changes of an action on
// all tickets wait.
func BenchmarkFrameBehindMany(b *testing.B) {
	for _, n := range []int{100, 15000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			desk := newMemoryDesk(many(15000)...)
			desk.remembers = true
			a := New(b.Context(), Options{Desk: desk, Settings: DefaultSettings(), Now: func() time.Time { return noon }, Dark: true})
			a.Update(tea.WindowSizeMsg{Width: 200, Height: 50})
			desk.alter(func(s *model.Snapshot) {
				for i, c := range s.Board.All()[:n] {
					s.Outbox = append(s.Outbox, model.Entry{ID: int64(i) + 1, Group: 1, Edit: model.Edit{Ref: c.Ref, Change: model.AddComment{Text: "x"}}, Status: model.Pending})
				}
			})
			a.take(desk.Snapshot())
			for b.Loop() {
				a.Update(keyPress("j"))
				a.View()
			}
		})
	}
}

// BenchmarkEditor types a letter at the end of a comment: the text field does
// its work for the whole text.
func BenchmarkEditor(b *testing.B) {
	for _, letters := range []int{0, 3_500, 53_000} {
		b.Run(fmt.Sprint(letters), func(b *testing.B) {
			a := still(b, 120, 35, newMemoryDesk(sample()...))
			rest(a, a.do(keymap.Comment))
			a.Update(tea.PasteMsg{Content: strings.Repeat("a line of some words as people write\n", letters/36)})
			for b.Loop() {
				a.Update(tea.KeyPressMsg{Code: 'x', Text: "x"})
				a.View()
			}
		})
	}
}

// BenchmarkPlan measures what happens beside the screen before an action on
// 15,000 tickets is shown.
func BenchmarkPlan(b *testing.B) {
	desk := newMemoryDesk(many(15000)...)
	a := New(b.Context(), Options{Desk: desk, Settings: DefaultSettings(), Now: func() time.Time { return noon }, Dark: true})
	a.columns.marks.set = a.columns.marks.set.With(refsOf(a.snap.Board.All())...)
	deed := model.Recipe{Name: "x", State: model.OnReporter, Comment: "@{{.Author}}, #{{.Number}}?"}.Deed(model.Kitchen{
		Workflow: a.Workflow, Now: noon, Repos: a.snap.Repos,
	})
	for b.Loop() {
		cmd := a.plan(intent{what: "x", needs: mayTriage, deed: deed})
		if msg, ok := cmd().(plannedMsg); !ok || msg.Changes < 15000 {
			b.Fatal("no plan")
		}
		a.dialogs = nil
	}
}

// BenchmarkArrange is what sorting the board and cutting it into lanes takes
// beside the screen.
func BenchmarkArrange(b *testing.B) {
	for _, n := range []int{500, 5000, 15000} {
		a := New(b.Context(), Options{Desk: newMemoryDesk(many(n)...), Settings: DefaultSettings(), Now: func() time.Time { return noon }})
		a.sort, a.lanes = "-updated", model.ByAssignee
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				a.search()()
			}
		})
	}
}

// BenchmarkTold measures the same for a board that is told.
func BenchmarkTold(b *testing.B) {
	for _, n := range []int{500, 5000} {
		b.Run(fmt.Sprintf("move/%d", n), func(b *testing.B) {
			a := New(b.Context(), Options{
				Desk: newMemoryDesk(many(n)...), Settings: DefaultSettings(),
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

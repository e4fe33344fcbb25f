package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

// endless is a ticket with n comments such as people and machines write.
func endless(n int) (*memoryDesk, model.Ref) {
	mine := ticket(13512, "It never ends", func(t *model.Ticket) {
		for i := range 200 {
			t.Labels = append(t.Labels, model.NewLine(fmt.Sprintf("label %d of many", i)))
		}
	})
	desk := newMemoryDesk(append([]model.Ticket{mine}, sample()[1:]...)...)
	thread := model.Thread{Ref: mine.Ref, Body: model.NewProse("How it began."), Complete: true, Told: true}
	for i := range n {
		thread.Comments = append(thread.Comments, model.Comment{
			Ref: mine.Ref, ID: int64(i + 1), Author: mine.Author, Created: noon,
			Body: model.NewProse(fmt.Sprintf("Comment %d, with *some* `code` and a [link](https://x.y/%d).\n\n- one\n- two\n", i+1, i)),
		})
	}
	desk.threads[mine.Ref] = thread
	return desk, mine.Ref
}

// opened opens a ticket and does what the first Cmds bring, until it has lines.
// It returns what is still under way.
func opened(a *App, ref model.Ref) tea.Cmd {
	_, cmd := a.Update(a.openTicket(ref)())
	for a.pane.lines == nil {
		_, cmd = a.Update(cmd())
	}
	return cmd
}

func TestAThreadThatNeverEndsIsReadFromItsBeginning(t *testing.T) {
	const n = 1000
	desk, ref := endless(n)
	a := still(t, 200, 50, desk)
	under := opened(a, ref)
	first := len(a.pane.lines)
	if first < 50 || first > 1000 {
		t.Fatalf("%d lines are shown first", first)
	}
	if screen := a.View().Content; !strings.Contains(screen, "Comment 1") || !strings.Contains(screen, "more lines…") {
		t.Fatal("the beginning is not on the screen")
	}
	rest(a, under)
	a.scrollPane(1 << 20)
	labels := len(a.labelLines(a.pane.width)) + 1 // behind all comments
	a.scrollPane(-labels)
	if screen := a.View().Content; !strings.Contains(screen, fmt.Sprintf("Comment %d", n)) {
		t.Fatalf("the end is not on the screen:\n%s", screen)
	}

	// Another comment comes: those that were read are not rendered again, and the
	// person stays where they are.
	all, top := len(a.pane.lines), a.pane.top
	thread := desk.threads[ref]
	thread.Comments = append(thread.Comments, model.Comment{Ref: ref, ID: n + 1, Created: noon, Body: model.NewProse("One more.")})
	desk.threads[ref] = thread
	rest(a, a.askThread())
	if a.pane.top != top || len(a.pane.lines) != all+3 {
		t.Errorf("%d lines from %d became %d from %d", all, top, len(a.pane.lines), a.pane.top)
	}
	if got := a.pane.lines[len(a.pane.lines)-1-labels].text; !strings.Contains(got, "One more.") {
		t.Errorf("the last line is %q", got)
	}
}

func TestAnOldRenderingIsNotMixedWithANewOne(t *testing.T) {
	desk, ref := endless(300)
	a := still(t, 200, 50, desk)
	old := opened(a, ref)
	_, fresh := a.Update(tea.WindowSizeMsg{Width: 160, Height: 50})
	rest(a, old) // comes to nothing
	if a.pane.wants == 0 {
		t.Fatal("the rendering for the new width has ended with the old one")
	}
	rest(a, fresh)
	want := still(t, 160, 50, desk)
	rest(want, want.openTicket(ref))
	if len(a.pane.lines) != len(want.pane.lines) {
		t.Fatalf("%d lines instead of %d", len(a.pane.lines), len(want.pane.lines))
	}
	for i, line := range want.pane.lines {
		if a.pane.lines[i].text != line.text {
			t.Fatalf("line %d is %q, not %q", i, a.pane.lines[i].text, line.text)
		}
	}
}

func TestLongTextIsCutIntoPiecesAndLosesNothing(t *testing.T) {
	var b strings.Builder
	for i := range 3000 {
		switch {
		case i == 1000, i == 1600:
			b.WriteString("```\n")
		case i < 1000 && i%7 == 0:
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "word%d\n", i)
	}
	var all strings.Builder
	for i, piece := range pieces(model.NewProse(b.String())) {
		if len(piece) > 2*pieceSize {
			t.Errorf("piece %d has %d bytes", i, len(piece))
		}
		if n := strings.Count(piece, "```"); n%2 != 0 {
			t.Errorf("piece %d has %d fences", i, n)
		}
		all.WriteString(piece + "\n")
	}
	words := strings.Fields(strings.ReplaceAll(all.String(), "```", ""))
	for i, w := range words {
		if w != fmt.Sprintf("word%d", i) {
			t.Fatalf("word %d is %s", i, w)
		}
	}
	if len(words) != 3000 {
		t.Errorf("%d words are left", len(words))
	}
	for _, p := range pieces(model.NewProse(strings.Repeat("漢", pieceSize))) {
		if strings.Trim(p, "漢\n") != "" {
			t.Errorf("a character was cut: %q", strings.Trim(p, "漢\n"))
		}
	}
}

// BenchmarkOpenLong measures how long a ticket takes from the key to its first
// lines on the screen, each kind being the worst of its sort.
func BenchmarkOpenLong(b *testing.B) {
	for _, c := range []struct{ name, body string }{
		{"prose 1 MiB", strings.Repeat("plain words here and *there* are many.\n\n", 1<<20/40)},
		{"one word 1 MiB", strings.Repeat("x", 1<<20)},
		{"quotes 1 MiB", strings.Repeat("> word *x*\n", 1<<20/11)},
		{"headings 1 MiB", strings.Repeat("# a\n", 1<<20/4)},
		{"nested 1 MiB", strings.Repeat("- ", 1<<19)},
		{"comments 10000", ""},
	} {
		b.Run(c.name, func(b *testing.B) {
			desk, ref := endless(10000)
			if c.body != "" {
				desk.threads[ref] = model.Thread{Ref: ref, Body: model.NewProse(c.body), Complete: true, Told: true}
			}
			a := still(b, 200, 50, desk)
			for b.Loop() {
				a.pane = nil
				opened(a, ref)
				a.View()
			}
		})
	}
}

// BenchmarkScrollLong measures a key press in a ticket with 10,000 comments.
func BenchmarkScrollLong(b *testing.B) {
	for _, n := range []int{10, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			desk, ref := endless(n)
			a := still(b, 200, 50, desk)
			rest(a, a.openTicket(ref))
			down, up := keyPress("pgdown"), keyPress("pgup")
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if i%20 < 10 {
					a.Update(down)
				} else {
					a.Update(up)
				}
				a.View()
			}
		})
	}
}

package uitest

import (
	"fmt"
	"strings"
	"time"
)

// WaitFor waits until all the texts are on the screen at once.
func (t *Terminal) WaitFor(texts ...string) {
	t.tb.Helper()
	t.waitUntil(fmt.Sprintf("%q on the screen", texts), func(screen string) bool {
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	})
}

// WaitGone waits until none of the texts is on the screen.
func (t *Terminal) WaitGone(texts ...string) {
	t.tb.Helper()
	t.waitUntil(fmt.Sprintf("%q gone from the screen", texts), func(screen string) bool {
		for _, text := range texts {
			if strings.Contains(screen, text) {
				return false
			}
		}
		return true
	})
}

// WaitUntil waits until the screen is as wanted. Only whole frames are looked
// at. It ends the test, and shows the screen, when Patience ends, or when the
// program does and its last screen is not the wanted one.
func (t *Terminal) WaitUntil(wanted func(screen string) bool) {
	t.tb.Helper()
	t.waitUntil("another screen", wanted)
}

func (t *Terminal) waitUntil(what string, wanted func(screen string) bool) {
	t.tb.Helper()
	t.await(what, func() bool {
		if !t.screen.whole() && !t.hasExited() {
			return false
		}
		return wanted(t.screen.cells().String())
	})
}

// await looks once, and again whenever the program has sent something or ended.
func (t *Terminal) await(what string, seen func() bool) {
	t.tb.Helper()
	deadline := time.NewTimer(t.Patience)
	defer deadline.Stop()
	for {
		// Take the channel before looking: what comes in between is then noticed.
		changed, ended := t.nextChange(), t.hasExited()
		if seen() {
			return
		}
		if ended {
			t.tb.Fatalf("waited for %s, but the program has ended (%s); its last screen:\n%s",
				what, t.cmd.ProcessState, framed(t.screen.cells()))
		}
		select {
		case <-changed:
		case <-deadline.C:
			t.tb.Fatalf("waited %v for %s; the screen is:\n%s", t.Patience, what, framed(t.screen.cells()))
		}
	}
}

func (t *Terminal) nextChange() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.changed
}

// Mark is a moment in a program's output; see Terminal.Mark.
type Mark int64

// Mark remembers how much the program has sent until now.
func (t *Terminal) Mark() Mark {
	t.mu.Lock()
	defer t.mu.Unlock()
	return Mark(t.written)
}

// BytesSince returns how many bytes the program has sent to the terminal since
// the mark: what a person on a slow line waits for.
func (t *Terminal) BytesSince(mark Mark) int {
	return int(t.Mark() - mark)
}

// WaitQuiet waits until the program has sent nothing for that long.
func (t *Terminal) WaitQuiet(silence time.Duration) {
	t.tb.Helper()
	deadline := time.After(t.Patience)
	for {
		changed := t.nextChange()
		select {
		case <-changed:
			if t.hasExited() {
				return
			}
		case <-time.After(silence):
			return
		case <-deadline:
			t.tb.Fatalf("the program was never quiet for %v within %v", silence, t.Patience)
		}
	}
}

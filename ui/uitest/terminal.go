package uitest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/creack/pty"
)

// Terminal is a program on a screen. Its methods are for the test's own
// goroutine: those that wait end the test when they have waited too long.
type Terminal struct {
	// Patience is how long a method waits for what it was asked to see before
	// it ends the test. Start sets it to 20 seconds: on a good day nothing takes
	// that long, and on a loaded machine it is no reason to fail.
	Patience time.Duration

	far    time.Duration // how long bytes travel, either way
	wire   *wire         // to the program; nil when they need no time
	tb     testing.TB
	cmd    *exec.Cmd
	pty    *os.File
	screen *screen
	exited chan struct{} // closed when the program has ended and its output is drawn

	escape *escape // the last key, if it was a bare escape

	mu      sync.Mutex
	written int64         // bytes that the program has sent
	changed chan struct{} // closed and replaced when the program has sent something or ended
}

// Start runs the program in a terminal of that size, in columns and rows. A
// command without an environment gets Env. When the test ends, the program is
// killed if it still runs; when the test has failed, its screen is shown.
func Start(tb testing.TB, width, height int, cmd *exec.Cmd) *Terminal {
	tb.Helper()
	return StartFar(tb, width, height, 0, cmd)
}

// StartFar is Start for a terminal at the other end of a slow line: whatever the
// program sends, and whatever is typed, arrives that much later, in order.
func StartFar(tb testing.TB, width, height int, delay time.Duration, cmd *exec.Cmd) *Terminal {
	tb.Helper()
	if cmd.Env == nil {
		cmd.Env = Env(tb)
	}
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)})
	if err != nil {
		tb.Fatalf("starting %s in a terminal: %v", cmd, err)
	}
	t := &Terminal{Patience: 20 * time.Second, far: delay, tb: tb, cmd: cmd, pty: tty,
		screen: newScreen(width, height), exited: make(chan struct{}), changed: make(chan struct{})}
	if delay > 0 {
		t.wire = newWire(delay, func(b []byte) { _, _ = tty.Write(b) }) // who has ended does not listen
	}
	output, reaped := make(chan []byte), make(chan struct{})
	go t.read(output)
	go t.draw(output, reaped)
	go t.answer()
	go t.reap(reaped)
	tb.Cleanup(t.close)
	return t
}

// read passes on what the program sends until nobody has the terminal open any
// more. A program that it started in turn may hold it open for ever: then read
// stays behind when draw has gone.
func (t *Terminal) read(output chan<- []byte) {
	deliver := func(b []byte) {
		select {
		case output <- b:
		case <-t.exited:
		}
	}
	if t.far > 0 {
		slow := newWire(t.far, deliver)
		deliver = slow.send
		defer func() { slow.hangUp(); close(output) }()
	} else {
		defer close(output)
	}
	buffer := make([]byte, 32<<10)
	for {
		n, err := t.pty.Read(buffer)
		if err != nil {
			return
		}
		deliver(bytes.Clone(buffer[:n]))
		if t.hasExited() {
			return
		}
	}
}

// toProgram sends bytes to the program.
func (t *Terminal) toProgram(b []byte) error {
	if t.wire != nil {
		t.wire.send(bytes.Clone(b))
		return nil
	}
	_, err := t.pty.Write(b)
	return err
}

// draw puts the program's output on the screen. A read may end within a
// character of several bytes or of several code points, which the emulator
// would draw as two: a tail that is not ASCII waits a moment for its rest.
func (t *Terminal) draw(output <-chan []byte, reaped <-chan struct{}) {
	const moment, farewell = 10 * time.Millisecond, time.Second
	var held []byte
	var incomplete, hungUp <-chan time.Time
	for output != nil {
		select {
		case chunk, more := <-output:
			if !more {
				output = nil
			}
			held = append(held, chunk...)
			cut := len(bytes.TrimRightFunc(held, func(r rune) bool { return r >= utf8.RuneSelf }))
			t.show(held[:cut], len(chunk))
			incomplete = nil
			if held = bytes.Clone(held[cut:]); len(held) > 0 {
				incomplete = time.After(moment)
			}
		case <-incomplete:
			t.show(held, 0)
			held, incomplete = nil, nil
		case <-reaped:
			reaped, hungUp = nil, time.After(farewell)
		case <-hungUp:
			output = nil
		}
	}
	if reaped != nil {
		<-reaped
	}
	t.screen.write(held)
	close(t.exited)
	t.show(nil, 0)
}

// reap waits for the program's end.
func (t *Terminal) reap(reaped chan<- struct{}) {
	_ = t.cmd.Wait()
	close(reaped)
}

// show draws and wakes whoever waits.
func (t *Terminal) show(output []byte, received int) {
	t.screen.write(output)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.written += int64(received)
	close(t.changed)
	t.changed = make(chan struct{})
}

// answer gives the emulator's replies to the program until hangUp. It goes on
// draining when the program no longer listens, so that drawing never blocks.
func (t *Terminal) answer() {
	buffer := make([]byte, 4<<10)
	for {
		n, err := t.screen.answers().Read(buffer)
		_ = t.toProgram(buffer[:n])
		if err != nil {
			return
		}
	}
}

func (t *Terminal) close() {
	_ = t.cmd.Process.Kill()
	<-t.exited
	if t.tb.Failed() {
		t.tb.Logf("the screen at the end:\n%s", framed(t.screen.cells()))
	}
	t.screen.hangUp()
	if t.wire != nil {
		t.wire.hangUp()
	}
	_ = t.pty.Close()
}

// Screen returns the text on the screen, rows without the spaces at their end,
// after the frame that is being drawn, if any, is whole.
func (t *Terminal) Screen() string { return t.Cells().String() }

// Cells returns the screen with its looks; see Screen.
func (t *Terminal) Cells() Cells {
	t.tb.Helper()
	// A program that was killed amid a frame never finishes it.
	t.await("a whole frame", func() bool { return t.screen.whole() || t.hasExited() })
	return t.screen.cells()
}

// Cursor returns the cell that the cursor is on.
func (t *Terminal) Cursor() (x, y int) {
	t.screen.mu.Lock()
	defer t.screen.mu.Unlock()
	at := t.screen.vt.CursorPosition()
	return at.X, at.Y
}

// Title returns the window title that the program has set.
func (t *Terminal) Title() string {
	t.screen.mu.Lock()
	defer t.screen.mu.Unlock()
	return t.screen.title
}

// Deeds returns what the program has done to the terminal beside drawing, in
// order and in words: "title docket: Infra", "clipboard https://…", "bell",
// "mode 8 off" with the number of an ECMA-48 or a private mode, sequences that
// the emulator does not know.
func (t *Terminal) Deeds() []string {
	t.screen.mu.Lock()
	defer t.screen.mu.Unlock()
	return slices.Clone(t.screen.deeds)
}

// Resize changes the size of the terminal, which the program is told by a
// signal.
func (t *Terminal) Resize(width, height int) {
	t.tb.Helper()
	t.screen.resize(width, height)
	if err := pty.Setsize(t.pty, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)}); err != nil {
		t.tb.Fatalf("resizing the terminal: %v", err)
	}
}

// Wait waits for the program's end and returns its exit code, or -1 if a
// signal ended it.
func (t *Terminal) Wait() int {
	t.tb.Helper()
	t.await("the end of the program", t.hasExited)
	return t.cmd.ProcessState.ExitCode()
}

// Kill ends the program as kill -9 does and waits until it is gone.
func (t *Terminal) Kill() {
	t.tb.Helper()
	if err := t.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.tb.Fatal(err)
	}
	t.await("the end of the killed program", t.hasExited)
}

func (t *Terminal) hasExited() bool {
	select {
	case <-t.exited:
		return true
	default:
		return false
	}
}

func framed(c Cells) string {
	var b strings.Builder
	width := 0
	if len(c) > 0 {
		width = len(c[0])
	}
	edge := "+" + strings.Repeat("-", width) + "+"
	fmt.Fprintln(&b, edge)
	for y := range c {
		fmt.Fprintln(&b, "|"+c.Row(y))
	}
	b.WriteString(edge)
	return b.String()
}

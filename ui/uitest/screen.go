package uitest

import (
	"io"
	"strings"
	"sync"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// screen is the emulated terminal. Its methods may be called from any
// goroutine; vt.Emulator's may not, hence the mutex.
type screen struct {
	mu    sync.Mutex
	vt    *vt.Emulator
	modes map[ansi.Mode]bool // that the program has switched on
	title string
}

// capabilities are what the terminal can before the program's first byte:
// synchronised updates and grapheme widths are known, but off, so that a program
// that asks learns that it may use them. A line feed stays in its column: it is
// the pseudo-terminal's driver that makes it return, while a program lets it.
const capabilities = "\x1b[?2026l\x1b[?2027l"

func newScreen(width, height int) *screen {
	s := &screen{vt: vt.NewEmulator(width, height), modes: map[ansi.Mode]bool{}}
	s.vt.SetCallbacks(vt.Callbacks{
		EnableMode:  func(m ansi.Mode) { s.modes[m] = true },
		DisableMode: func(m ansi.Mode) { delete(s.modes, m) },
		Title:       func(title string) { s.title = title },
	})
	_, _ = s.vt.WriteString(capabilities)
	return s
}

// answers returns what the emulator says to the program: replies to queries.
// It must be drained all the time, or writing to the screen blocks.
func (s *screen) answers() io.Reader { return s.vt }

// hangUp ends answers. The emulator's own Close races with its Read.
func (s *screen) hangUp() {
	if pipe, ok := s.vt.InputPipe().(io.Closer); ok {
		_ = pipe.Close()
	}
}

func (s *screen) write(output []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, _ = s.vt.Write(output)
}

func (s *screen) resize(width, height int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.vt.Resize(width, height)
}

// whole says whether the last frame has been drawn to its end: none is being
// drawn while no synchronised update is open.
func (s *screen) whole() bool { return !s.has(ansi.ModeSynchronizedOutput) }

// has says whether the program has switched a mode on.
func (s *screen) has(m ansi.Mode) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.modes[m]
}

func (s *screen) cells() Cells {
	s.mu.Lock()
	defer s.mu.Unlock()
	grid := make(Cells, s.vt.Height())
	for y := range grid {
		grid[y] = make([]Cell, s.vt.Width())
		for x := range grid[y] {
			grid[y][x] = cellOf(s.vt.CellAt(x, y))
		}
	}
	return grid
}

// Screen shows a string on a terminal of that size without any program, as a
// Bubble Tea program's View is shown: lines that are too long wrap and lines
// that are too many scroll the first ones away, so that a wrong width is seen.
// A line feed returns to the first column.
func Screen(width, height int, content string) Cells {
	s := newScreen(width, height)
	go func() { _, _ = io.Copy(io.Discard, s.answers()) }()
	defer s.hangUp()
	s.write([]byte("\x1b[20h" + strings.TrimSuffix(content, "\n")))
	return s.cells()
}

package uitest

import (
	"encoding/base64"
	"fmt"
	"image/color"
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
	deeds []string
}

// capabilities are what the terminal can before the program's first byte:
// synchronised updates and grapheme widths are known, but off, so that a program
// that asks learns that it may use them. A line feed stays in its column: it is
// the pseudo-terminal's driver that makes it return, while a program lets it.
//
// Right-to-left text is reordered, as some terminals do, until a program says
// that it does so itself (ECMA-48's mode 8).
const capabilities = "\x1b[?2026l\x1b[?2027l\x1b[8h"

func newScreen(width, height int) *screen {
	s := &screen{vt: vt.NewEmulator(width, height), modes: map[ansi.Mode]bool{}}
	_, _ = s.vt.WriteString(capabilities)
	s.watch()
	return s
}

// watch notes what the program does to the terminal beside drawing.
func (s *screen) watch() {
	did := func(format string, args ...any) { s.deeds = append(s.deeds, fmt.Sprintf(format, args...)) }
	s.vt.SetCallbacks(vt.Callbacks{
		EnableMode: func(m ansi.Mode) {
			s.modes[m] = true
			if m != ansi.ModeSynchronizedOutput {
				did("mode %d on", m.Mode())
			}
		},
		DisableMode: func(m ansi.Mode) {
			delete(s.modes, m)
			if m != ansi.ModeSynchronizedOutput {
				did("mode %d off", m.Mode())
			}
		},
		Title:            func(title string) { s.title = title; did("title %s", title) },
		IconName:         func(name string) { did("icon name %s", name) },
		Bell:             func() { did("bell") },
		WorkingDirectory: func(dir string) { did("working directory %s", dir) },
		CursorStyle:      func(style vt.CursorStyle, blink bool) { did("cursor style %d, blinking: %t", style, blink) },
		CursorColor:      func(color.Color) { did("cursor colour") },
		BackgroundColor:  func(color.Color) { did("background colour") },
		ForegroundColor:  func(color.Color) { did("foreground colour") },
	})
	s.vt.RegisterOscHandler(52, func(data []byte) bool {
		_, content, _ := strings.Cut(strings.TrimPrefix(string(data), "52;"), ";")
		text, err := base64.StdEncoding.DecodeString(content)
		if err != nil {
			text = []byte(content)
		}
		did("clipboard %s", text)
		return true
	})
	s.vt.SetLogger(unhandled(did))
}

// unhandled is told by the emulator about sequences that it does not know.
type unhandled func(format string, args ...any)

// Printf implements vt.Logger.
func (did unhandled) Printf(format string, args ...any) {
	if strings.HasPrefix(format, "unhandled") {
		did(format, args...)
	}
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
	cells, _ := Show(width, height, content)
	return cells
}

// Show is Screen, and tells what else the string did to the terminal: see
// Terminal.Deeds. A question that the terminal answered is a deed too.
func Show(width, height int, content string) (Cells, []string) {
	s := newScreen(width, height)
	var answers []byte
	done := make(chan struct{})
	go func() { answers, _ = io.ReadAll(s.answers()); close(done) }()
	_, _ = s.vt.WriteString("\x1b[20h")
	s.deeds = nil
	s.write([]byte(strings.TrimSuffix(content, "\n")))
	s.hangUp()
	<-done
	if len(answers) > 0 {
		s.deeds = append(s.deeds, fmt.Sprintf("answer %q", answers))
	}
	return s.cells(), s.deeds
}

package uitest

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// named are the keys that are typed by name, as a terminal without extensions
// sends them. The names are Bubble Tea's.
var named = map[string]string{
	"enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ",
	"backspace": "\x7f", "delete": "\x1b[3~", "insert": "\x1b[2~", "esc": "\x1b",
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
	"home": "\x1b[H", "end": "\x1b[F", "pgup": "\x1b[5~", "pgdown": "\x1b[6~",
	"f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS",
	"f5": "\x1b[15~", "f6": "\x1b[17~", "f7": "\x1b[18~", "f8": "\x1b[19~",
	"f9": "\x1b[20~", "f10": "\x1b[21~", "f11": "\x1b[23~", "f12": "\x1b[24~",
	"ctrl+space": "\x00", "ctrl+@": "\x00", "ctrl+[": "\x1b", "ctrl+\\": "\x1c",
	"ctrl+]": "\x1d", "ctrl+^": "\x1e", "ctrl+_": "\x1f",
}

// modifiers, as xterm numbers them in the sequences of special keys.
var modifiers = map[string]byte{"shift": '2', "alt": '3', "shift+alt": '4', "ctrl": '5', "ctrl+shift": '6'}

// Type types on the keyboard: keys by their names ("enter", "shift+tab",
// "ctrl+s", "alt+x", "ctrl+left", "f1") and anything else as plain text,
// letter by letter. To type the name of a key as text, split it.
func (t *Terminal) Type(keys ...string) {
	t.tb.Helper()
	for _, key := range keys {
		bytes, ok := sequence(key)
		if !ok {
			t.tb.Fatalf("no terminal sends %q", key)
		}
		t.send(bytes, key)
	}
}

// Paste gives the program a text at once, bracketed when it has asked for that.
func (t *Terminal) Paste(text string) {
	t.tb.Helper()
	if t.screen.has(ansi.ModeBracketedPaste) {
		text = ansi.BracketedPasteStart + text + ansi.BracketedPasteEnd
	}
	t.send(text, text)
}

// Focus tells the program that its terminal has the focus, or has lost it, when
// it has asked to be told.
func (t *Terminal) Focus(has bool) {
	t.tb.Helper()
	switch {
	case !t.screen.has(ansi.ModeFocusEvent):
	case has:
		t.send(ansi.Focus, "focus")
	default:
		t.send(ansi.Blur, "blur")
	}
}

func (t *Terminal) send(bytes, key string) {
	t.tb.Helper()
	t.keepDistance()
	mark := t.Mark()
	if err := t.toProgram([]byte(bytes)); err != nil {
		t.tb.Fatalf("typing %q: %v", key, err)
	}
	if bytes == "\x1b" {
		t.escape = &escape{at: time.Now(), sent: mark}
	}
}

// escape remembers when a bare escape was typed, and what the program had sent
// by then.
type escape struct {
	at   time.Time
	sent Mark
}

// keepDistance waits before the key after a bare escape, as a person would. A
// program can tell an escape from the begin of a longer sequence only by the
// silence that follows, for which Bubble Tea waits 50 ms. That the program has
// drawn something shows that it was heard; one that draws nothing, or has no
// processor to run on, gets a second.
func (t *Terminal) keepDistance() {
	const least, most = 60 * time.Millisecond, time.Second
	if t.escape == nil {
		return
	}
	esc := *t.escape
	t.escape = nil
	time.Sleep(time.Until(esc.at.Add(least)))
	enough := time.After(time.Until(esc.at.Add(most)))
	for {
		changed := t.nextChange()
		if t.BytesSince(esc.sent) > 0 || t.hasExited() {
			return
		}
		select {
		case <-changed:
		case <-enough:
			return
		}
	}
}

// sequence returns what a terminal sends for a key. It is not ok for a key with
// a modifier that an ordinary terminal can't tell, such as ctrl+tab.
func sequence(key string) (bytes string, ok bool) {
	if bytes, ok := named[key]; ok {
		return bytes, true
	}
	cut := strings.LastIndex(key, "+")
	if cut <= 0 || cut == len(key)-1 {
		return key, true
	}
	modifier, bare := key[:cut], key[cut+1:]
	number, known := modifiers[modifier]
	if !known {
		return key, true
	}
	if special := named[bare]; len(special) > 2 {
		return modified(special, number), true
	}
	switch {
	case modifier == "ctrl" && len(bare) == 1 && 'a' <= bare[0] && bare[0] <= 'z':
		return string(rune(bare[0] - 'a' + 1)), true
	case modifier == "alt" && named[bare] != "":
		return "\x1b" + named[bare], true
	case modifier == "alt" && utf8.RuneCountInString(bare) == 1:
		return "\x1b" + bare, true
	}
	return "", false
}

// modified puts the number of the modifiers into a special key's sequence:
// ESC [ A becomes ESC [ 1 ; 5 A, and ESC [ 5 ~ becomes ESC [ 5 ; 5 ~.
func modified(special string, number byte) string {
	last := special[len(special)-1:]
	digits := strings.Trim(special[2:len(special)-1], ";")
	if digits == "" {
		digits = "1"
	}
	return "\x1b[" + digits + ";" + string(number) + last
}

// Drag presses the mouse's left button at one cell, moves to another and lets it
// go there. Two cells that are the same make a click.
func (t *Terminal) Drag(fromX, fromY, toX, toY int) {
	t.tb.Helper()
	mouse := func(button, x, y int, end string) {
		t.send(fmt.Sprintf("\x1b[<%d;%d;%d%s", button, x+1, y+1, end), "mouse")
	}
	mouse(0, fromX, fromY, "M")
	if fromX != toX || fromY != toY {
		const moving = 32
		mouse(moving, (fromX+toX)/2, (fromY+toY)/2, "M")
		mouse(moving, toX, toY, "M")
	}
	mouse(0, toX, toY, "m")
}

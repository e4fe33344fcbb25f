package ui

import (
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"docket/model"
)

// A screen reader on a terminal reads what is written after what was there, and
// a braille display shows the line that the cursor is on. Neither can follow a
// screen that is drawn anew. So the screen-reader mode is a transcript: lines
// are written below each other and never again, as in a shell; the last one is
// what the keys are about, and the cursor sits at its beginning. Only a line that
// is being typed changes where it stands.
//
// What there is to tell follows from the same state that View draws: speech
// describes the present place, and the voice tells what of it is new.

// speech is a place in lines. They are in plain words: no sign, no colour.
type speech struct {
	place string   // changes when the person goes elsewhere
	head  []string // told when they come
	body  []string // told when they come, if nothing is selected there; later, what of it is new
	all   bool     // the body is told beside what is selected
	aside string   // told when it changes
	at    string   // what the keys are about
	of    string   // what at tells about: it may stay the same thing when its words change
	where string   // the place of it among others, told with it
	field *field   // what is being typed
	top   int      // in an open ticket, the line that one has read up to

	written []string // what stands around the line that is being typed: told when they come
}

// field is a line that is being typed.
type field struct {
	place  string // which line it is
	text   string
	cursor int // the cell that the cursor is on
}

// voice tells what is new. It belongs to the goroutine of Update; only out is
// written to by Cmds, one at a time.
type voice struct {
	out   io.Writer
	cells int // of a row of the terminal

	told    speech
	beneath speech    // what was told last of the board or the ticket, under all dialogs
	column  string    // the column that was told last
	lane    string    // the lane, as the column
	ticket  model.Ref // the open ticket that was told last …
	facts   []string  // … and what was told of it
	said    []string  // announcements that wait to be told
	own     bool      // the person has changed something since: that is no news
	knows   map[string]bool
	news    news
	pending strings.Builder // bytes for the terminal
	busy    bool            // a Cmd is writing
}

// Told lines do not depend on the terminal's size. The drawings that they are
// made from have room for everything.
const spokenWidth, spokenHeight = 200, 60

// listening switches on what a person needs who hears: pasted text comes as
// one, and the program is told when nobody looks. deaf switches it off again.
const (
	listening = ansi.SetModeBracketedPaste + ansi.SetModeFocusEvent
	deaf      = ansi.ResetModeBracketedPaste + ansi.ResetModeFocusEvent
)

func newVoice(out io.Writer) *voice {
	if out == nil {
		out = os.Stdout
	}
	v := &voice{out: out, cells: 80, knows: map[string]bool{}}
	v.pending.WriteString(listening)
	return v
}

// say announces something: it comes before what else is new.
func (v *voice) say(text string) {
	if v != nil && text != "" {
		v.said = append(v.said, text)
	}
}

// did announces what the person has changed.
func (v *voice) did(text string) {
	if v != nil {
		v.said, v.own = append(v.said, text), true
	}
}

// again has what stands beside the selection told once more: the person has
// asked for what it keeps them from.
func (v *voice) again() {
	if v != nil {
		v.told.body = nil
	}
}

// toldMsg comes when the terminal has taken what was told.
type toldMsg struct{}

// speak returns a Cmd that tells what is new, or nil.
func (v *voice) speak(a *App) tea.Cmd {
	if a.width == 0 || a.away.Load() {
		return nil
	}
	v.hear(a)
	if v.busy || v.pending.Len() == 0 {
		return nil
	}
	v.busy = true
	out, text := v.out, v.pending.String()
	v.pending.Reset()
	return func() tea.Msg {
		_, _ = io.WriteString(out, text) // who has hung up is told by a signal
		return toldMsg{}
	}
}

// hear compares what was told with what there is, and notes what is new.
func (v *voice) hear(a *App) {
	now := a.speech()
	before := v.told
	lines := v.said
	came := now.place != before.place
	same := len(v.said) > 0 && now.of != "" && now.of == v.beneath.of // announced already
	own := v.own
	v.said, v.own = nil, false
	if came {
		lines = append(lines, now.head...)
		before.body, before.aside = nil, ""
	}
	if now.at == "" || now.all {
		for _, line := range now.body {
			if !slices.Contains(before.body, line) && (now.at == "" || !strings.HasPrefix(now.at, line)) {
				lines = append(lines, line)
			}
		}
	}
	if came {
		lines = append(lines, now.written...)
	}
	if now.aside != before.aside {
		lines = append(lines, now.aside)
	}
	lines = append(lines, v.news.since(a, own)...)
	switch {
	case now.at == "" || same:
	case came:
		lines = append(lines, now.at+now.where)
	case now.at != before.at && now.of == before.of && now.of != "" && !own:
		lines = append(lines, "Changed: "+now.at)
	case now.at != before.at:
		lines = append(lines, now.at+now.where)
	}
	v.told = now
	if len(a.dialogs) == 0 {
		v.beneath = now
	}
	wrote := v.write(lines)
	if now.field != nil {
		v.typing(before.field, now.field, wrote || came)
	} else if wrote {
		v.pending.WriteString("\r")
	}
}

// write appends lines, and reports whether there was anything in them.
func (v *voice) write(lines []string) (wrote bool) {
	for _, line := range lines {
		for part := range strings.SplitSeq(ansi.Wordwrap(line, max(10, v.cells-1), ""), "\n") {
			if strings.TrimSpace(part) != "" {
				v.pending.WriteString("\r\n" + part)
				wrote = true
			}
		}
	}
	return wrote
}

// typing shows the line that is being typed: what was added to it alone if that
// is all, for then a screen reader echoes just that.
func (v *voice) typing(before, now *field, anew bool) {
	was, _ := v.window(before)
	text, cursor := v.window(now)
	added, longer := strings.CutPrefix(text, was)
	switch {
	case anew, before == nil, before.place != now.place:
		v.pending.WriteString("\r\n" + text)
		was = ""
	case text == was && before.cursor == now.cursor:
		return
	case longer && added != "" && before.cursor == width(was) && now.cursor == width(text) && now.cursor < v.cells:
		v.pending.WriteString(added)
		return
	case text != was:
		v.pending.WriteString("\r" + ansi.EraseLineRight + text)
	}
	if cursor == width(text) && text != was {
		return
	}
	v.pending.WriteString("\r")
	if cursor > 0 {
		v.pending.WriteString(ansi.CursorForward(cursor))
	}
}

// window is the part of a typed line, around its cursor, that one row of the
// terminal has room for: a row that wraps can't be written again.
func (v *voice) window(f *field) (text string, cursor int) {
	if f == nil {
		return "", 0
	}
	room := max(10, v.cells-1)
	from := max(0, f.cursor-room+1)
	return ansi.Cut(f.text, from, from+room), f.cursor - from
}

// mute is a terminal on which Bubble Tea draws nothing: what there is to see is
// told. Of all that it writes, only what it puts into the clipboard arrives.
type mute struct{ *os.File }

var clipboard = regexp.MustCompile(`\x1b\]52;[^\x07\x1b]*(\x07|\x1b\\)`)

// Write implements io.Writer.
func (m *mute) Write(b []byte) (int, error) {
	for _, copied := range clipboard.FindAll(b, -1) {
		if _, err := m.File.Write(copied); err != nil {
			return 0, err
		}
	}
	return len(b), nil
}

// WriteString implements io.StringWriter.
func (m *mute) WriteString(s string) (int, error) { return m.Write([]byte(s)) }

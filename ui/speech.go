package ui

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"docket/keymap"
	"docket/model"
)

// speech describes the place where the person is.
func (a *App) speech() speech {
	var s speech
	switch n := len(a.dialogs); {
	case n > 0:
		s = a.dialogSpeech(a.dialogs[n-1], n)
	case a.pane != nil:
		s = a.paneSpeech()
	default:
		s = a.boardSpeech()
	}
	if s.place == a.voice.told.place {
		return s
	}
	if scope := a.scopes()[0]; !a.voice.knows[string(scope)] {
		a.voice.knows[string(scope)] = true
		keys := plainly(a.hints(a.scopes(), spokenWidth))
		if keys != "" && !strings.Contains(strings.Join(s.body, "\n"), keys) {
			s.head = append(s.head, "Keys: "+keys)
		}
	}
	return s
}

// boardSpeech is a column and the ticket that the keys are about.
func (a *App) boardSpeech() speech {
	c := &a.columns
	if len(c.board.Columns) == 0 {
		return speech{place: "board"}
	}
	col := c.board.Columns[c.col]
	name := a.Workflow.Step(col.State).Name
	s := speech{place: "board " + string(col.State) + " " + a.filter.text}
	many := func(n int) string {
		if !a.whole() { // it would be wrong in a moment
			return ""
		}
		return ", " + count(n, "ticket", "tickets")
	}
	if a.voice.told.place == "" {
		s.head = append(s.head, "Docket: "+plainly(a.title())+many(a.snap.Board.Len()), a.Banner)
	}
	if a.voice.column != s.place {
		s.head = append(s.head, fmt.Sprintf("Column %s%s, %d of %d", name, many(len(col.Cards)), c.col+1, len(c.board.Columns)))
		a.voice.column = s.place
	}
	card := c.selected()
	switch {
	case card == nil && a.filter.text != "":
		s.at = "No ticket matches " + model.NewLine(a.filter.text).String()
	case card == nil && !a.whole():
		s.at = "The tickets are on their way"
	case card == nil:
		s.at = "No open tickets: all is done"
	default:
		s.at, s.of = a.sayCard(card), card.Ref.String()
	}
	if a.filter.typing {
		s.place, a.voice.column = "filter", ""
		s.head = []string{"Filter: type words; " + a.key(keymap.Accept) + " keeps it, " + a.key(keymap.Cancel) + " shows all"}
		s.at = thousands(c.board.Len()) + " of " + count(a.snap.Board.Len(), "ticket", "tickets") + "; " + s.at
		s.field = typedIn("Filter: ", a.filter.input.Value(), a.filter.input.Position())
	}
	return s
}

// typedIn is a field with a name before it.
func typedIn(name, value string, at int) *field {
	before := string([]rune(value)[:min(at, len([]rune(value)))])
	return &field{place: name, text: name + value, cursor: width(name + before)}
}

// sayCard is a ticket in one line, what decides first. It tells no age that
// grows while one listens.
func (a *App) sayCard(c *model.Card) string {
	p := cardPainter{theme: a.theme, policy: a.snap.Board.Policy(), card: c, now: a.now, inner: spokenWidth}
	parts := []string{fmt.Sprintf("Ticket %d: %s", c.Ref.Number, p.name())}
	if len(a.snap.Repos) > 1 {
		parts[0] = fmt.Sprintf("Ticket %d in %s: %s", c.Ref.Number, c.Ref.Repo, p.name())
	}
	if a.columns.marks.set.Has(c.Ref) {
		parts = append(parts, "marked")
	}
	parts = append(parts, p.badges().text)
	for _, f := range p.facts() {
		parts = append(parts, f.text)
	}
	if c.Comments > 0 {
		parts = append(parts, count(c.Comments, "comment", "comments"))
	}
	if c.Open() {
		parts = append(parts, "opened "+c.Created.UTC().Format("2 January 2006"))
	}
	if c.Stuck > 0 {
		parts = append(parts, p.stuck)
	}
	for i := range parts {
		parts[i] = plainly(parts[i])
	}
	return strings.Join(parts, "; ")
}

// paneSpeech is the open ticket: its facts, and the line that one has read up to.
func (a *App) paneSpeech() speech {
	p := a.pane
	s := speech{place: "ticket " + p.ref.String()}
	if a.voice.ticket != p.ref {
		a.voice.ticket = p.ref
		for _, line := range a.paneHead(spokenWidth) {
			s.head = append(s.head, plainly(line))
		}
	}
	switch {
	case p.thread == nil && p.err != nil:
		what, hint := WordsOf(p.err, a.now)
		s.at = what + "; " + hint
	case len(p.lines) == 0:
		s.at = "Fetching the text"
	default:
		from := p.top
		if read := a.voice.beneath; read.place == s.place && read.top < p.top && p.top-read.top <= a.page()+1 {
			from = min(p.top, read.top+1) // all that a page key went over
		}
		s.of, s.top = fmt.Sprint(p.top), p.top
		if read := a.voice.beneath; read.place == s.place && read.of == s.of {
			s.at = read.at
			return s
		}
		for _, line := range p.lines[min(from, len(p.lines)-1):min(p.top+1, len(p.lines))] {
			s.at += a.readLine(line) + "\n"
		}
	}
	return s
}

func (a *App) readLine(l threadLine) string {
	if l.by != nil {
		return plainly(a.theme.by(l.by, a.pane.author(), spokenWidth, a.now))
	}
	return strings.TrimSpace(manySpaces.ReplaceAllString(unmarked(l.text), "   "))
}

// turnPage scrolls the open ticket by lines that have something to read.
func (a *App) turnPage(by int) {
	p := a.pane
	step := 1
	if by < 0 {
		step = -1
	}
	last := len(p.lines) - 1
	p.top = max(0, min(p.top+by, last))
	for p.top > 0 && p.top < last && a.readLine(p.lines[p.top]) == "" {
		p.top += step
	}
}

// dialogSpeech tells any dialog by its drawing, in a theme of words: the line
// with the title, and below it what it has to say. A line that is marked as the
// chosen one is what the keys are about.
func (a *App) dialogSpeech(d dialog, depth int) speech {
	drawn := d.draw(a, spokenWidth, spokenHeight)
	if len(drawn.lines) == 0 {
		return speech{place: "nothing"}
	}
	s := speech{place: fmt.Sprintf("%d %s", depth, plainly(drawn.lines[0])), head: []string{plainly(drawn.lines[0])}}
	var chosen []string
	for y, line := range drawn.lines[1:] {
		text := plainly(line)
		switch {
		case drawn.cursor != nil && drawn.cursor.Y == y+1:
			bare, at := unmarked(line), drawn.cursor.X
			if within, boxed := strings.CutPrefix(bare, boxIndent); boxed {
				bare, at = within, at-len(boxIndent)
			}
			bare = strings.TrimRight(bare, " ")
			bare += blank(at - width(bare))
			s.field = &field{place: fmt.Sprintf("%s %d", s.place, y), text: bare, cursor: at}
		case text == "":
		case strings.Contains(line, chosenMark):
			chosen = append(chosen, text)
		default:
			s.body = append(s.body, text)
		}
	}
	s.at = strings.Join(chosen, "; ")
	return s
}

// chosenMark stands in drawings that are told where others have a bar or a
// reversed line. No clean text has it.
const chosenMark = "\x01"

var (
	manySpaces = regexp.MustCompile(` {3,}`)
	columnGap  = regexp.MustCompile(` {2,}`)
)

func unmarked(line string) string {
	return strings.ReplaceAll(ansi.Strip(line), chosenMark, "")
}

// plainly makes a drawn line a told one: what spaces part on the screen,
// commas part in words.
func plainly(line string) string {
	text := columnGap.ReplaceAllString(strings.TrimSpace(unmarked(line)), ", ")
	return strings.TrimPrefix(strings.ReplaceAll(text, " , ", ", "), ", ")
}

// announce tells what the person has changed.
func (a *App) announce(ref model.Ref, changes []model.Change) {
	if a.voice == nil {
		return
	}
	done := make([]string, len(changes))
	for i, c := range changes {
		switch c := c.(type) {
		case model.SetGain:
			done[i] = "gain set to " + c.To.String()
		case model.SetPain:
			done[i] = "pain set to " + c.To.String()
		case model.Move:
			done[i] = "moved to " + a.Workflow.Step(c.To).Name
		case model.Close:
			done[i] = "closed"
		case model.Reopen:
			done[i] = "reopened"
		case model.AddComment:
			done[i] = "comment written"
		default:
			done[i] = sayChange(c)
		}
	}
	a.voice.did(fmt.Sprintf("Ticket %d, %s", ref.Number, strings.Join(done, ", ")))
}

package ui

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"

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
	if n := len(a.dialogs); n > 0 {
		if _, busy := a.dialogs[n-1].(*working); busy {
			return s
		}
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
		s.head = append(s.head, "Docket: "+plainly(a.title())+many(a.snap.Board.Len()), sentence(a.who(true)), a.Banner)
	}
	if a.voice.column != s.place {
		s.head = append(s.head, fmt.Sprintf("Column %s%s, %d of %d", name, many(len(col.Cards)), c.col+1, len(c.board.Columns)))
		a.voice.column = s.place
	}
	card := c.selected()
	switch {
	case card == nil && a.filter.text != "":
		s.at = "No ticket matches " + model.NewLine(a.filter.text).String()
		if a.filter.unknown != "" && !a.filter.typing {
			s.at += ": " + plainLine(a.filter.unknown)
		}
	case card == nil && !a.whole():
		s.at = "The tickets are on their way"
	case card == nil:
		s.at = "No open tickets: all is done"
	default:
		s.at, s.of, s.where = a.sayCard(card), card.Ref.String(), "; "+placeOf(c.row+1, len(col.Cards))
		a.sayLane(card)
	}
	if a.filter.typing {
		return a.filterSpeech(s.at)
	}
	return s
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

// sayLane tells the lane of a ticket when it is another one than before.
func (a *App) sayLane(c *model.Card) {
	lane := ""
	if b := a.columns.board; b.Lanes() != model.NoLanes {
		lane = "Lane " + laneName(b.Lanes(), b.LaneOf(c))
	}
	if lane != a.voice.lane {
		a.voice.say(lane)
		a.voice.lane = lane
	}
}

// paneSpeech is the open ticket: its facts, and the line that one has read up
// to. Of facts that change while it is open, the new ones are told.
func (a *App) paneSpeech() speech {
	p := a.pane
	s := speech{place: "ticket " + p.ref.String()}
	facts := a.ticketFacts()
	switch known := a.voice.facts; {
	case a.voice.ticket != p.ref:
		s.head = slices.Clone(facts)
	case !a.voice.own:
		for _, fact := range facts {
			if !slices.Contains(known, fact) {
				a.voice.say("Changed: " + fact)
			}
		}
	}
	a.voice.ticket, a.voice.facts = p.ref, facts
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
		s.of, s.top = fmt.Sprint(p.top, p.lines[0].told), p.top // what happened may have come above
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
		all := a.pane.thread.Comments
		at := slices.IndexFunc(all, func(c model.Comment) bool { return c.ID == l.by.ID })
		return heading + " " + placeOf(at+1, len(all)) + " by " + plainly(a.theme.by(l.by, a.pane.author(), spokenWidth, a.now))
	}
	if l.told {
		return plainly(a.theme.told(l, spokenWidth, a.now))
	}
	text := cellEnds.ReplaceAllString(unmarked(l.text), "; ")
	if strings.Trim(text, "; ") == "" {
		return ""
	}
	text = strings.TrimSpace(manySpaces.ReplaceAllString(text, "   "))
	if likeHeading(text) {
		return "Text: " + text
	}
	return text
}

// heading is the word that the line above a comment begins with, as it is told.
const heading = "Comment"

// likeHeading reports whether a line sounds as if it were the one above a
// comment, so that it could pass for the words of somebody else. Letters of
// other alphabets may sound like any.
func likeHeading(line string) bool {
	want, plain := strings.ToLower(heading), false
	for _, r := range norm.NFKD.String(line[:min(len(line), 400)]) {
		switch {
		case !unicode.IsLetter(r):
			continue
		case r < unicode.MaxASCII && unicode.ToLower(r) != rune(want[0]):
			return false
		}
		plain = plain || r < unicode.MaxASCII
		if want = want[1:]; want == "" {
			return plain
		}
	}
	return false
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

// chosenMark stands in drawings that are told where others have a bar or a
// reversed line. No clean text has it.
const chosenMark = "\x01"

var (
	cellEnds   = regexp.MustCompile(` +; +`)
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
	name := fmt.Sprintf("Ticket %d", ref.Number)
	if len(a.snap.Repos) > 1 {
		name += " in " + shortRepo(ref.Repo)
	}
	a.voice.did(name + ", " + strings.Join(done, ", "))
}

package ui

import (
	"strconv"
	"strings"
	"time"

	"docket/model"
)

// look is everything beside the card itself that its drawing depends on.
type look struct {
	width    int  // of the whole block, with the bar and the gap to the next
	title    int  // lines the title may take
	compact  bool // one column: two lines a card
	selected bool
	faded    bool // selected, but the keys are elsewhere
	marked   bool // it is one of those that are acted on
	fresh    bool // somebody changed it a moment ago
	minute   int64
	repo     bool // several repositories: the card tells its own
}

type cardKey struct {
	card *model.Card
	look
}

// cards draws cards and remembers the drawings: a card never changes, so its
// address and its look are all there is to know. It belongs to the goroutine of
// Update and View.
type cards struct {
	theme  *theme
	policy model.Policy
	drawn  map[cardKey][]string
}

// enough is how many drawings are kept: some screens full. Beyond it all are
// dropped, which costs one frame, and with them the cards that are none any more.
const enough = 1024

func newCards(t *theme, p model.Policy) *cards {
	return &cards{theme: t, policy: p, drawn: map[cardKey][]string{}}
}

// gap is the space between two columns, bar is what is left of a card's text.
const (
	gap      = 2
	barWidth = 2
)

// draw returns a card's lines, each exactly look.width wide, with a blank one
// at the end that parts it from the next.
func (cs *cards) draw(c *model.Card, l look, now time.Time) []string {
	key := cardKey{c, l}
	if lines, ok := cs.drawn[key]; ok {
		return lines
	}
	if len(cs.drawn) > enough {
		clear(cs.drawn)
	}
	p := cardPainter{theme: cs.theme, policy: cs.policy, card: c, look: l, now: now, inner: l.width - barWidth - gap}
	lines := p.paint()
	cs.drawn[key] = lines
	return lines
}

// cardPainter draws one card.
type cardPainter struct {
	*theme
	policy model.Policy
	card   *model.Card
	look   look
	now    time.Time
	inner  int
}

func (p *cardPainter) paint() []string {
	var body []string
	if p.look.compact {
		body = p.compact()
	} else {
		body = append(body, p.head())
		for _, line := range p.wrap(p.name(), p.inner, p.look.title) {
			body = append(body, p.ink().of(line)+blank(p.inner-width(line)))
		}
		body = append(body, p.feet()...)
	}
	for i, line := range body {
		body[i] = p.edge(i == 0) + line + blank(gap)
	}
	if p.look.compact {
		return body
	}
	return append(body, blank(p.look.width))
}

// name is the title, or a stand-in for one of which nothing could be shown.
func (p *cardPainter) name() string {
	if p.card.Title.Empty() {
		return "(no title)"
	}
	title := p.card.Title.String()
	if len(title) > longestTitle {
		title = title[:boundary(title, longestTitle)]
	}
	return title
}

// longestTitle is more than any card shows; forges cut titles at 255 characters.
const longestTitle = 4 << 10

func (p *cardPainter) ink() ink {
	if p.look.selected {
		return p.strong
	}
	return p.text
}

// edge is the two cells left of a line of text: a bar at the selected card, a
// sign and a line at a marked one, a dot at one that somebody changed just now.
// A card that is both marked and selected has the sign above the bar.
func (p *cardPainter) edge(first bool) string {
	switch {
	case p.look.marked && first:
		return p.accent.of(p.mark) + " "
	case p.look.marked && !p.look.selected:
		return p.accent.of(p.marked) + " "
	case p.look.selected && p.look.faded:
		return p.muted.of(p.bar) + " "
	case p.look.selected:
		return p.accent.of(p.bar) + " "
	case p.look.fresh:
		return p.warn.of(p.dot) + " "
	}
	return "  "
}

// head is the first line: number and marks at the left, comments and age at
// the right.
func (p *cardPainter) head() string {
	number := strconv.FormatInt(p.card.Ref.Number, 10)
	if p.look.repo {
		number = p.named(p.card.Ref, true, p.inner-6)
	}
	marks, marksWidth := p.marks()
	right := ""
	if p.card.Comments > 0 {
		right = p.comments + strconv.Itoa(p.card.Comments) + " "
	}
	right += p.age()
	if len(number)+marksWidth+1+width(right) > p.inner {
		right = p.age()
	}
	space := p.inner - width(number) - marksWidth - width(right)
	return p.muted.of(number) + marks + blank(space) + p.muted.of(right)
}

// marks tell where the person's own changes stand.
func (p *cardPainter) marks() (string, int) {
	var b strings.Builder
	w := 0
	put := func(k ink, sign string) {
		b.WriteString(" " + k.of(sign))
		w += 1 + width(sign)
	}
	switch {
	case p.card.Stuck > 0:
		put(p.alarm, p.stuck)
	case p.card.Saving > 0:
		put(p.muted, p.saving)
	case p.card.Pending > 0:
		put(p.accent, p.pending)
	}
	return b.String(), w
}

func (p *cardPainter) age() string {
	if !p.card.Open() {
		return Age(p.now.Sub(p.card.ClosedAt))
	}
	return Age(p.now.Sub(p.card.Created))
}

// fact is one thing to know about a card, with the width that it takes.
type fact struct {
	text string
	w    int
}

func (p *cardPainter) fact(k ink, text string) fact { return fact{k.of(text), width(text)} }

// fits returns the first of some ways to say a fact that is not too wide for
// the rest of the line beside the badges, or the shortest.
func (p *cardPainter) fits(k ink, ways ...string) fact {
	room := p.inner - p.badges().w - 1
	for _, text := range ways {
		if width(text) <= room {
			return p.fact(k, text)
		}
	}
	return p.fact(k, ways[len(ways)-1])
}

// badges are the levels as bars, or that nobody has judged yet.
func (p *cardPainter) badges() fact {
	if p.card.Gain == model.None && p.card.Pain == model.None {
		return p.fact(p.muted, p.dot+" not triaged")
	}
	if p.words {
		return p.fact(p.text, "gain "+p.card.Gain.String()+", pain "+p.card.Pain.String())
	}
	return fact{
		p.gain.of("G"+p.level(p.card.Gain)) + " " + p.pain.of("P"+p.level(p.card.Pain)),
		3 + 6*width(p.full),
	}
}

// level is a filled bar of three.
func (g glyphs) level(l model.Level) string {
	n := min(int(l), 3)
	return strings.Repeat(g.full, n) + strings.Repeat(g.empty, 3-n)
}

// facts are what asks for attention, the most pressing first.
func (p *cardPainter) facts() []fact {
	var all []fact
	t := p.card.Ticket
	if !t.Open() {
		return append(all, p.ending())
	}
	if p.policy.Due(t, p.now) {
		k := p.warn
		if t.Due.Before(p.now) {
			k = p.alarm
		}
		all = append(all, p.fact(k, p.due+" "+DueDay(t.Due, p.now)))
	}
	if t.Answered() {
		all = append(all, p.fits(p.good, p.answered+" answered", p.answered+" ans."))
	}
	if p.policy.Stale(t, p.now) {
		all = append(all, p.fact(p.warn, p.stale+" stale"))
	}
	if len(t.Assignees) > 0 {
		who := "@" + t.Assignees[0].String()
		if n := len(t.Assignees); n > 1 {
			who = p.cut(who, p.inner-3) + "+" + strconv.Itoa(n-1)
		}
		all = append(all, p.fact(p.muted, p.cut(who, p.inner)))
	}
	return all
}

func (p *cardPainter) ending() fact {
	switch p.card.ClosedAs {
	case model.Done:
		return p.fact(p.good, p.done+" done")
	case model.Initiative:
		return p.fact(p.accent, p.initiative+" "+model.Initiative.Short())
	case model.Unresolved:
		return p.fact(p.muted, p.done+" closed")
	}
	return p.fact(p.muted, p.declined+" "+p.card.ClosedAs.Short())
}

// feet are the badges with the facts at their right; facts that do not fit
// there go onto a line of their own.
func (p *cardPainter) feet() []string {
	left, rest := p.badges(), p.facts()
	var lines []string
	for {
		line, used := left.text, left.w
		var right []string
		w := 0
		for len(rest) > 0 && used+1+w+rest[0].w <= p.inner || len(rest) > 0 && used == 0 && w == 0 {
			right = append(right, rest[0].text)
			w += rest[0].w + 1
			rest = rest[1:]
		}
		w = max(0, w-1)
		lines = append(lines, line+blank(p.inner-used-w)+strings.Join(right, " "))
		if len(rest) == 0 {
			return lines
		}
		left = fact{}
	}
}

// compact draws two lines: number, title and age; badges and facts.
func (p *cardPainter) compact() []string {
	number := strconv.FormatInt(p.card.Ref.Number, 10)
	if p.look.repo {
		number = p.named(p.card.Ref, true, p.inner/3)
	}
	marks, mw := p.marks()
	age := p.age()
	room := p.inner - width(number) - mw - 2 - width(age) - 1
	title := p.pad(p.name(), room)
	first := p.muted.of(number) + marks + "  " + p.ink().of(title) + " " + p.muted.of(age)
	badges := p.badges()
	rest := p.facts()
	if p.card.Comments > 0 {
		rest = append(rest, p.fact(p.muted, p.comments+strconv.Itoa(p.card.Comments)))
	}
	var right []string
	w := 0
	for _, f := range rest {
		if badges.w+1+w+f.w > p.inner {
			break
		}
		right = append(right, f.text)
		w += f.w + 1
	}
	w = max(0, w-1)
	return []string{first, badges.text + blank(p.inner-badges.w-w) + strings.Join(right, " ")}
}

// shortRepo is the name of a repository without its owner.
func shortRepo(repo string) string {
	_, name, ok := strings.Cut(repo, "/")
	if !ok {
		return repo
	}
	return name
}

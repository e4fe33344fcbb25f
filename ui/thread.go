package ui

import (
	"slices"
	"strings"
	"time"

	"docket/model"
)

// threadLine is one line of an open ticket's text. The line above a comment,
// and one of what happened, is drawn when it is seen, for its age grows.
type threadLine struct {
	text string
	by   *model.Comment // this is the line above that comment
	told bool           // this tells what happened …
	at   time.Time      // … then; zero in the lines that follow the first
}

// passage is a part of a thread: a text, or what happened before or after one.
type passage struct {
	comment *model.Comment
	body    bool
	lines   []threadLine // of what is neither
}

// threadText is a text as lines. Texts seldom change and cost much to render.
type threadText struct {
	of    model.Prose
	lines []string
}

// reading is a thread on its way to become lines: some at a time, so that the
// first are on the screen at once, however many there are. It belongs to one
// Cmd after the other.
type reading struct {
	thread   model.Thread
	width    int
	looks    prose
	nothing  string               // what an empty description shows
	known    map[int64]threadText // by comment; the description is 0. Only read
	drawn    map[int64]threadText // all so far
	links    []string             // under the description
	timeline bool                 // with what happened
	glyphs   glyphs
	labels   []string  // at the end
	note     string    // and after that
	passages []passage // made from all that by the first call of more
	next     int       // the passage that is next
	pieces   []string  // what is left of it, when it has begun
	lines    []string  // what has become of it
	budget   int       // bytes to render before these lines are shown
}

// What is rendered before the first lines are shown, and later at a time: each
// time costs a frame.
const (
	firstHelping = 4 << 10
	mostHelping  = 256 << 10
)

// more returns the next lines, and whether these were the last.
func (r *reading) more() (out []threadLine, done bool) {
	if r.passages == nil {
		r.passages = r.plan()
	}
	all := len(r.passages)
	for spent := 0; r.next < all && spent < r.budget; {
		part := &r.passages[r.next]
		if !part.body && part.comment == nil {
			out = append(out, part.lines...)
			r.next++
			continue
		}
		id, body := int64(0), r.thread.Body
		if c := part.comment; c != nil {
			id, body = c.ID, c.Body
			if r.pieces == nil {
				out = append(out, threadLine{}, threadLine{by: c})
			}
		}
		before := len(r.lines)
		if old, ok := r.known[id]; ok && r.pieces == nil && old.of == body {
			r.lines = old.lines
			spent += 64
		} else {
			spent += 64 + r.piece(body)
		}
		for _, line := range r.lines[before:] {
			out = append(out, threadLine{text: line})
		}
		if len(r.pieces) == 0 {
			r.drawn[id] = threadText{body, r.lines}
			r.pieces, r.lines, r.next = nil, nil, r.next+1
		}
	}
	r.budget = min(2*r.budget, mostHelping)
	return out, r.next == all
}

// plan puts the parts of a thread into their order.
func (r *reading) plan() []passage {
	t := &r.thread
	var told []telling
	if r.timeline {
		told = tellings(t.Events, t.Ref.Repo, func(from, to time.Time) bool {
			return slices.ContainsFunc(t.Comments, func(c model.Comment) bool { return c.Created.After(from) && !c.Created.After(to) })
		})
		if by := t.Ticket.Author; t.Ticket.Ref.Number > 0 {
			told = append([]telling{{t.Ticket.Created, somebody(by) + " opened it"}}, told...)
		}
	}
	out := make([]passage, 0, len(t.Comments)+4)
	if len(told) > 0 && t.Ticket.Ref.Number > 0 {
		out = append(out, passage{lines: append(r.toldLines(told[:1]), threadLine{})})
		told = told[1:]
	}
	out = append(out, passage{body: true})
	out = append(out, aside(r.links)...)
	for i := range t.Comments {
		n := 0
		for n < len(told) && told[n].at.Before(t.Comments[i].Created) {
			n++
		}
		if n > 0 {
			out = append(out, passage{lines: append([]threadLine{{}}, r.toldLines(told[:n])...)})
			told = told[n:]
		}
		out = append(out, passage{comment: &t.Comments[i]})
	}
	if len(told) > 0 {
		out = append(out, passage{lines: append([]threadLine{{}}, r.toldLines(told)...)})
	}
	out = append(out, aside(r.labels)...)
	if r.note != "" {
		out = append(out, passage{lines: []threadLine{{}, {told: true, text: r.note}}})
	}
	return out
}

// aside makes lines a passage of their own, if there are any.
func aside(all []string) []passage {
	if len(all) == 0 {
		return nil
	}
	lines := []threadLine{{}}
	for _, l := range all {
		lines = append(lines, threadLine{text: l})
	}
	return []passage{{lines: lines}}
}

// toldLines breaks what happened into lines that leave room for its age.
func (r *reading) toldLines(told []telling) (out []threadLine) {
	for _, t := range told {
		for i, line := range r.glyphs.wrap(t.text, max(10, r.width-16), 6) {
			l := threadLine{text: line, told: true}
			if i == 0 {
				l.at = t.at
			}
			out = append(out, l)
		}
	}
	return out
}

// piece renders the next piece of a text and returns how many bytes it was.
func (r *reading) piece(body model.Prose) int {
	if r.pieces == nil {
		r.pieces = pieces(body)
	} else {
		r.lines = append(r.lines, "")
	}
	if len(r.pieces) == 0 {
		if r.passages[r.next].body {
			r.lines = []string{r.nothing}
		}
		return 0
	}
	text := r.pieces[0]
	r.pieces = r.pieces[1:]
	r.lines = append(r.lines, markdown(text, r.width, r.looks)...)
	if len(r.pieces) == 0 && len(body.String()) > longestText {
		r.lines = append(r.lines, "", "The rest is too long to show here: open it in the browser.")
	}
	return len(text)
}

// by is the line above a comment: who, and when.
func (th *theme) by(c *model.Comment, author model.Line, w int, now time.Time) string {
	who := c.Author.Login.String()
	if !c.Author.Name.Empty() {
		who += ", " + c.Author.Name.String()
	}
	if c.Author.Login == author {
		who += " (reporter)"
	}
	when := agoCalmly(now.Sub(c.Created))
	who = th.cut(who, w-width(when)-6)
	rule := max(0, w-width(who)-width(when)-6)
	return th.faint.of(strings.Repeat(th.rule, 2)) + " " + th.strong.of(who) + " " + th.faint.of(th.line(rule)) + " " + th.muted.of(when)
}

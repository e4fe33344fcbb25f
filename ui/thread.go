package ui

import (
	"strings"
	"time"

	"docket/model"
)

// threadLine is one line of an open ticket's text. The line above a comment is
// drawn when it is seen, for its age grows.
type threadLine struct {
	text string
	by   *model.Comment // this is the line above that comment
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
	thread  model.Thread
	width   int
	looks   prose
	nothing string               // what an empty description shows
	known   map[int64]threadText // by comment; the description is 0. Only read
	drawn   map[int64]threadText // all so far
	next    int                  // the text that is next: 0 is the description, then the comments
	pieces  []string             // what is left of it, when it has begun
	lines   []string             // what has become of it
	budget  int                  // bytes to render before these lines are shown
}

// What is rendered before the first lines are shown, and later at a time: each
// time costs a frame.
const (
	firstHelping = 4 << 10
	mostHelping  = 256 << 10
)

// more returns the next lines, and whether these were the last.
func (r *reading) more() (out []threadLine, done bool) {
	all := len(r.thread.Comments) + 1
	for spent := 0; r.next < all && spent < r.budget; {
		id, body := int64(0), r.thread.Body
		if r.next > 0 {
			c := &r.thread.Comments[r.next-1]
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

// piece renders the next piece of a text and returns how many bytes it was.
func (r *reading) piece(body model.Prose) int {
	if r.pieces == nil {
		r.pieces = pieces(body)
	} else {
		r.lines = append(r.lines, "")
	}
	if len(r.pieces) == 0 {
		if r.next == 0 {
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

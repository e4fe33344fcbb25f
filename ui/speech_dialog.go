package ui

import (
	"fmt"
	"strings"

	"docket/keymap"
	"docket/model"
)

// teller is a dialog whose picture says nothing to who hears it: it tells
// itself.
type teller interface {
	told(a *App) speech
}

// dialogSpeech tells any other dialog by its drawing, in a theme of words: the
// line with the title, and below it what it has to say. A line that is marked as
// the chosen one is what the keys are about.
func (a *App) dialogSpeech(d dialog, depth int) speech {
	if t, ok := d.(teller); ok {
		s := t.told(a)
		s.place = fmt.Sprintf("%d %s", depth, s.place)
		return s
	}
	drawn := d.draw(a, spokenWidth, spokenHeight)
	if len(drawn.lines) == 0 {
		return speech{place: "nothing"}
	}
	title := plainly(drawn.lines[0])
	s := speech{place: fmt.Sprintf("%d %s", depth, title), head: []string{title}, aside: plainly(drawn.aside)}
	var chosen []string
	for y, line := range drawn.lines[1:] {
		text := plainly(line)
		switch {
		case drawn.cursor != nil && drawn.cursor.Y == y+1:
			s.field = typedAt(line, fmt.Sprintf("%s %d", s.place, y), drawn.cursor.X)
		case text == "":
		case strings.Contains(line, chosenMark):
			chosen = append(chosen, text)
		case drawn.written > 0 && y+1 >= drawn.written:
			s.written = append(s.written, text)
		default:
			s.body = append(s.body, text)
		}
	}
	s.at = strings.Join(chosen, "; ")
	if s.at != "" && drawn.of > 0 {
		s.at += ", " + placeOf(drawn.at, drawn.of)
	}
	return s
}

// placeOf tells where in a list one is.
func placeOf(at, of int) string { return thousands(at) + " of " + thousands(of) }

// typedAt is the line of a drawing that the cursor is in.
func typedAt(line, place string, at int) *field {
	bare := unmarked(line)
	if within, boxed := strings.CutPrefix(bare, boxIndent); boxed {
		bare, at = within, at-len(boxIndent)
	}
	bare = strings.TrimRight(bare, " ")
	bare += blank(at - width(bare))
	return &field{place: place, text: bare, cursor: at}
}

// typedIn is a field with a name before it.
func typedIn(name, value string, at int) *field {
	before := string([]rune(value)[:min(at, len([]rune(value)))])
	return &field{place: name, text: name + value, cursor: width(name + before)}
}

// filterSpeech tells what is typed as a query: what is wrong with it or what its
// last word may become, how much it leaves over, and the ticket that is found.
func (a *App) filterSpeech(ticket string) speech {
	f := &a.filter
	a.voice.column = ""
	s := speech{
		place: "filter", all: true,
		head:  []string{"Filter: type words; " + a.key(keymap.Accept) + " keeps it, " + a.key(keymap.Cancel) + f.back()},
		at:    f.told(a, true) + "; " + ticket,
		field: typedIn("Filter: ", f.input.Value(), f.input.Position()),
	}
	if p := f.problem; p != nil {
		s.body = append(s.body, f.problemWords())
	}
	if len(f.offers) > 0 {
		o := f.offers[f.at]
		words := "Proposal: " + o.Text
		if o.About != "" {
			words += ", " + o.About
		}
		s.body = append(s.body, model.NewLine(words).String()+"; "+a.key(keymap.Complete)+" takes it, "+placeOf(f.at+1, len(f.offers)))
	}
	return s
}

// problemWords tell what is wrong with a query, and where.
func (f *filter) problemWords() string {
	p, text := f.problem, f.input.Value()
	begin := "Wrong"
	if p.Unfinished {
		begin = "Not finished"
	}
	at := len([]rune(text[:min(max(0, p.At), len(text))])) + 1
	return model.NewLine(fmt.Sprintf("%s at letter %d: %s; %s", begin, at, p.What, p.Hint)).String()
}

package model

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Template is a text for a comment with a ticket's fields in it.
//
// A field is written {{.Author}}; blanks inside the braces do not count. It is
// filled in once: what a field holds is never read as a template again. All
// other text stays as it is, character by character; \{{ stands for the
// characters {{. There is nothing else: no conditions, no loops, no functions.
//
// What a stranger wrote, as a title, is filled in as code, so that it can't
// mention people, refer to tickets, or format the comment.
type Template struct {
	Name string
	Text string
}

// About is whom and what a template is filled in for.
type About struct {
	Ticket Ticket
	State  string // the state's name, as people write it
	Me     Line   // the login of who writes
	Now    time.Time
}

// TemplateField is one field that templates know.
type TemplateField struct {
	Name  string // as Author
	Means string // what it holds, as a clause
	of    func(About) string
}

// here is the field that marks where the person's own words belong.
const here = "Here"

// TemplateFields are all fields, in the order in which they are told.
var TemplateFields = []TemplateField{
	{"Author", "the login of who opened the ticket", func(a About) string { return login(a.Ticket.Author.Login) }},
	{"Number", "the ticket's number", func(a About) string { return fmt.Sprint(a.Ticket.Ref.Number) }},
	{"Title", "its title, as code", func(a About) string { return code(a.Ticket.Title.String()) }},
	{"Repo", "its repository, as owner/name", func(a About) string { return repository(a.Ticket.Ref.Repo) }},
	{"Link", "its address", func(a About) string { return address(a.Ticket.URL.Raw()) }},
	{"State", "its state's name", func(a About) string { return a.State }},
	{"Days", "for how many days nobody of the team has said anything", func(a About) string { return days(a.Now, a.Ticket.quietSince()) }},
	{"Age", "how many days ago it was opened", func(a About) string { return days(a.Now, a.Ticket.Created) }},
	{"Assignees", "the logins of those who have it, or nobody", func(a About) string { return logins(a.Ticket.Assignees) }},
	{"Me", "your own login", func(a About) string { return login(a.Me) }},
	{here, "the place for your own words", func(About) string { return "" }},
}

// TemplateError is a mistake in a template, with its place.
type TemplateError struct {
	Line, Col int // from 1; Col counts characters
	What      string
	Hint      string // what to do about it; may be empty
}

// Error says everything in one line.
func (e *TemplateError) Error() string {
	text := fmt.Sprintf("line %d, column %d: %s", e.Line, e.Col, e.What)
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

// piece is a part of a template: text as it is, or a field.
type piece struct {
	text  string
	field *TemplateField
	at    int // where it begins, in bytes
}

// Validate returns an error in words for a person when the template has no
// name, no text, or a mistake in it; the last is a *TemplateError.
func (t Template) Validate() error {
	switch {
	case strings.TrimSpace(t.Name) == "":
		return errors.New("a template needs a name")
	case strings.TrimSpace(t.Text) == "":
		return fmt.Errorf("the template %q has no text", t.Name)
	}
	if _, err := t.pieces(); err != nil {
		return fmt.Errorf("the template %q: %w", t.Name, err)
	}
	return nil
}

// Render fills a template in, for sending without anybody looking: a place for
// the person's own words is an error. The error is a *TemplateError.
func (t Template) Render(about About) (string, error) {
	if err := t.Complete(); err != nil {
		return "", err
	}
	text, _, err := t.Fill(about)
	return text, err
}

// Complete returns a *TemplateError when the template has a mistake in it, or
// a place for the person's own words that nobody has filled yet.
func (t Template) Complete() error {
	all, err := t.pieces()
	if err != nil {
		return err
	}
	for _, p := range all {
		if p.field != nil && p.field.Name == here {
			return t.mistake(p.at, "your own words are missing", "write them in place of {{.Here}}")
		}
	}
	return nil
}

// hasBlank reports whether there is a place for the person's own words.
func (t Template) hasBlank() bool {
	all, _ := t.pieces()
	return slices.ContainsFunc(all, func(p piece) bool { return p.field != nil && p.field.Name == here })
}

// Verbatim returns the template that is filled in as just this text.
func Verbatim(text string) string { return strings.ReplaceAll(text, "{{", `\{{`) }

// Fill fills a template in for a person who goes on writing. blank is where,
// in bytes, their own words belong first; -1: nowhere.
func (t Template) Fill(about About) (text string, blank int, err error) {
	all, err := t.pieces()
	if err != nil {
		return "", -1, err
	}
	var out strings.Builder
	blank = -1
	for _, p := range all {
		switch {
		case p.field == nil:
			out.WriteString(p.text)
		case p.field.Name == here && blank < 0:
			blank = out.Len()
		default:
			out.WriteString(p.field.of(about))
		}
	}
	return out.String(), blank, nil
}

// pieces takes a template apart. The error is a *TemplateError.
func (t Template) pieces() ([]piece, error) {
	var all []piece
	for at := 0; at < len(t.Text); {
		open := strings.Index(t.Text[at:], "{{")
		if open < 0 {
			all = append(all, piece{text: t.Text[at:], at: at})
			break
		}
		open += at
		if open > at && t.Text[open-1] == '\\' {
			all = append(all, piece{text: t.Text[at:open-1] + "{{", at: at})
			at = open + 2
			continue
		}
		line, _, _ := strings.Cut(t.Text[open+2:], "\n")
		name, _, closed := strings.Cut(line, "}}")
		if !closed {
			return nil, t.mistake(open, "this field does not end", `close it with }}, or write \{{ for the characters`)
		}
		field, err := t.field(open, strings.TrimSpace(name))
		if err != nil {
			return nil, err
		}
		all = append(all, piece{text: t.Text[at:open], at: at}, piece{field: field, at: open})
		at = open + 2 + len(name) + 2
	}
	return all, t.fenced(all)
}

// fenced returns an error when a title's code could end too early, because the
// same paragraph has backticks of its own.
func (t Template) fenced(all []piece) error {
	for _, p := range all {
		if p.field == nil || p.field.Name != "Title" {
			continue
		}
		start := max(0, strings.LastIndex(t.Text[:p.at], "\n\n"))
		rest, _, _ := strings.Cut(t.Text[p.at:], "\n\n")
		if strings.Contains(t.Text[start:p.at]+rest, "`") {
			return t.mistake(p.at, "{{.Title}} is filled in as code already", "leave the backticks out of its paragraph")
		}
	}
	return nil
}

// field finds a field by how it was written.
func (t Template) field(at int, written string) (*TemplateField, error) {
	name, dot := strings.CutPrefix(written, ".")
	i := slices.IndexFunc(TemplateFields, func(f TemplateField) bool { return f.Name == name })
	switch {
	case i >= 0 && dot:
		return &TemplateFields[i], nil
	case i >= 0:
		return nil, t.mistake(at, fmt.Sprintf("%q lacks its dot", name), "write {{."+name+"}}")
	}
	names := make([]string, len(TemplateFields))
	for i, f := range TemplateFields {
		names[i] = f.Name
	}
	what := fmt.Sprintf("there is no field %q", NewLine(written).String())
	if meant := Nearest(name, names); meant != "" {
		return nil, t.mistake(at, what, "did you mean {{."+meant+"}}?")
	}
	return nil, t.mistake(at, what, `write \{{ for the characters; the fields are `+strings.Join(names, ", "))
}

// mistake tells what is wrong at a byte of the text.
func (t Template) mistake(at int, what, hint string) error {
	before := t.Text[:at]
	start := strings.LastIndex(before, "\n") + 1
	return &TemplateError{
		Line: 1 + strings.Count(before, "\n"), Col: 1 + len([]rune(before[start:])), What: what, Hint: hint,
	}
}

package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Recipe is a named list of changes that a person makes together, with one key,
// and takes back together. What is empty is left as it is.
type Recipe struct {
	Name string // as pickers and the help write it
	Key  string // of its own, as keymap writes keys; empty: it is picked from the list

	State      State // where the ticket goes; a closed one is skipped
	Gain, Pain *Level
	Assign     []string   // logins who have it afterwards; "me" is the person; "nobody" alone takes it from all
	Labels     []string   // to add: labels that the workflow gives no meaning to
	Unlabel    []string   // to take off
	Comment    string     // text, filled in as a template
	Template   string     // the name of the template to comment with, instead of Comment
	Close      Resolution // closes the ticket; Comment or Template explains it

	// LabelsIfThere are added where the repository has them, and forgotten where
	// it has not. A repository that lacks one of Labels skips the ticket.
	LabelsIfThere []string
}

// The words for people in Recipe.Assign.
const (
	assignMe     = "me"
	assignNobody = "nobody"
)

// ID names the recipe as an action, for keys: recipe-needs-info.
func (r Recipe) ID() string {
	words := strings.FieldsFunc(strings.ToLower(r.Name), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	return strings.Join(append([]string{"recipe"}, words...), "-")
}

// text returns what the recipe comments with; ok is false when it does not.
func (r Recipe) text(templates []Template) (t Template, ok bool) {
	if r.Comment != "" {
		return Template{r.Name, r.Comment}, true
	}
	i := slices.IndexFunc(templates, func(t Template) bool { return t.Name == r.Template })
	if r.Template == "" || i < 0 {
		return Template{}, false
	}
	return templates[i], true
}

// Unfinished returns what the recipe comments with when that has a place for
// the person's own words, which [Recipe.Saying] takes; ok is false when it can be
// carried out as it is.
func (r Recipe) Unfinished(templates []Template) (t Template, ok bool) {
	t, ok = r.text(templates)
	return t, ok && t.hasBlank()
}

// Saying returns the recipe with another comment, which is filled in as a
// template.
func (r Recipe) Saying(text string) Recipe {
	r.Comment, r.Template = text, ""
	return r
}

// Kitchen is what recipes need to know beyond the ticket: what the board shows,
// and what the person has configured.
type Kitchen struct {
	Me        Line
	Repos     []Repo
	Workflow  Workflow
	Templates []Template
	Now       time.Time
}

func (k Kitchen) repo(name string) Repo {
	i := slices.IndexFunc(k.Repos, func(r Repo) bool { return r.Name == name })
	if i < 0 {
		return Repo{}
	}
	return k.Repos[i]
}

// Deed returns what a valid recipe does to a ticket. What the ticket has
// already is left out; a ticket for which one part can't be done is skipped.
func (r Recipe) Deed(k Kitchen) Deed {
	return func(c *Card) ([]Change, string) {
		t := c.Ticket
		switch {
		case r.Close != Unresolved && !t.Open():
			return nil, "it is closed already"
		case r.State != "" && !t.Open():
			return nil, "it is closed: reopen it first"
		}
		labels, why := r.labelling(t, k.repo(t.Ref.Repo))
		if why != "" {
			return nil, why
		}
		moves := r.moves(t)
		people, why := r.assigning(t, k)
		if why != "" {
			return nil, why
		}
		if r.State == InProgress && len(people) == 0 && len(t.Assignees) == 0 {
			return nil, "nobody has it: assign it first"
		}
		changes := slices.Concat(labels, r.judging(t))
		if len(people) > 0 { // it says last who has the ticket
			moves = slices.DeleteFunc(moves, func(c Change) bool { _, assign := c.(Assign); return assign })
		}
		text, why := r.saying(c, k)
		switch {
		case why != "":
			return nil, why
		case r.Close != Unresolved:
			return slices.Concat(changes, people, Closing(t, r.Close, text, StampOf(k.Now))), ""
		case text != "":
			changes = append(changes, AddComment{text})
		}
		return slices.Concat(changes, moves, people), ""
	}
}

// moves are the changes of state.
func (r Recipe) moves(t Ticket) []Change {
	if r.State == "" {
		return nil
	}
	return Moves(t, r.State)
}

func (r Recipe) judging(t Ticket) []Change {
	var changes []Change
	if r.Gain != nil && *r.Gain != t.Gain {
		changes = append(changes, SetGain{t.Gain, *r.Gain})
	}
	if r.Pain != nil && *r.Pain != t.Pain {
		changes = append(changes, SetPain{t.Pain, *r.Pain})
	}
	return changes
}

// saying returns the comment, filled in for the ticket.
func (r Recipe) saying(c *Card, k Kitchen) (text, why string) {
	template, ok := r.text(k.Templates)
	if !ok {
		return "", ""
	}
	text, err := template.Render(About{Ticket: c.Ticket, State: k.Workflow.Step(c.Shown()).Name, Me: k.Me, Now: k.Now})
	if err != nil {
		return "", err.Error()
	}
	return text, ""
}

// assigning returns the change of who has the ticket.
func (r Recipe) assigning(t Ticket, k Kitchen) (changes []Change, why string) {
	if len(r.Assign) == 0 {
		return nil, ""
	}
	var to []Line
	people := k.repo(t.Ref.Repo).People
	for _, name := range r.Assign {
		login := NewLine(name)
		switch {
		case name == assignNobody:
			continue
		case name == assignMe && k.Me.Empty():
			return nil, "who you are is not known yet"
		case name == assignMe:
			login = k.Me
		}
		if len(people) > 0 && !slices.ContainsFunc(people, func(p Person) bool { return p.Login == login }) {
			return nil, login.String() + " can't be assigned in " + t.Ref.Repo
		}
		to = append(to, login)
	}
	if to = Logins(to...); !slices.Equal(to, t.Assignees) {
		changes = append(changes, Assign{t.Assignees, to})
	}
	return changes, ""
}

// labelling returns the changes of labels.
func (r Recipe) labelling(t Ticket, repo Repo) (changes []Change, why string) {
	for _, name := range r.Unlabel {
		if i := labelAt(t.Labels, name); i >= 0 {
			changes = append(changes, RemoveLabel{t.Labels[i]})
		}
	}
	add := func(name string, must bool) {
		if labelAt(t.Labels, name) >= 0 {
			return
		}
		i := slices.IndexFunc(repo.Labels, func(l Label) bool { return !l.Archived && sameName(l.Name, name) })
		switch {
		case i >= 0:
			changes = append(changes, AddLabel{repo.Labels[i].Name})
		case must && repo.Labels == nil: // not known yet: the forge will tell
			changes = append(changes, AddLabel{NewLine(name)})
		case must:
			why = fmt.Sprintf("%s has no label %s: create it, or write \"?%s\" in the recipe", t.Ref.Repo, name, strings.TrimSpace(name))
		}
	}
	for _, name := range r.Labels {
		add(name, true)
	}
	for _, name := range r.LabelsIfThere {
		add(name, false)
	}
	return changes, why
}

func labelAt(labels []Line, name string) int {
	return slices.IndexFunc(labels, func(l Line) bool { return sameName(l, name) })
}

func sameName(l Line, name string) bool {
	return strings.EqualFold(l.String(), strings.TrimSpace(name))
}

// Comments reports whether the recipe only comments: that needs fewer rights.
func (r Recipe) Comments() bool {
	return r.State == "" && r.Close == Unresolved && r.Gain == nil && r.Pain == nil &&
		len(r.Assign)+len(r.Labels)+len(r.LabelsIfThere)+len(r.Unlabel) == 0
}

// Words tells what the recipe does, in a few words.
func (r Recipe) Words(w Workflow) string {
	var parts []string
	say := func(some bool, words string) {
		if some {
			parts = append(parts, words)
		}
	}
	level := func(l *Level) string { return cmp.Or(l, new(Level)).String() }
	say(r.Close != Unresolved, "close as "+string(r.Close))
	say(r.State != "", "move to "+w.Step(r.State).Name)
	say(r.Gain != nil, "gain "+level(r.Gain))
	say(r.Pain != nil, "pain "+level(r.Pain))
	say(len(r.Assign) > 0, "assign "+strings.Join(r.Assign, ", "))
	say(len(r.Labels)+len(r.LabelsIfThere) > 0, "label "+strings.Join(slices.Concat(r.Labels, r.LabelsIfThere), ", "))
	say(len(r.Unlabel) > 0, "no label "+strings.Join(r.Unlabel, ", "))
	say(r.Template != "", "comment \""+r.Template+"\"")
	say(r.Comment != "", "comment")
	return strings.Join(parts, ", ")
}

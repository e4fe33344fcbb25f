package ui

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"docket/model"
)

// Words turns a problem into what happened and what to do about it, each a
// short clause without a full stop. It is the one place that does.
func Words(p *model.Problem, now time.Time) (what, hint string) {
	place, op := p.Place.String(), model.NewLine(p.Op).String()
	if place == "" {
		place = "the forge"
	}
	detail := func(sentence string) string {
		if p.Detail.Empty() {
			return sentence
		}
		return sentence + ": " + p.Detail.String()
	}
	switch p.Kind {
	case model.Unreachable:
		return place + " is unreachable", "what waits here is sent once it answers"
	case model.Struggling:
		return place + " has trouble answering", "tried again by itself"
	case model.RateLimited:
		return "the forge asks for a pause" + until(p.Until, now), "goes on by itself"
	case model.BadToken:
		return "the forge does not know this token", "give a new one to docket login in another terminal"
	case model.NoToken:
		return "read-only without a token", "docket login lets you change tickets"
	case model.MissingScope:
		return detail("the token lacks a scope"), "give docket login one with read and write for issues and read for user, repository and organization"
	case model.Forbidden:
		return detail("the forge says that you may not"), "ask the owners of the repository for the right to triage"
	case model.NotFound:
		return orWord(op, "it") + ": nothing there", "check the name; a private repository needs a token that may read it"
	case model.Deleted:
		return place + " was deleted on the forge", "copy what you wrote, or discard it"
	case model.Moved:
		return "moved to " + place, "start docket with the new name; nothing was written under the old one"
	case model.Refused:
		return detail("the forge refused"), "change it and try again, or discard it"
	case model.Withheld:
		return detail("docket left it as it is"), "discard this, or do it in the browser"
	case model.Locked:
		return detail("the repository is archived"), "nothing can be commented there"
	case model.NoLabel:
		return fmt.Sprintf("there is no label %s", place), "let docket create it: change the ticket once more and say yes"
	case model.Ignored:
		return detail("the forge said yes and changed nothing"), "look at the ticket in the browser; the label may be gone"
	case model.Certificate:
		return detail("the certificate of " + place + " can't be verified"), "check the address and the clock; --ca-file names a private authority"
	case model.NotAForge:
		return detail(place + " does not answer like a Gitea or Forgejo"), "give the address of its front page as in the browser, with http:// or https://"
	case model.Clash:
		return "somebody changed the same thing meanwhile", "say whose value to keep"
	case model.DiskFull:
		return "the disk is full: changes can't be kept", "make room; docket goes on by itself"
	case model.BrokenStore:
		return detail("the local store can't be used"), "start docket again: it keeps a broken file aside and saves what it can"
	case model.ClosedStore:
		return detail("the local store can't be used"), "docket must be able to write " + place
	case model.NewerStore:
		return "the local store was written by a newer docket", "update docket, or move " + place + " away"
	case model.BadInput:
		return detail(orWord(op, "that is not possible")), ""
	}
	return detail(orWord(op, "something went wrong")), "please report it"
}

// WordsOf is Words for any error.
func WordsOf(err error, now time.Time) (what, hint string) {
	if p, ok := errors.AsType[*model.Problem](err); ok {
		return Words(p, now)
	}
	return model.NewLine(err.Error()).String(), ""
}

func orWord(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func until(at, now time.Time) string {
	d := at.Sub(now).Round(time.Second)
	if at.IsZero() || d <= 0 {
		return ""
	}
	if d < time.Minute {
		return fmt.Sprintf(" of %d s", int(d/time.Second))
	}
	return fmt.Sprintf(" of %d min", int((d+time.Minute-1)/time.Minute))
}

// sayChange writes what a change does, for the outbox and for questions.
func sayChange(c model.Change) string {
	switch c := c.(type) {
	case model.SetGain:
		return fmt.Sprintf("gain %s, was %s", c.To, c.From)
	case model.SetPain:
		return fmt.Sprintf("pain %s, was %s", c.To, c.From)
	case model.Move:
		return fmt.Sprintf("move to %s, was %s", c.To, c.From)
	case model.Resolve:
		if c.To == model.Unresolved {
			return fmt.Sprintf("no longer closed as %s", c.From)
		}
		return fmt.Sprintf("closed as %s", c.To)
	case model.Close:
		return "close"
	case model.Reopen:
		return "reopen"
	case model.Assign:
		mine, _ := c.Value(model.Ticket{})
		return "assign " + mine
	case model.SetDue:
		mine, _ := c.Value(model.Ticket{})
		return "due " + mine
	case model.SetMilestone:
		if c.To.None() {
			return "out of milestone " + c.From.Title.String()
		}
		return "milestone " + c.To.Title.String()
	case model.AddLabel:
		return "add label " + c.Name.String()
	case model.RemoveLabel:
		return "remove label " + c.Name.String()
	case model.RemoveComment:
		return "delete the comment: " + model.NewLine(c.Text).String()
	case model.AddComment:
		return "comment: " + model.NewLine(c.Text).String()
	}
	return string(c.Field())
}

// sayWish writes what a change does, without what it is put over.
func sayWish(c model.Change) string {
	switch c.(type) {
	case model.SetGain, model.SetPain, model.Move:
		word, _, _ := strings.Cut(sayChange(c), ", was ")
		return word
	}
	return sayChange(c)
}

// fieldName writes a field at the start of a sentence.
func fieldName(f model.Field) string {
	switch f {
	case model.FieldGain:
		return "Gain"
	case model.FieldPain:
		return "Pain"
	case model.FieldState:
		return "The state"
	case model.FieldResolution:
		return "The resolution"
	case model.FieldAssignees:
		return "The assignee"
	case model.FieldDue:
		return "The due date"
	case model.FieldMilestone:
		return "The milestone"
	}
	return "The ticket"
}

// named is how a ticket is called everywhere: its number, and where the board
// shows several repositories as much of its own as there is room for.
func (th *theme) named(ref model.Ref, several bool, room int) string {
	number := fmt.Sprintf("#%d", ref.Number)
	if several {
		number = th.cut(shortRepo(ref.Repo), max(4, room-width(number))) + number
	}
	return number
}

// shortName is a ticket's name for which there is little room.
func (a *App) shortName(ref model.Ref, room int) string {
	return a.theme.named(ref, len(a.snap.Repos) > 1, room)
}

// ticketName is a ticket's name, with the whole of its repository's when the
// board does not show that: it has another name now, or is another board's.
func (a *App) ticketName(ref model.Ref) string {
	if a.snap.Repo(ref.Repo).Name == "" {
		return model.NewLine(ref.String()).String()
	}
	return a.shortName(ref, spokenWidth)
}

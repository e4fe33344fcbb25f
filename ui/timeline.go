package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

// telling is what one person did to a ticket at about one time, in words.
type telling struct {
	at   time.Time
	text string
}

// inOneGo is how long after one another deeds of one person are told together.
const inOneGo = time.Minute

// toggleTimeline shows or hides what happened between the comments.
func (a *App) toggleTimeline() tea.Cmd {
	a.timeline = !a.timeline
	if a.pane != nil {
		a.pane.again()
	}
	if a.timeline {
		a.voice.say("What happened is told between the comments")
	} else {
		a.voice.say("What happened is left out")
	}
	return nil
}

// tellings puts events into words, those of one person in one go together.
// parted reports whether something stands between two times, as a comment.
func tellings(events []model.Event, repo string, parted func(from, to time.Time) bool) (out []telling) {
	for len(events) > 0 {
		n := 1
		for n < len(events) && events[n].By.Login == events[0].By.Login && events[n].At.Sub(events[n-1].At) < inOneGo &&
			!parted(events[n-1].At, events[n].At) {
			n++
		}
		if did := deeds(events[:n], repo); did != "" {
			out = append(out, telling{events[0].At, somebody(events[0].By) + " " + did})
		}
		events = events[n:]
	}
	return out
}

func somebody(p model.Person) string {
	if p.Login.Empty() {
		return "somebody"
	}
	return p.Login.String()
}

// deeds writes what somebody did in one go, field by field.
func deeds(events []model.Event, repo string) string {
	var words []string
	var done []model.Field
	for _, e := range events {
		f := e.Field
		if strings.HasPrefix(string(f), string(model.FieldLabel)) || f == model.FieldType {
			f = model.FieldLabel // all labels are told together
		}
		if slices.Contains(done, f) {
			continue
		}
		done = append(done, f)
		var same []model.Event
		for _, o := range events {
			if o.Field == f || f == model.FieldLabel && (strings.HasPrefix(string(o.Field), string(f)) || o.Field == model.FieldType) {
				same = append(same, o)
			}
		}
		words = append(words, deed(f, same, repo)...)
	}
	words = joinClosing(words)
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}

const closedIt, endedAs = "closed it", "marked it as "

// joinClosing says how and that a ticket was closed as one thing.
func joinClosing(words []string) []string {
	i := slices.Index(words, closedIt)
	j := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, endedAs) })
	if i < 0 || j < 0 {
		return words
	}
	words[i] = closedIt + " as " + strings.TrimPrefix(words[j], endedAs)
	return slices.Delete(words, j, j+1)
}

// deed writes what somebody did to one field.
func deed(f model.Field, events []model.Event, repo string) []string {
	last := events[len(events)-1]
	switch f {
	case model.FieldLabel:
		return listed(events, "added the label ", "added the labels ", "removed the label ", "removed the labels ")
	case model.FieldAssignees:
		if len(events) == 1 && last.Came == last.By.Login.Raw() && last.Came != "" {
			return []string{"took it"}
		}
		return listed(events, "assigned ", "assigned ", "took it from ", "took it from ")
	case model.FieldOpen:
		if last.Came == "close" {
			return []string{closedIt}
		}
		return []string{"reopened it"}
	case model.FieldTitle:
		return []string{`renamed it from "` + plainLine(events[0].Went) + `"`}
	case model.FieldMention:
		return []string{"mentioned it in " + mentions(events, repo)}
	case model.FieldLock, model.FieldPin:
		return []string{last.Came + "ed it"}
	case model.FieldNeeds:
		if last.Came == "" {
			return []string{"removed the dependency with " + nameOf(last.Ref, repo)}
		}
		return []string{"noted a dependency with " + nameOf(last.Ref, repo)}
	}
	came, went := net(events)
	return replaced(f, plainLine(came), plainLine(went))
}

// replaced writes that a value of a field came in place of another.
func replaced(f model.Field, came, went string) []string {
	set, cleared := fmt.Sprintf("set %s to %s", f, came), fmt.Sprintf("took away %s %s", f, went)
	switch f {
	case model.FieldState:
		set, cleared = "moved it to "+came, "moved it out of "+went
	case model.FieldResolution:
		set, cleared = endedAs+came, "no longer calls it "+went
	case model.FieldDue:
		set, cleared, went = "set the due date to "+dayInWords(came), "removed the due date", ""
	case model.FieldMilestone:
		set, cleared = "put it into milestone "+came, "took it out of milestone "+went
	}
	switch {
	case came != "" && went != "" && came != went:
		return []string{set + " (was " + went + ")"}
	case came != "":
		return []string{set}
	case went != "" || f == model.FieldDue:
		return []string{cleared}
	}
	return []string{"changed the " + string(f)}
}

// net is what is left of values that came and went: the last that stayed, and
// the first that was before.
func net(events []model.Event) (came, went string) {
	for _, e := range events {
		if e.Came != "" {
			came = e.Came
		}
		switch {
		case e.Went == "":
		case e.Went == came:
			came = ""
		case went == "":
			went = e.Went
		}
	}
	return came, went
}

// listed writes which of several values came and which went, by the words for
// one and for many.
func listed(events []model.Event, came, cameMany, went, wentMany string) (words []string) {
	var in, out []string
	for _, e := range events {
		if e.Came != "" {
			in = append(in, plainLine(e.Came))
		}
		if e.Went != "" {
			out = append(out, plainLine(e.Went))
		}
	}
	if len(in) > 0 {
		words = append(words, plural(len(in), came, cameMany)+strings.Join(in, ", "))
	}
	if len(out) > 0 {
		words = append(words, plural(len(out), went, wentMany)+strings.Join(out, ", "))
	}
	return words
}

// mentions lists where a ticket was mentioned.
func mentions(events []model.Event, repo string) string {
	var in []string
	for _, e := range events {
		name := "another ticket"
		switch {
		case e.Came == "commit":
			name = "a commit"
		case e.Came != "":
			name = e.Came + " " + nameOf(e.Ref, repo)
		case e.Ref.Number > 0:
			name = nameOf(e.Ref, repo)
		}
		if !slices.Contains(in, name) {
			in = append(in, name)
		}
	}
	return joinSome(in, 5)
}

// nameOf writes a ticket's name, short where the repository is clear.
func nameOf(ref model.Ref, repo string) string {
	if ref.Repo == repo {
		return fmt.Sprintf("#%d", ref.Number)
	}
	return plainLine(ref.String())
}

// plainLine cleans a forge's word for one line.
func plainLine(s string) string { return model.NewLine(s).String() }

// dayInWords writes a day that a forge tells as 2026-12-01.
func dayInWords(s string) string {
	if at, err := time.Parse(time.DateOnly, s); err == nil {
		return at.Format("2 Jan 2006")
	}
	return s
}

// told is a line of what happened; only the first of a telling has its age.
func (th *theme) told(l threadLine, w int, now time.Time) string {
	if l.at.IsZero() {
		return "  " + th.muted.of(th.cut(l.text, w-2))
	}
	when := agoCalmly(now.Sub(l.at))
	if th.words {
		return l.text + ", " + when
	}
	return th.faint.of(th.dot) + " " + th.muted.of(th.split(l.text, when, w-2))
}

// untold tells why what happened is not all there; empty when it is.
func (a *App) untold() string {
	p := a.pane
	switch {
	case p.thread.Told:
		return ""
	case p.untold != nil:
		what, _ := WordsOf(p.untold, a.now)
		return "What happened of late is not known here: " + what
	case p.asking:
		return "Asking what happened" + a.theme.ellipsis
	}
	return ""
}

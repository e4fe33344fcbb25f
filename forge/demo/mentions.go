package demo

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	reference = regexp.MustCompile(`(?:^|[\s(\['"])((?:[\w.-]+/[\w.-]+)?)#([0-9]+)(?:$|[\s)\]'":;,.?!])`)
	codeText  = regexp.MustCompile("(?s)```.*?(?:```|$)|`[^`]*`")
)

// named are the tickets that a text refers to, without the one whose text it is.
func (f *Forge) named(from *ticket, who *account, text string) []*ticket {
	if !strings.Contains(text, "#") {
		return nil
	}
	text = codeText.ReplaceAllString(text, " ")
	var found []*ticket
	for {
		at := reference.FindStringSubmatchIndex(text)
		if at == nil {
			return found
		}
		repo := from.repo
		if at[3] > at[2] {
			repo = f.repos[strings.ToLower(text[at[2]:at[3]])]
		}
		number, _ := strconv.ParseInt(text[at[4]:at[5]], 10, 64) // one that is too long is no ticket's
		text = text[at[5]:]
		if repo == nil || repo != from.repo && repo.access(who) == nothing {
			continue
		}
		if t := repo.byNumber[number]; t != nil && t != from && !slices.Contains(found, t) {
			found = append(found, t)
		}
	}
}

// refer leaves a line in the timeline of each ticket that a text refers to. The text is the ticket's
// own, or that of a comment on it. Of an edited text, lines for tickets that it no longer names are
// neutered.
func (f *Forge) refer(from *ticket, in *event, d deed, text string) {
	kind, key := "issue_ref", mention{from, in}
	if in != nil {
		kind = "comment_ref"
	}
	named := f.named(from, d.by, text)
	for _, e := range f.mentions[key] {
		at := slices.Index(named, e.on)
		if at < 0 {
			e.neutered = true
		} else if !e.neutered {
			named = slices.Delete(named, at, at+1)
		}
	}
	for _, t := range named {
		f.mentions[key] = append(f.mentions[key], f.note(t, d, event{kind: kind, other: from, said: in}))
	}
}

// mayKnow reports whether the caller may read what refers to a ticket.
func (c *call) mayKnow(t *ticket, e *event) bool {
	return e.other == nil || e.other.repo == t.repo || e.other.repo.access(c.who) != nothing
}

// mention is a text that may refer to tickets: a ticket's, or a comment's.
type mention struct {
	from *ticket
	in   *event
}

// unsay is what becomes of references when their comment is deleted: Gitea keeps the line, and then has
// nothing to show for it.
func (f *Forge) unsay(in *event) {
	for _, e := range f.mentions[mention{in.on, in}] {
		e.neutered, e.unsaid = true, true
	}
}

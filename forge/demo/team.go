package demo

import (
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// team is the sample's people, and what they know to say.
type team struct {
	rng       *rand.Rand
	repo      *repository
	members   []*account // the first one is the person at the keyboard, who acts for herself
	reporters []*account
	numbers   map[string]int64    // of the sample's tickets, by title
	coming    []story             // tickets that nobody has opened yet
	phrases   map[string][]string // by kind: team, reporter, question, closing
}

// prepare reads what will be said later.
func (t *team) prepare() {
	stories, err := parseStories(readText("later.txt"))
	if err != nil {
		panic(err) // the file is part of the program
	}
	t.rng.Shuffle(len(stories), func(i, j int) { stories[i], stories[j] = stories[j], stories[i] })
	t.coming = stories
	t.phrases = map[string][]string{}
	for _, line := range textLines("remarks.txt") {
		kind, phrase, _ := strings.Cut(line, " ")
		t.phrases[kind] = append(t.phrases[kind], phrase)
	}
}

// disorder is up to a third of an age's unit, so that not everything happens at full days.
func (t *team) disorder(age time.Duration) time.Duration {
	unit := time.Minute
	for _, larger := range []time.Duration{time.Hour, day, 7 * day} {
		if age >= 2*larger {
			unit = larger
		}
	}
	return time.Duration(t.rng.Int64N(int64(unit / 3))).Truncate(time.Second)
}

// label finds a label that the sample's files name; a missing one is a mistake in them.
func (t *team) label(name string) *label {
	l := named(t.repo.usable(), name)
	if l == nil {
		panic("demo: there is no label " + name)
	}
	return l
}

// plan makes the milestones.
func (t *team) plan(f *Forge, now time.Time) {
	for _, line := range textLines("milestones.txt") {
		title, when, _ := strings.Cut(line, "|")
		var due time.Time
		if ahead, err := parseAge(strings.TrimSpace(when)); err == nil {
			due = endOfDay(now.Add(ahead))
		}
		f.addMilestone(t.repo, deed{t.members[0], now}, strings.TrimSpace(title), due)
	}
}

// milestone finds one that the sample's files name; a missing one is a mistake in them.
func (t *team) milestone(title string) *milestone {
	at := slices.IndexFunc(t.repo.milestones, func(m *milestone) bool { return m.title == title })
	if at < 0 {
		panic("demo: there is no milestone " + title)
	}
	return t.repo.milestones[at]
}

// theirs tells whether a colleague has the ticket in hand.
func (t *team) theirs(x *ticket) bool {
	return len(x.assignees) > 0 && slices.Contains(t.members[1:], x.assignees[0])
}

func (t *team) phrase(kind string) string { return pick(t.rng, t.phrases[kind]) }

// colleague is any team member but the one at the keyboard.
func (t *team) colleague() *account { return pick(t.rng, t.members[1:]) }

func pick[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }

// state is a ticket's state label without its scope; empty means that it needs review.
func state(t *ticket) string {
	for _, l := range t.labels {
		if name, found := strings.CutPrefix(l.name, "state/"); found {
			return name
		}
	}
	return ""
}

// open is some open ticket that fits, or nil.
func (t *team) open(fits func(*ticket) bool) *ticket {
	var list []*ticket
	for _, ticket := range t.repo.tickets {
		if ticket.open() && fits(ticket) {
			list = append(list, ticket)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return pick(t.rng, list)
}

// answered tells whether a ticket waits for a reporter who has spoken last.
func answered(t *ticket) bool {
	if state(t) != "waiting on reporter" {
		return false
	}
	for _, e := range slices.Backward(t.events) {
		if e.kind == "comment" {
			return e.by == t.by
		}
	}
	return false
}

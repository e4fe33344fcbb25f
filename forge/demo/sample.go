package demo

import (
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// Sample tells how to open the board that [Forge.Fill] made.
type Sample struct {
	Repo  string // "infra/tickets"
	Login string // anna, the team member at whose desk the demo takes place
	Token string // hers, with all scopes
}

// newestNumber is the number of the youngest ticket on the sample board. Like on a forge in its tenth
// year, a few numbers are missing.
const newestNumber = 13512

// storyFiles are read in this order, which keeps the board the same for the same seed and clock.
var storyFiles = []string{
	"review.txt", "urgent.txt", "meeting.txt", "reporter.txt", "external.txt",
	"assignee-high.txt", "assignee-medium.txt", "assignee-low.txt",
	"closed-recent.txt", "closed-older.txt",
}

// Fill puts the sample board into an empty forge: an infrastructure team, its repository infra/tickets,
// about 120 open tickets and sixty that were closed in the last weeks. All dates are relative to the
// clock; the same clock and seed give the same board.
func (f *Forge) Fill() Sample {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.now()
	t := &team{rng: rand.New(rand.NewPCG(f.options.Seed, 0x5eed))}
	f.hire(t)
	f.furnish(t.repo)
	t.plan(f, now)
	var plot []step
	for _, s := range f.tell(t, now) {
		plot = append(plot, s.steps...)
	}
	slices.SortStableFunc(plot, func(a, b step) int { return a.at.Compare(b.at) })
	for _, s := range plot {
		s.do(s.at)
	}
	t.prepare()
	f.team = t
	you := t.members[0].login
	return Sample{Repo: t.repo.path(), Login: you, Token: f.addToken(you, "all")}
}

// hire creates the people, the organisation and its repository.
func (f *Forge) hire(t *team) {
	org := f.addAccount("infra", "Infrastructure Team")
	org.organisation, org.owners = true, map[*account]bool{}
	t.repo = f.addRepo(org, "tickets")
	t.repo.description = "Everything that the infrastructure team is asked to do"
	for _, line := range textLines("people.txt") {
		words := strings.SplitN(line, " ", 3)
		kind := words[0]
		login, fullName := words[1], strings.TrimSpace(words[2])
		who := f.addAccount(login, fullName)
		if kind == "team" {
			t.members = append(t.members, who)
			t.repo.members[who] = writer
		} else {
			t.reporters = append(t.reporters, who)
		}
	}
	for _, who := range t.members[:2] {
		org.owners[who] = true
	}
}

// furnish creates the labels.
func (f *Forge) furnish(r *repository) {
	for _, line := range textLines("labels.txt") {
		marks, rest, marked := strings.Cut(line, " ")
		if !marked || !strings.ContainsAny(marks, "*!@") {
			marks, rest = "", line
		}
		fields := strings.Split(rest, "|")
		f.lastID.label++
		l := &label{
			id: f.lastID.label, repo: r, name: strings.TrimSpace(fields[0]),
			color: "#" + strings.TrimSpace(fields[1]), description: strings.TrimSpace(fields[2]),
			exclusive: strings.Contains(marks, "*"), archived: strings.Contains(marks, "!"),
		}
		if strings.Contains(marks, "@") {
			l.repo, l.of = nil, r.owner
			r.owner.labels = append(r.owner.labels, l)
			continue
		}
		r.labels = append(r.labels, l)
	}
}

// tell turns all stories into steps and gives them their numbers in the order of their opening.
func (f *Forge) tell(t *team, now time.Time) []*past {
	var all []*past
	for _, name := range storyFiles {
		stories, err := parseStories(readText(name))
		if err != nil {
			panic(err) // the file is part of the program
		}
		for _, s := range stories {
			all = append(all, f.live(t, s, now))
		}
	}
	slices.SortStableFunc(all, func(a, b *past) int { return a.opened.Compare(b.opened) })
	number := int64(newestNumber)
	t.numbers = map[string]int64{}
	for _, p := range slices.Backward(all) {
		p.number, t.numbers[p.story.title] = number, number
		number--
		if t.rng.IntN(8) == 0 {
			number--
		}
	}
	return all
}

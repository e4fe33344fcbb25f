package demo

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// step is one moment of the board's past.
type step struct {
	at time.Time
	do func(at time.Time)
}

// past is the life of one ticket of the sample: a plan whose steps are done later, in the order of time
// with those of all other tickets.
type past struct {
	*Forge
	team   *team
	story  story
	now    time.Time
	opened time.Time
	number int64
	steps  []step
	last   time.Time // of the steps so far
	ticket *ticket   // once the first step is done
}

// live plans a ticket's life. Ages in the files are round, so each moment gets a little disorder, but
// nothing happens before what it answers and nothing in the future.
func (f *Forge) live(t *team, s story, now time.Time) *past {
	p := &past{Forge: f, team: t, story: s, now: now, opened: now.Add(-s.age - t.disorder(s.age))}
	p.last = p.opened
	p.then(p.opened, func(at time.Time) {
		t.repo.lastNumber = p.number - 1
		p.ticket = f.openTicket(t.repo, deed{f.person(s.by), at}, s.title, p.words(s.body), nil, nil)
	})
	asked := p.asked()
	if asked < 0 {
		p.triage(pick(t.rng, t.members))
	}
	for i, r := range s.replies {
		pause := time.Duration(3+t.rng.IntN(15)) * time.Minute
		p.then(later(p.ago(r.age), p.last.Add(pause)), func(at time.Time) {
			f.comment(p.ticket, deed{f.person(r.by), at}, p.words(r.body))
		})
		if i == asked {
			p.triage(f.person(r.by))
		}
	}
	if s.closedAs != "" {
		p.close()
	}
	return p
}

// words puts real dates and numbers into a text.
func (p *past) words(text string) string {
	return namePlace.ReplaceAllStringFunc(dated(text, p.now), func(place string) string {
		begin := strings.Trim(place, "{#}")
		for title, number := range p.team.numbers {
			if strings.HasPrefix(title, begin) {
				return "#" + strconv.FormatInt(number, 10)
			}
		}
		panic("demo: there is no ticket " + begin) // the file is part of the program
	})
}

// then plans the next step, which is neither before the last one nor in the future.
func (p *past) then(at time.Time, do func(at time.Time)) {
	p.last = later(at.Truncate(time.Second), p.last)
	if p.last.After(p.now) {
		p.last = p.now
	}
	p.steps = append(p.steps, step{p.last, do})
}

func (p *past) ago(age time.Duration) time.Time { return p.now.Add(-age - p.team.disorder(age)) }

// asked is the index of the reply with which a ticket began to wait for somebody outside the team: the
// team's last one. It is negative when the ticket waits for nobody outside.
func (p *past) asked() int {
	outside := func(name string) bool {
		return name == "state/waiting on reporter" || name == "state/waiting on external"
	}
	if !slices.ContainsFunc(p.story.labels, outside) {
		return -1
	}
	for i, r := range slices.Backward(p.story.replies) {
		if slices.Contains(p.team.members, p.person(r.by)) {
			return i
		}
	}
	return -1
}

// triage plans labels, due date and assignees, some hours after the last step.
func (p *past) triage(by *account) {
	labels := slices.Clone(p.story.labels)
	if p.story.closedAs != "" && len(labels) > 0 {
		labels = append(labels, "state/waiting on assignee") // where it was before it was closed
	}
	pause := min(time.Duration(1+p.team.rng.IntN(9))*time.Hour, p.now.Sub(p.last)/8)
	if len(labels) > 0 {
		p.then(p.last.Add(pause), func(at time.Time) {
			for _, name := range labels {
				p.addLabel(p.ticket, deed{by, at}, p.team.label(name))
			}
		})
	}
	if p.story.due != 0 {
		p.then(p.last, func(at time.Time) { p.setDue(p.ticket, deed{by, at}, endOfDay(p.now.Add(p.story.due))) })
	}
	if p.story.milestone != "" {
		p.then(p.last, func(at time.Time) { p.setMilestone(p.ticket, deed{by, at}, p.team.milestone(p.story.milestone)) })
	}
	for _, login := range p.story.assignees {
		p.then(p.last.Add(pause), func(at time.Time) {
			who := p.person(login)
			p.assign(p.ticket, deed{who, at}, append(slices.Clone(p.ticket.assignees), who))
		})
	}
}

func (p *past) close() {
	p.then(later(p.ago(p.story.closedAge), p.last.Add(time.Minute)), func(at time.Time) {
		p.finishAs(p.ticket, deed{p.person(p.story.closedBy), at}, p.team.label(p.story.closedAs))
	})
}

// finishAs closes a ticket the way the team does: the state goes, a label says how it ended.
func (f *Forge) finishAs(t *ticket, d deed, ending *label) {
	for _, l := range slices.Clone(t.labels) {
		if strings.HasPrefix(l.name, "state/") {
			f.removeLabel(t, d, l)
		}
	}
	f.addLabel(t, d, ending)
	_ = f.closeTicket(t, d) // callers choose tickets that nothing blocks
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// endOfDay is the moment that Gitea keeps for a due date.
func endOfDay(at time.Time) time.Time {
	y, m, d := at.Date()
	return time.Date(y, m, d, 23, 59, 59, 0, at.Location()).UTC()
}

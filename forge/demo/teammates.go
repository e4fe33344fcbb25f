package demo

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Teammates lets simulated colleagues work on the sample board until ctx ends: they open tickets,
// comment, label, move, assign and close. Between two deeds they wait for every, or for a random 8 to
// 20 seconds when it is zero. It blocks; call it in a goroutine of its own, after [Forge.Fill].
func (f *Forge) Teammates(ctx context.Context, every time.Duration) {
	for {
		pause := every
		if pause <= 0 {
			pause = f.breath()
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
			f.Step()
		}
	}
}

func (f *Forge) breath() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.team == nil {
		return 8 * time.Second
	}
	return 8*time.Second + time.Duration(f.team.rng.Int64N(int64(12*time.Second)))
}

// Step lets one colleague do one thing now and tells what, such as "kira commented on #13412". The
// same seed, clock and steps give the same story. It answers "" on a forge without the sample board,
// and when there is nothing left to do.
func (f *Forge) Step() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	t := f.team
	if t == nil {
		return ""
	}
	deeds := []struct {
		weight int
		do     func(*team) string
	}{
		{12, f.arrive}, {14, f.answer}, {14, f.remark}, {16, f.triage},
		{14, f.ask}, {14, f.take}, {10, f.finish}, {6, f.schedule},
	}
	total := 0
	for _, d := range deeds {
		total += d.weight
	}
	chance := t.rng.IntN(total)
	for _, d := range deeds {
		if chance -= d.weight; chance < 0 {
			if told := d.do(t); told != "" {
				return told
			}
			break
		}
	}
	return f.remark(t)
}

func (f *Forge) arrive(t *team) string {
	if len(t.coming) == 0 {
		return ""
	}
	s := t.coming[0]
	t.coming = t.coming[1:]
	opened := f.openTicket(t.repo, deed{f.person(s.by), f.now()}, s.title, dated(s.body, f.now()), nil, nil)
	return fmt.Sprintf("%s opened #%d", s.by, opened.number)
}

func (f *Forge) remark(t *team) string {
	on := t.open(func(x *ticket) bool { return state(x) != "waiting on reporter" && x.comments < 12 })
	if on == nil {
		return ""
	}
	return f.say(on, t.colleague(), t.phrase("team"))
}

// answer is a reporter speaking, most welcome where the team waits for it.
func (f *Forge) answer(t *team) string {
	fits := func(x *ticket) bool { return x.by != t.members[0] && x.comments < 12 }
	on := t.open(func(x *ticket) bool { return fits(x) && state(x) == "waiting on reporter" && !answered(x) })
	if on == nil || t.rng.IntN(3) == 0 {
		on = t.open(fits)
	}
	if on == nil {
		return ""
	}
	return f.say(on, on.by, t.phrase("reporter"))
}

func (f *Forge) say(on *ticket, who *account, text string) string {
	f.comment(on, deed{who, f.now()}, text)
	return fmt.Sprintf("%s commented on #%d", who.login, on.number)
}

// triage leaves a handful of tickets to the person at the keyboard.
func (f *Forge) triage(t *team) string {
	waiting := 0
	on := t.open(func(x *ticket) bool {
		if state(x) == "" {
			waiting++
		}
		return state(x) == ""
	})
	who, level := t.colleague(), pick(t.rng, []string{"low", "medium", "high"})
	d := deed{who, f.now()}
	if waiting <= 6 {
		if on = t.open(func(x *ticket) bool { return state(x) == "waiting on assignee" }); on == nil {
			return ""
		}
		kind := pick(t.rng, []string{"gain/", "pain/"})
		f.addLabel(on, d, t.label(kind+level))
		return fmt.Sprintf("%s set %s on #%d", who.login, kind+level, on.number)
	}
	f.addLabel(on, d, t.label("gain/"+level))
	f.addLabel(on, d, t.label("pain/"+pick(t.rng, []string{"low", "low", "medium", "high"})))
	f.addLabel(on, d, t.label("state/waiting on assignee"))
	return fmt.Sprintf("%s triaged #%d", who.login, on.number)
}

// ask moves a ticket on: back to the team when the reporter has answered, or to the reporter.
func (f *Forge) ask(t *team) string {
	who := t.colleague()
	d := deed{who, f.now()}
	if on := t.open(answered); on != nil && t.rng.IntN(2) == 0 {
		f.addLabel(on, d, t.label("state/waiting on assignee"))
		return fmt.Sprintf("%s moved #%d to waiting on assignee", who.login, on.number)
	}
	on := t.open(func(x *ticket) bool { return state(x) == "waiting on assignee" && len(x.assignees) == 0 })
	if on == nil {
		return ""
	}
	f.comment(on, d, t.phrase("question"))
	f.addLabel(on, d, t.label("state/waiting on reporter"))
	return fmt.Sprintf("%s moved #%d to waiting on reporter", who.login, on.number)
}

func (f *Forge) take(t *team) string {
	on := t.open(func(x *ticket) bool { return state(x) == "waiting on assignee" && len(x.assignees) == 0 })
	if on == nil {
		return ""
	}
	who := t.colleague()
	f.assign(on, deed{who, f.now()}, []*account{who})
	return fmt.Sprintf("%s took #%d", who.login, on.number)
}

// finish closes what a colleague has; tickets of the person at the keyboard are hers to close.
func (f *Forge) finish(t *team) string {
	on := t.open(func(x *ticket) bool { return t.theirs(x) && !slices.ContainsFunc(x.needs, (*ticket).open) })
	if on == nil {
		return ""
	}
	d := deed{on.assignees[0], f.now()}
	f.comment(on, d, t.phrase("closing"))
	f.finishAs(on, d, t.label("closed as/done"))
	return fmt.Sprintf("%s closed #%d", d.by.login, on.number)
}

func (f *Forge) schedule(t *team) string {
	on := t.open(func(x *ticket) bool { return t.theirs(x) && x.due.IsZero() })
	if on == nil {
		return ""
	}
	who := on.assignees[0]
	f.setDue(on, deed{who, f.now()}, endOfDay(f.now().AddDate(0, 0, 2+t.rng.IntN(20))))
	return fmt.Sprintf("%s set a due date on #%d", who.login, on.number)
}

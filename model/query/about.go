package query

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"docket/model"
)

// aspects are what can stand out about a ticket.
var aspects = []struct {
	name, about string
	holds       test
}{
	{"untriaged", "open, gain or pain is missing", func(c *model.Card, _ *Context) bool { return c.Open() && !c.Triaged() }},
	{"triaged", "gain and pain are set", func(c *model.Card, _ *Context) bool { return c.Triaged() }},
	{"answered", "the reporter has answered", func(c *model.Card, _ *Context) bool { return c.Answered() }},
	{"stale", "has rested for too long", func(c *model.Card, in *Context) bool { return in.Policy.Stale(c.Ticket, in.Now) }},
	{"due", "is due soon or overdue", func(c *model.Card, in *Context) bool { return in.Policy.Due(c.Ticket, in.Now) }},
	{"overdue", "its due date is past", func(c *model.Card, in *Context) bool { return c.Open() && !c.Due.IsZero() && c.Due.Before(in.Now) }},
	{"pending", "your change is on its way", func(c *model.Card, _ *Context) bool { return c.Saving+c.Pending > 0 }},
	{"stuck", "your change clashed or is parked", func(c *model.Card, _ *Context) bool { return c.Stuck > 0 }},
	{"open", "is open", func(c *model.Card, _ *Context) bool { return c.Open() }},
	{"closed", "is closed", func(c *model.Card, _ *Context) bool { return !c.Open() }},
	{"locked", "its conversation is locked", func(c *model.Card, _ *Context) bool { return c.Locked }},
}

func readIs(p *parser, v value) (test, *Problem) {
	names := make([]string, len(aspects))
	for i, a := range aspects {
		names[i] = a.name
	}
	i, problem := p.choose(v, "word for is:", names)
	if problem != nil {
		return nil, problem
	}
	p.q.closed = p.q.closed || names[i] == "closed" && !p.not
	return aspects[i].holds, nil
}

// readClosedAs reads a resolution; none means closed without one.
func readClosedAs(p *parser, v value) (test, *Problem) {
	names, short := []string{"none"}, []string{""}
	for _, r := range model.Resolutions {
		names, short = append(names, string(r)), append(short, r.Short())
	}
	i, problem := p.choose(v, "resolution", names, short...)
	if problem != nil {
		return nil, problem
	}
	want := model.Unresolved
	if i > 0 {
		want = model.Resolutions[i-1]
	}
	p.q.closed = p.q.closed || !p.not
	return func(c *model.Card, _ *Context) bool { return !c.Open() && c.ClosedAs == want }, nil
}

func readSort(p *parser, v value) (test, *Problem) {
	names := make([]string, len(orders))
	for i, o := range orders {
		names[i] = o.name
	}
	after, back := strings.CutPrefix(v.text, "-")
	v.text = after
	i, problem := p.choose(v, "order", names)
	switch {
	case problem != nil:
		return nil, problem
	case slices.ContainsFunc(p.q.order, func(o Order) bool { return o.By == names[i] }):
		return nil, p.problem(v.at, v.end, "sorted by "+names[i]+" already", "say it once")
	}
	p.q.order = append(p.q.order, Order{names[i], back})
	return nil, nil
}

func readAge(p *parser, v value) (test, *Problem) {
	span, problem := p.span(v, "age")
	return func(c *model.Card, in *Context) bool { return holds(v.op, cmp.Compare(in.Now.Sub(c.Created), span)) }, problem
}

func readUpdated(p *parser, v value) (test, *Problem) {
	span, problem := p.span(v, "updated")
	return func(c *model.Card, in *Context) bool { return holds(v.op, cmp.Compare(in.Now.Sub(c.Updated), span)) }, problem
}

// readDue reads how far ahead a due date is. Closed tickets are no longer due.
func readDue(p *parser, v value) (test, *Problem) {
	if strings.EqualFold(v.text, "none") && v.op == "" {
		return func(c *model.Card, _ *Context) bool { return c.Due.IsZero() }, nil
	}
	span, problem := p.span(v, "due")
	return func(c *model.Card, in *Context) bool {
		return c.Open() && !c.Due.IsZero() && holds(v.op, cmp.Compare(c.Due.Sub(in.Now), span))
	}, problem
}

// units of time, as the board writes ages.
var units = []struct {
	name string
	long time.Duration
}{
	{"min", time.Minute}, {"h", time.Hour}, {"d", 24 * time.Hour}, {"w", 7 * 24 * time.Hour},
	{"mo", 30 * 24 * time.Hour}, {"y", 365 * 24 * time.Hour},
}

// span reads a comparison with a length of time, as >30d.
func (p *parser) span(v value, name string) (time.Duration, *Problem) {
	digits := len(v.text) - len(strings.TrimLeft(v.text, "0123456789"))
	unit := strings.ToLower(v.text[digits:])
	n, err := strconv.Atoi(v.text[:digits])
	last := v.end == len(p.text)
	for _, u := range units {
		if u.name != unit || err != nil {
			continue
		}
		const farthest = 100_000_000 * time.Minute // some 190 years: well within a Duration
		if n > int(farthest/u.long) {
			return 0, p.problem(v.at, v.end, v.text+" is too long", "as "+name+":<1y")
		}
		if v.op == "" {
			return 0, &Problem{At: v.at, End: v.end, Unfinished: false,
				What: "more or less than " + v.text, Hint: fmt.Sprintf("%s:<%s or %s:>%s?", name, v.text, name, v.text)}
		}
		return time.Duration(n) * u.long, nil
	}
	problem := p.problem(v.at, v.end, fmt.Sprintf("%q is no length of time", v.op+v.text), "as "+name+":<=7d; with min, h, d, w, mo or y")
	if err == nil && unit == "" {
		problem.Hint = fmt.Sprintf("of what? As %s:%s%sd; with min, h, d, w, mo or y", name, v.op, v.text)
	}
	problem.Unfinished = last && (v.text == "" || err == nil && unit == "" || err == nil && unit == "m")
	return 0, problem
}

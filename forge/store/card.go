package store

import (
	"encoding/binary"
	"fmt"
	"time"

	"docket/model"
)

// A format begins every card on disk. Another layout gets another number. The
// first has the milestone's title only, and stays for tickets in none.
const (
	cardFormat          = 1
	cardWithMilestoneID = 2
)

// encodeCard writes what a card shows as one compact record: loading thousands
// of tickets is then thousands of single values and not of twenty each. What
// labels mean is not in it. Equal tickets give equal bytes.
func encodeCard(t model.Ticket) []byte {
	b := make([]byte, 0, 256)
	var locked int64
	if t.Locked {
		locked = 1
	}
	if t.Milestone.ID == 0 {
		b = append(b, cardFormat)
	} else {
		b = binary.AppendVarint(append(b, cardWithMilestoneID), t.Milestone.ID)
	}
	for _, n := range []int64{t.Ref.Number, int64(t.Comments), locked, seconds(t.Created), seconds(t.Updated),
		seconds(t.Due), seconds(t.ClosedAt), seconds(t.ReporterSpoke), seconds(t.TeamSpoke)} {
		b = binary.AppendVarint(b, n)
	}
	for _, l := range []model.Line{t.Title, t.URL, t.Author.Login, t.Author.Name, t.Milestone.Title} {
		b = appendText(b, l.Raw())
	}
	for _, list := range [][]model.Line{t.Assignees, t.Labels} {
		b = binary.AppendVarint(b, int64(len(list)))
		for _, l := range list {
			b = appendText(b, l.Raw())
		}
	}
	return b
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendVarint(b, int64(len(s))), s...)
}

// seconds is how times are kept: forges tell whole seconds. The zero time is 0.
func seconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

func fromSeconds(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}

// cards reads tickets. It remembers what they have in common, as names and
// labels, and so keeps thousands of tickets small. It belongs to one goroutine.
type cards struct {
	read  model.Reading
	lines map[string]model.Line
	lists map[string][]model.Line
}

func (s *Store) cards() *cards {
	return &cards{s.opt.Scheme.Remember(), map[string]model.Line{}, map[string][]model.Line{}}
}

// ticket reads a card as the ticket that it shows, interpreted.
func (c *cards) ticket(repo, card string) (model.Ticket, error) {
	t, err := c.plain(repo, card)
	return t.Interpret(c.read), err
}

// plain reads a card without asking what its labels mean.
func (c *cards) plain(repo, card string) (model.Ticket, error) {
	in := record{rest: card}
	if card == "" || card[0] != cardFormat && card[0] != cardWithMilestoneID {
		return model.Ticket{}, fmt.Errorf("a ticket of %s: %w", repo, errDamaged)
	}
	in.rest = card[1:]
	var t model.Ticket
	if card[0] == cardWithMilestoneID {
		t.Milestone.ID = in.number()
	}
	t.Ref = model.Ref{Repo: repo, Number: in.number()}
	t.Comments = int(in.number())
	t.Locked = in.number() != 0
	for _, at := range []*time.Time{&t.Created, &t.Updated, &t.Due, &t.ClosedAt, &t.ReporterSpoke, &t.TeamSpoke} {
		*at = fromSeconds(in.number())
	}
	t.Title = model.NewLine(in.text())
	t.URL = model.NewLine(in.text())
	t.Author = model.Person{Login: c.line(in.text()), Name: c.line(in.text())}
	t.Milestone.Title = c.line(in.text())
	t.Assignees = c.list(&in)
	t.Labels = c.list(&in)
	if in.bad || in.rest != "" {
		return model.Ticket{}, fmt.Errorf("%s: %w", t.Ref, errDamaged)
	}
	return t, nil
}

func (c *cards) line(raw string) model.Line {
	if raw == "" {
		return model.Line{}
	}
	l, ok := c.lines[raw]
	if !ok {
		l = model.NewLine(raw)
		c.lines[raw] = l
	}
	return l
}

// list reads a list of lines. Tickets with the same labels share one slice:
// nobody writes into a ticket's slices.
func (c *cards) list(in *record) []model.Line {
	n := in.number()
	if n <= 0 || n > int64(len(in.rest)) {
		in.bad = in.bad || n != 0
		return nil
	}
	start := in.rest
	for range n {
		in.text()
	}
	if in.bad {
		return nil
	}
	key := start[:len(start)-len(in.rest)]
	if l, ok := c.lists[key]; ok {
		return l
	}
	lines := make([]model.Line, 0, n)
	for again := (record{rest: key}); again.rest != ""; {
		lines = append(lines, c.line(again.text()))
	}
	c.lists[key] = lines
	return lines
}

// record is what is left of a card to read. Its texts are parts of it.
type record struct {
	rest string
	bad  bool
}

// number reads what binary.AppendVarint wrote.
func (r *record) number() int64 {
	var u uint64
	for i := 0; i < len(r.rest) && i < binary.MaxVarintLen64; i++ {
		b := r.rest[i]
		u |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.rest = r.rest[i+1:]
			return int64(u>>1) ^ -int64(u&1)
		}
	}
	r.bad, r.rest = true, ""
	return 0
}

func (r *record) text() string {
	n := r.number()
	if n < 0 || n > int64(len(r.rest)) {
		r.bad, r.rest = true, ""
		return ""
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

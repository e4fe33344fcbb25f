package forge_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"docket/forge"
	"docket/forge/forgetest"
	"docket/forge/gitea"
	"docket/forge/store"
	"docket/model"
)

// Two people triage the same tickets through bad networks. Whoever comes second
// is asked; nobody is overwritten without knowing, and nobody's change is
// dropped without a word.
func TestTwoBoardsOnTheSameTicketsNeverOverwriteInSilence(t *testing.T) {
	for _, seed := range seeds(t, 2) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			forgetest.Each(t, func(t *testing.T, s *forgetest.Server) { twoBoards(t, s, seed) })
		})
	}
}

const (
	roundsForTwo  = 40
	roundsAtOnce  = 15 // in a plain go test
	ticketsForTwo = 2
)

// duo is two people and what they share.
type duo struct {
	*once
	both [2]*mate
	days int // each due date is set by one change only: the value tells whose it is
}

// mate is one of two people with a board of their own.
type mate struct {
	*duo
	login   string
	label   model.Line // which nobody else touches
	desk    *forge.Desk
	net     *forgetest.Faulty
	set     map[int64]map[string][]string // by ticket: the due dates that I set, and what I knew them to replace
	dropped map[string]bool               // the due dates that I gave up for theirs
	told    map[string][]string           // by my due date, theirs that I was asked about
	put     map[int64]bool                // by ticket: my label is on it
	clashes int
}

func twoBoards(t *testing.T, s *forgetest.Server, seed uint64) {
	o := &once{T: t, seed: seed, dice: rand.New(rand.NewPCG(seed, 5)), server: s}
	d := &duo{once: o}
	o.furnish()
	o.tickets = o.tickets[:ticketsForTwo]
	plan := forgetest.Rough(seed)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("repeat with: %s==%d go test ./forge -run '%s'\nthe plan: %s", seedsWanted, seed, t.Name(), plan)
		}
	})
	for i, label := range []string{"network", "printer"} {
		token, login := o.token, o.people[0]
		if i == 1 {
			login = forgetest.Fresh("kim")
			token = s.NewUser(t, login, "")
			s.Collaborate(t, o.token, o.repo, login, "write")
		}
		d.both[i] = d.mate(login, token, model.NewLine(label))
	}
	for i, m := range d.both {
		m.await("first sync", func(s *model.Snapshot) bool { return s.Board.Len() >= ticketsForTwo && !s.Me.Login.Empty() })
		plan.Seed = seed*2 + uint64(i)
		m.net.Storm(plan)
	}
	rounds := roundsForTwo
	if s.Name == forgetest.EmbeddedForge && os.Getenv(seedsWanted) == "" {
		rounds = roundsAtOnce
	}
	for range rounds {
		for _, m := range d.both {
			m.act()
		}
		for _, m := range d.both { // both send at once; then each decides
			m.await("an answer", func(s *model.Snapshot) bool {
				return !slices.ContainsFunc(s.Outbox, func(e model.Entry) bool { return !e.Stuck() && !model.Held(e, s.Outbox) })
			})
			m.decide()
		}
	}
	for _, m := range d.both {
		m.net.Calm()
	}
	for d.open() {
		for _, m := range d.both {
			m.desk.Sync()
			m.await("an answer", func(s *model.Snapshot) bool {
				return !slices.ContainsFunc(s.Outbox, func(e model.Entry) bool { return !e.Stuck() && !model.Held(e, s.Outbox) })
			})
			m.decide()
		}
	}
	d.judge()
	t.Logf("seed %d: %d and %d clashes", seed, d.both[0].clashes, d.both[1].clashes)
}

func (d *duo) mate(login, token string, label model.Line) *mate {
	m := &mate{duo: d, login: login, label: label, net: forgetest.NewFaulty(d.T, d.server.URL),
		set: map[int64]map[string][]string{}, dropped: map[string]bool{}, put: map[int64]bool{}, told: map[string][]string{}}
	f, err := gitea.New(gitea.Options{URL: m.net.URL, Token: token, Rest: time.Second})
	if err != nil {
		d.Fatal(err)
	}
	s, err := store.Open(d.Context(), filepath.Join(d.TempDir(), "docket.db"), store.Options{})
	if err != nil {
		d.Fatal(err)
	}
	m.desk = desk(d.T, forge.DeskOptions{Forge: f, Store: s, Repos: []string{d.repo},
		Workflow: model.DefaultWorkflow(), Policy: model.DefaultPolicy(), Pace: quick})
	ctx, cancel := context.WithCancel(context.WithoutCancel(d.Context()))
	ended := make(chan error, 1)
	go func() { ended <- m.desk.Run(ctx) }()
	d.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			d.Error(err)
		}
		s.Close()
	})
	return m
}

func (m *mate) await(what string, holds func(*model.Snapshot) bool) {
	m.Helper()
	late := time.After(time.Minute)
	for !holds(m.desk.Snapshot()) {
		select {
		case <-m.desk.Changed():
		case <-late:
			m.Fatalf("%s: in vain for %s: %+v", what, m.login, m.desk.Snapshot().Outbox)
		}
	}
}

// act sets the due date of a ticket to a day that is nobody else's, and toggles
// one's own label.
func (m *mate) act() {
	ref := model.Ref{Repo: m.repo, Number: m.tickets[m.dice.IntN(len(m.tickets))]}
	card, _, _, ok := m.desk.Snapshot().Board.Find(ref)
	if !ok {
		m.Fatalf("%v is not on the board", ref)
	}
	m.days++
	to := time.Date(2031, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, m.days)
	m.desk.Submit(model.Edit{Ref: ref, Change: model.SetDue{From: model.StampOf(card.Due), To: model.StampOf(to)}})
	m.intend(ref.Number, to.Format(time.DateOnly), dayOf(card.Due))
	if m.put[ref.Number] = !m.put[ref.Number]; m.put[ref.Number] {
		m.desk.Submit(model.Edit{Ref: ref, Change: model.AddLabel{Name: m.label}})
	} else {
		m.desk.Submit(model.Edit{Ref: ref, Change: model.RemoveLabel{Name: m.label}})
	}
}

func (m *mate) intend(n int64, to, over string) {
	if m.set[n] == nil {
		m.set[n] = map[string][]string{}
	}
	m.set[n][to] = append(m.set[n][to], over)
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

// decide settles what clashed, by the dice.
func (m *mate) decide() {
	for _, e := range m.desk.Snapshot().Outbox {
		if !e.Stuck() {
			continue
		}
		due, ok := e.Edit.Change.(model.SetDue)
		if e.Status != model.Clashed || !ok {
			m.Fatalf("%s: only due dates can clash here: %+v", m.login, e)
		}
		m.clashes++
		mine, _ := due.Value(model.Ticket{})
		theirs := e.Theirs
		if other := m.both[0].login + m.both[1].login; theirs.Value == "" || theirs.Value == mine || theirs.At.IsZero() ||
			m.login+theirs.By.Login.Raw() != other && theirs.By.Login.Raw()+m.login != other {
			m.Errorf("%s wanted %s and is told of %+v", m.login, mine, theirs)
		}
		m.told[mine] = append(m.told[mine], theirs.Value)
		if m.dice.IntN(2) == 0 {
			m.dropped[mine] = true
			m.desk.Settle(e.ID, model.Discard)
			continue
		}
		for _, now := range m.desk.Settle(e.ID, model.UseMine).Outbox {
			if due, ok := now.Edit.Change.(model.SetDue); ok && now.ID == e.ID {
				m.intend(e.Edit.Ref.Number, mine, dayOf(due.From.Time))
			}
		}
	}
}

func (d *duo) open() bool {
	return len(d.both[0].desk.Snapshot().Outbox)+len(d.both[1].desk.Snapshot().Outbox) > 0
}

// judge goes through each ticket's history: who set which day over which, and
// whether that is what they meant.
func (d *duo) judge() {
	f, err := gitea.New(gitea.Options{URL: d.server.URL, Token: d.token})
	if err != nil {
		d.Fatal(err)
	}
	for _, n := range d.tickets {
		ref := model.Ref{Repo: d.repo, Number: n}
		events, err := f.History(d.Context(), ref, time.Time{})
		if err != nil {
			d.Fatal(err)
		}
		events = slices.DeleteFunc(events, func(e forge.Event) bool { return e.Field != model.FieldDue })
		arrived := map[string]bool{}
		for i, e := range events {
			m := d.who(e.By.Login.Raw())
			known, mine := m.set[n][e.Came]
			// Whoever overwrote what they did not know puts it back, and if that in
			// turn overwrote something, then that.
			overMine := i > 0 && events[i-1].By.Login == e.By.Login // a put back is so, too
			isPutBack := i+1 < len(events) && events[i+1].By.Login == e.By.Login && events[i+1].Came == over(events, i)
			// One whose answer was lost finds, when it is sent again, what its owner
			// put there once more: then the person is told of that.
			told := slices.Contains(m.told[e.Came], over(events, i))
			// The other one may have set something else before it was put back. That
			// stays, and one of the two is told of the other's.
			overtaken := i+1 < len(events) && events[i+1].By.Login != e.By.Login &&
				(slices.Contains(m.told[e.Came], events[i+1].Came) || d.who(events[i+1].By.Login.Raw()).heard(e.Came))
			if !(mine && slices.Contains(known, over(events, i))) && !overMine && !isPutBack && !told && !overtaken {
				d.Errorf("#%d: %s set %s over %q in silence; they knew of %q: %+v", n, m.login, e.Came, over(events, i), known, events[max(0, i-5):min(i+6, len(events))])
			}
			arrived[e.Came] = true
		}
		for _, m := range d.both {
			for day := range m.set[n] {
				if !arrived[day] && !m.dropped[day] {
					d.Errorf("#%d: %s of %s was dropped in silence", n, day, m.login)
				}
			}
		}
		row, err := f.Ticket(d.Context(), ref)
		if err != nil {
			d.Fatal(err)
		}
		// What one of them dropped may stay only where the other one put it back: then
		// each has said that the other's may stay.
		last := events[len(events)-1]
		if got := dayOf(row.Ticket.Due); got != last.Came || d.who(last.By.Login.Raw()).dropped[got] {
			d.Errorf("#%d is due on %s; the last one set was %s: %+v", n, got, last.Came, events[max(0, len(events)-8):])
		}
		for _, m := range d.both {
			if on := slices.Contains(row.Ticket.Labels, m.label); on != m.put[n] {
				d.Errorf("#%d: the label of %s is there: %v, not %v", n, m.login, on, m.put[n])
			}
		}
	}
}

// heard reports whether the person was told that somebody set a day.
func (m *mate) heard(day string) bool {
	for _, days := range m.told {
		if slices.Contains(days, day) {
			return true
		}
	}
	return false
}

// over is the day that an entry of a history replaced. What Gitea notes as the
// old one is what it was when it began to carry out the request.
func over(events []forge.Event, i int) string {
	if i == 0 {
		return ""
	}
	return events[i-1].Came
}

func (d *duo) who(login string) *mate {
	for _, m := range d.both {
		if m.login == login {
			return m
		}
	}
	d.Fatalf("%s has no business here", login)
	return nil
}

package gitea_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"docket/model"
)

// milestone makes one, as Ana.
func (m *team) milestone(title string) model.Milestone {
	m.t.Helper()
	var made struct{ ID int64 }
	m.Do(m.t, m.anaToken, "POST", "/repos/"+m.repo+"/milestones", map[string]any{"title": title}, &made)
	return model.Milestone{ID: made.ID, Title: model.NewLine(title)}
}

func TestMilestonesAreListedSetAndCleared(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		for i := range 55 {
			m.milestone(fmt.Sprintf("sprint %02d", i))
		}
		spring, autumn, done := m.milestone("spring"), m.milestone("autumn"), m.milestone("done")
		m.do("PATCH", fmt.Sprintf("/repos/%s/milestones/%d", m.repo, done.ID), map[string]any{"state": "closed"})
		list, err := m.ritaSees.Milestones(t.Context(), m.repo)
		if err != nil || len(list) != 57 || !slices.Contains(list, spring) || slices.Contains(list, done) {
			t.Fatalf("%d milestones: %v, %v", len(list), list, err)
		}
		m.label("ops")
		ref := m.ticket("To be done some day")
		m.AddLabel(t, m.anaToken, m.repo, ref.Number, "ops")
		for _, c := range []model.SetMilestone{
			{To: spring}, {From: spring, To: autumn}, {From: autumn, To: autumn},
			{From: autumn, To: model.Milestone{Title: done.Title}}, // from a store that kept titles only
			{From: done}, {},
		} {
			r := m.must(m.benSees, ref, c)
			if !c.Done(r.Ticket) || r.Ticket.Milestone.None() != c.To.None() || !r.Ticket.Milestone.None() && r.Ticket.Milestone.ID == 0 {
				t.Errorf("%+v: the ticket is in %+v", c, r.Ticket.Milestone)
			}
			if read, err := m.ritaSees.Ticket(t.Context(), ref); err != nil || read.Ticket.Milestone != r.Ticket.Milestone {
				t.Errorf("%+v: others see %+v, %v", c, read.Ticket.Milestone, err)
			}
		}
		m.expectLabels(ref, "ops")
	})
}

func TestAMilestoneThatIsGoneIsRefusedForGood(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		spring := m.milestone("spring")
		ref := m.ticket("To be done some day")
		m.do("DELETE", fmt.Sprintf("/repos/%s/milestones/%d", m.repo, spring.ID), nil)
		for _, to := range []model.Milestone{spring, {Title: spring.Title}} {
			_, err := m.apply(m.benSees, ref, model.SetMilestone{To: to})
			m.expect(err, model.Refused, "no milestone spring any more", "set milestone of "+ref.String())
		}
		_, err := m.apply(m.ritaSees, ref, model.SetMilestone{To: m.milestone("autumn")})
		m.expect(err, model.Forbidden)
	})
}

// told writes events as their field and what came and went, with who did it.
func (m *team) told(ref model.Ref) (out []string) {
	m.t.Helper()
	events, err := m.ritaSees.History(m.t.Context(), ref, time.Time{})
	if err != nil {
		m.t.Fatal(err)
	}
	var last int64
	for _, e := range events {
		if e.ID <= last || e.At.IsZero() || time.Since(e.At) > time.Hour {
			m.t.Errorf("%+v comes after %d", e, last)
		}
		last = e.ID
		who := strings.NewReplacer(m.repo, "board", m.anaLogin, "ana", m.benLogin, "ben", m.ritaLogin, "rita")
		line := fmt.Sprintf("%s %s", e.By.Login, e.Field)
		if e.Came != "" {
			line += " +" + e.Came
		}
		if e.Went != "" {
			line += " -" + e.Went
		}
		if e.Ref.Number != 0 {
			line += " @" + e.Ref.String()
		}
		out = append(out, who.Replace(line))
	}
	return out
}

func TestTheHistoryTellsWhatHappened(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		m.label("gain/low", "gain/high", "state/urgent", "backup")
		spring, autumn := m.milestone("spring"), m.milestone("autumn")
		ben := []model.Line{model.NewLine(m.benLogin)}
		ref := m.ticket("What happens to it")
		if told := m.told(ref); len(told) > 0 {
			t.Errorf("nothing happened yet: %q", told)
		}
		for _, c := range []model.Change{
			model.SetGain{To: model.Low}, model.SetGain{From: model.Low, To: model.High}, model.Move{From: model.NeedsReview, To: model.Urgent},
			model.AddLabel{Name: model.NewLine("backup")}, model.RemoveLabel{Name: model.NewLine("backup")},
			model.Assign{To: ben}, model.Assign{From: ben}, model.SetMilestone{To: spring}, model.SetMilestone{From: spring, To: autumn},
			model.SetMilestone{From: autumn}, model.SetDue{To: model.StampOf(noon)}, model.SetDue{From: model.StampOf(noon)},
			model.AddComment{Text: "Hello"}, model.Close{At: model.StampOf(noon)}, model.Reopen{At: model.StampOf(noon)},
		} {
			m.must(m.benSees, ref, c)
		}
		m.Rename(t, m.anaToken, m.repo, ref.Number, "What happened to it")
		day := noon.Format(time.DateOnly)
		want := []string{
			"ben gain +low", "ben gain +high", "ben gain -low", "ben state +urgent", "ben label backup +backup", "ben label backup -backup",
			"ben assignees +ben", "ben assignees -ben", "ben milestone +spring", "ben milestone +autumn -spring", "ben milestone -autumn",
			"ben due +" + day, "ben due -" + day, "ben comment +Hello", "ben open +close", "ben open +reopen",
			"ana title +What happened to it -What happens to it",
		}
		// Which of two exclusive labels a forge notes first is its own affair.
		got := m.told(ref)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("told\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		var told model.Theirs
		for _, f := range []model.Field{model.FieldMilestone, model.FieldGain} {
			var err error
			if told, err = m.ritaSees.LastEdit(t.Context(), ref, f); err != nil || told.By.Login != ben[0] {
				t.Errorf("%s: %+v, %v", f, told, err)
			}
		}
	})
}

func TestTheHistoryTellsWhoMentionsATicket(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		ref := m.ticket("Mentioned")
		name := fmt.Sprintf("#%d", ref.Number)
		by := m.NewTicket(t, m.benToken, m.repo, "In a text", "See "+name+", not `"+name+"`.")
		other := m.NewTicket(t, m.anaToken, m.repo, "In a comment", "")
		m.Comment(t, m.anaToken, m.repo, other, "The same as "+name)
		gone := m.Comment(t, m.anaToken, m.repo, by, "Also "+name)
		changed := m.Comment(t, m.benToken, m.repo, other, "And "+name+"!")
		at := func(n int64) string { return fmt.Sprintf(" @board#%d", n) }
		want := []string{"ben mention" + at(by), "ana mention" + at(other), "ana mention" + at(by), "ben mention" + at(other)}
		if got := m.told(ref); !slices.Equal(got, want) {
			t.Fatalf("told %q, not %q", got, want)
		}
		m.do("DELETE", fmt.Sprintf("/repos/%s/issues/comments/%d", m.repo, gone), nil)
		m.do("PATCH", fmt.Sprintf("/repos/%s/issues/comments/%d", m.repo, changed), map[string]any{"body": "Never mind"})
		if got := m.told(ref); !slices.Equal(got, []string{want[0], want[1], "ben "}) {
			t.Errorf("after one was deleted and one changed: %q", got)
		}
		m.Delete(t, m.anaToken, m.repo, by)
		if got := m.told(ref); !slices.Equal(got, []string{want[1], "ben "}) {
			t.Errorf("after the ticket was deleted: %q", got)
		}
	})
}

package gitea_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"docket/forge"
	"docket/forge/forgetest"
	"docket/model"
)

func TestAWalkThroughPagesThatAreCutSilentlyDropsNothing(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		const all = 120
		for i := range all {
			m.ticket(fmt.Sprintf("Ticket %d", i+1))
		}
		seen := map[int64]bool{}
		last, pages := int64(all+1), 0
		for page := 1; ; page++ {
			p, err := m.anaSees.Tickets(t.Context(), m.repo, forge.Query{State: "all", Page: page})
			if err != nil {
				t.Fatal(err)
			}
			if p.Total != all || p.Pages != 3 || time.Since(p.At).Abs() > time.Minute {
				t.Errorf("page %d: %d rows in all, %d pages, at %v", page, p.Total, p.Pages, p.At)
			}
			for _, r := range p.Rows {
				if r.Ticket.Ref.Number >= last {
					t.Errorf("%v after #%d: not the latest first", r.Ticket.Ref, last)
				}
				last = r.Ticket.Ref.Number
				seen[last] = true
			}
			pages++
			if !p.More {
				break
			}
		}
		if len(seen) != all || pages != 3 {
			t.Errorf("%d of %d tickets on %d pages", len(seen), all, pages)
		}
		p, err := m.anaSees.Tickets(t.Context(), m.repo, forge.Query{State: "all", Page: 9})
		if err != nil || len(p.Rows) > 0 || p.More {
			t.Errorf("past the end: %d rows, more %v, %v", len(p.Rows), p.More, err)
		}
	})
}

func TestAnEmptyRepositoryIsOneEmptyPage(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		p, err := m.open.Tickets(t.Context(), m.repo, forge.Query{State: "open", Page: 1})
		if err != nil || p.More || len(p.Rows) > 0 || p.Total != 0 || p.Pages != 1 {
			t.Errorf("%+v, %v", p, err)
		}
		c, err := m.open.Comments(t.Context(), m.repo, forge.Query{Page: 1})
		if err != nil || c.More || len(c.Rows) > 0 {
			t.Errorf("%+v, %v", c, err)
		}
	})
}

func TestARowHoldsTheTicket(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		m.label("gain/high", "pain/low", "state/waiting on reporter", "closed as/done", "backup")
		n := m.NewTicket(t, m.anaToken, m.repo, "Search is slow", "Since *Tuesday*.\r\n\tReally.")
		m.AddLabel(t, m.anaToken, m.repo, n, "gain/high", "pain/low", "state/waiting on reporter", "closed as/done", "backup")
		m.Assign(t, m.anaToken, m.repo, n, m.benLogin, m.anaLogin)
		m.SetDue(t, m.anaToken, m.repo, n, time.Date(2031, 2, 3, 4, 5, 6, 0, time.UTC))
		m.Comment(t, m.benToken, m.repo, n, "Looking.")
		m.Close(t, m.anaToken, m.repo, n)
		r, err := m.ritaSees.Ticket(t.Context(), model.Ref{Repo: m.repo, Number: n})
		if err != nil {
			t.Fatal(err)
		}
		k := r.Ticket
		if k.Gain != model.High || k.Pain != model.Low || k.State != model.OnReporter || k.ClosedAs != model.Done || len(k.Labels) != 5 {
			t.Errorf("labels %v became gain %v, pain %v, state %v, closed as %v", k.Labels, k.Gain, k.Pain, k.State, k.ClosedAs)
		}
		if k.Title.String() != "Search is slow" || r.Body.String() != "Since *Tuesday*.\n    Really." || k.Comments != 1 || k.Author.Login.String() != m.anaLogin {
			t.Errorf("%q %q, %d comments, by %v", k.Title, r.Body, k.Comments, k.Author)
		}
		if len(k.Assignees) != 2 || k.Assignees[0].String() != m.anaLogin || !k.AssignedTo(model.NewLine(m.benLogin)) {
			t.Errorf("assignees %v", k.Assignees)
		}
		if want := time.Date(2031, 2, 3, 23, 59, 59, 0, time.UTC); k.Due != want {
			t.Errorf("due %v, want %v", k.Due, want)
		}
		if k.Open() || k.Created.IsZero() || k.Updated.Before(k.Created) || k.Updated.Location() != time.UTC {
			t.Errorf("created %v, updated %v, closed %v", k.Created, k.Updated, k.ClosedAt)
		}
		if !strings.HasSuffix(k.URL.String(), fmt.Sprintf("/%s/issues/%d", m.repo, n)) {
			t.Errorf("address %q", k.URL)
		}
		m.Reopen(t, m.anaToken, m.repo, n)
		if r, err = m.open.Ticket(t.Context(), k.Ref); err != nil || !r.Ticket.Open() {
			t.Errorf("reopened: %+v, %v", r.Ticket, err)
		}
	})
}

func TestSinceBringsWhatChangedInAllStates(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		first, second := m.ticket("First"), m.ticket("Second")
		r, err := m.anaSees.Ticket(t.Context(), second)
		if err != nil {
			t.Fatal(err)
		}
		waitPast(t, r.Ticket.Updated)
		m.Close(t, m.anaToken, m.repo, first.Number)
		r, err = m.anaSees.Ticket(t.Context(), first)
		if err != nil {
			t.Fatal(err)
		}
		east := time.FixedZone("", 5*3600+1800) // a + in the zone is refused
		for name, since := range map[string]time.Time{"inclusive": r.Ticket.Updated, "in fractions": r.Ticket.Updated.Add(time.Second / 2), "elsewhere": r.Ticket.Updated.In(east)} {
			p, err := m.anaSees.Tickets(t.Context(), m.repo, forge.Query{State: "all", Since: since, Page: 1})
			if err != nil || len(p.Rows) != 1 || p.Rows[0].Ticket.Ref != first || p.More {
				t.Errorf("%s: %+v, %v", name, p, err)
			}
		}
		p, err := m.anaSees.Tickets(t.Context(), m.repo, forge.Query{State: "open", Page: 1})
		if err != nil || len(p.Rows) != 1 || p.Rows[0].Ticket.Ref != second {
			t.Errorf("open ones: %+v, %v", p, err)
		}
	})
}

// waitPast waits until the clock, which the forge on the same machine shares,
// shows a later second: forges keep whole ones.
func waitPast(t *testing.T, second time.Time) {
	t.Helper()
	next := second.Add(time.Second)
	select {
	case <-time.After(time.Until(next)):
	case <-t.Context().Done():
	}
}

func TestCommentsOfTheRepositoryAndOfATicket(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		one, two := m.ticket("One"), m.ticket("Two")
		const each = 35
		var latest int64
		for range each {
			m.Comment(t, m.anaToken, m.repo, one.Number, "of one")
			latest = m.Comment(t, m.benToken, m.repo, two.Number, "of two")
		}
		seen := map[int64]model.Ref{}
		for page := 1; ; page++ {
			p, err := m.ritaSees.Comments(t.Context(), m.repo, forge.Query{Page: page})
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range p.Rows {
				seen[c.ID] = c.Ref
			}
			if !p.More {
				break
			}
		}
		if len(seen) != 2*each || seen[latest] != two {
			t.Errorf("%d comments; the latest is of %v", len(seen), seen[latest])
		}
		thread, err := m.ritaSees.Thread(t.Context(), two)
		if err != nil || len(thread) != each || thread[each-1].ID != latest {
			t.Fatalf("%d comments in the thread, %v", len(thread), err)
		}
		if c := thread[0]; c.Ref != two || c.Author.Login.String() != m.benLogin || c.Body.String() != "of two" || c.Created.IsZero() {
			t.Errorf("%+v", c)
		}
		waitPast(t, thread[each-1].Updated)
		m.Comment(t, m.anaToken, m.repo, one.Number, "later")
		p, err := m.ritaSees.Comments(t.Context(), m.repo, forge.Query{Page: 1, Since: thread[each-1].Updated.Add(time.Second)})
		if err != nil || len(p.Rows) != 1 || p.Rows[0].Body.String() != "later" || p.Rows[0].Ref != one {
			t.Errorf("since: %+v, %v", p, err)
		}
	})
}

func TestHostileTextComesOutClean(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		const title = "\x1b]0;owned\x07red \x1b[31malert\u202e evil\u200b"
		n := m.NewTicket(t, m.anaToken, m.repo, title, "line\x1b[2J\rover")
		m.Comment(t, m.anaToken, m.repo, n, "\x1b[?1049hhi")
		ref := model.Ref{Repo: m.repo, Number: n}
		r, err := m.anaSees.Ticket(t.Context(), ref)
		if err != nil {
			t.Fatal(err)
		}
		thread, err := m.anaSees.Thread(t.Context(), ref)
		if err != nil || len(thread) != 1 {
			t.Fatal(thread, err)
		}
		for _, text := range []string{r.Ticket.Title.String(), r.Body.String(), thread[0].Body.String()} {
			if strings.ContainsAny(text, "\x1b\x07\r\u202e\u200b") || text == "" {
				t.Errorf("%q", text)
			}
		}
		if r.Ticket.Title.Raw() != title {
			t.Errorf("the forge's own text is %q", r.Ticket.Title.Raw())
		}
	})
}

func TestTheHistoryNamesTheColleague(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		m.label("gain/high", "gain/low", "state/urgent", "backup")
		ref := m.ticket("Fought over")
		m.must(m.anaSees, ref, model.SetGain{To: model.Low})
		m.must(m.benSees, ref, model.SetGain{To: model.High})
		m.must(m.anaSees, ref, model.Move{To: model.Urgent})
		m.must(m.benSees, ref, model.AddLabel{Name: model.NewLine("backup")})
		m.must(m.anaSees, ref, model.Assign{To: []model.Line{model.NewLine(m.anaLogin)}})
		m.must(m.benSees, ref, model.SetDue{To: model.StampOf(noon)})
		m.must(m.anaSees, ref, model.SetDue{})
		m.must(m.benSees, ref, model.Close{At: model.StampOf(noon)})
		for field, want := range map[model.Field]string{
			model.FieldGain: m.benLogin, model.FieldState: m.anaLogin, model.FieldPain: "", model.FieldResolution: "",
			model.AddLabel{Name: model.NewLine("backup")}.Field(): m.benLogin,
			model.FieldAssignees: m.anaLogin,
			model.FieldDue:       m.anaLogin,
			model.FieldOpen:      m.benLogin,
		} {
			got, err := m.ritaSees.LastEdit(t.Context(), ref, field)
			if err != nil || got.By.Login.String() != want || got.At.IsZero() != (want == "") {
				t.Errorf("%s: %+v, %v; want %q", field, got, err, want)
			}
		}
		for range 60 { // the edit is on the first page of a long history
			m.Comment(t, m.anaToken, m.repo, ref.Number, "talk")
		}
		m.must(m.anaSees, ref, model.Reopen{At: model.StampOf(noon)})
		got, err := m.ritaSees.LastEdit(t.Context(), ref, model.FieldOpen)
		if err != nil || got.By.Login.String() != m.anaLogin {
			t.Errorf("after a long talk: %+v, %v", got, err)
		}
	})
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		gone := m.ticket("Short-lived")
		m.Delete(t, m.anaToken, m.repo, gone.Number)
		_, err := m.anaSees.Ticket(t.Context(), gone)
		m.expect(err, model.NotFound, "read "+gone.String())
		_, err = m.anaSees.Tickets(t.Context(), m.anaLogin+"/nothing", forge.Query{})
		m.expect(err, model.NotFound)

		private := m.NewPrivateRepo(t, m.anaToken, forgetest.Fresh("private"))
		_, err = m.ritaSees.Tickets(t.Context(), private, forge.Query{})
		m.expect(err, model.NotFound)
		_, err = m.open.Tickets(t.Context(), private, forge.Query{})
		m.expect(err, model.NotFound)
	})
}

func TestACallOnARealForgeEndsWithItsContext(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for name, err := range callAll(ctx, m.anaSees) {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

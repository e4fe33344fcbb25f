package gitea_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"docket/forge"
	"docket/forge/forgetest"
	"docket/model"
)

func labelPath(repo string, id int64) string { return fmt.Sprintf("/repos/%s/labels/%d", repo, id) }

func TestARenamedRepositoryTellsItsNewNameAndNothingIsWritten(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		m.label("gain/high", "pain/low")
		ref := m.ticket("Moved")
		m.AddLabel(t, m.anaToken, m.repo, ref.Number, "pain/low")
		labels, err := m.anaSees.Labels(t.Context(), m.repo)
		if err != nil {
			t.Fatal(err)
		}
		renamed := m.RenameRepo(t, m.anaToken, m.repo, "desk")
		for _, change := range []model.Change{
			model.SetGain{To: model.High}, model.SetPain{From: model.Low}, model.AddComment{Text: "hello"}, model.Close{At: model.StampOf(noon)},
			model.Assign{To: []model.Line{model.NewLine(m.anaLogin)}}, model.SetDue{To: model.StampOf(noon)},
			model.RemoveLabel{Name: model.NewLine("pain/low")},
		} {
			_, err := m.anaSees.Apply(t.Context(), forge.Order{Now: model.Ticket{Ref: ref}, Change: change, Labels: labels})
			if p := m.expect(err, model.Moved); p.Place.String() != renamed {
				t.Errorf("%T: moved to %q, want %q", change, p.Place, renamed)
			}
		}
		_, err = m.anaSees.Tickets(t.Context(), m.repo, forge.Query{State: "all", Page: 1})
		if p := m.expect(err, model.Moved, "read "+m.repo); p.Place.String() != renamed {
			t.Errorf("reading: moved to %q", p.Place)
		}
		_, err = m.anaSees.Repo(t.Context(), m.repo)
		m.expect(err, model.Moved)
		now := model.Ref{Repo: renamed, Number: ref.Number}
		w := m.shown(now)
		if w.State != "open" || w.Comments != 0 || len(w.Assignees) > 0 || w.Due != "" {
			t.Errorf("something was written: %+v", w)
		}
		m.expectLabels(now, "pain/low")
	})
}

func TestALabelThatTheForgeDoesNotKnow(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		ref := m.ticket("A ticket")
		_, err := m.apply(m.anaSees, ref, model.AddLabel{Name: model.NewLine("nowhere")})
		if p := m.expect(err, model.NoLabel, "add label nowhere to "+ref.String()); p.Place.String() != "nowhere" {
			t.Errorf("place %q", p.Place)
		}
		_, err = m.apply(m.anaSees, ref, model.Move{To: model.Urgent})
		if p := m.expect(err, model.NoLabel); p.Place.String() != "state/urgent" {
			t.Errorf("place %q", p.Place)
		}
		stale := []model.Label{{ID: 987654, Name: model.NewLine("gain/high"), Exclusive: true}}
		_, err = m.anaSees.Apply(t.Context(), forge.Order{Now: model.Ticket{Ref: ref}, Change: model.SetGain{To: model.High}, Labels: stale})
		if p := m.expect(err, model.Ignored); p.Place.String() != "gain/high" {
			t.Errorf("place %q", p.Place)
		}
	})
}

func TestWhoMayOnlyReadIsForbiddenToTriage(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		m.label("gain/high", "pain/low")
		ref := m.ticket("Ana's")
		m.AddLabel(t, m.anaToken, m.repo, ref.Number, "pain/low")
		for _, change := range []model.Change{
			model.SetGain{To: model.High}, model.SetPain{From: model.Low}, model.Close{At: model.StampOf(noon)},
			model.Assign{To: []model.Line{model.NewLine(m.ritaLogin)}}, model.SetDue{To: model.StampOf(noon)},
		} {
			_, err := m.apply(m.ritaSees, ref, change)
			m.expect(err, model.Forbidden, ref.String())
		}
		// On a ticket of her own the forge says yes to these, and does nothing.
		own := model.Ref{Repo: m.repo, Number: m.NewTicket(t, m.ritaToken, m.repo, "Rita's", "")}
		_, err := m.apply(m.ritaSees, own, model.SetDue{To: model.StampOf(noon)})
		m.expect(err, model.Ignored)
		_, err = m.apply(m.ritaSees, own, model.Assign{To: []model.Line{model.NewLine(m.anaLogin)}})
		m.expect(err, model.Ignored)
		m.must(m.ritaSees, own, model.Close{At: model.StampOf(noon)})
	})
}

func TestATokenWithTooFewScopesSaysSo(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		ref := m.ticket("A ticket")
		narrow := open(t, m.URL, m.Token(t, m.anaLogin, "read:repository", "read:issue"))
		_, err := m.apply(narrow, ref, model.AddComment{Text: "hello"})
		m.expect(err, model.MissingScope, "comment on "+ref.String(), "scope")
		_, err = narrow.Me(t.Context())
		m.expect(err, model.MissingScope)
		_, err = open(t, m.URL, m.Token(t, m.anaLogin, "read:user")).Tickets(t.Context(), m.repo, forge.Query{})
		m.expect(err, model.MissingScope)
	})
}

func TestATokenThatMayReadOnlyIsToldFromOneThatMayWrite(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		ref := m.ticket("A ticket")
		before := m.shown(ref)
		for scope, kind := range map[string]model.ProblemKind{"write:issue": "", "all": "", "read:issue": model.MissingScope, "write:repository": model.MissingScope} {
			err := open(t, m.URL, m.Token(t, m.anaLogin, scope, "read:user")).MayWrite(t.Context())
			if kind == "" && err != nil {
				t.Errorf("with %s: %v", scope, err)
			} else if kind != "" {
				m.expect(err, kind, "change tickets", "write:issue")
			}
		}
		if after := m.shown(ref); !reflect.DeepEqual(after, before) {
			t.Errorf("the question changed %+v to %+v", before, after)
		}
	})
}

func TestAnArchivedRepositoryTakesNoComments(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		ref := m.ticket("A ticket")
		m.do("PATCH", "/repos/"+m.repo, map[string]any{"archived": true})
		_, err := m.apply(m.anaSees, ref, model.AddComment{Text: "hello"})
		m.expect(err, model.Locked, "comment on "+ref.String())
	})
}

func TestADeletedTicketIsNotFoundWhateverIsDoneToIt(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		m.label("gain/high")
		ref := m.ticket("Short-lived")
		m.Delete(t, m.anaToken, m.repo, ref.Number)
		for _, change := range []model.Change{
			model.SetGain{To: model.High}, model.SetGain{From: model.High}, model.AddComment{Text: "hello"},
			model.Close{At: model.StampOf(noon)}, model.SetDue{To: model.StampOf(noon)},
			model.Assign{To: []model.Line{model.NewLine("nobody-of-that-name")}},
		} {
			_, err := m.apply(m.anaSees, ref, change)
			m.expect(err, model.NotFound, ref.String())
		}
	})
}

// Gitea answers 500 here, which would be tried again for ever.
func TestADeletedTicketIsNotFoundWhateverIsReadOfIt(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		ref := m.ticket("Short-lived")
		m.Delete(t, m.anaToken, m.repo, ref.Number)
		_, err := m.anaSees.Ticket(t.Context(), ref)
		m.expect(err, model.NotFound, ref.String())
		_, err = m.anaSees.Thread(t.Context(), ref)
		m.expect(err, model.NotFound, "read comments of "+ref.String())
		for _, from := range []time.Time{{}, noon} {
			_, err = m.anaSees.History(t.Context(), ref, from)
			m.expect(err, model.NotFound, "read the history of "+ref.String())
		}
		_, err = m.anaSees.LastEdit(t.Context(), ref, model.FieldGain)
		m.expect(err, model.NotFound, "read the history of "+ref.String())
	})
}

func TestSomebodyWhoCannotBeAssignedIsRefusedForGood(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		ref := m.ticket("A ticket")
		_, err := m.apply(m.anaSees, ref, model.Assign{To: []model.Line{model.NewLine("nobody-of-that-name")}})
		m.expect(err, model.Refused, "assign "+ref.String(), "nobody-of-that-name can't be assigned here")
	})
}

func TestATicketThatWaitsForAnotherIsNotClosed(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		ref, first := m.ticket("Second"), m.ticket("First")
		owner, name, _ := strings.Cut(m.repo, "/")
		m.do("POST", fmt.Sprintf("/repos/%s/issues/%d/dependencies", m.repo, ref.Number),
			map[string]any{"owner": owner, "repo": name, "index": first.Number})
		_, err := m.apply(m.anaSees, ref, model.Close{At: model.StampOf(noon)})
		m.expect(err, model.Refused, "close "+ref.String(), "dependenc")
	})
}

func TestALockedTicketIsForbiddenToReaders(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		ref := m.ticket("Heated")
		m.do("PUT", fmt.Sprintf("/repos/%s/issues/%d/lock", m.repo, ref.Number), map[string]any{"lock_reason": "Too heated"})
		_, err := m.apply(m.ritaSees, ref, model.AddComment{Text: "But!"})
		m.expect(err, model.Forbidden)
		m.must(m.benSees, ref, model.AddComment{Text: "Enough."})
	})
}

func TestATransferTellsTheNewOwner(t *testing.T) {
	forgetest.Each(t, func(t *testing.T, s *forgetest.Server) {
		if s.Name != forgetest.RealGitea {
			t.Skip("the embedded forge transfers nothing")
		}
		m := teamOn(t, s)
		org := forgetest.Fresh("org")
		m.NewOrg(t, m.anaToken, org)
		m.do("POST", "/repos/"+m.repo+"/transfer", map[string]any{"new_owner": org})
		_, err := m.anaSees.Repo(t.Context(), m.repo)
		if p := m.expect(err, model.Moved); p.Place.String() != org+"/board" {
			t.Errorf("moved to %q", p.Place)
		}
	})
}

func TestATokenMayOrMayNotReadTickets(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		if err := m.anaSees.MayRead(t.Context()); err != nil {
			t.Errorf("all scopes, and the problem is %v", err)
		}
		if err := open(t, m.URL, m.Token(t, m.anaLogin, "read:issue")).MayRead(t.Context()); err != nil {
			t.Errorf("the scope that it takes, and the problem is %v", err)
		}
		m.expect(open(t, m.URL, m.Token(t, m.anaLogin, "read:user", "read:repository")).MayRead(t.Context()), model.MissingScope)
	})
}

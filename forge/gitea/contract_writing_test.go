package gitea_test

import (
	"sync"
	"testing"
	"time"

	"docket/forge"
	"docket/forge/gitea"
	"docket/model"
)

func TestEachChangeArrivesAndLeavesTheRestAlone(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		m.label("gain/low", "gain/high", "pain/medium", "state/urgent", "state/waiting on reporter", "closed as/done", "backup", "ops")
		ref := m.ticket("To be triaged")
		m.AddLabel(t, m.anaToken, m.repo, ref.Number, "ops")
		ana := []model.Line{model.NewLine(m.anaLogin)}
		both := model.Logins(model.NewLine(m.benLogin), model.NewLine(m.anaLogin))
		backup := model.NewLine("backup")
		for _, step := range []struct {
			change model.Change
			labels string
		}{
			{model.SetGain{To: model.Low}, "gain/low, ops"},
			{model.SetGain{From: model.Low, To: model.High}, "gain/high, ops"},
			{model.SetPain{To: model.Medium}, "gain/high, ops, pain/medium"},
			{model.SetGain{From: model.High}, "ops, pain/medium"},
			{model.Move{From: model.NeedsReview, To: model.OnReporter}, "ops, pain/medium, state/waiting on reporter"},
			{model.Move{From: model.OnReporter, To: model.Urgent}, "ops, pain/medium, state/urgent"},
			{model.Move{From: model.Urgent, To: model.NeedsReview}, "ops, pain/medium"},
			{model.AddLabel{Name: backup}, "backup, ops, pain/medium"},
			{model.RemoveLabel{Name: backup}, "ops, pain/medium"},
			{model.RemoveLabel{Name: backup}, "ops, pain/medium"}, // already off
			{model.Assign{To: ana}, "ops, pain/medium"},
			{model.Assign{From: ana, To: both}, "ops, pain/medium"},
			{model.Assign{From: both}, "ops, pain/medium"},
			{model.SetDue{To: model.StampOf(noon)}, "ops, pain/medium"},
			{model.SetDue{From: model.StampOf(noon)}, "ops, pain/medium"},
			{model.Resolve{To: model.Done}, "closed as/done, ops, pain/medium"},
			{model.Close{At: model.StampOf(noon)}, "closed as/done, ops, pain/medium"},
			{model.Close{At: model.StampOf(noon)}, "closed as/done, ops, pain/medium"}, // already closed
			{model.Reopen{At: model.StampOf(noon)}, "closed as/done, ops, pain/medium"},
			{model.Resolve{From: model.Done}, "ops, pain/medium"},
		} {
			r := m.must(m.benSees, ref, step.change)
			if !step.change.Done(r.Ticket) || r.Ticket.Ref != ref {
				t.Errorf("%T %+v: the ticket is %+v", step.change, step.change, r.Ticket)
			}
			m.expectLabels(ref, step.labels)
			if read, err := m.ritaSees.Ticket(t.Context(), ref); err != nil || !step.change.Done(read.Ticket) {
				t.Errorf("%T %+v: others see %+v, %v", step.change, step.change, read.Ticket, err)
			}
		}
		r := m.must(m.ritaSees, ref, model.AddComment{Text: "Thank you.\n\n- really"})
		if thread, err := m.anaSees.Thread(t.Context(), ref); err != nil || r.Ticket.Comments != 1 || thread[0].Body.Raw() != "Thank you.\n\n- really" {
			t.Errorf("%d comments, %+v, %v", r.Ticket.Comments, thread, err)
		}
	})
}

func TestADueDateStaysTheDay(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		ref := m.ticket("Due")
		for _, due := range []time.Time{
			time.Date(2031, 3, 1, 0, 0, 0, 0, time.UTC),
			time.Date(2031, 3, 1, 23, 59, 59, 0, time.UTC),
			time.Date(2031, 7, 1, 12, 0, 0, 0, time.UTC),
		} {
			r := m.must(m.anaSees, ref, model.SetDue{To: model.StampOf(due)})
			if got, want := r.Ticket.Due, time.Date(due.Year(), due.Month(), due.Day(), 23, 59, 59, 0, time.UTC); got != want {
				t.Errorf("%v became %v", due, got)
			}
		}
	})
}

func TestAFieldEndsUpWithOneLabelWhateverWasThere(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		// The team's history: plain labels, archived ones, and new exclusive ones.
		m.label("high-gain", "low-gain", "Gain/Low", "gain/high", "Urgent", "ops")
		ref := m.ticket("Old ticket")
		m.AddLabel(t, m.anaToken, m.repo, ref.Number, "high-gain", "low-gain", "Gain/Low", "Urgent", "ops")
		m.archive("Gain/Low")
		r := m.must(m.benSees, ref, model.SetGain{From: model.High, To: model.High})
		if r.Ticket.Gain != model.High || r.Ticket.State != model.Urgent {
			t.Errorf("%+v", r.Ticket)
		}
		m.expectLabels(ref, "Urgent, gain/high, ops")

		_, err := m.apply(m.benSees, ref, model.SetGain{From: model.High, To: model.Medium})
		if p := m.expect(err, model.NoLabel, "set gain of "+ref.String()); p.Place.String() != "gain/medium" {
			t.Errorf("place %q", p.Place)
		}
		m.expectLabels(ref, "Urgent, gain/high, ops")
		m.must(m.benSees, ref, model.SetGain{From: model.High, To: model.Low}) // low-gain, for Gain/Low is archived
		m.expectLabels(ref, "Urgent, low-gain, ops")
	})
}

// archive marks a label as one that is not to be set any more.
func (m *team) archive(name string) {
	m.t.Helper()
	labels, err := m.anaSees.Labels(m.t.Context(), m.repo)
	if err != nil {
		m.t.Fatal(err)
	}
	for _, l := range labels {
		if l.Name.String() == name {
			m.do("PATCH", labelPath(m.repo, l.ID), map[string]any{"is_archived": true})
		}
	}
}

func TestAnArchivedLabelIsReadAndTakenOff(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		m.label("Gain/Low", "gain/high")
		ref := m.ticket("Old ticket")
		m.AddLabel(t, m.anaToken, m.repo, ref.Number, "Gain/Low")
		m.archive("Gain/Low")
		if r, err := m.ritaSees.Ticket(t.Context(), ref); err != nil || r.Ticket.Gain != model.Low {
			t.Errorf("%+v, %v", r.Ticket, err)
		}
		m.must(m.benSees, ref, model.SetGain{From: model.Low, To: model.High})
		m.expectLabels(ref, "gain/high")
	})
}

func TestTwoPeopleAtOnceLoseNothing(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		m.label("gain/low", "gain/high", "pain/low", "state/urgent", "ops")
		for range 10 {
			ref := m.ticket("Shared")
			m.AddLabel(t, m.anaToken, m.repo, ref.Number, "ops", "gain/low")
			m.together(ref,
				work{m.anaSees, model.SetGain{From: model.Low, To: model.High}}, work{m.benSees, model.SetPain{To: model.Low}},
				work{m.anaSees, model.Move{To: model.Urgent}}, work{m.benSees, model.AddComment{Text: "me, too"}})
			m.expectLabels(ref, "gain/high, ops, pain/low, state/urgent")
		}
	})
}

func TestTwoPeopleWhoDisagreeLeaveOneAnswer(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		m.label("low-gain", "high-gain", "ops") // not exclusive: the forge does not settle it
		for range 10 {
			ref := m.ticket("Shared")
			m.AddLabel(t, m.anaToken, m.repo, ref.Number, "ops")
			m.together(ref, work{m.anaSees, model.SetGain{To: model.Low}}, work{m.benSees, model.SetGain{To: model.High}})
			if got := m.labelsOf(ref); got != "low-gain, ops" && got != "high-gain, ops" {
				t.Errorf("the ticket carries %q", got)
			}
		}
	})
}

type work struct {
	as     *gitea.Forge
	change model.Change
}

// together carries out changes at once.
func (m *team) together(ref model.Ref, all ...work) {
	m.t.Helper()
	labels, err := m.anaSees.Labels(m.t.Context(), m.repo)
	if err != nil {
		m.t.Fatal(err)
	}
	var wg sync.WaitGroup
	for _, w := range all {
		wg.Go(func() {
			if _, err := w.as.Apply(m.t.Context(), forge.Order{Now: model.Ticket{Ref: ref}, Change: w.change, Labels: labels}); err != nil {
				m.t.Errorf("%T: %v", w.change, err)
			}
		})
	}
	wg.Wait()
}

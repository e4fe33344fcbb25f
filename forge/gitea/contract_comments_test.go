package gitea_test

import (
	"fmt"
	"testing"

	"docket/model"
)

func TestACommentIsDeletedByItsNumberOnly(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		ref := m.ticket("A ticket")
		var ids []int64
		for range 2 { // the same words twice
			r := m.must(m.benSees, ref, model.AddComment{Text: "Which host?\n\n- really"})
			ids = append(ids, r.Comment)
		}
		if ids[0] <= 0 || ids[0] == ids[1] {
			t.Fatalf("the comments are %v", ids)
		}
		remove := model.RemoveComment{ID: ids[0], Text: "Which host?\n\n- really"}
		for range 2 { // one that is gone is no problem
			if r := m.must(m.benSees, ref, remove); r.Ticket.Comments != 1 || r.Comment != 0 {
				t.Errorf("%+v", r)
			}
			if left, err := m.anaSees.Thread(t.Context(), ref); err != nil || len(left) != 1 || left[0].ID != ids[1] {
				t.Errorf("left is %+v, %v", left, err)
			}
		}
		remove.ID = ids[1]
		if r := m.must(m.benSees, ref, remove); !remove.Done(r.Ticket) {
			t.Errorf("%+v", r.Ticket)
		}
	})
}

func TestNobodyElsesCommentIsDeleted(t *testing.T) {
	each(t, func(t *testing.T, m *team) {
		ref, other := m.ticket("A ticket"), m.ticket("Another")
		id := m.must(m.benSees, ref, model.AddComment{Text: "so"}).Comment
		remove := model.RemoveComment{ID: id, Text: "so"}
		// Ana owns the repository: the forge would let her.
		_, err := m.apply(m.anaSees, ref, remove)
		m.expect(err, model.Withheld, "delete a comment of "+ref.String(), m.benLogin)
		_, err = m.apply(m.benSees, other, remove)
		m.expect(err, model.Withheld, ref.String())
		_, err = m.apply(m.open, ref, remove)
		m.expect(err, model.NoToken)
		_, err = m.apply(m.benSees, ref, model.RemoveComment{Text: "so"})
		m.expect(err, model.Bug)
		m.do("PATCH", fmt.Sprintf("/repos/%s/issues/comments/%d", m.repo, id), map[string]any{"body": "so, or not"})
		_, err = m.apply(m.benSees, ref, remove)
		m.expect(err, model.Withheld, "edited")
		if left, err := m.anaSees.Thread(t.Context(), ref); err != nil || len(left) != 1 {
			t.Errorf("left is %+v, %v", left, err)
		}
		m.Delete(t, m.anaToken, m.repo, ref.Number)
		_, err = m.apply(m.benSees, ref, remove)
		m.expect(err, model.NotFound)
	})
}

package demo

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
)

func (o office) labelsOf(n int64) []string { return labelNames(o.get(n).Labels) }

func TestExclusiveLabelsPushTheirSiblingsOut(t *testing.T) {
	o := open(t, Options{})
	n := o.ticket("one")
	low, high := o.label("gain/low", true), o.label("gain/high", true)
	o.label("pain/low", true)
	o.label("ops", false)
	o.anna.want(http.StatusOK, "POST", at(n)+"/labels", `{"labels":["gain/low","pain/low","ops"]}`)
	got := o.anna.want(http.StatusOK, "POST", at(n)+"/labels", fmt.Sprintf(`{"labels":[%d]}`, high))
	if names := labelNames(as[[]labelJSON](t, got)); !slices.Equal(names, []string{"gain/high", "ops", "pain/low"}) {
		t.Errorf("got %v", names)
	}
	made := o.anna.want(http.StatusCreated, "POST", desk+"/issues", fmt.Sprintf(`{"title":"both","labels":[%d,%d]}`, low, high))
	if names := labelNames(as[ticketJSON](t, made).Labels); len(names) != 2 {
		t.Errorf("creating keeps siblings, got %v", names)
	}
}

func TestUnknownLabelsArePassedOverInSilence(t *testing.T) {
	o := open(t, Options{})
	n := o.ticket("one")
	o.label("ops", false)
	got := o.anna.want(http.StatusOK, "POST", at(n)+"/labels", `{"labels":["no such","ops"]}`)
	if names := labelNames(as[[]labelJSON](t, got)); !slices.Equal(names, []string{"ops"}) {
		t.Errorf("got %v", names)
	}
	o.anna.want(http.StatusOK, "POST", at(n)+"/labels", `{"labels":[777]}`)
	o.anna.want(http.StatusBadRequest, "POST", at(n)+"/labels", `{"labels":["ops",1]}`)
	o.anna.want(http.StatusBadRequest, "POST", at(n)+"/labels", `{"labels":[true]}`)
	o.anna.want(http.StatusUnprocessableEntity, "DELETE", at(n)+"/labels/777")
	o.ticket("two")
	if all := as[[]ticketJSON](t, o.anna.want(http.StatusOK, "GET", desk+"/issues?labels=no+such")); len(all) != 2 {
		t.Errorf("an unknown label filters nothing, got %d tickets", len(all))
	}
	if some := as[[]ticketJSON](t, o.anna.want(http.StatusOK, "GET", desk+"/issues?labels=ops")); len(some) != 1 {
		t.Errorf("a known label filters, got %d tickets", len(some))
	}
}

func TestReplacingAndClearingLabels(t *testing.T) {
	o := open(t, Options{})
	n := o.ticket("one")
	for _, name := range []string{"a", "b", "c"} {
		o.label(name, false)
	}
	o.anna.want(http.StatusOK, "PUT", at(n)+"/labels", `{"labels":["a","b"]}`)
	o.anna.want(http.StatusOK, "PUT", at(n)+"/labels", `{"labels":["b","c"]}`)
	if names := o.labelsOf(n); !slices.Equal(names, []string{"b", "c"}) {
		t.Errorf("got %v", names)
	}
	o.anna.want(http.StatusNoContent, "DELETE", at(n)+"/labels")
	if names := o.labelsOf(n); len(names) != 0 {
		t.Errorf("got %v", names)
	}
}

func TestLabelsOfTheOrganisationAreAListOfTheirOwn(t *testing.T) {
	o := open(t, Options{})
	n := o.ticket("one")
	o.anna.want(http.StatusForbidden, "POST", "/orgs/infra/labels", `{"name":"everywhere","color":"#fff"}`)
	o.kira.want(http.StatusCreated, "POST", "/orgs/infra/labels", `{"name":"everywhere","color":"#fff"}`)
	if own := as[[]labelJSON](t, o.anna.want(http.StatusOK, "GET", desk+"/labels")); len(own) != 0 {
		t.Errorf("the repository has none, got %v", own)
	}
	if shared := as[[]labelJSON](t, o.anna.want(http.StatusOK, "GET", "/orgs/infra/labels")); len(shared) != 1 {
		t.Errorf("the organisation has one, got %v", shared)
	}
	o.anna.want(http.StatusOK, "POST", at(n)+"/labels", `{"labels":["everywhere"]}`)
	if names := o.labelsOf(n); !slices.Equal(names, []string{"everywhere"}) {
		t.Errorf("got %v", names)
	}
	o.anna.want(http.StatusNotFound, "GET", "/orgs/none/labels")
}

func TestEditingALabel(t *testing.T) {
	o := open(t, Options{})
	n, id := o.ticket("one"), o.label("ops", false)
	path := fmt.Sprintf("%s/labels/%d", desk, id)
	o.anna.want(http.StatusOK, "POST", at(n)+"/labels", `{"labels":["ops"]}`)
	got := as[labelJSON](t, o.anna.want(http.StatusOK, "PATCH", path, `{"name":"team/ops","exclusive":true,"color":"abc","is_archived":true}`))
	if got.Name != "team/ops" || !got.Exclusive || !got.Archived || got.Color != "aabbcc" {
		t.Errorf("got %+v", got)
	}
	if got := as[labelJSON](t, o.anna.want(http.StatusOK, "PATCH", path, `{"description":"x"}`)); got.Archived {
		t.Error("an edit that is silent about it ends the archiving")
	}
	o.anna.want(http.StatusUnprocessableEntity, "PATCH", path, `{"color":"blue"}`)
	o.anna.want(http.StatusUnprocessableEntity, "POST", desk+"/labels", `{"color":"#fff"}`)
	o.anna.want(http.StatusNoContent, "DELETE", path)
	o.anna.want(http.StatusNotFound, "GET", path)
	if names := o.labelsOf(n); len(names) != 0 {
		t.Errorf("a deleted label leaves its tickets, got %v", names)
	}
}

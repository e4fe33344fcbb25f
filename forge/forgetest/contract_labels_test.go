package forgetest

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
)

// labelled is a desk with two exclusive scopes, two free labels and one ticket.
type labelled struct {
	*desk
	ids map[string]int64
	n   int64
}

func labelsOn(t *testing.T, s *Server) *labelled {
	t.Helper()
	l := &labelled{desk: deskOn(t, s), ids: map[string]int64{}}
	for _, name := range []string{"gain/low", "gain/medium", "gain/high", "pain/low", "ops", "docs"} {
		l.ids[name] = l.NewLabel(t, l.ana, l.repo, name)
	}
	l.n = l.open("Search is slow")
	return l
}

// send posts, puts or deletes labels of the ticket and returns the answer.
func (l *labelled) send(token, method, suffix string, labels ...any) *http.Response {
	l.t.Helper()
	var body any
	if labels != nil {
		body = map[string]any{"labels": labels}
	}
	return l.Do(l.t, token, method, l.at("/issues/%d/labels%s", l.n, suffix), body, nil)
}

func (l *labelled) wantLabels(names ...string) {
	l.t.Helper()
	same(l.t, "labels", l.ticket(l.n).labelNames(), append([]string{}, names...))
}

func TestAddingALabelRemovesItsExclusiveSiblings(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		l := labelsOn(t, s)
		expect(t, l.send(l.ben, "POST", "", "gain/low", "ops"), http.StatusOK)
		l.wantLabels("gain/low", "ops")
		resp := l.send(l.ben, "POST", "", "gain/high", "pain/low")
		expect(t, resp, http.StatusOK, "gain/high", "pain/low", "ops")
		l.wantLabels("gain/high", "ops", "pain/low")
		// By its id, and once more what is there already.
		expect(t, l.send(l.ben, "POST", "", l.ids["gain/medium"]), http.StatusOK)
		expect(t, l.send(l.ben, "POST", "", "ops"), http.StatusOK)
		l.wantLabels("gain/medium", "ops", "pain/low")
	})
}

func TestTwoExclusiveSiblingsInOneRequest(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		l := labelsOn(t, s)
		expect(t, l.send(l.ben, "POST", "", "gain/low", "gain/high"), http.StatusOK)
		l.wantLabels("gain/low") // the last by name, however they were sent
		expect(t, l.send(l.ben, "POST", "", "gain/medium", "gain/high"), http.StatusOK)
		l.wantLabels("gain/medium")
	})
}

func TestLabelsThatDoNotExistAreIgnoredWithoutAWord(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		l := labelsOn(t, s)
		expect(t, l.send(l.ben, "POST", "", "nope", "ops"), http.StatusOK)
		expect(t, l.send(l.ben, "POST", "", "nope"), http.StatusOK)
		expect(t, l.send(l.ben, "POST", "", 987654321), http.StatusOK)
		expect(t, l.send(l.ben, "POST", "", "OPS", "Docs"), http.StatusOK) // case matters
		l.wantLabels("ops")
	})
}

func TestIDsAndNamesCannotBeMixed(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		l := labelsOn(t, s)
		expect(t, l.send(l.ben, "POST", "", "ops", l.ids["docs"]), http.StatusBadRequest)
		l.wantLabels()
	})
}

func TestALabelIsTakenOffByItsID(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		l := labelsOn(t, s)
		l.AddLabel(t, l.ana, l.repo, l.n, "ops", "docs")
		expect(t, l.send(l.ben, "DELETE", fmt.Sprintf("/%d", l.ids["ops"])), http.StatusNoContent)
		l.wantLabels("docs")
		// Off again, although it is off: no complaint.
		expect(t, l.send(l.ben, "DELETE", fmt.Sprintf("/%d", l.ids["ops"])), http.StatusNoContent)
		expect(t, l.send(l.ben, "DELETE", "/987654321"), http.StatusUnprocessableEntity)
		// A name is not an id.
		expect(t, l.send(l.ben, "DELETE", "/docs"), http.StatusUnprocessableEntity)
		l.wantLabels("docs")
	})
}

func TestReplacingAllLabelsLosesWhatOthersAdded(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		l := labelsOn(t, s)
		l.AddLabel(t, l.ana, l.repo, l.n, "docs")
		seen := l.ticket(l.n).labelNames() // what Ana's program believes
		l.AddLabel(t, l.ben, l.repo, l.n, "ops")
		expect(t, l.send(l.ana, "PUT", "", seen[0], "gain/low"), http.StatusOK)
		l.wantLabels("docs", "gain/low") // Ben's is gone, and nobody was told
	})
}

func TestPeopleWhoAddAndRemoveAtOnceLoseNothing(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		l := labelsOn(t, s)
		for range 5 {
			l.AddLabel(t, l.ana, l.repo, l.n, "docs")
			l.removeIfThere("ops")
			var both sync.WaitGroup
			for _, deed := range []func() (*http.Response, error){
				func() (*http.Response, error) {
					return l.Try(l.ana, "POST", l.at("/issues/%d/labels", l.n), map[string]any{"labels": []string{"ops"}}, nil)
				},
				func() (*http.Response, error) {
					return l.Try(l.ben, "DELETE", l.at("/issues/%d/labels/%d", l.n, l.ids["docs"]), nil, nil)
				},
			} {
				both.Go(func() {
					if resp, err := deed(); err != nil || resp.StatusCode >= 300 {
						t.Errorf("%v %v", resp, err)
					}
				})
			}
			both.Wait()
			l.wantLabels("ops")
		}
	})
}

func (l *labelled) removeIfThere(name string) {
	l.t.Helper()
	l.RemoveLabel(l.t, l.ana, l.repo, l.n, l.ids[name])
}

func TestANewTicketKeepsAllOfItsExclusiveSiblings(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		l := labelsOn(t, s)
		var made ticket
		resp := l.Do(t, l.ana, "POST", l.at("/issues"), map[string]any{"title": "Three gains",
			"labels": []int64{l.ids["gain/low"], l.ids["gain/medium"], l.ids["gain/high"]}}, &made)
		expect(t, resp, http.StatusCreated)
		same(t, "labels", made.labelNames(), []string{"gain/high", "gain/low", "gain/medium"})
		// The first edit of the scope tidies it.
		l.AddLabel(t, l.ana, l.repo, made.Number, "pain/low")
		same(t, "after another scope's", l.ticket(made.Number).labelNames(), []string{"gain/high", "gain/low", "gain/medium", "pain/low"})
	})
}

func TestALabelCanBeArchivedAndRenamed(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		l := labelsOn(t, s)
		l.AddLabel(t, l.ana, l.repo, l.n, "ops")
		var changed label
		expect(t, l.Do(t, l.ana, "PATCH", l.at("/labels/%d", l.ids["ops"]), map[string]any{"is_archived": true}, &changed), http.StatusOK)
		if !changed.Archived || changed.Name != "ops" {
			t.Errorf("archived: %+v", changed)
		}
		if got := l.ticket(l.n).Labels; len(got) != 1 || !got[0].Archived {
			t.Errorf("the ticket's label is not archived: %+v", got)
		}
		expect(t, l.Do(t, l.ana, "PATCH", l.at("/labels/%d", l.ids["ops"]), map[string]any{"name": "operations"}, nil), http.StatusOK)
		l.wantLabels("operations")
		// An edit that is silent about the archiving ends it.
		if got := l.ticket(l.n).Labels; len(got) != 1 || got[0].Archived {
			t.Errorf("still archived after the renaming: %+v", got)
		}
		// An archived one can still be put on a ticket.
		expect(t, l.Do(t, l.ana, "PATCH", l.at("/labels/%d", l.ids["docs"]), map[string]any{"is_archived": true}, nil), http.StatusOK)
		l.AddLabel(t, l.ana, l.repo, l.n, "docs")
		l.wantLabels("docs", "operations")
	})
}

func TestADeletedLabelLeavesItsTickets(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		l := labelsOn(t, s)
		l.AddLabel(t, l.ana, l.repo, l.n, "ops", "docs")
		expect(t, l.Do(t, l.ana, "DELETE", l.at("/labels/%d", l.ids["ops"]), nil, nil), http.StatusNoContent)
		l.wantLabels("docs")
	})
}

func TestAFilterByAnUnknownLabelLetsEverythingThrough(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		l := labelsOn(t, s)
		other := l.open("Without labels")
		l.AddLabel(t, l.ana, l.repo, l.n, "ops")
		var known, unknown []ticket
		l.get(l.at("/issues?labels=ops"), &known)
		l.get(l.at("/issues?labels=nope"), &unknown)
		same(t, "by ops", numbers(known), []int64{l.n})
		same(t, "by nope", numbers(unknown), []int64{other, l.n})
	})
}

func TestLabelsOfAnOrganisation(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		org := Fresh("infra")
		d.NewOrg(t, d.ana, org)
		d.repo = d.NewOrgRepo(t, d.ana, org, "board")
		shared := d.NewOrgLabel(t, d.ana, org, "gain/high")
		d.NewLabel(t, d.ana, d.repo, "gain/low")
		n := d.open("Search is slow")

		var own, all []label
		d.get(d.at("/labels"), &own)
		if len(own) != 1 || own[0].Name != "gain/low" {
			t.Errorf("the repository's labels are %+v, want only its own", own)
		}
		expect(t, d.get("/orgs/"+org+"/labels", &all), http.StatusOK)
		if len(all) != 1 || all[0].ID != shared || !all[0].Exclusive {
			t.Errorf("the organisation's labels are %+v", all)
		}
		// They are used as any other, and exclude the repository's of their scope.
		d.AddLabel(t, d.ana, d.repo, n, "gain/low")
		d.AddLabel(t, d.ana, d.repo, n, "gain/high")
		same(t, "labels", d.ticket(n).labelNames(), []string{"gain/high"})
		d.RemoveLabel(t, d.ana, d.repo, n, shared)
		same(t, "labels", d.ticket(n).labelNames(), []string{})

		issues := d.Token(t, d.anaLogin, "write:issue", "read:repository")
		resp := d.Do(t, issues, "GET", "/orgs/"+org+"/labels", nil, nil)
		expect(t, resp, http.StatusForbidden, "required scope(s)", "read:organization")
		organisation := d.Token(t, d.anaLogin, "read:organization")
		expect(t, d.Do(t, organisation, "GET", "/orgs/"+org+"/labels", nil, nil), http.StatusOK)
	})
}

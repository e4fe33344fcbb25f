package gitea_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"docket/forge"
	"docket/forge/gitea"
	"docket/model"
)

// FuzzAnswers gives random bytes as the answer to every call: nothing may panic
// or hang, and what is not a forge's answer must end as a problem.
func FuzzAnswers(f *testing.F) {
	for _, seed := range []string{
		``, `null`, `[]`, `{}`, `[null]`, `"x"`, `[{}]`, `{"number":1}`, `[{"id":1,"issue_url":"x/issues/1"}]`,
		`[{"number":1,"user":null,"labels":[null,{"id":1,"name":"gain/high"}],"assignees":[null],"due_date":"2026-05-06T23:59:59-05:00"}]`,
		`[{"id":1,"type":"label","label":{"name":"gain/high"},"user":null,"created_at":"2026-05-06T12:00:00Z"}]`,
		`[{"id":9,"name":"gain/high","color":"#123456","exclusive":true}]`, `{"login":"ana","full_name":"a/b","permissions":null}`,
		"<html>", "\xff\xfe", `[{"id":-1}]`, `{"number":1e400}`, `[[[[[`,
	} {
		f.Add([]byte(seed), uint16(200), "")
	}
	f.Add([]byte(`{"message":["x"]}`), uint16(403), "")
	f.Add([]byte(`x`), uint16(301), "/api/v1/repositories/1")
	f.Add([]byte(`x`), uint16(302), "http://[::1")

	var body atomic.Value
	var status atomic.Uint32
	var location atomic.Value
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if l := location.Load().(string); l != "" {
			w.Header().Set("Location", l)
		}
		w.WriteHeader(int(status.Load()))
		w.Write(body.Load().([]byte))
	}))
	defer server.Close()
	g, err := gitea.New(gitea.Options{URL: server.URL, Token: secret})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, answer []byte, code uint16, place string) {
		code = 200 + code%400
		if code == 204 || code == 304 {
			code = 200
		}
		body.Store(answer)
		status.Store(uint32(code))
		location.Store(place)
		for name, err := range callAll(t.Context(), g) {
			if err != nil {
				_ = problem(t, err)
			} else if code >= 300 {
				t.Errorf("%s: no error with status %d", name, code)
			}
		}
	})
}

// callAll makes every call of the port once.
func callAll(ctx context.Context, f forge.Forge) map[string]error {
	const repo = "infra/tickets"
	ref := model.Ref{Repo: repo, Number: 1}
	high := model.Label{ID: 9, Name: model.NewLine("gain/high")}
	errs := map[string]error{}
	_, errs["Me"] = f.Me(ctx)
	_, errs["Repo"] = f.Repo(ctx, repo)
	_, errs["Labels"] = f.Labels(ctx, repo)
	errs["CreateLabels"] = f.CreateLabels(ctx, repo, []model.Label{high})
	_, errs["People"] = f.People(ctx, repo)
	_, errs["Tickets"] = f.Tickets(ctx, repo, forge.Query{})
	_, errs["Comments"] = f.Comments(ctx, repo, forge.Query{})
	_, errs["Thread"] = f.Thread(ctx, ref)
	_, errs["Ticket"] = f.Ticket(ctx, ref)
	_, errs["Milestones"] = f.Milestones(ctx, repo)
	_, errs["History"] = f.History(ctx, ref, noon)
	_, errs["LastEdit"] = f.LastEdit(ctx, ref, model.FieldGain)
	for name, change := range map[string]model.Change{
		"SetGain": model.SetGain{To: model.High}, "clear": model.SetGain{From: model.High},
		"Assign": model.Assign{To: []model.Line{model.NewLine("ana")}}, "SetDue": model.SetDue{To: model.StampOf(noon)},
		"Close": model.Close{}, "AddComment": model.AddComment{Text: "hello"}, "SetMilestone": model.SetMilestone{To: model.Milestone{ID: 3, Title: model.NewLine("F44")}}, "RemoveLabel": model.RemoveLabel{Name: high.Name},
		"RemoveComment": model.RemoveComment{ID: 7, Text: "hello"},
	} {
		_, errs[name] = f.Apply(ctx, forge.Order{Now: model.Ticket{Ref: ref}, Change: change, Labels: []model.Label{high}})
	}
	return errs
}

package forgetest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"
)

// What the embedded forge says must be what Gitea says: no field that Gitea
// lacks, so that nothing comes to rely on it, and none missing that Gitea has
// where a whole row is concerned, so that rows weigh what real ones weigh.
func TestTheEmbeddedForgeHasGiteasFields(t *testing.T) {
	real, embedded := shapesOn(t, Gitea(t)), shapesOn(t, Embedded(t))
	for what, want := range real {
		got := embedded[what]
		for _, field := range got {
			if !slices.Contains(want, field) {
				t.Errorf("%s: the embedded forge has %q, Gitea doesn't", what, field)
			}
		}
		if what == "repository" {
			continue // Gitea's has sixty more, about code and wikis
		}
		for _, field := range want {
			if !slices.Contains(got, field) {
				t.Errorf("%s: Gitea has %q, the embedded forge doesn't", what, field)
			}
		}
	}
}

// shapesOn returns the field names of each kind of answer.
func shapesOn(t *testing.T, s *Server) map[string][]string {
	t.Helper()
	d := deskOn(t, s)
	d.NewLabel(t, d.ana, d.repo, "ops")
	n := d.open("Search is slow")
	d.AddLabel(t, d.ana, d.repo, n, "ops")
	d.Assign(t, d.ana, d.repo, n, d.benName)
	d.SetDue(t, d.ana, d.repo, n, time.Now())
	d.Comment(t, d.ben, d.repo, n, "Since Tuesday.")

	shapes := map[string][]string{}
	for what, path := range map[string]string{
		"repository": "",
		"labels":     "/labels",
		"tickets":    "/issues?state=all",
		"ticket":     fmt.Sprintf("/issues/%d", n),
		"comments":   fmt.Sprintf("/issues/%d/comments", n),
		"timeline":   fmt.Sprintf("/issues/%d/timeline", n),
		"assignees":  "/assignees",
	} {
		var raw json.RawMessage
		expect(t, d.get(d.at("%s", path), &raw), http.StatusOK)
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) == nil {
			if len(list) == 0 {
				t.Fatalf("%s: nothing came", what)
			}
			raw = list[0]
		}
		shapes[what] = namesOf(t, raw)
	}
	return shapes
}

func namesOf(t *testing.T, raw json.RawMessage) []string {
	t.Helper()
	names := []string{}
	for name := range fields(t, raw) {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

package forgetest

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestForeignTextIsStoredAsItIs(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		for name, text := range map[string]string{
			"escape sequences": "\x1b[2J\x1b]0;owned\x07 red \x1b[31m",
			"bidirectional":    "abc \u202e gnp.exe \u2066x",
			"NUL":              "a\x00b",
			"newlines":         "one\ntwo\r\nthree",
			"emoji":            "🧑‍🚒 ✔️ 🇩🇪 日本",
			"tabs":             "a\tb",
		} {
			n := d.NewTicket(t, d.ana, d.repo, "x"+text+"x", text)
			d.Comment(t, d.ana, d.repo, n, text)
			got := d.ticket(n)
			if got.Title != "x"+text+"x" || got.Body != text {
				t.Errorf("%s: title %q, body %q, want %q", name, got.Title, got.Body, text)
			}
			var comments []comment
			d.get(d.at("/issues/%d/comments", n), &comments)
			if len(comments) != 1 || comments[0].Body != text {
				t.Errorf("%s: comments %+v, want %q", name, comments, text)
			}
		}
		id := d.NewLabel(t, d.ana, d.repo, "ops\x1b[31m")
		var made label
		d.get(d.at("/labels/%d", id), &made)
		if made.Name != "ops\x1b[31m" {
			t.Errorf("the label is called %q", made.Name)
		}
	})
}

func TestALongTitleIsCutWithoutAWord(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		fits := strings.Repeat("x", 255)
		if got := d.ticket(d.open(fits)).Title; got != fits {
			t.Errorf("255 letters became %d bytes", len(got))
		}
		n := d.open(strings.Repeat("x", 300))
		want := strings.Repeat("x", 252) + "…"
		if got := d.ticket(n).Title; got != want {
			t.Errorf("300 letters became %d bytes: %q", len(got), got)
		}
		// Letters beyond Latin take two of the 255.
		d.Rename(t, d.ana, d.repo, n, strings.Repeat("日", 128))
		if got, want := d.ticket(n).Title, strings.Repeat("日", 126)+"…"; got != want {
			t.Errorf("128 Japanese letters became %d: %q", len([]rune(got)), got)
		}
		d.Rename(t, d.ana, d.repo, n, strings.Repeat("y", 256))
		if got, want := d.ticket(n).Title, strings.Repeat("y", 252)+"…"; got != want {
			t.Errorf("renamed to 256 letters it has %d bytes: %q", len(got), got)
		}
	})
}

func TestACommentOfAMegabyteIsAccepted(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		n := d.open("Search is slow")
		text := strings.Repeat("0123456789abcdef", 1<<16)
		d.Comment(t, d.ana, d.repo, n, text)
		var comments []comment
		d.get(d.at("/issues/%d/comments", n), &comments)
		if len(comments) != 1 || comments[0].Body != text {
			t.Errorf("%d comments, or another text", len(comments))
		}
	})
}

func TestADueDateIsTheEndOfItsDay(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		n := d.open("Search is slow")
		for sent, want := range map[string]string{
			"2030-03-01T08:30:00Z":      "2030-03-01T23:59:59Z",
			"2030-03-02T00:00:00Z":      "2030-03-02T23:59:59Z",
			"2030-03-03T08:30:00-05:00": "2030-03-04T04:59:59Z", // the end of the day in the zone sent
		} {
			d.edit(t, d.ana, d.repo, n, map[string]any{"due_date": sent})
			if due := d.ticket(n).Due; due == nil || due.UTC().Format(time.RFC3339) != want {
				t.Errorf("%s became %v, want %s", sent, due, want)
			}
		}
		// No due date sent is no change; taking it away has a field of its own.
		d.edit(t, d.ana, d.repo, n, map[string]any{"due_date": nil})
		if d.ticket(n).Due == nil {
			t.Error("null took the due date away")
		}
		d.edit(t, d.ana, d.repo, n, map[string]any{"unset_due_date": true})
		if due := d.ticket(n).Due; due != nil {
			t.Errorf("due %v after it was unset", due)
		}
	})
}

func TestARepositorySaysWhatItsCallerMay(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		type permissions struct{ Admin, Push, Pull bool }
		for name, c := range map[string]struct {
			token string
			want  permissions
		}{
			"owner":  {d.ana, permissions{true, true, true}},
			"writer": {d.ben, permissions{false, true, true}},
			"reader": {d.rita, permissions{false, false, true}},
		} {
			var repo struct {
				FullName    string `json:"full_name"`
				Permissions permissions
				HasIssues   bool `json:"has_issues"`
			}
			expect(t, d.Do(t, c.token, "GET", d.at(""), nil, &repo), http.StatusOK)
			if repo.Permissions != c.want || repo.FullName != d.repo || !repo.HasIssues {
				t.Errorf("%s: %+v", name, repo)
			}
		}
	})
}

func TestWhoCanBeAssigned(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		var people []person
		expect(t, d.get(d.at("/assignees"), &people), http.StatusOK)
		found := map[string]string{}
		for _, p := range people {
			found[p.Login] = p.FullName
		}
		if found[d.anaLogin] != "Ana Abel" || found[d.benName] != "Ben Brandt" || len(found) != 2 {
			t.Errorf("assignable are %v, want the owner and the writer", found)
		}
		// The list is replaced as a whole; order is not kept to.
		n := d.open("Search is slow")
		d.Assign(t, d.ana, d.repo, n, d.anaLogin, d.benName)
		d.Assign(t, d.ana, d.repo, n, d.benName)
		if got := d.ticket(n).Assignees; len(got) != 1 || got[0].Login != d.benName {
			t.Errorf("assignees %v, want only Ben", got)
		}
		d.Assign(t, d.ana, d.repo, n)
		if got := d.ticket(n).Assignees; len(got) != 0 {
			t.Errorf("assignees %v after all were removed", got)
		}
	})
}

// The timeline is where the minutes of a meeting and the cycle times come from.
func TestTheTimelineTellsWhatHappened(t *testing.T) {
	Each(t, func(t *testing.T, s *Server) {
		d := deskOn(t, s)
		id := d.NewLabel(t, d.ana, d.repo, "ops")
		n := d.open("Search is slow")
		d.AddLabel(t, d.ana, d.repo, n, "ops")
		d.RemoveLabel(t, d.ana, d.repo, n, id)
		d.Assign(t, d.ana, d.repo, n, d.benName)
		d.Assign(t, d.ana, d.repo, n)
		d.Comment(t, d.ben, d.repo, n, "Since Tuesday.")
		d.Rename(t, d.ana, d.repo, n, "Search is very slow")
		d.SetDue(t, d.ana, d.repo, n, time.Date(2030, 3, 1, 8, 0, 0, 0, time.UTC))
		d.Close(t, d.ben, d.repo, n)
		d.Reopen(t, d.ben, d.repo, n)

		var raw []json.RawMessage
		expect(t, d.get(d.at("/issues/%d/timeline", n), &raw), http.StatusOK)
		var lines []string
		for _, r := range raw {
			lines = append(lines, lineOf(t, r))
		}
		ana, ben := d.anaLogin, d.benName
		same(t, "timeline", lines, []string{
			ana + " label ops body=1",
			ana + " label ops",
			ana + " assignees " + ben,
			ana + " assignees " + ben + " removed",
			ben + " comment body=Since Tuesday.",
			ana + " change_title Search is slow -> Search is very slow",
			ana + " added_deadline body=2030-03-01",
			ben + " close",
			ben + " reopen",
		})
	})
}

// lineOf puts an event's telling parts into words.
func lineOf(t *testing.T, raw json.RawMessage) string {
	t.Helper()
	var e struct {
		Type     string
		User     person
		Body     string
		Label    *label
		Assignee *person
		Removed  bool      `json:"removed_assignee"`
		Old      string    `json:"old_title"`
		New      string    `json:"new_title"`
		Created  time.Time `json:"created_at"`
	}
	if err := json.Unmarshal(raw, &e); err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	if e.Created.IsZero() {
		t.Errorf("no time in %s", raw)
	}
	line := e.User.Login + " " + e.Type
	if e.Label != nil {
		line += " " + e.Label.Name
	}
	if e.Assignee != nil {
		line += " " + e.Assignee.Login
	}
	if e.Removed {
		line += " removed"
	}
	if e.Body != "" {
		line += " body=" + e.Body
	}
	if e.Old != "" {
		line += " " + e.Old + " -> " + e.New
	}
	return line
}

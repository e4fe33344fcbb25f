package demo

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// fill makes the sample board and reads all of it.
func fill(t *testing.T, seed uint64) (*Forge, *clock, person, []ticketJSON) {
	t.Helper()
	c := newClock()
	f := New(Options{Clock: c.now, Seed: seed})
	s := f.Fill()
	if s.Repo != "infra/tickets" || s.Login != "anna" {
		t.Fatalf("got %+v", s)
	}
	you := person{t, f, s.Token}
	return f, c, you, readAll(t, you)
}

func readAll(t *testing.T, you person) []ticketJSON {
	t.Helper()
	var all []ticketJSON
	for page := 1; ; page++ {
		rows := as[[]ticketJSON](t, you.want(http.StatusOK, "GET", fmt.Sprintf("%s/issues?state=all&limit=50&page=%d", desk, page)))
		if len(rows) == 0 {
			return all
		}
		all = append(all, rows...)
	}
}

// scoped is the one label of a scope, without the scope.
func scoped(t *testing.T, row ticketJSON, scope string) string {
	t.Helper()
	found := ""
	for _, l := range row.Labels {
		if name, fits := strings.CutPrefix(l.Name, scope+"/"); fits {
			if found != "" {
				t.Errorf("#%d is %s and %s", row.Number, found, name)
			}
			found = name
		}
	}
	return found
}

func TestTheSampleBoardHasTheShapeOfARealOne(t *testing.T) {
	_, c, _, all := fill(t, 1)
	count := map[string]int{}
	for _, row := range all {
		if row.State == "closed" {
			count["closed"]++
			if c.now().Sub(*row.Closed) < 7*day {
				count["closed this week"]++
			}
			if scoped(t, row, "closed as") == "" || scoped(t, row, "state") != "" {
				t.Errorf("#%d is closed without a reason, or still has a state: %v", row.Number, labelNames(row.Labels))
			}
			continue
		}
		count["open"]++
		state := scoped(t, row, "state")
		count["state "+state]++
		if state == "waiting on assignee" && row.Assignees != nil {
			count["assigned"]++
		}
		count["gain "+scoped(t, row, "gain")]++
		count["pain "+scoped(t, row, "pain")]++
		if row.Due != nil {
			count["due"]++
		}
	}
	for what, want := range map[string][2]int{
		"open": {115, 125}, "closed": {55, 65}, "closed this week": {11, 16},
		"state ": {8, 8}, "state urgent": {2, 2}, "state next meeting": {5, 8},
		"state waiting on assignee": {65, 75}, "state waiting on reporter": {18, 22}, "state waiting on external": {12, 16},
		"assigned": {20, 26}, "due": {2, 6},
		"gain low": {25, 60}, "gain medium": {25, 60}, "gain high": {15, 40},
		"pain low": {25, 70}, "pain medium": {20, 60}, "pain high": {8, 25},
	} {
		if n := count[what]; n < want[0] || n > want[1] {
			t.Errorf("%s: %d, want %d to %d", what, n, want[0], want[1])
		}
	}
}

func TestTheSampleBoardReadsLikePeople(t *testing.T) {
	_, c, you, all := fill(t, 1)
	titles, letters := map[string]bool{}, ""
	for i, row := range all {
		if titles[row.Title] {
			t.Errorf("two tickets are called %q", row.Title)
		}
		titles[row.Title] = true
		letters += row.Title + row.User.FullName
		if row.Body == "" && row.Comments == 0 || strings.Contains(row.Body, "{+") {
			t.Errorf("#%d says %q", row.Number, row.Body)
		}
		if i > 0 && (row.Number >= all[i-1].Number || row.Created.After(all[i-1].Created)) {
			t.Errorf("#%d is listed after #%d", row.Number, all[i-1].Number)
		}
		if row.Updated.Before(row.Created) || row.Updated.After(c.now()) || row.Updated.Nanosecond() != 0 {
			t.Errorf("#%d was created %v and updated %v", row.Number, row.Created, row.Updated)
		}
	}
	if first, last := all[len(all)-1].Number, all[0].Number; first < 13200 || last != newestNumber {
		t.Errorf("numbers from %d to %d", first, last)
	}
	for _, script := range []string{"ß", "é", "日本語", "Σ", "ية", "李", "ö"} {
		if !strings.Contains(letters, script) {
			t.Errorf("nobody writes %s", script)
		}
	}
	answers := 0
	for _, row := range all {
		remarks := as[[]commentJSON](t, you.want(http.StatusOK, "GET", at(row.Number)+"/comments"))
		if !slices.IsSortedFunc(remarks, func(a, b commentJSON) int { return a.Created.Compare(b.Created) }) || len(remarks) != row.Comments {
			t.Errorf("#%d: comments in disorder", row.Number)
		}
		if row.State == "open" && scoped(t, row, "state") == "waiting on reporter" && remarks[len(remarks)-1].User.Login == row.User.Login {
			answers++
		}
	}
	if answers < 4 || answers > 8 {
		t.Errorf("%d reporters have answered", answers)
	}
}

func TestTheSameSeedMakesTheSameBoard(t *testing.T) {
	text := func(seed uint64) string {
		_, _, you, _ := fill(t, seed)
		return you.want(http.StatusOK, "GET", desk+"/issues?limit=50").text + you.want(http.StatusOK, "GET", desk+"/issues/comments").text
	}
	if text(3) != text(3) {
		t.Error("two boards of the same seed differ")
	}
	if text(3) == text(4) {
		t.Error("two boards of different seeds are the same")
	}
}

func TestStoriesWithMistakesAreRefused(t *testing.T) {
	for _, text := range []string{
		"== No author\n\ntext\n",
		"== Bad age\nby anna, soon ago\n\ntext\n",
		"== Bad reply\nby anna, 3d ago\n\ntext\n\n-- kira, x ago\nyes\n",
		"== Bad line\nby anna, 3d ago\nwith love\n\ntext\n",
		"== Bad end\nby anna, 3d ago\nclosed by kira\n\ntext\n",
	} {
		if stories, err := parseStories(text); err == nil {
			t.Errorf("%q was read as %+v", text, stories)
		}
	}
	got, err := parseStories("== Good\nby anna, 5w ago\nis gain low, ops, urgent\nfor kira\ndue +2d\n\none\n\n-- kira, 90m ago\ntwo\n")
	if err != nil || len(got) != 1 || got[0].age != 35*day || got[0].due != 2*day || got[0].replies[0].age != 90*time.Minute ||
		!slices.Equal(got[0].labels, []string{"gain/low", "ops", "state/urgent"}) {
		t.Errorf("got %+v, %v", got, err)
	}
}

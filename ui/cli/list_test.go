package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"docket/model"
	"docket/ui/uitest"
)

var noon = time.Date(2026, 5, 6, 12, 0, 0, 0, time.UTC)

func card(number int64, title string) *model.Card {
	return &model.Card{Ticket: model.Ticket{
		Ref: model.Ref{Repo: "infra/tickets", Number: number}, Title: model.NewLine(title),
		State: model.NeedsReview, Created: noon, Updated: noon.Add(-2 * time.Hour),
	}}
}

func TestATablesColumnsStandBelowEachOther(t *testing.T) {
	wide, plain := card(7, "日本語\x1b[2J mirror\nlist"), card(13512, "Disk full")
	wide.Assignees = []model.Line{model.NewLine("名前"), model.NewLine("jo")}
	var b bytes.Buffer
	out := bufio.NewWriter(&b)
	if err := errors.Join(writeTable(out, []*model.Card{wide, plain}, true, noon, edge{}), out.Flush()); err != nil {
		t.Fatal(err)
	}
	want := `
REPO           NUMBER  STATE         GAIN  PAIN  UPDATED  ASSIGNEES  TITLE
infra/tickets  7       needs review  none  none  2h       名前,jo    日本語[2J mirror list
infra/tickets  13512   needs review  none  none  2h       -          Disk full
`
	if d := cmp.Diff(want[1:], b.String()); d != "" {
		t.Error(d)
	}
	for line := range strings.Lines(b.String()) {
		if before, _, found := strings.Cut(line, "needs review"); found && ansi.StringWidth(before) != 23 {
			t.Errorf("the state stands at %d: %s", ansi.StringWidth(before), line)
		}
	}
}

// On a terminal a ticket's row is one line whatever its title is, with its whole
// number in its column; into a pipe everything goes.
func TestOnATerminalARowIsOneLine(t *testing.T) {
	long, wide := card(7, strings.Repeat("Please approve this. ", 20)), card(13512, strings.Repeat("漢字", 90))
	long.State, wide.State = model.OnAssignee, model.OnReporter
	wide.Assignees = []model.Line{model.NewLine("anna"), model.NewLine("somebody-with-a-long-login"), model.NewLine("kira")}
	cards := []*model.Card{long, wide, card(99, "Short")}
	for w := 20; w < 200; w++ {
		for _, ascii := range []bool{false, true} {
			var b bytes.Buffer
			out := bufio.NewWriter(&b)
			if err := errors.Join(writeTable(out, cards, w%2 == 0, noon, edge{w, ascii}), out.Flush()); err != nil {
				t.Fatal(err)
			}
			cells := uitest.Screen(w, 8, strings.ReplaceAll(b.String(), "\n", "\r\n"))
			at, _, found := cells.Find("NUMBER")
			for y, want := range []string{"NUMBER", "7", "13512", "99", ""} {
				if got := strings.TrimSpace(textFrom(cells[y], at, len("NUMBER"))); w >= 40 && (!found || got != want) {
					t.Fatalf("%d cells: %q and not %q is in row %d:\n%s", w, got, want, y, cells)
				}
			}
			if row := cells.Row(1); w >= 60 && !strings.HasSuffix(row, edge{w, ascii}.cut("abc", 1)) {
				t.Errorf("%d cells: nothing says that this title goes on: %s", w, row)
			}
			if cells.Row(4) != "" {
				t.Fatalf("%d cells: a row goes on in the next line:\n%s", w, cells)
			}
		}
	}
}

// Whatever text a forge holds, a reader of the JSON gets it as it is, one
// object a line, and a terminal that shows the JSON has nothing to obey.
func TestJSONIsFaithfulAndHarmless(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		titles := rapid.SliceOfN(rapid.OneOf(rapid.String(),
			rapid.StringOf(rapid.RuneFrom([]rune("a\x00\x1b\x7f\u009b\u202e\u2066\u200b\u00ad\U000e0041<&\"\\\n日")))), 0, 5).Draw(t, "titles")
		var cards []*model.Card
		for i, title := range titles {
			cards = append(cards, card(int64(i), title))
		}
		var b bytes.Buffer
		out := bufio.NewWriter(&b)
		if err := errors.Join(writeJSON(out, cards), out.Flush()); err != nil {
			t.Fatal(err)
		}
		var read []record
		if err := json.Unmarshal(b.Bytes(), &read); err != nil {
			t.Fatalf("%v in %s", err, b.String())
		}
		if len(read) != len(titles) {
			t.Fatalf("%d of %d tickets", len(read), len(titles))
		}
		for i, r := range read {
			if want := strings.ToValidUTF8(titles[i], "\ufffd"); r.Title != want {
				t.Errorf("%q became %q", want, r.Title)
			}
		}
		for _, r := range strings.ReplaceAll(b.String(), "\n", "") {
			if r < ' ' || invisible(r) {
				t.Errorf("%U is written as it is", r)
			}
		}
		if lines := strings.Count(b.String(), "\n"); lines != max(2, len(titles)+2) {
			t.Errorf("%d lines for %d tickets", lines, len(titles))
		}
	})
}

// The signs by name, and in every text of a ticket that others write.
func TestJSONWritesSignsThatHideOrReorderAsEscapes(t *testing.T) {
	const evil = "\u202e\u2066\u2069\u200b\u200f\ufeff\u00ad\u061c\u007f\u009b\u2028"
	c := card(7, evil)
	c.Author.Login, c.URL = model.NewLine(evil), model.NewLine(evil)
	c.Labels, c.Assignees = []model.Line{model.NewLine(evil)}, []model.Line{model.NewLine(evil)}
	c.Milestone = model.Milestone{ID: 1, Title: model.NewLine(evil)}
	var b bytes.Buffer
	out := bufio.NewWriter(&b)
	if err := errors.Join(writeJSON(out, []*model.Card{c}), out.Flush()); err != nil {
		t.Fatal(err)
	}
	for _, r := range evil {
		if strings.ContainsRune(b.String(), r) {
			t.Errorf("%U is written as it is", r)
		}
		if n := strings.Count(b.String(), fmt.Sprintf(`\u%04x`, r)); n != 6 {
			t.Errorf("%U is written %d times, not in all of six texts", r, n)
		}
	}
}

// gone is a reader that closed its end.
type gone struct{}

var errGone = errors.New("nobody reads")

func (gone) Write([]byte) (int, error) { return 0, errGone }

func TestALongListEndsWhenNobodyReads(t *testing.T) {
	cards := make([]*model.Card, 5000)
	for i := range cards {
		cards[i] = card(int64(i), "A title")
	}
	for name, write := range map[string]func(*bufio.Writer) error{
		"table": func(out *bufio.Writer) error { return writeTable(out, cards, false, noon, edge{}) },
		"JSON":  func(out *bufio.Writer) error { return writeJSON(out, cards) },
	} {
		if err := write(bufio.NewWriter(gone{})); !errors.Is(err, errGone) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzList looks for a ticket that reaches beyond its own row of a list, or
// that does anything to the terminal that shows it.
func FuzzList(f *testing.F) {
	for _, text := range []string{
		"plain", "", "\x1b[2J\x1b[H", "\x1b]0;t\a\x1b]52;c;eA==\a\x1b[6n", "\u009b2J", "one\r\n13512  urgent\n\n", "a\b\b\b\x7f\x00",
		"\u202egpj.exe\u2066", "שלום 12", "日本語", "👩‍👩‍👧👍🏽🇩🇪", strings.Repeat("x", 300), strings.Repeat("漢", 90), "Z" + strings.Repeat("\u0335", 40), "\u0301", "a\u2028b", "\xff",
	} {
		f.Add(text, text)
	}
	f.Fuzz(func(t *testing.T, title, login string) {
		bad := card(7, title)
		bad.Assignees = []model.Line{model.NewLine(login)}
		bad.Ref.Repo = title
		cards := []*model.Card{card(1, "The first"), bad, card(13512, "The last")}
		var table, jsons bytes.Buffer
		out := bufio.NewWriter(&table)
		if err := errors.Join(writeTable(out, cards, true, noon, edge{}), out.Flush()); err != nil {
			t.Fatal(err)
		}
		out = bufio.NewWriter(&jsons)
		if err := errors.Join(writeJSON(out, cards), out.Flush()); err != nil {
			t.Fatal(err)
		}
		if _, deeds := uitest.Show(80, 200, jsons.String()); len(deeds) > 0 {
			t.Errorf("JSON told the terminal %q", deeds)
		}
		width := max(80, table.Len())
		cells, deeds := uitest.Show(width, 5, table.String())
		if len(deeds) > 0 {
			t.Errorf("the terminal was told %q", deeds)
		}
		at, _, _ := cells.Find("STATE")
		for y, want := range []string{"STATE", "needs review", "needs review", "needs review", ""} {
			got := textFrom(cells[y], at, len(want))
			if got != want {
				t.Errorf("row %d has %q where the state belongs\n%s", y, got, cells)
			}
		}
		if !strings.HasSuffix(cells.Row(1), "The first") || !strings.HasSuffix(cells.Row(3), "The last") || cells.Row(4) != "" {
			t.Errorf("other rows were touched:\n%s", cells)
		}
	})
}

// textFrom returns the text of some cells of a row.
func textFrom(row []uitest.Cell, at, n int) string {
	var b strings.Builder
	for _, c := range row[at : at+n] {
		b.WriteString(c.Text)
	}
	return b.String()
}

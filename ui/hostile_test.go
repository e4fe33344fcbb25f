package ui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"docket/model"
	"docket/ui/uitest"
)

// hostile are texts that people have sent, or would, to break a screen.
var hostile = []string{
	"\x1b[2J\x1b[H\x1b[31mowned", "\x1b]0;title\a\x1b]52;c;cm0gLXJm\a\x1b[6n", "\u009b2J\u009d0;t\u009c", "a\x9b2J\x1bc",
	"one\r\n#13511 Approved by everybody\n\n\n", "back\b\b\b\bspace\x7f\x00", "\u2028line\u2029separators\u0085\v\f",
	"\u202egpj.exe \u2066isolated\u2069 \u200e\u200f\u061c", "ad\u200bm\u2060i\ufeffn\u00ad", "Z" + strings.Repeat("\u0335\u0301", 60),
	"שלום עולם 12 (abc) מה", "العربية 123 نص", "日本語ミラーの一覧が間違った名前を表示する", "👩‍👩‍👧‍👦👍🏽🇩🇪❤️1️⃣", "ก็น้ำ क्षि 한글 각",
	strings.Repeat("x", 300), strings.Repeat("漢", 150), strings.Repeat("👍", 200), "﷽𒐫⸻" + strings.Repeat("\u302e", 9), "0\u302e", "\u0301\u0301lonely",
	"\ufff9a\ufffab\ufffb \U000e0041\ue000\U0010ffff", "", " \t ", "\xff\xfe\xed\xa0\x80",
	"&#27;[2J&#x1b;]0;t&#7; &#155;2J &#x9b;31m &#0; &#8238;", "~~&#**27;**[31mred~~ ~~&**#27;**[8m~~ `&#\n27;[2J`", "&ZeroWidthSpace;&rlm;&Tab;&NewLine;&lrm;&shy;",
	"<div>&#27;[2J&amp;#27;[2J&#2<b></b>7;</div>\n\n<script>x</script> <b>&#27;</b>", "[click](javascript:alert(1)) [f](file:///etc/passwd) [d](data:text/html,x)",
	"[a\x1b]8;;http://evil\a](http://x.y/\u202e\x1b]0;x\a?a=1&b=2 \"t&#27;\")", "<javascript:alert(1)> <https://a.b/c?d=1&e=2> www.a.b a@b.c", "![alt&#27;[2J](http://x.y/a.png) ![x](data:image/png;base64,xx)",
	"```sh&#27;[2J\u202e\n\x1b[2Jcode\n```\n~~~\nunclosed", "|a&#27;[2J|b|\n|--|:-:|\n|[l](http://x.y)|![i](http://q/&#x9b;)|\n|" + strings.Repeat("wide ", 90) + "|x|",
	"> > > > quote\n> - [x] done\n>   1. &#x8;\n\nterm\n: definition", "**[a very long link whose text goes on and on over several lines of a pane](https://x.y/z) and bold that goes on**",
	"[^1]: foot\n\n# head &#x1b;c\n\nx[^1]\n\n***\n:smile: :warning:", strings.Repeat("> ", 3000) + "deep", strings.Repeat("- ", 3000) + "deep", "{{.text}} {{printf \"%c\" 27}} \\&\\#27;",
}

// still is a board at a fixed moment, whose Cmds are run at once by rest.
func still(tb testing.TB, w, h int, desk *memoryDesk) *App {
	a := New(tb.Context(), Options{
		Desk: desk, Settings: DefaultSettings(), Dark: true,
		Now: func() time.Time { return noon },
	})
	a.Title = "Infra"
	a.Update(tea.WindowSizeMsg{Width: w, Height: h})
	return a
}

// rest runs a Cmd and all that come of it.
func rest(a *App, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			rest(a, c)
		}
	default:
		_, cmd := a.Update(msg)
		rest(a, cmd)
	}
}

type rectangle struct{ x, y, w, h int }

func (r rectangle) has(x, y int) bool { return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h }

// unmoved fails unless two screens are the same outside a rectangle, and
// nothing happened to the terminal but drawing.
func unmoved(t *testing.T, what, hostile, harmless string, w, h int, within rectangle) uitest.Cells {
	t.Helper()
	got, deeds := uitest.Show(w, h, hostile)
	want, _ := uitest.Show(w, h, harmless)
	if len(deeds) > 0 {
		t.Errorf("%s: the terminal was told %q", what, deeds)
	}
	for y := range want {
		for x := range want[y] {
			if !within.has(x, y) && got[y][x] != want[y][x] {
				t.Fatalf("%s: at %d,%d outside of %v is %+v, not %+v\n%s", what, x, y, within, got[y][x], want[y][x], got)
			}
			c := got[y][x]
			if _, ok := openable(c.Link); c.Link != "" && !ok {
				t.Errorf("%s: a link to %q", what, c.Link)
			}
			for _, look := range []string{"blink", "conceal"} {
				if strings.Contains(c.Style, look) {
					t.Errorf("%s: %q at %d,%d", what, c.Style, x, y)
				}
			}
		}
	}
	return got
}

var screenSizes = []struct{ w, h int }{{50, 15}, {80, 24}, {120, 35}, {200, 50}, {41, 12}, {163, 40}}

// theirs is a ticket on which strangers have written everything.
func theirs(title, label, login string) model.Ticket {
	return ticket(13512, "", old(1), talked(3), func(t *model.Ticket) {
		t.Title, t.Labels = model.NewLine(title), []model.Line{model.NewLine(label), model.NewLine("gain/high")}
		t.Assignees = model.Logins(model.NewLine(login), model.NewLine("kira"))
		t.Author, t.Milestone = model.Person{Login: model.NewLine(login), Name: model.NewLine(title)}, model.Milestone{ID: 1, Title: model.NewLine(label)}
		t.State = model.NeedsReview
	})
}

// FuzzCard looks for a ticket that reaches beyond its own card.
func FuzzCard(f *testing.F) {
	for i, text := range hostile {
		f.Add(text, text, hostile[(i+7)%len(hostile)], uint8(i))
	}
	f.Fuzz(func(t *testing.T, title, label, login string, size uint8) {
		s := screenSizes[int(size)%len(screenSizes)]
		board := func(mine model.Ticket) *App {
			a := still(t, s.w, s.h, newMemoryDesk(append([]model.Ticket{mine}, sample()[1:]...)...))
			a.columns.ref = model.Ref{Repo: "infra/tickets", Number: 13510}
			a.columns.show(a.columns.board)
			a.Update(tea.WindowSizeMsg{Width: s.w, Height: s.h})
			return a
		}
		bad := board(theirs(title, label, login))
		card, col, row, ok := bad.columns.board.Find(model.Ref{Repo: "infra/tickets", Number: 13512})
		if !ok {
			t.Fatal("the ticket is gone")
		}
		if p := bad.boardPainter(bad.layout()); col < p.first || row < p.tops[col] {
			return
		}
		p := bad.boardPainter(bad.layout())
		height := p.height(card)
		at := rectangle{0, p.layout.top + p.layout.headRows(), p.layout.blocks[0], height}
		for i := p.first; i < col; i++ {
			at.x += p.layout.blocks[i-p.first]
		}
		for i := p.tops[col]; i < row; i++ {
			at.y += p.height(bad.columns.board.Columns[col].Cards[i])
		}
		// A card of the same height with a harmless text: one of these.
		for _, who := range []string{"jo", "a-person-with-a-long-name"} {
			for words := range 40 {
				good := board(theirs(strings.Repeat("word ", words+1), "x", who))
				card, _, _, _ := good.columns.board.Find(card.Ref)
				if good.boardPainter(good.layout()).height(card) == height {
					unmoved(t, fmt.Sprintf("%.200q", []string{title, label, login}), bad.View().Content, good.View().Content, s.w, s.h, at)
					return
				}
			}
		}
		t.Fatalf("no harmless title makes a card of %d lines:\n%s", height, uitest.Screen(s.w, s.h, bad.View().Content))
	})
}

// headingAt is what the column of the headings shows in a row of the open ticket.
func (a *App) headingAt(row int) string {
	l := a.layout()
	head := len(a.paneHead(l.pane - 4))
	i := a.pane.top + row - head
	cut := len(a.pane.lines) > a.pane.top+l.rows-head // the last row tells how much there is more
	if row == head-1 || row >= head && i < len(a.pane.lines) && a.pane.lines[i].by != nil && (!cut || row < l.rows-1) {
		return a.theme.rule
	}
	return " "
}

// FuzzPane looks for a text that reaches beyond the open ticket, or to where its
// headings begin: it could pass for the words of somebody else.
func FuzzPane(f *testing.F) {
	for i, text := range hostile {
		f.Add(text, hostile[(i+5)%len(hostile)], hostile[(i+11)%len(hostile)], uint8(i), uint16(i%3))
	}
	f.Fuzz(func(t *testing.T, body, comment, who string, size uint8, top uint16) {
		s := screenSizes[int(size)%len(screenSizes)]
		open := func(body, comment, who string) *App {
			mine := theirs(who, who, who)
			desk := newMemoryDesk(append([]model.Ticket{mine}, sample()[1:]...)...)
			desk.threads[mine.Ref] = model.Thread{Ref: mine.Ref, Body: model.NewProse(body), Complete: true, Comments: []model.Comment{
				{Ref: mine.Ref, ID: 1, Author: mine.Author, Created: noon, Body: model.NewProse(comment)},
				{Ref: mine.Ref, ID: 2, Author: mine.Author, Created: noon, Body: model.NewProse("The end.")},
			}}
			a := still(t, s.w, s.h, desk)
			rest(a, a.openTicket(mine.Ref))
			a.scrollPane(int(top))
			return a
		}
		bad := open(body, comment, who)
		l := bad.layout()
		pane := rectangle{l.board, l.top, l.pane, l.rows}
		harmless := open("A body.", "A comment.", "jo")
		// The ticket's own card is on the board too: FuzzCard's affair.
		board := func(a *App) string {
			a.columns.board = sampleBoard
			return a.View().Content
		}
		cells := unmoved(t, fmt.Sprintf("%.200q", []string{body, comment, who}), board(bad), board(harmless), s.w, s.h, pane)
		for y := pane.y; y < pane.y+pane.h; y++ {
			row := cells[y]
			if edge := row[pane.x]; l.board > 0 && edge.Text != bad.theme.side || l.board == 0 && edge.Text != " " {
				t.Fatalf("the edge in row %d is %+v\n%s", y, edge, cells)
			}
			if c := row[pane.x+1]; c.Text != bad.headingAt(y-pane.y) {
				t.Fatalf("%+v where headings begin in row %d\n%s", c, y, cells)
			}
			for _, c := range row[s.w-2:] {
				if c != (uitest.Cell{Text: " ", Width: 1}) {
					t.Fatalf("%+v at the end of row %d\n%s", c, y, cells)
				}
			}
		}
	})
}

var sampleBoard = newMemoryDesk(sample()[1:]...).snap.Board

// FuzzMarkdown looks for Markdown that becomes anything but text, calm looks
// and links to the web, or whose looks reach beyond their line.
func FuzzMarkdown(f *testing.F) {
	for i, text := range hostile {
		f.Add(text, uint8(i*7))
	}
	f.Fuzz(func(t *testing.T, text string, w uint8) {
		for _, ascii := range []bool{false, true} {
			for _, piece := range pieces(model.NewProse(text)) {
				for _, line := range markdown(piece, 10+int(w), darkTokens.prose(ascii)) {
					wellFormed(t, line)
				}
			}
		}
	})
}

// wellFormed fails unless a line holds only clean text, looks and links, all
// closed at its end.
func wellFormed(t *testing.T, line string) {
	t.Helper()
	p := ansi.NewParser()
	p.SetDataSize(1 << 16)
	styled, linked, state := false, false, byte(0)
	for rest := line; rest != ""; {
		seq, _, n, next := ansi.DecodeSequence(rest, state, p)
		rest, state = rest[n:], next
		params, isStyle := strings.CutPrefix(seq, "\x1b[")
		switch {
		case seq[0] >= ' ' && seq[0] != 0x7f:
			if bad := model.NewProse("x" + seq).String(); bad != "x"+seq {
				t.Errorf("%+q holds %+q", line, seq)
			}
		case isStyle && strings.HasSuffix(params, "m"):
			params = strings.TrimSuffix(params, "m")
			styled = params != ""
			for _, n := range strings.Split(params, ";")[:1] {
				if styled && !slices.Contains([]string{"1", "3", "4", "7", "9", "38", "48"}, n) {
					t.Errorf("%+q has the look %q", line, params)
				}
			}
		case strings.HasPrefix(seq, "\x1b]8;"):
			_, target, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(seq, "\x1b]8;"), "\a"), ";")
			if linked = target != ""; linked {
				if again, ok := openable(target); !ok || again != target {
					t.Errorf("%+q links to %q", line, target)
				}
			}
		default:
			t.Errorf("%+q holds %+q", line, seq)
		}
	}
	if styled || linked {
		t.Errorf("%+q reaches beyond its end", line)
	}
}

// FuzzWords looks for an error message that is more than a line of text.
func FuzzWords(f *testing.F) {
	for _, text := range hostile {
		f.Add(text, text)
	}
	kinds := []model.ProblemKind{
		model.Unreachable, model.BadToken, model.Forbidden, model.NotFound, model.Deleted, model.Moved, model.NoLabel,
		model.Refused, model.Withheld, model.NotAForge, model.BrokenStore, model.ClosedStore, model.NewerStore, model.BadInput, model.Bug,
	}
	f.Fuzz(func(t *testing.T, detail, place string) {
		problems := []error{errors.New(detail)}
		for _, k := range kinds {
			problems = append(problems, &model.Problem{Op: place, Kind: k, Detail: model.NewLine(detail), Place: model.NewLine(place)})
		}
		for _, p := range problems {
			what, hint := WordsOf(p, noon)
			for _, text := range []string{what, hint} {
				if again := model.NewProse(text).String(); again != text || strings.Contains(text, "\n") {
					t.Errorf("%+q", text)
				}
			}
		}
	})
}

// A line that is drawn must be as wide as it says, whatever the script.
func TestTextOfAnyScriptIsAlignedAtEveryWidth(t *testing.T) {
	th := newTheme(outfit{dark: true})
	for _, raw := range hostile {
		text := model.NewLine(raw).String()
		text = ansi.Truncate(text, 250, "")
		for w := range 60 {
			row := th.pad(text, w) + "|" + th.split(text, "2h", w) + "|"
			cells := uitest.Screen(2*w+4, 1, row)
			if len(cells) != 1 || cells[0][w].Text != "|" || cells[0][2*w+1].Text != "|" {
				t.Fatalf("%+q at %d: %s", text, w, cells)
			}
			for _, line := range th.wrap(text, w, 3) {
				if width(line) > w {
					t.Fatalf("%+q wrapped at %d: %+q", text, w, line)
				}
			}
		}
	}
}

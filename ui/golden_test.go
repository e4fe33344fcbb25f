package ui

import (
	"bytes"
	"fmt"
	"io"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/exp/golden"

	"docket/model"
	"docket/ui/uitest"
)

// sizes are the screens that goldens are kept of: from a wall in a meeting room
// to a corner of somebody's desktop.
var sizes = [][2]int{{320, 80}, {200, 60}, {120, 35}, {80, 24}, {50, 15}, {40, 12}}

// TestBoardLooks keeps how the board looks at six sizes, on dark and light
// terminals and without colour.
func TestBoardLooks(t *testing.T) {
	for _, size := range sizes {
		for _, look := range []string{"dark", "light", "plain"} {
			t.Run(fmt.Sprintf("%dx%d-%s", size[0], size[1], look), func(t *testing.T) {
				sit(t, size[0], size[1], sample(), func(p *person) {
					p.app.dress(look != "light")
					p.press("j")
					p.press("g", "m")
					compare(p, look == "plain")
				})
			})
		}
	}
}

// someText is the text of the ticket of screens.
var someText = func() model.Thread {
	ref := someTicket
	return model.Thread{Ref: ref, Complete: true,
		Body: model.NewProse("The list has **wrong names** for these:\n\n- 日本語\n- Ελληνικά\n\n```\n$ curl -s https://mirrors.example.org/list | grep ja\n```\n\nSee [the page](https://example.org/names)."),
		Comments: []model.Comment{
			{Ref: ref, ID: 1, Author: model.Person{Login: model.NewLine("kira"), Name: model.NewLine("Kira Ōta")}, Body: model.NewProse("Which mirror did you use?"), Created: noon.Add(-2 * aDay)},
			{Ref: ref, ID: 2, Author: model.Person{Login: model.NewLine("liwei"), Name: model.NewLine("Li Wei")}, Body: model.NewProse("> Which mirror\n\nThe first one on the list."), Created: noon.Add(-time.Hour)},
		}}
}()

var someTicket = model.Ref{Repo: "infra/tickets", Number: 13466}

// screens are ways to everything that the board shows.
func screens() map[string]func(p *person) {
	ref := someTicket
	return map[string]func(p *person){
		"ticket":       func(p *person) { p.press("enter") },
		"gain":         func(p *person) { p.press("g") },
		"states":       func(p *person) { p.press("m") },
		"people":       func(p *person) { p.press("a") },
		"comment":      func(p *person) { p.press("c"); p.write("Thank you.\nWe look into it.") },
		"close":        func(p *person) { p.press("x"); p.write("init") },
		"filter":       func(p *person) { p.press("/"); p.write("mirror") },
		"complete":     func(p *person) { p.press("/"); p.write("mirror or is:") },
		"wrong":        func(p *person) { p.press("/"); p.write("mirror gian:high") },
		"found":        func(p *person) { p.press("/"); p.write("state:assignee sort:-age"); p.press("enter") },
		"jump":         func(p *person) { p.press("#"); p.write("13440") },
		"help":         func(p *person) { p.press("?") },
		"palette":      func(p *person) { p.press(":"); p.write("as") },
		"matrix":       func(p *person) { p.press("M", "down") },
		"numbers":      func(p *person) { p.press("S") },
		"label-picker": func(p *person) { p.press("e"); p.write("mail"); p.press("tab"); p.write("area") },
		"due":          func(p *person) { p.press("d"); p.write("fri") },
		"milestone":    func(p *person) { p.press("I") },
		"timeline": func(p *person) {
			p.desk.threads[ref] = happened(ref)
			p.press("enter", "T")
		},
		"follow": func(p *person) {
			thread := p.desk.threads[ref]
			thread.Links = []model.Link{
				{Ref: model.Ref{Repo: "infra/tickets", Number: 13502}, Known: true, Title: model.NewLine("Mail delayed from the list server"), Open: true},
				{Ref: model.Ref{Repo: "infra/tickets", Number: 12001}, Known: true, Title: model.NewLine("Mirror list: second page is empty")},
				{Ref: model.Ref{Repo: "infra/tickets", Number: 13512}, In: true, Known: true, Title: model.NewLine("Copr builders on s390x out of disk"), Open: true},
			}
			p.desk.threads[ref] = thread
			p.press("enter", "f")
		},
		"views":   func(p *person) { p.press("v", "down") },
		"view":    func(p *person) { p.press("v"); p.write("due"); p.press("enter") },
		"naming":  func(p *person) { p.press("s"); p.write("age"); p.press("enter", "v", "ctrl+s"); p.write("Old ones") },
		"sorting": func(p *person) { p.press("s"); p.write("age"); p.press("enter", "s") },
		"clash": func(p *person) {
			p.desk.Submit(model.Edit{Ref: ref, Change: model.SetPain{To: model.Low}})
			p.desk.entry(100, func(e *model.Entry) bool {
				e.Status, e.Theirs = model.Clashed, model.Theirs{Value: "high", By: model.Person{Login: model.NewLine("kira")}, At: noon.Add(-38 * time.Second)}
				return true
			})
			p.rest()
			p.rest()
		},
		"outbox": func(p *person) {
			p.press("g", "h", "c")
			p.write("On it.")
			p.press("ctrl+s")
			p.desk.entry(101, func(e *model.Entry) bool {
				e.Status, e.Problem = model.Parked, &model.Problem{Kind: model.Locked}
				return true
			})
			p.press("O")
		},
		"marks": func(p *person) { p.press(" ", "j", " ", "k") },
		"plan": func(p *person) {
			p.desk.alter(func(s *model.Snapshot) { s.Repos[0].Labels = []model.Label{{Name: model.NewLine("question")}} })
			p.send(nil)
			p.press("ctrl+a", "R", "enter")
		},
		"nothing": func(p *person) { p.press(" ", " ", "X") },
		"many":    func(p *person) { p.press(" ", " ", "x", "enter"); p.write("Thank you, {{.Author}}.") },
		"recipes": func(p *person) { p.press(" ", "R") },
		"many-labels": func(p *person) {
			p.desk.put(ticket(13466, "Grüße: 日本語 mirror list shows wrong names", wears("mail"), judged(model.High, model.None)))
			p.send(nil)
			p.press("V", "down", "V", "e")
			p.write("backup")
			p.press("tab")
		},
		"many-due":       func(p *person) { p.press(" ", " ", "d"); p.write("+2w") },
		"many-milestone": func(p *person) { p.press(" ", " ", "I") },
		"templates":      func(p *person) { p.press("c", "ctrl+t") },
		"progress": func(p *person) {
			p.desk.remembers = true
			p.press("ctrl+a", "p", "m", "enter")
			p.desk.arrive(7)
			p.send(nil)
		},
		"labels": func(p *person) {
			p.desk.alter(func(s *model.Snapshot) { s.Repos[0].Missing = model.Scheme{}.Missing(nil) })
			p.send(nil)
			p.press("g", "h")
		},
		"offline": func(p *person) {
			p.press("g", "h")
			p.desk.alter(func(s *model.Snapshot) {
				s.Repos[0].Problem = &model.Problem{Kind: model.Unreachable, Place: model.NewLine("forge.example.org")}
				s.Repos[0].Synced = noon.Add(-2 * time.Minute)
			})
			p.send(nil)
		},
	}
}

// TestScreensLook keeps how everything else looks.
func TestScreensLook(t *testing.T) {
	for name, story := range screens() {
		for _, size := range [][2]int{{320, 80}, {160, 45}, {80, 24}, {50, 15}, {40, 12}} {
			if size[0] > 300 && name != "ticket" && name != "states" {
				continue // what floats is not wider there
			}
			t.Run(fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), func(t *testing.T) {
				sit(t, size[0], size[1], sample(), func(p *person) {
					p.desk.threads[someTicket] = someText
					story(p)
					compare(p, false)
				})
			})
		}
	}
}

// TestLanesLook keeps how lanes look, with no ticket, one, some and many.
func TestLanesLook(t *testing.T) {
	for name, tickets := range map[string][]model.Ticket{"none": nil, "one": sample()[:1], "some": sample(), "many": many(15_000)} {
		for _, size := range [][2]int{{160, 45}, {80, 24}, {50, 15}} {
			t.Run(fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), func(t *testing.T) {
				sit(t, size[0], size[1], tickets, func(p *person) {
					p.press("w", "tab", "tab", "end", "up")
					time.Sleep(noticeFor)
					p.send(nil)
					compare(p, false)
				})
			})
		}
	}
}

// TestEmptyBoardsLook keeps how a board looks that has nothing to show.
func TestEmptyBoardsLook(t *testing.T) {
	for name, change := range map[string]func(s *model.Snapshot){
		"done": func(*model.Snapshot) {},
		"connecting": func(s *model.Snapshot) {
			s.Repos[0].Synced = time.Time{}
		},
		"first-sync": func(s *model.Snapshot) {
			s.Repos[0].Synced, s.Repos[0].Phase, s.Repos[0].Done, s.Repos[0].Total = time.Time{}, model.First, 150, 5230
		},
		"unreachable": func(s *model.Snapshot) {
			s.Repos[0].Synced = time.Time{}
			s.Repos[0].Problem = &model.Problem{Kind: model.Unreachable, Place: model.NewLine("forge.example.org"), Detail: model.NewLine("connection refused")}
		},
	} {
		t.Run(name, func(t *testing.T) {
			sit(t, 100, 24, nil, func(p *person) {
				p.desk.alter(change)
				p.send(nil)
				compare(p, false)
			})
		})
	}
}

// TestOverviewsLook keeps how the matrix, the numbers and the palette look with
// no ticket, one, and very many.
func TestOverviewsLook(t *testing.T) {
	for name, key := range map[string]string{"matrix": "M", "numbers": "S", "palette": ":"} {
		for _, n := range []int{0, 1, 15000} {
			for _, look := range []string{"dark", "plain"} {
				t.Run(fmt.Sprintf("%s-%d-%s", name, n, look), func(t *testing.T) {
					sit(t, 120, 35, many(n), func(p *person) {
						if look == "plain" {
							p.app.ASCII = true
							p.app.dress(true)
						}
						p.press(key)
						compare(p, look == "plain")
					})
				})
			}
		}
	}
}

// compare holds the screen against its golden file.
func compare(p *person, plain bool) {
	p.t.Helper()
	content := p.app.View().Content
	if plain {
		content = colourless(content)
	}
	golden.RequireEqual(p.t, []byte(uitest.Screen(p.app.width, p.app.height, content).Styled()))
}

// colourless is what a Bubble Tea program shows where NO_COLOR is set.
func colourless(content string) string {
	var out bytes.Buffer
	_, _ = io.WriteString(&colorprofile.Writer{Forward: &out, Profile: colorprofile.ASCII}, content)
	return out.String()
}

// widths are all that a terminal may have, closely where little fits.
func widths() (all []int) {
	for w := 1; w <= 600; w += 3 + w/80*8 {
		all = append(all, w)
	}
	return all
}

// TestEveryRowFitsTheScreen draws the board and every dialog at all widths: a
// row that is too wide would break the rows below it.
func TestEveryRowFitsTheScreen(t *testing.T) {
	for _, keys := range [][]string{{}, {"enter"}, {"g"}, {"m"}, {"a"}, {"e"}, {"d"}, {"I"}, {"enter", "T"}, {"x"}, {"c"}, {"?"}, {"O"}, {"/"}, {":"}, {"M"}, {"S"},
		{" ", " ", "g", "h"}, {"ctrl+a", "R", "enter"}, {"c", "ctrl+t"}, {" ", "c"},
		{"v"}, {"v", "ctrl+s"}, {"s"}, {"w"}, {"w", "w", "end"}} {
		sit(t, 120, 35, sample(), func(p *person) {
			p.press(keys...)
			for _, w := range widths() {
				for _, h := range []int{1, 4, 6, 8, 12, 15, 24, 50} {
					p.send(tea.WindowSizeMsg{Width: w, Height: h})
					rows := bytes.Split([]byte(p.app.View().Content), []byte("\n"))
					if len(rows) != h && w >= leastWidth && h >= leastHeight {
						p.t.Fatalf("%v at %dx%d: %d rows", keys, w, h, len(rows))
					}
					for y, row := range rows {
						if got := width(string(row)); got > w {
							p.t.Fatalf("%v at %dx%d: row %d is %d wide: %q", keys, w, h, y, got, row)
						}
					}
				}
			}
		})
	}
}

package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"docket/model"
)

// lane is the lane that the person is in.
func (p *person) lane() string {
	c := &p.app.columns
	return laneName(c.board.Lanes(), c.board.LaneOf(c.selected()))
}

// heads are the headings of lanes on the screen, from the top to the bottom.
func (p *person) heads() []string {
	var out []string
	for line := range strings.Lines(p.screen()) {
		if words := strings.Fields(line); strings.HasSuffix(strings.TrimRight(line, " \n"), "────") && len(words) > 1 && !strings.HasPrefix(words[0], "─") {
			out = append(out, strings.Join(words[:len(words)-1], " "))
		}
	}
	return out
}

func (p *person) headed(want ...string) {
	p.t.Helper()
	if got := p.heads(); !slices.Equal(got, want) {
		p.t.Fatalf("the lanes are %q, not %q:\n%s", got, want, p.screen())
	}
}

func TestLanesCutTheBoard(t *testing.T) {
	sit(t, 200, 60, sample(), func(p *person) {
		p.press("w")
		p.sees("Lanes by assignee")
		p.headed("@jonas 1", "@kira 3", "nobody 17")
		p.press("w")
		p.headed("high gain 6", "medium gain 6", "low gain 4", "gain not judged 5")
		p.press("w") // there is one repository only
		p.sees("No lanes")
		p.headed()
		p.press(":")
		p.write("lanes by")
		p.sees("Lanes by gain")
		p.misses("Lanes by repository")
	})
}

func TestLanesOfRepositories(t *testing.T) {
	sit(t, 160, 45, sample(), func(p *person) {
		p.desk.alter(func(s *model.Snapshot) {
			other := s.Repos[0]
			other.Name = "infra/docs"
			s.Repos = append(s.Repos, other)
		})
		docs := ticket(7, "Spelling on the front page")
		docs.Ref.Repo = "infra/docs"
		p.desk.put(docs)
		p.send(nil)
		p.press(":")
		p.write("lanes by")
		p.sees("Lanes by repository")
		p.press("esc")
		p.press("w", "w", "w")
		p.headed("infra/docs 1", "infra/tickets 21")
		p.press("/")
		p.write("spelling")
		p.headed("infra/docs 1")
		p.press("esc")
		p.headed("infra/docs 1", "infra/tickets 21")
	})
}

// Up and down go through the lanes of a column; left and right stay in the lane
// where the next column has it.
func TestKeysInLanes(t *testing.T) {
	sit(t, 200, 60, sample(), func(p *person) {
		p.press("#")
		p.write("13475")
		p.press("enter", "w")
		at := func(number int64, lane string) {
			p.t.Helper()
			if p.on() != number || p.lane() != lane {
				p.t.Fatalf("the person is on #%d in %q", p.on(), p.lane())
			}
		}
		at(13475, "@jonas")
		p.press("down")
		at(13502, "@kira")
		p.press("left", "left") // past the column where kira has none, to the nearest
		p.press("right")
		p.press("#")
		p.write("13382")
		p.press("enter")
		at(13382, "@kira")
		p.press("up", "up")
		at(13475, "@jonas")
		p.press("end")
		at(13382, "@kira")
		p.press("#")
		p.write("13500")
		p.press("enter", "tab")
		at(13483, "nobody") // the next column has nobody's alone
		p.press("left", "home")
		at(13500, "@kira")
		p.press("A") // whoever has it, the person stays on it
		at(13500, p.lane())
		p.press("w", "w")
		at(13500, p.lane())
	})
}

// A ticket that somebody else takes changes its lane, and the person goes along.
func TestTheSelectionStaysOnItsTicketThroughSyncs(t *testing.T) {
	sit(t, 160, 45, sample(), func(p *person) {
		p.press("w", "#")
		p.write("13475")
		p.press("enter")
		for _, who := range []string{"zoe", "anna", "kira"} {
			p.desk.put(ticket(13475, "Backups of db03 not pruned", state(model.OnAssignee), judged(model.High, model.Low), has(who)))
			p.send(nil)
			if p.on() != 13475 || p.lane() != "@"+who {
				p.t.Fatalf("on #%d in %q", p.on(), p.lane())
			}
			p.sees("▌ 13475")
		}
		p.desk.put(ticket(13475, "Backups of db03 not pruned", closed(0, model.Done), has("kira")))
		p.send(nil)
		p.sees("▌ 13475")
	})
}

// On a narrow screen the lanes are in the column, those that have cards there.
func TestLanesOnANarrowScreen(t *testing.T) {
	sit(t, 50, 24, sample(), func(p *person) {
		p.press("#")
		p.write("13475")
		p.press("enter", "w")
		p.headed("@jonas 1", "@kira 2")
		p.press("left")
		p.headed("nobody 5")
		p.press("w")
		p.headed("high gain 2", "medium gain 2", "low gain 1")
	})
}

// A lane that is longer than the screen scrolls within; the heading stays.
func TestALongLaneScrolls(t *testing.T) {
	sit(t, 120, 35, many(900), func(p *person) {
		p.press("w", "home")
		if got := p.heads(); len(got) != 1 || got[0] != "@kira 180" {
			p.t.Fatalf("the lanes are %q", got)
		}
		for range 12 {
			p.press("down")
			p.sees("▌ ")
		}
		p.headed("@kira 180")
		p.sees("↑", "more")
		p.press("end")
		p.sees("▌ ")
		p.headed("nobody 720")
		p.press("home")
		p.headed("@kira 180")
	})
}

// The wheel turns a column within the lane at the top, and then goes on.
func TestTheWheelAndClicksInLanes(t *testing.T) {
	sit(t, 200, 60, sample(), func(p *person) {
		p.press("w")
		wheel := func(button tea.MouseButton) { p.send(tea.MouseWheelMsg{X: 5, Y: 20, Button: button}) }
		for range 2 {
			wheel(tea.MouseWheelDown)
		}
		p.headed("@kira 3", "nobody 17")
		wheel(tea.MouseWheelDown)
		p.headed("nobody 17")
		for range 9 {
			wheel(tea.MouseWheelUp)
		}
		p.headed("@jonas 1", "@kira 3", "nobody 17")
		for y, line := range strings.Split(p.screen(), "\n") {
			if x := strings.Index(line, "13502"); x >= 0 {
				x = width(line[:x])
				p.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
			}
		}
		if p.on() != 13502 {
			p.t.Fatalf("a click leads to #%d", p.on())
		}
	})
}

// TestLanesHoldWhateverIsDone presses keys at random on boards of any size, and
// looks: the selected card is on the screen, and every card stands under the
// heading of its lane.
func TestLanesHoldWhateverIsDone(t *testing.T) {
	keys := []string{"j", "j", "j", "k", "k", "l", "l", "h", "tab", "home", "end", "pgdown", "pgup", "w", "sync", "size", "kira", "esc", "sort", "wheel"}
	sizes := [][2]int{{160, 45}, {80, 24}, {50, 15}, {40, 12}, {120, 20}, {70, 60}}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{0, 1, 3, 30, 200}).Draw(t, "tickets")
		size := rapid.SampledFrom(sizes).Draw(t, "size")
		desk := newMemoryDesk(many(n)...)
		a := New(t.Context(), Options{Desk: desk, Settings: DefaultSettings(), Now: func() time.Time { return noon }, Dark: true})
		a.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		a.settled = true // a board that nobody has touched shows its top
		a.cut(rapid.SampledFrom(laneKinds).Draw(t, "lanes"))
		findNow(a)
		for range 30 {
			was := a.columns.ref
			key := rapid.SampledFrom(keys).Draw(t, "key")
			switch key {
			case "sync":
				some := ticket(int64(rapid.IntRange(1, n+5).Draw(t, "number")), "Changed", has(rapid.SampledFrom([]string{"anna", "kira", "zoe"}).Draw(t, "who")),
					judged(rapid.SampledFrom(model.Levels[:]).Draw(t, "gain"), model.Low))
				desk.put(some)
				a.Update(snapshotMsg{desk.Snapshot()})
				findNow(a)
				if _, _, _, ok := a.columns.board.Find(was); ok && a.columns.ref != was {
					t.Fatalf("a sync led from %s to %s", was, a.columns.ref)
				}
			case "size":
				size = rapid.SampledFrom(sizes).Draw(t, "size")
				a.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			case "kira":
				a.showView(model.View{Name: "k", Query: "assignee:kira", Lanes: string(a.lanes), Sort: a.sort})
				a.reveal() // as after the key that chose it
			case "wheel":
				a.Update(tea.MouseWheelMsg{X: rapid.IntRange(0, size[0]-1).Draw(t, "x"), Y: size[1] / 2, Button: tea.MouseWheelDown})
			case "sort":
				a.sortBy(rapid.SampledFrom([]string{"", "age", "-updated", "comments"}).Draw(t, "order"))
				a.reveal()
			default:
				a.Update(keyPress(key))
			}
			findNow(a)
			holdsInLanes(t, fmt.Sprintf("after %s at %v", key, size), a)
		}
	})
}

// holdsInColumns fails when a column is scrolled further than to its end.
func holdsInColumns(t *rapid.T, when string, p *boardPainter) {
	for i, w := range p.layout.blocks {
		col, free := p.first+i, 0
		for _, row := range slices.Backward(p.column(col, w)) {
			if strings.TrimSpace(ansi.Strip(row)) != "" {
				break
			}
			free++
		}
		if top := p.tops[col]; top > 0 {
			card := p.board.Columns[col].Cards[top-1]
			if rows := len(p.cards.draw(card, p.look(card, w), p.now)); rows <= free {
				t.Fatalf("%s: column %d has %d rows free, and the %d of %s are above", when, col, free, rows, card.Ref)
			}
		}
	}
}

// findNow gives the board the answer that it waits for.
func findNow(a *App) {
	for a.filter.busy {
		a.Update(a.search()())
	}
}

// holdsInLanes fails unless the screen is as a board in lanes has to be.
func holdsInLanes(t *rapid.T, when string, a *App) {
	a.View()
	p := a.boardPainter(a.layout())
	card := a.columns.selected()
	if card == nil && a.columns.board.Len() > 0 {
		t.Fatalf("%s: nothing is selected", when)
	}
	if card == nil {
		return
	}
	if a.columns.board.Lanes() == model.NoLanes {
		holdsInColumns(t, when, p)
		return
	}
	s := p.shelve()
	if !a.astray && !p.shows(s) && p.layout.cardRows() > 8 {
		t.Fatalf("%s: %s is not on the screen: %+v, top %v of %v", when, card.Ref, s, p.lane, p.tops)
	}
	for i, spots := range s.spots {
		cards := p.board.Columns[p.first+i].Cards
		for j, at := range spots {
			above := slices.IndexFunc(s.bands, func(b band) bool { return b.lane == p.board.LaneOf(cards[at.row]) })
			if above < 0 || at.y <= s.bands[above].y || above+1 < len(s.bands) && at.y+at.rows > s.bands[above+1].y {
				t.Fatalf("%s: %s is at %+v, the lanes are %+v", when, cards[at.row].Ref, at, s.bands)
			}
			if j > 0 && at.row != spots[j-1].row+1 {
				t.Fatalf("%s: a card between %+v and %+v is missing", when, spots[j-1], at)
			}
		}
	}
}

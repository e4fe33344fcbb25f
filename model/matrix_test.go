package model

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Whatever a board holds, every open ticket is in one place of the matrix, and
// judging one moves it to where counting anew would put it.
func TestEveryOpenTicketIsInOnePlaceOfTheMatrix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		board := NewBoard(DefaultWorkflow(), DefaultPolicy(), epoch)
		var put []*Card
		for _, ticket := range rapid.SliceOfN(anyTicket, 0, 30).Draw(t, "tickets") {
			put = append(put, &Card{Ticket: ticket})
		}
		board = board.With(put)
		m := NewMatrix(board.All(), nil, epoch)
		count := map[[2]Level]int{}
		beside := 0
		for _, c := range board.All() {
			switch {
			case !c.Open():
			case c.Triaged():
				count[[2]Level{c.Gain, c.Pain}]++
			default:
				beside++
			}
		}
		most, all := 0, 0
		for gain := Low; gain <= High; gain++ {
			for pain := Low; pain <= High; pain++ {
				cell := m.Cell(gain, pain)
				if cell.Count != count[[2]Level{gain, pain}] {
					t.Fatalf("gain %s, pain %s: %d tickets, not %d", gain, pain, cell.Count, count[[2]Level{gain, pain}])
				}
				shaded := 0
				for _, n := range cell.Ages {
					shaded += n
				}
				if shaded != cell.Count || (cell.Count == 0) != cell.Oldest.IsZero() {
					t.Fatalf("gain %s, pain %s: %+v", gain, pain, cell)
				}
				most, all = max(most, cell.Count), all+cell.Count
			}
		}
		if m.Most() != most || m.Triaged() != all || len(m.Untriaged) != beside {
			t.Fatalf("most %d, triaged %d, untriaged %d; want %d, %d, %d", m.Most(), m.Triaged(), len(m.Untriaged), most, all, beside)
		}
		for i, c := range m.Untriaged {
			if i > 0 && c.Created.Before(m.Untriaged[i-1].Created) {
				t.Fatal("the untriaged are not oldest first")
			}
		}
		if beside == 0 {
			return
		}
		chosen := m.Untriaged[rapid.IntRange(0, beside-1).Draw(t, "chosen")]
		judged := *chosen
		for _, c := range JudgeAs(judged.Ticket, Medium, High) {
			if err := c.Validate(); err != nil {
				t.Fatal(err)
			}
			judged.Ticket = c.Apply(judged.Ticket)
		}
		anew := NewMatrix(board.With([]*Card{&judged}).All(), nil, epoch)
		if got := m.Judge(chosen.Ref, Medium, High); fmt.Sprint(got) != fmt.Sprint(anew) {
			t.Fatalf("judged at once %v, counted anew %v", got, anew)
		}
		if len(m.Untriaged) != beside || m.Cell(Medium, High) == m.Judge(chosen.Ref, Medium, High).Cell(Medium, High) {
			t.Fatal("judging changed the matrix that was there")
		}
	})
}

func TestTheMatrixAsksOnceForEachOpenTicket(t *testing.T) {
	closed := &Card{Ticket: Ticket{Ref: Ref{"a/b", 1}, ClosedAt: epoch, Gain: High, Pain: Low}}
	high := &Card{Ticket: Ticket{Ref: Ref{"a/b", 2}, Created: epoch.Add(-40 * aDay), Gain: High, Pain: Low}}
	asked := 0
	m := NewMatrix([]*Card{closed, high, {}}, func(c *Card) bool { asked++; return c == high }, epoch)
	if asked != 2 || m.Triaged() != 1 || len(m.Untriaged) != 0 || m.Cell(High, Low).Ages[UnderAQuarter] != 1 {
		t.Errorf("asked %d times: %+v", asked, m)
	}
}

func TestAgesHaveBands(t *testing.T) {
	for age, want := range map[time.Duration]AgeBand{
		-time.Hour: UnderAWeek, 0: UnderAWeek, 7*aDay - 1: UnderAWeek, 7 * aDay: UnderAMonth, 30 * aDay: UnderAQuarter,
		91 * aDay: UnderAYear, 365 * aDay: Older, 9000 * aDay: Older,
	} {
		if got := BandOf(age); got != want {
			t.Errorf("%s is %s, not %s", age, got, want)
		}
	}
}

func BenchmarkMatrix15000(b *testing.B) {
	cards := make([]*Card, 15000)
	for i := range cards {
		cards[i] = &Card{Ticket: Ticket{Ref: Ref{"a/b", int64(i)}, Created: epoch.Add(-time.Duration(i*7919%15000) * time.Hour),
			Gain: Level(i % 4), Pain: Level(i / 4 % 4)}}
	}
	for b.Loop() {
		NewMatrix(cards, nil, epoch)
	}
}

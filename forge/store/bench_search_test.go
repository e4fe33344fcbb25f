package store

import (
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"docket/model"
	"docket/model/query"
)

// prose writes as people do: few words often and many words seldom.
type prose struct {
	*rand.Rand
	words []string
}

func newProse() *prose {
	p := &prose{Rand: rand.New(rand.NewPCG(1, 2))}
	const letters = "etaoinshrdlucmfwypvbgkjqxz"
	for range 20000 {
		word := make([]byte, 2+p.IntN(9))
		for i := range word {
			word[i] = letters[int(p.ExpFloat64()*5)%len(letters)]
		}
		p.words = append(p.words, string(word))
	}
	return p
}

func (p *prose) write(n int) string {
	words := make([]string, n)
	for i := range words {
		z := p.Float64()
		words[i] = p.words[int(z*z*z*float64(len(p.words)))]
	}
	return strings.Join(words, " ")
}

// library fills a store with 15,000 open tickets and 60,000 comments.
func library(b *testing.B) (*Store, *prose) {
	s, p := hasty(b, filepath.Join(b.TempDir(), "docket.db")), newProse()
	for from := 1; from <= 15000; from += 500 {
		rows, comments := crowd(from, 500), talk(from, 500, 4)
		for i := range rows {
			rows[i].Ticket.Title, rows[i].Body = line(p.write(7)), model.NewProse(p.write(120))
		}
		for i := range comments {
			comments[i].Body = model.NewProse(p.write(60))
		}
		must(s.SaveTickets(b.Context(), repo, rows))(b)
		must(s.SaveComments(b.Context(), repo, comments))(b)
	}
	indexed(b, s)
	return s, p
}

// BenchmarkKeyOfAQuery measures what stands between a key and the board that it
// leaves over: read the query, look its words up, ask about every card. Target:
// 15 ms.
func BenchmarkKeyOfAQuery(b *testing.B) {
	s, p := library(b)
	board := model.NewBoard(model.DefaultWorkflow(), model.DefaultPolicy(), noon)
	var cards []*model.Card
	for _, t := range must(s.Load(b.Context(), []string{repo}, noon))(b) {
		cards = append(cards, &model.Card{Ticket: t})
	}
	board = board.With(cards)
	often, seldom := p.words[0], p.words[15000]
	for _, story := range []struct{ name, text string }{
		{"letter", "e"}, {"letters", "et"}, {"often", often}, {"seldom", seldom}, {"third-word", often + " " + p.words[1] + " " + p.words[2]},
		{"three-words-anew", often + " " + p.words[1] + " " + p.words[2]}, {"phrase", `"` + often + " " + p.words[1] + `"`}, {"terms", "gain:high assignee:ada -label:ops age:>30d or is:stale"},
		{"mixed", often + " gain:high (assignee:ada or is:stale) sort:updated"}, {"sort", "sort:due"},
	} {
		b.Run(story.name, func(b *testing.B) {
			var took []time.Duration
			kept, before := 0, query.Found{}
			if story.name == "third-word" { // the board looks up only what it has not found yet
				before = must(s.Search(b.Context(), []string{repo}, []query.Text{query.NewText(often, false), query.NewText(p.words[1], false)}))(b)
			}
			for b.Loop() {
				begun := time.Now()
				q, err := query.Parse(story.text)
				do(b, err)
				texts := slices.DeleteFunc(q.Texts(line("ada")), func(t query.Text) bool { return before[t] != nil })
				found := must(s.Search(b.Context(), []string{repo}, texts))(b)
				maps.Copy(found, before)
				kept = q.Board(board, &query.Context{Now: noon, Me: line("ada"), Policy: board.Policy(), Found: found}).Len()
				took = append(took, time.Since(begun))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2])/1e6, "ms-median")
			b.ReportMetric(float64(took[0])/1e6, "ms-least")
			b.ReportMetric(float64(kept), "tickets")
		})
	}
}

// BenchmarkAnOlderStore measures how long it takes to make a store searchable
// that has never been.
func BenchmarkAnOlderStore(b *testing.B) {
	s, _ := library(b)
	for b.Loop() {
		b.StopTimer()
		goBack(b, s, 2)
		b.StartTimer()
		do(b, s.migrate(b.Context()))
		indexed(b, s)
	}
	var pages, size int
	do(b, s.reader.QueryRow("SELECT page_count, page_size FROM pragma_page_count, pragma_page_size").Scan(&pages, &size))
	b.ReportMetric(float64(pages*size)/1e6, "MB")
}

// BenchmarkComment measures what a page of comments costs that comes in, and is
// indexed.
func BenchmarkComment(b *testing.B) {
	s, p := library(b)
	id := int64(1_000_000)
	for b.Loop() {
		var some []model.Comment
		for range 50 {
			id++
			c := comment(id, 1+id%15000, "ada", int(id))
			c.Body = model.NewProse(p.write(60))
			some = append(some, c)
		}
		must(s.SaveComments(b.Context(), repo, some))(b)
		indexed(b, s)
	}
}

package demo

import (
	"fmt"
	"net/http"
	"testing"
)

func TestLoadMakesWhatItWasAskedFor(t *testing.T) {
	c := newClock()
	f := New(Options{Clock: c.now})
	you := person{t, f, f.AddUser("anna", "")}
	f.Load("big/board", 120, 40, 3)
	total := func(path string) string {
		return you.want(http.StatusOK, "GET", "/repos/big/board"+path).header.Get("X-Total-Count")
	}
	if got := total("/issues?state=open") + " " + total("/issues?state=closed") + " " + total("/issues/comments"); got != "120 40 480" {
		t.Errorf("got %s", got)
	}
	page := you.want(http.StatusOK, "GET", "/repos/big/board/issues?state=all&limit=50")
	rows := as[[]ticketJSON](t, page)
	if size := len(page.text) / len(rows); size < 2600 || size > 3200 {
		t.Errorf("a row has %d bytes, want about 2,900", size)
	}
	for i, row := range rows {
		if row.Updated.After(c.now()) || row.Updated.Before(row.Created) || i > 0 && row.Created.After(rows[i-1].Created) {
			t.Errorf("#%d: created %v, updated %v", row.Number, row.Created, row.Updated)
		}
	}
	comments := as[[]commentJSON](t, you.want(http.StatusOK, "GET", "/repos/big/board/issues/comments?limit=50"))
	for i, e := range comments {
		if i > 0 && e.Created.Before(comments[i-1].Created) {
			t.Errorf("comment %d is out of order", e.ID)
		}
	}
}

// Walking 5,000 tickets in pages of 50 shows what the embedded forge itself costs in measurements.
func BenchmarkWalk5000(b *testing.B) {
	f := New(Options{})
	f.Load("big/board", 5000, 0, 1)
	you := person{new(testing.T), f, f.AddUser("anna", "")}
	for b.Loop() {
		for page := range 100 {
			you.ask("GET", fmt.Sprintf("/repos/big/board/issues?limit=50&page=%d", page+1))
		}
	}
}

package demo

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// defaultPage is how many rows come when nobody says how many.
const defaultPage = 30

// page is which rows were asked for. Too large a limit is cut without a word.
func (c *call) page() (number, size int) {
	query := c.r.URL.Query()
	number, _ = strconv.Atoi(query.Get("page"))
	size, _ = strconv.Atoi(query.Get("limit"))
	if size <= 0 {
		size = defaultPage
	}
	return max(number, 1), min(size, c.options.PageCap)
}

// paginate is the part of rows that was asked for; past the end it is empty.
func paginate[T any](c *call, rows []T) []T {
	number, size := c.page()
	from := min((number-1)*size, len(rows))
	return rows[from:min(from+size, len(rows))]
}

// linked adds the total and the addresses of the neighbouring pages.
func (c *call) linked(a answer, total int) answer {
	a = a.total(total)
	number, size := c.page()
	last := max((total+size-1)/size, 1)
	number = min(number, last)
	var links []string
	link := func(page int, rel string) {
		query := c.r.URL.Query()
		query.Set("page", strconv.Itoa(page))
		links = append(links, "<"+c.base+c.r.URL.EscapedPath()+"?"+query.Encode()+`>; rel="`+rel+`"`)
	}
	if number < last {
		link(number+1, "next")
		link(last, "last")
	}
	if number > 1 {
		link(1, "first")
		link(number-1, "prev")
	}
	if len(links) == 0 {
		return a
	}
	return a.with("Link", strings.Join(links, ","))
}

// span reads since and before. Both are inclusive and in whole seconds; zero means no bound.
func (c *call) span() (since, before time.Time, refused answer, ok bool) {
	for name, bound := range map[string]*time.Time{"before": &before, "since": &since} {
		text := strings.TrimSpace(c.r.URL.Query().Get(name))
		if text == "" {
			continue
		}
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			return since, before, refuse(http.StatusUnprocessableEntity, "%v", err), false
		}
		*bound = at.Truncate(time.Second)
	}
	return since, before, answer{}, true
}

// within tells whether at lies between two bounds of span.
func within(at, since, before time.Time) bool {
	return !at.Before(since) && (before.IsZero() || !at.After(before))
}

package gitea

import (
	"net/http"
	"strconv"

	sdk "code.gitea.io/sdk/gitea"

	"docket/forge"
)

// pageSize is what both forges allow unless they were told otherwise. A larger
// one is cut without a word, so nothing here relies on getting it.
const pageSize = 50

// pageFacts tells what the headers say about a page on which came rows.
//
// A Link header settles whether there is more. Without one, as on a list that
// fits one page or on lists of comments, the total does: all pages but the last
// are of one size, so at least page*came rows have been seen.
func pageFacts[T any](resp *sdk.Response, page, came int) forge.Page[T] {
	p := forge.Page[T]{Total: -1}
	if total, err := strconv.Atoi(resp.Header.Get("X-Total-Count")); err == nil && total >= 0 {
		p.Total = total
	}
	if at, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		p.At = at
	}
	switch {
	case came == 0:
	case resp.Header.Get("Link") != "":
		p.More, p.Pages = resp.NextPage > page, resp.LastPage
	default:
		p.More = p.Total < 0 || page*came < p.Total
	}
	if !p.More && p.Pages == 0 && (came > 0 || page == 1) {
		p.Pages = page
	}
	return p
}

// walk collects all pages of a list whose rows have an id. It ends at the first
// page that brings nothing new: some lists send everything on every page.
func walk[T any](fetch func(page int) (rows []T, more bool, err error), id func(T) int64) ([]T, error) {
	var all []T
	known := map[int64]bool{}
	for page := 1; ; page++ {
		rows, more, err := fetch(page)
		if err != nil {
			return nil, err
		}
		before := len(all)
		for _, row := range rows {
			if !known[id(row)] {
				known[id(row)] = true
				all = append(all, row)
			}
		}
		if !more || len(all) == before {
			return all, nil
		}
	}
}

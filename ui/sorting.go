package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
	"docket/model/query"
)

// comparison returns how an order, written as a query writes it, compares
// cards; nil: the board's own order.
func comparison(order string) func(x, y *model.Card) int {
	q, err := query.Parse("sort:" + order)
	if order == "" || err != nil {
		return nil
	}
	return q.Sort()
}

// pickSort lets the person choose what the columns are sorted by. What holds
// already is turned around when it is chosen again.
func (a *App) pickSort() tea.Cmd {
	title := "Sort the columns by"
	if first := a.filter.query.Orders(); len(first) > 0 {
		title += fmt.Sprintf(" (sort:%s of the query comes first)", first[0])
	}
	a.open(newPicker(title, a.orders()))
	return nil
}

// orders are what the columns can be sorted by.
func (a *App) orders() []item {
	items := []item{{name: "the board's own", about: "what to do first", now: a.sort == "", pick: func(a *App) tea.Cmd { return a.sortBy("") }}}
	for _, o := range query.Orders() {
		it := item{name: o.By, about: o.About(), now: a.sort == o.By || a.sort == "-"+o.By}
		if it.now {
			now, turned := o, o
			now.Back, turned.Back = a.sort == "-"+o.By, a.sort == o.By
			it.about = now.About() + "; again: " + turned.About()
			o = turned
		}
		it.pick = func(a *App) tea.Cmd { return a.sortBy(o.String()) }
		items = append(items, it)
	}
	return items
}

// orderEntries sort the columns and cut the board into lanes, for the palette.
func (a *App) orderEntries([]keymap.Scope) []entry {
	var all []entry
	add := func(before, name, about string, key keymap.ID, do func(*App) tea.Cmd) {
		all = append(all, entry{kind: "order", before: before, name: name, about: about, keys: a.key(key), pick: func(a *App) tea.Cmd {
			a.dialogs, a.pane = nil, nil
			return do(a)
		}})
	}
	for _, it := range a.orders() {
		add("Sort by", it.name, it.about, keymap.PickSort, it.pick)
	}
	for _, by := range laneKinds {
		if by == model.NoLanes {
			add("No", "lanes", "the board in one piece", keymap.NextLanes, func(a *App) tea.Cmd { return a.cut(by) })
		} else if by != model.ByRepository || len(a.snap.Repos) > 1 {
			add("Lanes by", string(by), "across all columns", keymap.NextLanes, func(a *App) tea.Cmd { return a.cut(by) })
		}
	}
	return all
}

// sortBy sorts the columns, and says so where a query wins over it.
func (a *App) sortBy(order string) tea.Cmd {
	a.sort = order
	cmd := a.rearrange()
	if first := a.filter.query.Orders(); len(first) > 0 {
		own := "the board's own order"
		if order != "" {
			own = sortWords(order)
		}
		return tea.Batch(cmd, a.tell(fmt.Sprintf("The query says sort:%s, which comes first; without it: %s", first[0], own)))
	}
	return cmd
}

// sortWords tell which tickets an order, written as a query writes it, puts
// first.
func sortWords(order string) string {
	q, err := query.Parse("sort:" + order)
	if err != nil {
		return order
	}
	return q.Orders()[0].About()
}

// looking tells how the board is looked at: through which view or query, and in
// which order. The order of a query that is shown itself need not be told.
func (a *App) looking() string {
	words, order := "", a.sort
	own := a.filter.query.Orders()
	if len(own) > 0 {
		order = own[0].String()
	}
	switch {
	case a.filter.typing:
		return ""
	case a.view != "":
		words = "   " + a.theme.dot + " " + a.sought()
	case a.filter.text != "":
		words = "   / " + a.sought()
		if len(own) > 0 {
			order = ""
		}
	}
	if order != "" {
		words += "   " + sortWords(order)
	}
	return words
}

// sought is the view or else the query that the board shows.
func (a *App) sought() string {
	if a.view != "" {
		return model.NewLine(a.view).String()
	}
	return model.NewLine(a.filter.text).String()
}

package ui

import (
	"slices"
	"strings"

	"docket/model"
)

// sayAction writes an action: its ticket and its changes, or the tickets and
// what was done to them. Of several that were not all done the same, it begins
// with how many they are: what is cut at its end never reads as one ticket.
func (a *App) sayAction(act model.Action) string {
	n := model.TicketsOf(act.Edits)
	if n > namedAtMost {
		return count(n, "ticket", "tickets") + ": " + strings.Join(wanted(act.Edits), ", ")
	}
	all := byTicket(act.Edits)
	names := make([]string, 0, namedAtMost)
	for _, edits := range all {
		names = append(names, a.ticketName(edits[0].Ref))
		if !slices.Equal(wanted(edits), wanted(all[0])) {
			return count(n, "ticket", "tickets") + ": " + strings.Join(wanted(act.Edits), ", ")
		}
	}
	which := strings.Join(names, ", ")
	if len(all) > 1 {
		return which + ": " + strings.Join(wanted(act.Edits), ", ")
	}
	say := sayChange
	if act.Status == model.Clashed { // what was there is not what the person saw
		say = sayWish
	}
	return which + " " + strings.Join(sayAll(act.Edits, say), "; ")
}

// byTicket parts the edits of an action, in which those of each ticket lie side
// by side.
func byTicket(edits []model.Edit) (all [][]model.Edit) {
	from := 0
	for i := range edits {
		if i+1 == len(edits) || edits[i+1].Ref != edits[i].Ref {
			all = append(all, edits[from:i+1])
			from = i + 1
		}
	}
	return all
}

// sayAll writes the edits of one ticket in order. To close it as something is
// two changes for the forge and one for people.
func sayAll(edits []model.Edit, say func(model.Change) string) []string {
	words := make([]string, 0, len(edits))
	closes := slices.ContainsFunc(edits, func(e model.Edit) bool { _, ok := e.Change.(model.Close); return ok })
	as := false
	for _, e := range edits {
		switch c := e.Change.(type) {
		case model.Resolve:
			if as = closes && c.To != model.Unresolved; as {
				words = append(words, "close as "+string(c.To))
				continue
			}
		case model.Close:
			if as {
				continue
			}
		}
		words = append(words, say(e.Change))
	}
	return words
}

// wanted is what edits want, each thing once; of very many tickets the first
// tell enough.
func wanted(edits []model.Edit) []string {
	const enough = 100
	wish := func(c model.Change) string {
		switch c.(type) {
		case model.AddComment:
			return "comment"
		case model.RemoveComment:
			return "delete the comment"
		}
		return sayWish(c)
	}
	var words []string
	for _, of := range byTicket(edits[:min(len(edits), enough)]) {
		for _, word := range sayAll(of, wish) {
			if !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
	}
	return words
}

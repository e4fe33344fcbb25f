package model

import (
	"cmp"
	"slices"
	"strings"
)

// Marks is the set of tickets that a person has marked, to act on all of them.
// Marks are never changed: With and Without return others that share what
// stayed the same, so that one mark more costs about as much among 15,000 as
// among ten. The zero value is empty.
type Marks struct {
	drawers *[drawers][]Ref // by the ticket's number; each by ref
	n       int
}

// drawers is into how many parts marks are sorted: one is copied for a change.
const drawers = 1 << 8

func drawerOf(ref Ref) int { return int(ref.Number & (drawers - 1)) }

// Len returns how many tickets are marked.
func (m Marks) Len() int { return m.n }

// Has reports whether a ticket is marked.
func (m Marks) Has(ref Ref) bool {
	if m.n == 0 {
		return false
	}
	_, ok := slices.BinarySearchFunc(m.drawers[drawerOf(ref)], ref, Ref.Compare)
	return ok
}

// With returns the marks and these.
func (m Marks) With(refs ...Ref) Marks {
	return m.edit(refs, func(drawer, refs []Ref) []Ref {
		if len(refs) == 1 {
			if i, there := slices.BinarySearchFunc(drawer, refs[0], Ref.Compare); !there {
				drawer = slices.Insert(drawer, i, refs[0])
			}
			return drawer
		}
		drawer = append(drawer, refs...)
		slices.SortFunc(drawer, Ref.Compare)
		return slices.Compact(drawer)
	})
}

// Without returns the marks but these.
func (m Marks) Without(refs ...Ref) Marks {
	return m.edit(refs, func(drawer, refs []Ref) []Ref {
		slices.SortFunc(refs, Ref.Compare)
		return slices.DeleteFunc(drawer, func(ref Ref) bool {
			_, found := slices.BinarySearchFunc(refs, ref, Ref.Compare)
			return found
		})
	})
}

// edit returns marks with those drawers changed that tickets belong to. The
// change gets a copy of each, with its tickets.
func (m Marks) edit(refs []Ref, change func(drawer, refs []Ref) []Ref) Marks {
	if len(refs) == 0 {
		return m
	}
	next := Marks{drawers: new([drawers][]Ref), n: m.n}
	if m.drawers != nil {
		*next.drawers = *m.drawers
	}
	var of [drawers][]Ref
	for i, ref := range refs {
		at := drawerOf(ref)
		if len(refs) == 1 {
			of[at] = refs[i : i+1 : i+1]
		} else {
			of[at] = append(of[at], ref)
		}
	}
	for i, some := range of {
		if len(some) > 0 {
			old := next.drawers[i]
			next.drawers[i] = change(append(make([]Ref, 0, len(old)+len(some)), old...), some)
			next.n += len(next.drawers[i]) - len(old)
		}
	}
	return next
}

// Repos returns the repositories that marked tickets are of.
func (m Marks) Repos() map[string]bool {
	in := map[string]bool{}
	if m.drawers != nil {
		for _, drawer := range m.drawers {
			// A drawer is by ref, so that each repository's lie together.
			for len(drawer) > 0 {
				repo := drawer[0].Repo
				in[repo] = true
				next, _ := slices.BinarySearchFunc(drawer, repo, func(r Ref, repo string) int {
					return cmp.Or(strings.Compare(r.Repo, repo), -1)
				})
				drawer = drawer[next:]
			}
		}
	}
	return in
}

// All returns the marked tickets by ref. It takes time that grows with their
// number; the slice is the caller's.
func (m Marks) All() []Ref {
	all := make([]Ref, 0, m.n)
	if m.drawers != nil {
		for _, drawer := range m.drawers {
			all = append(all, drawer...)
		}
	}
	slices.SortFunc(all, Ref.Compare)
	return all
}

package model

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestMarksAreASetThatNeverChanges(t *testing.T) {
	refs := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Ref {
		return Ref{Repo: rapid.SampledFrom([]string{"a/b", "c/d"}).Draw(t, "repo"), Number: rapid.Int64Range(1, 600).Draw(t, "number")}
	}), 0, 40)
	rapid.Check(t, func(t *rapid.T) {
		var marks Marks
		want := map[Ref]bool{}
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			some, add := refs.Draw(t, "refs"), rapid.Bool().Draw(t, "add")
			before, had := marks, marks.All()
			given := slices.Clone(some)
			if add {
				marks = marks.With(some...)
			} else {
				marks = marks.Without(some...)
			}
			if !slices.Equal(before.All(), had) {
				t.Fatal("marks have changed under somebody's hands")
			}
			if !slices.Equal(given, some) {
				t.Fatal("what was given has changed")
			}
			for _, ref := range some {
				if add {
					want[ref] = true
				} else {
					delete(want, ref)
				}
			}
		}
		all := marks.All()
		in := map[string]bool{}
		for _, ref := range all {
			in[ref.Repo] = true
		}
		if !maps.Equal(marks.Repos(), in) {
			t.Fatalf("they are of %v, not %v", marks.Repos(), in)
		}
		if len(all) != len(want) || marks.Len() != len(want) || !slices.IsSortedFunc(all, Ref.Compare) {
			t.Fatalf("%d marks, %d told, want %d", len(all), marks.Len(), len(want))
		}
		for ref := range want {
			if !marks.Has(ref) {
				t.Fatalf("%s is not marked", ref)
			}
		}
	})
}

func BenchmarkOneMoreMark(b *testing.B) {
	for name, n := range map[string]int{"100": 100, "15000": 15000} {
		var refs []Ref
		for i := range n {
			refs = append(refs, Ref{"a/b", int64(i)})
		}
		marks := Marks{}.With(refs...)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				marks.Without(Ref{"a/b", 50}).With(Ref{"a/b", 50})
			}
		})
	}
}

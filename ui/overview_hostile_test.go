package ui

import (
	"strings"
	"testing"

	"docket/model"
	"docket/ui/uitest"
)

// Whatever strangers wrote, the palette, the matrix and the numbers only draw,
// and stay in their rows.
func TestHostileTextInThePaletteAndTheMatrix(t *testing.T) {
	for i, text := range hostile {
		desk := newMemoryDesk(append([]model.Ticket{theirs(text, text, text)}, sample()[1:]...)...)
		desk.alter(func(s *model.Snapshot) {
			s.Repos[0].People = append(s.Repos[0].People, model.Person{Login: model.NewLine(text), Name: model.NewLine(hostile[(i+5)%len(hostile)])})
		})
		for j := range 2 { // all sizes come up often enough
			for k, keys := range [][]string{
				{"M"}, {"M", "end", "right", "right", "right", "enter"}, {":"},
				{":", "1", "3", "5", "1", "2"}, {":", "a", "s", "s", "i", "g", "n", " ", "#"}, {":", "s", "h", "o", "w", " ", "t", "h"}, {"S"},
			} {
				s := screenSizes[(i+k+3*j)%len(screenSizes)]
				a := still(t, s.w, s.h, desk)
				a.ordering = i%2 == 0
				a.dress(true)
				a.columns.ref = model.Ref{Repo: "infra/tickets", Number: 13512}
				a.columns.show(a.columns.board)
				a.filter.text = strings.Repeat(text, i%2)
				for _, key := range keys {
					_, cmd := a.Update(keyPress(key))
					if key == "M" || key == "S" {
						rest(a, cmd)
					}
				}
				content := a.View().Content
				if _, deeds := uitest.Show(s.w, s.h, content); len(deeds) > 0 {
					t.Errorf("%q %v: the terminal was told %q", text, keys, deeds)
				}
				for y, row := range strings.Split(content, "\n") {
					if width(row) > s.w {
						t.Errorf("%q %v at %dx%d: row %d is %d wide", text, keys, s.w, s.h, y, width(row))
					}
				}
			}
		}
	}
}

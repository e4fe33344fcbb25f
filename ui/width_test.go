package ui

import (
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"docket/model"
	"docket/ui/uitest"
)

// A mark may take a cell or none, together with what is before it: a terminal
// that sees it otherwise than it was measured moves what is behind.
func TestEveryMarkTakesTheCellsThatAreMeasured(t *testing.T) {
	const many = 500 // rows of one screen
	var lines []string
	judge := func() {
		cells := uitest.Screen(12, many, strings.Join(lines, "|\n")+"|")
		for y, line := range lines {
			if cell := cells[y][ansi.StringWidth(line)]; cell.Text != "|" {
				t.Errorf("%+q takes other cells than %d: %q", line, ansi.StringWidth(line), cells.Row(y))
			}
		}
		lines = lines[:0]
	}
	for mark := rune(0x80); mark <= unicode.MaxRune; mark++ {
		if !unicode.In(mark, unicode.M, unicode.Lm, unicode.Sk, unicode.Cf) {
			continue
		}
		for _, before := range []string{"", "0", "a\u0301", "é", "漢", "가", "क", "👍", "—"} {
			if lines = append(lines, model.NewLine(before+string(mark)+"x").String()); len(lines) == many {
				judge()
			}
		}
	}
	judge()
}

package uitest

import (
	"fmt"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// Cells is a screen's content: rows of as many cells as the screen is wide.
type Cells [][]Cell

// Cell is one place on the screen.
type Cell struct {
	Text  string // one grapheme; a space where nothing is; empty behind a wide one
	Width int    // columns that Text takes: 1 or 2; 0 behind a wide one
	Style string // in words, as "bold fg=#ff0000 bg=4"; empty for the terminal's own
	Link  string // the address of a hyperlink, if any
}

// String returns the text, row by row, without the spaces at the end of rows
// and without a line break after the last.
func (c Cells) String() string {
	rows := make([]string, len(c))
	for y := range c {
		rows[y] = c.Row(y)
	}
	return strings.Join(rows, "\n")
}

// Row returns the text of one row without the spaces at its end.
func (c Cells) Row(y int) string {
	var row strings.Builder
	for _, cell := range c[y] {
		row.WriteString(cell.Text)
	}
	return strings.TrimRight(row.String(), " ")
}

// Find returns the place of a text's first cell, in reading order. The text
// must stand on one row.
func (c Cells) Find(text string) (x, y int, found bool) {
	for y, row := range c {
		for x, cell := range row {
			if cell.Width > 0 && startsWith(row[x:], text) {
				return x, y, true
			}
		}
	}
	return 0, 0, false
}

func startsWith(row []Cell, text string) bool {
	for _, cell := range row {
		if text == "" {
			break
		}
		rest, ok := strings.CutPrefix(text, cell.Text)
		if !ok {
			return false
		}
		text = rest
	}
	return text == ""
}

// Styled returns the text with its looks, in a form that reads and diffs well
// in a golden file: under each row that has any, the columns of its styles.
//
//	│ Inbox  3 │
//	  ~ 2-6 bold fg=#89b4fa; 9 faint
//
// Columns count from 0 and are inclusive.
func (c Cells) Styled() string {
	var b strings.Builder
	for y, row := range c {
		b.WriteString(c.Row(y))
		b.WriteByte('\n')
		if runs := styleRuns(row); len(runs) > 0 {
			fmt.Fprintf(&b, "  ~ %s\n", strings.Join(runs, "; "))
		}
	}
	return b.String()
}

func styleRuns(row []Cell) (runs []string) {
	for from := 0; from < len(row); {
		to := from
		for to+1 < len(row) && row[to+1].looks() == row[from].looks() {
			to++
		}
		if looks := row[from].looks(); looks != "" {
			columns := fmt.Sprintf("%d-%d", from, to)
			if from == to {
				columns = fmt.Sprint(from)
			}
			runs = append(runs, columns+" "+looks)
		}
		from = to + 1
	}
	return runs
}

func (c Cell) looks() string {
	if c.Link == "" {
		return c.Style
	}
	return strings.TrimSpace(c.Style + " link=" + c.Link)
}

func cellOf(cell *uv.Cell) Cell {
	if cell == nil {
		return Cell{Text: " ", Width: 1}
	}
	// The emulator keeps a hyperlink's address where its parameters belong.
	c := Cell{Text: cell.Content, Width: cell.Width, Style: styleWords(cell.Style), Link: cell.Link.Params}
	if c.Text == "" && c.Width > 0 {
		c.Text = " "
	}
	return c
}

var attributes = []struct {
	bit  uint8
	word string
}{
	{uv.AttrBold, "bold"}, {uv.AttrFaint, "faint"}, {uv.AttrItalic, "italic"},
	{uv.AttrBlink, "blink"}, {uv.AttrRapidBlink, "rapid-blink"}, {uv.AttrReverse, "reverse"},
	{uv.AttrConceal, "conceal"}, {uv.AttrStrikethrough, "strike"},
}

func styleWords(s uv.Style) string {
	var words []string
	for _, a := range attributes {
		if s.Attrs&a.bit != 0 {
			words = append(words, a.word)
		}
	}
	switch s.Underline {
	case uv.UnderlineNone:
	case uv.UnderlineSingle:
		words = append(words, "underline")
	default:
		words = append(words, fmt.Sprintf("underline=%d", s.Underline))
	}
	for _, c := range []struct {
		word  string
		color color.Color
	}{{"fg", s.Fg}, {"bg", s.Bg}, {"ul", s.UnderlineColor}} {
		if c.color != nil {
			words = append(words, c.word+"="+colorWord(c.color))
		}
	}
	return strings.Join(words, " ")
}

// colorWord names a palette colour by its number and any other by #rrggbb:
// what a palette's colour looks like is the terminal's choice.
func colorWord(c color.Color) string {
	switch c := c.(type) {
	case ansi.BasicColor:
		return fmt.Sprint(int(c))
	case ansi.IndexedColor:
		return fmt.Sprint(int(c))
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

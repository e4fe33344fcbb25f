package cli

import (
	"bufio"
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"docket/model"
	"docket/ui"
)

// edge is where lines end; the zero edge is nowhere.
type edge struct {
	width int
	ascii bool
}

// edge returns that of the terminal that is written to. Into a pipe nothing is
// cut, and neither is it for those who hear it, to whom lines have no end.
func (p *program) edge() edge {
	w, _, err := term.GetSize(p.std.Out.Fd())
	if err != nil || p.accessible() {
		return edge{}
	}
	return edge{max(0, w), p.ascii()}
}

// cut returns what there is room for of a text in so many cells.
func (e edge) cut(s string, w int) string {
	if e.width == 0 {
		return s
	}
	return ui.Cut(s, w, e.ascii)
}

// state is what a ticket's state is called. Where there is little room its
// beginning says least: a query knows on-reporter, too.
func (e edge) state(c *model.Card) string {
	name := string(c.Shown())
	if e.width > 0 && e.width <= page {
		name = strings.TrimPrefix(name, "waiting ")
	}
	return name
}

// gap is how many cells are between columns.
const gap = 2

// writeTable writes one row a ticket under a row of heads. Text is cleaned. The
// title comes last; each row is one line of a terminal, for what goes on below
// would look like another ticket's row.
func writeTable(out *bufio.Writer, cards []*model.Card, withRepo bool, now time.Time, e edge) error {
	heads := []string{"NUMBER", "STATE", "GAIN", "PAIN", "UPDATED", "ASSIGNEES", "TITLE"}
	row := func(c *model.Card) []string {
		cells := []string{
			strconv.FormatInt(c.Ref.Number, 10), e.state(c), c.Gain.String(), c.Pain.String(),
			ui.Age(now.Sub(c.Updated)), orDash(texts(c.Assignees, model.Line.String)), orDash([]string{c.Title.String()}),
		}
		if withRepo {
			return append([]string{model.NewLine(c.Ref.Repo).String()}, cells...)
		}
		return cells
	}
	if withRepo {
		heads = append([]string{"REPO"}, heads...)
	}
	// Two walks, so that a long list is never held as text.
	widths := make([]int, len(heads))
	for i := range widths {
		widths[i] = len(heads[i])
	}
	for _, c := range cards {
		for i, cell := range row(c) {
			widths[i] = max(widths[i], ansi.StringWidth(cell))
		}
	}
	e.fit(widths, heads)
	if err := e.writeRow(out, heads, widths); err != nil {
		return err
	}
	for _, c := range cards {
		if err := e.writeRow(out, row(c), widths); err != nil {
			return err
		}
	}
	return nil
}

// fit makes columns narrower until the last one, the title, has some room: the
// widest first, but never the number, of which half would be another one, and a
// state only as far as it is none of the others.
func (e edge) fit(widths []int, heads []string) {
	const least, some = 4, 20
	if e.width == 0 {
		return
	}
	last := len(widths) - 1
	floors := map[string]int{"NUMBER": widths[slices.Index(heads, "NUMBER")], "STATE": ansi.StringWidth("on repo…")}
	for {
		room, widest := e.width, -1
		for i, w := range widths[:last] {
			room -= w + gap
			if w > cmp.Or(floors[heads[i]], least) && (widest < 0 || w > widths[widest]) {
				widest = i
			}
		}
		if room >= min(some, widths[last]) || widest < 0 {
			widths[last] = max(0, min(room, widths[last]))
			return
		}
		widths[widest]--
	}
}

func (e edge) writeRow(out io.StringWriter, cells []string, widths []int) error {
	var b strings.Builder
	last := len(cells) - 1
	for i, w := range widths[:last] {
		cell := e.cut(cells[i], w)
		b.WriteString(cell)
		b.WriteString(strings.Repeat(" ", w-ansi.StringWidth(cell)+gap))
	}
	b.WriteString(e.cut(cells[last], widths[last]))
	_, err := out.WriteString(e.cut(b.String(), e.width) + "\n")
	return err
}

// orDash joins texts; a cell is never empty, so that scripts can count on its
// place.
func orDash(texts []string) string {
	if s := strings.Join(texts, ","); s != "" {
		return s
	}
	return "-"
}

func texts(lines []model.Line, form func(model.Line) string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = form(l)
	}
	return out
}

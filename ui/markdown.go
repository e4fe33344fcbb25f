package ui

import (
	"strings"
	"sync"
	"unicode/utf8"

	"charm.land/glamour/v2"
	glam "charm.land/glamour/v2/ansi"
	"charm.land/glamour/v2/styles"
	"github.com/charmbracelet/x/ansi"

	"docket/model"
)

const (
	// longestText is how much of one text is shown: this is a screen for
	// reading; the rest is for the browser.
	longestText = 256 << 10
	// pieceSize is how much is rendered in one go. What rendering costs grows
	// with the square of the text, and with worse where headings repeat or quotes
	// nest, which strangers can make long and deep at will.
	pieceSize = 4 << 10
	// deepest is how many quotes and lists may nest in the beginning of a line.
	deepest = 8
)

// markdown renders a piece of foreign Markdown to lines for a width of w cells,
// harmless and none reaching into the next: see harmless. A few are wider (tables,
// code): who draws them cuts them. It takes time that grows with the text, so it
// runs in a tea.Cmd. Text that can't be rendered is shown as it is: cleaned, but
// plain.
func markdown(text string, w int, looks prose) []string {
	out, err := "", error(nil)
	if !deep(text) {
		out, err = render(defuse(text), w, looks)
	}
	if out == "" || err != nil {
		out = ansi.Hardwrap(text, w, true)
	}
	lines := harmless(strings.Trim(out, "\n"))
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	return lines
}

// pieces cuts a long text where a paragraph ends, or else a line, or else
// anywhere. Code that is cut goes on as code. There are none of a text with
// nothing to show; what lies beyond longestText is left out.
func pieces(p model.Prose) []string {
	text := strings.TrimSpace(p.String())
	if len(text) > longestText {
		text = text[:boundary(text, longestText)]
	}
	out := []string{}
	if len(text) <= pieceSize && text != "" {
		return append(out, text)
	}
	var b strings.Builder
	fence := "" // the line that began the code, while inside
	cut := func() {
		if fence != "" {
			b.WriteString("\n" + fenceOf(fence))
		}
		out = append(out, b.String())
		b.Reset()
		if fence != "" {
			b.WriteString(fence)
		}
	}
	for line := range strings.Lines(text) {
		blank := strings.TrimSpace(line) == ""
		if b.Len()+len(line) > pieceSize && b.Len() > len(fence) || blank && fence == "" && b.Len() > pieceSize/2 {
			cut()
		}
		for len(line) > pieceSize {
			n := boundary(line, pieceSize)
			b.WriteString(line[:n])
			line = line[n:]
			cut()
		}
		b.WriteString(line)
		fence = fenceAfter(fence, line)
	}
	if strings.TrimSpace(b.String()) != "" {
		out = append(out, b.String())
	}
	return out
}

// fenceAfter returns the line that began the code that goes on after a line,
// when fence did before it; empty outside of code.
func fenceAfter(fence, line string) string {
	switch mark := fenceOf(line); {
	case mark == "":
		return fence
	case fence == "" && len(line) > 80: // the language of a code block is a word
		return mark + "\n"
	case fence == "":
		return line
	case strings.HasPrefix(mark, fenceOf(fence)) && strings.TrimSpace(line) == mark:
		return ""
	}
	return fence
}

// fenceOf returns the fence that a line of Markdown begins with, if any.
func fenceOf(line string) string {
	line = strings.TrimLeft(line, " ")
	for _, mark := range []string{"`", "~"} {
		if n := len(line) - len(strings.TrimLeft(line, mark)); n >= 3 {
			return line[:min(n, 80)]
		}
	}
	return ""
}

// boundary returns the last place at or before n where a character begins.
func boundary(text string, n int) int {
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return n
}

// deep reports whether quotes and lists nest deeper than people write.
func deep(text string) bool {
	for line := range strings.Lines(text) {
		depth := 0
	marks:
		for i := range len(line) {
			switch c := line[i]; {
			case c == '>', (c == '-' || c == '*' || c == '+' || c == '.' || c == ')') && i+1 < len(line) && line[i+1] == ' ':
				if depth++; depth > deepest {
					return true
				}
			case c != ' ' && (c < '0' || c > '9'):
				break marks
			}
		}
	}
	return false
}

// renderers keeps one renderer per style and width: making one costs more than
// most comments. Rendering is serialised, for a renderer has state.
var renderers = struct {
	sync.Mutex
	of map[rendererKey]*glamour.TermRenderer
}{of: map[rendererKey]*glamour.TermRenderer{}}

type rendererKey struct {
	width int
	prose
}

func render(text string, w int, looks prose) (string, error) {
	renderers.Lock()
	defer renderers.Unlock()
	key := rendererKey{w, looks}
	r := renderers.of[key]
	if r == nil {
		if len(renderers.of) > 8 {
			clear(renderers.of)
		}
		var err error
		r, err = glamour.NewTermRenderer(glamour.WithStyles(looks.style()), glamour.WithWordWrap(looks.wrap(w)), glamour.WithPreservedNewLines())
		if err != nil {
			return "", err
		}
		renderers.of[key] = r
	}
	return r.Render(text)
}

// prose is how a text of many lines looks: the theme's few colours, or none,
// and signs.
type prose struct {
	text, accent, muted string
	ascii, words        bool
}

func (t tokens) prose(ascii bool) prose {
	return prose{text: t.Text, accent: t.Accent, muted: t.Muted, ascii: ascii}
}

// wrap is the width that lines are broken at; zero: none is. A sentence that is
// told stays whole.
func (p prose) wrap(w int) int {
	if p.words {
		return 0
	}
	return w
}

// style is calm: weight and signs carry the structure.
func (p prose) style() glam.StyleConfig {
	s := styles.DarkStyleConfig // of which only the shapes are left
	if p.ascii {
		s = styles.ASCIIStyleConfig
	}
	none := uint(0)
	bold := true
	s.Document.Margin = &none
	s.Document.Color = nil
	s.Document.BlockPrefix, s.Document.BlockSuffix = "", ""
	s.CodeBlock.Margin = &none
	for _, h := range []*glam.StyleBlock{&s.H1, &s.H2, &s.H3, &s.H4, &s.H5, &s.H6} {
		h.Prefix, h.Suffix = "", ""
		h.BackgroundColor, h.Color, h.Bold = nil, nil, &bold
	}
	s.Heading.Color, s.Heading.Bold = nil, &bold
	if p.ascii {
		s.Item.BlockPrefix = "* "
		s.ImageText.Format = "Image: {{.text}} ->"
		if p.words {
			for _, mark := range []*glam.StylePrimitive{&s.Strong, &s.Emph, &s.Strikethrough, &s.Code.StylePrimitive} {
				*mark = glam.StylePrimitive{}
			}
			quote := "> "
			s.BlockQuote.IndentToken, s.HorizontalRule.Format = &quote, "\n"
			cell, rule := ";", " " // a table has no lines where it is told
			s.Table.CenterSeparator, s.Table.ColumnSeparator, s.Table.RowSeparator = &cell, &cell, &rule
		}
		return s
	}
	accent, muted := colourOf(p.accent), colourOf(p.muted)
	s.Document.Color = colourOf(p.text)
	s.HorizontalRule.Color = muted
	s.Link.Color, s.LinkText.Color, s.ImageText.Color, s.Image.Color = accent, accent, accent, muted
	s.Code.BackgroundColor, s.Code.Color, s.Code.Bold = nil, accent, &bold
	s.Code.Prefix, s.Code.Suffix = "", ""
	s.CodeBlock.Chroma = nil
	s.CodeBlock.Theme = ""
	s.CodeBlock.Color = muted
	rule := "│ "
	s.BlockQuote.IndentToken = &rule
	s.BlockQuote.Color = muted
	return s
}

// colourOf is a colour as glamour takes it.
func colourOf(token string) *string {
	if token == "" {
		return nil
	}
	return &token
}

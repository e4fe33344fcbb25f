package ui

import (
	"strings"
	"sync"

	"charm.land/glamour/v2"
	"charm.land/glamour/v2/ansi"
	"charm.land/glamour/v2/styles"

	"docket/model"
)

// markdown renders foreign Markdown to lines of at most w cells. It takes time
// that grows with the text, so it runs in a tea.Cmd. Text that can't be
// rendered is shown as it is: cleaned, but plain.
func markdown(p model.Prose, w int, dark, ascii bool) []string {
	text := strings.TrimSpace(p.String())
	if text == "" {
		return nil
	}
	const most = 256 << 10 // a screen for reading; the rest is for the browser
	cutOff := len(text) > most
	if cutOff {
		text = strings.ToValidUTF8(text[:most], "")
	}
	out, err := render(text, w, dark, ascii)
	if err != nil {
		out = text
	}
	lines := strings.Split(strings.Trim(out, "\n"), "\n")
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	if cutOff {
		lines = append(lines, "", "The rest is too long to show here: open it in the browser.")
	}
	return lines
}

// renderers keeps one renderer per style and width: making one costs more than
// most comments. Rendering is serialised, for a renderer has state.
var renderers = struct {
	sync.Mutex
	of map[rendererKey]*glamour.TermRenderer
}{of: map[rendererKey]*glamour.TermRenderer{}}

type rendererKey struct {
	width       int
	dark, ascii bool
}

func render(text string, w int, dark, ascii bool) (string, error) {
	renderers.Lock()
	defer renderers.Unlock()
	key := rendererKey{w, dark, ascii}
	r := renderers.of[key]
	if r == nil {
		if len(renderers.of) > 8 {
			clear(renderers.of)
		}
		var err error
		r, err = glamour.NewTermRenderer(glamour.WithStyles(markdownStyle(dark, ascii)), glamour.WithWordWrap(w), glamour.WithPreservedNewLines())
		if err != nil {
			return "", err
		}
		renderers.of[key] = r
	}
	return r.Render(text)
}

// markdownStyle is calm: weight and signs carry the structure, in the theme's
// few colours.
func markdownStyle(dark, ascii bool) ansi.StyleConfig {
	s := styles.LightStyleConfig
	accent, muted := "#2a59c8", "#59616d"
	if dark {
		s = styles.DarkStyleConfig
		accent, muted = "#7aa2f7", "#929aa6"
	}
	if ascii {
		s = styles.ASCIIStyleConfig
	}
	none := uint(0)
	bold := true
	s.Document.Margin = &none
	s.Document.Color = nil
	s.Document.BlockPrefix, s.Document.BlockSuffix = "", ""
	s.CodeBlock.Margin = &none
	for _, h := range []*ansi.StyleBlock{&s.H1, &s.H2, &s.H3, &s.H4, &s.H5, &s.H6} {
		h.Prefix, h.Suffix = "", ""
		h.BackgroundColor, h.Color, h.Bold = nil, nil, &bold
	}
	s.Heading.Color, s.Heading.Bold = nil, &bold
	if ascii {
		s.Item.BlockPrefix = "* "
		s.ImageText.Format = "Image: {{.text}} ->"
		return s
	}
	s.Link.Color, s.LinkText.Color, s.ImageText.Color, s.Image.Color = &accent, &accent, &accent, &muted
	s.Code.BackgroundColor = nil
	s.Code.Prefix, s.Code.Suffix = "", ""
	s.CodeBlock.Chroma = nil
	s.CodeBlock.Theme = ""
	s.CodeBlock.Color = &muted
	rule := "│ "
	s.BlockQuote.IndentToken = &rule
	s.BlockQuote.Color = &muted
	return s
}

package ui

import (
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"docket/model"
)

// A Markdown renderer undoes cleaning: it turns entities into characters, glues
// text together, and mixes what a stranger wrote with escape sequences of its
// own. So foreign Markdown is defused before it is rendered, and what comes out
// is harmless only after a second look.

// standIn takes the place of an ampersand. It is a private character, and no
// cleaned text has one.
const standIn = "\ue000"

var entity = regexp.MustCompile(`&(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z0-9]+;?)?`)

// defuse takes the ampersand out of everything that a renderer could make a
// control character of: numbers of such characters, and unfinished numbers,
// which may be finished when text is glued together (~~&#**27;**~~). Other
// entities and addresses stay as they are.
func defuse(text string) string {
	if !strings.Contains(text, "&") {
		return text
	}
	return entity.ReplaceAllStringFunc(text, func(e string) string {
		if e == "&" || strings.ContainsFunc(html.UnescapeString(e), unicode.IsControl) {
			return standIn + e[1:]
		}
		return e
	})
}

// harmless makes rendered Markdown safe to put beside other text, line by line:
// of escape sequences only colours, weights and links to http and https
// remain, all text is clean, and no style or link reaches beyond the end of its
// line.
func harmless(rendered string) []string {
	lines := strings.Split(rendered, "\n")
	var s settler
	for i, line := range lines {
		lines[i] = s.line(line)
	}
	return lines
}

// settler carries what is switched on from one line to the next.
type settler struct {
	style []string // the sequences since everything was last switched off
	link  string   // the sequence that opened the link, or nothing
	out   strings.Builder
	text  strings.Builder // what stands between two sequences
	p     *ansi.Parser
}

// stylesAtMost is how many sequences may build up one style; a renderer uses
// one or two.
const stylesAtMost = 16

func (s *settler) line(line string) string {
	if !strings.ContainsRune(line, '\x1b') && len(s.style) == 0 && s.link == "" {
		return clean(line)
	}
	if s.p == nil {
		s.p = ansi.NewParser()
		s.p.SetDataSize(1 << 16)
	}
	s.out.Reset()
	for _, on := range s.style {
		s.out.WriteString(on)
	}
	s.out.WriteString(s.link)
	state := byte(0)
	for line != "" {
		seq, _, n, next := ansi.DecodeSequence(line, state, s.p)
		if n == 0 {
			break
		}
		line, state = line[n:], next
		switch {
		case seq[0] != '\x1b':
			s.text.WriteString(seq)
		case strings.HasPrefix(seq, "\x1b]8;"):
			s.flush()
			s.relink(seq)
		case strings.HasPrefix(seq, "\x1b[") && strings.HasSuffix(seq, "m"):
			s.flush()
			s.restyle(seq)
		}
	}
	s.flush()
	if s.link != "" {
		s.out.WriteString(ansi.ResetHyperlink())
	}
	if len(s.style) > 0 {
		s.out.WriteString(ansi.ResetStyle)
	}
	return s.out.String()
}

func (s *settler) flush() {
	s.out.WriteString(clean(s.text.String()))
	s.text.Reset()
}

// clean makes text of one rendered line what it was before it was defused, and
// cleans it once more.
func clean(text string) string {
	text = strings.ReplaceAll(text, standIn, "&")
	return strings.ReplaceAll(model.NewProse(text).String(), "\n", " ")
}

// restyle lets a sequence through that changes colour or weight.
func (s *settler) restyle(seq string) {
	params := seq[len("\x1b[") : len(seq)-1]
	if params == "" || params == "0" {
		s.style = s.style[:0]
		s.out.WriteString(ansi.ResetStyle)
		return
	}
	if !calm(params) || len(s.style) >= stylesAtMost {
		return
	}
	s.style = append(s.style, seq)
	s.out.WriteString(seq)
}

// calm reports whether a style is one that text may have here: bold, faint,
// italic, underlined, struck through, reversed, coloured, and their ends; not
// one that hides text or lets it blink.
func calm(params string) bool {
	all := strings.Split(params, ";")
	for i := 0; i < len(all); i++ {
		n, err := strconv.Atoi(all[i])
		switch {
		case err != nil:
			return false
		case n == 38 || n == 48:
			switch {
			case i+2 < len(all) && all[i+1] == "5":
				i += 2
			case i+4 < len(all) && all[i+1] == "2":
				i += 4
			default:
				return false
			}
		case n >= 0 && n <= 4, n == 7, n == 9, n >= 22 && n <= 24, n == 27, n == 29, n >= 30 && n <= 49, n >= 90 && n <= 107:
		default:
			return false
		}
	}
	return true
}

// relink opens a link if it may be opened, and closes one that is open.
func (s *settler) relink(seq string) {
	body := strings.TrimSuffix(strings.TrimSuffix(seq[len("\x1b]8;"):], "\x1b\\"), "\a")
	params, target, _ := strings.Cut(body, ";")
	if s.link != "" {
		s.out.WriteString(ansi.ResetHyperlink())
		s.link = ""
	}
	target, ok := openable(strings.ReplaceAll(target, standIn, "&"))
	if !ok {
		return
	}
	id, _ := strings.CutPrefix(params, "id=")
	if _, err := strconv.ParseUint(id, 10, 32); err == nil {
		s.link = ansi.SetHyperlink(target, "id="+id)
	} else {
		s.link = ansi.SetHyperlink(target)
	}
	s.out.WriteString(s.link)
}

// longestLink is what terminals accept at most.
const longestLink = 2000

// openable returns an address of foreign origin as it may be given to a browser
// or a terminal: http or https, with a host, in printable ASCII. Whatever else
// it holds is percent-encoded.
func openable(address string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Opaque != "" {
		return "", false
	}
	link := u.String()
	if len(link) > longestLink || strings.ContainsFunc(link, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return "", false
	}
	return link, true
}

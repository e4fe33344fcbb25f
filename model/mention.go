package model

import (
	"regexp"
	"strconv"
	"strings"
)

// ticketName is a ticket in a text: #12, infra/tickets#12, or its address.
var ticketName = regexp.MustCompile(`(https?://[^\s<>()\[\]"']+?)/issues/([0-9]{1,12})|([\w.-]+/[\w.-]+)?#([0-9]{1,12})`)

// Mentions returns the tickets that a text names, each once, in their order,
// without the one whose text it is. home is that ticket's web address, by which
// addresses of the same forge are known; empty: none is. What stands in code
// names nothing: forges read it so, too.
func Mentions(text string, of Ref, home Line) []Ref {
	site, _ := strings.CutSuffix(home.String(), "/"+of.Repo+"/issues/"+strconv.FormatInt(of.Number, 10))
	var out []Ref
	seen := map[Ref]bool{of: true}
	if !strings.Contains(text, "#") && !strings.Contains(text, "/issues/") {
		return nil
	}
	text = withoutCode(text)
	for _, at := range ticketName.FindAllStringSubmatchIndex(text, -1) {
		if !edge(text, at[0]-1, opens) || !edge(text, at[1], closes) {
			continue
		}
		part := func(i int) string {
			if at[2*i] < 0 {
				return ""
			}
			return text[at[2*i]:at[2*i+1]]
		}
		ref, number := Ref{Repo: of.Repo}, part(4)
		if address := part(1); address != "" {
			repo, ok := strings.CutPrefix(address, site+"/")
			if site == "" || !ok || strings.Count(repo, "/") != 1 {
				continue
			}
			ref.Repo, number = repo, part(2)
		} else if repo := part(3); repo != "" {
			ref.Repo = repo
		}
		ref.Number, _ = strconv.ParseInt(number, 10, 64) // up to twelve digits
		if ref.Number > 0 && !seen[ref] {
			seen[ref] = true
			out = append(out, ref)
		}
	}
	return out
}

// What may stand before the name of a ticket and after it.
const (
	opens  = " \n\t([{<'\"*_~,:;|"
	closes = " \n\t)]}>'\"*_~,.:;?!|#"
)

// edge reports whether a place of a text is beyond its ends or has one of some
// signs.
func edge(text string, at int, signs string) bool {
	return at < 0 || at >= len(text) || strings.IndexByte(signs, text[at]) >= 0
}

// withoutCode returns Markdown without its code.
func withoutCode(text string) string {
	if !strings.ContainsAny(text, "`~") {
		return text
	}
	var b strings.Builder
	fence := ""
	for line := range strings.Lines(text) {
		bare := strings.TrimSpace(line)
		switch {
		case fence != "":
			if strings.HasPrefix(bare, fence) {
				fence = ""
			}
		case strings.HasPrefix(bare, "```"), strings.HasPrefix(bare, "~~~"):
			fence = bare[:3]
		default:
			for i, piece := range strings.Split(line, "`") {
				if i%2 == 0 {
					b.WriteString(piece)
				}
				b.WriteString(" ")
			}
		}
	}
	return b.String()
}

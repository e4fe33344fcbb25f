package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"docket/model"
)

// record is a ticket as 'docket list --json' prints it. Scripts rely on these
// names.
type record struct {
	Repo      string      `json:"repo"`
	Number    int64       `json:"number"`
	Title     string      `json:"title"` // as the forge has it
	State     model.State `json:"state"` // as the board shows it
	Gain      model.Level `json:"gain"`
	Pain      model.Level `json:"pain"`
	Assignees []string    `json:"assignees"`
	Labels    []string    `json:"labels"`
	Author    string      `json:"author"`
	Created   time.Time   `json:"created"`
	Updated   time.Time   `json:"updated"`
	Due       *time.Time  `json:"due"`       // null: none
	Milestone *string     `json:"milestone"` // its title; null: none
	Comments  int         `json:"comments"`
	URL       string      `json:"url"`
	Pending   int         `json:"pending"` // the person's changes on their way
}

func newRecord(c *model.Card) record {
	r := record{
		Repo: c.Ref.Repo, Number: c.Ref.Number, Title: c.Title.Raw(),
		State: c.Shown(), Gain: c.Gain, Pain: c.Pain,
		Assignees: texts(c.Assignees, model.Line.Raw), Labels: texts(c.Labels, model.Line.Raw),
		Author: c.Author.Login.Raw(), Created: c.Created.UTC(), Updated: c.Updated.UTC(),
		Comments: c.Comments, URL: c.URL.Raw(), Pending: c.Saving + c.Pending,
	}
	if !c.Due.IsZero() {
		due := c.Due.UTC()
		r.Due = &due
	}
	if !c.Milestone.None() {
		title := c.Milestone.Title.Raw()
		r.Milestone = &title
	}
	return r
}

// writeJSON writes an array with one object a line.
func writeJSON(out *bufio.Writer, cards []*model.Card) error {
	out.WriteString("[")
	var b bytes.Buffer
	to := json.NewEncoder(&b)
	to.SetEscapeHTML(false)
	for i, c := range cards {
		b.Reset()
		if err := to.Encode(newRecord(c)); err != nil {
			return err
		}
		if i > 0 {
			out.WriteString(",")
		}
		out.WriteString("\n")
		if _, err := out.Write(escapeInvisible(bytes.TrimRight(b.Bytes(), "\n"))); err != nil {
			return err // bufio keeps the first error
		}
	}
	_, err := out.WriteString("\n]\n")
	return err
}

// escapeInvisible writes as \u escapes what encoding/json leaves in strings and
// a terminal would obey: further control characters, and those that reorder or
// hide text. What a reader of the JSON gets stays the same.
func escapeInvisible(b []byte) []byte {
	if bytes.IndexFunc(b, invisible) < 0 {
		return b
	}
	out := make([]byte, 0, len(b)+16)
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if invisible(r) {
			for _, unit := range utf16.Encode([]rune{r}) {
				out = fmt.Appendf(out, `\u%04x`, unit)
			}
		} else {
			out = append(out, b[:size]...)
		}
		b = b[size:]
	}
	return out
}

func invisible(r rune) bool {
	return r >= 0x7f && (unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r))
}

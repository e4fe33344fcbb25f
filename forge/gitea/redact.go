package gitea

import (
	"fmt"
	"regexp"
	"strings"

	"docket/model"
)

// veil hides the token in text: Forgejo repeats a wrong token in the message of
// its 401. The zero value hides nothing.
type veil struct{ token *regexp.Regexp }

// newVeil recognises the token as it is and with any of its characters
// percent-encoded, in either case of letters.
func newVeil(token string) veil {
	if token == "" {
		return veil{}
	}
	var p strings.Builder
	p.WriteString("(?i)")
	for i := range len(token) {
		fmt.Fprintf(&p, `(?:%s|%%%02x)`, regexp.QuoteMeta(token[i:i+1]), token[i])
	}
	return veil{regexp.MustCompile(p.String())}
}

func (v veil) hide(s string) string {
	if v.token == nil {
		return s
	}
	return v.token.ReplaceAllString(s, "[token]")
}

// wordsAtMost is how much of a forge's words a problem keeps.
const wordsAtMost = 400

// line makes foreign words fit for a problem: cleaned first, so that a token
// with an invisible character in its midst is found, too.
func (v veil) line(s string) model.Line {
	clean := []rune(v.hide(model.NewLine(s).String()))
	if len(clean) > wordsAtMost {
		clean = append(clean[:wordsAtMost-1], '…')
	}
	return model.NewLine(string(clean))
}

// veiled is the cause of a problem: errors.Is and errors.As see through it, its
// words don't show the token.
type veiled struct {
	words string
	cause error
}

func (e *veiled) Error() string { return e.words }

func (e *veiled) Unwrap() error { return e.cause }

package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Text is a word or a phrase to look for, in the form that Document writes:
// it holds what Words returns, or a mention. It can be the key of a map.
type Text struct {
	Words string
	Whole bool // the last word must end there; otherwise it may go on
}

// NewText returns what to look for to find a person's words. It is empty when
// they hold no letter and no digit.
func NewText(s string, whole bool) Text { return Text{Words(s), whole} }

// Mention returns what to look for to find where a person was mentioned.
func Mention(login string) Text { return Text{"@" + strings.ToLower(login), true} }

// In reports whether a Document holds the text. Stores with an index of their
// own give the same answer.
func (t Text) In(document string) bool {
	want := " " + t.Words
	if t.Whole {
		want += " "
	}
	return t.Words != "" && strings.Contains(" "+document+" ", want)
}

// Between two texts of a document stands what no phrase can hold.
const barrier = " | "

// Document returns what a ticket's texts are searched as: the words of each
// with single spaces between them, and all mentions behind. Beyond letters,
// digits and spaces it holds only "|" and, in mentions, "@", "-", "_" and ".".
func Document(texts ...string) string {
	var b strings.Builder
	for _, s := range texts {
		if w := Words(s); w != "" {
			b.WriteString(w)
			b.WriteString(barrier)
		}
	}
	for _, s := range texts {
		mentions(&b, s)
	}
	return strings.TrimSuffix(b.String(), " ")
}

// Words returns a text's words with single spaces between them, so that what
// means the same is the same: in small letters, without accents, in Unicode's
// plainest form. A letter of a script that writes no spaces is a word of its
// own. Very long words are cut.
func Words(s string) string {
	if !ascii(s) {
		s = norm.NFKD.String(strings.ToValidUTF8(s, " "))
	}
	w := writer{}
	w.out.Grow(len(s))
	for _, r := range s {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			w.letter(r)
		case 'A' <= r && r <= 'Z':
			w.letter(r + 'a' - 'A')
		case r < utf8.RuneSelf:
			w.end()
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r): // accents and signs above or below, and what can't be seen
		case unicode.In(r, unspaced...):
			w.end()
			w.letter(r)
			w.end()
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.Is(unicode.Mc, r):
			w.letter(unicode.ToLower(unicode.ToUpper(r)))
		default:
			w.end()
		}
	}
	return w.out.String()
}

// unspaced are the scripts that write words without spaces between them.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

// longestWord is how many bytes of a word are told apart.
const longestWord = 64

// writer puts words beside each other.
type writer struct {
	out  strings.Builder
	size int // of the word that is being written
}

func (w *writer) letter(r rune) {
	if w.size == 0 && w.out.Len() > 0 {
		w.out.WriteByte(' ')
	}
	if w.size+utf8.RuneLen(r) > longestWord {
		w.size = longestWord
		return
	}
	n, _ := w.out.WriteRune(r)
	w.size += n
}

func (w *writer) end() { w.size = 0 }

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// mentions writes the logins that a text mentions, as the forge finds them: an
// at sign that no letter precedes, and what a login may be made of.
func mentions(b *strings.Builder, s string) {
	for at := strings.IndexByte(s, '@'); at >= 0; at = strings.IndexByte(s, '@') {
		before, _ := utf8.DecodeLastRuneInString(s[:at])
		s = s[at+1:]
		n := 0
		for n < len(s) && inLogin(s[n]) {
			n++
		}
		login := strings.TrimRight(s[:n], "-_.")
		if login != "" && len(login) <= longestWord && !unicode.IsLetter(before) && !unicode.IsDigit(before) {
			b.WriteString("@" + strings.ToLower(login) + " ")
		}
	}
}

func inLogin(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_' || c == '.'
}

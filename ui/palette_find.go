package ui

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"
)

// find is an entry that was found.
type find struct {
	entry
	at    []int // bytes of its title that were typed
	score int   // how well they fit
}

// How well an entry was found, the best first.
const (
	begins  = iota // its name begins so
	inName         // every word is in its name
	nearly         // its letters are in its name, at good places
	inTitle        // every word is in its name, or begins one of those before it
	around         // the same, of all words about it
	across         // its letters go from the words before its name into that
	letters        // its letters are in its name, scattered
	grades
)

// search finds entries by what is typed: letters of a name in their order, or
// words in any. A number is a ticket's. What costs time is the number of
// entries, never that of the tickets.
func (p *palette) search(a *App) {
	p.chosen, p.found = 0, nil
	typed := strings.ToLower(strings.TrimSpace(p.input.Value()))
	for _, e := range a.ticketEntries(typed) {
		p.found = append(p.found, find{entry: e})
	}
	words := strings.Fields(typed)
	starts := make([]string, len(words))
	for i, w := range words {
		starts[i] = wordly(w)
	}
	near := make([]*fuzzy.Match, len(p.entries))
	matches := fuzzy.FindFromNoSort(typed, entryNames(p.entries))
	for i := range matches {
		near[matches[i].Index] = &matches[i]
	}
	var by [grades][]find
	for i, e := range p.entries {
		f, name, m := find{entry: e}, p.names[i], near[i]
		var grade int
		switch {
		case strings.HasPrefix(name, typed):
			grade = begins
			f.light(name, words)
		case hasAll(name, words):
			grade = inName
			f.light(name, words)
		case m != nil && m.Score > 0:
			grade = nearly
			f.lightLetters(m)
		case hasAround(name, p.befores[i], words, starts):
			grade = inTitle
			f.light(name, words)
		case hasAround(name, p.rests[i], words, starts):
			grade = around
			f.light(name, words)
		case f.goesAcross(typed):
			grade = across
		case m != nil:
			grade = letters
			f.lightLetters(m)
		default:
			continue
		}
		by[grade] = append(by[grade], f)
	}
	for _, grade := range []int{nearly, letters} { // the others keep the order of the list
		slices.SortStableFunc(by[grade], func(x, y find) int { return y.score - x.score })
	}
	p.found = slices.Concat(append([][]find{p.found}, by[:]...)...)
}

// entryNames are entries as fuzzy looks through them.
type entryNames []entry

// String implements fuzzy.Source.
func (n entryNames) String(i int) string { return n[i].name }

// Len implements fuzzy.Source.
func (n entryNames) Len() int { return len(n) }

func hasAll(name string, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(name, w) })
}

// wordly returns the words of a text in small letters, each with a space before
// it.
func wordly(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	return " " + strings.Join(words, " ")
}

// hasAround reports whether every word is in the name, or begins one of the
// words around it. starts are the words as wordly writes them.
func hasAround(name, around string, words, starts []string) bool {
	for i, w := range words {
		if !strings.Contains(name, w) && (starts[i] == " " || !strings.Contains(around, starts[i])) {
			return false
		}
	}
	return true
}

// goesAcross reports, and notes, whether letters go from the beginning of the
// words before the name into that of one of its own: "shwmine" of "Show view
// Mine". Those before stand before many names and alone mean nothing.
func (f *find) goesAcross(typed string) bool {
	const few, inName = 4, 2
	before, name := strings.ToLower(f.before), strings.ToLower(f.name)
	if len(typed) < few || before == "" || typed[0] != before[0] || len(before) != len(f.before) || len(name) != len(f.name) {
		return false
	}
	for in := len(typed) - inName; in > 0; in-- {
		head, ok := walked(before, typed[:in])
		if !ok {
			continue
		}
		for from := 0; from >= 0; from = nextWord(name, from) {
			if tail, ok := walked(name[from:], typed[in:]); ok && tail[0] == 0 {
				for _, at := range tail {
					head = append(head, f.begin()+from+at)
				}
				f.at = head
				return true
			}
		}
	}
	return false
}

// walked returns where the bytes of some letters are in a text, in their order.
func walked(text, letters string) (at []int, ok bool) {
	from := 0
	for i := range len(letters) {
		next := strings.IndexByte(text[from:], letters[i])
		if next < 0 {
			return nil, false
		}
		at = append(at, from+next)
		from += next + 1
	}
	return at, true
}

// nextWord returns where the word behind a place begins; negative: none does.
func nextWord(text string, at int) int {
	space := strings.IndexByte(text[at:], ' ')
	if space < 0 || at+space+1 >= len(text) {
		return -1
	}
	return at + space + 1
}

// light notes where words are in the name, or else where they begin a word
// before it.
func (f *find) light(name string, words []string) {
	before := strings.ToLower(f.before)
	if len(before) != len(f.before) || len(name) != len(f.name) {
		return // small letters of another length: the places would be wrong
	}
	for _, w := range words {
		from := strings.Index(name, w)
		if from >= 0 {
			from += f.begin()
		} else if from = strings.Index(" "+before, " "+w); from < 0 {
			continue
		}
		for i := range len(w) {
			f.at = append(f.at, from+i)
		}
	}
	slices.Sort(f.at)
	f.at = slices.Compact(f.at)
}

func (f *find) lightLetters(m *fuzzy.Match) {
	f.score = m.Score
	for _, at := range m.MatchedIndexes {
		_, size := utf8.DecodeRuneInString(f.name[at:])
		for i := range size {
			f.at = append(f.at, f.begin()+at+i)
		}
	}
}

// begin is where the name begins in the title.
func (e entry) begin() int { return len(e.title()) - len(e.name) }

// lit is the title with the letters that were typed. Where text may have to be
// put into another order, or letters are made of several signs, it stays in one
// piece.
func (f find) lit(th *theme, title string) string {
	const simple = 0x2ff // the last of the Latin letters, before signs that go on others
	if len(f.at) == 0 || title != f.title() || strings.ContainsFunc(title, func(r rune) bool { return r > simple }) {
		return th.text.of(title)
	}
	var b strings.Builder
	for i := 0; i < len(title); {
		typed := slices.Contains(f.at, i)
		to := i + 1
		for to < len(title) && (slices.Contains(f.at, to) == typed || !utf8.RuneStart(title[to])) {
			to++
		}
		if typed {
			b.WriteString(th.title.of(title[i:to]))
		} else {
			b.WriteString(th.text.of(title[i:to]))
		}
		i = to
	}
	return b.String()
}

package query

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"docket/model"
)

// clause is a query as a tree, with what it means worked out in another way:
// as the set of the tickets that it keeps, one bit each.
type clause struct {
	text string
	kept uint
}

const everything = 1<<5 - 1

// leaves are queries of one part and what they keep of board.
var leaves = []clause{
	{"disk", 0b10111}, {`"full disk"`, 0b00100}, {"gain:high", 0b00010}, {"pain:<=medium", 0b00110}, {"#5,4", 0b11000},
	{`state:"on reporter"`, 0b00100}, {"assignee:me,none", 0b11011}, {"label:none", 0b10101}, {"age:>30d", 0b00100},
	{"is:stale", 0b00100}, {"is:closed", 0b01000}, {"mentions:me", 0b00001}, {"日本", 0b00100},
}

// drawn returns any query, of any depth.
func drawn(t *rapid.T, depth int) clause {
	kind := "leaf"
	if depth > 0 {
		kind = rapid.SampledFrom([]string{"leaf", "not", "and", "or"}).Draw(t, "kind")
	}
	space := rapid.SampledFrom([]string{" ", "  ", "\t", "\n "})
	group := func(c clause) string { return "(" + c.text + ")" }
	switch kind {
	case "not":
		c := drawn(t, depth-1)
		sign := rapid.SampledFrom([]string{"-", "!", "not ", "NOT\t", "Not"}).Draw(t, "sign")
		return clause{sign + group(c), everything &^ c.kept}
	case "and":
		a, b := drawn(t, depth-1), drawn(t, depth-1)
		and := rapid.SampledFrom([]string{"", "and", "AND"}).Draw(t, "and")
		return clause{group(a) + space.Draw(t, "space") + and + space.Draw(t, "space") + group(b), a.kept & b.kept}
	case "or":
		a, b := drawn(t, depth-1), drawn(t, depth-1)
		or := rapid.SampledFrom([]string{"or", "OR", "Or"}).Draw(t, "or")
		return clause{group(a) + space.Draw(t, "space") + or + space.Draw(t, "space") + group(b), a.kept | b.kept}
	}
	return rapid.SampledFrom(leaves).Draw(t, "leaf")
}

// However terms are combined, a query keeps what set operations say.
func TestCombinationsMeanWhatSetsSay(t *testing.T) {
	all := board()
	rapid.Check(t, func(t *rapid.T) {
		c := drawn(t, 4)
		q, err := Parse(c.text)
		if err != nil {
			t.Fatalf("%s: %v", c.text, err)
		}
		in, kept := asked(q, all), uint(0)
		for i, each := range all {
			if q.Keep(&each.Card, in) {
				kept |= 1 << i
			}
		}
		if kept != c.kept {
			t.Fatalf("%s keeps %05b, not %05b", c.text, kept, c.kept)
		}
		again, err := Parse(q.String())
		if err != nil || again.String() != q.String() {
			t.Fatalf("%q reads back as %q, %v", q, again, err)
		}
	})
}

// or binds less than what stands beside each other, without any brackets.
func TestOrBindsLess(t *testing.T) {
	all := board()
	rapid.Check(t, func(t *rapid.T) {
		var texts []string
		var kept uint
		for range rapid.IntRange(1, 4).Draw(t, "alternatives") {
			part := uint(everything)
			var words []string
			for range rapid.IntRange(1, 3).Draw(t, "parts") {
				leaf := rapid.SampledFrom(leaves).Draw(t, "leaf")
				if rapid.Bool().Draw(t, "not") {
					leaf = clause{"-" + leaf.text, everything &^ leaf.kept}
				}
				words, part = append(words, leaf.text), part&leaf.kept
			}
			texts, kept = append(texts, strings.Join(words, " ")), kept|part
		}
		q, err := Parse(strings.Join(texts, " or "))
		if err != nil {
			t.Fatal(err)
		}
		in := asked(q, all)
		for i, each := range all {
			if q.Keep(&each.Card, in) != (kept&(1<<i) != 0) {
				t.Fatalf("%s: ticket %d", q, i+1)
			}
		}
	})
}

// Whatever is in a text, its own words find it, and no word holds anything that
// means something to an index.
func TestATextIsFoundByItsOwnWords(t *testing.T) {
	texts := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune("aAéÉß日本ςΣ 1²-_.@|\"*'(){}:^+~\x00\n\u0301\u200b"))))
	rapid.Check(t, func(t *rapid.T) {
		title, body := texts.Draw(t, "title"), texts.Draw(t, "body")
		document := Document(title, body)
		for _, s := range []string{title, body} {
			words := Words(s)
			if Words(words) != words {
				t.Fatalf("the words of %q are not their own words: %q and %q", s, words, Words(words))
			}
			if words == "" {
				continue
			}
			for _, whole := range []bool{true, false} {
				if !NewText(s, whole).In(document) {
					t.Fatalf("%q is not in %q", words, document)
				}
			}
			_, size := utf8.DecodeLastRuneInString(words)
			if start := strings.TrimRight(words[:len(words)-size], " "); start != "" && !(Text{start, false}).In(document) {
				t.Fatalf("%q does not begin anything in %q", start, document)
			}
			for _, r := range words {
				if r < utf8.RuneSelf && !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789 ", r) {
					t.Fatalf("%q is in the words of %q", r, s)
				}
			}
		}
	})
}

// A phrase never goes from one text of a ticket into another.
func TestPhrasesEndWithTheirText(t *testing.T) {
	document := Document("out of disk", "space is @kira's", "and more")
	for text, want := range map[string]bool{"disk": true, "disk space": false, "kira s and": false, "of disk": true, "more kira": false, "space is kira s": true} {
		if got := NewText(text, true).In(document); got != want {
			t.Errorf("%q in %q: %v", text, document, got)
		}
	}
}

func TestMentionsAreLogins(t *testing.T) {
	document := Document("@Kira-L: see (@jo.nas_2). mail@example.org @ @-", "é@no ,@yes")
	if want := "kira l see jo nas 2 mail example org | e no yes | @kira-l @jo.nas_2 @yes"; document != want {
		t.Errorf("got %q, want %q", document, want)
	}
}

// Whatever is typed, in whatever place: no text ends the program, a problem
// points into the text, and what completion offers can be typed on.
func FuzzQuery(f *testing.F) {
	for _, s := range []string{
		`gain:high pain:<=medium state:"waiting on reporter" assignee:me,none author:x label:ops -label:blocked repo:x age:>30d`,
		`updated:<2d due:<=7d is:stale or (is:answered -is:untriaged) closed-as:initiative mentions:me #1234 sort:-age`,
		`"phrase" wor`, `"`, `-`, `--(`, `)`, `gain:,`, `:`, `a:b:c`, `"gain:"high`, `日本:x`, "\xff\xfe", "#99999999999999999999", "age:>99999999999999d",
		`a and not b:c or NOT (d AND !e)`, `not`, `and`, `not not "`, `-not !`, `not -`, `not label:a,b and`,
		`or`, `(or)`, `a "b" c"d e"f`, "@", "@anna ", "sort:-", "is:", `repo:"`,
	} {
		f.Add(s, len(s))
	}
	k := Known{People: []model.Person{{Login: model.NewLine("anna")}}, Labels: []string{"ops", "good first", `"`, "a,b"}, Repos: []string{"infra/tickets"}, Workflow: model.DefaultWorkflow()}
	f.Fuzz(func(t *testing.T, text string, cursor int) {
		q, err := Parse(text)
		if p, ok := errors.AsType[*Problem](err); ok && (p.At < 0 || p.End < p.At || p.End > len(text) || p.What == "" || p.Hint == "") {
			t.Fatalf("%q: %+v", text, p)
		} else if err == nil {
			c := ticket(1, "A title", nil)
			_ = q.Keep(&c.Card, asked(q, []*told{c}))
			if again, err := Parse(q.String()); err != nil || !slices.Equal(again.texts, q.texts) {
				t.Fatalf("%q reads back as %q: %v", text, q, err)
			}
		}
		if err == nil && !slices.Equal(Readable(text).texts, q.texts) {
			t.Fatalf("%q can be read, but not as itself", text)
		}
		Readable(text)
		cursor = min(max(cursor, 0), len(text))
		if h := HalfAt(text, cursor); cursor < h.From || cursor > h.To || h.Text != text[h.From:h.To] {
			t.Fatalf("%q at %d: %+v", text, cursor, h)
		}
		for _, c := range Complete(text, cursor, k) {
			if c.From < 0 || c.To < c.From || c.To > len(text) || cursor < c.From || cursor > c.To {
				t.Fatalf("%q at %d: %+v", text, cursor, c)
			}
			if after, at := c.Apply(text); at > len(after) || after == text {
				t.Fatalf("%q at %d: %+v makes it %q", text, cursor, c, after)
			}
		}
	})
}

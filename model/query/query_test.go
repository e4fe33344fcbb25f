package query

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"docket/model"
)

const aDay = 24 * time.Hour

var noon = time.Date(2026, 5, 6, 12, 0, 0, 0, time.UTC)

func lines(texts ...string) []model.Line {
	var out []model.Line
	for _, s := range texts {
		out = append(out, model.NewLine(s))
	}
	return out
}

// told is a ticket with the texts that a store would look through.
type told struct {
	model.Card
	texts []string
}

// asked returns the context in which a query is asked about tickets.
func asked(q Query, all []*told) *Context {
	people := []model.Person{{Login: model.NewLine("kira"), Name: model.NewLine("Kira Nováková")}, {Login: model.NewLine("anna")}}
	in := &Context{Now: noon, Me: model.NewLine("anna"), Policy: model.DefaultPolicy(), Found: Found{},
		Names: NamesOf(&model.Snapshot{Repos: []model.Repo{{People: people}, {People: people}}})}
	for _, t := range q.Texts(in.Me) {
		at := Places{}
		for _, c := range all {
			if t.In(Document(append([]string{c.Title.String()}, c.texts...)...)) {
				at[c.Ref.Repo] = append(at[c.Ref.Repo], c.Ref.Number)
			}
		}
		for _, numbers := range at {
			slices.Sort(numbers)
		}
		in.Found[t] = at
	}
	return in
}

func ticket(number int64, title string, change func(*told), texts ...string) *told {
	t := &told{texts: texts}
	t.Ref, t.Title = model.Ref{Repo: "infra/tickets", Number: number}, model.NewLine(title)
	t.State, t.Created, t.Updated = model.NeedsReview, noon.Add(-10*aDay), noon.Add(-aDay)
	t.Author = model.Person{Login: model.NewLine("liwei"), Name: model.NewLine("Lǐ Wěi")}
	if change != nil {
		change(t)
	}
	return t
}

func board() []*told {
	return []*told{
		ticket(1, "Copr builders out of disk", nil, "The queue is full.", "Thanks @Anna, see the log."),
		ticket(2, "Rotate the TLS certificate", func(t *told) {
			t.Gain, t.Pain, t.State = model.High, model.Low, model.OnAssignee
			t.Assignees, t.Labels, t.Due = lines("anna", "kira"), lines("ops", "gain/high", "good first"), noon.Add(2*aDay)
		}, "Not about disks.", "mail anna@example.org"),
		ticket(3, "Grüße: 日本語 mirror", func(t *told) {
			t.Gain, t.Pain, t.State, t.Assignees = model.Medium, model.Medium, model.OnReporter, lines("Jonas")
			t.Updated, t.Created = noon.Add(-20*aDay), noon.Add(-40*aDay)
		}, "The wrong name; a full disk is not it"),
		ticket(4, "A dashboard for everything", func(t *told) {
			t.ClosedAt, t.ClosedAs, t.Labels = noon.Add(-aDay), model.WillNotFix, lines("closed as/wontfix")
			t.Due = noon.Add(-30 * aDay)
		}),
		ticket(5, "Pending one", func(t *told) {
			t.Pending, t.Locked = 1, true
			t.Ref.Repo = "infra/docs"
			t.Due = noon.Add(-aDay)
			t.State, t.ReporterSpoke = model.OnReporter, noon
		}, "as said on https://example.org/disk"),
	}
}

// What a query means: the numbers of the tickets that it keeps.
func TestWhatQueriesMean(t *testing.T) {
	for text, want := range map[string]string{
		"":                                   "12345",
		"   ":                                "12345",
		"disk":                               "1235",
		"DISK":                               "1235",
		"dis":                                "1235",
		"isk":                                "",
		`"disk"`:                             "135",
		`"full disk"`:                        "3",
		`"full dis`:                          "3",
		`"disk full"`:                        "",
		"full disk":                          "13",
		"disk -full":                         "25",
		"-disk":                              "4",
		"--disk":                             "1235",
		"grusse or GRÜSSE":                   "",
		"grüße":                              "3",
		"GRÜ":                                "3",
		"日本":                                 "3",
		"本語":                                 "3",
		"本日":                                 "",
		"5":                                  "5",
		"#5":                                 "5",
		"#5,#1":                              "15",
		"#1 or #2":                           "12",
		"gain:high":                          "2",
		"gain:high,medium":                   "23",
		"gain:>low":                          "23",
		"gain:none":                          "145",
		"pain:<=medium":                      "23",
		"pain:<medium":                       "2",
		"gain:>=low pain:>=medium":           "3",
		"-gain:none":                         "23",
		"state:on-reporter":                  "3",
		`state:"waiting on reporter"`:        "3",
		`state:"Waiting_On reporter"`:        "3",
		"state:doing,closed":                 "24",
		"state:review":                       "15",
		"assignee:me":                        "2",
		"assignee:me,none":                   "1245",
		"assignee:JONAS":                     "3",
		"assignee:@jonas":                    "3",
		`assignee:"none"`:                    "",
		"author:liwei":                       "12345",
		"-author:liwei":                      "",
		"author:me":                          "",
		`assignee:"Kira Nováková"`:           "2",
		`assignee:"kira novakova",jonas`:     "23",
		`-assignee:"Kira Nováková"`:          "1345",
		"assignee:kira-nov":                  "",
		`assignee:""`:                        "problem",
		`author:"Lǐ Wěi" disk`:               "1235",
		`author:"li wei" disk`:               "1235",
		`author:"li"`:                        "",
		"label:ops":                          "2",
		`label:"good first"`:                 "2",
		`label:gain/high -label:ops`:         "",
		"label:none":                         "135",
		"repo:docs":                          "5",
		"repo:infra/docs,infra/tickets":      "12345",
		"age:>30d":                           "3",
		"age:<2w":                            "1245",
		"age:>=10d":                          "12345",
		"updated:<2d":                        "1245",
		"updated:>1mo":                       "",
		"due:<=7d":                           "25",
		"due:<0d":                            "5",
		"due:>0d":                            "2",
		"due:none":                           "13",
		"is:stale":                           "3",
		"is:answered":                        "5",
		"is:untriaged":                       "15",
		"is:triaged":                         "23",
		"is:due":                             "25",
		"is:overdue":                         "5",
		"is:pending":                         "5",
		"is:open":                            "1235",
		"is:closed":                          "4",
		"is:locked,closed":                   "45",
		"closed-as:will-not-fix":             "4",
		"closed-as:wontfix":                  "4",
		"closed-as:done,initiative":          "",
		"closed-as:none":                     "",
		"mentions:me":                        "1",
		"mentions:anna":                      "1",
		"@ann":                               "1",
		"mentions:ann":                       "",
		"-mentions:me":                       "2345",
		"disk or gain:high is:stale":         "1235",
		"(disk or gain:high) is:stale":       "3",
		"disk (full or not)":                 "123",
		"-(disk or #4)":                      "",
		"disk -(full or tls)":                "5",
		"disk and full":                      "13",
		"gain:>low AND pain:low":             "2",
		"disk And (full or tls) and -#1":     "23",
		`mail "and"`:                         "",
		"(mail) and(disk)":                   "2",
		"andr or #4":                         "4",
		"not gain:none":                      "23",
		"NOT gain:none and pain:low":         "2",
		"disk not (full or tls)":             "5",
		"disk not(full or tls)":              "5",
		`disk not "full"`:                    "25",
		"not #1,#2":                          "345",
		"not @anna":                          "2345",
		"not -gain:high":                     "2",
		"not not gain:high":                  "2",
		"disk -not gain:high":                "",
		"not about":                          "2",
		"disk not":                           "23",
		`"not" gain:high`:                    "2",
		`disk or "not" or full`:              "1235",
		"!gain:none":                         "23",
		"!(disk or #4)":                      "",
		"disk !full":                         "25",
		"!-disk":                             "1235",
		"and":                                "problem",
		"OR":                                 "problem",
		`"or"`:                               "",
		"gain:high OR pain:medium":           "23",
		"sort:age":                           "12345",
		"sort:-due disk":                     "1235",
		"https://example.org/disk":           "5",
		"example.org":                        "25",
		"=gain:high":                         "",
		`"gain:high"`:                        "",
		"gain:=high":                         "2",
		`gain:"high"`:                        "2",
		"assignee:me\tis:triaged\nlabel:ops": "2",
	} {
		q, err := Parse(text)
		if err != nil {
			if want != "problem" {
				t.Errorf("%s: %v", text, err)
			}
			continue
		}
		in, got := asked(q, board()), ""
		for _, c := range board() {
			if q.Keep(&c.Card, in) {
				got += string(rune('0' + c.Ref.Number))
			}
		}
		if got != want {
			t.Errorf("%s keeps %s, not %s", text, got, want)
		}
	}
}

// Without a person, "me" is nobody.
func TestMeIsNobodyWithoutAPerson(t *testing.T) {
	for _, text := range []string{"assignee:me", "author:me", "mentions:me"} {
		q, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		c := ticket(1, "Anybody's", nil)
		c.Author.Login = model.Line{}
		if q.Keep(&c.Card, &Context{Now: noon}) {
			t.Errorf("%s finds a ticket", text)
		}
		if texts := q.Texts(model.Line{}); len(texts) > 0 {
			t.Errorf("%s looks for %v", text, texts)
		}
	}
}

// Whatever stands in a query, narrowed it means less and keeps its order.
func TestNarrowingKeepsTheMeaningAndTheOrder(t *testing.T) {
	in := &Context{Now: noon, Me: model.NewLine("anna"), Found: Found{}}
	for _, text := range []string{"", "gain:high", "gain:high or gain:medium", "sort:-due gain:high OR state:review", "sort:age not", `is:closed or #5 sort:age,due`} {
		q, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		narrow, err := Parse(q.Narrow("-is:closed pain:low,none"))
		if err != nil {
			t.Fatalf("%q: %v", q.Narrow("-is:closed pain:low,none"), err)
		}
		if !slices.Equal(q.Orders(), narrow.Orders()) {
			t.Errorf("%q sorts by %v, not %v", narrow, narrow.Orders(), q.Orders())
		}
		for _, c := range board() {
			want := q.Keep(&c.Card, in) && c.Open() && c.Pain <= model.Low
			if narrow.Keep(&c.Card, in) != want {
				t.Errorf("%q keeps #%d: %v", narrow, c.Ref.Number, !want)
			}
		}
	}
}

func TestWhatQueriesSortBy(t *testing.T) {
	for text, want := range map[string]string{
		"sort:score":           "23145",
		"sort:age":             "31245",
		"sort:updated":         "12453",
		"sort:due":             "45213",
		"sort:-due":            "13254",
		"sort:-age,score":      "21453",
		"sort:comments":        "12345",
		"sort:score sort:-due": "23154",
	} {
		q, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		cards, got := board(), ""
		slices.SortStableFunc(cards, func(a, b *told) int { return q.Sort()(&a.Card, &b.Card) })
		for _, c := range cards {
			got += string(rune('0' + c.Ref.Number))
		}
		if got != want {
			t.Errorf("%s: %s, not %s", text, got, want)
		}
	}
	if q, _ := Parse("disk"); q.Sort() != nil {
		t.Error("a query that names no order sorts")
	}
}

// What is wrong is said with its place, and with what was probably meant.
func TestProblemsPointAndSuggest(t *testing.T) {
	for text, want := range map[string]string{
		"disk gian:high":        `[gian:] "gian:" is no term: do you mean gain:?`,
		"gain:hgih":             `[hgih] "hgih" is no level: do you mean high?`,
		"gain:enormous":         `[enormous] "enormous" is no level: high, medium, low or none?`,
		"is:stael -x":           `[stael] "stael" is no word for is:: do you mean stale?`,
		"state:urgnt":           `[urgnt] "urgnt" is no state: do you mean urgent?`,
		"closed-as:initiatve":   `[initiatve] "initiatve" is no resolution: do you mean initiative?`,
		"closed-as:won":         `[won] "won" is no resolution: do you mean will-not-fix?`,
		"closed-as:in":          `[in] "in" is no resolution: do you mean initiative, invalid or insufficient-data?`,
		"gain:med":              `[med] "med" is no level: do you mean medium?`,
		"state:rep":             `[rep] "rep" is no state: do you mean waiting-on-reporter?`,
		"sort:-":                "[-] an order is missing: score, age, updated, due or comments?",
		"sort:age,-age":         "[-age] sorted by age already: say it once",
		"sort:agee":             `[agee] "agee" is no order: do you mean age?`,
		"error: 7":              `[error:] "error:" is no term: put it in quotes to search for it`,
		"a (b or c":             "[(b or c] this bracket is open: close it with )",
		"a) b":                  "[)] no bracket is open here: take it out, or open one with (",
		"a ()":                  "[()] nothing is in these brackets: write something into them, or take them out",
		"a or":                  `[] or stands between two things: write "or" in quotes to search for it`,
		"or b":                  `[] or stands between two things: write "or" in quotes to search for it`,
		"a and":                 `[and] and stands between two things: write "and" in quotes to search for it`,
		"a (and b)":             `[and ] and stands between two things: write "and" in quotes to search for it`,
		"a and AND b":           `[and ] and stands between two things: write "and" in quotes to search for it`,
		"a and or b":            `[and ] and stands between two things: write "and" in quotes to search for it`,
		"a ! b":                 "[!] nothing follows !: write what must not hold behind it, as -label:blocked",
		"not sort:age":          "[sort:age] sort: is for the whole query: write it without brackets and without -",
		"a not gian:x":          `[gian:] "gian:" is no term: do you mean gain:?`,
		"a or sort:age":         "[ sort:age] sort: is no condition: or needs one on either side",
		"(sort:age a)":          "[sort:age] sort: is for the whole query: write it without brackets and without -",
		"-sort:age":             "[sort:age] sort: is for the whole query: write it without brackets and without -",
		"a - b":                 "[-] nothing follows -: write what must not hold behind it, as -label:blocked",
		"label:":                "[label:] nothing follows label:: as label:ops or label:none",
		"label:a,":              "[,] nothing follows the comma: as label:ops or label:none",
		"label:>a":              "[>a] label: has no >: as label:ops or label:none",
		"gain:>none":            "[>none] nothing is more or less than none: compare with low, medium or high",
		"age:30d":               "[30d] more or less than 30d: age:<30d or age:>30d?",
		"age:>30x":              `[>30x] ">30x" is no length of time: as age:<=7d; with min, h, d, w, mo or y`,
		"due:soon":              `[soon] "soon" is no length of time: as due:<=7d; with min, h, d, w, mo or y`,
		"age:>9999999y":         "[>9999999y] 9999999y is too long: as age:<1y",
		"#x":                    `[#x] "#x" is no number: put it in quotes to search for it`,
		"#":                     "[#] no number follows: write a ticket's, as #1234",
		"a & b":                 `[&] no letter or digit to look for: write a word, a "phrase" or a term such as gain:high`,
		"mentions:a/b":          `[a/b] "a/b" is no login: letters, digits, - _ and . only`,
		"assignee:@":            "[@] a name is missing: a login or me",
		strings.Repeat("(", 99): "[(] too many brackets within each other: take some out",
	} {
		_, err := Parse(text)
		p, ok := errors.AsType[*Problem](err)
		if !ok {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := "[" + text[p.At:p.End] + "] " + p.Error(); got != want {
			t.Errorf("%s:\n got %s\nwant %s", text, got, want)
		}
	}
}

// Whoever is still typing has made no mistake yet.
func TestHalfATermIsUnfinishedAndNotWrong(t *testing.T) {
	for text, unfinished := range map[string]bool{
		"gain:": true, "gain:hi": true, "gain:hx": false, "gain:hi x": false, "label:a,": true, "(a": true, "(a b": true, "-": true,
		"a or ": true, "#": true, "age:>": true, "age:>3": true, "age:>3m": true, "age:>3x": false, "state:wait": true, "gian:": false,
		"gian:x": false, `state:"waiting on`: true, "sort:": true, "sort:-": true, "or b": false, "- b": false,
		"a and ": true, "and b": false, "not gain:hi": true, "!": true,
	} {
		_, err := Parse(text)
		p, ok := errors.AsType[*Problem](err)
		if !ok {
			t.Errorf("%s: %v", text, err)
		} else if p.Unfinished != unfinished {
			t.Errorf("%s: unfinished %v (%v)", text, p.Unfinished, p)
		}
	}
}

func TestWhichQueriesAskForClosedTickets(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "disk": false, "is:closed": true, "closed-as:done": true, "state:closed": true, "#12": true, "-is:closed": false,
		"-(a or is:closed)": false, "-(a -is:closed)": true, "gain:high or closed-as:initiative": true,
	} {
		q, err := Parse(text)
		if err != nil || q.Closed() != want {
			t.Errorf("%s: %v, %v", text, q.Closed(), err)
		}
	}
}

func TestWhatCanBeReadOfHalfAQuery(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "gian:": "", "disk gian:high": "disk", "disk gain:h": "disk", "(disk or fu": "(disk or fu)", "a (b gain:": "a (b )", "a or": "a",
		"a (b (c -": "a (b (c ))", "x)": "x", "a or -(": "a", `"open phr`: `"open phr`, "gian:x disk": "", "(": "", "a & ": "a", "ü -": "ü",
		"a and": "a", "a not gain:h": "a", "a and not (": "a", "a not (b gain:h": "a not (b )", "a not": "a not", "a !gian:": "a",
	} {
		if got := Readable(text).String(); got != want {
			t.Errorf("%s: %q, not %q", text, got, want)
		}
	}
}

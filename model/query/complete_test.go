package query

import (
	"strings"
	"testing"

	"docket/model"
)

func known() Known {
	k := Known{Labels: []string{"ops", "good first", "blocked"}, Repos: []string{"infra/tickets", "infra/docs"}, Workflow: model.DefaultWorkflow()}
	for _, login := range []string{"kira", "anna", "jonas", "liwei"} {
		k.People = append(k.People, model.Person{Login: model.NewLine(login), Name: model.NewLine(strings.ToUpper(login[:1]) + login[1:] + " Ito")})
	}
	k.People = append(k.People, model.Person{Login: model.NewLine("zbr"), Name: model.NewLine("Zoë Brandt")})
	return k
}

// The cursor is where the bar is. What is offered is what the whole text
// becomes, for the first few.
func TestWhatCompletionOffers(t *testing.T) {
	for typed, want := range map[string]string{
		"|":                                "gain:  pain:  state:",
		"ga|":                              "gain:",
		"-ga|":                             "-gain:",
		"!ga|":                             "!gain:",
		"disk and not ga|":                 "disk and not gain:",
		"gain:|":                           "gain:high  gain:medium  gain:low",
		"gain:m|":                          "gain:medium",
		"gain:<=m|":                        "gain:<=medium",
		"gain:medium|":                     "",
		"gain:x|":                          "",
		"gian:|":                           "",
		"gain:high | pain:low":             "",
		"gain:hi| pain:low":                "gain:high pain:low",
		"gain:|hi pain:low":                "gain:high pain:low  gain:medium pain:low  gain:low pain:low",
		"assignee:|":                       "assignee:me  assignee:none  assignee:kira",
		"assignee:me,an|":                  "assignee:me,anna",
		"assignee:ito|":                    "assignee:kira  assignee:anna  assignee:jonas",
		"author:li|":                       "author:liwei",
		"(label:go|":                       `(label:"good first"`,
		`label:"go|`:                       `label:"good first"`,
		`label:"good first",bl|`:           `label:"good first",blocked`,
		"repo:do|":                         "repo:infra/docs",
		"state:rep|":                       "state:waiting-on-reporter",
		`state:"waiting on rep|`:           `state:"waiting on reporter"`,
		`state:"on-a|`:                     `state:"waiting on assignee"`,
		`state:"waiting on rep| gain:high`: `state:"waiting on reporter" gain:high`,
		`state:"waiting on reporter|`:      `state:"waiting on reporter"`,
		`state:"waiting on reporter"|`:     "",
		`state:urgent,"in pro|`:            `state:urgent,"in progress"`,
		`-closed-as:"will|`:                `-closed-as:"will not fix"`,
		`assignee:"|`:                      `assignee:"kira"  assignee:"anna"  assignee:"jonas"`, // me in quotes is somebody's name
		"is:st|":                           "is:stale  is:stuck",
		"closed-as:w|":                     "closed-as:will-not-fix  closed-as:wrong-tracker",
		"sort:|":                           "sort:score  sort:age  sort:updated",
		"disk ki|":                         "disk assignee:kira",
		"op|":                              "label:ops  is:open",
		"sta|":                             "state:  is:stale",
		"@k|":                              "@kira",
		"mentions:k|":                      "mentions:kira",
		`"ga|`:                             "",
		"#1|":                              "",
		"disk |":                           "",
		"nothing-of-the-kind|":             "",
		"a or (gain:high) is:an|":          "a or (gain:high) is:answered",
		"gain:<|":                          "gain:<high  gain:<medium  gain:<low",
		"gain:<n|":                         "",
		"sort:-|":                          "sort:-score  sort:-age  sort:-updated",
		"assignee:@k|":                     "assignee:@kira",
		"assignee:@no|":                    "",
		"assignee:kira,|":                  "assignee:kira,me  assignee:kira,none  assignee:kira,anna",
		"author:zoë|":                      "author:zbr",
		`author:"zoe b|`:                   `author:"zbr"`,
	} {
		cursor := strings.Index(typed, "|")
		text := typed[:cursor] + typed[cursor+1:]
		var got []string
		for _, c := range Complete(text, cursor, known()) {
			after, _ := c.Apply(text)
			got = append(got, after)
		}
		if have := strings.Join(got[:min(3, len(got))], "  "); have != want {
			t.Errorf("%s: %s, not %s", typed, have, want)
		}
	}
}

// A query that is made of nothing but what completion offers can be read.
func TestWhatIsOfferedCanBeRead(t *testing.T) {
	for _, term := range terms() {
		for _, c := range term.values(known()) {
			if _, err := Parse(term.name + ":" + c.Text); err != nil {
				t.Errorf("%s:%s: %v", term.name, c.Text, err)
			}
		}
	}
}

// A board knows its people and labels, the most usual first.
func TestABoardKnowsItsOwn(t *testing.T) {
	b := model.NewBoard(model.DefaultWorkflow(), model.DefaultPolicy(), noon)
	var cards []*model.Card
	for _, t := range board() {
		c := t.Card
		cards = append(cards, &c)
	}
	s := &model.Snapshot{Board: b.With(cards), Repos: []model.Repo{{Name: "infra/tickets", People: []model.Person{{Login: model.NewLine("sina"), Name: model.NewLine("Sina")}}}}}
	k := Learn(s, model.DefaultWorkflow())
	var people []string
	for _, p := range k.People {
		people = append(people, p.Login.String())
	}
	if got := strings.Join(people, " "); got != "Jonas anna kira liwei sina" {
		t.Error(got)
	}
	// What a term of its own asks for comes last.
	if got := strings.Join(k.Labels, "; "); got != "good first; ops; closed as/wontfix; gain/high" {
		t.Error(got)
	}
}

// While a piece is typed, what stands beside it can still be asked.
func TestThePieceAtTheCursorAndTheRest(t *testing.T) {
	for typed, want := range map[string]string{
		"|":                        "/",
		"gai|":                     "gai/",
		"disk gai|":                "gai/disk",
		"disk |":                   "/disk",
		"gai| disk":                "gai/disk",
		"gain:hi| pain:low":        "gain:hi/pain:low",
		"-gai| disk":               "-gai/disk",
		"disk or gai|":             "gai/disk",
		"disk and gai|":            "gai/disk",
		"disk not gai|":            "gai/disk",
		"disk and not gai|":        "gai/disk",
		"disk not gai| or mail":    "gai/disk  or mail",
		"gai| and disk":            "gai/disk",
		"a and gai| and disk":      "gai/a  and disk",
		"!gai| disk":               "!gai/disk",
		"not label:a,b| disk":      "b/not label:a disk",
		"disk (mail or gai|":       "gai/disk (mail )",
		"assignee:kira,jo|":        "jo/assignee:kira",
		"assignee:jo|,kira disk":   "jo/assignee:kira disk",
		"assignee:ki|":             "assignee:ki/",
		"assignee:kira,|":          ",/assignee:kira",
		"assignee:kira,| label:a":  ",/assignee:kira label:a",
		"assignee:|,kira label:a":  ",/assignee:kira label:a",
		"nothing:a,b|":             "nothing:a,b/",
		`label:ops state:"in pro|`: `state:"in pro/label:ops`,
		`state:"in pro| label:ops`: `state:"in pro/label:ops`,
	} {
		cursor := strings.Index(typed, "|")
		h := HalfAt(typed[:cursor]+typed[cursor+1:], cursor)
		if got := h.Text + "/" + h.Rest.String(); got != want {
			t.Errorf("%s: %s, not %s", typed, got, want)
		}
	}
}

// The names that a board gives its columns are read beside the usual ones, and
// offered.
func TestAStateGoesByTheBoardsOwnName(t *testing.T) {
	k := known()
	k.Workflow.Steps[1].Name, k.Workflow.Steps[1].Short = "Fire fire", "Fire fire"
	for _, text := range []string{"state:fire-fire", `state:"Fire fire"`, "state:urgent", "state:on-reporter,FIRE_FIRE"} {
		q, err := Parse(text, k.Workflow.Steps...)
		if err != nil || !q.Keep(&model.Card{Ticket: model.Ticket{State: model.Urgent}}, &Context{}) {
			t.Errorf("%s: %v", text, err)
		}
	}
	_, err := Parse("state:fire", k.Workflow.Steps...)
	if err == nil || err.Error() != `"fire" is no state: do you mean fire-fire?` {
		t.Error(err)
	}
	var offered []string
	for _, c := range Complete("state:", len("state:"), k) {
		offered = append(offered, c.Text)
	}
	if got := strings.Join(offered, " "); !strings.HasPrefix(got, "needs-review fire-fire waiting-on-assignee") || !strings.HasSuffix(got, " urgent") {
		t.Error(got)
	}
}

// Whom or what the board does not know is told, with whom or what it does.
func TestWhoIsUnknownIsToldWithASuggestion(t *testing.T) {
	for text, want := range map[string]string{
		"assignee:kria":               "nobody here is called kria; kira?",
		"gain:high author:zoë":        "nobody here is called zoë; zbr?",
		"assignee:me,none,kira":       "",
		"author:@KIRA":                "",
		`author:"zoe brandt"`:         "",
		`assignee:"Kira Ito"`:         "",
		`assignee:"kira itto"`:        "nobody here is called kira itto",
		"author:somebodyelse":         "nobody here is called somebodyelse",
		"-author:kria":                "",
		"label:opps":                  "no ticket here has the label opps; ops?",
		`label:none,OPS,"good first"`: "",
		"-label:opps kria":            "",
		"mentions:kria":               "nobody here is called kria; kira?",
		"repo:zz":                     "this board has no repository zz",
		"repo:dosc":                   "this board has no repository dosc; infra/docs?",
		"repo:tick":                   "this board has no repository tick; infra/tickets?",
		"repo:infra/dcs":              "this board has no repository infra/dcs; infra/docs?",
		"repo:DOCS,infra/tickets":     "",
		"-repo:zz":                    "",
	} {
		q, err := Parse(text)
		if got := q.Stranger(known); err != nil || got != want {
			t.Errorf("%s: %q, %v, not %q", text, got, err, want)
		}
	}
}

// A board of one repository says its name to whoever asks for another.
func TestTheOnlyRepositoryIsNamed(t *testing.T) {
	q, err := Parse("repo:zz")
	got := q.Stranger(func() Known { return Known{Repos: []string{"infra/tickets"}} })
	if want := "this board has no repository zz; infra/tickets?"; err != nil || got != want {
		t.Errorf("%q, %v, not %q", got, err, want)
	}
}

package config

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"docket/keymap"
	"docket/model"
)

// parse takes a text that must be right.
func parse(t *testing.T, text string) *Config {
	t.Helper()
	c, err := Parse([]byte(text), Rules{Reserved: []string{"list"}})
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return c
}

// uncommented takes the # away from the settings of a sample.
func uncommented(sample string) string {
	lines := strings.Split(sample, "\n")
	for i, line := range lines {
		if len(line) > 1 && line[0] == '#' && line[1] != ' ' {
			lines[i] = line[1:]
		}
	}
	return strings.Join(lines, "\n")
}

func TestTheSampleSaysNothingYet(t *testing.T) {
	got, want := parse(t, Sample("", nil)), parse(t, "")
	if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(want, None()) {
		t.Errorf("%+v instead of %+v", got, want)
	}
}

// What the sample shows as what holds anyway, holds.
func TestTheSampleShowsTheDefaults(t *testing.T) {
	c := parse(t, uncommented(Sample("", nil)))
	got, want := c.General, None().General
	if diff := cmp.Diff(want.Settings.Workflow.Steps, got.Settings.Workflow.Steps); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want.Policy, got.Policy); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want.Settings.Theme, got.Settings.Theme); diff != "" {
		t.Error(diff)
	}
	// The example of a recipe takes the place of the one with that name.
	keys := func(b Board) map[keymap.ID][]string {
		of := map[keymap.ID][]string{}
		for _, a := range b.Settings.Keys.Actions() {
			if a.ID != "recipe-needs-info" {
				of[a.ID] = a.Keys
			}
		}
		return of
	}
	if diff := cmp.Diff(keys(want), keys(got)); diff != "" {
		t.Error(diff)
	}
	if c.Default != "infra" || len(c.Boards) != 1 || len(got.Settings.Views) == 0 || len(got.Settings.Templates) == 0 ||
		len(got.Settings.Recipes) == 0 || len(got.Settings.Workflow.Scheme.Own) == 0 {
		t.Errorf("an example is missing: %+v", c)
	}
	for name := range fields(reflect.TypeFor[recipe]()) {
		if !strings.Contains(Sample("", nil), name) {
			t.Errorf("the sample does not tell of %q in a recipe", name)
		}
	}
}

func TestTheSampleOfAPlaceIsABoard(t *testing.T) {
	c := parse(t, Sample("https://forge.example.org", []string{"infra/tickets", "infra/docs"}))
	b, ok := c.Board("tickets")
	if !ok || c.Default != "tickets" || b.Forge != "https://forge.example.org" || len(b.Repositories) != 2 {
		t.Errorf("%+v", c)
	}
	if _, ok := parse(t, Sample("https://forge.example.org", []string{"infra/.github"})).Board("board"); !ok {
		t.Error("a repository with an odd name has no board")
	}
}

const full = `
default = "infra"
states = ["urgent", "needs review", "waiting on assignee", "closed"]
[names]
"urgent" = "Now"
[policy]
closed_for = "2w"
stale_after = { urgent = "12h", "waiting on external" = "never" }
[keys]
gain = "G"
pain = ["p", "ctrl+g p"]
browse = []
[theme]
base = "dark"
accent = "#00ff00"
gain = "12"
[labels]
"prio 1" = "gain:high"
[[views]]
name = "All"
[[templates]]
name = "ask"
text = "Hello {{.Author}}"
[boards.docs]
forge = "https://docs.example.org/team/docs"
[boards.infra]
forge = "https://forge.example.org"
repositories = ["a/b"]
title = "Infrastructure"
states = ["needs review", "urgent"]
[boards.infra.labels]
"prio 1" = ""
"later" = "state:next meeting"
[boards.infra.policy]
due_within = "1w"
[[boards.infra.views]]
name = "All"
query = "assignee:me"
sort = "due"
lanes = "gain"
[[boards.infra.recipes]]
name = "needs info"
key = "ctrl+r i"
gain = "none"
state = "waiting on reporter"
labels = ["+x", "-y z", "?z"]
template = "ask"
assign = ["me"]
`

func TestABoardHasItsOwnOnTopOfWhatHoldsForAll(t *testing.T) {
	c := parse(t, full)
	infra, _ := c.Board("infra")
	docs, _ := c.Board("docs")
	if names := c.Names(); !slices.Equal(names, []string{"docs", "infra"}) || c.Default != "infra" {
		t.Errorf("%v, %q", names, c.Default)
	}
	var heads []string
	for _, b := range []Board{c.General, infra} {
		for _, s := range b.Settings.Workflow.Steps {
			heads = append(heads, s.Name)
		}
	}
	if want := []string{"Now", "Needs review", "On assignee", "Closed", "Needs review", "Now"}; !slices.Equal(heads, want) {
		t.Errorf("%q", heads)
	}
	if docs.Settings.Title != "docs" || infra.Settings.Title != "Infrastructure" {
		t.Errorf("titles %q, %q", docs.Settings.Title, infra.Settings.Title)
	}
	week := 7 * 24 * time.Hour
	if docs.Policy.ClosedFor != 2*week || infra.Policy.ClosedFor != 0 || infra.Policy.DueWithin != week || docs.Policy.DueWithin == week {
		t.Errorf("%+v, %+v", docs.Policy, infra.Policy)
	}
	if want := map[model.State]time.Duration{model.Urgent: 12 * time.Hour, model.OnReporter: 2 * week}; !maps.Equal(infra.Policy.StaleAfter, want) {
		t.Errorf("%v", infra.Policy.StaleAfter)
	}
	if m, ok := docs.Settings.Workflow.Scheme.Read("Prio-1"); !ok || m.Value != "high" {
		t.Errorf("%v", m)
	}
	if _, ok := infra.Settings.Workflow.Scheme.Read("prio 1"); ok {
		t.Error("a meaning that was taken away is still there")
	}
	keys := infra.Settings.Keys
	if got := slices.Concat(keys.Keys(keymap.Gain), keys.Keys(keymap.Pain), keys.Keys(keymap.Browse)); !slices.Equal(got, []string{"G", "p", "ctrl+g p"}) {
		t.Errorf("%q", got)
	}
	if th := infra.Settings.Theme; th.Name != "dark" || th.Tokens["accent"] != "#00ff00" || th.Tokens["gain"] != "12" {
		t.Errorf("%+v", th)
	}
	views := append(model.DefaultViews(), model.View{Name: "All", Query: "assignee:me", Sort: "due", Lanes: "gain"})
	if diff := cmp.Diff(views, infra.Settings.Views); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(model.DefaultRecipes(), docs.Settings.Recipes); diff != "" || docs.Settings.Views[len(views)-1].Query != "" {
		t.Errorf("one board's lists are another's: %s, %+v", diff, docs.Settings.Views)
	}
	none := model.None
	want := append([]model.Recipe{{Name: "needs info", Key: "ctrl+r i", Gain: &none, State: model.OnReporter, Labels: []string{"x"}, Unlabel: []string{"y z"}, LabelsIfThere: []string{"z"}, Template: "ask", Assign: []string{"me"}}}, model.DefaultRecipes()[1:]...)
	if diff := cmp.Diff(want, infra.Settings.Recipes); diff != "" {
		t.Error(diff)
	}
}

// A view with the name of one that docket comes with takes its place, and may
// be sorted the other way around.
func TestAViewTakesThePlaceOfItsNamesake(t *testing.T) {
	c := parse(t, "[[views]]\nname='Due'\nquery='due:<1d'\nsort='-age'\nlanes='assignee'")
	views := model.DefaultViews()
	views[4] = model.View{Name: "Due", Query: "due:<1d", Sort: "-age", Lanes: "assignee"}
	if diff := cmp.Diff(views, c.General.Settings.Views); diff != "" {
		t.Error(diff)
	}
}

func TestAThemeIsAlsoJustAName(t *testing.T) {
	if c := parse(t, `theme = "light"`); c.General.Settings.Theme.Name != "light" {
		t.Errorf("%+v", c.General.Settings.Theme)
	}
}

func TestOfOneBoardTheDefaultNeedNotBeSaid(t *testing.T) {
	if c := parse(t, "[boards.x]\nforge='https://x/a/b'"); c.Default != "x" {
		t.Errorf("%q", c.Default)
	}
	if c := parse(t, "[boards.x]\nforge='https://x/a/b'\n[boards.y]\nforge='https://x/a/b'"); c.Default != "" {
		t.Errorf("%q", c.Default)
	}
}

const boardX = "[boards.x]\nforge = \"https://x/a/b\"\n"

// Mistakes, with the line and what is said about them.
var mistakes = map[string]struct{ text, want string }{
	"a misspelt key":               {"\n\ndefalt = 'x'", `line 3: there is no setting "defalt"; did you mean "default"?`},
	"one far from all":             {"xyzzy = 1", `line 1: there is no setting "xyzzy"; there are "boards", "default", "keys", "labels", "names", "policy", "recipes", "states", "templates", "theme" and "views"`},
	"one in a board":               {boardX + "repo = ['a/b']", `line 3: there is no setting "repo" in "boards.x"; `},
	"a misspelt table":             {"[polcy]\nclosed_for = '1d'", `line 1: there is no setting "polcy"; did you mean "policy"?`},
	"one in an inline table":       {"policy = {\n due_witin = '3d' }", `line 2: there is no setting "due_witin" in "policy"; did you mean "due_within"?`},
	"one in the second of a list":  {"[[views]]\nname='a'\n[[views]]\nname='b'\nqurey=''", `line 5: there is no setting "qurey" in "views"; did you mean "query"?`},
	"a number for text":            {"default = 7", `line 1: "default" is not as it should be; write text in quotes`},
	"text for a list":              {boardX + "repositories = 'a/b'", `line 3: "boards.x.repositories" is not as it should be; write a list, such as ["one", "two"]`},
	"a number in a list":           {"states = ['needs review',\n 7]", `line 2: "states" is not as it should be; write text in quotes`},
	"a table for a list of tables": {"[views]\nname = 'a'", `line 1: "views" is not as it should be; write a table in [[double brackets]] for each`},
	"text for a table":             {"keys = 'g'", `line 1: "keys" is not as it should be; write a table in [brackets]`},
	"no TOML":                      {"default = \"x\"\n=", `line 2: this is not TOML: `},
	"a key twice":                  {"default = 'x'\ndefault = 'y'", `line 2: this is not TOML: `},
	"another state":                {"states = [\n'needs review',\n'closd']", `line 3: there is no state "closd"; did you mean "closed"?`},
	"a state twice":                {"states = ['needs review', 'closed',\n'closed']", `line 2: "closed" is there twice; a state has one column`},
	"no place for new tickets":     {"\nstates = ['closed']", `line 2: "needs review" is missing; every new ticket is in this state: it needs a column`},
	"a name of no state":           {"[names]\nurgnt = 'x'", `line 2: there is no state "urgnt"; did you mean "urgent"?`},
	"an empty name":                {"[names]\nurgent = ' '", `line 2: the name of "urgent" is empty; leave it out to keep the usual one`},
	"a label of no field":          {"[labels]\nx = 'gian:high'", `line 2: a label can't mean "gian:high"; did you mean "gain"?`},
	"a label of no value":          {"[labels]\nx = 'gain:hihg'", `line 2: a label can't mean "gain:hihg"; did you mean "high"?`},
	"a label of a shown state":     {"[labels]\nx = 'state:in progress'", `line 2: a label can't mean "state:in progress"; there are `},
	"a label of nothing":           {"[labels]\nx = 'high'", `line 2: a label can't mean "high"; write it as "gain:high"`},
	"a span in words":              {"[policy]\nclosed_for = '7 days'", `line 2: "7 days" is no span of time; did you mean "7d"?`},
	"a span of nothing":            {"[policy.stale_after]\nurgent = 'soon'", `line 2: "soon" is no span of time; write hours, days or weeks, as "12h", "3d" or "2w"`},
	"a span for ever":              {"[policy]\ndue_within = '36500w'", `line 2: "36500w" is longer than a life`},
	"a negative span":              {"[policy]\ndue_within = '-3d'", `line 2: "-3d" is no span of time`},
	"a stale state":                {"[policy.stale_after]\nurgnt = '1d'", `line 2: there is no state "urgnt"; did you mean "urgent"?`},
	"no default":                   {"default = 'x'", `line 1: there is no board "x"; there are no boards yet: add one as [boards.x]`},
	"another default":              {"default = 'infar'\n[boards.infra]\nforge='https://x/a/b'", `line 1: there is no board "infar"; did you mean "infra"?`},
	"a board with an odd name":     {"[boards.'a b']\nforge='https://x/a/b'", `line 1: "a b" can't be the name of a board; `},
	"a board named as a command":   {"[boards.list]\nforge='https://x/a/b'", `line 1: "list" is a command of docket and can't be the name of a board; choose another name`},
	"a board without a forge":      {"[boards.x]\ntitle='x'", `line 1: board "x" has no forge; add forge = "https://forge.example.org"`},
	"a forge that is none":         {"[boards.x]\nforge='wrong'", `line 2: wrong is wrong`},
	"a repository that is none":    {boardX + "repositories = ['a/b',\n'wrong']", `line 4: wrong is wrong`},
	"no repository":                {"[boards.x]\nforge='https://x/'", `line 1: board "x" does not say which repository; add repositories = ["owner/name"]`},
	"two ways to name them":        {boardX + "repositories = ['c/d']", `line 2: the forge's address names "a/b", the repositories do not; add it to them, or shorten the address`},
	"a default that is a command":  {"default = 'list'", `line 1: there is no board "list"; there are no boards yet: add one as [boards.NAME]`},
	"two columns of a name":        {"\n[names]\nurgent = 'Fire'\n'next meeting' = 'fire'", `line 2: two columns are called "fire"; rename that of "next meeting" or that of "urgent"`},
	"a state twice in a policy":    {"[policy.stale_after]\n'on reporter' = '1d'\n'waiting on reporter' = '2d'", `line 3: "waiting on reporter" is there twice; leave one of them out`},
	"stale at once":                {"[policy.stale_after]\nurgent = '0d'", `line 2: "0d" would make every ticket stale at once; write "never", or at least "1h"`},
	"a theme":                      {"theme = 'drak'", `line 1: there is no theme "drak"; did you mean "dark"?`},
	"a theme's base":               {"[theme]\nbase = 'drak'", `line 2: there is no theme "drak"; did you mean "dark"?`},
	"a token of the theme":         {"[theme]\nacent = '#000000'", `line 2: there is no setting "acent" in "theme"; did you mean "accent"?`},
	"a colour":                     {"[theme]\naccent = 'red'", `line 2: "red" is no colour; `},
	"a theme of another kind":      {"theme = 7", `line 1: "theme" is neither a name nor a table; `},
	"an action":                    {"[keys]\ngian = 'g'", `line 2: keys of "gian": there is no such action; did you mean "gain"?`},
	"a key":                        {"[keys]\ngain = 'ctlr+g'", `line 2: keys of "gain": "ctlr+g": there is no such key; did you mean "ctrl+g"?`},
	"a key that is taken":          {"[keys]\ngain = ['g',\n'c']", `line 3: keys of "gain": "c": it already means "comment" on the board; give "gain" or "comment" another key`},
	"a key hiding a sequence":      {"[keys]\nbrowse = 'z b'\nsync = 'z'", `line 3: keys of "sync": "z": it would hide "z b", which means "browse" on the board`},
	"no way out":                   {"[keys]\ncancel = []", `line 2: keys of "cancel": it can't be without a key, or there would be no way out; name at least one key`},
	"a number for a key":           {"[keys]\ngain = 7", `line 2: the keys of "gain" are neither text nor a list; write gain = "g" or gain = ["g", "ctrl+g"]; [] takes all keys away`},
	"a number among keys":          {"[keys]\ngain = ['g',\n 7]", `line 3: a key of "gain" is no text; `},
	"a view without a name":        {"[[views]]\nquery='x'", `line 1: a view has no name; add name = "…"`},
	"two views of a name":          {"[[views]]\nname='x'\n[[views]]\nname='x'", `line 4: there are two views called "x"; rename one of them`},
	"a view's sort":                {"[[views]]\nname='x'\nsort='ag'", `line 3: there is no sort "ag"; did you mean "age"?`},
	"a view's lanes":               {"[[views]]\nname='x'\nlanes='gian'", `line 3: there is no lane "gian"; did you mean "gain"?`},
	"a view's query":               {"[[views]]\nname='x'\nquery='wrong'", `line 3: the query of view "x" is wrong: wrong is wrong`},
	"a template without a text":    {"[[templates]]\nname='x'", `line 1: template "x" has no text; `},
	"a template's text":            {"[[templates]]\nname='x'\ntext='wrong'", `line 3: the text of template "x" is wrong: wrong is wrong`},
	"a recipe for nothing":         {"[[recipes]]\nname='x'", `line 1: recipe "x" changes nothing; `},
	"a recipe's level":             {"[[recipes]]\nname='x'\ngain='hi'", `line 3: there is no level "hi"; `},
	"a recipe's state":             {"[[recipes]]\nname='x'\nstate='urgnt'", `line 3: there is no state "urgnt"; did you mean "urgent"?`},
	"a recipe's label":             {"[[recipes]]\nname='x'\nlabels=['+a',\n'b']", `line 4: is "b" to be added or taken off?; write "+b" or "-b"`},
	"a recipe's resolution":        {"[[recipes]]\nname='x'\nclose='don'\ncomment='y'", `line 3: there is no resolution "don"; did you mean "done"?`},
	"a recipe closing in silence":  {"[[recipes]]\nname='x'\nclose='done'", `line 3: recipe "x" closes without an explanation; add a comment or a template`},
	"a recipe's closed state":      {"[[recipes]]\nname='x'\nstate='closed'", `line 3: recipe "x" does not say how to close; `},
	"a recipe's comment":           {"[[recipes]]\nname='x'\ncomment='wrong'", `line 3: the comment of recipe "x" is wrong: wrong is wrong`},
	"a recipe's template":          {"[[templates]]\nname='ask'\ntext='x'\n[[recipes]]\nname='x'\ntemplate='aks'", `line 6: there is no template "aks"; did you mean "ask"?`},
	"a recipe with two texts":      {"[[templates]]\nname='ask'\ntext='x'\n[[recipes]]\nname='x'\ntemplate='ask'\ncomment='y'", `line 6: recipe "x" has a comment and a template; keep one of the two`},
	"a recipe's taken key":         {"[[recipes]]\nname='x'\ngain='low'\nkey='g'", `line 4: the key "g" of recipe "x" already means "gain"; choose another key, or give "gain" another one in [keys]`},
	"a recipe's hidden key":        {"[[recipes]]\nname='x'\ngain='low'\nkey='g x'", `line 4: the key "g x" of recipe "x" already means "gain"`},
	"a recipe that hides keys":     {"[keys]\nbrowse='z b'\n[[recipes]]\nname='x'\ngain='low'\nkey='z'", `line 6: the key "z" of recipe "x" is the beginning of others; choose another key`},
	"two recipes of a key":         {"[[recipes]]\nname='x'\ngain='low'\nkey='z'\n[[recipes]]\nname='y'\ngain='low'\nkey='z z'", `line 8: the key "z z" of recipe "y" is also that of "x"`},
	"a recipe's key":               {"[[recipes]]\nname='x'\ngain='low'\nkey='ctlr+z'", `line 4: the key of recipe "x" is wrong: `},
	"a token":                      {"\ntoken = 'x'", `line 2: "token" does not belong into a file that is read, shown and shared; ` + loginHint},
	"a token in a board":           {boardX + "api_key = 'x'", `line 3: "api_key" does not belong`},
}

func TestMistakesAreToldWithTheirLine(t *testing.T) {
	wrong := func(s string) error {
		if s == "wrong" {
			return errors.New("wrong is wrong")
		}
		return nil
	}
	forge := func(s string, _ bool) (string, error) {
		_, repo, _ := strings.Cut(s, "://x/")
		return repo, wrong(s)
	}
	query := func(s string, _ []model.Step) error { return wrong(s) }
	rules := Rules{Forge: forge, Repo: wrong, Query: query, Text: wrong, Reserved: []string{"list"}, Demo: "demo"}
	for name, m := range mistakes {
		t.Run(name, func(t *testing.T) {
			c, err := Parse([]byte(m.text), rules)
			told, ok := errors.AsType[Problems](err)
			if !ok || c != nil {
				t.Fatalf("%v", err)
			}
			if len(told) != 1 || !strings.HasPrefix(told[0].Error(), m.want) {
				t.Errorf("%q\ninstead of\n%q", told, m.want)
			}
		})
	}
}

// All mistakes are told at once, each once, from the top to the bottom.
func TestAllMistakesAreToldInOrder(t *testing.T) {
	_, err := Parse([]byte("defalt = 'x'\nstates = ['urgnt', 'needs review']\n[keys]\ngian = 'x'\n[boards.x]\nforge = 7\n"), Rules{})
	told, _ := errors.AsType[Problems](err)
	var lines []int
	for _, p := range told {
		lines = append(lines, p.Line)
	}
	if !slices.IsSorted(lines) || lines[0] != 1 || lines[len(lines)-1] != 6 {
		t.Errorf("%q", told)
	}
	if want := told[0].Error() + " (and "; !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%v", err)
	}
}

// A value of another kind hides no other mistake, and makes none.
func TestAMistakeHidesNoOther(t *testing.T) {
	_, err := Parse([]byte(`
[policy]
stale_after = "2w"
due_within = "1y"
closed_for = "x"
[keys]
gian = "x"
[boards.x]
forge = 7
repositories = ["a/b", 7]
[[boards.x.views]]
name = 7
[[boards.x.views]]
name = "x"
sort = "ag"
`), Rules{})
	told, _ := errors.AsType[Problems](err)
	var lines []int
	for _, p := range told {
		lines = append(lines, p.Line)
	}
	if want := []int{3, 4, 5, 7, 9, 10, 12, 15}; !slices.Equal(lines, want) {
		t.Errorf("%v, not %v: %q", lines, want, told)
	}
	_, err = Parse([]byte("defalt = 'x'\n= 7"), Rules{})
	if told, _ := errors.AsType[Problems](err); len(told) != 2 {
		t.Errorf("%v", told)
	}
}

// States go by the names that a query takes, and the demo may be the default.
func TestStatesGoByAnyOfTheirNames(t *testing.T) {
	c, err := Parse([]byte("default = 'demo'\nstates = ['needs-review', 'Urgent', 'on reporter']\n[names]\nurgent = 'Fire'\n[policy.stale_after]\nfire = '1h'\n'on reporter' = '2w'"), Rules{Demo: "demo"})
	if err != nil {
		t.Fatal(err)
	}
	stale := c.General.Policy.StaleAfter
	if stale[model.Urgent] != time.Hour || stale[model.OnReporter] != 14*24*time.Hour || c.Default != "demo" {
		t.Errorf("%v, %q", stale, c.Default)
	}
}

func TestATokenIsNeverRepeated(t *testing.T) {
	const secret = "0123456789abcdef0123456789ABCDEF01234567"
	for _, text := range []string{
		"token = 'SECRET'", "default = 'SECRET'", "SECRET = 1", "[boards.SECRET]\nforge='https://x/a/b'", "[keys]\nSECRET = 'x'",
		"[keys]\ngain = 'SECRET'", "theme = 'SECRET'", "[labels]\nx = 'SECRET'", "x = SECRET", "[boards.x]\nforge = 'https://SECRET@x/a/b'",
		"SECRET = 1\nSECRET = 2", "[policy]\nclosed_for = 'SECRET'", "[[recipes]]\nname = 'SECRET'", "[theme]\naccent = 'SECRET'",
	} {
		_, err := Parse([]byte(strings.ReplaceAll(text, "SECRET", secret)), Rules{})
		told, _ := errors.AsType[Problems](err)
		if len(told) == 0 {
			t.Errorf("%s is taken", text)
		}
		for _, p := range told {
			if strings.Contains(strings.ToLower(p.Error()), secret[:20]) {
				t.Errorf("%s: %v", text, p)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(full)
	f.Add(uncommented(Sample("", nil)))
	for _, m := range mistakes {
		f.Add(m.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Parse([]byte(text), Rules{})
		if err == nil {
			if c.General.Settings.Workflow.Index(model.NeedsReview) < 0 {
				t.Error("new tickets have no column")
			}
			if quit := c.General.Settings.Keys.Keys(keymap.Quit); len(quit) == 0 {
				t.Error("there is no way out")
			}
			return
		}
		told, ok := errors.AsType[Problems](err)
		if !ok || len(told) == 0 || c != nil {
			t.Fatalf("%v", err)
		}
		for _, p := range told {
			if p.Line < 1 || p.Line > 1+strings.Count(text, "\n") || p.What == "" {
				t.Errorf("%+v", p)
			}
			if strings.ContainsFunc(p.Error(), func(r rune) bool { return r < ' ' || r == 0x7f || r == 0x202e }) {
				t.Errorf("%q", p.Error())
			}
		}
	})
}

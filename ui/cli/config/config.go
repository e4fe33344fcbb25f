package config

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"docket/keymap"
	"docket/model"
	"docket/ui"
)

// Config is what a file comes to.
type Config struct {
	Default string  // the board to open when nobody says which; empty: none
	Boards  []Board // by name
	General Board   // what holds for a board that is named by flags or environment alone
}

// Board is one board with everything that holds for it.
type Board struct {
	Name         string
	Forge        string   // its address as it was written; it may name the repository
	Repositories []string // as they were written
	Settings     ui.Settings
	Policy       model.Policy
}

// Rules are what others know about the values of a file. A nil one takes
// everything.
type Rules struct {
	// Forge says what is wrong with an address, or which repository it names;
	// with bare it names one only where that is plain.
	Forge    func(address string, bare bool) (repo string, err error)
	Repo     func(name string) error                        // with a repository's name
	Query    func(query string, columns []model.Step) error // with a query about a board of such columns
	Text     func(text string) error                        // with a template's text
	Reserved []string                                       // names that no board can have
	Demo     string                                         // a board that is there without being configured
}

// None is the configuration of somebody who has no file.
func None() *Config {
	return &Config{General: Board{Settings: ui.DefaultSettings(), Policy: model.DefaultPolicy()}}
}

// Board returns the board of that name.
func (c *Config) Board(name string) (Board, bool) {
	for _, b := range c.Boards {
		if b.Name == name {
			return b, true
		}
	}
	return Board{}, false
}

// Names returns the names of the boards, sorted.
func (c *Config) Names() []string {
	names := make([]string, len(c.Boards))
	for i, b := range c.Boards {
		names[i] = b.Name
	}
	return names
}

// Parse reads a file. The error is Problems: then nothing of it is taken.
func Parse(text []byte, rules Rules) (*Config, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // as some editors begin a file
	r := &reader{Config: None(), rules: rules, places: find(text)}
	var f file
	r.strange = r.shape(&r.problems)
	if err := r.decode(text, &f); err != nil {
		return nil, r.problems.sorted()
	}
	r.keys(f.Keys)
	r.theme(f.Theme)
	r.layer(&r.General, f.layer)
	for _, name := range slices.Sorted(maps.Keys(f.Boards)) {
		r.board(name, f)
	}
	r.General.hideClosed()
	for i := range r.Boards {
		r.Boards[i].hideClosed()
	}
	r.strangeRecipes()
	r.standard(f.Default)
	if err := r.problems.sorted(); err != nil {
		return nil, err
	}
	return r.Config, nil
}

// reader is a Config in the making, with the problems found so far.
type reader struct {
	*Config
	*places
	rules    Rules
	own      map[keymap.ID][]string // the person's keys, by action
	recipeOf map[keymap.ID]bool     // the actions of all boards' recipes
	problems Problems

	strange [][]string // what is left out, for the file has no use for it, or another kind of value is wanted
}

// wrong notes a mistake, unless it is of what something was left out of: then it
// may come of that.
func (r *reader) wrong(what, hint string, path ...string) {
	around := func(left []string) bool {
		return 0 < len(path) && len(path) <= len(left) && slices.Equal(path, left[:len(path)])
	}
	if slices.ContainsFunc(r.strange, around) {
		return
	}
	r.problems.add(r.line(path...), what, hint)
}

// standard takes the board to open when nobody says which; of one board it need
// not be said.
func (r *reader) standard(name string) {
	if name == "" && len(r.Boards) == 1 {
		name = r.Boards[0].Name
	}
	if _, ok := r.Board(name); name != "" && name != r.rules.Demo && !ok {
		hint := meant(name, r.Names())
		if len(r.Boards) == 0 {
			hint = "there are no boards yet: add one as [boards." + r.bare(name) + "]"
		}
		r.wrong("there is no board "+quote(name), hint, "default")
	}
	r.Default = name
}

// bare is a name as a key of TOML, if a board can have it.
func (r *reader) bare(name string) string {
	if isBoardName(name) && !slices.Contains(r.rules.Reserved, name) && !token.MatchString(name) {
		return name
	}
	return "NAME"
}

// board takes one board: what holds for all, and its own on top.
func (r *reader) board(name string, f file) {
	own, at := f.Boards[name], []string{"boards", name}
	b := r.General.clone()
	b.Name, b.Forge, b.Repositories = name, own.Forge, own.Repositories
	b.Settings.Title = model.NewLine(own.Title).String()
	if b.Settings.Title == "" {
		b.Settings.Title = name
	}
	switch {
	case !isBoardName(name):
		r.wrong(quote(name)+" can't be the name of a board", "use letters, digits, - and _, and begin with a letter or a digit", at...)
	case slices.Contains(r.rules.Reserved, name):
		r.wrong(quote(name)+" is a command of docket and can't be the name of a board", "choose another name", at...)
	}
	r.forge(name, own, at)
	for i, repo := range own.Repositories {
		if err := ask(r.rules.Repo, repo); err != nil {
			r.wrong(err.Error(), "", append(at, "repositories", element(i))...)
		}
	}
	r.layer(&b, own.layer, at...)
	r.Boards = append(r.Boards, b)
}

// forge checks the address of a board's forge, and that it is said which
// repositories of it are meant.
func (r *reader) forge(name string, own board, at []string) {
	if own.Forge == "" {
		r.wrong("board "+quote(name)+" has no forge", `add forge = "https://forge.example.org"`, at...)
		return
	}
	if r.rules.Forge == nil {
		return
	}
	repo, err := r.rules.Forge(own.Forge, len(own.Repositories) > 0)
	among := slices.ContainsFunc(own.Repositories, func(s string) bool { return strings.EqualFold(s, repo) })
	switch {
	case err != nil:
		r.wrong(err.Error(), "", within(at, "forge")...)
	case repo == "" && len(own.Repositories) == 0:
		r.wrong("board "+quote(name)+" does not say which repository", `add repositories = ["owner/name"]`, at...)
	case repo != "" && len(own.Repositories) > 0 && !among:
		r.wrong("the forge's address names "+quote(repo)+", the repositories do not", "add it to them, or shorten the address", within(at, "forge")...)
	}
}

// isBoardName reports whether a board can be called so: what is easy to type
// and can be no flag.
func isBoardName(name string) bool {
	const most = 40
	if name == "" || len(name) > most || strings.HasPrefix(name, "-") || strings.HasPrefix(name, "_") {
		return false
	}
	return !strings.ContainsFunc(name, func(c rune) bool {
		return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_')
	})
}

func ask(rule func(string) error, value string) error {
	if rule == nil {
		return nil
	}
	return rule(value)
}

// hideClosed shows no closed tickets where they have no column.
func (b *Board) hideClosed() {
	if b.Settings.Workflow.Index(model.Closed) < 0 {
		b.Policy.ClosedFor = 0
	}
}

// clone returns a board that shares nothing that layer changes.
func (b Board) clone() Board {
	b.Policy.StaleAfter = maps.Clone(b.Policy.StaleAfter)
	b.Settings.Workflow.Steps = slices.Clone(b.Settings.Workflow.Steps)
	b.Settings.Workflow.Scheme.Own = maps.Clone(b.Settings.Workflow.Scheme.Own)
	b.Settings.Views = slices.Clone(b.Settings.Views)
	b.Settings.Templates = slices.Clone(b.Settings.Templates)
	b.Settings.Recipes = slices.Clone(b.Settings.Recipes)
	return b
}

// quiet makes a text of the file fit for a message that quotes it already.
func quiet(s string) string { return token.ReplaceAllString(model.NewLine(s).String(), "…") }

package config

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

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
	Forge    func(address string) error // says what is wrong with an address
	Repo     func(name string) error    // with a repository's name
	Query    func(query string) error   // with a query
	Text     func(text string) error    // with a template's text
	Reserved []string                   // names that no board can have
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
	r.shape(&r.problems)
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
}

func (r *reader) wrong(what, hint string, path ...string) {
	r.problems.add(r.line(path...), what, hint)
}

// decode fills the file's shape. The error tells that there is nothing more to
// look at; that a key is unknown is told by shape already.
func (r *reader) decode(text []byte, f *file) error {
	d := toml.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	err := d.Decode(f)
	if err == nil {
		return nil
	}
	if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok {
		if len(r.problems) == 0 {
			for _, e := range strict.Errors {
				line, _ := e.Position()
				r.problems.add(line, "there is no setting "+quote(strings.Join(e.Key(), ".")), "")
			}
		}
		return nil
	}
	if len(r.problems) == 0 {
		line := 1
		if at, ok := errors.AsType[*toml.DecodeError](err); ok {
			line, _ = at.Position()
		}
		what := token.ReplaceAllString(model.NewLine(strings.TrimPrefix(err.Error(), "toml: ")).String(), "…")
		r.problems.add(line, "this is not TOML: "+what, "see https://toml.io for how it is written")
	}
	return err
}

// standard takes the board to open when nobody says which; of one board it need
// not be said.
func (r *reader) standard(name string) {
	if name == "" && len(r.Boards) == 1 {
		name = r.Boards[0].Name
	}
	if _, ok := r.Board(name); name != "" && !ok {
		hint := "there are no boards yet: add one as [boards." + bare(name) + "]"
		if len(r.Boards) > 0 {
			hint = meant(name, r.Names())
		}
		r.wrong("there is no board "+quote(name), hint, "default")
	}
	r.Default = name
}

// bare is a name as a key of TOML.
func bare(name string) string {
	if isBoardName(name) && !token.MatchString(name) {
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
	if own.Forge == "" {
		r.wrong("board "+quote(name)+" has no forge", `add forge = "https://forge.example.org"`, at...)
	} else if err := ask(r.rules.Forge, own.Forge); err != nil {
		r.wrong(err.Error(), "", append(at, "forge")...)
	}
	for i, repo := range own.Repositories {
		if err := ask(r.rules.Repo, repo); err != nil {
			r.wrong(err.Error(), "", append(at, "repositories", element(i))...)
		}
	}
	r.layer(&b, own.layer, at...)
	r.Boards = append(r.Boards, b)
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

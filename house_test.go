package main_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A room is a package of Docket, and what it may import of Docket's others.
type room struct {
	ours      []string // of Docket's own packages
	testsToo  []string // what its tests may import besides
	standard  bool     // of others' packages, only the standard library …
	exception string   // … and what lies below this one
	pure      bool     // no clock, no I/O, no goroutine
	why       string   // the rule, for the person who has broken it
}

// house says who may import whom. A new package needs a line here.
var house = map[string]room{
	"docket": {
		ours:     []string{"docket/ui/cli"},
		testsToo: []string{"docket/forge", "docket/forge/demo", "docket/forge/forgetest", "docket/forge/gitea", "docket/forge/store", "docket/keymap", "docket/model", "docket/model/query", "docket/ui", "docket/ui/uitest"},
		why:      "main.go is only the doorway",
	},
	"docket/model": {
		standard: true, exception: "golang.org/x/text", pure: true,
		why: "the domain depends on nothing but the standard library and golang.org/x/text",
	},
	"docket/model/query": {
		ours: []string{"docket/model"}, standard: true, exception: "golang.org/x/text", pure: true,
		why: "a query knows the domain and nothing else; stores and screens know it",
	},
	"docket/keymap": {
		standard: true, pure: true,
		why: "keys and actions depend on nothing but the standard library",
	},
	"docket/forge": {
		ours:     []string{"docket/model", "docket/model/query"},
		testsToo: []string{"docket/forge/demo", "docket/forge/forgetest", "docket/forge/gitea", "docket/forge/store"},
		why:      "the Desk knows the domain and its own ports, never who stands behind them",
	},
	"docket/forge/gitea": {
		ours:     []string{"docket/forge", "docket/model"},
		testsToo: []string{"docket/forge/demo", "docket/forge/forgetest"},
		why:      "an adapter knows its port and the domain",
	},
	"docket/forge/store": {
		ours: []string{"docket/forge", "docket/model", "docket/model/query"},
		why:  "an adapter knows its port and the domain",
	},
	"docket/forge/demo": {
		why: "the embedded forge speaks HTTP, so that it can't know more than a real one",
	},
	"docket/forge/forgetest": {
		ours: []string{"docket/forge", "docket/forge/demo", "docket/forge/gitea", "docket/forge/store", "docket/model"},
		why:  "a bench for forges has no business on the screen",
	},
	"docket/ui": {
		ours:     []string{"docket/keymap", "docket/model", "docket/model/query"},
		testsToo: []string{"docket/ui/uitest"},
		why:      "the board declares the Desk that it needs and never sees a forge",
	},
	"docket/ui/cli": {
		ours:     []string{"docket/forge", "docket/forge/demo", "docket/forge/gitea", "docket/forge/store", "docket/keymap", "docket/model", "docket/model/query", "docket/ui", "docket/ui/cli/config"},
		testsToo: []string{"docket/forge/forgetest", "docket/ui/uitest"},
		why:      "the command line wires the rooms together, without what is made for tests",
	},
	"docket/ui/cli/config": {
		ours: []string{"docket/keymap", "docket/model", "docket/ui"},
		why:  "a configuration is values: it opens no board and reads no file",
	},
	"docket/ui/uitest": {
		why: "a terminal to test in knows nothing of what it shows",
	},
}

// world is the part of the standard library that a pure room stays away from:
// the system, the network, other goroutines. (That it does not ask for the time
// is the linters' to keep.)
var world = []string{"context", "database", "io", "log", "net", "os", "plugin", "runtime", "sync", "syscall"}

const sdk = "code.gitea.io/sdk/gitea"

func TestWhoMayImportWhom(t *testing.T) {
	for _, f := range sources(t) {
		here := path.Join("docket", path.Dir(f.name))
		rules, known := house[here]
		if !known {
			t.Errorf("%s: package %s has no line in house: who may it import?", f.name, here)
			continue
		}
		for _, spec := range f.tree.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if broken := rules.forbids(here, name, f.isTest()); broken != "" {
				t.Errorf("%s:%d imports %s: %s", f.name, f.line(spec.Pos()), name, broken)
			}
		}
	}
}

// forbids names the rule that the import breaks, or returns nothing.
func (r room) forbids(here, name string, inTest bool) string {
	first, _, _ := strings.Cut(name, "/")
	switch {
	case name == here: // a test beside its package
		return ""
	case first == "docket":
		if slices.Contains(r.ours, name) || inTest && slices.Contains(r.testsToo, name) {
			return ""
		}
		return r.why
	case below(name, sdk) && here != "docket/forge/gitea":
		return "only docket/forge/gitea speaks to the SDK"
	case r.pure && !inTest && slices.Contains(world, first):
		return "the domain has no clock, no I/O and no goroutine"
	case !strings.Contains(first, "."), !r.standard, inTest:
		return ""
	case r.exception != "" && below(name, r.exception):
		return ""
	}
	return r.why
}

// lipgloss/compat asks the terminal for its colours when it is imported, before
// main has begun: it hangs where nobody answers, and its question ends up in
// what a script reads.
func TestNobodyAsksTheTerminalWhenImported(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-test", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	all := strings.Fields(string(out))
	if !slices.Contains(all, "charm.land/lipgloss/v2") {
		t.Fatalf("go list -deps shows no lipgloss among %d packages: does this test still look at the program?", len(all))
	}
	for _, name := range all {
		if strings.Contains(name, "lipgloss") && path.Base(name) == "compat" {
			t.Errorf("%s is among the program's packages; it probes the terminal when imported (go mod why tells who needs it)", name)
		}
	}
}

const (
	longestFile     = 350
	longestFunction = 70
)

// House rule: files of 100 to 300 lines, functions under 60. The test leaves
// some room above, for what reads better in one piece.
func TestNothingOutgrowsItsRoom(t *testing.T) {
	for _, f := range sources(t) {
		if f.isTest() {
			continue
		}
		if n := f.line(f.tree.FileEnd); n > longestFile {
			t.Errorf("%s has %d lines, more than %d: split it by what it means", f.name, n, longestFile)
		}
		for _, decl := range f.tree.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := f.line(fn.End()) - f.line(fn.Pos()) + 1; n > longestFunction {
				t.Errorf("%s:%d: %s has %d lines, more than %d", f.name, f.line(fn.Pos()), fn.Name.Name, n, longestFunction)
			}
		}
	}
}

// drawn is the top level as the project's owner drew it, and what a repository
// needs anyway. The tests of main.go lie beside it, as Go wants it.
var drawn = []string{
	"main.go", "*_test.go", "testdata", "ui", "model", "forge", "keymap", "go.mod", "go.sum", "README.md",
	"LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", ".ci", ".golangci.yml", ".gitignore", ".git",
}

func TestTheTopLevelIsAsTheOwnerDrewIt(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	ignored, err := os.ReadFile(".gitignore")
	if err != nil {
		t.Fatal(err)
	}
	allowed := slices.Clone(drawn)
	for line := range strings.Lines(string(ignored)) {
		allowed = append(allowed, strings.Trim(line, "/\n"))
	}
	for _, entry := range entries {
		fits := func(pattern string) bool {
			ok, err := path.Match(pattern, entry.Name())
			return ok && err == nil
		}
		if !slices.ContainsFunc(allowed, fits) {
			t.Errorf("%s lies at the top level, which has only %s; does it belong into a room, or into .gitignore?",
				entry.Name(), strings.Join(drawn, ", "))
		}
	}
}

// A source is a Go file of Docket, whatever system or build tag it is for.
type source struct {
	name string // from the top, with slashes
	tree *ast.File
	set  *token.FileSet
}

func (s source) isTest() bool           { return strings.HasSuffix(s.name, "_test.go") }
func (s source) line(pos token.Pos) int { return s.set.PositionFor(pos, false).Line }

// sources parses every Go file, and fails when a room of the house has none.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	empty := maps.Clone(house)
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || len(d.Name()) > 1 && d.Name()[0] == '.') {
			return fs.SkipDir
		}
		if filepath.Ext(name) != ".go" {
			return nil
		}
		s := source{name: filepath.ToSlash(name), set: token.NewFileSet()}
		if s.tree, err = parser.ParseFile(s.set, name, nil, parser.ParseComments); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		delete(empty, path.Join("docket", path.Dir(s.name)))
		all = append(all, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range empty {
		t.Errorf("house has a line for %s, where no Go file is", name)
	}
	return all
}

func below(name, root string) bool { return name == root || strings.HasPrefix(name, root+"/") }

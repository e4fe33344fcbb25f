package config

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

// The README's example is one that works, and its table leaves nothing out.
func TestTheReadmeIsRightAboutTheFile(t *testing.T) {
	readme, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "## Configuration\n")
	section, _, found := strings.Cut(rest, "\n## ")
	_, rest, fenced := strings.Cut(section, "```toml\n")
	example, _, closed := strings.Cut(rest, "```")
	if !found || !fenced || !closed {
		t.Fatal("the README has no configuration")
	}
	if c := parse(t, example); len(c.Boards) != 2 || c.Default != "infra" {
		t.Errorf("%+v", c)
	}
	for _, of := range []reflect.Type{
		reflect.TypeFor[file](), reflect.TypeFor[board](), reflect.TypeFor[policy](),
		reflect.TypeFor[view](), reflect.TypeFor[template](), reflect.TypeFor[recipe](),
	} {
		for name := range fields(of) {
			if !strings.Contains(section, name+"`") && !strings.Contains(section, name+"]]`") && name != "boards" && name != "policy" {
				t.Errorf("the README does not tell of %q", name)
			}
		}
	}
}

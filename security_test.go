package main_test

import (
	"go/ast"
	"os"
	"regexp"
	"strings"
	"testing"
)

// A promise in SECURITY.md is worth as much as the tests that it names.
func TestSecurityPromisesNameTestsThatExist(t *testing.T) {
	there := map[string]bool{}
	for _, f := range sources(t) {
		for _, decl := range f.tree.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && f.isTest() {
				there[fn.Name.Name] = true
			}
		}
	}
	text, err := os.ReadFile("SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`((?:Test|Fuzz)\\w+)`")
	promises := 0
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| Promise ") {
			continue
		}
		promises++
		tests := named.FindAllStringSubmatch(line, -1)
		if len(tests) == 0 {
			t.Errorf("no test keeps this: %s", line)
		}
		for _, test := range tests {
			if !there[test[1]] {
				t.Errorf("there is no %s, which keeps this: %s", test[1], line)
			}
		}
		for _, script := range regexp.MustCompile("`(\\w+\\.txt)`").FindAllStringSubmatch(line, -1) {
			if _, err := os.Stat("ui/cli/testdata/script/" + script[1]); err != nil {
				t.Errorf("%v, which keeps this: %s", err, line)
			}
		}
	}
	if promises < 10 {
		t.Errorf("only %d promises: does this test still read the page?", promises)
	}
}

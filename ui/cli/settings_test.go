package cli

import (
	"errors"
	"slices"
	"testing"

	"docket/ui/cli/config"
)

func TestWhichBoard(t *testing.T) {
	for name, c := range map[string]struct {
		flag     string
		flags    []string
		env      map[string]string
		forge    string
		repos    []string
		question string
	}{
		"nobody says":          {question: "which board?"},
		"a repository only":    {flags: []string{"a/b"}, question: "which forge?"},
		"in the environment":   {env: map[string]string{repoVariable: "a/b"}, question: "which forge?"},
		"a forge only":         {flag: "https://x", question: "which repository of x?"},
		"no repository's name": {flag: "https://x", flags: []string{"b"}, question: `"b" is not a repository`},
		"a climbing name":      {flag: "https://x", flags: []string{"a/.."}, question: `"a/.." is not a repository`},
		"a hostile name":       {flag: "https://x", flags: []string{"a/b\x1b[1m"}, question: `"a/b[1m" is not a repository`},
		"flags":                {flag: "https://x", flags: []string{"a/b"}, forge: "https://x", repos: []string{"a/b"}},
		"one address": {
			flag: "https://x/a/b", forge: "https://x", repos: []string{"a/b"}},
		"several, in every way": {
			flag: "https://x", flags: []string{"a/b,a/c", "d/e A/B"}, forge: "https://x", repos: []string{"a/b", "a/c", "d/e"}},
		"the environment": {
			env:   map[string]string{forgeVariable: " https://x\n", repoVariable: "a/b\nc/d"},
			forge: "https://x", repos: []string{"a/b", "c/d"}},
		"one address in the environment": {
			env: map[string]string{forgeVariable: "https://x/a/b/issues"}, forge: "https://x", repos: []string{"a/b"}},
		"a flag's address wins": {
			flag: "https://x/a/b", env: map[string]string{forgeVariable: "https://y", repoVariable: "c/d"},
			forge: "https://x", repos: []string{"a/b"}},
		"a flag's forge with the environment's repository": {
			flag: "https://x", env: map[string]string{repoVariable: "c/d"}, forge: "https://x", repos: []string{"c/d"}},
		"a forge below a path, in the environment": {
			env:   map[string]string{forgeVariable: "https://x/tools/git", repoVariable: "c/d"},
			forge: "https://x/tools/git", repos: []string{"c/d"}},
		"a flag's repository wins over the address": {
			flags: []string{"c/d"}, env: map[string]string{forgeVariable: "https://x/a/b/issues"},
			forge: "https://x", repos: []string{"c/d"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := &program{env: environment{func(name string) string { return c.env[name] }}, config: config.None()}
			p.flags.forge, p.flags.repos = c.flag, c.flags
			at, err := p.where("")
			if c.question != "" {
				if wrong, ok := errors.AsType[*usage](err); !ok || wrong.what != c.question {
					t.Fatalf("%v instead of %q", err, c.question)
				}
				return
			}
			if err != nil || at.forge.String() != c.forge || !slices.Equal(at.repos, c.repos) {
				t.Errorf("%s %v (%v) instead of %s %v", at.forge.String(), at.repos, err, c.forge, c.repos)
			}
		})
	}
}

func TestATokenIsRefusedHoweverItIsWritten(t *testing.T) {
	for _, args := range [][]string{
		{"--token", "x"}, {"--token=x"}, {"-token", "x"}, {"-token=x"}, {"list", "--token"}, {"--forge", "y", "--token=x"},
	} {
		if refuseToken(args) == nil {
			t.Errorf("%q is taken", args)
		}
	}
	for _, args := range [][]string{nil, {"list", "token"}, {"--tokens"}, {"--", "--token"}} {
		if err := refuseToken(args); err != nil {
			t.Errorf("%q: %v", args, err)
		}
	}
}

package cli

import (
	"errors"
	"strings"
	"testing"
)

func TestAnAddressIsReadAsBrowsersShowIt(t *testing.T) {
	for _, c := range []struct{ raw, forge, repo string }{
		{"https://forge.example.org", "https://forge.example.org", ""},
		{" HTTPS://Forge.Example.org/ ", "https://forge.example.org", ""},
		{"https://forge.example.org:443/", "https://forge.example.org", ""},
		{"https://forge.example.org:8443", "https://forge.example.org:8443", ""},
		{"http://127.0.0.1:3000", "http://127.0.0.1:3000", ""},
		{"http://[::1]:80/", "http://[::1]", ""},
		{"http://localhost:3000/infra/tickets", "http://localhost:3000", "infra/tickets"},
		{"https://forge.example.org/infra", "https://forge.example.org/infra", ""},
		{"https://forge.example.org/infra/tickets.git", "https://forge.example.org", "infra/tickets"},
		{"https://forge.example.org/infra/tickets/issues/12#comment-3", "https://forge.example.org", "infra/tickets"},
		{"https://forge.example.org/infra/tickets/src/branch/main/issues", "https://forge.example.org", "infra/tickets"},
		{"https://forge.example.org/infra/issues/issues?q=a&state=open", "https://forge.example.org", "infra/issues"},
		{"https://example.org/git/infra/tickets/issues", "https://example.org/git", "infra/tickets"},
	} {
		at, repo, err := readAddress(c.raw, false, false)
		if err != nil || at.String() != c.forge || repo != c.repo {
			t.Errorf("%s is read as %s and %q (%v), instead of %s and %q", c.raw, at.String(), repo, err, c.forge, c.repo)
		}
	}
}

func TestWithARepositoryBesideItThePathIsTheForges(t *testing.T) {
	for raw, forge := range map[string]string{
		"https://example.org/tools/git/":               "https://example.org/tools/git",
		"https://example.org/tools/git/owner/x/issues": "https://example.org/tools/git",
	} {
		if at, _, err := readAddress(raw, true, false); err != nil || at.String() != forge {
			t.Errorf("%s is read as %s (%v) instead of %s", raw, at.String(), err, forge)
		}
	}
}

func TestAddressesThatCanNotBe(t *testing.T) {
	for raw, word := range map[string]string{
		"":                              "is not a forge's address",
		"forge.example.org":             "is not a forge's address",
		"localhost:3000":                "is not a forge's address",
		"ssh://git@forge.example.org":   "name or a password",
		"ftp://forge.example.org":       "is not a forge's address",
		"https://":                      "is not a forge's address",
		"https://:3000":                 "is not a forge's address",
		"https://a b":                   "is not a forge's address",
		"https://anna:pw@example.org":   "name or a password",
		"http://forge.example.org":      "readable for others",
		"http://127.0.0.1.example.org/": "readable for others",
		"http://10.0.0.1":               "readable for others",
	} {
		_, _, err := readAddress(raw, false, false)
		wrong, ok := errors.AsType[*usage](err)
		if !ok || !strings.Contains(wrong.what, word) {
			t.Errorf("%q: %v, which should say: %s", raw, err, word)
		}
	}
}

func FuzzAddress(f *testing.F) {
	for _, s := range []string{"https://forge.example.org/a/b/issues", "http://[::1]:3000", "https://x/%2f/%00/\x1b[1m", "https://u:secret@x"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, raw string, bare bool) {
		at, _, err := readAddress(raw, bare, false)
		if err != nil {
			if text := err.Error(); text != quiet(text) {
				t.Errorf("the message is not clean: %q", text)
			}
			return
		}
		again, _, err := readAddress(at.String(), true, false)
		if err != nil || again.String() != at.String() {
			t.Errorf("%q becomes %q and then %q (%v)", raw, at.String(), again.String(), err)
		}
		name := fileName(at)
		if strings.ContainsAny(name, "/\\:%") || strings.HasPrefix(name, ".") || name != quiet(name) || len(name) > 80 {
			t.Errorf("%q is kept in %q", raw, name)
		}
	})
}

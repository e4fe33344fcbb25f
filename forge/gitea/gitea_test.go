package gitea_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"docket/forge"
	"docket/forge/gitea"
	"docket/model"
)

func TestAnAddressIsTakenAsAPersonWouldCopyIt(t *testing.T) {
	for _, address := range []string{
		"https://forge.example.org", "https://forge.example.org/", " https://forge.example.org/api/v1/ ",
		"http://127.0.0.1:3000", "https://example.org/git/", "http://[::1]:3000",
	} {
		f, err := gitea.New(gitea.Options{URL: address})
		if err != nil {
			t.Errorf("%q: %v", address, err)
		} else if shown := f.String(); strings.Contains(shown, "/api") || strings.HasSuffix(shown, "/}") {
			t.Errorf("%q became %s", address, shown)
		}
	}
}

func TestANonsensicalAddressIsBadInput(t *testing.T) {
	for _, address := range []string{
		"", "forge.example.org", "ftp://forge.example.org", "https://", "https:forge", "://", "http://a b/", "https://%zz",
		"https://" + secret + "@forge.example.org", "https://ana:" + secret + "@forge.example.org",
		"https://forge.example.org?token=" + secret, "https://forge.example.org#x", "bad url@" + "x?" + secret, "https://:80",
	} {
		_, err := gitea.New(gitea.Options{URL: address})
		if err == nil {
			t.Errorf("%q was taken", address)
		} else if p := problem(t, err); p.Kind != model.BadInput {
			t.Errorf("%q: %s", address, p)
		}
	}
}

func TestATokenThatCannotBeOneIsBadInputAndNotShown(t *testing.T) {
	for _, token := range []string{secret + "\nX: y", secret + " " + secret, secret + "é"} {
		_, err := gitea.New(gitea.Options{URL: "https://forge.example.org", Token: token})
		if err == nil {
			t.Errorf("%q was taken", token)
		} else if p := problem(t, err); p.Kind != model.BadInput {
			t.Errorf("%q: %s", token, p)
		}
	}
	if _, err := gitea.New(gitea.Options{URL: "https://forge.example.org", Token: secret + "\n"}); err != nil {
		t.Errorf("a token with the line end of its file: %v", err)
	}
}

func TestNothingThatPrintsTheForgeShowsTheToken(t *testing.T) {
	o := gitea.Options{URL: "https://forge.example.org", Token: secret}
	f, err := gitea.New(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		for _, v := range []any{o, &o, f} {
			if text := fmt.Sprintf(verb, v); strings.Contains(text, secret) {
				t.Errorf("%s of %T: %s", verb, v, text)
			}
		}
	}
}

func TestACertificateFileMustHoldOne(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(empty, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{empty, empty + ".missing"} {
		_, err := gitea.New(gitea.Options{URL: "https://forge.example.org", CAFile: file})
		if p := problem(t, err); p.Kind != model.BadInput || p.Place.String() != file {
			t.Errorf("%s", p)
		}
	}
}

func TestARepositoryIsOwnerAndNameAndNothingElse(t *testing.T) {
	f := open(t, "http://127.0.0.1:1", secret) // nobody listens: an attempt would be Unreachable
	for _, repo := range []string{"", "tickets", "infra/", "/tickets", "infra/tickets/issues", "../admin", "infra/..", "a b/c", "a/b?c", "a/b#c", "a/%2e%2e", "a\n/b"} {
		_, err := f.Tickets(t.Context(), repo, forge.Query{})
		if p := problem(t, err); p.Kind != model.BadInput {
			t.Errorf("%q: %s", repo, p)
		}
	}
}

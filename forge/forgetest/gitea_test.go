package forgetest

import (
	"net/http"
	"os"
	"testing"
)

func TestARealGiteaAnswersAndIsGoneAfterItsTest(t *testing.T) {
	var url string
	t.Run("lives", func(t *testing.T) {
		s := OwnGitea(t)
		url = s.URL
		var version struct{ Version string }
		s.Do(t, "", "GET", "/version", nil, &version)
		if version.Version != "1.26.0" {
			t.Errorf("version %q, want 1.26.0", version.Version)
		}
		var me struct {
			Login   string
			IsAdmin bool `json:"is_admin"`
		}
		s.Do(t, s.Admin, "GET", "/user", nil, &me)
		if me.Login != adminLogin || !me.IsAdmin {
			t.Errorf("the admin token belongs to %+v", me)
		}
	})
	if url == "" {
		t.Skip("no real Gitea was started")
	}
	if resp, err := http.Get(url); err == nil {
		resp.Body.Close()
		t.Errorf("%s still answers after the end of the test that started it", url)
	}
}

func TestTestsOfAPackageShareOneGitea(t *testing.T) {
	if first, second := Gitea(t), Gitea(t); first != second {
		t.Errorf("two servers, %s and %s", first.URL, second.URL)
	}
}

func TestWithoutTheSwitchARealGiteaIsSkipped(t *testing.T) {
	t.Setenv(Enabled, "")
	for name, ask := range map[string]func(testing.TB) *Server{"Gitea": Gitea, "OwnGitea": OwnGitea} {
		var skipped bool
		t.Run(name, func(t *testing.T) {
			defer func() { skipped = t.Skipped() }()
			ask(t)
		})
		if !skipped {
			t.Errorf("%s ran without %s=1", name, Enabled)
		}
	}
}

func TestABrokenServerShowsItsLog(t *testing.T) {
	if os.Getenv(Enabled) != "1" {
		t.Skip("needs the binary of a real Gitea")
	}
	binary, _, err := build()
	if err != nil {
		t.Fatal(err)
	}
	p, err := start(binary, "/nowhere", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.stop)
	if err := p.awaitAnswer(); err == nil {
		t.Fatal("Gitea answered without its templates")
	}
	if p.logTail() == "" {
		t.Error("no word in the log why")
	}
}

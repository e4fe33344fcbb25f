package gitea_test

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"docket/forge"
	"docket/forge/gitea"
	"docket/model"
)

// Forges tell where the next page is. A page is asked for by its number at the
// forge's own address, whatever the link says.
func TestALinkToAnotherHostLeadsNoTokenAway(t *testing.T) {
	away := serve(t, func(_ *elsewhere, w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `[]`) })
	s := serve(t, func(_ *elsewhere, w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Link", fmt.Sprintf(`<%[1]s/api/v1/x?page=2&token=%[2]s>; rel="next",<%[1]s/api/v1/x?page=2>; rel="last"`, away.URL, secret))
		w.Header().Set("Refresh", "0; url="+away.URL)
		fmt.Fprintf(w, `[{"id":%[1]s,"number":%[1]s,"name":"%[1]s","login":"anna","url":%[2]q,"html_url":%[2]q}]`, r.URL.Query().Get("page"), away.URL)
	})
	f := open(t, s.URL, secret)
	page, err := f.Tickets(t.Context(), "infra/tickets", forge.Query{State: "all", Page: 1})
	if err != nil || !page.More || page.Pages != 2 {
		t.Fatalf("%+v, %v", page, err)
	}
	if _, err = f.Tickets(t.Context(), "infra/tickets", forge.Query{State: "all", Page: 2}); err != nil {
		t.Fatal(err)
	}
	if _, err = f.Labels(t.Context(), "infra/tickets"); err != nil {
		t.Fatal(err)
	}
	if v := away.visits(); len(v) > 0 {
		t.Errorf("the other place was asked: %v", v)
	}
	if v := s.visits(); len(v) < 4 || !strings.Contains(v[1], "page=2") {
		t.Errorf("asked %v", v)
	}
}

// knowing is a forge that knows some tokens by their owners.
func knowing(t *testing.T, owners map[string]string) *elsewhere {
	return serve(t, func(_ *elsewhere, w http.ResponseWriter, r *http.Request) {
		token := strings.TrimPrefix(r.Header.Get("Authorization"), "token ")
		if owners[token] == "" {
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprintf(w, `{"message":"user does not exist [uid: 0, name: %s]"}`, token) // Forgejo's habit
			return
		}
		fmt.Fprintf(w, `{"id":1,"login":%q}`, owners[token])
	})
}

func TestATokenIsAdoptedWhenTheForgeKnowsIt(t *testing.T) {
	const old, wrong = "aaaa0000aaaa0000", "bbbb1111bbbb1111"
	owners := map[string]string{secret: "anna"}
	s := knowing(t, owners)
	f := open(t, s.URL, old)
	_, err := f.Me(t.Context())
	if p := problem(t, err); p.Kind != model.BadToken || strings.Contains(p.Error(), old) {
		t.Errorf("the old one: %s", p)
	}
	for _, token := range []string{wrong, "with space", ""} {
		if _, err = f.Adopt(t.Context(), token); err == nil || strings.Contains(err.Error(), wrong) {
			t.Errorf("%q: %v", token, err)
		}
	}
	if _, err = f.Me(t.Context()); problem(t, err).Kind != model.BadToken {
		t.Errorf("a wrong token was adopted: %v", err)
	}
	if me, err := f.Adopt(t.Context(), " "+secret+"\n"); err != nil || me.Login.String() != "anna" {
		t.Fatalf("%v, %v", me, err)
	}
	if me, err := f.Me(t.Context()); err != nil || me.Login.String() != "anna" {
		t.Errorf("%v, %v", me, err)
	}
}

func TestATokenMayChangeWhileOthersAsk(t *testing.T) {
	owners := map[string]string{}
	for i := range 8 {
		owners[fmt.Sprintf("token%d", i)] = fmt.Sprintf("login%d", i)
	}
	f := open(t, knowing(t, owners).URL, "token0")
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			me, err := f.Adopt(t.Context(), fmt.Sprintf("token%d", i))
			if err != nil || me.Login.String() != fmt.Sprintf("login%d", i) {
				t.Errorf("%d: %v, %v", i, me, err)
			}
		})
		all.Go(func() {
			if _, err := f.Me(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func TestAPrivateAuthorityIsTrustedByItsFileAndNothingElse(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"id":1,"login":"anna"}`) }))
	s.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	s.StartTLS()
	defer s.Close()
	file := filepath.Join(t.TempDir(), "authority.pem")
	pemText := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if err := os.WriteFile(file, pemText, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := gitea.New(gitea.Options{URL: s.URL, Token: secret, CAFile: file})
	if err != nil {
		t.Fatal(err)
	}
	if me, err := f.Me(t.Context()); err != nil || me.Login.String() != "anna" {
		t.Errorf("with its authority: %v, %v", me, err)
	}
	// The certificate is for example.com and 127.0.0.1, and for nobody else.
	f, err = gitea.New(gitea.Options{URL: strings.Replace(s.URL, "127.0.0.1", "localhost", 1), Token: secret, CAFile: file})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Me(t.Context()); problem(t, err).Kind != model.Certificate {
		t.Errorf("under another name: %v", err)
	}
	for name, text := range map[string]string{"empty": "", "no certificate": "hello", "a key": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := gitea.New(gitea.Options{URL: s.URL, CAFile: file}); problem(t, err).Kind != model.BadInput {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheLogTellsOfRequestsWithoutTokensAndText(t *testing.T) {
	const words = "quarterly layoffs"
	s := serve(t, func(_ *elsewhere, w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			w.WriteHeader(http.StatusCreated)
			fmt.Fprintf(w, `{"id":3,"body":%q}`, words)
			return
		}
		w.WriteHeader(http.StatusBadGateway)
		fmt.Fprintf(w, `{"message":"%s %s"}`, words, r.Header.Get("Authorization"))
	})
	var log bytes.Buffer
	f, err := gitea.New(gitea.Options{URL: s.URL + "/git", Token: secret, Log: slog.New(slog.NewJSONHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	ref := model.Ref{Repo: "infra/tickets", Number: 12}
	if _, err = f.Ticket(t.Context(), ref); problem(t, err).Kind != model.Struggling {
		t.Error(err)
	}
	_, _ = f.Tickets(t.Context(), "infra/tickets", forge.Query{State: "all", Page: 3}) // a failure that is logged
	_, _ = f.Apply(t.Context(), forge.Order{Now: model.Ticket{Ref: ref, Title: model.NewLine(words)}, Change: model.AddComment{Text: words}})
	s.Close()
	_, _ = f.Me(t.Context()) // nobody answers
	text := log.String()
	for _, want := range []string{
		`"method":"GET","path":"/api/v1/repos/*/*/issues/*"`, `"repository":"infra/tickets","ticket":12,"status":502`,
		`page=3`, `state=all`, `"method":"POST","path":"/api/v1/repos/*/*/issues/*/comments"`, `"status":201`, `"level":"WARN"`, `"ms":`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %s in\n%s", want, text)
		}
	}
	for _, never := range []string{secret, words, "quarterly", "/git/"} {
		if strings.Contains(text, never) {
			t.Errorf("%q is in\n%s", never, text)
		}
	}
}

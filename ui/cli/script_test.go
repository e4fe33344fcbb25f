package cli_test

import (
	"context"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"docket/forge/forgetest"
	"docket/ui/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"docket": func() {
			os.Exit(cli.Run(context.Background(), os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
		},
	})
}

// wrongToken has the shape of a token, so that its way through messages shows.
const wrongToken = "badbadbadbadbadbadbadbadbadbadbadbadbad0"

// Scripts tell stories about the command line. They share one forge, which
// they only read.
func TestScripts(t *testing.T) {
	t.Run(forgetest.EmbeddedForge, func(t *testing.T) { scripts(t, forgetest.Embedded(t)) })
	t.Run(forgetest.RealGitea, func(t *testing.T) { scripts(t, forgetest.OwnGitea(t)) })
}

func scripts(t *testing.T, s *forgetest.Server) {
	anna := s.NewUser(t, "anna", "Anna Lindqvist")
	seed(t, s, anna)
	reading := s.Token(t, "anna", "read:issue", "read:user", "read:repository", "read:organization")
	html := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte("<h1>It works!</h1>"))
	}))
	t.Cleanup(html.Close)
	stranger := httptest.NewUnstartedServer(http.NotFoundHandler())
	stranger.Config.ErrorLog = log.New(io.Discard, "", 0) // it is refused, and would tell
	stranger.StartTLS()
	t.Cleanup(stranger.Close)
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") == "1",
		Setup: func(e *testscript.Env) error {
			for name, value := range map[string]string{
				"FORGE": s.URL, "TOKEN": anna, "WRONG_TOKEN": wrongToken,
				"POOR_TOKEN": s.Token(t, "anna", "read:issue"),
				"HTML":       html.URL, "STRANGER": stranger.URL, "CLOSED": closed.URL,
				"STRANGER_CA": filepath.Join(e.WorkDir, "stranger.pem"),
				"HOME":        e.WorkDir, "XDG_STATE_HOME": filepath.Join(e.WorkDir, "state"),
				"LANG": "C.UTF-8", "TERM": "xterm-256color", "TMPDIR": filepath.Join(e.WorkDir, "tmp"),
			} {
				e.Setenv(name, value)
			}
			ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: stranger.Certificate().Raw})
			return errors.Join(
				os.WriteFile(filepath.Join(e.WorkDir, "stranger.pem"), ca, 0o600),
				os.WriteFile(filepath.Join(e.WorkDir, "good"), []byte(anna+"\n"), 0o600),
				os.WriteFile(filepath.Join(e.WorkDir, "reading"), []byte(reading+"\n"), 0o600),
				os.WriteFile(filepath.Join(e.WorkDir, "wrong"), []byte(wrongToken+"\n"), 0o600),
				os.WriteFile(filepath.Join(e.WorkDir, "empty"), []byte(" \n"), 0o600),
				os.MkdirAll(filepath.Join(e.WorkDir, "tmp"), 0o700))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"records": records, "record": oneRecord, "secret": secret, "private": private, "spoil": spoil,
		},
	})
}

func seed(t *testing.T, s *forgetest.Server, anna string) {
	t.Helper()
	s.NewUser(t, "kira", "Kira Novak")
	tickets := s.NewRepo(t, anna, "tickets")
	s.Collaborate(t, anna, tickets, "kira", "write")
	for _, label := range []string{"gain/high", "pain/low", "state/waiting on assignee"} {
		s.NewLabel(t, anna, tickets, label)
	}
	mail := s.NewTicket(t, anna, tickets, "Mail from the list server is late", "Since Monday.")
	s.AddLabel(t, anna, tickets, mail, "gain/high", "pain/low", "state/waiting on assignee")
	s.Assign(t, anna, tickets, mail, "kira")
	s.SetDue(t, anna, tickets, mail, time.Date(2031, 11, 30, 0, 0, 0, 0, time.UTC))
	s.Comment(t, anna, tickets, mail, "It is the queue.")
	s.NewTicket(t, anna, tickets, "Grüße: 日本語 \x1b[31mred\u009b1m \u202eevil", "")
	s.Close(t, anna, tickets, s.NewTicket(t, anna, tickets, "Was soon done", ""))
	second := s.NewRepo(t, anna, "second")
	s.NewTicket(t, anna, second, "From the second repository", "")
	s.NewTicket(t, anna, s.NewPrivateRepo(t, anna, "private"), "Nobody may see this", "")
}

// records FILE N: FILE is JSON with N tickets, each with exactly the promised
// fields.
func records(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: records FILE NUMBER")
	}
	all := read(ts, args[0])
	if got := len(all); args[1] != jsonOf(got) {
		ts.Fatalf("%d tickets instead of %s", got, args[1])
	}
	promised := []string{"assignees", "author", "comments", "created", "due", "gain", "labels", "milestone", "number",
		"pain", "pending", "repo", "state", "title", "updated", "url"}
	for _, r := range all {
		var names []string
		for name := range r {
			names = append(names, name)
		}
		if slices.Sort(names); !slices.Equal(names, promised) {
			ts.Fatalf("fields %v instead of %v", names, promised)
		}
		for _, name := range []string{"created", "updated"} {
			if at, err := time.Parse(time.RFC3339, r[name].(string)); err != nil || time.Since(at) > time.Hour {
				ts.Fatalf("%s of %v is %v", name, r["number"], r[name])
			}
		}
	}
}

// record FILE INDEX FIELD=JSON…: the ticket at that place has these fields.
func oneRecord(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: record FILE INDEX FIELD=JSON...")
	}
	for i, r := range read(ts, args[0]) {
		if args[1] != jsonOf(i) {
			continue
		}
		for _, want := range args[2:] {
			name, value, _ := strings.Cut(want, "=")
			var meant any
			ts.Check(json.Unmarshal([]byte(value), &meant))
			if !reflect.DeepEqual(r[name], meant) {
				ts.Fatalf("%s is %s instead of %s", name, jsonOf(r[name]), value)
			}
		}
		return
	}
	ts.Fatalf("there is no ticket at %s", args[1])
}

func read(ts *testscript.TestScript, file string) (all []map[string]any) {
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(file)), &all))
	return all
}

func jsonOf(v any) string {
	b, _ := json.Marshal(v) // it came from JSON
	return string(b)
}

// secret FILE TEXT: the text is not in the file.
func secret(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 || args[1] == "" {
		ts.Fatalf("usage: secret FILE TEXT")
	}
	if strings.Contains(ts.ReadFile(args[0]), args[1]) {
		ts.Fatalf("%s holds the secret", args[0])
	}
}

// private FILE…: nobody but their owner can read the files and what is in the
// folders, and there is something.
func private(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		files := 0
		ts.Check(filepath.WalkDir(ts.MkAbs(name), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			at, err := d.Info()
			if err == nil && at.Mode().Perm()&0o077 != 0 {
				err = fmt.Errorf("%s has the mode %v", path, at.Mode())
			}
			if !d.IsDir() {
				files++
			}
			return err
		}))
		if files == 0 || neg {
			ts.Fatalf("%s holds no files", name)
		}
	}
}

// spoil FOLDER: what is in the folder's only store is no database any more.
func spoil(ts *testscript.TestScript, neg bool, args []string) {
	stores, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "*.db"))
	ts.Check(err)
	if neg || len(stores) != 1 {
		ts.Fatalf("there are %d stores", len(stores))
	}
	ts.Check(os.WriteFile(stores[0], []byte(strings.Repeat("not a database ", 1000)), 0o600))
	for _, beside := range []string{"-wal", "-shm"} {
		os.Remove(stores[0] + beside)
	}
}

package store

import (
	"bytes"
	"database/sql"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"docket/forge"
	"docket/model"
)

// written returns the path of a closed store with a few hundred tickets, two
// entries and a draft.
func written(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "docket.db")
	s := at(t, path)
	var rows []forge.Row
	for n := range int64(300) {
		rows = append(rows, row(n+1, 0, "gain/high"))
	}
	must(s.SaveTickets(t.Context(), repo, rows))(t)
	do(t, s.Append(t.Context(), []model.Entry{entry(1), entry(2)}))
	do(t, s.SaveDraft(t.Context(), "comment 7", "Have you tried"))
	do(t, s.Close())
	return path
}

func isKind(t testing.TB, err error, want model.ProblemKind, place string) {
	t.Helper()
	p, ok := errors.AsType[*model.Problem](err)
	if !ok || p.Kind != want {
		t.Fatalf("the error is %v, not of kind %q", err, want)
	}
	if place != "" && p.Place.Raw() != place {
		t.Errorf("the place is %q, not %q", p.Place.Raw(), place)
	}
}

func TestAFileThatIsNoStoreIsKeptAside(t *testing.T) {
	whole, err := os.ReadFile(written(t))
	do(t, err)
	noise := make([]byte, 70000)
	for i := range noise {
		noise[i] = byte(rand.IntN(256))
	}
	for name, content := range map[string][]byte{
		"random":          noise,
		"short":           []byte("hello"),
		"a text":          []byte(strings.Repeat("this is a letter and not a store\n", 500)),
		"cut in half":     whole[:len(whole)/2],
		"cut in a page":   whole[:len(whole)/2+1234],
		"only a header":   whole[:100],
		"no first page":   append(make([]byte, 4096), whole[4096:]...),
		"a broken header": append(append([]byte("SQLite format 3\x00"), noise[:84]...), whole[100:]...),
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "docket.db")
			do(t, os.WriteFile(path, content, 0o600))
			s := at(t, path)
			if want := path + ".broken-20260506-120000"; s.SetAside() != want {
				t.Fatalf("set aside as %q", s.SetAside())
			}
			if kept := must(os.ReadFile(s.SetAside()))(t); !bytes.Equal(kept, content) {
				t.Error("the broken file was changed")
			}
			must(s.SaveTickets(t.Context(), repo, []forge.Row{row(1, 0)}))(t)
			do(t, s.Close())
			if again := at(t, path); again.SetAside() != "" || len(load(t, again)) != 1 {
				t.Errorf("the fresh store did not last: aside %q", again.SetAside())
			}
		})
	}
}

func TestAnEmptyFileBecomesAStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "docket.db")
	do(t, os.WriteFile(path, nil, 0o600))
	if s := at(t, path); s.SetAside() != "" || len(load(t, s)) != 0 {
		t.Errorf("set aside as %q", s.SetAside())
	}
}

// spoil runs a statement on a store's file as nobody should.
func spoil(t *testing.T, path string, statements ...string) {
	t.Helper()
	db := must(sql.Open("sqlite", path))(t)
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, st := range statements {
		must(db.Exec(st))(t)
	}
}

// Damage in the middle of a file shows when it is read: it is reported, the
// next Open replaces the file, and what the person wrote moves on.
func TestDamageFoundWhileReadingIsMendedByTheNextOpen(t *testing.T) {
	for name, damage := range map[string]func(*testing.T, string){
		"a page": func(t *testing.T, path string) {
			var root int64
			db := must(sql.Open("sqlite", path))(t)
			do(t, db.QueryRow("SELECT rootpage FROM sqlite_schema WHERE name = 'tickets'").Scan(&root))
			do(t, db.Close())
			f := must(os.OpenFile(path, os.O_RDWR, 0))(t)
			defer f.Close()
			must(f.WriteAt(bytes.Repeat([]byte{0xa5}, 4096), (root-1)*4096))(t)
		},
		"a card": func(t *testing.T, path string) {
			spoil(t, path, "UPDATE tickets SET card = x'01ffff' WHERE number = 5")
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := written(t)
			damage(t, path)
			s := at(t, path)
			_, err := s.Load(t.Context(), []string{repo}, noon)
			isKind(t, err, model.BrokenStore, path)
			do(t, s.Close())

			s = at(t, path)
			if s.SetAside() == "" || len(load(t, s)) != 0 {
				t.Fatalf("set aside as %q", s.SetAside())
			}
			if _, err := os.Stat(s.SetAside()); err != nil {
				t.Error(err)
			}
			if got := outbox(t, s); len(got) != 2 || got[1].Edit.Change != (model.SetGain{To: model.High}) {
				t.Errorf("of the outbox remains %+v", got)
			}
			if got := must(s.Drafts(t.Context()))(t); got["comment 7"] != "Have you tried" {
				t.Errorf("of the drafts remains %v", got)
			}
			do(t, s.Close())
			if again := at(t, path); again.SetAside() != "" {
				t.Errorf("set aside once more as %q", again.SetAside())
			}
		})
	}
}

func TestAFalseSuspicionIsDropped(t *testing.T) {
	path := written(t)
	suspect(path)
	if s := at(t, path); s.SetAside() != "" || len(load(t, s)) != 300 || suspected(path) {
		t.Errorf("set aside as %q, suspected %v", s.SetAside(), suspected(path))
	}
}

// Several dockets start on the same broken file: one of them replaces it.
func TestABrokenFileIsReplacedOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "docket.db")
	do(t, os.WriteFile(path, []byte(strings.Repeat("no store ", 999)), 0o600))
	var all sync.WaitGroup
	stores := make([]*Store, 4)
	errs := make([]error, 4)
	for i := range stores {
		all.Go(func() { stores[i], errs[i] = open(path) })
	}
	all.Wait()
	aside := 0
	for i, s := range stores {
		do(t, errs[i])
		defer s.Close()
		if s.SetAside() != "" {
			aside++
		}
	}
	do(t, stores[0].Append(t.Context(), []model.Entry{entry(1)}))
	if aside != 1 || len(outbox(t, stores[3])) != 1 {
		t.Errorf("set aside %d times; the last one sees %d entries", aside, len(outbox(t, stores[3])))
	}
}

// A docket that runs on while its file is replaced must not write where nobody
// will look.
func TestAReplacedFileIsNotWrittenAnyMore(t *testing.T) {
	path := written(t)
	running := at(t, path)
	spoil(t, path, "UPDATE tickets SET card = x'01ffff' WHERE number = 5")
	_, err := running.Load(t.Context(), []string{repo}, noon)
	isKind(t, err, model.BrokenStore, path)
	if next := at(t, path); next.SetAside() == "" || len(outbox(t, next)) != 2 {
		t.Fatalf("set aside as %q", next.SetAside())
	}
	isKind(t, running.Append(t.Context(), []model.Entry{entry(3)}), model.BrokenStore, path)
}

func TestANewerStoreAndAnothersDatabaseAreLeftAlone(t *testing.T) {
	for name, story := range map[string]struct {
		make func(*testing.T) string
		want model.ProblemKind
	}{
		"newer": {func(t *testing.T) string {
			path := written(t)
			spoil(t, path, "PRAGMA user_version = 99")
			return path
		}, model.NewerStore},
		"another program's": {func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "places.sqlite")
			spoil(t, path, "CREATE TABLE bookmarks (url TEXT)", "INSERT INTO bookmarks VALUES ('https://f.example')")
			return path
		}, model.ClosedStore},
	} {
		t.Run(name, func(t *testing.T) {
			path := story.make(t)
			before := must(os.ReadFile(path))(t)
			_, err := open(path)
			isKind(t, err, story.want, path)
			if !bytes.Equal(before, must(os.ReadFile(path))(t)) {
				t.Error("the file was changed")
			}
			if names := must(filepath.Glob(path + ".broken*"))(t); len(names) != 0 {
				t.Errorf("left behind: %v", names)
			}
		})
	}
}

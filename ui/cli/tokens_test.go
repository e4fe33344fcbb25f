package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// fakeRing is a keyring in memory; a locked one fails, a deaf one never answers.
type fakeRing struct {
	held   map[string]string
	locked bool
	deaf   chan struct{}
	asked  atomic.Int32
	mu     sync.Mutex // guards held
}

func newFakeRing() *fakeRing { return &fakeRing{held: map[string]string{}} }

func (f *fakeRing) answers() error {
	f.asked.Add(1)
	if f.deaf != nil {
		<-f.deaf
	}
	if f.locked {
		return errors.New("org.freedesktop.Secret.Error.IsLocked")
	}
	return nil
}

func (f *fakeRing) Get(service, account string) (string, error) {
	if err := f.answers(); err != nil {
		return "", err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if token, ok := f.held[service+" "+account]; ok {
		return token, nil
	}
	return "", errNotKept
}

func (f *fakeRing) Set(service, account, token string) error {
	if err := f.answers(); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.held[service+" "+account] = token
	return nil
}

func (f *fakeRing) Delete(service, account string) error {
	if _, err := f.Get(service, account); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.held, service+" "+account)
	return nil
}

func forgeAt(t *testing.T, raw string) address {
	t.Helper()
	at, _, err := readAddress(raw, true, false)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// atHome gives the test a configuration folder of its own.
func atHome(t *testing.T) (home string) {
	t.Helper()
	home = t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", home)
	return home
}

func TestATokenIsKeptInTheKeyringForOneForge(t *testing.T) {
	home, ring := atHome(t), newFakeRing()
	mine := tokens{forgeAt(t, "https://forge.example.org"), newRing(ring)}
	if where, err := mine.keep(t.Context(), "first"); err != nil || where != "in your keyring" {
		t.Fatal(where, err)
	}
	if ring.held["docket https://forge.example.org"] != "first" {
		t.Errorf("the keyring holds %v", ring.held)
	}
	if found, err := mine.first(t.Context()); err != nil || found != (kept{"first", inRing}) {
		t.Error(found, err)
	}
	for _, other := range []string{"https://other.example.org", "https://forge.example.org/git", "https://forge.example.org:8443"} {
		if found, err := (tokens{forgeAt(t, other), newRing(ring)}).first(t.Context()); err != nil || found.token != "" {
			t.Errorf("%s gets %q (%v)", other, found.token, err)
		}
	}
	if where, err := mine.drop(t.Context()); err != nil || len(where) != 1 || len(ring.held) > 0 {
		t.Error(where, err)
	}
	if there, err := os.ReadDir(home); err != nil || len(there) > 0 {
		t.Errorf("there are files: %v (%v)", there, err)
	}
}

func TestWithoutAKeyringAFileKeepsTheToken(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have no modes there")
	}
	locked := newFakeRing()
	locked.locked = true
	for name, r := range map[string]*ring{"none": nil, "a locked one": newRing(locked)} {
		t.Run(name, func(t *testing.T) {
			home := atHome(t)
			mine := tokens{forgeAt(t, "https://forge.example.org"), r}
			if found, err := mine.first(t.Context()); err != nil || found.token != "" {
				t.Fatal(found, err)
			}
			for _, token := range []string{"first", "second"} {
				where, err := mine.keep(t.Context(), token)
				if err != nil || !strings.Contains(where, home) {
					t.Fatal(where, err)
				}
				if found, err := mine.first(t.Context()); err != nil || found != (kept{token, inFile}) {
					t.Error(found, err)
				}
			}
			path := tokenPath(mine.at)
			for path, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700, filepath.Dir(filepath.Dir(path)): 0o700} {
				if at, err := os.Stat(path); err != nil || at.Mode().Perm() != want {
					t.Errorf("%s: %v (%v)", path, at.Mode(), err)
				}
			}
			if there, err := os.ReadDir(filepath.Dir(path)); err != nil || len(there) != 1 {
				t.Errorf("beside it: %v (%v)", there, err)
			}
			if where, err := mine.drop(t.Context()); err != nil || len(where) != 1 || where[0] != path {
				t.Error(where, err)
			}
			if where, err := mine.drop(t.Context()); err != nil || len(where) != 0 {
				t.Error(where, err)
			}
		})
	}
}

func TestALoginIntoTheKeyringLeavesNoOldFile(t *testing.T) {
	atHome(t)
	at := forgeAt(t, "https://forge.example.org")
	if _, err := (tokens{at, nil}).keep(t.Context(), "old"); err != nil {
		t.Fatal(err)
	}
	mine := tokens{at, newRing(newFakeRing())}
	if _, err := mine.keep(t.Context(), "new"); err != nil {
		t.Fatal(err)
	}
	if all := lookingFor(mine).all(t.Context(), time.Now()); len(all) != 1 || all[0].token != "new" {
		t.Errorf("kept are %v", all)
	}
}

func lookingFor(t tokens) *lookout { return &lookout{tokens: t, held: map[string]string{}} }

// A locked keyring asks the person for its password: not every three seconds.
func TestABoardThatWaitsForATokenPestersNobody(t *testing.T) {
	atHome(t)
	keys := newFakeRing()
	from := lookingFor(tokens{forgeAt(t, "https://forge.example.org"), newRing(keys)})
	now := time.Now()
	look := func(long time.Duration) (times int, found []offer) {
		before := keys.asked.Load()
		for end := now.Add(long); now.Before(end); now = now.Add(3 * time.Second) {
			found = from.all(t.Context(), now)
		}
		return int(keys.asked.Load() - before), found
	}
	if n, found := look(time.Minute); n != 20 || len(found) > 0 {
		t.Errorf("an open keyring was asked %d times; it gave %v", n, found)
	}
	keys.locked = true
	if n, _ := look(8 * time.Hour); n < 8 || n > 16 {
		t.Errorf("a locked keyring was asked %d times in a working day", n)
	}
	keys.locked = false
	look(longestPause)
	if _, err := from.keep(t.Context(), "new"); err != nil {
		t.Fatal(err)
	}
	if n, found := look(time.Minute); n != 20 || len(found) != 1 || found[0].token != "new" {
		t.Errorf("open again, it was asked %d times; it gave %v", n, found)
	}
}

func TestATokenFileThatOthersCanReadIsRefused(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have no modes there")
	}
	atHome(t)
	mine := tokens{forgeAt(t, "https://forge.example.org"), nil}
	if _, err := mine.keep(t.Context(), "secret-token"); err != nil {
		t.Fatal(err)
	}
	path := tokenPath(mine.at)
	for _, mode := range []os.FileMode{0o640, 0o604, 0o620, 0o666, 0o777} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		found, err := mine.first(t.Context())
		told, ok := errors.AsType[*advice](err)
		if !ok || found.token != "" || !strings.Contains(told.what, "others can read") || !strings.Contains(told.hint, "chmod 600 "+path) {
			t.Errorf("%o: %q, %v", mode, found.token, err)
		}
		if all := lookingFor(mine).all(t.Context(), time.Now()); len(all) > 0 {
			t.Errorf("%o: a paused board takes it", mode)
		}
	}
	if os.Geteuid() == 0 {
		const nobody = 65534
		if err := errors.Join(os.Chmod(path, 0o600), os.Chown(path, nobody, nobody)); err != nil {
			t.Fatal(err)
		}
		if _, err := mine.first(t.Context()); err == nil || !strings.Contains(err.Error(), "belongs to somebody else") {
			t.Errorf("another's file: %v", err)
		}
	}
	if err := errors.Join(os.Remove(path), os.Mkdir(path, 0o700)); err != nil {
		t.Fatal(err)
	}
	if _, err := mine.first(t.Context()); err == nil {
		t.Error("a folder is a token")
	}
}

func TestAKeyringThatDoesNotAnswerHoldsUpNothing(t *testing.T) {
	atHome(t)
	at := forgeAt(t, "https://forge.example.org")
	if _, err := (tokens{at, nil}).keep(t.Context(), "in the file"); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		deaf := newFakeRing()
		deaf.deaf = make(chan struct{})
		mine := tokens{at, newRing(deaf)}
		began := time.Now()
		for range 5 {
			if found, err := mine.first(t.Context()); err != nil || found.token != "in the file" {
				t.Fatal(found, err)
			}
		}
		if took := time.Since(began); took != lookWithin || deaf.asked.Load() != 1 {
			t.Errorf("it took %v, and the keyring was asked %d times", took, deaf.asked.Load())
		}
		close(deaf.deaf) // it wakes up
		synctest.Wait()
		if err := deaf.Set(ringService, at.String(), "in the ring"); err != nil {
			t.Fatal(err)
		}
		if found, err := mine.first(t.Context()); err != nil || found.token != "in the ring" {
			t.Error(found, err)
		}
	})
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	deaf := newFakeRing()
	deaf.deaf = make(chan struct{})
	defer close(deaf.deaf)
	if token := newRing(deaf).get(ended, at, time.Hour); token != "" {
		t.Error(token)
	}
}

func TestWithoutASessionBusNoKeyringIsAsked(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("the keyring needs no bus there")
	}
	run := t.TempDir()
	env := map[string]string{"XDG_RUNTIME_DIR": run}
	find := func() *ring { return findRing(environment{func(name string) string { return env[name] }}) }
	if find() != nil {
		t.Error("there is a keyring without a bus")
	}
	if err := os.WriteFile(filepath.Join(run, "bus"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if find() == nil {
		t.Error("the bus at its usual place was not found")
	}
	env = map[string]string{"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
	if token := find().get(t.Context(), address{}, time.Minute); token != "" { // fails at once: nobody listens there
		t.Error(token)
	}
}

func TestNoOutputShowsAToken(t *testing.T) {
	var s secrets
	s.add("abc123")
	s.add("")
	s.add("zzz")
	var out strings.Builder
	if n, err := (veil{&out, &s}).Write([]byte("abc123 and zzz, zz")); n != 18 || err != nil || out.String() != "[token] and [token], zz" {
		t.Errorf("%d, %v: %q", n, err, out.String())
	}
}

package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/adrg/xdg"
)

// tokens is where the token of one forge is kept: in the system's keyring or,
// where there is none, in a file that only its owner can read. Both are bound
// to the forge's address, so that no other gets to see it.
type tokens struct {
	at   address
	ring *ring // nil: there is none
}

// lookWithin is how long a board that starts waits for the keyring, which may
// be asking the person for its password; storeWithin is for a person who waits.
const (
	lookWithin  = time.Second
	storeWithin = 30 * time.Second
)

// kept is a token and the place it was found in.
type kept struct{ token, in string }

// The places, as people call them.
const (
	inEnvironment = "environment"
	inRing        = "keyring"
	inFile        = "file"
	inDemo        = "demo"
)

// first returns the token to begin with; none is no error. A file that others
// can read is one: it is not used, and not passed over in silence.
func (t tokens) first(ctx context.Context) (kept, error) {
	if token := t.ring.get(ctx, t.at, lookWithin); token != "" {
		return kept{token, inRing}, nil
	}
	token, err := readToken(tokenPath(t.at))
	return kept{token, inFile}, err
}

// keep keeps a token in place of any other and says where, for people.
func (t tokens) keep(ctx context.Context, token string) (where string, err error) {
	path := tokenPath(t.at)
	if t.ring.set(ctx, t.at, token, storeWithin) == nil {
		_, err := removeToken(path) // an old one must not stay behind
		return "in your keyring", err
	}
	if err := writeToken(path, token); err != nil {
		return "", err
	}
	return "in " + quiet(path) + ", readable by you alone", nil
}

// drop forgets the token and says where it was, for people.
func (t tokens) drop(ctx context.Context) (where []string, err error) {
	if t.ring.drop(ctx, t.at, storeWithin) == nil {
		where = append(where, "your keyring")
	}
	gone, err := removeToken(tokenPath(t.at))
	if gone {
		where = append(where, quiet(tokenPath(t.at)))
	}
	return where, err
}

// keyring is a system's store for passwords.
type keyring interface {
	Get(service, account string) (string, error)
	Set(service, account, password string) error
	Delete(service, account string) error
}

// ring asks a keyring, and never longer than it is given. A keyring that does
// not answer is asked nothing else until it has. A nil ring holds nothing.
type ring struct {
	keyring
	free chan struct{} // one slot, taken while a question waits for its answer
}

func newRing(k keyring) *ring { return &ring{k, make(chan struct{}, 1)} }

const ringService = "docket"

var errNoRing = errors.New("there is no keyring that answers")

// get returns the token that is kept; empty when there is none or no answer.
func (r *ring) get(ctx context.Context, at address, within time.Duration) string {
	token, _ := r.look(ctx, at, within) // none is no error: see first
	return token
}

// look is get that tells why there is none.
func (r *ring) look(ctx context.Context, at address, within time.Duration) (string, error) {
	token, err := r.ask(ctx, within, func() (string, error) { return r.Get(ringService, at.String()) })
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(token), nil
}

func (r *ring) set(ctx context.Context, at address, token string, within time.Duration) error {
	_, err := r.ask(ctx, within, func() (string, error) { return "", r.Set(ringService, at.String(), token) })
	return err
}

func (r *ring) drop(ctx context.Context, at address, within time.Duration) error {
	_, err := r.ask(ctx, within, func() (string, error) { return "", r.Delete(ringService, at.String()) })
	return err
}

// ask asks in a goroutine of its own, for a keyring knows no contexts. An
// answer that comes too late is dropped.
func (r *ring) ask(ctx context.Context, within time.Duration, question func() (string, error)) (string, error) {
	if r == nil {
		return "", errNoRing
	}
	select {
	case r.free <- struct{}{}:
	default:
		return "", errNoRing
	}
	type answer struct {
		text string
		err  error
	}
	came := make(chan answer, 1)
	go func() {
		text, err := question()
		<-r.free
		came <- answer{text, err}
	}()
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	select {
	case a := <-came:
		return a.text, a.err
	case <-ctx.Done():
		return "", errNoRing
	}
}

// tokenPath returns the file for a forge's token.
func tokenPath(at address) string {
	xdg.Reload()
	return filepath.Join(xdg.ConfigHome, "docket", "tokens", fileName(at))
}

// tokenAtMost is more bytes than any token has.
const tokenAtMost = 4096

// readToken reads a file's token; empty when there is no such file.
func readToken(path string) (string, error) {
	at, err := os.Stat(path) // before it is opened: opening a pipe would wait
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err == nil && !at.Mode().IsRegular() {
		err = errors.New("it is not a file")
	}
	var f *os.File
	if err == nil {
		f, err = os.Open(path)
	}
	if err != nil {
		return "", unusable(path, err)
	}
	defer f.Close()
	if at, err = f.Stat(); err != nil {
		return "", unusable(path, err)
	}
	if wrong := exposed(at); wrong != "" {
		return "", &advice{"the token in " + quiet(path) + " is not used: " + wrong,
			"chmod 600 " + quiet(path) + "; and make a new token if somebody may have read it"}
	}
	text, err := io.ReadAll(io.LimitReader(f, tokenAtMost))
	if err != nil {
		return "", unusable(path, err)
	}
	return string(bytes.TrimSpace(text)), nil
}

// writeToken puts a token into a file of its own in one step.
func writeToken(path, token string) error {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return unusable(folder, err)
	}
	f, err := os.CreateTemp(folder, "new-*") // readable by its owner alone
	if err != nil {
		return unusable(folder, err)
	}
	_, err = f.WriteString(token + "\n")
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // why it could not be written says more
		return unusable(path, err)
	}
	return nil
}

func removeToken(path string) (gone bool, err error) {
	switch err := os.Remove(path); {
	case err == nil:
		return true, nil
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	default:
		return false, unusable(path, err)
	}
}

func unusable(path string, err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		err = at.Err // the path is told anyway
	}
	return &advice{"the token's file " + quiet(path) + " can't be used: " + quiet(err.Error()), "docket login makes a new one"}
}

// secrets are the tokens that this run of the program has seen: no output may
// show them. It is safe for concurrent use.
type secrets struct {
	mu  sync.Mutex
	all []string
}

func (s *secrets) add(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if token != "" && !slices.Contains(s.all, token) {
		s.all = append(s.all, token)
	}
}

func (s *secrets) hide(text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, token := range s.all {
		text = strings.ReplaceAll(text, token, "[token]")
	}
	return text
}

// veil takes the tokens out of what is written, if they ever get there.
type veil struct {
	io.Writer
	*secrets
}

func (v veil) Write(b []byte) (int, error) {
	_, err := io.WriteString(v.Writer, v.hide(string(b)))
	return len(b), err
}

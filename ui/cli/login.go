package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"docket/forge/gitea"
)

const loginLong = `Login asks for an access token, has the forge say whose it is and whether it may
read and change tickets, and keeps it for that forge: in your keyring or, where
there is none, in a file that only you can read. It is read from the terminal
without showing it, or from standard input, never from the arguments. A board
that waits for a token goes on with it by itself; any other takes it up when you
have it sync. Name the forge as you do for the board.`

const loginExample = `  docket login --forge https://forge.example.org
  pass show forge | docket login --forge https://forge.example.org`

const logoutLong = `Logout forgets the token that login kept for a forge. The forge still knows it:
delete it in the forge's settings, too.`

func (p *program) loginCommand() *cobra.Command {
	return &cobra.Command{
		DisableFlagsInUseLine: true,
		Use:                   "login [BOARD] [--forge URL]",
		Short:                 "Keep an access token for a forge",
		Long:                  loginLong,
		Example:               loginExample,
		Args:                  p.nothingSecret,
		ValidArgsFunction:     p.completeBoards,
		RunE:                  func(c *cobra.Command, args []string) error { return p.login(c.Context(), first(args)) },
	}
}

func (p *program) logoutCommand() *cobra.Command {
	return &cobra.Command{
		DisableFlagsInUseLine: true,
		Use:                   "logout [BOARD] [--forge URL]",
		Short:                 "Forget the access token for a forge",
		Long:                  logoutLong,
		Args:                  p.nothingSecret,
		ValidArgsFunction:     p.completeBoards,
		RunE:                  func(c *cobra.Command, args []string) error { return p.logout(c.Context(), first(args)) },
	}
}

// nothingSecret takes the name of a board alone, and does not repeat anything
// else: it may be a token.
func (p *program) nothingSecret(c *cobra.Command, args []string) error {
	if len(args) == 0 || len(args) == 1 && p.isBoard(args[0]) {
		return nil
	}
	return &usage{c.CommandPath() + " takes no arguments but a board: others could read a token there",
		"name the forge with --forge, or a board of your configuration; login asks for the token"}
}

func (p *program) login(ctx context.Context, board string) error {
	at, err := p.forgeAlone(board)
	if err != nil {
		return err
	}
	token, err := p.askToken(ctx, at)
	if err != nil {
		return err
	}
	p.secrets.add(token)
	remote, err := gitea.New(gitea.Options{URL: at.String(), CAFile: p.flags.caFile, Log: p.log})
	if err != nil {
		return err
	}
	asking, cancel := context.WithTimeout(ctx, contactWithin)
	defer cancel()
	me, err := remote.Adopt(asking, token)
	if err != nil {
		p.from = inFile // not the environment's, which a hint would name
		return unmet(asking, at, "your account", err)
	}
	if err := mayRead(asking, remote); err != nil {
		p.from = inFile
		return unmet(asking, at, "tickets", err)
	}
	writes := mayWrite(asking, remote) == nil
	where, err := tokens{at, p.ring()}.keep(ctx, token)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.std.Out, "You are %s on %s. The token is kept %s.\n", me.Login, quiet(at.Host), where)
	if !writes {
		p.say("this token may read tickets, but not change them",
			"to change them, make one with read and write for issues and run docket login again")
	}
	if p.token != "" {
		p.say(tokenVariable+" is set and comes first", "unset it to use the token that is kept")
	}
	return nil
}

func (p *program) logout(ctx context.Context, board string) error {
	at, err := p.forgeAlone(board)
	if err != nil {
		return err
	}
	where, err := tokens{at, p.ring()}.drop(ctx)
	if err != nil {
		return err
	}
	if len(where) == 0 {
		fmt.Fprintf(p.std.Out, "No token was kept for %s.\n", quiet(at.Host))
		return nil
	}
	fmt.Fprintf(p.std.Out, "The token for %s is gone from %s. Delete it in the forge's settings, too.\n",
		quiet(at.Host), strings.Join(where, " and "))
	return nil
}

var errInterrupted = errors.New("interrupted")

// askToken reads a token: from a terminal without showing it, from anything
// else up to the end of the first line.
func (p *program) askToken(ctx context.Context, at address) (string, error) {
	read := func() ([]byte, error) { return io.ReadAll(io.LimitReader(p.std.In, tokenAtMost)) }
	if term.IsTerminal(p.std.In.Fd()) {
		before, err := term.MakeRaw(p.std.In.Fd()) // before the question: nothing that is typed may show
		if err != nil {
			return "", &advice{"the terminal can't be asked: " + quiet(err.Error()), "give the token on standard input"}
		}
		fmt.Fprintf(p.std.Err, "Access token for %s: ", quiet(at.Host))
		defer fmt.Fprintln(p.std.Err)
		defer func() { _ = term.Restore(p.std.In.Fd(), before) }() // there is nothing else to do about it
		var stop func()
		ctx, stop = signal.NotifyContext(ctx, os.Interrupt)
		defer stop()
		read = func() ([]byte, error) { return readKeys(p.std.In) }
	}
	type typed struct {
		text []byte
		err  error
	}
	came := make(chan typed, 1)
	go func() {
		text, err := read()
		came <- typed{text, err}
	}()
	select {
	case <-ctx.Done(): // reading goes on, but nobody waits for it
		return "", errInterrupted
	case t := <-came:
		if errors.Is(t.err, errInterrupted) {
			return "", t.err
		}
		line, _, _ := strings.Cut(strings.TrimSpace(string(t.text)), "\n")
		if line = strings.TrimSpace(line); line == "" {
			return "", &usage{"there was no token to read", "make one in the forge's settings, under Applications, and give it to docket login"}
		}
		return line, nil
	}
}

// readKeys reads a line from a terminal that neither shows nor understands what
// is typed.
func readKeys(in io.Reader) (line []byte, err error) {
	const interrupt, end, backspace, kill, rubout = 'c' & 0x1f, 'd' & 0x1f, '\b', 'u' & 0x1f, 0x7f
	for key := make([]byte, 1); len(line) < tokenAtMost; {
		if _, err := io.ReadFull(in, key); err != nil {
			return line, err
		}
		switch key[0] {
		case '\r', '\n', end:
			return line, nil
		case interrupt:
			return nil, errInterrupted
		case backspace, rubout:
			line = line[:max(0, len(line)-1)]
		case kill:
			line = nil
		default:
			line = append(line, key[0])
		}
	}
	return line, nil
}

// unlock finds the token to open a forge with: in the environment, else in the
// keyring, else in a file.
func (p *program) unlock(ctx context.Context, at address) error {
	if p.token != "" {
		return nil
	}
	found, err := tokens{at, p.ring()}.first(ctx)
	if err != nil {
		return err
	}
	if found.token != "" {
		p.token, p.from = found.token, found.in
		p.secrets.add(found.token)
	}
	return nil
}

// ring returns the system's keyring, always the same one.
func (p *program) ring() *ring {
	if !p.looked {
		p.found, p.looked = findRing(p.env), true
	}
	return p.found
}

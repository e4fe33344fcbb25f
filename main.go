// Docket is a terminal triage board for the tickets of a Forgejo or Gitea. Run
// 'docket --help' for what it can do.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"

	"docket/ui/cli"
)

// patience is how long the program may take to end once it was told to. It is
// longer than a busy disk needs, for what was typed shall be kept.
const patience = 8 * time.Second

func main() {
	// Interrupts are left to the board: one that is typed in an editor that it
	// has opened is the editor's.
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	watch(ctx)
	os.Exit(cli.Run(ctx, os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}

// watch ends the program when it was told to end and can't, for instance
// because nobody reads what it writes to the terminal. The terminal gets its
// settings back even then.
func watch(ctx context.Context) {
	before, err := term.GetState(os.Stdin.Fd())
	context.AfterFunc(ctx, func() {
		time.Sleep(patience)
		if err == nil {
			_ = term.Restore(os.Stdin.Fd(), before) // there is no other way left to say that it failed
		}
		os.Exit(cli.Trouble)
	})
}

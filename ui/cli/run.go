package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"docket/model"
	"docket/ui"
)

// The exit codes.
const (
	Fine       = 0 // all went well
	Trouble    = 1 // there was a problem
	WrongUsage = 2 // the command was written wrongly
)

// Streams are the process's standard streams.
type Streams struct{ In, Out, Err *os.File }

// Run carries out one command, arguments without the program's name, and
// returns the exit code. It returns soon after ctx has ended, unless an output
// is blocked. It takes the token out of the process's environment.
func Run(ctx context.Context, args []string, std Streams) int {
	env := environment{os.Getenv}
	token := env.token()
	_ = os.Unsetenv(tokenVariable) // editors and browsers that the board starts need none
	// Who reads the output may stop reading. That is then an error of the write,
	// after which all is closed properly, and not the end of the process.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	p := &program{std: std, env: env, token: token}
	err := refuseToken(args)
	if err == nil {
		root := p.root()
		root.SetArgs(args)
		err = root.ExecuteContext(ctx)
	}
	return p.end(ctx, err)
}

// program is one run of the command line.
type program struct {
	std   Streams
	env   environment
	token string
	flags struct {
		forge string
		repos []string
	}
}

// end says what went wrong, if anything, and chooses the exit code.
func (p *program) end(ctx context.Context, err error) int {
	wrong, isUsage := errors.AsType[*usage](err)
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE): // who read along has read enough
		return Fine
	case isUsage:
		p.say(wrong.what, wrong.hint)
		return WrongUsage
	case ctx.Err() != nil: // interrupted: the person knows
		return Trouble
	}
	p.say(explain(err, time.Now()))
	return Trouble
}

// say writes to standard error what happened and what to do about it.
func (p *program) say(what, hint string) {
	fmt.Fprintln(veil{p.std.Err, p.token}, "docket: "+what)
	if hint != "" {
		fmt.Fprintln(veil{p.std.Err, p.token}, "  "+hint)
	}
}

// veil takes the token out of what is written, if it ever gets there.
type veil struct {
	io.Writer
	token string
}

func (v veil) Write(b []byte) (int, error) {
	if v.token == "" {
		return v.Writer.Write(b)
	}
	_, err := io.WriteString(v.Writer, strings.ReplaceAll(string(b), v.token, "[token]"))
	return len(b), err
}

// usage is a command that was written wrongly.
type usage struct{ what, hint string }

func (u *usage) Error() string { return u.what + ": " + u.hint }

// explain turns an error into words. They are the board's, except where the
// board would go on by itself and a command that ends does not.
func explain(err error, now time.Time) (what, hint string) {
	what, hint = ui.WordsOf(err, now)
	problem, ok := errors.AsType[*model.Problem](err)
	if !ok {
		return what, hint
	}
	// The board has little room and tries again by itself; here one wants to know.
	if told := problem.Detail.String(); told != "" && problem.Passes() {
		what += ": " + told
	}
	switch problem.Kind {
	case model.Unreachable:
		hint = "check the address and the connection"
	case model.Struggling, model.RateLimited:
		hint = "try again later"
	case model.NoToken:
		what, hint = "the forge shows this to nobody without a token", "set DOCKET_TOKEN to an access token of yours"
	}
	return what, hint
}

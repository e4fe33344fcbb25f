package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"docket/model"
	"docket/ui"
	"docket/ui/cli/config"
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
	p := &program{std: std, env: env, token: env.token(), from: inEnvironment, log: slog.New(slog.DiscardHandler)}
	p.secrets.add(p.token)
	_ = os.Unsetenv(tokenVariable) // editors and browsers that the board starts need none
	// Who reads the output may stop reading. That is then an error of the write,
	// after which all is closed properly, and not the end of the process.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	err := refuseToken(args)
	if err == nil {
		root := p.root()
		root.SetArgs(args)
		err = root.ExecuteContext(ctx)
	}
	code := p.end(ctx, err)
	p.log.Info("end", "code", code)
	return code
}

// program is one run of the command line.
type program struct {
	std        Streams
	env        environment
	token      string
	from       string // the place that the token was found in
	secrets    secrets
	found      *ring
	looked     bool // for found
	log        *slog.Logger
	config     *config.Config // once it was read
	configText []byte         // what it was read from
	configFile string         // its path, once it was asked for
	asBoard    string         // the board that was named on the command line
	flags      struct {
		forge    string
		repos    []string
		caFile   string
		insecure bool
		debug    string
		theme    string
		aloud    bool
	}
}

// end says what went wrong, if anything, and chooses the exit code.
func (p *program) end(ctx context.Context, err error) int {
	wrong, isUsage := errors.AsType[*usage](err)
	told, isAdvice := errors.AsType[*advice](err)
	wrongFile, isConfig := errors.AsType[*misconfigured](err)
	if err != nil && !isUsage {
		p.log.Error("failed", "problem", err)
	}
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE): // who read along has read enough
		return Fine
	case isConfig:
		p.tell(wrongFile)
		return Trouble
	case isUsage:
		p.say(wrong.what, wrong.hint)
		return WrongUsage
	case ctx.Err() != nil, errors.Is(err, errInterrupted): // the person knows
		return Trouble
	case isAdvice:
		p.say(told.what, told.hint)
		return Trouble
	}
	p.say(p.explain(err, time.Now()))
	return Trouble
}

// say writes to standard error what happened and what to do about it.
func (p *program) say(what, hint string) {
	out := veil{p.std.Err, &p.secrets}
	fmt.Fprintln(out, "docket: "+what)
	if hint != "" {
		fmt.Fprintln(out, "  "+hint)
	}
}

// usage is a command that was written wrongly.
type usage struct{ what, hint string }

func (u *usage) Error() string { return u.what + ": " + u.hint }

// advice is a problem of this machine, with what to do about it.
type advice struct{ what, hint string }

func (a *advice) Error() string { return a.what + ": " + a.hint }

// explain turns an error into words. They are the board's, except where the
// board would go on by itself and a command that ends does not.
func (p *program) explain(err error, now time.Time) (what, hint string) {
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
		what, hint = "the forge shows this to nobody without a token", "docket login keeps one for you; or set DOCKET_TOKEN"
	case model.BadToken:
		hint = "make a new one in your forge's settings and run docket login"
		if p.from == inEnvironment {
			hint = "make a new one in your forge's settings and put it into DOCKET_TOKEN"
		}
	}
	return what, hint
}

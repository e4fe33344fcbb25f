package cli

import (
	"errors"
	"log/slog"
	"os"
	"runtime"

	"docket/model"
)

// openLog begins the log that --debug asks for: JSON lines behind what the file
// holds already. Nobody else can read it.
func (p *program) openLog() error {
	path := p.flags.debug
	if path == "" {
		return nil
	}
	if at, err := os.Stat(path); err == nil && !at.Mode().IsRegular() {
		return &usage{"--debug " + quote(path) + " is not a file", "name one that can be written"}
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		err = f.Chmod(0o600) // one that was there may be open to others
	}
	if err != nil {
		return &advice{"the log can't be written: " + quiet(err.Error()), "name another file with --debug"}
	}
	p.log = slog.New(slog.NewJSONHandler(veil{f, &p.secrets}, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: withoutWords}))
	p.log.Info("docket", "version", version(), "system", runtime.GOOS, "process", os.Getpid())
	return nil
}

// withoutWords leaves of an error its kind: its words may be the forge's, which
// may repeat what stands in a ticket. Only what the network says is kept.
func withoutWords(_ []string, a slog.Attr) slog.Attr {
	err, ok := a.Value.Any().(error)
	if !ok {
		return a
	}
	p, ok := errors.AsType[*model.Problem](err)
	switch {
	case !ok:
		a.Value = slog.StringValue("unknown")
	case p.Kind == model.Unreachable, p.Kind == model.Certificate:
		a.Value = slog.StringValue(string(p.Kind) + ": " + p.Detail.String())
	default:
		a.Value = slog.StringValue(string(p.Kind))
	}
	return a
}

// passes reports whether waiting may help.
func passes(err error) bool {
	p, ok := errors.AsType[*model.Problem](err)
	return ok && p.Passes()
}

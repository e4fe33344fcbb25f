package cli

import (
	"runtime"
	"strings"

	"github.com/charmbracelet/x/term"
)

// needTerminal refuses to open a board where nobody could see it or type.
func (p *program) needTerminal() error {
	if term.IsTerminal(p.std.In.Fd()) && term.IsTerminal(p.std.Out.Fd()) {
		return nil
	}
	return &usage{"the board needs a terminal to show itself and to read keys from",
		"docket list prints the tickets for scripts"}
}

// ascii reports whether only ASCII signs are safe to draw.
//
// The locale says so (LC_ALL, LC_CTYPE, LANG: the first that is not empty
// counts, as POSIX has it). Where none is set, as in containers and over many
// SSH connections, a locale of C would be the letter of POSIX, but the terminal
// at the other end nearly always is one of today, which shows UTF-8. Two that
// don't say who they are: the Linux console, whose font lacks the signs even in
// a UTF-8 locale, and a dumb terminal.
func ascii(env environment, system string) bool {
	if t := env.get("TERM"); t == "linux" || t == "dumb" {
		return true
	}
	if system == "windows" {
		return false
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToLower(env.get(name)); locale != "" {
			return !strings.Contains(locale, "utf-8") && !strings.Contains(locale, "utf8")
		}
	}
	return false
}

func (p *program) ascii() bool { return ascii(p.env, runtime.GOOS) }

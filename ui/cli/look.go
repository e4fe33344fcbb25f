package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"docket/ui"
)

const (
	themeVariable      = "DOCKET_THEME"
	accessibleVariable = "DOCKET_ACCESSIBLE"
)

// lookFlags adds the flags of how the board shows itself to a command that opens
// one: no other draws.
func (p *program) lookFlags(c *cobra.Command) {
	names := make([]string, len(ui.Themes))
	described := make([]cobra.Completion, len(ui.Themes))
	for i, t := range ui.Themes {
		names[i], described[i] = t.Name, cobra.CompletionWithDesc(t.Name, t.About)
	}
	flags := c.Flags()
	flags.StringVar(&p.flags.theme, "theme", "", "the board's colours, by the `NAME` of a theme: "+strings.Join(names, ", "))
	flags.BoolVar(&p.flags.aloud, "accessible", false, "tell the board line by line, for screen readers and braille displays")
	_ = c.RegisterFlagCompletionFunc("theme", cobra.FixedCompletions(described, cobra.ShellCompDirectiveNoFileComp)) // it fails only for a flag that isn't there
}

// theme is the board's theme where the command line says one: the flag wins over
// the environment, and both over the configuration, which set is. Colours of the
// person's own lie over all.
func (p *program) theme(set ui.Theme) (ui.Theme, error) {
	name, from := p.flags.theme, "--theme: "
	if name == "" {
		name, from = p.env.get(themeVariable), themeVariable+": "
	}
	if name == "" {
		return set, nil
	}
	theme, err := ui.ParseTheme(name, nil)
	if wrong, ok := errors.AsType[*ui.ThemeProblem](err); ok {
		return ui.Theme{}, &usage{from + quiet(wrong.What), quiet(wrong.Hint)}
	}
	theme.Tokens = set.Tokens
	return theme, nil
}

// accessible reports whether the board is to be told line by line.
func (p *program) accessible() bool {
	said := strings.ToLower(strings.TrimSpace(p.env.get(accessibleVariable)))
	return p.flags.aloud || said != "" && said != "0" && said != "false" && said != "no"
}

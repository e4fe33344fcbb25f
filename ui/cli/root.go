package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	mcobra "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const rootLong = `Docket shows the tickets of a Forgejo or Gitea as a board, and lets you triage
them from the keyboard. Boards that you use often have a name in the configuration
file. Without a forge or a board it opens a demo, where an invented team works on
invented tickets.`

const rootExample = `  docket
  docket --forge https://forge.example.org --repo infra/tickets
  docket --forge https://forge.example.org/infra/tickets/issues
  docket config init --forge https://forge.example.org --repo infra/tickets
  docket tickets
  docket list --json --forge https://forge.example.org --repo infra/tickets`

const rootRest = `Which board: --forge and --repo come first, then the board that is named, then
the environment, then the default of the configuration file.

Environment:
  DOCKET_FORGE   the forge's address, as --forge
  DOCKET_REPO    repositories, as --repo; several separated by commas or spaces
  DOCKET_TOKEN   your access token, before one that 'docket login' keeps;
                 without any the board is read-only. It needs read and write for
                 issues, and read for user, repository and organization. There
                 is no flag for it: others could read it.
  DOCKET_THEME   the board's theme, as --theme; NO_COLOR takes its colours away
  DOCKET_ACCESSIBLE=1
                 the same as --accessible

Exit codes:
  0  all went well
  1  there was a problem
  2  the command was written wrongly
`

// misspeltBy is by how many letters a word may differ from what was meant.
const misspeltBy = 2

// root returns the command line's commands. Making them costs no I/O.
//
// There is no fang here: it asks the terminal for its background before it
// writes any help or error, which takes seconds where a terminal doesn't
// answer. Completions are cobra's, the man page is made from the same commands.
func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		DisableFlagsInUseLine: true,
		Use:                   "docket [BOARD] [--forge URL --repo OWNER/NAME]",
		Short:                 "a board for the tickets of a Forgejo or Gitea",
		Long:                  rootLong,
		Example:               rootExample,
		Args:                  p.noCommandButBoard,
		SilenceErrors:         true,
		SilenceUsage:          true,
		ValidArgsFunction:     p.completeBoards,

		SuggestionsMinimumDistance: misspeltBy,
		PersistentPreRunE:          func(*cobra.Command, []string) error { return p.openLog() },
		RunE:                       func(c *cobra.Command, args []string) error { return p.board(c.Context(), first(args)) },
	}
	flags := root.PersistentFlags()
	flags.StringVar(&p.flags.forge, "forge", "", "the forge's `URL` as in a browser; it may name the repository")
	flags.StringArrayVar(&p.flags.repos, "repo", nil, "a repository, as `OWNER/NAME`; again for each other one")
	flags.StringVar(&p.flags.caFile, "ca-file", "", "trust the authorities in this PEM `FILE`, too, when the forge shows its certificate")
	flags.BoolVar(&p.flags.insecure, "insecure-http", false, "allow http to another machine: others can read the token and all tickets")
	flags.StringVar(&p.flags.debug, "debug", "", "write requests, sync and outbox to this `FILE`, as JSON lines without tokens and texts")
	flags.BoolP("help", "h", false, "show this help")
	p.lookFlags(root)
	_ = root.RegisterFlagCompletionFunc("forge", cobra.NoFileCompletions) // it fails only for a flag that isn't there
	_ = root.RegisterFlagCompletionFunc("repo", cobra.NoFileCompletions)
	root.SetOut(p.std.Out)
	root.SetErr(p.std.Err)
	root.SetHelpFunc(func(c *cobra.Command, _ []string) { help(c) })
	root.SetFlagErrorFunc(wrongFlag)
	root.AddCommand(p.listCommand(), p.statsCommand(), p.loginCommand(), p.logoutCommand(), p.configCommand(), p.demoCommand(), p.versionCommand(), manCommand())
	return root
}

// manCommand prints the man page, for those who package docket.
func manCommand() *cobra.Command {
	return &cobra.Command{
		Use: "man", Short: "Print the man page", Args: noArguments, ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(c *cobra.Command, _ []string) error {
			unwrap(c.Root())
			page, err := mcobra.NewManPage(1, c.Root())
			if err != nil {
				return err
			}
			_, err = io.WriteString(c.OutOrStdout(), page.Build(roff.NewDocument()))
			return err
		},
	}
}

// unwrap takes out of the texts of commands what is for a terminal only: ends of
// lines within a paragraph, which a man page would take for new ones, and the
// signs around the names of values.
func unwrap(c *cobra.Command) {
	paragraphs := strings.Split(c.Long, "\n\n")
	for i, p := range paragraphs {
		paragraphs[i] = strings.ReplaceAll(p, "\n", " ")
	}
	c.Long = strings.Join(paragraphs, "\n")
	c.LocalFlags().VisitAll(func(f *pflag.Flag) { f.Usage = strings.ReplaceAll(f.Usage, "`", "") })
	for _, sub := range c.Commands() {
		unwrap(sub)
	}
}

// help writes a command's help.
func help(c *cobra.Command) {
	out := c.OutOrStdout()
	section := func(title, text string) {
		if text != "" {
			fmt.Fprintf(out, "\n%s:\n%s\n", title, strings.TrimRight(text, "\n"))
		}
	}
	fmt.Fprintln(out, wrapped(c.Long))
	lines := "  " + c.UseLine()
	if c.HasAvailableSubCommands() {
		lines += "\n  " + c.CommandPath() + " COMMAND"
	}
	section("Usage", lines)
	section("Examples", c.Example)
	section("Commands", commandLines(c))
	section("Flags", c.LocalFlags().FlagUsagesWrapped(page))
	section("Flags of every command", c.InheritedFlags().FlagUsagesWrapped(page))
	if !c.HasParent() {
		fmt.Fprint(out, "\n"+rootRest)
	}
}

// page is how wide a text is that nobody fits to a terminal.
const page = 80

// wrapped is a command's text on a page, however its paragraphs are written.
func wrapped(text string) string {
	paragraphs := strings.Split(strings.TrimSpace(text), "\n\n")
	for i, p := range paragraphs {
		var b strings.Builder
		room := 0
		for word := range strings.FieldsSeq(p) {
			switch {
			case b.Len() == 0:
				room = page
			case len(word)+1 > room:
				b.WriteByte('\n')
				room = page
			default:
				b.WriteByte(' ')
				room--
			}
			b.WriteString(word)
			room -= len(word)
		}
		paragraphs[i] = b.String()
	}
	return strings.Join(paragraphs, "\n\n")
}

func commandLines(c *cobra.Command) string {
	var b strings.Builder
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() || sub.Name() == "help" {
			fmt.Fprintf(&b, "  %-*s  %s\n", c.NamePadding(), sub.Name(), sub.Short)
		}
	}
	return b.String()
}

// noCommand refuses what stands where a command should.
func noCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if strings.Contains(args[0], "://") {
		return &usage{"an address alone is no command", "put --forge before it"}
	}
	return &usage{"there is no command " + quote(args[0]), didYouMean("", c.SuggestionsFor(args[0]), c)}
}

// noArguments refuses any.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return &usage{c.CommandPath() + " takes no " + quote(args[0]), "see " + c.CommandPath() + " --help"}
}

// wrongFlag says what is wrong with a flag, and which may have been meant.
func wrongFlag(c *cobra.Command, err error) error {
	missing, ok := errors.AsType[*pflag.NotExistError](err)
	if !ok {
		return &usage{quiet(err.Error()), "see " + c.CommandPath() + " --help"}
	}
	name := missing.GetSpecifiedName()
	if missing.GetSpecifiedShortnames() != "" {
		hint := "see " + c.CommandPath() + " --help"
		if c.Name() == "list" {
			hint = "a query that begins with - comes after --: docket list -- -label:blocked"
		}
		return &usage{"there is no flag -" + quiet(name), hint}
	}
	// Cobra guesses misspelt commands well; so let it guess among flags.
	flags := &cobra.Command{SuggestionsMinimumDistance: misspeltBy}
	c.Flags().VisitAll(func(f *pflag.Flag) {
		flags.AddCommand(&cobra.Command{Use: f.Name, Run: func(*cobra.Command, []string) {}})
	})
	return &usage{"there is no flag --" + quiet(name), didYouMean("--", flags.SuggestionsFor(name), c)}
}

func didYouMean(prefix string, guesses []string, c *cobra.Command) string {
	see := c.CommandPath() + " --help shows all"
	if len(guesses) == 0 {
		return see
	}
	for i := range guesses {
		guesses[i] = prefix + guesses[i]
	}
	return "did you mean " + strings.Join(guesses, " or ") + "? " + see
}

// refuseToken refuses a token among the arguments, before anything else looks
// at them: everybody on a machine can read the arguments of its processes, and
// shells keep them.
func refuseToken(args []string) error {
	for _, arg := range args {
		if arg == "--" {
			return nil
		}
		name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if strings.HasPrefix(arg, "-") && name == "token" {
			return &usage{"a token is not accepted as an argument: others could read it there",
				"docket login asks for it, or put it into DOCKET_TOKEN; and make a new one if this one was real"}
		}
	}
	return nil
}

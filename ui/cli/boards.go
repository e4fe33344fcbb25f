package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"docket/keymap"
)

// first returns the only argument, or nothing.
func first(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

// isBoard reports whether the configuration has a board of that name. A
// configuration that can't be read has none here; why is told by whoever needs it.
func (p *program) isBoard(name string) bool {
	conf, err := p.configuration()
	if err != nil {
		return false
	}
	_, ok := conf.Board(name)
	return ok
}

// boardAndQuery tells a board's name, or the demo's, which may come first, from
// the words of a query. A first word that is nearly a board's name is refused: a query for it
// would find nothing, and a script would not notice.
func (p *program) boardAndQuery(args []string) (name, text string, err error) {
	if len(args) == 0 {
		return "", "", nil
	}
	if args[0] == demoName || p.isBoard(args[0]) {
		return args[0], strings.Join(args[1:], " "), nil
	}
	conf, err := p.configuration()
	if err != nil {
		return "", "", err
	}
	if near := keymap.Nearest(args[0], conf.Names()); near != "" {
		return "", "", &usage{"there is no board " + quote(args[0]),
			"did you mean " + near + "? To look for the word, name the board before it"}
	}
	return "", strings.Join(args, " "), nil
}

// oneBoard takes the name of a board, or nothing.
func (p *program) oneBoard(c *cobra.Command, args []string) error {
	if len(args) > 1 {
		return noArguments(c, args[1:])
	}
	if len(args) == 0 || p.isBoard(args[0]) {
		return nil
	}
	conf, err := p.configuration()
	if err != nil {
		return err
	}
	if len(conf.Boards) == 0 {
		return noArguments(c, args)
	}
	return &usage{"there is no board " + quote(args[0]), nameBoards(conf)}
}

// noCommandButBoard refuses what stands where a command should, unless it is
// the name of a board.
func (p *program) noCommandButBoard(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	conf, err := p.configuration()
	if err != nil {
		return err
	}
	if _, ok := conf.Board(args[0]); ok {
		return p.oneBoard(c, args)
	}
	wrong := noCommand(c, args)
	told, ok := errors.AsType[*usage](wrong)
	if !ok || len(conf.Boards) == 0 {
		return wrong
	}
	// Boards are guessed as commands are.
	guesses := &cobra.Command{SuggestionsMinimumDistance: misspeltBy}
	for _, name := range conf.Names() {
		guesses.AddCommand(&cobra.Command{Use: name, Run: func(*cobra.Command, []string) {}})
	}
	near := slices.Concat(guesses.SuggestionsFor(args[0]), c.SuggestionsFor(args[0]))
	if len(near) > 0 {
		return &usage{"there is no board or command " + quote(args[0]), didYouMean("", near, c)}
	}
	return &usage{told.what, nameBoards(conf)}
}

// completeListed is completeBoards for commands that know the demo as well.
func (p *program) completeListed(c *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	names, directive := p.completeBoards(c, args, typed)
	if len(args) == 0 {
		names = append(names, cobra.CompletionWithDesc(demoName, "the board of an invented team"))
	}
	return names, directive
}

// completeBoards completes the names of boards, with where they are.
func (p *program) completeBoards(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	conf, err := p.configuration()
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []cobra.Completion
	for _, b := range conf.Boards {
		names = append(names, cobra.CompletionWithDesc(b.Name, quiet(fmt.Sprintf("the board of %s", withoutSecrets(b.Forge)))))
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

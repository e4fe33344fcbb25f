package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"docket/ui/cli/config"
)

const configLong = `Config shows, writes and checks the configuration file. It names your boards, so
that 'docket infra' opens one, and says what keys, columns, labels, views,
templates, recipes and colours are to be. Flags and environment come before it.
A board that runs takes changes of the file as it is saved.`

const configInitLong = `Init writes a configuration file in which everything that can be set stands as a
comment, with its explanation. A file that is there is never touched. With a
forge and a repository the file begins with them as a board.`

const configExample = `  docket config init --forge https://forge.example.org --repo infra/tickets
  $EDITOR "$(docket config path)"
  docket config check`

func (p *program) configCommand() *cobra.Command {
	all := &cobra.Command{
		DisableFlagsInUseLine: true,
		Use:                   "config",
		Short:                 "Write, find and check the configuration file",
		Long:                  configLong,
		Example:               configExample,
		Args:                  noCommand,
		ValidArgsFunction:     cobra.NoFileCompletions,
		RunE:                  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	add := func(name, short, long string, run func() error) {
		all.AddCommand(&cobra.Command{
			DisableFlagsInUseLine: true,
			Use:                   name, Short: short, Long: long,
			Args: noArguments, ValidArgsFunction: cobra.NoFileCompletions,
			RunE: func(*cobra.Command, []string) error { return run() },
		})
	}
	add("init", "Write a configuration file to begin with", configInitLong, p.configInit)
	add("path", "Print where the configuration file is", "Path prints where the configuration file is, or would be.", func() error {
		_, err := fmt.Fprintln(p.std.Out, p.configPath())
		return err
	})
	add("check", "Say whether the configuration is right", "Check reads the configuration file and tells all that is wrong in it, with lines.", p.configCheck)
	return all
}

// configInit writes a file to begin with, and never over another one.
func (p *program) configInit() error {
	chosen, err := p.asked()
	var text string
	switch {
	case errors.Is(err, errNoPlace):
		text = config.Sample("", nil)
	case err != nil:
		return err
	case len(chosen.repos) == 0:
		return errWhichRepo(chosen.at)
	default:
		here, err := newPlace(chosen.at, chosen.repos)
		if err != nil {
			return err
		}
		text = config.Sample(here.forge.String(), here.repos)
	}
	path := p.configPath()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return unwritable(path, err)
	}
	switch err := writeNew(path, text); {
	case errors.Is(err, fs.ErrExist):
		return &advice{"there is a configuration already, and it stays as it is: " + quiet(path), "docket config check looks at it; move it away to begin anew"}
	case err != nil:
		return unwritable(path, err)
	}
	_, err = fmt.Fprintf(p.std.Out, "Written: %s\n", quiet(path))
	return err
}

// writeNew writes a file whole or not at all, where there is none yet.
func writeNew(path, text string) error {
	if _, err := os.Lstat(path); err == nil {
		return fs.ErrExist
	}
	f, err := os.CreateTemp(filepath.Dir(path), "new-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }() // linked under its name by then, or of no use
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err == nil || errors.Is(err, fs.ErrExist) {
		return err // a link never takes another file's place
	}
	return os.Rename(f.Name(), path) // a file system without links
}

func unwritable(path string, err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		err = at.Err
	}
	return &advice{"the configuration " + quiet(path) + " can't be written: " + quiet(err.Error()), "set XDG_CONFIG_HOME to a folder of yours"}
}

// configCheck tells what is wrong with the file, or what is in it.
func (p *program) configCheck() error {
	text, err := readConfig(p.configPath())
	if err != nil {
		return err
	}
	if text == nil {
		return &advice{"there is no configuration: " + quiet(p.configPath()), "docket config init writes one to begin with"}
	}
	conf, err := p.configure(text)
	if err != nil {
		return err
	}
	boards := "no boards yet"
	if names := conf.Names(); len(names) > 0 {
		boards = "boards: " + strings.Join(names, ", ")
	}
	if conf.Default != "" {
		boards += "; docket alone opens " + conf.Default
	}
	_, err = fmt.Fprintf(p.std.Out, "All is well with %s (%s).\n", quiet(p.configPath()), boards)
	return err
}

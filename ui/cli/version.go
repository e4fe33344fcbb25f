package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "version",
		Short:             "Print the version",
		Long:              "Version prints which docket this is: its version, the revision it was built\nfrom, and the Go it was built with.",
		Args:              noArguments,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(c.OutOrStdout(), version())
			return err
		},
	}
}

// version describes the program in one line, as in
// 'docket v1.2.0 (3f2a9c1d04b7, changed) go1.26.0 linux/amd64'.
func version() string {
	number, from := "(unknown)", ""
	if built, ok := debug.ReadBuildInfo(); ok {
		number = built.Main.Version
		from = revision(built.Settings)
	}
	return fmt.Sprintf("docket %s%s %s %s/%s", number, from, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

func revision(settings []debug.BuildSetting) string {
	var hash, changed string
	for _, s := range settings {
		switch s.Key {
		case "vcs.revision":
			hash = s.Value[:min(12, len(s.Value))]
		case "vcs.modified":
			if s.Value == "true" {
				changed = ", changed"
			}
		}
	}
	if hash == "" {
		return ""
	}
	return " (" + hash + changed + ")"
}

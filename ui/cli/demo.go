package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"docket/forge/demo"
	"docket/model"
	"docket/model/query"
)

// demoName stands for the demo where the name of a board does.
const demoName = "demo"

// isDemo reports whether a name stands for the demo; no name does where the
// configuration says so and nothing comes before it.
func (p *program) isDemo(name string) bool {
	if name != "" {
		return name == demoName
	}
	conf, err := p.configuration()
	return err == nil && conf.Default == demoName && p.flags.forge == "" && len(p.flags.repos) == 0 && p.env.get(forgeVariable) == ""
}

// demoCommand opens the demo, also for those who have a board of their own.
func (p *program) demoCommand() *cobra.Command {
	c := &cobra.Command{
		DisableFlagsInUseLine: true,
		Use:                   demoName,
		Short:                 "Open a board where an invented team works",
		Long: "Demo opens a board on a forge inside the program, where an invented team works on\n" +
			"invented tickets. Nothing of it remains. docket list demo and docket stats demo\nprint what such a board begins with.",
		Args:              noArguments,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(c *cobra.Command, _ []string) error { return p.demo(c.Context()) },
	}
	p.lookFlags(c)
	return c
}

// invented is a forge inside this process.
type invented struct {
	world *demo.Forge
	place place
	path  string // of its store
	stop  func()
}

// invent makes a forge with sample tickets, until vanish is called or ctx ends.
// A seed makes the same tickets each time.
func (p *program) invent(ctx context.Context, seed uint64) (*invented, error) {
	conf, err := p.configuration()
	if err != nil {
		return nil, err
	}
	d := &invented{world: demo.New(demo.Options{Seed: seed})}
	sample := d.world.Fill()
	url, stop, err := d.world.Listen(ctx)
	if err != nil {
		return nil, err
	}
	d.stop = stop
	folder, err := os.MkdirTemp("", "docket-demo-")
	if err != nil {
		stop()
		return nil, &model.Problem{Op: "open the demo", Kind: model.ClosedStore, Place: model.NewLine(os.TempDir()), Err: err}
	}
	d.path = filepath.Join(folder, "demo.db")
	at, _, err := readAddress(url, true, false)
	if err != nil {
		return nil, errors.Join(err, d.vanish())
	}
	p.token, p.from = sample.Token, inDemo
	p.secrets.add(p.token)
	d.place = place{at, "the demo forge", []string{sample.Repo}, conf.General}
	d.place.set.Settings.Title = "Demo"
	return d, nil
}

// vanish takes the forge away, and what was kept of it.
func (d *invented) vanish() error {
	d.stop()
	return os.RemoveAll(filepath.Dir(d.path))
}

// reachDemo is reach for the demo.
func (p *program) reachDemo(ctx context.Context, asked query.Query) (*session, func() error, error) {
	if p.flags.forge != "" || len(p.flags.repos) > 0 {
		return nil, nil, &usage{"the demo has a forge of its own", `leave out --forge and --repo; the word demo is looked for as '"demo"'`}
	}
	d, err := p.invent(ctx, 1)
	if err != nil {
		return nil, nil, err
	}
	d.place.set.Policy = policyFor(d.place.set.Policy, asked)
	s, err := p.open(ctx, d.place, d.path)
	if err != nil {
		return nil, nil, errors.Join(err, d.vanish())
	}
	s.demo = true
	return s, func() error { return errors.Join(s.close(), d.vanish()) }, nil
}

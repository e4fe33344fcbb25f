package cli

import (
	"context"
	"errors"
	"os"
	"time"

	"docket/ui"
)

// board opens the board in the terminal, or the demo when nobody said which.
func (p *program) board(ctx context.Context, name string) error {
	if _, err := p.theme(ui.Theme{}); err != nil {
		return err
	}
	if p.isDemo(name) {
		return p.demo(ctx)
	}
	at, err := p.where(name)
	if errors.Is(err, errNoPlace) {
		return p.demo(ctx)
	}
	if err != nil {
		return err
	}
	if err := p.needTerminal(); err != nil {
		return err
	}
	p.asBoard = name
	if err := p.unlock(ctx, at.forge); err != nil {
		return err
	}
	s, err := p.open(ctx, at, storePath(at.forge))
	if err != nil {
		return err
	}
	if err := s.meetSoon(ctx); err != nil {
		return errors.Join(err, s.close())
	}
	return p.show(ctx, s, ui.Options{Banner: s.banner(), Insecure: at.forge.exposed()})
}

const demoBanner = "An invented team works here. Your own: docket --forge URL --repo OWNER/NAME"

// demo opens a board on a forge inside this process. Nothing of it remains.
func (p *program) demo(ctx context.Context) (err error) {
	if _, err := p.theme(ui.Theme{}); err != nil {
		return err
	}
	if _, err := p.configuration(); err != nil {
		return err
	}
	if err := p.needTerminal(); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	d, err := p.invent(ctx, uint64(time.Now().UnixNano()))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.vanish()) }()
	s, err := p.open(ctx, d.place, d.path)
	if err != nil {
		return err
	}
	s.demo = true
	go d.world.Teammates(ctx, 0)
	return p.show(ctx, s, ui.Options{Banner: demoBanner})
}

// show runs the board on a session until the person leaves, and closes both.
func (p *program) show(ctx context.Context, s *session, o ui.Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := s.load(ctx); err != nil {
		return errors.Join(err, s.close())
	}
	o.Desk = s.desk
	o.Settings, o.Reloads = s.place.set.Settings, p.reloads(ctx, s)
	o.Now, o.Environ = time.Now, os.Environ()
	o.ASCII, o.Dark, o.Accessible = p.ascii(), true, p.accessible()
	o.Theme, _ = p.theme(o.Theme) // board has looked whether there is such a theme
	stop := s.work(ctx)
	err := ui.Run(ctx, o)
	return errors.Join(err, stop(), s.close())
}

package cli

import (
	"bytes"
	"context"
	"maps"
	"slices"

	"docket/model"
	"docket/ui"
	"docket/ui/cli/config"
)

// reloads returns what comes of the configuration whenever its file changes
// while the board of a session runs.
func (p *program) reloads(ctx context.Context, s *session) <-chan ui.Reload {
	to := make(chan ui.Reload)
	send := func(r ui.Reload) {
		select {
		case to <- r:
		case <-ctx.Done():
		}
	}
	go func() {
		changed, err := watch(ctx, p.configPath())
		if err != nil {
			p.log.Info("the configuration is not watched", "problem", err.Error())
			send(ui.Reload{Notice: "Changes of the configuration take a restart, for they can't be watched: " + quiet(err.Error())})
			return
		}
		seen := p.configText
		for {
			// First without waiting: it may have changed since it was read.
			text, err := readConfig(p.configPath())
			if err != nil || !bytes.Equal(text, seen) {
				seen = text
				send(p.reload(ctx, s, text, err))
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return
			}
		}
	}()
	return to
}

// reload puts in force what can be changed while a board runs, and tells what
// needs a restart.
func (p *program) reload(ctx context.Context, s *session, text []byte, err error) ui.Reload {
	var conf *config.Config
	if err == nil {
		conf, err = p.configure(text)
	}
	if err != nil {
		return p.refused(err)
	}
	next, err := p.where(p.asBoard)
	switch {
	case s.demo: // it is nowhere
		next = s.place
		next.set = conf.General
		next.set.Settings.Title = s.place.set.Settings.Title
	case err != nil:
		return p.refused(err)
	}
	set := next.set
	var restart []string
	if set.Name != s.place.set.Name { // another default: this board stays the one it is
		var ok bool
		if set, ok = conf.Board(s.place.set.Name); !ok {
			return p.refused(&usage{"there is no board " + quote(s.place.set.Name) + " any more", "it stays open as it is"})
		}
	} else {
		if next.forge != s.place.forge {
			restart = append(restart, "the forge")
		}
		if !slices.Equal(next.repos, s.place.repos) {
			restart = append(restart, "the repositories")
		}
	}
	// Tickets are kept as they were read: other meanings of labels need a start.
	scheme := s.place.set.Settings.Workflow.Scheme
	if !maps.Equal(set.Settings.Workflow.Scheme.Own, scheme.Own) {
		restart = append(restart, "what labels mean")
	}
	set.Settings.Workflow.Scheme = scheme
	if err := s.desk.Arrange(ctx, set.Settings.Workflow, set.Policy); err != nil {
		return p.refused(err)
	}
	set.Settings.Theme, _ = p.theme(set.Settings.Theme) // a theme of the command line stays
	p.log.Info("the configuration was read again", "restart", restart)
	return ui.Reload{Settings: set.Settings, Restart: restart}
}

// refused tells why a configuration is not taken.
func (p *program) refused(err error) ui.Reload {
	p.log.Info("the configuration is not taken", "problem", err.Error())
	return ui.Reload{Problem: model.NewLine(p.secrets.hide(err.Error())).String()}
}

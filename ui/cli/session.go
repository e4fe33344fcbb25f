package cli

import (
	"context"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"docket/forge"
	"docket/forge/gitea"
	"docket/forge/store"
	"docket/model"
)

// session is a board's rooms, joined: what one run of the program works with.
type session struct {
	place place
	demo  bool
	token string
	mark  string // stands for the token in the store
	kept  *store.Store
	forge *gitea.Forge
	desk  *forge.Desk
	log   *slog.Logger
}

// open joins the rooms of a board. It reads the store and asks nobody else.
func (p *program) open(ctx context.Context, at place, path string) (*session, error) {
	workflow := at.set.Settings.Workflow
	url := at.forge.String()
	remote, err := gitea.New(gitea.Options{URL: url, Token: p.token, Scheme: workflow.Scheme, CAFile: p.flags.caFile, Log: p.log})
	if err != nil {
		return nil, err
	}
	kept, err := store.Open(ctx, path, store.Options{Scheme: workflow.Scheme})
	if err != nil {
		return nil, err
	}
	s := &session{place: at, token: p.token, mark: mark(url, p.token), kept: kept, forge: remote, log: p.log}
	s.desk = forge.NewDesk(forge.DeskOptions{
		Forge: remote, Store: kept, Repos: at.repos, Workflow: workflow, Policy: at.set.Policy,
		ForgeName: at.name, ReadOnly: p.token == "", TokenMark: s.mark,
		Log: p.log, Renew: p.renewal(at.forge, remote),
	})
	p.log.Info("open", "forge", at.forge.String(), "repositories", at.repos, "token", p.tokenIn())
	if aside := kept.SetAside(); aside != "" {
		p.say("the local store was broken; a new one was made", "the old one is kept as "+quiet(aside))
	}
	return s, nil
}

// mark stands for a token in the store, which must never hold the token itself:
// a digest of something that long and random tells nothing about it.
func mark(url, token string) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte("docket\n"+url+"\n"+token)))[:16]
}

// tokenIn says where the token comes from.
func (p *program) tokenIn() string {
	if p.token == "" {
		return "none"
	}
	return p.from
}

// load shows the desk what the store holds.
func (s *session) load(ctx context.Context) error { return s.desk.Open(ctx) }

// banner tells on the board what standard error told before it opened.
func (s *session) banner() string {
	if aside := s.kept.SetAside(); aside != "" {
		return "The local store was broken and is kept as " + quiet(filepath.Base(aside)) + "; this one is new"
	}
	return ""
}

// writtenWithin is how long a board that closes waits for its disk: longer than
// another docket may keep the store busy.
const writtenWithin = 6 * time.Second

// work lets the desk write, send and sync beside the board. stop ends that and
// returns once everything accepted is on disk.
func (s *session) work(ctx context.Context) (stop func() error) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- s.desk.Run(ctx) }()
	return func() error {
		cancel()
		select {
		case err := <-ended:
			return err
		case <-time.After(writtenWithin):
			return &model.Problem{Op: "close the board", Kind: model.ClosedStore,
				Detail: model.NewLine("the disk does not answer"), Place: model.NewLine(s.kept.Path())}
		}
	}
}

func (s *session) close() error { return s.kept.Close() }

package cli

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"docket/model"
	"docket/model/query"
)

// readQuery reads a query about a board; one that is wrong is wrong usage, with
// a mark under the place.
func (p *program) readQuery(board, text string) (query.Query, error) {
	q, err := query.Parse(text, p.columnsOf(board)...)
	wrong, ok := errors.AsType[*query.Problem](err)
	if !ok {
		return q, err
	}
	// One cell stays one cell, so that the mark stands where it should.
	calm := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) || !unicode.IsPrint(r) {
				return ' '
			}
			return r
		}, s)
	}
	before, place := calm(text[:wrong.At]), calm(text[wrong.At:wrong.End])
	mark := strings.Repeat(" ", ansi.StringWidth(before)) + strings.Repeat("^", max(1, ansi.StringWidth(place)))
	return q, &usage{quiet(wrong.What), calm(text) + "\n  " + mark + " " + quiet(wrong.Hint)}
}

// columnsOf returns the columns of the board that a command is about, as they
// are configured. What is wrong with it is told when it is opened.
func (p *program) columnsOf(board string) []model.Step {
	conf, err := p.configuration()
	if err != nil {
		return nil
	}
	if p.isDemo(board) {
		return conf.General.Settings.Workflow.Steps
	}
	if said, err := p.which(board); err == nil && said.board.Name != "" {
		return said.board.Settings.Workflow.Steps
	}
	return conf.General.Settings.Workflow.Steps
}

// policyFor returns a board's policy as it must be to answer a query. One that
// asks for closed tickets wants more than those closed lately.
func policyFor(policy model.Policy, q query.Query) model.Policy {
	if q.Closed() {
		const ever = 30 * 365 * 24 * time.Hour // longer than there were such forges
		policy.ClosedFor = ever
	}
	return policy
}

// ask returns what a query means of the board.
func (s *session) ask(ctx context.Context, q query.Query) (model.Board, error) {
	in, err := s.context(ctx, q)
	if err != nil {
		return model.Board{}, err
	}
	return q.Board(s.desk.Snapshot().Board, in), nil
}

// context is what a query is asked in, here and now.
func (s *session) context(ctx context.Context, q query.Query) (*query.Context, error) {
	snap := s.desk.Snapshot()
	found, err := s.desk.Search(ctx, q.Texts(snap.Me.Login))
	return &query.Context{Now: time.Now(), Me: snap.Me.Login, Policy: snap.Board.Policy(), Found: found, Names: query.NamesOf(snap)}, err
}

// tellUnknown says why a query finds nothing: the board does not know whom or
// what it names.
func (s *session) tellUnknown(p *program, q query.Query) {
	unknown := q.Stranger(func() query.Known { return query.Learn(s.desk.Snapshot(), s.place.set.Settings.Workflow) })
	if unknown != "" {
		p.say(quiet(unknown), "")
	}
}

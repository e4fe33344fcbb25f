package cli

import (
	"bufio"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"docket/model"
	"docket/model/query"
)

const listLong = `List prints the tickets that the board shows, in the board's order, after asking
the forge for what is new; with a query, those that it means. A configured board,
or demo, is named before that. The query is the one of / on the board: words and
"phrases" of title, body and comments, terms such as gain:high, pain:<=medium,
state:urgent, assignee:me,none, author:x, label:ops, repo:x, age:>30d,
updated:<2d, due:<=7d, is:stale, closed-as:done, mentions:me, #1234 and
sort:updated, or, brackets, and - for what must not hold. One that begins with -
comes after --. One that asks for closed tickets, as is:closed, lists all that
are known here and not only those closed lately.

On a terminal what is too wide is cut; elsewhere the title comes last, whole.

With --json it prints an array of objects with the fields repo, number, title,
state, gain, pain, assignees, labels, author, created, updated, due, milestone,
comments, url and pending: the number of your changes that are on their way.`

const listExample = `  docket list --forge https://forge.example.org --repo infra/tickets
  docket list --json | jq -r '.[] | select(.gain == "high") | .url'
  docket list --offline
  docket list 'gain:high pain:low assignee:none sort:age'
  docket list is:stale -- -label:blocked
  docket list demo is:answered`

func (p *program) listCommand() *cobra.Command {
	var asJSON, offline bool
	list := &cobra.Command{
		DisableFlagsInUseLine: true,
		Use:                   "list [BOARD] [--json] [--offline] [QUERY...]",
		Short:                 "Print the board's tickets, for scripts",
		Long:                  listLong,
		Example:               listExample,
		ValidArgsFunction:     p.completeListed,
		RunE: func(c *cobra.Command, args []string) error {
			board, text, err := p.boardAndQuery(args)
			if err != nil {
				return err
			}
			return p.list(c.Context(), board, text, asJSON, offline)
		},
	}
	list.Flags().BoolVar(&asJSON, "json", false, "print JSON; text as the forge has it, times as RFC 3339")
	list.Flags().BoolVar(&offline, "offline", false, "print what is known here, ask nobody")
	return list
}

// list prints what a query means of a board; no name stands for the one that is
// chosen elsewhere.
func (p *program) list(ctx context.Context, name, text string, asJSON, offline bool) (err error) {
	q, err := p.readQuery(name, text)
	if err != nil {
		return err
	}
	s, leave, err := p.reach(ctx, name, q)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, leave()) }()
	if err := p.fetch(ctx, s, offline); err != nil {
		return err
	}
	out := bufio.NewWriterSize(p.std.Out, 1<<16)
	board, err := s.ask(ctx, q)
	if err != nil {
		return err
	}
	cards := inOrder(board, q)
	if len(cards) == 0 {
		s.tellUnknown(p, q)
	}
	if asJSON {
		err = writeJSON(out, cards)
	} else {
		err = writeTable(out, cards, len(s.place.repos) > 1, time.Now(), p.edge())
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// reach joins the rooms of a board for a command that prints what a query means
// of it. leave closes them.
func (p *program) reach(ctx context.Context, name string, asked query.Query) (s *session, leave func() error, err error) {
	if p.isDemo(name) {
		return p.reachDemo(ctx, asked)
	}
	at, err := p.where(name)
	if err != nil {
		return nil, nil, err
	}
	if err := p.unlock(ctx, at.forge); err != nil {
		return nil, nil, err
	}
	at.set.Policy = policyFor(at.set.Policy, asked)
	s, err = p.open(ctx, at, storePath(at.forge))
	if err != nil {
		return nil, nil, err
	}
	return s, s.close, nil
}

// fetch brings the board in step with the forge; offline, with what is known
// here. Of the demo nothing is known, and its forge is never far.
func (p *program) fetch(ctx context.Context, s *session, offline bool) error {
	if offline && !s.demo {
		return s.recall(ctx)
	}
	err := s.refresh(ctx)
	problem, ok := errors.AsType[*model.Problem](err)
	if !ok || problem.Kind != model.Unreachable && problem.Kind != model.Struggling {
		return err
	}
	if strangers, unknown := s.strangers(ctx); unknown != nil || len(strangers) > 0 {
		return err
	}
	what, hint := p.explain(err, time.Now())
	return &advice{what, hint + "; --offline tells what was known here last"}
}

// recall loads what is known; repositories that nobody ever asked about are a
// problem, not an empty list.
func (s *session) recall(ctx context.Context) error {
	strangers, err := s.strangers(ctx)
	if err != nil {
		return err
	}
	if len(strangers) > 0 {
		return &model.Problem{Op: "nothing is known here yet about " + strings.Join(strangers, " and ") + "; leave out --offline once",
			Kind: model.BadInput}
	}
	return s.load(ctx)
}

// refresh brings the board in step with the forge.
func (s *session) refresh(ctx context.Context) error {
	if err := s.meet(ctx); err != nil {
		return err
	}
	if err := s.load(ctx); err != nil {
		return err
	}
	return s.desk.Once(ctx)
}

// inOrder returns the board's cards from its first column to its last, or all
// of them in the query's own order.
func inOrder(b model.Board, q query.Query) []*model.Card {
	cards := make([]*model.Card, 0, b.Len())
	for _, column := range b.Columns {
		cards = append(cards, column.Cards...)
	}
	if by := q.Sort(); by != nil {
		slices.SortStableFunc(cards, by)
	}
	return cards
}

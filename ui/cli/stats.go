package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"docket/model"
	"docket/model/query"
	"docket/ui"
)

const statsLong = `Stats counts tickets, old ones too, or with a query those that it means: opened
and closed by week, how old the open ones are, how long it took to triage and to
close (min, mean, median, max), how they were closed, and how many have which
gain and pain, are dev or ops, or carry none of these. What is over at once is
counted for the last weeks, what lasts as it is now. With --json it prints an
object, with --csv the rows what, of and value; times are seconds, weeks begin on Monday, 0 o'clock UTC. A
configured board, or demo, is named before the query.

The first time it fetches all tickets that the forge ever had. When a ticket was
first triaged is found out by a board that is left open, for tickets of the last
year; stats says of how many it is known.`

const statsExample = `  docket stats --forge https://forge.example.org --repo infra/tickets
  docket stats --weeks 52 --csv > year.csv
  docket stats --json | jq .time_to_close.median_seconds
  docket stats 'label:ops age:<1y'`

// statsFlags are what stats was asked for.
type statsFlags struct {
	board, query       string
	json, csv, offline bool
	weeks              int
}

// usualWeeks is how many weeks are looked at when nobody says how many.
const usualWeeks = 12

// mostWeeks is twenty years: longer than there were such forges.
const mostWeeks = 1040

func (p *program) statsCommand() *cobra.Command {
	var asked statsFlags
	stats := &cobra.Command{
		DisableFlagsInUseLine: true,
		Use:                   "stats [BOARD] [--json|--csv] [--weeks N] [--offline] [QUERY...]",
		Short:                 "Print what a team counts of its tickets",
		Long:                  statsLong,
		Example:               statsExample,
		ValidArgsFunction:     p.completeListed,
		RunE: func(c *cobra.Command, args []string) (err error) {
			if asked.board, asked.query, err = p.boardAndQuery(args); err != nil {
				return err
			}
			return p.stats(c.Context(), asked)
		},
	}
	stats.Flags().BoolVar(&asked.json, "json", false, "print JSON")
	stats.Flags().BoolVar(&asked.csv, "csv", false, "print comma-separated values, for a spreadsheet")
	stats.Flags().IntVar(&asked.weeks, "weeks", usualWeeks, fmt.Sprintf("count the last `N` weeks, %d at most; 0: from the beginning", mostWeeks))
	stats.Flags().BoolVar(&asked.offline, "offline", false, "count what is known here, ask nobody")
	return stats
}

// stats prints numbers.
func (p *program) stats(ctx context.Context, asked statsFlags) (err error) {
	switch {
	case asked.json && asked.csv:
		return &usage{"--json and --csv are two ways to print the same", "choose one of them"}
	case asked.weeks < 0, asked.weeks > mostWeeks:
		return &usage{fmt.Sprintf("--weeks %d is no number of weeks", asked.weeks), fmt.Sprintf("give how many, %d at most, or 0 for all that there are", mostWeeks)}
	}
	q, err := p.readQuery(asked.board, asked.query)
	if err != nil {
		return err
	}
	s, leave, err := p.reach(ctx, asked.board, query.Query{}) // all tickets are counted, whatever the board shows
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, leave()) }()
	n, err := p.count(ctx, s, q, asked)
	if err != nil {
		return err
	}
	if !n.Complete {
		p.say("not all old tickets are here yet: these numbers are too small", "leave out --offline once")
	}
	out := bufio.NewWriterSize(p.std.Out, 1<<16)
	switch {
	case asked.json:
		err = writeStatsJSON(out, n)
	case asked.csv:
		err = writeStatsCSV(out, n)
	default:
		_, err = out.WriteString(ui.NumbersText(n, p.columns(), p.ascii()))
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// count brings in what is to be counted, and counts what a query means of it.
func (p *program) count(ctx context.Context, s *session, q query.Query, asked statsFlags) (model.Numbers, error) {
	err := p.fetch(ctx, s, asked.offline)
	if err == nil && (s.demo || !asked.offline) {
		told := s.demo
		err = s.desk.Complete(ctx, func(repo string, _, _ int) {
			if !told {
				fmt.Fprintln(veil{p.std.Err, &p.secrets}, "docket: fetching all tickets of "+quiet(repo)+", this once")
			}
			told = true
		})
	}
	if err != nil {
		return model.Numbers{}, err
	}
	all, err := s.desk.All(ctx)
	if err != nil {
		return model.Numbers{}, err
	}
	in, err := s.context(ctx, q)
	if err != nil {
		return model.Numbers{}, err
	}
	keep := func(t model.Ticket) bool { return q.Keep(&model.Card{Ticket: t}, in) }
	read := s.place.set.Settings.Workflow.Scheme.Remember()
	return model.CountNumbers(all, keep, read, model.WeeksBack(in.Now, asked.weeks), in.Now), nil
}

// columns is how wide a text may be: as the terminal is, or as a page.
func (p *program) columns() int {
	const widest, narrowest = 120, 20
	w, _, err := term.GetSize(p.std.Out.Fd())
	if err != nil || w <= 0 {
		return page
	}
	return min(max(w, narrowest), widest)
}

// pair is one value of a CSV file: what it is, of which part, and how much.
type pair struct {
	what, of string
	value    int64
}

// statsPairs lists numbers one by one.
func statsPairs(n model.Numbers) []pair {
	all := []pair{{"open", "", int64(n.Open)}, {"opened", "", int64(n.Opened)}, {"closed", "", int64(n.Closed)}}
	for _, w := range n.Weeks {
		week := w.Start.Format(time.DateOnly)
		all = append(all, pair{"opened in week", week, int64(w.Opened)}, pair{"closed in week", week, int64(w.Closed)})
	}
	for i, c := range n.Ages {
		all = append(all, pair{"open by age", model.AgeBand(i).String(), int64(c)})
	}
	for _, s := range []struct {
		what string
		model.Spread
	}{{"time to first triage", n.ToTriage}, {"time to close", n.ToClose}} {
		all = append(all, pair{s.what, "tickets", int64(s.Of)}, pair{s.what, "known", int64(s.Known)})
		if s.Known > 0 {
			all = append(all, pair{s.what, "min", wholeSeconds(s.Min)}, pair{s.what, "mean", wholeSeconds(s.Mean)},
				pair{s.what, "median", wholeSeconds(s.Median)}, pair{s.what, "max", wholeSeconds(s.Max)})
		}
	}
	for _, r := range n.Resolutions {
		all = append(all, pair{"closed as", r.Name, int64(r.Closed)})
	}
	for _, kind := range []struct {
		name string
		of   []model.Tally
	}{{"gain", n.Gain}, {"pain", n.Pain}, {"type", n.Types}, {"type", []model.Tally{n.Untagged}}} {
		for _, t := range kind.of {
			all = append(all, pair{"open by " + kind.name, t.Name, int64(t.Open)}, pair{"closed by " + kind.name, t.Name, int64(t.Closed)})
		}
	}
	return all
}

func wholeSeconds(d time.Duration) int64 { return int64(d.Round(time.Second) / time.Second) }

// writeStatsCSV writes a head and one row for each value. No name of ours has a
// comma or a quote.
func writeStatsCSV(out io.StringWriter, n model.Numbers) error {
	if _, err := out.WriteString("what,of,value\n"); err != nil {
		return err
	}
	for _, p := range statsPairs(n) {
		if _, err := out.WriteString(fmt.Sprintf("%s,%s,%d\n", p.what, p.of, p.value)); err != nil {
			return err
		}
	}
	return nil
}

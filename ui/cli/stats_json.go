package cli

import (
	"encoding/json"
	"io"
	"time"

	"docket/model"
)

// statistics is what 'docket stats --json' prints. Scripts rely on these names.
type statistics struct {
	From     *time.Time `json:"from"` // null: from the beginning
	To       time.Time  `json:"to"`
	Complete bool       `json:"complete"` // false: old tickets are missing
	Open     int        `json:"open"`
	Opened   int        `json:"opened"`
	Closed   int        `json:"closed"`
	Weeks    []weekly   `json:"weeks"`
	Ages     []tally    `json:"ages"`
	ToTriage lasting    `json:"time_to_triage"`
	ToClose  lasting    `json:"time_to_close"`
	ClosedAs []tally    `json:"closed_as"`
	Gain     []tally    `json:"gain"`
	Pain     []tally    `json:"pain"`
	Types    []tally    `json:"types"`
	Untagged tally      `json:"untagged"`
}

type weekly struct {
	Start  string `json:"start"` // the Monday
	Opened int    `json:"opened"`
	Closed int    `json:"closed"`
}

type tally struct {
	Name   string `json:"name"`
	Open   int    `json:"open"`
	Closed int    `json:"closed"`
}

// lasting is how long something took; null where nothing is known.
type lasting struct {
	Tickets int    `json:"tickets"` // that it could be known of
	Known   int    `json:"known"`   // that it is known of
	Min     *int64 `json:"min_seconds"`
	Mean    *int64 `json:"mean_seconds"`
	Median  *int64 `json:"median_seconds"`
	Max     *int64 `json:"max_seconds"`
}

func newLasting(s model.Spread) lasting {
	out := lasting{Tickets: s.Of, Known: s.Known}
	if s.Known == 0 {
		return out
	}
	for to, d := range map[**int64]time.Duration{&out.Min: s.Min, &out.Mean: s.Mean, &out.Median: s.Median, &out.Max: s.Max} {
		n := wholeSeconds(d)
		*to = &n
	}
	return out
}

func newStatistics(n model.Numbers) statistics {
	s := statistics{
		To: n.To.UTC().Truncate(time.Second), Complete: n.Complete, Open: n.Open, Opened: n.Opened, Closed: n.Closed,
		Weeks: []weekly{}, ToTriage: newLasting(n.ToTriage), ToClose: newLasting(n.ToClose),
		ClosedAs: tallies(n.Resolutions), Gain: tallies(n.Gain), Pain: tallies(n.Pain), Types: tallies(n.Types),
		Untagged: tally(n.Untagged),
	}
	if !n.From.IsZero() {
		from := n.From.UTC()
		s.From = &from
	}
	for _, w := range n.Weeks {
		s.Weeks = append(s.Weeks, weekly{w.Start.Format(time.DateOnly), w.Opened, w.Closed})
	}
	for i, c := range n.Ages {
		s.Ages = append(s.Ages, tally{Name: model.AgeBand(i).String(), Open: c})
	}
	return s
}

func tallies(all []model.Tally) []tally {
	out := make([]tally, len(all))
	for i, t := range all {
		out[i] = tally(t)
	}
	return out
}

func writeStatsJSON(out io.Writer, n model.Numbers) error {
	to := json.NewEncoder(out)
	to.SetIndent("", "  ")
	return to.Encode(newStatistics(n))
}

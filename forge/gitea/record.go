package gitea

import (
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// record logs one request: how it went, how long the first byte took, and its
// address as a pattern. What the log holds is made of words of ours, numbers
// and the repository's name, so that no text of a ticket can get into it.
func (c *call) record(req *http.Request, resp *http.Response, took time.Duration) {
	path, _ := c.below(req.URL)
	about := []slog.Attr{
		slog.String("method", req.Method), slog.String("path", pattern(path)), slog.String("query", shown(req.URL.Query())),
		slog.Float64("ms", float64(took.Microseconds())/1000),
	}
	if c.ref.Repo != "" {
		about = append(about, slog.String("repository", c.ref.Repo))
	}
	if c.ref.Number != 0 {
		about = append(about, slog.Int64("ticket", c.ref.Number))
	}
	if resp == nil {
		c.forge.log.LogAttrs(c.ctx, slog.LevelWarn, "request", append(about, slog.Int("status", 0))...)
		return
	}
	c.forge.log.LogAttrs(c.ctx, slog.LevelInfo, "request", append(about, slog.Int("status", resp.StatusCode))...)
}

// pathWords are the words of the API's paths that are asked for here; the rest
// of a path is names and numbers.
var pathWords = []string{
	"api", "v1", "repos", "repositories", "orgs", "user", "users", "teams", "issues", "comments", "labels", "timeline", "assignees",
}

// pattern writes a path without the names and numbers in it.
func pattern(path string) string {
	parts := strings.Split(path, "/")
	out := slices.Clone(parts)
	for i, part := range parts {
		named := i > 0 && (parts[i-1] == "orgs" || parts[i-1] == "repos") || i > 1 && parts[i-2] == "repos"
		if named || !slices.Contains(pathWords, part) {
			out[i] = "*"
		}
	}
	return "/" + strings.Join(out, "/")
}

// shown writes the parts of a query that hold numbers, times and words of the
// API; of any other only that it was there.
func shown(query url.Values) string {
	out := url.Values{}
	for name, values := range query {
		if !slices.Contains([]string{"page", "limit", "since", "state", "type", "sort"}, name) {
			values = []string{"*"}
		}
		out[name] = values
	}
	text, err := url.QueryUnescape(out.Encode())
	if err != nil {
		return ""
	}
	return text
}

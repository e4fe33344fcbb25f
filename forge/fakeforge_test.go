package forge_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"docket/forge"
	"docket/model"
)

// world is a forge in memory that tests script: it pages, filters and counts
// like a real one, and fails, stalls or forgets to answer where a test says so.
type world struct {
	mu       sync.Mutex
	me       string
	tickets  map[model.Ref]forge.Row
	comments []model.Comment
	labels   map[string][]model.Label
	moved    map[string]string
	edits    map[model.Ref]model.Theirs
	history  map[model.Ref][]forge.Event
	plans    []model.Milestone
	log      []string
	pageSize int
	lastID   int64
	silent   bool          // it tells neither clock nor counts
	skew     time.Duration // how far its clock is ahead

	// before runs when a request comes, lost after it was carried out. An error
	// is the answer.
	before, lost func(ctx context.Context, request string) error
}

var _ forge.Forge = (*world)(nil)

const repo = "infra/tickets"

func ref(n int64) model.Ref { return model.Ref{Repo: repo, Number: n} }

func newWorld(tickets int) *world {
	w := &world{me: "anna", tickets: map[model.Ref]forge.Row{}, labels: map[string][]model.Label{}, edits: map[model.Ref]model.Theirs{}, history: map[model.Ref][]forge.Event{}, moved: map[string]string{}, pageSize: 50}
	for _, m := range (model.Scheme{}).Missing(nil) {
		w.lastID++
		l := m.Default()
		l.ID = w.lastID
		w.labels[repo] = append(w.labels[repo], l)
	}
	start := w.now().Add(-240 * time.Hour)
	for i := range tickets {
		w.add(int64(i+1), start.Add(time.Duration(i)*time.Second))
	}
	return w
}

func (w *world) now() time.Time { return time.Now().Add(w.skew).Truncate(time.Second) }

func (w *world) add(n int64, created time.Time) {
	w.tickets[ref(n)] = forge.Row{Body: model.NewProse("body"), Ticket: model.Ticket{
		Ref: ref(n), Title: model.NewLine(fmt.Sprintf("Ticket %d", n)), Author: model.Person{Login: model.NewLine("rita")},
		Created: created, Updated: created, State: model.NeedsReview,
	}}
}

// as lets somebody change a ticket without Docket.
func (w *world) as(login string, n int64, c model.Change) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.change(login, ref(n), c)
}

func (w *world) change(login string, r model.Ref, c model.Change) forge.Row {
	row := w.tickets[r]
	mine, was := c.Value(row.Ticket)
	w.lastID++
	happened := forge.Event{ID: w.lastID, By: model.Person{Login: model.NewLine(login)}, At: w.now(), Field: c.Field(), Came: mine, Went: was}
	if plan, ok := c.(model.SetMilestone); ok { // forges tell of none by saying nothing
		happened.Came, happened.Went = plan.To.Title.Raw(), row.Ticket.Milestone.Title.Raw()
	}
	row.Ticket = c.Apply(row.Ticket)
	if say, ok := c.(model.AddComment); ok {
		happened.Came = say.Text
		w.comments = append(w.comments, model.Comment{
			Ref: r, ID: w.lastID, Author: model.Person{Login: model.NewLine(login)}, Body: model.NewProse(say.Text), Created: w.now(), Updated: w.now(),
		})
	}
	row.Ticket.Updated = w.now()
	w.tickets[r] = row
	w.history[r] = append(w.history[r], happened)
	w.edits[r] = model.Theirs{By: model.Person{Login: model.NewLine(login)}, At: w.now()}
	return row
}

// uncomment deletes a comment of ours by its number.
func (w *world) uncomment(r model.Ref, c model.RemoveComment) (forge.Row, error) {
	row := w.tickets[r]
	i := slices.IndexFunc(w.comments, func(o model.Comment) bool { return o.ID == c.ID })
	if i < 0 {
		return row, nil
	}
	if o := w.comments[i]; o.Ref != r || o.Author.Login.Raw() != w.me || o.Body.Raw() != c.Text {
		return row, problem(model.Withheld, "")
	}
	w.comments = slices.Delete(w.comments, i, i+1)
	w.history[r] = slices.DeleteFunc(w.history[r], func(e forge.Event) bool { return e.ID == c.ID })
	row.Ticket.Comments--
	w.tickets[r] = row // and it is not newer for that
	return row, nil
}

// words returns what is said on a ticket.
func (w *world) words(n int64) (out []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.comments {
		if c.Ref == ref(n) {
			out = append(out, c.Author.Login.Raw()+": "+c.Body.Raw())
		}
	}
	return out
}

func (w *world) at(n int64) model.Ticket {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.tickets[ref(n)].Ticket
}

func (w *world) do(f func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f()
}

// requests returns those that begin with any of the words, and forgets all.
func (w *world) requests(words ...string) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	log := w.log
	w.log = nil
	return slices.DeleteFunc(log, func(r string) bool {
		return !slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(r, word) })
	})
}

func (w *world) answer(ctx context.Context, request, repo string, do func() error) error {
	w.mu.Lock()
	w.log = append(w.log, request)
	before, lost, place := w.before, w.lost, w.moved[repo]
	w.mu.Unlock()
	if before != nil {
		if err := before(ctx, request); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if place != "" {
		return problem(model.Moved, place)
	}
	w.mu.Lock()
	err := do()
	w.mu.Unlock()
	if err == nil && lost != nil {
		err = lost(ctx, request)
	}
	return err
}

func problem(kind model.ProblemKind, place string) *model.Problem {
	return &model.Problem{Op: "test", Kind: kind, Place: model.NewLine(place)}
}

// failing returns a script that fails requests that begin with a word.
func failing(word string, err error) func(context.Context, string) error {
	return func(_ context.Context, request string) error {
		if strings.HasPrefix(request, word) {
			return err
		}
		return nil
	}
}

// times limits a script to its first runs.
func times(n int, f func(context.Context, string) error) func(context.Context, string) error {
	var mu sync.Mutex
	return func(ctx context.Context, request string) error {
		mu.Lock()
		defer mu.Unlock()
		if n <= 0 {
			return nil
		}
		err := f(ctx, request)
		if err != nil {
			n--
		}
		return err
	}
}

func (w *world) Me(ctx context.Context) (p model.Person, err error) {
	err = w.answer(ctx, "me", "", func() error { p.Login = model.NewLine(w.me); return nil })
	return p, err
}

func (w *world) Repo(ctx context.Context, repo string) (f forge.RepoFacts, err error) {
	err = w.answer(ctx, "repo", repo, func() error { f.Rights = model.Rights{Known: true, Comment: true, Triage: true}; return nil })
	return f, err
}

func (w *world) Labels(ctx context.Context, repo string) (out []model.Label, err error) {
	err = w.answer(ctx, "labels", repo, func() error { out = slices.Clone(w.labels[repo]); return nil })
	return out, err
}

func (w *world) CreateLabels(ctx context.Context, repo string, labels []model.Label) error {
	return w.answer(ctx, "create labels", repo, func() error { w.labels[repo] = append(w.labels[repo], labels...); return nil })
}

func (w *world) Milestones(ctx context.Context, repo string) (out []model.Milestone, err error) {
	err = w.answer(ctx, "milestones", repo, func() error { out = slices.Clone(w.plans); return nil })
	return out, err
}

func (w *world) People(ctx context.Context, repo string) (out []model.Person, err error) {
	err = w.answer(ctx, "people", repo, func() error {
		out = []model.Person{{Login: model.NewLine("anna")}, {Login: model.NewLine("kira")}}
		return nil
	})
	return out, err
}

func (w *world) Tickets(ctx context.Context, repo string, q forge.Query) (p forge.Page[forge.Row], err error) {
	err = w.answer(ctx, fmt.Sprintf("tickets %s page %d since %d", q.State, q.Page, q.Since.Unix()), repo, func() error {
		var rows []forge.Row
		for _, r := range w.tickets {
			state := "open"
			if !r.Ticket.Open() {
				state = "closed"
			}
			if r.Ticket.Ref.Repo == repo && (q.State == "all" || q.State == state) && !r.Ticket.Updated.Before(q.Since.Truncate(time.Second)) {
				rows = append(rows, r)
			}
		}
		slices.SortFunc(rows, func(a, b forge.Row) int {
			return cmp.Or(b.Ticket.Created.Compare(a.Ticket.Created), -a.Ticket.Ref.Compare(b.Ticket.Ref))
		})
		p = page(w, rows, q.Page)
		return nil
	})
	return p, err
}

func page[T any](w *world, rows []T, n int) forge.Page[T] {
	from, to := min((n-1)*w.pageSize, len(rows)), min(n*w.pageSize, len(rows))
	p := forge.Page[T]{Rows: rows[from:to], Total: len(rows), Pages: (len(rows) + w.pageSize - 1) / w.pageSize, More: to < len(rows), At: w.now()}
	if w.silent {
		p.Total, p.Pages, p.At = -1, 0, time.Time{}
	}
	return p
}

func (w *world) Comments(ctx context.Context, repo string, q forge.Query) (p forge.Page[model.Comment], err error) {
	err = w.answer(ctx, fmt.Sprintf("comments page %d since %d", q.Page, q.Since.Unix()), repo, func() error {
		var rows []model.Comment
		for _, c := range w.comments {
			if c.Ref.Repo == repo && !c.Updated.Before(q.Since.Truncate(time.Second)) {
				rows = append(rows, c)
			}
		}
		p = page(w, rows, q.Page)
		return nil
	})
	return p, err
}

func (w *world) Thread(ctx context.Context, r model.Ref) (out []model.Comment, err error) {
	err = w.answer(ctx, "thread "+r.String(), r.Repo, func() error {
		for _, c := range w.comments {
			if c.Ref == r {
				out = append(out, c)
			}
		}
		return nil
	})
	return out, err
}

func (w *world) Ticket(ctx context.Context, r model.Ref) (row forge.Row, err error) {
	err = w.answer(ctx, "ticket "+r.String(), r.Repo, func() error {
		var ok bool
		if row, ok = w.tickets[r]; !ok {
			return problem(model.NotFound, "")
		}
		return nil
	})
	return row, err
}

func (w *world) Apply(ctx context.Context, o forge.Order) (out forge.Receipt, err error) {
	request := fmt.Sprintf("apply %s %s %v", o.Now.Ref, o.Change.Field(), o.Change)
	err = w.answer(ctx, request, o.Now.Ref.Repo, func() error {
		if m, needs := model.MeaningOf(o.Change); needs {
			if _, ok := (model.Scheme{}).Pick(o.Labels, m); !ok {
				return problem(model.NoLabel, m.Default().Name.Raw())
			}
		}
		if c, ok := o.Change.(model.RemoveComment); ok {
			out.Row, err = w.uncomment(o.Now.Ref, c)
			return err
		}
		out.Row = w.change(w.me, o.Now.Ref, o.Change)
		if _, ok := o.Change.(model.AddComment); ok {
			out.Comment = w.lastID
		}
		return nil
	})
	return out, err
}

func (w *world) History(ctx context.Context, r model.Ref, since time.Time) (out []forge.Event, err error) {
	err = w.answer(ctx, "history "+r.String(), r.Repo, func() error {
		for _, e := range w.history[r] {
			if !e.At.Before(since.Truncate(time.Second)) {
				out = append(out, e)
			}
		}
		return nil
	})
	return out, err
}

func (w *world) LastEdit(ctx context.Context, r model.Ref, f model.Field) (theirs model.Theirs, err error) {
	err = w.answer(ctx, "last edit", r.Repo, func() error { theirs = w.edits[r]; return nil })
	return theirs, err
}

package forge_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"docket/forge/forgetest"
	"docket/model"
)

// Whatever the network does, and whenever docket is killed: what was shown as
// pending has arrived exactly once, in each ticket's order.
//
// DOCKET_TEST_SEEDS says how many runs there are on each forge, or which one to
// repeat, as =7.
func TestEveryPendingChangeArrivesExactlyOnce(t *testing.T) {
	for _, seed := range seeds(t, 2) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			forgetest.Each(t, func(t *testing.T, s *forgetest.Server) { exactlyOnce(t, s, seed) })
		})
	}
}

// seeds returns the seeds to run.
func seeds(t *testing.T, few uint64) []uint64 {
	wanted := os.Getenv(seedsWanted)
	if one, ok := strings.CutPrefix(wanted, "="); ok {
		n, err := strconv.ParseUint(one, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return []uint64{n}
	}
	if wanted != "" {
		n, err := strconv.ParseUint(wanted, 10, 16)
		if err != nil {
			t.Fatal(err)
		}
		few = n
	}
	var all []uint64
	for n := range few {
		all = append(all, n+1)
	}
	return all
}

// seedsWanted is the environment variable that says how many seeds are run.
const seedsWanted = "DOCKET_TEST_SEEDS"

const (
	wishesPerRun  = 250
	wishesAtOnce  = 120 // in a plain go test
	ticketsPerRun = 6
	killsPerRun   = 6
	underWay      = 40 // changes in the outbox at most
)

// once is one run.
type once struct {
	*testing.T
	seed    uint64
	dice    *rand.Rand
	server  *forgetest.Server
	net     *forgetest.Faulty
	token   string
	repo    string
	path    string
	people  []string
	tickets []int64
	length  int // in wishes

	board   *process
	made    map[int64]word // by ID
	pending map[int64]bool // was shown as such
	open    map[int64]bool // in the outbox, as far as was said
	lost    map[int64]bool // was not on disk when the board was killed
	last    string         // for the report
}

func exactlyOnce(t *testing.T, s *forgetest.Server, seed uint64) {
	o := &once{T: t, seed: seed, dice: rand.New(rand.NewPCG(seed, 9)), server: s, path: filepath.Join(t.TempDir(), "docket.db"),
		made: map[int64]word{}, pending: map[int64]bool{}, open: map[int64]bool{}, lost: map[int64]bool{}, length: wishesPerRun}
	if s.Name == forgetest.EmbeddedForge && os.Getenv(seedsWanted) == "" {
		o.length = wishesAtOnce
	}
	o.furnish()
	o.net = forgetest.NewFaulty(t, s.URL)
	plan := forgetest.Rough(seed)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("repeat with: DOCKET_TEST_SEEDS==%d go test ./forge -run '%s'\nthe plan: %s\nthe network: %s\nlast: %s",
				seed, t.Name(), plan, o.net.Tally(), o.last)
		}
	})
	o.start()
	o.net.Storm(plan)
	o.work()
	o.net.Calm()
	o.finish()
	o.judge()
	t.Logf("seed %d: %d changes, %d of them not yet on disk at a kill; %s", seed, len(o.made), len(o.lost), o.net.Tally())
}

// furnish makes a repository with labels, people and tickets.
func (o *once) furnish() {
	login := forgetest.Fresh("ana")
	o.token = o.server.NewUser(o.T, login, "")
	o.repo = o.server.NewRepo(o.T, o.token, "board")
	for _, m := range (model.Scheme{}).Missing(nil) {
		o.server.NewLabel(o.T, o.token, o.repo, m.Default().Name.Raw())
	}
	for _, name := range []string{"network", "printer"} {
		o.server.NewLabel(o.T, o.token, o.repo, name)
	}
	o.people = []string{login}
	for range 2 {
		who := forgetest.Fresh("ben")
		o.server.NewUser(o.T, who, "")
		o.server.Collaborate(o.T, o.token, o.repo, who, "write")
		o.people = append(o.people, who)
	}
	for n := range ticketsPerRun {
		o.tickets = append(o.tickets, o.server.NewTicket(o.T, o.token, o.repo, fmt.Sprintf("Ticket %d", n), ""))
	}
}

// wish returns something to wish for.
func (o *once) wish() wish {
	w := wish{Number: o.tickets[o.dice.IntN(len(o.tickets))]}
	for range 1 + o.dice.IntN(2) {
		raw, err := model.EncodeChange(o.change())
		if err != nil {
			o.Fatal(err)
		}
		w.Changes = append(w.Changes, raw)
	}
	return w
}

func (o *once) change() model.Change {
	level := model.Levels[o.dice.IntN(len(model.Levels))]
	label := model.NewLine([]string{"network", "printer"}[o.dice.IntN(2)])
	switch o.dice.IntN(13) {
	case 0, 1:
		return model.SetGain{To: level}
	case 2, 3:
		return model.SetPain{To: level}
	case 4:
		states := []model.State{model.NeedsReview, model.Urgent, model.OnAssignee, model.OnReporter, model.NextMeeting}
		return model.Move{To: states[o.dice.IntN(len(states))]}
	case 5:
		return model.Resolve{To: append(slices.Clone(model.Resolutions), model.Unresolved)[o.dice.IntN(len(model.Resolutions)+1)]}
	case 6:
		return model.AddLabel{Name: label}
	case 7:
		return model.RemoveLabel{Name: label}
	case 8:
		var to []model.Line
		for _, who := range o.people {
			if o.dice.IntN(2) == 0 {
				to = append(to, model.NewLine(who))
			}
		}
		return model.Assign{To: model.Logins(to...)}
	case 9:
		if o.dice.IntN(4) == 0 {
			return model.SetDue{}
		}
		return model.SetDue{To: model.StampOf(time.Date(2031, 1, 1+o.dice.IntN(28), 12, 0, 0, 0, time.UTC))}
	case 10:
		if o.dice.IntN(2) == 0 {
			return model.Reopen{At: model.StampOf(time.Now())}
		}
		return model.Close{At: model.StampOf(time.Now())}
	case 11:
		return model.AddComment{Text: "Ping."} // people do repeat themselves
	}
	return model.AddComment{Text: fmt.Sprintf("Comment %d\n\nwith %d lines.", len(o.made), o.dice.IntN(9))}
}

func (o *once) start() {
	o.Helper()
	o.board = startBoard(o.T, o.net.URL, o.token, o.repo, o.path)
	o.Cleanup(func() { o.board.kill() })
}

// hear waits for the board's next word and notes it.
func (o *once) hear() word {
	o.Helper()
	select {
	case w, ok := <-o.board.words:
		if !ok {
			o.Fatal("the board ended by itself")
		}
		o.note(w)
		return w
	case <-time.After(2 * time.Minute):
		o.Fatalf("nothing happens any more; %d are open", len(o.open))
	}
	return word{}
}

func (o *once) note(w word) {
	o.Helper()
	o.last = fmt.Sprintf("%+v", w)
	switch w.What {
	case "made":
		o.made[w.ID], o.open[w.ID] = w, true
	case "pending":
		o.pending[w.ID], o.open[w.ID] = true, true
	case "gone":
		delete(o.open, w.ID)
	case "stuck":
		o.Errorf("nobody else works here, and yet #%d: %s", w.ID, w.Why)
	}
}

// work has the board carry out wishes, and kills it now and then.
func (o *once) work() {
	for o.hear().What != "ready" {
	}
	kills := map[int]bool{}
	for range killsPerRun {
		kills[20+o.dice.IntN(4*o.length)] = true
	}
	heard, asked := 0, false
	for wishes := 0; wishes < o.length || asked; {
		if !asked && len(o.open) < underWay {
			if err := o.board.in.Encode(o.wish()); err != nil {
				o.Fatal(err)
			}
			wishes, asked = wishes+1, true
		}
		w := o.hear()
		if heard++; w.What == "heard" {
			asked = false
		}
		if kills[heard] {
			o.kill()
			asked = false
		}
		if o.Failed() {
			o.FailNow()
		}
	}
}

// kill kills the board at whatever it does, looks what was on disk, and starts
// it again.
func (o *once) kill() {
	o.Helper()
	for _, w := range o.board.kill() {
		o.note(w)
	}
	ctx, late := context.WithTimeout(o.Context(), time.Minute)
	defer late()
	if err := o.net.Settle(ctx); err != nil {
		o.Fatal("requests of the board that was killed are still on their way")
	}
	kept := o.kept()
	for id, k := range kept {
		if _, told := o.made[id]; !told { // it was on disk before there was time to say that it was made
			o.note(k.word)
		}
		if k.status == model.Sent.String() {
			delete(o.open, id) // it went, and there was no time to say so
		}
	}
	for id := range o.made {
		if _, there := kept[id]; !there && !o.lost[id] {
			o.lost[id] = true
			delete(o.open, id)
			if o.pending[id] {
				o.Errorf("%d was shown as pending, and the kill lost it: %s", id, o.made[id].Change)
			}
		}
	}
	o.start()
}

// onDisk is an entry of the outbox, as the word that it was made, and where it stands.
type onDisk struct {
	word
	status string
}

// kept returns all entries that ever were on disk.
func (o *once) kept() map[int64]onDisk {
	o.Helper()
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: o.path}).String())
	if err != nil {
		o.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(o.Context(), "SELECT id, number, change, status FROM outbox")
	if err != nil {
		o.Fatal(err)
	}
	defer rows.Close()
	all := map[int64]onDisk{}
	for rows.Next() {
		k := onDisk{word: word{What: "made"}}
		var change string
		if err := rows.Scan(&k.ID, &k.Number, &change, &k.status); err != nil {
			o.Fatal(err)
		}
		k.Change = []byte(change)
		all[k.ID] = k
	}
	if err := rows.Err(); err != nil {
		o.Fatal(err)
	}
	return all
}

// finish waits until nothing is left to send.
func (o *once) finish() {
	o.Helper()
	if err := o.board.in.Encode(wish{}); err != nil {
		o.Fatal(err)
	}
	for o.hear().What != "empty" {
	}
	o.board.end()
	for w := range o.board.words {
		o.note(w)
	}
	if len(o.open) > 0 {
		o.Errorf("the outbox is empty, but these were never gone: %v", o.open)
	}
}

// judge compares the history of each ticket with what was to happen to it.
func (o *once) judge() {
	ids := slices.Sorted(func(yield func(int64) bool) {
		for id := range o.made {
			if !o.lost[id] && !yield(id) {
				return
			}
		}
	})
	want := map[int64][]string{}
	for _, id := range ids {
		m := o.made[id]
		c, err := model.DecodeChange(m.Change)
		if err != nil {
			o.Fatal(err)
		}
		want[m.Number] = append(want[m.Number], marks(c)...)
	}
	for _, n := range o.tickets {
		got, want := together(o.history(n)), together(want[n])
		if !slices.Equal(got, want) {
			at := 0
			for at < min(len(got), len(want)) && got[at] == want[at] {
				at++
			}
			o.Errorf("ticket %d: of %d marks the forge has %d; from the %d. on\n%q\nrather than\n%q", n, len(want), len(got), at+1,
				got[at:min(at+8, len(got))], want[at:min(at+8, len(want))])
		}
	}
}

// marks returns what a change leaves in a ticket's history.
func marks(c model.Change) (out []string) {
	label := func(f model.Field, from, to, blank string) {
		if from != blank {
			out = append(out, "- "+string(f)+"/"+from)
		}
		if to != blank {
			out = append(out, "+ "+string(f)+"/"+to)
		}
	}
	switch c := c.(type) {
	case model.SetGain:
		label(c.Field(), c.From.String(), c.To.String(), model.None.String())
	case model.SetPain:
		label(c.Field(), c.From.String(), c.To.String(), model.None.String())
	case model.Move:
		label(c.Field(), string(c.From), string(c.To), string(model.NeedsReview))
	case model.Resolve:
		label(c.Field(), string(c.From), string(c.To), "")
	case model.AddLabel:
		out = []string{"+ " + c.Name.Raw()}
	case model.RemoveLabel:
		out = []string{"- " + c.Name.Raw()}
	case model.Assign:
		for _, who := range c.From {
			if !slices.Contains(c.To, who) {
				out = append(out, "off "+who.Raw())
			}
		}
		for _, who := range c.To {
			if !slices.Contains(c.From, who) {
				out = append(out, "on "+who.Raw())
			}
		}
	case model.SetDue:
		out = []string{"due"}
	case model.Close:
		out = []string{"close"}
	case model.Reopen:
		out = []string{"reopen"}
	case model.AddComment:
		out = []string{c.Text}
	}
	return out
}

// together sorts what came by one request, which forges note in any order.
func together(marks []string) []string {
	kind := func(m string) string { k, _, _ := strings.Cut(m, " "); return k }
	assign := func(m string) bool { return kind(m) == "on" || kind(m) == "off" }
	for i := 0; i < len(marks); i++ {
		end := i
		for end < len(marks) && assign(marks[end]) {
			end++
		}
		slices.Sort(marks[i:end])
		i = max(i, end-1)
	}
	return marks
}

// history returns a ticket's history by the forge's own words.
func (o *once) history(n int64) (marks []string) {
	type entry struct {
		ID       int64
		Type     string
		Body     string
		Label    struct{ Name string }
		Assignee struct{ Login string }
		Removed  bool `json:"removed_assignee"`
	}
	var all []entry
	for page := 1; ; page++ {
		var list []entry
		path := fmt.Sprintf("/repos/%s/issues/%d/timeline?limit=50&page=%d", o.repo, n, page)
		if r := o.server.Do(o.T, o.token, http.MethodGet, path, nil, &list); r.StatusCode != http.StatusOK {
			o.Fatal(r.Status)
		}
		if len(list) == 0 || len(all) > 0 && list[0].ID == all[0].ID {
			break
		}
		all = append(all, list...)
	}
	slices.SortFunc(all, func(a, b entry) int { return int(a.ID - b.ID) })
	for _, e := range all {
		switch e.Type {
		case "label":
			sign := "- "
			if e.Body == "1" {
				sign = "+ "
			}
			marks = append(marks, sign+e.Label.Name)
		case "assignees":
			if e.Removed {
				marks = append(marks, "off "+e.Assignee.Login)
			} else {
				marks = append(marks, "on "+e.Assignee.Login)
			}
		case "added_deadline", "modified_deadline", "removed_deadline":
			marks = append(marks, "due")
		case "comment":
			marks = append(marks, e.Body)
		default:
			marks = append(marks, e.Type)
		}
	}
	return marks
}

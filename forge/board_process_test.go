package forge_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"docket/forge"
	"docket/forge/gitea"
	"docket/forge/store"
	"docket/model"
)

// The environment of a board without a screen: this program, started again.
const (
	boardAddress = "DOCKET_TEST_BOARD"
	boardToken   = "DOCKET_TEST_BOARD_TOKEN"
	boardRepo    = "DOCKET_TEST_BOARD_REPO"
	boardStore   = "DOCKET_TEST_BOARD_STORE"
)

// quick is the pace of a Desk whose story must not take minutes.
var quick = forge.Pace{
	Poll: 200 * time.Millisecond, Slowest: 500 * time.Millisecond, Gentle: time.Millisecond, Follow: 50 * time.Millisecond,
	Retry: 10 * time.Millisecond, SlowestRetry: 200 * time.Millisecond,
}

// wish is a line to the board: changes to a ticket, as one action. The board
// puts in what it shows as the value that the person saw. Without changes it
// asks for word when the outbox is empty.
type wish struct {
	Number  int64
	Changes []json.RawMessage
}

// word is a line from the board.
type word struct {
	What   string          // ready, made, pending, gone, stuck, heard or empty
	ID     int64           `json:",omitempty"`
	Number int64           `json:",omitempty"`
	Change json.RawMessage `json:",omitempty"` // made
	Why    string          `json:",omitempty"` // stuck
}

// beBoard is a docket without a screen: it takes wishes from its standard input
// and says on its standard output what became of each change, the moment that a
// screen would show it.
func beBoard() int {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	s, err := store.Open(ctx, os.Getenv(boardStore), store.Options{})
	if err != nil {
		return complain(err)
	}
	defer s.Close()
	f, err := gitea.New(gitea.Options{URL: os.Getenv(boardAddress), Token: os.Getenv(boardToken), Rest: time.Second})
	if err != nil {
		return complain(err)
	}
	desk := forge.NewDesk(forge.DeskOptions{Forge: f, Store: s, Repos: []string{os.Getenv(boardRepo)},
		Workflow: model.DefaultWorkflow(), Policy: model.DefaultPolicy(), Pace: quick})
	if err := desk.Open(ctx); err != nil {
		return complain(err)
	}
	var running sync.WaitGroup
	running.Go(func() {
		if err := desk.Run(ctx); err != nil {
			complain(err)
		}
	})
	b := board{desk: desk, out: json.NewEncoder(os.Stdout), status: map[int64]model.Status{}}
	b.listen(os.Stdin)
	stop()
	running.Wait()
	return 0
}

func complain(err error) int {
	fmt.Fprintln(os.Stderr, err)
	return 1
}

type board struct {
	desk   *forge.Desk
	out    *json.Encoder
	status map[int64]model.Status // of the entries, as last said
	ready  bool
	asked  bool // for word when the outbox is empty
}

func (b *board) say(w word) { _ = b.out.Encode(w) } // nobody is there any more

func (b *board) listen(in *os.File) {
	wishes := make(chan wish)
	go func() {
		defer close(wishes)
		for lines := json.NewDecoder(bufio.NewReader(in)); ; {
			var w wish
			if lines.Decode(&w) != nil {
				return
			}
			wishes <- w
		}
	}()
	for {
		b.tell(b.desk.Snapshot())
		select {
		case <-b.desk.Changed():
		case w, ok := <-wishes:
			if !ok {
				return
			}
			b.asked = b.asked || w.Changes == nil
			b.grant(w)
		}
	}
}

// grant submits what is wished for, as far as it makes sense by now.
func (b *board) grant(w wish) {
	snap := b.desk.Snapshot()
	ref := model.Ref{Repo: snap.Repos[0].Name, Number: w.Number}
	var edits []model.Edit
	if card, _, _, ok := snap.Board.Find(ref); ok {
		t := card.Ticket
		for _, raw := range w.Changes {
			c, err := model.DecodeChange(raw)
			if err != nil {
				panic(err) // the test's own
			}
			if c = c.Onto(t); c.Done(t) || c.Validate() != nil {
				continue
			}
			t = c.Apply(t)
			edits = append(edits, model.Edit{Ref: ref, Change: c})
		}
	}
	snap = b.desk.Submit(edits...)
	for _, e := range snap.Outbox[len(snap.Outbox)-len(edits):] {
		raw, err := model.EncodeChange(e.Edit.Change)
		if err != nil {
			panic(err)
		}
		b.say(word{What: "made", ID: e.ID, Number: w.Number, Change: raw})
	}
	b.say(word{What: "heard"})
}

// tell says what is different from last time.
func (b *board) tell(s *model.Snapshot) {
	if !b.ready && !s.Repos[0].Synced.IsZero() {
		b.ready = true
		b.say(word{What: "ready"})
	}
	there := map[int64]bool{}
	for _, e := range s.Outbox {
		there[e.ID] = true
		was, known := b.status[e.ID]
		b.status[e.ID] = e.Status
		switch {
		case e.Stuck() && !(known && was == e.Status):
			b.say(word{What: "stuck", ID: e.ID, Why: fmt.Sprintf("%v: %v, theirs %+v", e.Edit, e.Problem, e.Theirs)})
		case e.Status >= model.Pending && (!known || was == model.Saving):
			b.say(word{What: "pending", ID: e.ID})
		}
	}
	for id, was := range b.status {
		if !there[id] {
			if was == model.Saving { // it was pending and gone within one look
				b.say(word{What: "pending", ID: id})
			}
			b.say(word{What: "gone", ID: id})
			delete(b.status, id)
		}
	}
	if b.asked && len(s.Outbox) == 0 {
		b.asked = false
		b.say(word{What: "empty"})
	}
}

// process is a running board.
type process struct {
	cmd   *exec.Cmd
	in    *json.Encoder
	end   func() // closes its standard input
	words chan word
}

// startBoard starts a board on a store, against a forge at an address.
func startBoard(t *testing.T, address, token, repo, path string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(os.Args[0]), words: make(chan word)}
	p.cmd.Env = append(os.Environ(), boardAddress+"="+address, boardToken+"="+token, boardRepo+"="+repo, boardStore+"="+path)
	p.cmd.Stderr = os.Stderr
	in, err := p.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p.in, p.end = json.NewEncoder(in), func() { in.Close() }
	go func() {
		defer close(p.words)
		for lines := json.NewDecoder(out); ; {
			var w word
			if lines.Decode(&w) != nil { // the end, or a line that a kill cut off
				return
			}
			p.words <- w
		}
	}()
	return p
}

// kill ends the board as kill -9 does and returns what it still said.
func (p *process) kill() (last []word) {
	_ = p.cmd.Process.Kill()
	for w := range p.words {
		last = append(last, w)
	}
	_ = p.cmd.Wait()
	return last
}

package main_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"docket/forge/forgetest"
	"docket/ui/cli"
	"docket/ui/uitest"
)

const (
	soakFor = "DOCKET_TEST_SOAK"      // how long, as 10m; 15 s if it is not set
	soaked  = "DOCKET_TEST_SOAKED"    // a file: this program is docket, and writes its figures there
	figured = "DOCKET_TEST_SOAK_EACH" // how often
)

// soak is docket, as main is, with a goroutine that notes now and then what it
// holds.
func soak() int {
	each, err := time.ParseDuration(os.Getenv(figured))
	if err != nil {
		panic(err) // the test's own
	}
	file, err := os.OpenFile(os.Getenv(soaked), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		panic(err)
	}
	go func() {
		for range time.Tick(each) {
			var heap runtime.MemStats
			runtime.GC()
			runtime.GC() // what only finalizers and pools held on to
			runtime.ReadMemStats(&heap)
			fmt.Fprintln(file, heap.HeapAlloc>>10, runtime.NumGoroutine(), resident())
		}
	}()
	return cli.Run(context.Background(), nil, cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
}

// resident is the memory of this process in KB, as the kernel counts it; zero
// where it does not tell.
func resident() (kB int) {
	status, _ := os.ReadFile("/proc/self/status") // elsewhere there is none
	if _, behind, found := strings.Cut(string(status), "VmRSS:"); found {
		_, _ = fmt.Sscan(behind, &kB)
	}
	return kB
}

// figures are what docket held at one moment: KB on the heap after a garbage
// collection, goroutines, and KB in all.
type figures struct{ heap, goroutines, resident int }

// A long day through a bad network, with everything that a person does and
// colleagues who work, too: docket holds no more in the evening than in the
// morning. DOCKET_TEST_SOAK says how long the day is.
func TestALongDay(t *testing.T) {
	t.Parallel()
	long := 15 * time.Second
	if wanted := os.Getenv(soakFor); wanted != "" {
		var err error
		if long, err = time.ParseDuration(wanted); err != nil {
			t.Fatal(err)
		}
	}
	w := newTeam(t, forgetest.Embedded(t), labels...)
	const tickets = 40
	for n := range tickets {
		w.reports(fmt.Sprintf("Ticket %d", n))
	}
	network := forgetest.NewFaulty(t, w.URL)
	file := filepath.Join(t.TempDir(), "figures")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	anna := w.sit("DOCKET_FORGE="+network.URL, soaked+"="+file, figured+"="+(long/40).String())
	cmd := exec.Command(os.Args[0])
	cmd.Env = anna.env
	board := &seen{uitest.Start(t, 200, 50, cmd), t}
	board.Patience = patience
	board.inStep()

	dice := rand.New(rand.NewPCG(1, uint64(long)))
	network.Storm(forgetest.Rough(1))
	storm := rage(t, 2, func(n int) error {
		return disturb(w.Server, w.kira.token, w.repo, int64(1+n*7%tickets), n, true)
	})
	for _, deed := range deeds { // what is made only once is there by the morning
		board.Type(deed...)
	}
	morning, begun := len(read(t, file)), time.Now()
	for time.Since(begun) < long {
		board.Type(deeds[dice.IntN(len(deeds))]...)
		time.Sleep(time.Duration(dice.IntN(200)) * time.Millisecond) // a quick person
	}
	day := read(t, file)[morning:]
	storm.calm()
	network.Calm()
	board.Type("k", "ctrl+c") // amid a storm, the key behind an escape may be taken for a part of it
	if code := board.Wait(); code != cli.Fine {
		t.Errorf("docket ended with %d", code)
	}
	t.Logf("%v: %d changes by others; the network: %v", long, storm.done.Load(), network.Tally())
	compare(t, day)
}

// deeds are what a person does, each as the keys for it.
var deeds = [][]string{
	{"j"}, {"j", "j"}, {"k"}, {"l"}, {"h"}, {"home"}, {"tab"},
	{"g", "h"}, {"g", "m"}, {"g", "0"}, {"p", "l"}, {"p", "h"}, {"L"}, {"H"}, {"A"},
	{"c", "1 2 3", "ctrl+s"}, {"u"}, {"u"}, {"U"}, {"u", "y"}, {"r"}, {"r"},
	{"enter", "j", "j", "esc"}, {"O", "esc"}, {"ctrl+u", "esc"}, {"?", "esc"}, {"/", "1", "enter", "esc"}, {"esc"},
}

// compare fails the test when docket never holds as little in the last third of
// a day as in the first. Caches fill and are emptied, so that what it holds goes
// up and down; a leak lifts the bottom, too.
func compare(t *testing.T, day []figures) {
	t.Helper()
	third := len(day) / 3
	if third < 3 {
		t.Fatalf("only %d figures came", len(day))
	}
	sorted := func(of []figures, what func(figures) int) []int {
		all := make([]int, len(of))
		for i := range of {
			all[i] = what(of[i])
		}
		slices.Sort(all)
		return all
	}
	for _, of := range []struct {
		name  string
		what  func(figures) int
		spare int // that noise may take, beside a tenth
	}{
		{"KB on the heap", func(f figures) int { return f.heap }, 1500},
		{"goroutines", func(f figures) int { return f.goroutines }, 5},
		{"KB of memory", func(f figures) int { return f.resident }, 20_000},
	} {
		if uitest.Raced && of.name == "KB of memory" {
			continue // the detector's own
		}
		first, last := sorted(day[:third], of.what)[0], sorted(day[len(day)-third:], of.what)[0]
		var medians []int
		for part := range 6 {
			sixth := sorted(day[part*len(day)/6:(part+1)*len(day)/6], of.what)
			medians = append(medians, sixth[len(sixth)/2])
		}
		t.Logf("%s: at least %d in the first third and %d in the last; medians of the sixths %v", of.name, first, last, medians)
		if last > first+first/10+of.spare {
			t.Errorf("%s grew from %d to %d: %v", of.name, first, last, day)
		}
	}
}

// read returns all figures until now.
func read(t *testing.T, file string) (all []figures) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		var f figures
		if _, err := fmt.Sscan(line, &f.heap, &f.goroutines, &f.resident); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		all = append(all, f)
	}
	return all
}

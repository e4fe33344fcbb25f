//go:build !race

package main_test

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"docket/ui/uitest"
)

// opens starts docket on the crowd's board, at a terminal of 200 columns and 50
// rows, and returns it once all tickets are on the screen.
func (c *crowd) opens(b *testing.B) (*uitest.Terminal, *exec.Cmd) {
	b.Helper()
	cmd := exec.Command(uitest.Build(b))
	cmd.Env = c.env
	term := uitest.Start(b, 200, 50, cmd)
	term.Patience = patience
	term.WaitUntil(full)
	return term, cmd
}

// BenchmarkCursor measures what a move of the cursor sends to the terminal, and
// how long it takes from the key to the last byte of the frame. Target: below
// 1 KB.
func BenchmarkCursor(b *testing.B) {
	c := newCrowd(b)
	c.close()
	term, _ := c.opens(b)
	term.WaitFor("unreachable") // from here on nothing but a key changes the screen
	term.WaitQuiet(time.Second)
	moves := []string{"j", "j", "l", "k", "l", "j", "h", "k", "h", "k"}
	var bytes []int
	var took times
	i := 0
	for b.Loop() {
		mark, begun := term.Mark(), time.Now()
		term.Type(moves[i%len(moves)])
		term.WaitUntil(func(string) bool { return term.BytesSince(mark) > 0 })
		took.add(time.Since(begun))
		term.WaitQuiet(50 * time.Millisecond)
		bytes = append(bytes, term.BytesSince(mark))
		i++
	}
	slices.Sort(bytes)
	b.ReportMetric(0, "ns/op") // most of it is the silence that is waited for
	b.ReportMetric(float64(bytes[len(bytes)/2]), "B/move")
	b.ReportMetric(float64(bytes[len(bytes)-1]), "B/move-most")
	b.ReportMetric(took.median(), "ms/move")
}

// pollsAtRest is how many idle polls BenchmarkRest waits for. They come every
// 15 seconds, as they do for a person.
const pollsAtRest = 3

// BenchmarkRest leaves a board in step alone for three idle polls. Targets: one
// request for each, no byte to the terminal, and below 80 MB of memory, at most
// ever (VmHWM) and at the end (VmRSS).
func BenchmarkRest(b *testing.B) {
	c := newCrowd(b)
	asked := make(chan string, 1000)
	c.world.Use(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(w, r)
			asked <- r.URL.RequestURI()
		})
	})
	for b.Loop() {
		term, cmd := c.opens(b)
		term.WaitFor("in step")
		term.WaitQuiet(5 * time.Second) // rights, labels, people, counts: asked for once
		for len(asked) > 0 {
			<-asked
		}
		mark, requests := term.Mark(), 0
		for polls := 0; polls < pollsAtRest; requests++ {
			if poll(<-asked) {
				polls++
			}
		}
		term.WaitQuiet(2 * time.Second)
		b.ReportMetric(float64(requests+len(asked))/pollsAtRest, "requests/poll")
		b.ReportMetric(float64(term.BytesSince(mark)), "B/idle")
		b.ReportMetric(memory(b, cmd, "VmHWM"), "MB-most")
		b.ReportMetric(memory(b, cmd, "VmRSS"), "MB-rest")
		term.Type("q")
		term.Wait()
	}
	b.ReportMetric(0, "ns/op")
}

// memory reads one of the kernel's figures about a process, in megabytes of
// 1,000,000 bytes. Only Linux tells.
func memory(b *testing.B, cmd *exec.Cmd, name string) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid))
	if err != nil {
		b.Skip(err)
	}
	for line := range strings.SplitSeq(string(status), "\n") {
		var kB float64
		if value, found := strings.CutPrefix(line, name+":"); found {
			if _, err := fmt.Sscanf(value, "%f kB", &kB); err != nil {
				b.Fatal(err)
			}
			return kB * 1024 / 1e6
		}
	}
	b.Fatalf("no %s in %s", name, status)
	return 0
}

//go:build !race

package main_test

import (
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"docket/ui/uitest"
)

// BenchmarkStart measures from the start of the process until the whole board
// is on the screen, of 5,000 tickets, on 200 columns and 50 rows. Nobody but
// the store is needed for it: the forge can't be reached. By turns it starts a
// program that does next to nothing, 'docket version', as what any start of it
// costs here.
//
// The target is a median below 80 ms on an idle machine.
func BenchmarkStart(b *testing.B) {
	c := newCrowd(b)
	c.close()
	binary := uitest.Build(b)
	var board, cpu, control times
	for b.Loop() {
		version := exec.Command(binary, "version")
		version.Env = c.env
		begun := time.Now()
		if err := version.Run(); err != nil {
			b.Fatal(err)
		}
		control.add(time.Since(begun))

		cmd := exec.Command(binary)
		cmd.Env = c.env
		begun = time.Now()
		term := uitest.Start(b, 200, 50, cmd)
		term.WaitUntil(full)
		board.add(time.Since(begun))
		term.Kill()
		cpu.add(cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime())
	}
	b.ReportMetric(0, "ns/op") // the sum of both says nothing
	b.ReportMetric(board.median(), "ms-start")
	b.ReportMetric(cpu.median(), "ms-cpu")
	b.ReportMetric(control.median(), "ms-control")
}

// full tells whether the screen shows all tickets: each column's head counts
// those in it.
func full(screen string) bool {
	for line := range strings.SplitSeq(screen, "\n") {
		if strings.Contains(line, "Needs review") {
			return sum(line) == crowdTickets
		}
	}
	return false
}

// sum adds up the numbers in a line.
func sum(line string) (n int) {
	line = strings.ReplaceAll(line, "Closed, 7 days", "") // a name
	for word := range strings.FieldsSeq(line) {
		if count, err := strconv.Atoi(strings.ReplaceAll(word, ",", "")); err == nil {
			n += count
		}
	}
	return n
}

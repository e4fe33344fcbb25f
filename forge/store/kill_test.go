package store

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"docket/model"
)

// TestMain lets the test program be another docket, which tests may kill.
func TestMain(m *testing.M) {
	switch path := os.Getenv("DOCKET_TEST_STORE"); os.Getenv("DOCKET_TEST_AS") {
	case "writer":
		writeForEver(path)
	case "leader":
		leadForEver(path)
	}
	os.Exit(m.Run())
}

func writeForEver(path string) {
	s, err := open(path)
	for id := int64(1); err == nil; id++ {
		if err = s.Append(context.Background(), []model.Entry{entry(id)}); err == nil {
			fmt.Println(id)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func leadForEver(path string) {
	s, err := open(path)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	leads, err := s.Lead("grace")
	fmt.Println(leads, err)
	_, _ = os.Stdin.Read(make([]byte, 1)) // until the test ends
	os.Exit(0)
}

// another starts another docket on a store and returns what it says.
func another(t *testing.T, as, path string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "DOCKET_TEST_AS="+as, "DOCKET_TEST_STORE="+path)
	cmd.Stderr = os.Stderr
	out := must(cmd.StdoutPipe())(t)
	must(cmd.StdinPipe())(t)
	do(t, cmd.Start())
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	return cmd, bufio.NewScanner(out)
}

func TestWhatWasCalledPendingSurvivesAKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "docket.db")
	writer, said := another(t, "writer", path)
	for range 200 {
		if !said.Scan() {
			t.Fatal("the writer ended by itself")
		}
	}
	do(t, writer.Process.Kill())
	last := said.Text()
	for said.Scan() { // what it said before it died
		last = said.Text()
	}
	n := must(strconv.ParseInt(last, 10, 64))(t)
	got := outbox(t, at(t, path))
	if int64(len(got)) < n {
		t.Fatalf("%d entries were called pending, %d are kept", n, len(got))
	}
	for i, e := range got {
		if e.ID != int64(i+1) {
			t.Fatalf("entry %d is missing", i+1)
		}
	}
}

func TestOneProcessLeadsUntilItDies(t *testing.T) {
	path := filepath.Join(t.TempDir(), "docket.db")
	s := at(t, path)
	leader, said := another(t, "leader", path)
	if !said.Scan() || said.Text() != "true <nil>" {
		t.Fatalf("the first one says %q", said.Text())
	}
	if must(s.Lead("grace"))(t) {
		t.Error("two processes lead")
	}
	do(t, leader.Process.Kill())
	leader.Wait()
	if !must(s.Lead("grace"))(t) || !must(s.Lead("grace"))(t) {
		t.Error("nobody leads after the leader's death")
	}
	if must(at(t, path).Lead("grace"))(t) {
		t.Error("two stores of one process lead")
	}
	if !must(at(t, path).Lead("barbara"))(t) {
		t.Error("one person's lead keeps another from leading")
	}
	do(t, s.Close())
	if !must(at(t, path).Lead("grace"))(t) {
		t.Error("a closed store still leads")
	}
}

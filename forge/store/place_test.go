package store

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"docket/forge"
	"docket/model"
)

func TestNobodyElseCanReadTheStore(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	path := filepath.Join(dir, "my docket?#%.db")
	s := at(t, path)
	must(s.Lead("grace"))(t)
	do(t, s.Append(t.Context(), []model.Entry{entry(1)}))
	suspect(path)
	mode := func(path string, want os.FileMode) {
		t.Helper()
		if got := must(os.Stat(path))(t).Mode().Perm(); got != want {
			t.Errorf("%s has mode %o", path, got)
		}
	}
	mode(dir, 0o700)
	for _, part := range []string{"", "-wal", "-shm", ".suspect"} {
		mode(path+part, 0o600)
	}
	leads, err := filepath.Glob(filepath.Join(dir, "*.lead-*"))
	if err != nil || len(leads) != 1 || strings.Contains(leads[0], "grace") {
		t.Errorf("the lead is at %q, %v", leads, err)
	}
	for _, lead := range leads {
		mode(lead, 0o600)
	}
	do(t, s.Close())
	do(t, os.Chmod(path, 0o644))
	if got := outbox(t, at(t, path)); len(got) != 1 {
		t.Errorf("%d entries", len(got))
	}
	mode(path, 0o600)
	mode(path+"-wal", 0o600)
}

func TestAFullDiskIsToldAndCostsNothingThatWasKept(t *testing.T) {
	path := written(t)
	small, err := Open(t.Context(), path, Options{pragmas: []string{"max_page_count(60)"}})
	do(t, err)
	kept := 0
	big := entry(3)
	big.Edit.Change = model.AddComment{Text: strings.Repeat("word ", 2000)}
	for err == nil && kept < 1000 {
		if err = small.Append(t.Context(), []model.Entry{big}); err == nil {
			kept++
			big.ID++
		}
	}
	isKind(t, err, model.DiskFull, path)
	if kept == 0 || len(outbox(t, small)) != kept+2 {
		t.Errorf("%d entries were kept, %d are there", kept+2, len(outbox(t, small)))
	}
	_, err = small.SaveComments(t.Context(), repo, talk(1, 100, 5))
	isKind(t, err, model.DiskFull, path)
	do(t, small.Close())

	roomy := at(t, path)
	do(t, roomy.Append(t.Context(), []model.Entry{big}))
	if roomy.SetAside() != "" || len(outbox(t, roomy)) != kept+3 || len(load(t, roomy)) != 300 {
		t.Error("with room again, not all is there")
	}
}

func TestAPlaceThatCannotHoldAStoreIsTold(t *testing.T) {
	dir := t.TempDir()
	_, err := open(dir)
	isKind(t, err, model.ClosedStore, dir)

	file := filepath.Join(dir, "file")
	do(t, os.WriteFile(file, []byte("mine"), 0o600))
	under := filepath.Join(file, "docket.db")
	_, err = open(under)
	isKind(t, err, model.ClosedStore, under)
}

func TestABusyStoreIsToldAndPasses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "docket.db")
	one, two := at(t, path), at(t, path)
	must(two.writer.Exec("PRAGMA busy_timeout = 20"))(t)
	tx := must(one.writer.BeginTx(context.Background(), nil))(t)
	_, err := two.SaveTickets(t.Context(), repo, []forge.Row{row(1, 0)})
	isKind(t, err, model.Struggling, path)
	if len(load(t, two)) != 0 {
		t.Error("a reader was held up or misled")
	}
	do(t, tx.Rollback())
	must(two.SaveTickets(t.Context(), repo, []forge.Row{row(1, 0)}))(t)
}

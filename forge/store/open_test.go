package store

import (
	"path/filepath"
	"sync"
	"testing"

	"docket/model"
)

func TestMigrationsLeadFromNothingToASoundStore(t *testing.T) {
	s := fresh(t)
	var at, id, broken int
	var verdict, journal string
	for query, into := range map[string]any{
		"PRAGMA user_version": &at, "PRAGMA application_id": &id, "PRAGMA integrity_check": &verdict, "PRAGMA journal_mode": &journal,
		"SELECT count(*) FROM pragma_foreign_key_check": &broken,
	} {
		do(t, s.writer.QueryRow(query).Scan(into))
	}
	if at != len(migrations()) || at == 0 || id != ours || verdict != "ok" || journal != "wal" || broken != 0 {
		t.Errorf("version %d, application %x, %s, journal %s, %d broken references", at, id, verdict, journal, broken)
	}
}

func TestWhatIsWrittenWaitsForTheDisk(t *testing.T) {
	const full = 2
	var got int
	do(t, fresh(t).writer.QueryRow("PRAGMA synchronous").Scan(&got))
	if got != full {
		t.Errorf("synchronous is %d", got)
	}
}

// A meeting's dockets may all start within the same moment, on no file yet.
func TestSeveralDocketsMayStartAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "home", "docket.db")
	var all sync.WaitGroup
	stores := make([]*Store, 8)
	errs := make([]error, len(stores))
	for i := range stores {
		all.Go(func() {
			if stores[i], errs[i] = open(path); errs[i] == nil {
				errs[i] = stores[i].Append(t.Context(), []model.Entry{entry(int64(i + 1))})
			}
		})
	}
	all.Wait()
	for i, s := range stores {
		do(t, errs[i])
		defer s.Close()
		if s.SetAside() != "" {
			t.Errorf("set aside as %q", s.SetAside())
		}
	}
	if got := outbox(t, stores[0]); len(got) != len(stores) {
		t.Errorf("%d entries", len(got))
	}
}

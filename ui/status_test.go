package ui

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"docket/model"
)

// Whatever else there is to say, and however little room.
func TestAConnectionThatOthersCanReadIsMarkedAllTheTime(t *testing.T) {
	for _, w := range []int{40, 80, 200} {
		synctest.Test(t, func(t *testing.T) {
			defer time.Sleep(time.Minute)
			p := newPerson(t, w, 24, newMemoryDesk(), func(o *Options) { o.Insecure = true })
			first := func() string { line, _, _ := strings.Cut(p.screen(), "\n"); return line }
			if line := first(); !strings.Contains(line, "not encrypted") || !strings.Contains(line, "Infra") {
				t.Errorf("%d columns: %q", w, line)
			}
			p.send(snapshotMsg{p.desk.alter(func(s *model.Snapshot) {
				s.Problem = &model.Problem{Op: "sync", Kind: model.Unreachable, Place: model.NewLine("forge.example.org"), Detail: model.NewLine(strings.Repeat("why ", 60))}
			})})
			if line := first(); !strings.Contains(line, "not encrypted") || !strings.Contains(line, "forge") {
				t.Errorf("%d columns, in trouble: %q", w, line)
			}
		})
	}
	sit(t, 80, 24, nil, func(p *person) {
		if strings.Contains(p.screen(), "encrypted") {
			t.Error("an encrypted connection is marked")
		}
	})
}

func TestTheStatusSaysWhatComesInBehindTheBoard(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		for phase, want := range map[model.Phase]string{model.History: "in step, history 40 %", model.Comments: "in step, comments 40 %"} {
			p.send(snapshotMsg{p.desk.alter(func(s *model.Snapshot) { s.Repos[0].Phase, s.Repos[0].Done, s.Repos[0].Total = phase, 20, 50 })})
			p.sees(want)
		}
		p.send(snapshotMsg{p.desk.alter(func(s *model.Snapshot) { s.Repos[0].Phase = model.Reconcile })})
		p.misses("%")
	})
}

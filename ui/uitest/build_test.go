package uitest

import (
	"os"
	"os/exec"
	"testing"
)

func TestDocketIsBuiltOnceAndRuns(t *testing.T) {
	first, second := Build(t), Build(t)
	if first != second {
		t.Errorf("two binaries, %s and %s", first, second)
	}
	cmd := exec.Command(first, "--help")
	cmd.Env = Env(t)
	if out, err := cmd.CombinedOutput(); err != nil || len(out) == 0 {
		t.Errorf("docket --help: %v\n%s", err, out)
	}
	if _, err := os.Stat(first + ".unfinished"); err == nil {
		t.Error("an unfinished build was left behind")
	}
}

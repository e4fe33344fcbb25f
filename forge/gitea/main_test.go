package gitea_test

import (
	"os"
	"testing"

	"docket/forge/forgetest"
)

// All stories share one real Gitea where there is one.
func TestMain(m *testing.M) { os.Exit(forgetest.Main(m)) }

package forge_test

import (
	"os"
	"testing"

	"docket/forge/forgetest"
)

// TestMain lets the test program be another docket, which tests may kill.
func TestMain(m *testing.M) {
	if os.Getenv(boardAddress) != "" {
		os.Exit(beBoard())
	}
	os.Exit(forgetest.Main(m))
}

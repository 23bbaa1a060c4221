package cli

import (
	"path/filepath"
	"runtime/debug"
	"testing"
)

// A load changes how garbage is collected; what the process does after it goes on as
// before.
func TestLoadLeavesTheCollectionOfGarbageAsItWas(t *testing.T) {
	t.Setenv("GOGC", "")
	const percent = 77
	defer debug.SetGCPercent(debug.SetGCPercent(percent))
	code, _, stderr := program(t, "load", filepath.Join("testdata", "mini"), "--file", filepath.Join(t.TempDir(), "graph.db"))
	if code != exitOK {
		t.Fatalf("load: %d\n%s", code, stderr)
	}
	if got := debug.SetGCPercent(percent); got != percent {
		t.Errorf("afterwards garbage is collected at %d %%, want %d", got, percent)
	}
}

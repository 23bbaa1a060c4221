package cli

import (
	"path/filepath"
	"runtime/debug"
	"testing"
)

// A load changes how garbage is collected; what the process does after it goes on as
// before, also where the load was too small for a single collection.
func TestLoadLeavesTheCollectionOfGarbageAsItWas(t *testing.T) {
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	const percent, limit = 77, 5 << 30
	oldPercent, oldLimit := debug.SetGCPercent(percent), debug.SetMemoryLimit(limit)
	defer func() {
		debug.SetGCPercent(oldPercent)
		debug.SetMemoryLimit(oldLimit)
	}()
	for _, source := range []string{filepath.Join("testdata", "mini"), manyCompanies(t)} {
		code, stdout, stderr := program(t, "load", source, "--file", filepath.Join(t.TempDir(), "graph.db"))
		if code != exitOK && code != exitPartial {
			t.Fatalf("load %s: %d\n%s%s", source, code, stdout, stderr)
		}
		if got := debug.SetGCPercent(percent); got != percent {
			t.Errorf("after %s garbage is collected at %d %%, want %d", source, got, percent)
		}
		if got := debug.SetMemoryLimit(limit); got != limit {
			t.Errorf("after %s the limit is %d bytes, want %d", source, got, limit)
		}
	}
}

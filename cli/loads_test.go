package cli

import (
	"errors"
	"strings"
	"testing"

	"liantu/cli/service"
	"liantu/cli/show"
	"liantu/graph"
)

// TestUndoStatesThatMoreIsNeeded checks that a list of needs that was cut says
// so, and a whole one does not.
func TestUndoStatesThatMoreIsNeeded(t *testing.T) {
	store, err := service.ThrowAway(graph.Secret{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, count := range []int{graph.MaxDependencies, graph.MaxDependencies + 1} {
		err := explainUndo(t.Context(), store, &graph.DependencyError{
			Load: "a", Count: count, Dependencies: []graph.Dependency{{Load: "b", Kind: "LOCATED_IN", Key: "Region/code=330100"}},
		})
		if !errors.Is(err, graph.ErrConflict) {
			t.Fatal(err)
		}
		e := env{language: show.Chinese}
		hints := strings.Join(e.hintsFor(err), "\n")
		if cut := count > graph.MaxDependencies; strings.Contains(hints, "未全部列出") != cut {
			t.Errorf("%d needs: %s", count, hints)
		}
	}
}

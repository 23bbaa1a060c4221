package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"liantu/cli/service"
	"liantu/cli/show"
	"liantu/graph"
	"liantu/schema"
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
		err := explainUndo(t.Context(), store, nil, &graph.DependencyError{
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

// TestFilesNameNobody loads a file that is called after a person, and searches what the
// loads, the changes and an undo say of it.
func TestFilesNameNobody(t *testing.T) {
	a := plantCanaries(t)
	name := a.of("Person.name")
	file := filepath.Join(t.TempDir(), name+".csv")
	if err := os.WriteFile(file, []byte("stock_code,name,source,as_of\n600009.SH,新来,"+name+",2026-11-24\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	places := filepath.Join(t.TempDir(), "地点-"+name+".csv")
	if err := os.WriteFile(places, []byte("from,to,source,as_of\n688810.SH,320500,list,2026-11-24\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"load", file, "--kind", "Company", "--batch", "companies"}, {"load", places, "--kind", "LOCATED_IN", "--batch", "a-places"}} {
		if code, stdout, errs := program(t, append(args, "--file", a.file)...); code != exitOK {
			t.Fatal(stdout, errs)
		}
	}
	for _, c := range a.callers {
		if c.role == schema.RoleViewer || c.role == schema.RoleIntermediary {
			continue // they may not ask
		}
		for _, args := range [][]string{{"loads"}, {"loads", "--format", "json"}, {"changes", "--since", "v1", "--region", "330100"}} {
			if stdout, stderr := a.run(t, c, args...); !strings.Contains(stdout, "csv") {
				t.Errorf("%s %q: %s%s", c.role, args, stdout, stderr)
			}
		}
		if c.role == schema.RoleAnonymous || c.role == schema.RoleSteward {
			if stdout, stderr := a.run(t, c, "undo", "companies"); !strings.Contains(stdout, "csv) is taken back") {
				t.Errorf("%s: %s%s", c.role, stdout, stderr)
			}
			if stdout, stderr := a.run(t, c, "undo", "nodes"); !strings.Contains(stderr, "csv): a LOCATED_IN needs") {
				t.Errorf("%s: %s%s", c.role, stdout, stderr)
			}
		}
	}
}

package api_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

func TestSchemaIsWhatIsCheckedIn(t *testing.T) {
	w := newWorld(t)
	got := newServer(t, w, nil).SDL()
	if again := newServer(t, w, nil).SDL(); again != got {
		t.Fatal("two servers over one model print different schemas")
	}
	golden(t, "schema.graphql", got)
}

// TestSchemaIsReadByOthers reads the printed schema with another
// implementation.
func TestSchemaIsReadByOthers(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	read, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: s.SDL()})
	if err != nil {
		t.Fatal(err)
	}
	field := read.Query.Fields.ForName("gaps")
	if field == nil || field.Arguments.ForName("first").DefaultValue.Raw != "20" {
		t.Errorf("gaps came back as %+v", field)
	}
	if d := read.Types["Company"].Fields.ForName("stockCode").Description; d == "" || d != strings.TrimSpace(d) {
		t.Errorf("the description of a field came back as %q", d)
	}
}

// golden compares text with a file of testdata, or writes the file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (run the test with -update to write it)", err)
	}
	if string(want) != got {
		t.Errorf("%s is out of date; run the test with -update and check the difference.\ngot:\n%s", path, got)
	}
}

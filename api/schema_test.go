package api_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"liantu/api"
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

// TestNoTwoEnumsSayTheSame compares the values of all enums: what one answer says in an
// enum is what another question takes.
func TestNoTwoEnumsSayTheSame(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	of := map[string]string{}
	for _, def := range api.SchemaOf(s).Types {
		if def.Kind != ast.Enum || strings.HasPrefix(def.Name, "__") {
			continue
		}
		var names []string
		for _, v := range def.EnumValues {
			names = append(names, v.Name)
		}
		slices.Sort(names)
		values := strings.Join(names, " ")
		if other, ok := of[values]; ok {
			t.Errorf("%s and %s have the same values: %s", other, def.Name, values)
		}
		of[values] = def.Name
	}
	answer := ask(t, s, api.Request{Query: `query($layer: Layer!) { layerTies(layer: $layer) { layer totalCount }
		gaps(region: "330100", levels: ALL) { nodes { declared computed link { code declaredRole } } } }`, Variables: map[string]any{"layer": "INDUSTRY"}})
	if got := at(t, answer, "data", "layerTies", "layer"); got != "INDUSTRY" {
		t.Errorf("the layer is %v: %v", got, answer)
	}
	roles := 0
	for _, v := range at(t, answer, "data", "gaps", "nodes").([]any) {
		if at(t, v, "declared") != at(t, v, "link", "declaredRole") {
			t.Errorf("a verdict says %v", v)
		} else if at(t, v, "declared") != nil {
			roles++
		}
	}
	if roles == 0 {
		t.Error("no verdict has a declared role")
	}
}

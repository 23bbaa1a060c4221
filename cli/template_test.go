package cli

import (
	"bytes"
	"path/filepath"
	"slices"
	"testing"

	"liantu/loaders"
	"liantu/loaders/mapping"
	"liantu/schema"
)

// TestEveryTemplateIsUnderstood writes the template of every kind and finds out
// how a load would read it: as that kind, with a meaning for every column.
func TestEveryTemplateIsUnderstood(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes the templates of all kinds")
	}
	model := schema.Default()
	for _, kind := range slices.Concat(model.Nodes, model.Edges) {
		name := filepath.Join(t.TempDir(), "list.xlsx")
		if code, _, stderr := program(t, "template", kind.Name, "--out", name); code != 0 {
			t.Errorf("%s: %s", kind.Name, stderr)
			continue
		}
		p, err := loaders.Propose(t.Context(), loaders.Options{Paths: []string{name}, Model: model})
		if err != nil || len(p.Mapping.Files) != 1 {
			t.Errorf("%s: %v %v", kind.Name, err, p)
			continue
		}
		if e := p.Mapping.Files[0].Emit[0]; e.Node+e.Edge != kind.Name {
			t.Errorf("%s is read as %s%s", kind.Name, e.Node, e.Edge)
		}
		for _, f := range p.Faults {
			if f.Severity == loaders.Rejected {
				t.Errorf("%s: %v", kind.Name, f)
			}
		}
		for _, unused := range p.Unused {
			if len(unused) > 0 {
				t.Errorf("%s: nothing is made of %q", kind.Name, unused)
			}
		}
		var b bytes.Buffer
		if err := p.WriteYAML(&b); err != nil {
			t.Errorf("%s: %v", kind.Name, err)
		} else if _, err := mapping.Read(&b, model); err != nil {
			t.Errorf("%s: the mapping that is proposed: %v", kind.Name, err)
		}
	}
}

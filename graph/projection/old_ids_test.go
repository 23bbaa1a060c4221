package projection_test

import (
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/projection"
	"liantu/graph/storetest"
)

// TestOldIDsFind looks contacts up by the plain hashes that were their ids in a file of
// an earlier format: they find them, a part of the picture too, and no plain hash is
// among what the picture shows or finds one who came later.
func TestOldIDsFind(t *testing.T) {
	packed, err := os.Open("../filestore/testdata/format4.db.gz")
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(unpacked)
	path := filepath.Join(t.TempDir(), "old.liantu")
	if err := errors.Join(err, packed.Close(), os.WriteFile(path, data, 0o600)); err != nil {
		t.Fatal(err)
	}
	store, err := filestore.Open(path, storetest.Model())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	late := graph.NewKey("Contact", []string{"phone", "name"}, []string{"19900000009", "示例丁"})
	if _, err := store.Apply(t.Context(), graph.Batch{Nodes: []graph.NodeDraft{{Kind: "Contact", Keys: []graph.Key{late}}}}); err != nil {
		t.Fatal(err)
	}
	whole, err := projection.Build(t.Context(), storetest.Model(), store)
	if err != nil {
		t.Fatal(err)
	}
	part, err := whole.Part(t.Context(), whole.Node, func(e *graph.Edge) *graph.Edge { return e })
	if err != nil {
		t.Fatal(err)
	}
	phone := graph.NewKey("Contact", []string{"phone", "name"}, []string{"19900000001", "示例甲"})
	code := graph.NewKey("Contact", []string{"code"}, []string{"c1"})
	for _, p := range []*projection.Projection{whole, part} {
		v, err := p.Lookup(string(storetest.PlainID(phone)), "Contact")
		if err != nil || p.Vertex(storetest.PlainID(code)) != v || p.ID(v) == storetest.PlainID(phone) || p.ID(v) == storetest.PlainID(code) {
			t.Errorf("the ids of before find %v: %v", v, err)
		}
		if got := p.Vertex(storetest.PlainID(late)); got != projection.None {
			t.Errorf("the plain hash of a new contact finds %v", got)
		}
		for v := range projection.Vertex(p.Order()) {
			for _, k := range p.Node(v).Keys {
				for _, plain := range []graph.Key{phone, code, late} {
					if strings.Contains(string(k), string(storetest.PlainID(plain))) {
						t.Errorf("the picture holds the plain hash of %q", plain)
					}
				}
			}
		}
	}
}

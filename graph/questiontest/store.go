package questiontest

import (
	"path/filepath"
	"testing"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/projection"
	"liantu/schema"
)

// Failer is what *testing.T and *rapid.T have in common.
type Failer interface {
	Helper()
	Fatal(args ...any)
	Cleanup(f func())
}

// Store puts batches into a file store of the test.
func Store(tb testing.TB, fail Failer, batches ...graph.Batch) graph.Store {
	fail.Helper()
	store, err := filestore.Open(filepath.Join(tb.TempDir(), "graph.db"), schema.Default())
	if err != nil {
		fail.Fatal(err)
	}
	fail.Cleanup(func() {
		if err := store.Close(); err != nil {
			tb.Error(err)
		}
	})
	for _, batch := range batches {
		if _, err := store.Apply(tb.Context(), batch); err != nil {
			fail.Fatal(err)
		}
	}
	return store
}

// Picture builds the projection of a store.
func Picture(tb testing.TB, fail Failer, store graph.Reader) *projection.Projection {
	fail.Helper()
	p, err := projection.Build(tb.Context(), schema.Default(), store)
	if err != nil {
		fail.Fatal(err)
	}
	return p
}

// TextPicture is the picture of a graph in the notation of [Parse].
func TextPicture(t testing.TB, text string) *projection.Projection {
	t.Helper()
	batch, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return Picture(t, t, Store(t, t, batch))
}

// Small is a graph of one company.
const Small = `
source test population=LISTED complete_in=100000
region 100000 全国
region 330000 浙江省 short_name=浙江
region 330100 杭州市 short_name=杭州
ecosystem aiot 智能物联
chain chip 集成电路 in aiot
link chip.design 设计 in chip
company 甲 at 330100 in chip.design
`

// SmallPicture is the picture of a graph of one company at one link.
func SmallPicture(t testing.TB) *projection.Projection {
	t.Helper()
	return TextPicture(t, Small)
}

package projection_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/schema"
)

// failer is what *testing.T and *rapid.T have in common.
type failer interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Cleanup(f func())
}

func newStore(t *testing.T, fail failer) *filestore.Store {
	fail.Helper()
	store, err := filestore.Open(filepath.Join(t.TempDir(), "graph.db"), schema.Default())
	if err != nil {
		fail.Fatal(err)
	}
	fail.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func apply(t *testing.T, fail failer, store graph.Store, batch graph.Batch) {
	fail.Helper()
	if _, err := store.Apply(t.Context(), batch); err != nil {
		fail.Fatal(err)
	}
}

// parse builds the projection of a graph in the notation of questiontest, and checks
// that it is consistent.
func parse(t *testing.T, text string) *projection.Projection {
	t.Helper()
	batch, err := questiontest.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	store := newStore(t, t)
	apply(t, t, store, batch)
	return build(t, t, store)
}

func build(t *testing.T, fail failer, store graph.Store) *projection.Projection {
	fail.Helper()
	p, err := projection.Build(t.Context(), schema.Default(), store)
	if err != nil {
		fail.Fatal(err)
	}
	checkConsistent(fail, p)
	return p
}

// checkConsistent checks what must hold of every projection: the kinds are
// consecutive, ids find their vertices, both directions of the edges agree,
// neighbours are in order, and the companies of a region are a range.
func checkConsistent(fail failer, p *projection.Projection) {
	fail.Helper()
	next := projection.Vertex(0)
	kinds := slices.Clone(p.Model().Nodes)
	rank := map[schema.Sensitivity]int{schema.Internal: 1, schema.Personal: 2}
	slices.SortStableFunc(kinds, func(a, b *schema.Kind) int { return rank[a.Sensitivity] - rank[b.Sensitivity] })
	for _, kind := range kinds {
		first, end := p.Range(kind.Name)
		if first != next || end < first || int(end-first) != p.Count(kind.Name) {
			fail.Fatalf("kind %s has vertices %d to %d after %d", kind.Name, first, end, next)
		}
		for v := first; v < end; v++ {
			if p.Kind(v) != kind.Name || p.Vertex(p.ID(v)) != v {
				fail.Fatalf("vertex %d of kind %s is found as %d of kind %s", v, kind.Name, p.Vertex(p.ID(v)), p.Kind(v))
			}
		}
		next = end
	}
	if int(next) != p.Order() {
		fail.Fatalf("%d vertices in kinds, %d in all", next, p.Order())
	}
	for _, kind := range p.Model().Edges {
		checkArcs(fail, p, kind.Name)
	}
	checkRegions(fail, p)
}

func checkArcs(fail failer, p *projection.Projection, kind string) {
	out, in := 0, 0
	for v := range projection.Vertex(p.Order()) {
		for _, direction := range []bool{true, false} {
			arcs := p.In(kind, v)
			if direction {
				arcs = p.Out(kind, v)
				out += arcs.Len()
			} else {
				in += arcs.Len()
			}
			if !slices.IsSorted(arcs.Others) {
				fail.Fatalf("neighbours of %d by %s are not in order: %v", v, kind, arcs.Others)
			}
			for i, number := range arcs.Edges {
				edge, from, to := p.Edge(kind, number)
				near, far := from, to
				if !direction {
					near, far = to, from
				}
				if near != v || far != arcs.Others[i] || edge.From != p.ID(from) || edge.To != p.ID(to) {
					fail.Fatalf("edge %s %d does not join %d and %d", kind, number, v, arcs.Others[i])
				}
			}
		}
	}
	if out != p.EdgeCount(kind) || in != out {
		fail.Fatalf("%s: %d edges, %d away, %d toward", kind, p.EdgeCount(kind), out, in)
	}
}

func checkRegions(fail failer, p *projection.Projection) {
	first, end := p.Range(projection.Region)
	firstCompany, endCompany := p.Range(projection.Company)
	for region := first; region < end; region++ {
		code := p.AreaOf(region)
		lo, hi := p.CompaniesIn(code)
		exactly, last := p.CompaniesAt(code)
		for v := firstCompany; v < endCompany; v++ {
			place := p.PlaceOf(v)
			if inside := v >= lo && v < hi; inside != projection.Within(place, code) {
				fail.Fatalf("company at %s is in the range of %s: %v", place, code, inside)
			}
			if at := v >= exactly && v < last; at != (place == code) {
				fail.Fatalf("company at %s is exactly at %s: %v", place, code, at)
			}
		}
	}
}

// describe describes all that a projection holds, except when it was built.
func describe(p *projection.Projection) string {
	var b strings.Builder
	fmt.Fprintln(&b, p.Version(), p.DataDate(), p.AsOf(), p.Order())
	for v := range projection.Vertex(p.Order()) {
		n := p.Node(v)
		fmt.Fprintln(&b, v, n.Kind, n.ID, n.Keys, n.Facts, n.Version)
		for _, kind := range p.Model().Edges {
			arcs := p.Out(kind.Name, v)
			for i, number := range arcs.Edges {
				edge, _, _ := p.Edge(kind.Name, number)
				fmt.Fprintln(&b, " ", kind.Name, arcs.Others[i], edge.ID, edge.Facts, p.Current(kind.Name, number))
			}
		}
	}
	for _, grade := range []graph.Grade{"A", "B", "C", "D"} {
		presence := p.Presence(grade)
		first, end := p.Range(projection.Link)
		for link := first; link < end; link++ {
			fmt.Fprintln(&b, grade, presence.At(link), presence.Leading(link), presence.Downstream(link), presence.Upstream(link))
		}
	}
	return b.String()
}

package storetest

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"

	"liantu/graph"
)

// reporter is what the suite needs of a test; tests and the random checks of
// rapid implement it.
type reporter interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Cleanup(f func())
	Context() context.Context
}

// fixture is one store under test. Its methods fail the test when the store
// gives an error that the test does not expect.
type fixture struct {
	reporter
	open  Opener
	store graph.Store
}

// start opens the store of a fresh place and closes it when the test ends.
func start(t reporter, open Opener) *fixture {
	t.Helper()
	f := &fixture{reporter: t, open: open}
	f.reopen()
	t.Cleanup(func() {
		if err := f.store.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	return f
}

// reopen closes the store, if it is open, and opens its place again.
func (f *fixture) reopen() {
	f.Helper()
	if f.store != nil {
		if err := f.store.Close(); err != nil {
			f.Fatalf("closing: %v", err)
		}
	}
	s, err := f.open(f.Context(), Model(), graph.Secret{})
	if err != nil {
		f.Fatalf("opening: %v", err)
	}
	f.store = s
}

func (f *fixture) namer() *graph.Namer {
	f.Helper()
	n, err := f.store.Namer(f.Context())
	if err != nil {
		f.Fatalf("reading the namer: %v", err)
	}
	return n
}

func (f *fixture) apply(b graph.Batch) graph.Result {
	f.Helper()
	r, err := f.store.Apply(f.Context(), b)
	if err != nil {
		f.Fatalf("applying: %v", err)
	}
	return r
}

func (f *fixture) version() graph.Version {
	f.Helper()
	r, err := f.store.Version(f.Context())
	if err != nil {
		f.Fatalf("reading the version: %v", err)
	}
	return r
}

func (f *fixture) digest() string {
	f.Helper()
	d, err := graph.Digest(f.Context(), f.store)
	if err != nil {
		f.Fatalf("computing the digest: %v", err)
	}
	return d
}

// changes returns what the store yields after a version.
func (f *fixture) changes(after graph.Version) []graph.Change {
	f.Helper()
	list, _, err := collect(f.Context(), f.store, after)
	if err != nil {
		f.Fatalf("reading the changes after %d: %v", after, err)
	}
	return list
}

func collect(ctx context.Context, s graph.Store, after graph.Version) ([]graph.Change, graph.Version, error) {
	var list []graph.Change
	r, err := s.Changes(ctx, after, func(c graph.Change) error {
		list = append(list, c)
		return nil
	})
	return list, r, err
}

// node returns the node that has a key, nil if none has.
func (f *fixture) node(k graph.Key) *graph.Node {
	f.Helper()
	for _, c := range f.changes(0) {
		if c.Node != nil && (slices.Contains(c.Node.Keys, k) || k == graph.IDKey(c.Node.ID)) {
			return c.Node
		}
	}
	return nil
}

// edges returns all edges in the promised order.
func (f *fixture) edges() []*graph.Edge {
	f.Helper()
	var list []*graph.Edge
	for _, c := range f.changes(0) {
		if c.Edge != nil {
			list = append(list, c.Edge)
		}
	}
	return list
}

// contents describes the graph without its ids, versions and order.
func (f *fixture) contents() string {
	f.Helper()
	return render(f, f.changes(0))
}

// wantContents fails the test when the graph is not as the batches make it.
func (f *fixture) wantContents(batches ...graph.Batch) {
	f.Helper()
	if got, want := f.contents(), naive(batches...).String(); got != want {
		f.Errorf("the graph is\n%s\nbut should be\n%s", got, want)
	}
}

// render describes elements, one a line, sorted.
func render(t reporter, changes []graph.Change) string {
	t.Helper()
	names := map[graph.ID]graph.Key{}
	var lines []string
	for _, c := range changes {
		switch {
		case c.Node != nil:
			var keys []string
			for _, k := range c.Node.Keys {
				if k.Kind() != "" {
					keys = append(keys, string(k))
				}
			}
			if len(keys) == 0 {
				t.Fatalf("node %q has no keys", c.Node.ID)
			}
			names[c.Node.ID] = graph.Key(keys[0])
			lines = append(lines, nodeLine(c.Node.Kind, keys, c.Node.Facts))
		case c.Edge != nil:
			e := c.Edge
			if names[e.From] == "" || names[e.To] == "" {
				t.Fatalf("edge %q comes before the nodes %q and %q", e.ID, e.From, e.To)
			}
			lines = append(lines, edgeLine(e.Kind, names[e.From], names[e.To], e.Discriminator, e.Facts))
		}
	}
	sort.Strings(lines)
	return strings.Join(lines, "\n")
}

func nodeLine(kind string, keys []string, facts []graph.Fact) string {
	return fmt.Sprintf("%s %q %s", kind, keys, factTexts(facts))
}

func edgeLine(kind string, from, to graph.Key, discriminator string, facts []graph.Fact) string {
	return fmt.Sprintf("%s %q %q %q %s", kind, string(from), string(to), discriminator, factTexts(facts))
}

// factTexts describes facts in the order in which they are given.
func factTexts(facts []graph.Fact) string {
	texts := make([]string, len(facts))
	for i, f := range facts {
		texts[i] = factText(f)
	}
	return strings.Join(texts, "; ")
}

func factText(f graph.Fact) string {
	return fmt.Sprintf("%s=%T %#v (%s %s %s)", f.Property, f.Value, f.Value, f.Source, f.Date(), f.Grade)
}

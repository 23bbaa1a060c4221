package storetest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"liantu/graph"
)

var changesChecks = []check{
	{"Changes calls yield for every element that changed after the given version", onlyChanged},
	{"in its present form", presentForm},
	{"and returns the version that this describes", describesVersion},
	{"removed edges first, then removed nodes, nodes and edges, each sorted by kind and id", inOrder},
	{"what it yields is one consistent cut, whatever is applied meanwhile, even by yield itself", applyInYield},
	{"with version 0 it yields the whole graph and no removals", wholeGraph},
	{"a removal names the kind and the id of the lost", removals},
	{"a version that the graph has not reached gives ErrConflict", aheadOfGraph},
	{"the yielded elements belong to the caller", ownElements},
	{"an error from yield ends the stream and is returned as it is", yieldError},
	{"and so is the error of a context that is done", changesContext},
}

// sameElements fails the test unless two lists of changes are equal in
// everything, ids and versions too.
func (f *fixture) sameElements(a, b []graph.Change) {
	f.Helper()
	if len(a) != len(b) {
		f.Errorf("there are %d elements and then %d", len(a), len(b))
		return
	}
	for i := range a {
		if !reflect.DeepEqual(a[i], b[i]) {
			f.Errorf("element %d is %s and then %s", i, describe(a[i]), describe(b[i]))
		}
	}
}

func describe(c graph.Change) string {
	switch {
	case c.Node != nil:
		return fmt.Sprintf("node %+v", *c.Node)
	case c.Edge != nil:
		return fmt.Sprintf("edge %+v", *c.Edge)
	case c.NodeRemoved != nil:
		return fmt.Sprintf("removed node %+v", *c.NodeRemoved)
	case c.EdgeRemoved != nil:
		return fmt.Sprintf("removed edge %+v", *c.EdgeRemoved)
	}
	return "nothing"
}

func onlyChanged(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(small())
	f.apply(nodes(firm("f2", fact("note", "changed")), firm("f3")))
	f.apply(edges(supplies(codeKey("f3"), codeKey("f1")), supplies(codeKey("f1"), codeKey("f2"))))
	late := f.changes(1)
	var got []string
	for _, c := range late {
		switch {
		case c.Node != nil:
			got = append(got, fmt.Sprint(c.Node.Keys[0], " ", c.Node.Version))
		case c.Edge != nil:
			got = append(got, fmt.Sprint(c.Edge.Kind, " ", c.Edge.Version))
		default:
			t.Errorf("unexpected %s", describe(c))
		}
	}
	slices.Sort(got)
	want := []string{"Firm/code=f2 2", "Firm/code=f3 2", "SUPPLIES 3"}
	if !slices.Equal(got, want) {
		t.Errorf("after version 1 changed %q, want %q", got, want)
	}
	if n := len(f.changes(2)); n != 1 {
		t.Errorf("after version 2 changed %d elements, want the one edge", n)
	}
	if n := len(f.changes(3)); n != 0 {
		t.Errorf("after the last version changed %d elements", n)
	}
}

func presentForm(t testing.TB, open Opener) {
	f := start(t, open)
	for i := range 5 {
		f.apply(nodes(firm("f1", fact("note", fmt.Sprint("note ", i)))))
	}
	for after := range graph.Version(5) {
		late := f.changes(after)
		if len(late) != 1 || late[0].Node == nil || len(late[0].Node.Facts) != 6 || late[0].Node.Version != 5 {
			t.Errorf("after version %d comes %v, want the firm once with all its facts", after, late)
		}
	}
}

func describesVersion(t testing.TB, open Opener) {
	f := start(t, open)
	for want := range graph.Version(3) {
		for after := range want + 1 {
			list, r, err := collect(t.Context(), f.store, after)
			if err != nil || r != want {
				t.Errorf("Changes after %d of a graph at %d gives the version %d and %v (%d changes)", after, want, r, err, len(list))
			}
		}
		f.apply(nodes(firm(fmt.Sprint(want))))
	}
}

// compareChanges is the order that the contract promises, implemented again.
func compareChanges(a, b graph.Change) int {
	rank := func(c graph.Change) (int, string, graph.ID) {
		switch {
		case c.EdgeRemoved != nil:
			return 0, c.EdgeRemoved.Kind, c.EdgeRemoved.ID
		case c.NodeRemoved != nil:
			return 1, c.NodeRemoved.Kind, c.NodeRemoved.ID
		case c.Node != nil:
			return 2, c.Node.Kind, c.Node.ID
		}
		return 3, c.Edge.Kind, c.Edge.ID
	}
	sa, ka, ia := rank(a)
	sb, kb, ib := rank(b)
	return cmp.Or(cmp.Compare(sa, sb), strings.Compare(ka, kb), strings.Compare(string(ia), string(ib)))
}

// crowd is a graph of n firms in a ring and two towns.
func crowd(n int) graph.Batch {
	b := nodes(town("t0"), town("t1"))
	for i := range n {
		code := fmt.Sprint("c", i)
		b.Nodes = append(b.Nodes, firm(code, fact("staff", int64(i))))
		b.Edges = append(b.Edges,
			supplies(codeKey(code), codeKey(fmt.Sprint("c", (i+1)%n))),
			sitedIn(codeKey(code), townKey(fmt.Sprint("t", i%2)), "plant"))
	}
	return b
}

func inOrder(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(nodes(town("t9")))
	f.apply(crowd(40))
	var merge graph.Batch
	for i := 0; i < 40; i += 4 {
		merge.Nodes = append(merge.Nodes, firmOf([]graph.Key{codeKey(fmt.Sprint("c", i)), codeKey(fmt.Sprint("c", i+1))}))
	}
	f.apply(merge)
	for after := range graph.Version(3) {
		list := f.changes(after)
		if len(list) == 0 || !slices.IsSortedFunc(list, compareChanges) {
			t.Errorf("the %d changes after version %d are not in order", len(list), after)
		}
	}
}

func applyInYield(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(crowd(300))
	want := f.contents()
	var list []graph.Change
	r, err := f.store.Changes(t.Context(), 0, func(c graph.Change) error {
		list = append(list, c)
		switch len(list) {
		case 1:
			_, err := f.store.Apply(t.Context(), nodes(firm("c299", fact("note", "too late")), firm("a new one")))
			return err
		case 200:
			_, err := f.store.Apply(t.Context(), nodes(firmOf([]graph.Key{codeKey("c298"), codeKey("c299")})))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatalf("Changes with batches in between gives %v", err)
	}
	if r != 1 {
		t.Errorf("the cut is of version %d, not of the one at its start", r)
	}
	if got := render(t, list); got != want {
		t.Errorf("the cut shows batches that were applied after its start")
	}
	if f.version() != 3 {
		t.Errorf("the version is %d after two batches in between", f.version())
	}
}

func wholeGraph(t testing.TB, open Opener) {
	f := start(t, open)
	if list := f.changes(0); len(list) != 0 {
		t.Errorf("an empty graph yields %d elements", len(list))
	}
	f.apply(three())
	f.apply(one())
	for _, c := range f.changes(0) {
		if c.NodeRemoved != nil || c.EdgeRemoved != nil {
			t.Errorf("the whole graph holds %s", describe(c))
		}
	}
	f.wantContents(three(), one())
}

func removals(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(three())
	ids := f.ids(codeKey("a"), codeKey("b"), nameKey("丙", "青山"))
	before := map[graph.ID]string{}
	for _, e := range f.edges() {
		before[e.ID] = e.Kind
	}
	f.apply(one())
	for _, e := range f.edges() {
		delete(before, e.ID)
	}
	var lost []graph.ID
	for _, c := range f.changes(1) {
		switch {
		case c.NodeRemoved != nil:
			lost = append(lost, c.NodeRemoved.ID)
			if want := (graph.Node{ID: c.NodeRemoved.ID, Kind: "Firm"}); !reflect.DeepEqual(*c.NodeRemoved, want) {
				t.Errorf("the removal is %s, want %+v", describe(c), want)
			}
		case c.EdgeRemoved != nil:
			e := *c.EdgeRemoved
			if want := (graph.Edge{ID: e.ID, Kind: before[e.ID]}); !reflect.DeepEqual(e, want) {
				t.Errorf("the removal is %s, want %+v", describe(c), want)
			}
			delete(before, e.ID)
		}
	}
	if !slices.Equal(lost, ids[1:]) {
		t.Errorf("the removed nodes are %q, want %q", lost, ids[1:])
	}
	if len(before) > 0 {
		t.Errorf("the edges %v are gone without a removal", before)
	}
}

func aheadOfGraph(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(small())
	for _, after := range []graph.Version{2, 1000, -1} {
		if _, _, err := collect(t.Context(), f.store, after); !errors.Is(err, graph.ErrConflict) {
			t.Errorf("Changes after %d of a graph at 1 gives %v, not ErrConflict", after, err)
		}
	}
}

func ownElements(t testing.TB, open Opener) {
	f := start(t, open)
	b := join(small(), nodes(firm("f3", fact("tags", []string{"a", "b"}))))
	f.apply(b)
	for _, c := range f.changes(0) {
		if c.Node != nil {
			c.Node.Keys[0] = "overwritten"
			for i := range c.Node.Facts {
				if tags, ok := c.Node.Facts[i].Value.([]string); ok {
					tags[0] = "overwritten"
				}
				c.Node.Facts[i] = fact("note", "overwritten")
			}
		}
		if c.Edge != nil {
			c.Edge.From = "overwritten"
			c.Edge.Facts[0] = fact("share", .99)
		}
	}
	f.wantContents(b)
	again := f.apply(b)
	if again.NodesUnchanged != len(b.Nodes) || again.EdgesUnchanged != len(b.Edges) {
		t.Errorf("after the yielded elements were overwritten the same batch gives %+v", again)
	}
}

func yieldError(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(crowd(20))
	stop := errors.New("enough")
	for _, at := range []int{1, 2, 30} {
		calls := 0
		_, err := f.store.Changes(t.Context(), 0, func(graph.Change) error {
			if calls++; calls == at {
				return stop
			}
			return nil
		})
		if err != stop || calls != at { //nolint:errorlint // the same error is promised
			t.Errorf("an error at call %d gives %v after %d calls", at, err, calls)
		}
	}
	f.apply(nodes(firm("still works")))
}

func changesContext(t testing.TB, open Opener) {
	f := start(t, open)
	f.apply(crowd(20))
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	_, err := f.store.Changes(ctx, 0, func(graph.Change) error {
		calls++
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) || calls != 1 {
		t.Errorf("a context that ends in the first call gives %v after %d calls", err, calls)
	}
	if _, _, err := collect(ctx, f.store, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that has ended gives %v", err)
	}
}

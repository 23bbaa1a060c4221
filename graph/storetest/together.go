package storetest

import (
	"fmt"
	"sync"
	"testing"

	"liantu/graph"
)

var togetherChecks = []check{
	{"a store is safe for concurrent use", manyWriters},
	{"writers of the same nodes do not lose facts", sameNodes},
	{"readers see whole batches while others write", wholeBatches},
}

// inParallel runs work in n goroutines and fails the test with their errors.
func (f *fixture) inParallel(n int, work func(i int) error) {
	f.Helper()
	errs := make([]error, n)
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { errs[i] = work(i) })
	}
	group.Wait()
	for i, err := range errs {
		if err != nil {
			f.Errorf("goroutine %d: %v", i, err)
		}
	}
}

const (
	writers = 4
	rounds  = 8
)

func manyWriters(t testing.TB, open Opener) {
	f := start(t, open)
	batch := func(i, round int) graph.Batch {
		code := fmt.Sprintf("w%d r%d", i, round)
		return join(nodes(firm(code), firm("hub")), edges(supplies(codeKey(code), codeKey("hub"))))
	}
	var all []graph.Batch
	for i := range writers {
		for round := range rounds {
			all = append(all, batch(i, round))
		}
	}
	f.inParallel(writers, func(i int) error {
		for round := range rounds {
			if _, err := f.store.Apply(t.Context(), batch(i, round)); err != nil {
				return err
			}
			if _, err := f.store.Version(t.Context()); err != nil {
				return err
			}
		}
		return nil
	})
	f.wantContents(all...)
	if r := f.version(); r != writers*rounds {
		t.Errorf("the version is %d after %d batches", r, writers*rounds)
	}
}

func sameNodes(t testing.TB, open Opener) {
	f := start(t, open)
	batch := func(i, round int) graph.Batch {
		provenance := graph.Provenance{Source: fmt.Sprint("writer ", i), AsOf: "2024", Grade: graph.GradeB}
		other := codeKey(fmt.Sprint("f", (i+round)%3))
		return join(
			nodes(firmOf([]graph.Key{codeKey("f0")}, fact("staff", int64(round), provenance)),
				firmOf([]graph.Key{other, nameKey(fmt.Sprint("甲", round%4), "青山")}, fact("note", "n", provenance))),
			edges(supplies(codeKey("f0"), other, fact("share", float64(i)/8, provenance))))
	}
	var all []graph.Batch
	for i := range writers {
		for round := range rounds {
			all = append(all, batch(i, round))
		}
	}
	f.inParallel(writers, func(i int) error {
		for round := range rounds {
			if _, err := f.store.Apply(t.Context(), batch(i, round)); err != nil {
				return err
			}
		}
		return nil
	})
	f.wantContents(all...)
}

// wholeBatches writes batches that each add one firm and its edge to the hub,
// and give the same note to the hub and all firms so far. A reader must never
// see a firm without its edge, or two different notes as the newest.
func wholeBatches(t testing.TB, open Opener) {
	f := start(t, open)
	batch := func(round int) graph.Batch {
		provenance := graph.Provenance{Source: "writer", AsOf: fmt.Sprintf("%d", 2000+round), Grade: graph.GradeB}
		b := nodes(firm("hub", fact("note", fmt.Sprint(round), provenance)))
		for i := range round + 1 {
			b.Nodes = append(b.Nodes, firm(fmt.Sprint("f", i), fact("note", fmt.Sprint(round), provenance)))
		}
		b.Edges = append(b.Edges, supplies(codeKey(fmt.Sprint("f", round)), codeKey("hub")))
		return b
	}
	f.apply(batch(0))
	const last = 12
	f.inParallel(3, func(i int) error {
		if i == 0 {
			for round := 1; round <= last; round++ {
				if _, err := f.store.Apply(t.Context(), batch(round)); err != nil {
					return err
				}
			}
			return nil
		}
		for r := graph.Version(0); r <= last; {
			list, at, err := collect(t.Context(), f.store, 0)
			if err != nil {
				return err
			}
			if err := consistent(list, at); err != nil {
				return err
			}
			if at < r {
				return fmt.Errorf("version %d was seen after %d", at, r)
			}
			r = at
		}
		return nil
	})
}

// consistent reports what is wrong with a cut of the graph that wholeBatches
// writes.
func consistent(list []graph.Change, at graph.Version) error {
	firms, edges := 0, 0
	for _, c := range list {
		if c.Edge != nil {
			edges++
			continue
		}
		firms++
		if note, _ := c.Node.Get("note"); note != fmt.Sprint(at-1) {
			return fmt.Errorf("the cut of version %d holds a firm with the note %v", at, note)
		}
	}
	if firms != edges+1 || edges != int(at) {
		return fmt.Errorf("the cut of version %d holds %d firms and %d edges", at, firms, edges)
	}
	return nil
}

package projection_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

func newLive(t *testing.T, store graph.Store) *projection.Live {
	t.Helper()
	live, err := projection.NewLive(t.Context(), schema.Default(), store, projection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return live
}

func TestRefreshPublishesTheNewProjection(t *testing.T) {
	store := newStore(t, t)
	live := newLive(t, store)
	before := live.Current()
	if p, err := live.Refresh(t.Context()); err != nil || p != before {
		t.Fatalf("nothing has changed, but the projection has (%v)", err)
	}
	apply(t, t, store, mustParse(t, world))
	p, err := live.Refresh(t.Context())
	if err != nil || p == before || p != live.Current() {
		t.Fatalf("the new projection is not published (%v)", err)
	}
	if before.Count(projection.Region) != 0 || p.Count(projection.Region) != 7 || p.Version() <= before.Version() {
		t.Errorf("%d regions before, %d after", before.Count(projection.Region), p.Count(projection.Region))
	}
	if s := live.Status(); s.Stale || s.Err != nil || s.Version != p.Version() || s.BuiltAt != p.BuiltAt() {
		t.Errorf("status %+v", s)
	}
}

// TestChangedIsClosedByTheNextProjection waits on the channel of a projection: it
// is closed when the projection is replaced, and no sooner.
func TestChangedIsClosedByTheNextProjection(t *testing.T) {
	store := newStore(t, t)
	live := newLive(t, store)
	closed := func(c <-chan struct{}) bool {
		select {
		case <-c:
			return true
		default:
			return false
		}
	}
	changed := live.Changed()
	if _, err := live.Refresh(t.Context()); err != nil || closed(changed) {
		t.Fatalf("nothing has changed, but the channel is closed (%v)", err)
	}
	apply(t, t, store, mustParse(t, world))
	if _, err := live.Refresh(t.Context()); err != nil || !closed(changed) || closed(live.Changed()) {
		t.Errorf("after a change: old channel closed %v, new one closed %v (%v)", closed(changed), closed(live.Changed()), err)
	}
}

// TestStoreUnavailable checks that the last projection stays and says that it is stale.
func TestStoreUnavailable(t *testing.T) {
	store := newStore(t, t)
	apply(t, t, store, mustParse(t, world))
	live := newLive(t, store)
	last := live.Current()
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	p, err := live.Refresh(t.Context())
	if !errors.Is(err, graph.ErrClosed) || p != last || live.Current() != last {
		t.Errorf("the last projection is lost (%v)", err)
	}
	if s := live.Status(); !s.Stale || !errors.Is(s.Err, graph.ErrClosed) || s.Age() <= 0 || s.Version != last.Version() {
		t.Errorf("status %+v", s)
	}
	if _, err := live.AtLeast(t.Context(), last.Version()); err != nil {
		t.Errorf("the present version cannot be read: %v", err)
	}
	if _, err := live.AtLeast(t.Context(), last.Version()+1); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("got error %v", err)
	}
}

func TestAtLeast(t *testing.T) {
	store := newStore(t, t)
	live := newLive(t, store)
	result, err := store.Apply(t.Context(), mustParse(t, world))
	if err != nil {
		t.Fatal(err)
	}
	p, err := live.AtLeast(t.Context(), result.Version)
	if err != nil || p.Version() < result.Version {
		t.Errorf("version %d for %d (%v)", p.Version(), result.Version, err)
	}
	if _, err := live.AtLeast(t.Context(), result.Version+1); !errors.Is(err, graph.ErrUnavailable) {
		t.Errorf("got error %v", err)
	}
}

// TestRunFollowsTheStore checks that Run publishes a change without a call of
// Refresh, and that it ends with its context.
func TestRunFollowsTheStore(t *testing.T) {
	store := newStore(t, t)
	live := newLive(t, store)
	ctx, cancel := context.WithCancel(t.Context())
	reported := make(chan projection.Status, 16)
	done := make(chan error, 1)
	go func() {
		done <- live.Run(ctx, time.Millisecond, func(s projection.Status) { reported <- s })
	}()
	apply(t, t, store, mustParse(t, world))
	if s := <-reported; s.Version != live.Current().Version() || live.Current().Count(projection.Region) != 7 {
		t.Errorf("status %+v", s)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestReadersKeepTheirProjection reads one projection while others are published.
func TestReadersKeepTheirProjection(t *testing.T) {
	store := newStore(t, t)
	apply(t, t, store, mustParse(t, world))
	live := newLive(t, store)
	p := live.Current()
	want := describe(p)
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for range 20 {
				if describe(p) != want {
					t.Error("the projection has changed")
				}
				if _, err := live.Current().Search(t.Context(), "西湖", 5); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for _, line := range []string{"company 甲", "company 乙", "company 丙"} {
		apply(t, t, store, mustParse(t, line))
		if _, err := live.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	readers.Wait()
	if live.Current().Count(projection.Company) != 3 || p.Count(projection.Company) != 0 {
		t.Error("the new companies are in the wrong projection")
	}
}

// TestRemovalOfAPersonIsReported undoes a load of a company and one of a person: only
// the latter is reported, when the picture without the person is the current one and
// before the channel of the change is closed.
func TestRemovalOfAPersonIsReported(t *testing.T) {
	store := newStore(t, t)
	load := func(id, kind, property, value string) {
		k := schema.Default().Node(kind)
		props := map[string]any{property: value, "name": value}
		by := graph.Provenance{Source: "list", AsOf: "2026", Grade: graph.GradeA}
		apply(t, t, store, graph.Batch{Load: graph.LoadInfo{ID: id}, Nodes: []graph.NodeDraft{{
			Kind: kind, Keys: graph.KeysOf(k, props),
			Facts: []graph.Fact{{Provenance: by}, {Property: property, Value: value, Provenance: by}, {Property: "name", Value: value, Provenance: by}},
		}}})
	}
	load("company", projection.Company, "stock_code", "600001.SH")
	load("person", projection.Person, "code", "P-1")
	live := newLive(t, store)
	reported, changed := 0, live.Changed()
	live.OnRemoval(func() {
		reported++
		if n := live.Current().Count(projection.Person); n != 0 {
			t.Errorf("the current picture has %d persons", n)
		}
		select {
		case <-changed:
			t.Error("the change was announced before")
		default:
		}
	})
	for _, step := range []struct {
		load string
		want int
	}{{"company", 0}, {"person", 1}} {
		if _, err := store.Undo(t.Context(), step.load); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			changed = live.Changed()
			if _, err := live.Refresh(t.Context()); err != nil || reported != step.want {
				t.Errorf("after taking back the %s %d removals are reported, want %d (%v)", step.load, reported, step.want, err)
			}
		}
	}
}
